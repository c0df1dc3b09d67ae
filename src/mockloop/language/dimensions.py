"""Whether a stated bound is about time, about space or about both, by the words around it. Used by `complexity`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mockloop.language.words import Word, vocabulary

Dimension = Literal["time", "space"]

_TIME = vocabulary(
    "time runtime runs run running speed fast faster slow slower operations steps takes tc zeit laufzeit"
)
_SPACE = vocabulary("space memory storage extra auxiliary sc speicher platz speicherplatz ram")
_JOINS = vocabulary("and or as well the same also for in both of complexity complexities likewise usage its needs")
"""Words that may stand between "time" and "space" when one bound is meant for both."""

_LINKS = vocabulary(
    "is are be being was would will of complexity complexities usage both each just only about also then requirement"
)
"""Words that may stand between a cue and the bound that it announces."""

_AFTER_BOTH = vocabulary("and so because since as for in time space memory i that which where but cases")
_PAIR_REACH = 6
_BACK = 10
_AHEAD = 5
_PUNCTUATION = re.compile(r"[,;.:!?]")
_OF_N = re.compile(r"\b([tsTS])\s*\(\s*n\s*\)")


@dataclass(frozen=True, slots=True)
class Cues:
    """Per word of a text, which dimension it speaks of. `T(n)` speaks of time; its words are `taken`."""

    at: tuple[Dimension | None, ...]
    taken: frozenset[int]


def cues_of(text: str, words: Sequence[Word]) -> Cues:
    at: list[Dimension | None] = [
        "space" if word.text in _SPACE else "time" if word.text in _TIME else None for word in words
    ]
    taken: set[int] = set()
    begins = {match.start(): match for match in _OF_N.finditer(text)}
    for i, word in enumerate(words):
        match = begins.get(word.start)
        if match is not None and i + 1 < len(words) and words[i + 1].end <= match.end():
            at[i] = "time" if word.text == "t" else "space"
            taken |= {i, i + 1}
    return Cues(tuple(at), frozenset(taken))


def dimensions_of(
    text: str, words: Sequence[Word], cues: Cues, spans: Sequence[tuple[int, int]]
) -> list[tuple[Dimension, ...]]:
    """For each bound, given by its first and last word, what it is about."""
    return _Dimensions(text, words, cues, spans).all()


class _Dimensions:
    def __init__(self, text: str, words: Sequence[Word], cues: Cues, spans: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.words = words
        self.texts = [word.text for word in words]
        self.cues = cues.at
        self.spans = spans
        self.used: set[int] = set()

    def all(self) -> list[tuple[Dimension, ...]]:
        found: list[tuple[Dimension, ...]] = []
        number = 0
        while number < len(self.spans):
            respectively = self._respectively(number)
            if respectively:
                found += [(respectively[0],), (respectively[1],)]
                number += 2
                continue
            found.append(("time", "space") if self._is_about_both(number) else (self._nearest(number),))
            number += 1
        return found

    def _low(self, number: int) -> int:
        return max(self.spans[number - 1][1] + 1 if number else 0, self.spans[number][0] - _BACK)

    def _high(self, number: int) -> int:
        return self.spans[number + 1][0] if number + 1 < len(self.spans) else len(self.words)

    def _respectively(self, number: int) -> tuple[Dimension, Dimension] | None:
        """ "Time and space are O(n) and O(1)", and the same without any word for them: time first, as all say it."""
        if number + 1 >= len(self.spans):
            return None
        (first, last), (following, end) = self.spans[number], self.spans[number + 1]
        if not set(self.texts[last + 1 : following]) <= {"and"} or any(self.cues[end + 1 : end + 3]):
            return None
        pair = self._pair(self._low(number), first)
        if pair and self._linked(pair[1], first):
            self.used |= set(pair)
            return self.cues[pair[0]] or "time", self.cues[pair[1]] or "space"
        alone = number == 0 and len(self.spans) == 2 and not any(self.cues)
        written = self.text[self.words[last].start : self.words[following].end].casefold()
        return ("time", "space") if alone and re.search(r"\)\s*(?:,|,? ?and|/|&)\s*o\b", written) else None

    def _pair(self, low: int, high: int) -> tuple[int, int] | None:
        """Where a word for time and one for space stand together: "time and space"."""
        for i in range(low, high):
            if self.cues[i] is None or i in self.used:
                continue
            for j in range(i + 1, min(high, i + _PAIR_REACH)):
                if self.cues[j] not in (None, self.cues[i]):
                    return i, j
                if self.cues[j] is None and self.texts[j] not in _JOINS:
                    break
        return None

    def _linked(self, i: int, j: int) -> bool:
        """Whether only words such as "is" stand between two words."""
        return all(self.texts[k] in _LINKS or self.cues[i] == self.cues[k] for k in range(i + 1, j))

    def _is_about_both(self, number: int) -> bool:
        first, last = self.spans[number]
        low, high = self._low(number), self._high(number)
        ends_text = number + 1 == len(self.spans)
        after = self._pair(last + 1, min(high, last + 9))
        if after and self._joined(last + 1, after[0]) and (ends_text or not self._linked(after[1], high)):
            self.used |= set(after)
            return True
        before = self._pair(low, first)
        if before and self._linked(before[1], first) and not any(self.cues[last + 1 : min(high, last + 2)]):
            self.used |= set(before)
            return True
        return self._same_for_the_other(number) or self._says_both(number)

    def _joined(self, i: int, j: int) -> bool:
        return all(text in _JOINS for text in self.texts[i:j])

    def _same_for_the_other(self, number: int) -> bool:
        """ "Time complexity O(n), same for space"."""
        last, high = self.spans[number][1], self._high(number)
        window = range(last + 1, min(high, last + 7))
        cue = next((i for i in window if self.cues[i]), None)
        if cue is None or not self._joined(last + 1, cue):
            return False
        too = self.texts[last + 1] == "and" and self.texts[cue + 1 : cue + 2] in (["too"], ["likewise"])
        if not too and "same" not in self.texts[last + 1 : cue]:
            return False
        self.used.add(cue)
        return True

    def _says_both(self, number: int) -> bool:
        first, last = self.spans[number]
        if any(self.cues[max(self._low(number), first - 3) : first]) or any(self.cues[last + 1 : last + 4]):
            return False
        behind = self.texts[last + 1 : last + 3]
        at = last + 1 if behind[:1] == ["both"] else last + 2 if behind[1:] == ["both"] and behind[0] in _JOINS else 0
        if at and (at + 1 == len(self.texts) or self._breaks(at) or self.texts[at + 1] in _AFTER_BOTH):
            return True
        ahead = next((k for k in range(first - 1, self._low(number) - 1, -1) if self.texts[k] not in _LINKS), -1)
        return "both" in self.texts[max(ahead + 1, self._low(number)) : first]

    def _breaks(self, i: int) -> bool:
        """Whether punctuation stands behind a word."""
        following = self.words[i + 1].start if i + 1 < len(self.words) else len(self.text)
        return bool(_PUNCTUATION.search(self.text, self.words[i].end, following))

    def _nearest(self, number: int) -> Dimension:
        """By the nearest cue: "O(n) time and O(1) space" as well as "time is O(n), space O(1)"."""
        first, last = self.spans[number]
        high = self._high(number)
        before = [i for i in range(self._low(number), first) if self.cues[i] and i not in self.used]
        after = [
            i for i in range(last + 1, min(high, last + 1 + _AHEAD)) if self.cues[i] and not self._announces(number, i)
        ]
        chosen = before[-1] if before else None
        if chosen is not None and after and self.cues[chosen] == self.cues[after[0]]:
            self.used.add(after[0])  # "runs in O(n) time": both belong to this bound
        elif after and (chosen is None or (after[0] - last <= 2 and first - chosen > 4)):
            chosen = after[0]
        if chosen is None:
            return "time"
        self.used.add(chosen)
        return self.cues[chosen] or "time"

    def _announces(self, number: int, i: int) -> bool:
        """Whether a cue behind a bound belongs to the next one: "runs in O(n) and memory O(n)"."""
        if number + 1 >= len(self.spans) or not self._linked(i, self.spans[number + 1][0]):
            return False
        last = self.spans[number][1]
        return "and" in self.texts[last + 1 : i] or any(self._breaks(k) for k in range(last, i))
