"""The names in a text: people, firms, products and technologies. `grounding` compares them.

What names something is told by its letters: a capital where none is due, a digit, another script, or a word of
`technologies.txt`. The first word of a sentence has a capital anyway, so there `everyday.txt` tells the rest.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from mockloop.language import stem
from mockloop.language.thesaurus import thesaurus
from mockloop.language.words import vocabulary
from mockloop.modes.amounts import is_mark, is_unit

_TOKEN = re.compile(r"[^\W\d_]\w*+(?:['’]\w++)*+(?:[.+#/&\-‐‑–]++[^\W_]\w*+(?:['’]\w++)*+)*+(?:\+\+|#)?+", re.UNICODE)
_PARTS = re.compile(r"[.+#/&\-‐‑–]++")
_ENDING = re.compile(r"['’](?:s|d|m|re|ve|ll)$")
_LEAD_IN = frozenset(':;"“”‘«*•')
"""Characters after which a sentence begins anew."""

_FUNCTION = vocabulary("""
    the this that these those there then when while where what which who how why because since after before during
    and also but so or if as at by for from in into of on to with without we my our your it its they he she you a an
    only even each every all both most some many any no not is are was were do did does yes
""")
_ALWAYS = frozenset({"i", "ok", "okay", "star", "cv", "faq", "vs", "eg", "ie"})
_EVERYDAY_ENDINGS = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ly", "ing", "able", "less", "ful", "ous")
_SHORTEST_WITH_ENDING = 6
_VERB_AFTER = vocabulary("to would will could can should must might i we they you not and")


_LONGEST_SPACED = 3
"""Words of a name that is also written as one, such as "amazon web services"."""


class Name(NamedTuple):
    """A word with what stands around it. `first`: a capital is due here; `before`, `after`: its neighbours."""

    text: str
    first: bool
    before: str
    after: str


class Names:
    """The words of the sources, in every way in which they may be written again."""

    def __init__(self) -> None:
        self._forms: set[str] = set()
        self._stems: set[str] = set()

    def learn(self, sentence: str) -> None:
        """Take the words of a source's sentence."""
        writes_capitals, earlier = any(c.isupper() for c in sentence), list[str]()
        for one in names_of(sentence):
            folded = _folded(one.text)
            if folded in _lists().capital and one.text.islower() and writes_capitals and one.before in _VERB_AFTER:
                continue  # "to react" names nothing
            forms = {folded} if folded.isalnum() else {folded, _joined(folded), *_PARTS.split(folded)}
            earlier = ([*earlier, folded] if one.before else [folded])[-_LONGEST_SPACED:]
            forms |= {_joined("".join(earlier[at:])) for at in range(len(earlier) - 1)}
            self._forms |= forms - {""}
            self._stems |= {stem(form) for form in forms}
        for run in re.findall(r"\d+", sentence):
            self._forms.add(run)

    def has(self, text: str) -> bool:
        """Whether this word is one of the sources', as it is or without its ending."""
        folded = _folded(text)
        forms = {folded, _joined(folded)}
        if not forms.isdisjoint(self._forms):
            return True
        if any(spelling in self._forms for form in forms for spelling in _lists().spellings.get(form, ())):
            return True
        if any(c.isdigit() for c in folded):
            pieces = re.findall(r"\d+|[^\W\d_]+", folded)
            return len(pieces) > 1 and all(piece in self._forms for piece in pieces)
        return folded not in _lists().all_names and stem(folded) in self._stems


def names_of(text: str) -> list[Name]:
    """Every word of a sentence that might name something."""
    plain = unicodedata.normalize("NFKC", text)
    found = [one for one in _TOKEN.finditer(plain) if not _is_unit(one, plain)]
    names = []
    for place, one in enumerate(found):
        gap = plain[found[place - 1].end() if place else 0 : one.start()]
        before = _folded(found[place - 1].group()) if place and not gap.strip(" -‐‑") else ""
        following = found[place + 1] if place + 1 < len(found) else None
        near = following is not None and not plain[one.end() : following.start()].strip(" -‐‑")
        first = place == 0 or not _LEAD_IN.isdisjoint(gap)
        names.append(Name(one.group(), first, before, _folded(following.group()) if following and near else ""))
    return names


def _is_unit(one: re.Match[str], text: str) -> bool:
    """Whether these letters belong to the number before them, as in "5M" and "200ms"."""
    return text[one.start() - 1 : one.start()].isdigit() and is_unit(one.group().casefold())


def name_in(one: Name, known: Names) -> str | None:
    """What of a word names something that the sources do not have."""
    if known.has(one.text) or (one.before and known.has(one.before + _folded(one.text))):
        return None
    if one.after and known.has(_folded(one.text) + one.after):
        return None
    if one.text.endswith(("+", "#")):
        return one.text
    parts = [part for part in _PARTS.split(one.text) if part]
    for number, part in enumerate(parts):
        if not known.has(part) and _is_name(part, first=one.first and number == 0):
            return part
    return None


def _is_name(word: str, *, first: bool) -> bool:
    folded = _folded(word)
    lists = _lists()
    if folded in _ALWAYS or word.endswith(("n't", "n’t")):
        return False
    if is_mark(folded):
        return False
    if folded in lists.always or any(c.isdigit() for c in folded) or not _latin(folded):
        return True
    if not any(c.isupper() for c in word):
        return False
    if folded in lists.capital:
        return True
    if word.isupper() and len(word) > 1:
        return folded not in _FUNCTION
    if any(c.isupper() for c in word[1:]):
        return True
    return folded not in _FUNCTION and not (first and _everyday(folded))


def _everyday(folded: str) -> bool:
    """Whether a word may begin a sentence without naming anything."""
    long_enough = len(folded) >= _SHORTEST_WITH_ENDING
    return (long_enough and folded.endswith(_EVERYDAY_ENDINGS)) or bool(
        {folded, stem(folded), stem(folded.removesuffix("er"))} & _everyday_stems()
    )


def _latin(word: str) -> bool:
    return word.isascii() or all("LATIN" in unicodedata.name(c, "") for c in word if c.isalpha())


@lru_cache(maxsize=16384)
def _folded(word: str) -> str:
    """Without case, accents and the genitive's ending."""
    bare = _ENDING.sub("", word)
    plain = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", plain.casefold())


def _joined(folded: str) -> str:
    return re.sub(r"[^\w+#]|_", "", folded)


class _Lists(NamedTuple):
    always: frozenset[str]
    capital: frozenset[str]
    spellings: dict[str, frozenset[str]]
    all_names: frozenset[str]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    text = (files("mockloop.modes") / "technologies.txt").read_text("utf-8")
    always, capital, same = (part.split("\n", 1)[1] for part in re.split(r"(?m)^# ", text)[1:])
    groups = tuple(frozenset(line.split()) for line in same.splitlines())
    spellings = {one: group for group in groups for one in group}
    everywhere, capitals = frozenset(always.split()), frozenset(capital.split())
    return _Lists(everywhere | {"k8s", "mongo", "postgres"}, capitals, spellings, everywhere | capitals)


@lru_cache(maxsize=1)
def _everyday_stems() -> frozenset[str]:
    known = {part for phrase in thesaurus().groups for part in phrase}
    words: Iterable[str] = (files("mockloop.modes") / "everyday.txt").read_text("utf-8").split()
    return frozenset(known | {stem(word) for word in words}) - _lists().all_names
