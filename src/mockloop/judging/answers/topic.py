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


@dataclass(frozen=True, slots=True)
class Topic:
    """`density`: the share of the answer's telling words that are of the subject. `asked`: of the question's, named."""

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
    return Topic(sum(seen.values()) / (len(seen) + _DOUBT), min(1.0, named / max(1, min(len(asked), _MOST_ASKED))))
