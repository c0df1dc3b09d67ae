"""Which words say the same, and which the opposite: `thesaurus.txt` and `opposites.txt` beside this file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from mockloop.language.words import ARTICLES, Word, words_of

MOST_WORDS = 4
"""The longest phrase of the two files."""

Sides = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word may stand for. Two words that share a group say the same; the two sides of a pair are opposites."""

    groups: frozenset[int] = frozenset()
    sides: Sides = frozenset()

    def same(self, other: "Meaning") -> bool:
        return not self.groups.isdisjoint(other.groups)

    def opposite(self, other: "Meaning") -> bool:
        return any((pair, 1 - side) in other.sides for pair, side in self.sides)


NOTHING = Meaning()


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Per phrase, as stems, its groups and its sides."""

    groups: Mapping[tuple[str, ...], frozenset[int]]
    sides: Mapping[tuple[str, ...], Sides]

    def meanings(self, words: Sequence[Word]) -> list[Meaning]:
        """The meaning of each word; every word of a known phrase has the phrase's meaning too."""
        groups: list[frozenset[int]] = [frozenset()] * len(words)
        sides: list[Sides] = [frozenset()] * len(words)
        spoken = [i for i, word in enumerate(words) if word.text not in ARTICLES]
        for k in range(len(spoken)):
            stems: tuple[str, ...] = ()
            for last in range(k, min(len(spoken), k + MOST_WORDS)):
                stems += (words[spoken[last]].stem,)
                found, opposed = self.groups.get(stems), self.sides.get(stems)
                if found or opposed:
                    for j in range(k, last + 1):
                        groups[spoken[j]] |= found or frozenset()
                        sides[spoken[j]] |= opposed or frozenset()
        return [Meaning(g, s) if g or s else NOTHING for g, s in zip(groups, sides, strict=True)]


@lru_cache(maxsize=1)
def thesaurus() -> Thesaurus:
    """The shipped thesaurus, read once."""
    groups: dict[tuple[str, ...], set[int]] = {}
    for number, line in enumerate(_lines("thesaurus.txt")):
        for stems in _entries(line):
            groups.setdefault(stems, set()).add(number)
    sides: dict[tuple[str, ...], set[tuple[int, int]]] = {}
    for number, line in enumerate(_lines("opposites.txt")):
        for side, half in enumerate(line.split("|", 1)):
            for stems in _entries(half):
                sides.setdefault(stems, set()).add((number, side))
    return Thesaurus(
        {stems: frozenset(found) for stems, found in groups.items()},
        {stems: frozenset(found) for stems, found in sides.items()},
    )


def _lines(name: str) -> Iterator[str]:
    text = (files("mockloop.language") / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _entries(line: str) -> Iterable[tuple[str, ...]]:
    for entry in line.split(","):
        stems = tuple(word.stem for word in words_of(entry) if word.text not in ARTICLES)
        if stems:
            yield stems
