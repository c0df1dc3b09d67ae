"""Graded examples of the same question: they show where the judge errs on it, and a mark is corrected by that."""

from collections.abc import Callable
from math import sqrt

from mockloop.judging.answers.answer import Answer
from mockloop.judging.answers.task import Task
from mockloop.judging.answers.terms import grams_of

_PULL = 0.85
"""How much of the error on similar examples is taken back when one of them is nearly the same answer."""

_SHARPNESS = 4
"""How much more a close example counts than a distant one."""

_WHOLE_FROM = 35.0
"""Below this mark the correction shrinks with the mark: what is nothing stays nothing."""


def with_examples(task: Task, answer: Answer, mark: float, own_mark: Callable[[Task], float]) -> float:
    """The mark, 0 to 100, corrected by the errors on similar examples. `own_mark` is the judge's mark without them."""
    if not task.examples or not answer.telling:
        return mark
    bare = task.model_copy(update={"examples": (), "follow_ups": (), "objection": None})
    own = answer.said.grams
    errors = [
        (_likeness(own, grams_of(one.answer)), one.mark - own_mark(bare.model_copy(update={"answer": one.answer})))
        for one in task.examples
    ]
    total = sum(like**_SHARPNESS for like, _ in errors)
    if not total:
        return mark
    error = sum(like**_SHARPNESS * by for like, by in errors) / total
    pull = _PULL * min(1.0, 2 * max(like for like, _ in errors)) * min(1.0, mark / _WHOLE_FROM)
    return mark + pull * error


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / sqrt(len(a) * len(b)) if a and b else 0.0
