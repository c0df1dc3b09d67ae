"""Graded examples of the same question: an answer is drawn towards the marks of those that it resembles."""

from math import sqrt

from mockloop.judging.answers.answer import Answer
from mockloop.judging.answers.task import Task
from mockloop.judging.answers.terms import stems_of

_PULL = 0.5
"""How far the mark moves towards the examples when one of them is nearly the same answer."""

_SHARPNESS = 3


def with_examples(task: Task, answer: Answer, mark: float) -> float:
    """The mark, 0 to 100, moved towards those of similar examples; unchanged without any."""
    if not task.examples or not answer.telling:
        return mark
    asked = stems_of(task.question)
    own = frozenset(answer.telling) - asked
    likes = [(_cosine(own, stems_of(example.answer) - asked), example.mark) for example in task.examples]
    total = sum(like**_SHARPNESS for like, _ in likes)
    if not total:
        return mark
    near = sum(like**_SHARPNESS * of for like, of in likes) / total
    pull = _PULL * min(1.0, 2 * max(like for like, _ in likes))
    return (1 - pull) * mark + pull * near


def _cosine(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / sqrt(len(a) * len(b)) if a and b else 0.0
