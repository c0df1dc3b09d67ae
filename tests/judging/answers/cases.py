"""Answers to the battery's questions that may be looked at while tuning, for tests of what holds for every answer."""

from functools import lru_cache

from bench.judging.traps import Question, battery
from mockloop.judging.answers.grade import grade
from mockloop.judging.answers.task import Grade, Task

OTHERS = ("keywords", "denied", "wrong", "off_topic", "dialect", "nonnative")


@lru_cache(maxsize=1)
def tuned() -> tuple[Question, ...]:
    """The questions that are not held out."""
    return tuple(question for question in battery() if not question.held_out)


def own_answers(question: Question) -> dict[str, str]:
    """Three good answers and two middling ones, by name."""
    given = question.data["answers"]
    found = {f"good {number}": text for number, text in enumerate(given["good"], 1)}
    return found | {f"middling {number}": text for number, text in enumerate(given["middling"], 1)}


def all_answers(question: Question) -> dict[str, str]:
    """Good and middling ones, and some that are worth less, or that are told in another English."""
    given = question.data["answers"]
    return own_answers(question) | {name: given[name] for name in OTHERS} | {"buzzwords": given["buzzwords"][0]}


@lru_cache(maxsize=4096)
def graded(question: str, answer: str) -> Grade:
    """The grade of a named answer to a named question; asked for by several tests, so it is kept."""
    found = by_name(question)
    return grade(found.task(all_answers(found)[answer]))


def by_name(name: str) -> Question:
    return next(question for question in tuned() if question.name == name)


def changed(task: Task, **fields: object) -> Task:
    """The task with other fields, checked anew."""
    return Task.model_validate(task.model_dump() | fields)


NAMES = tuple(question.name for question in tuned())
CASES = tuple((question.name, answer) for question in tuned() for answer in all_answers(question))
