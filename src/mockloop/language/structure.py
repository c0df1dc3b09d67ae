"""Whether words form sentences, or are a list of keywords, shuffled, or noise. Full stops do not count."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from mockloop.language.word_order import kind_of, order_score
from mockloop.language.words import Word, vocabulary

Kind = Literal["empty", "few_words", "prose", "keywords", "shuffled", "noise"]

DETERMINERS = vocabulary("the a an each every this these those my its their our your which")
PREPOSITIONS = vocabulary("of to in on at by for with from into through over as than per between")
SUBJECTS = vocabulary("i we you he she it they")
AUXILIARIES = vocabulary(
    """is are was were be been am do does did have has had can could will would should may might must ill
    id im ive well wed were youd itll its thats theres dont doesnt didnt isnt arent cant cannot wont
    wouldnt"""
)
JOINERS = vocabulary(
    """and or but so because if when while then until since although therefore that which where after
    before once instead first next finally also not no"""
)
OTHERS = vocabulary(
    """there here what how why who all any some both either one two only just me us them him her up out
    down again still already always never such same other another more most less least very too about
    like let lets"""
)
_FUNCTION = DETERMINERS | PREPOSITIONS | SUBJECTS | AUXILIARIES | JOINERS | OTHERS
_AFTER_DETERMINER_WRONG = (DETERMINERS | PREPOSITIONS | SUBJECTS | JOINERS | AUXILIARIES) - vocabulary(
    "no not first next that its like id well can will is are"
)
_AFTER_PREPOSITION_WRONG = (
    AUXILIARIES | {"and", "or", "but", "of", "because", "so", "then", "i", "he", "they", "we"}
) - vocabulary("be have do its")
_AFTER_SUBJECT_WRONG = (DETERMINERS | PREPOSITIONS | {"or", "because", "i", "we", "they", "he"}) - vocabulary(
    "it to in for as at on with from by the a each every this"
)

_CLAUSES = SUBJECTS | AUXILIARIES | JOINERS | {"this", "that", "there"}

FEW_WORDS = 6
_PROSE_SHARE = 0.27
_LIST_SHARE = 0.4
_CLAUSE_SHARE = 0.15
"""Lists of keywords have fewer subjects, verbs of being and joining words than this; sentences more."""

_SHUFFLED_SHARE = 0.16
_ORDER_FROM = 14


@dataclass(frozen=True, slots=True)
class Structure:
    """`function_share`: articles, verbs of being, joining words per word. `broken_share`: pairs no sentence has."""

    kind: Kind
    words: int
    function_share: float
    broken_share: float

    @property
    def is_prose(self) -> bool:
        return self.kind == "prose"


def structure_of(words: Sequence[Word]) -> Structure:
    """What the words form together."""
    texts = [word.text for word in words]
    if not texts:
        return Structure("empty", 0, 0.0, 0.0)
    spoken = [text for text in texts if text[0].isalpha()]
    function_share = sum(text in _FUNCTION for text in spoken) / max(1, len(spoken))
    broken, pairs = _broken_pairs(texts)
    share = broken / pairs if pairs else 0.0
    clauses = sum(text in _CLAUSES for text in spoken) / max(1, len(spoken))
    order = order_score([kind_of(text) for text in texts])
    kind = _kind(spoken, function_share, clauses, broken, share, order)
    return Structure(kind, len(texts), function_share, share)


def _kind(
    spoken: Sequence[str], function_share: float, clauses: float, broken: int, broken_share: float, order: float
) -> Kind:
    if len(spoken) < FEW_WORDS:
        return "few_words"
    if len(set(spoken)) / len(spoken) < 0.25 and len(spoken) >= 12:
        return "noise"
    if function_share < 0.05:
        return "noise" if sum(_pronounceable(text) for text in spoken) < 0.6 * len(spoken) else "keywords"
    if function_share < _PROSE_SHARE or (function_share < _LIST_SHARE and clauses < _CLAUSE_SHARE):
        return "keywords"
    if broken >= 3 and broken_share > _SHUFFLED_SHARE:
        return "shuffled"
    if len(spoken) >= _ORDER_FROM and (order < -0.08 or (order < 0.02 and broken >= 2 and broken_share > 0.08)):
        return "shuffled"  # either sign alone must be strong: people's sentences have a weak one now and then
    return "prose"


def broken_share(texts: Sequence[str]) -> float:
    """The share of neighbours, of those that could be, which no sentence has."""
    broken, pairs = _broken_pairs(texts)
    return broken / pairs if pairs else 0.0


def _broken_pairs(texts: Sequence[str]) -> tuple[int, int]:
    """Neighbours that English never puts side by side, and how many pairs could have been such."""
    broken = pairs = 0
    for left, right in pairwise(texts):
        wrong = (
            _AFTER_DETERMINER_WRONG
            if left in DETERMINERS and left not in ("which", "this", "these", "those", "its")
            else _AFTER_PREPOSITION_WRONG
            if left in PREPOSITIONS
            else _AFTER_SUBJECT_WRONG
            if left in SUBJECTS
            else None
        )
        if wrong is not None:
            pairs += 1
            broken += right in wrong
    if texts[-1] in DETERMINERS | {"of", "and", "or", "because"} - {"this", "these", "those", "its"}:
        broken += 1
    return broken, max(pairs, broken)


def _pronounceable(text: str) -> bool:
    vowels = sum(letter in "aeiouy" for letter in text)
    return 0.15 <= vowels / len(text) <= 0.75 and len(text) <= 16
