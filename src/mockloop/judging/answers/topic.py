"""Whether an answer is about what was asked: how much of what it says belongs to the question and its full answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from mockloop.judging.answers.answer import Answer
from mockloop.judging.answers.terms import Said, Term, stems_of
from mockloop.language import read

_ASKED = 0.3
"""What a word counts that stands in the question."""

_DOUBT = 15
"""So many unmatched words are put beside every answer, so that three right words are no proof."""

_MOST_ASKED = 8
_MOST_STARTS = 160
"""In longer answers not every word is tried as the beginning of a stretch."""


@dataclass(frozen=True, slots=True)
class Topic:
    """`density`: the share of telling words that belong to the subject, in the part that is most about it.

    `asked`: the share of the question's telling words that are named.
    """

    density: float
    asked: float


def topic_of(answer: Answer, question: str, subject: str) -> Topic:
    """Compare the words of an answer with a subject: the reference, or the criteria and their phrases."""
    asked = stems_of(question)
    known = _indexed(subject)
    words = answer.reading.words
    worth: dict[str, float] = {}
    for i in answer.said.kept:
        stem = words[i].stem
        if stem not in worth:
            term = Term(stem, answer.said.meanings[i], answer.reading.denied[i], 1.0, i)
            worth[stem] = _ASKED if stem in asked else max((hit.strength for hit in known.hits(term)), default=0.0)
    named = sum(stem in asked for stem in worth)
    density = _densest([words[i].stem for i in answer.said.kept], worth)
    return Topic(density, min(1.0, named / max(1, min(len(asked), _MOST_ASKED))))


@lru_cache(maxsize=64)
def _indexed(subject: str) -> Said:
    """A subject, indexed once for all the answers that are compared with it."""
    return Said(read(subject))


def _densest(stems: list[str], worth: Mapping[str, float]) -> float:
    """The highest share in any stretch of words, each counted once, with `_DOUBT` unmatched ones put beside it.

    A stretch that is there stays there whatever is said before or after it, so saying more never lowers the share.
    """
    best = 0.0
    for first in range(0, len(stems), 1 + len(stems) // _MOST_STARTS):
        seen: set[str] = set()
        total = 0.0
        for stem in stems[first:]:
            if stem not in seen:
                seen.add(stem)
                total += worth[stem]
                best = max(best, total / (len(seen) + _DOUBT))
    return best
