"""Finding the phrases of the bank in what somebody said, in other inflections and with small slips of spelling."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from mockloop.language.reading import Reading
from mockloop.language.sentences import Span
from mockloop.language.words import ARTICLES, words_of

_FORGIVING_FROM = 7
"""Stems at least this long may differ by one slip; shorter ones have too many neighbours that mean something else."""

_JOINED_FROM = 6
"""A single word at least this long may be written as two: `hashmap` as `hash map`."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: characters `start` to `end` of the text, and whether a negation reaches it."""

    phrase: str
    start: int
    end: int
    negated: bool


@dataclass(frozen=True, slots=True)
class GroupMatch:
    """Per group of phrases the first hit that counts, or None. `denied` are hits that only a negation kept out."""

    hits: tuple[Hit | None, ...]
    denied: tuple[Hit, ...] = ()

    @property
    def found(self) -> int:
        return sum(hit is not None for hit in self.hits)

    @property
    def complete(self) -> bool:
        """Whether every group was named; never true without groups."""
        return bool(self.hits) and all(self.hits)

    @property
    def share(self) -> float:
        return self.found / len(self.hits) if self.hits else 0.0


@lru_cache(maxsize=8192)
def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(word.stem for word in words_of(phrase) if word.text not in ARTICLES)


def find_phrase(reading: Reading, phrase: str) -> tuple[Hit, ...]:
    """Every place where the phrase stands, whatever its inflection. Its own "not" does not count as a denial."""
    wanted = _stems(phrase)
    if not wanted:
        return ()
    hits = []
    for k in _starts(reading, wanted):
        length = _length_at(reading, k, wanted)
        if length:
            inside = reading.spoken[k : k + length]
            first, last = reading.words[inside[0]], reading.words[inside[-1]]
            negated = any(reading.denied_by_other(i, inside[0], inside[-1]) for i in inside)
            hits.append(Hit(phrase, first.start, last.end, negated))
    return tuple(hits)


def _starts(reading: Reading, wanted: tuple[str, ...]) -> list[int]:
    """Where the phrase could begin: at its first word, spelled well or nearly, or at a word that begins with it."""
    first = wanted[0]
    exact = reading.places.get(first, ())
    if len(wanted) == 1 and len(first) < _JOINED_FROM:
        return list(exact)
    other = [
        k
        for said, places in reading.places.items()
        if said != first
        and (
            _same(said, first) or (len(wanted) == 2 and said == first + wanted[1]) or (said and first.startswith(said))
        )
        for k in places
    ]
    return sorted((*exact, *other))


def _length_at(reading: Reading, k: int, wanted: tuple[str, ...]) -> int:
    """How many words from `k` on make up the phrase; 0 when they do not. `hashmap` and `hash map` are the same."""
    words, spoken = reading.words, reading.spoken
    if len(spoken) - k >= len(wanted) and all(_same(words[spoken[k + i]].stem, stem) for i, stem in enumerate(wanted)):
        return len(wanted)
    if len(wanted) == 2 and words[spoken[k]].stem == wanted[0] + wanted[1]:
        return 1
    if len(wanted) == 1 and k + 1 < len(spoken) and len(wanted[0]) >= _JOINED_FROM:
        joined = words[spoken[k]].text + words[spoken[k + 1]].stem
        return 2 if joined == wanted[0] else 0
    return 0


@lru_cache(maxsize=65536)
def _same(said: str, wanted: str) -> bool:
    if said == wanted:
        return True
    if min(len(said), len(wanted)) < _FORGIVING_FROM or said[0] != wanted[0]:
        return False
    return one_slip(said, wanted)


def one_slip(a: str, b: str) -> bool:
    """Whether one letter is missing, extra, different or swapped with its neighbour."""
    if abs(len(a) - len(b)) > 1:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        return a[i + 1 :] == b[i + 1 :] or (a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :])
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[i + 1 :] == shorter[i:]


def match_groups(reading: Reading, groups: Sequence[Sequence[str]], *, ignoring: Sequence[Span] = ()) -> GroupMatch:
    """Which groups of phrases were named. Denied phrases and those inside orders to the reader do not count.

    Nor do those that lie wholly within a span of `ignoring`, such as words repeated from the question.
    The earliest place in the text wins, so that the same text always shows the same evidence.
    """
    hits: list[Hit | None] = []
    denied: list[Hit] = []
    for group in groups:
        found = sorted(
            (
                hit
                for phrase in group
                for hit in find_phrase(reading, phrase)
                if not reading.in_order(hit.start)
                and not any(span.start <= hit.start and hit.end <= span.end for span in ignoring)
            ),
            key=lambda hit: (hit.start, hit.start - hit.end),
        )
        good = next((hit for hit in found if not hit.negated), None)
        hits.append(good)
        if good is None:
            denied += found[:1]
    return GroupMatch(tuple(hits), tuple(denied))
