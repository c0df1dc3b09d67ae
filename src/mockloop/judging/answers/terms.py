"""What a text is about: its telling words, how much each weighs, and where an answer says them in other words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mockloop.language import Reading, read
from mockloop.language.negation import NEGATORS
from mockloop.language.phrases import one_slip
from mockloop.language.structure import AUXILIARIES, DETERMINERS, JOINERS, OTHERS, PREPOSITIONS, SUBJECTS
from mockloop.language.thesaurus import Meaning, thesaurus
from mockloop.language.words import vocabulary

_EMPTY_WORDS = (
    DETERMINERS | PREPOSITIONS | SUBJECTS | AUXILIARIES | JOINERS | OTHERS | NEGATORS
    | vocabulary(
        """etc eg ie vs via per being having getting himself itself themselves yourself whose whom whether every within
        without upon onto off toward towards among during against along around across behind below above under
        near far quite rather really actually basically simply perhaps maybe well ok yes yeah no hence thus
        even ever much many few lot lots own each several enough almost often sometimes usually generally s t
        re ve m d"""
    )
)  # fmt: skip
_GENERAL_WORDS = frozenset(
    word.stem
    for word in read(
        """make use get go give take put come say says tell need want work thing things way ways kind sort part place
        point case time example different same new good bad better best important possible able certain order
        result reason problem idea answer question explain describe mean state show see look find know think
        call called name try help let keep keeps become happen happens happening start begin end done doing
        made number amount set one two first second next last another given always only also both either many
        more most less least very high low large small big little long short right wrong real true false main
        whole back goes gone change add wait check drop hold pick ask someone somebody person bit together
        stop allow remember everything plus turn watch side otherwise compare choose something other away left
        later hand nobody live simple half current free move now throw walk run fast slow quick day minute
        hour old reach count step row middle again everyone anyone okay fine care easy hard"""
    ).words
)
_GENERAL_WEIGHT = 0.45
_ASKED_WEIGHT = 0.3
"""What a word weighs that stands in the question already: whoever repeats the question has said nothing."""

_PREFIX = 5
_FORGIVING_FROM = 6
"""Stems at least this long may be misspelled by one letter."""

SAME, SYNONYM, RELATED = 1.0, 0.85, 0.75


@dataclass(frozen=True, slots=True)
class Term:
    """A telling word of a point. `place` is its index among the words of the point."""

    stem: str
    meaning: Meaning
    denied: bool
    weight: float
    place: int


def is_empty(text: str) -> bool:
    """Whether a folded word only holds a sentence together."""
    return text in _EMPTY_WORDS or (len(text) == 1 and not text.isdigit())


def weight_of(stem: str) -> float:
    """What a telling word weighs: less when it stands in explanations of anything."""
    return _GENERAL_WEIGHT if stem in _GENERAL_WORDS else 1.0


@lru_cache(maxsize=4096)
def terms_of(text: str, asked: frozenset[str]) -> tuple[Term, ...]:
    """The telling words of a text, each once. `asked` are the stems of the question."""
    reading = read(text)
    known = thesaurus().meanings(reading.words)
    found: dict[str, Term] = {}
    for i, word in enumerate(reading.words):
        if is_empty(word.text) or word.stem in found or not word.text[0].isalnum():
            continue
        weight = weight_of(word.stem)
        if word.stem in asked:
            weight *= _ASKED_WEIGHT
        found[word.stem] = Term(word.stem, known[i], reading.denied[i], weight, i)
    return tuple(found.values())


@lru_cache(maxsize=4096)
def stems_of(text: str) -> frozenset[str]:
    """The stems of the telling words of a text."""
    return frozenset(word.stem for word in read(text).words if not is_empty(word.text))


_GRAM = 4


@lru_cache(maxsize=4096)
def grams_of(text: str) -> frozenset[str]:
    """Every sequence of four characters of the telling words' stems: forgives spelling and endings."""
    return _grams(word.stem for word in read(text).words if not is_empty(word.text))


def _grams(stems: Iterable[str]) -> frozenset[str]:
    line = " ".join(stems)
    return frozenset(line[i : i + _GRAM] for i in range(len(line) - _GRAM + 1))


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found at word `at` of the answer, `strength` 0 to 1; `against` when it is said with opposite meaning."""

    at: int
    strength: float
    against: bool


class Said:
    """An answer, indexed for looking up terms. Words inside orders to the judge are not there."""

    def __init__(self, reading: Reading, hidden: Iterable[int] = ()) -> None:
        self.reading = reading
        skip = set(hidden)
        self.kept = [
            i
            for i, word in enumerate(reading.words)
            if i not in skip and not reading.in_order(word.start) and not is_empty(word.text)
        ]
        self.grams = _grams(reading.words[i].stem for i in self.kept)
        self.meanings = known = thesaurus().meanings(reading.words)
        self._stems: dict[str, list[int]] = {}
        self._beginnings: dict[str, list[int]] = {}
        self._spelled: dict[str, dict[str, list[int]]] = {}
        self._groups: dict[int, list[int]] = {}
        self._sides: dict[tuple[int, int], list[int]] = {}
        for i in self.kept:
            stem = reading.words[i].stem
            self._stems.setdefault(stem, []).append(i)
            if len(stem) >= _PREFIX:
                self._beginnings.setdefault(stem[:_PREFIX], []).append(i)
            if len(stem) >= _FORGIVING_FROM:
                self._spelled.setdefault(stem[0], {}).setdefault(stem, []).append(i)
            for group in known[i].groups:
                self._groups.setdefault(group, []).append(i)
            for side in known[i].sides:
                self._sides.setdefault(side, []).append(i)

    def hits(self, term: Term) -> list[Hit]:
        """Every place where the answer says the term, or its opposite, the strongest first of equal places."""
        found: dict[int, tuple[float, bool]] = {}
        for pair, side in term.meaning.sides:
            for i in self._sides.get((pair, 1 - side), ()):
                found[i] = (SYNONYM, True)
        for places, strength in (
            (self._related(term.stem), RELATED),
            (self._by_group(term.meaning.groups), SYNONYM),
            (self._stems.get(term.stem, ()), SAME),
        ):
            for i in places:
                found[i] = (strength, False)
        if not found and len(term.stem) >= _FORGIVING_FROM:
            found = {i: (RELATED, False) for i in self._misspelled(term.stem)}
        denied = self.reading.denied
        return [Hit(i, s, opposite != (denied[i] != term.denied)) for i, (s, opposite) in found.items()]

    def _misspelled(self, stem: str) -> Sequence[int]:
        """Words that differ from the term by one slip of the finger."""
        near = self._spelled.get(stem[0], {})
        return [i for spelled, places in near.items() if one_slip(spelled, stem) for i in places]

    def _by_group(self, groups: frozenset[int]) -> Sequence[int]:
        return [i for group in groups for i in self._groups.get(group, ())]

    def _related(self, stem: str) -> Sequence[int]:
        """Words of the same family: `consistent` and `consistency`, `replicate` and `replication`."""
        if len(stem) < _PREFIX:
            return ()
        return [i for i in self._beginnings.get(stem[:_PREFIX], ()) if _family(self.reading.words[i].stem, stem)]


@lru_cache(maxsize=65536)
def _family(a: str, b: str) -> bool:
    """Whether two stems that begin alike are one word family: long common beginnings, short different endings."""
    common = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return common >= max(_PREFIX, 0.65 * max(len(a), len(b))) and max(len(a), len(b)) - common <= 5
