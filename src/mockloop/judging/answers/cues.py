"""Phrases that show what an answer does (sets a scene, acts, tells a result, weighs two sides), from `cues.toml`."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from mockloop.language import Reading, words_of
from mockloop.language.words import ARTICLES

_LONGEST = 6


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase of the list `name` at words `first` to `last` of the answer; `denied` when a negation reaches it."""

    name: str
    first: int
    last: int
    denied: bool


@dataclass(frozen=True, slots=True)
class Competency:
    """What a behavioural question is after. `asks` and `shows` name the lists of phrases that stand for it."""

    id: str
    name: str

    @property
    def asks(self) -> str:
        return f"asks.{self.id}"

    @property
    def shows(self) -> str:
        return f"shows.{self.id}"


@dataclass(frozen=True, slots=True)
class Cues:
    """Per phrase, as stems, the names of the lists that it is on."""

    lists: Mapping[tuple[str, ...], tuple[str, ...]]
    competencies: tuple[Competency, ...]

    def find(self, reading: Reading) -> list[Cue]:
        """Every phrase in the text, longest first where several begin at the same word; orders to the judge apart."""
        words = reading.words
        spoken = [i for i in reading.spoken if not reading.in_order(words[i].start)]
        found = []
        for k in range(len(spoken)):
            stems = tuple(words[i].stem for i in spoken[k : k + _LONGEST])
            for size in range(len(stems), 0, -1):
                for name in self.lists.get(stems[:size], ()):
                    first, last = spoken[k], spoken[k + size - 1]
                    denied = any(reading.denied_by_other(spoken[k + j], first, last) for j in range(size))
                    found.append(Cue(name, first, last, denied))
        return found


@lru_cache(maxsize=1)
def cues() -> Cues:
    """The shipped phrases, read once. Lists are named `story.action`, `clarity.hedge`, `shows.conflict` and so on."""
    data = tomllib.loads((files("mockloop.judging.answers") / "cues.toml").read_text(encoding="utf-8"))
    lists: dict[tuple[str, ...], list[str]] = {}
    competencies = []
    for section, content in data.items():
        if section == "competency":
            for one in content:
                competency = Competency(one["id"], one["name"])
                competencies.append(competency)
                _add(lists, competency.asks, one["asks"])
                _add(lists, competency.shows, one["shows"])
        else:
            for name, phrases in content.items():
                _add(lists, f"{section}.{name}", phrases)
    return Cues({stems: tuple(names) for stems, names in lists.items()}, tuple(competencies))


def _add(lists: dict[tuple[str, ...], list[str]], name: str, phrases: Sequence[str]) -> None:
    for phrase in phrases:
        stems = tuple(word.stem for word in words_of(phrase) if word.text not in ARTICLES)
        if stems and name not in lists.setdefault(stems, []):
            lists[stems].append(name)
