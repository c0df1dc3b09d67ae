"""Whether an answer is about what was asked: how much of what it says belongs to the question and its full answer."""

from dataclasses import dataclass

from mockloop.judging.answers.answer import Answer
from mockloop.judging.answers.terms import Said, Term, stems_of
from mockloop.language import read

_ASKED = 0.3
"""What a word counts that stands in the question."""

_DOUBT = 15
"""So many unmatched words are put beside every answer, so that three right words are no proof."""

_MOST_ASKED = 8
_MOST_ROUNDS = 12


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
    known = Said(read(subject))
    words = answer.reading.words
    seen: dict[str, float] = {}
    for i in answer.said.kept:
        stem = words[i].stem
        if stem in seen:
            continue
        if stem in asked:
            seen[stem] = _ASKED
        else:
            term = Term(stem, answer.said.meanings[i], answer.reading.denied[i], 1.0, i)
            seen[stem] = max((hit.strength for hit in known.hits(term)), default=0.0)
    named = sum(stem in asked for stem in seen)
    return Topic(_densest(list(seen.values())), min(1.0, named / max(1, min(len(asked), _MOST_ASKED))))


def _densest(values: list[float]) -> float:
    """The highest share in any stretch of words, `_DOUBT` beside it: more said elsewhere never lowers it.

    Dinkelbach's method: the best stretch for a guessed share gives the next guess, until it no longer grows.
    """
    share = 0.0
    for _ in range(_MOST_ROUNDS):
        best, total, length = _best_stretch(values, share)
        if best <= _DOUBT * share + 1e-12 or not length:
            break
        share = total / (length + _DOUBT)
    return share


def _best_stretch(values: list[float], share: float) -> tuple[float, float, int]:
    """Of the stretch that exceeds `share` a word by most: by how much, its sum, its length. Kadane's method."""
    best = (0.0, 0.0, 0)
    run = total = 0.0
    length = 0
    for value in values:
        if run <= 0:
            run = total = 0.0
            length = 0
        run += value - share
        total += value
        length += 1
        if run > best[0]:
            best = (run, total, length)
    return best
