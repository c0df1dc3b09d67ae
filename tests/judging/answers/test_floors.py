"""What says nothing gets next to nothing: every made trap, on every question of the battery, at its worst."""

from collections.abc import Iterator
from functools import lru_cache

import pytest

from bench.judging.traps import TRAP, answers, battery
from mockloop.judging.answers.grade import grade
from mockloop.judging.answers.task import Grade

NOTHING = (
    "nothing", "lorem ipsum", "gibberish", "the question repeated", "the question repeated at length", "orders alone",
)  # fmt: skip
EMPTY_FORM = ("reference shuffled", "every claim negated", "it is not true that", "keywords", "denied")


@lru_cache(maxsize=1)
def traps() -> dict[tuple[str, str], list[tuple[str, Grade]]]:
    """By sort of trap and question: each trap's full name and its grade."""
    found: dict[tuple[str, str], list[tuple[str, Grade]]] = {}
    for question in battery():
        for sort, name, text in answers(question, []):
            group = name.rstrip(" 0123456789")
            if sort == TRAP and group in (*NOTHING, *EMPTY_FORM):
                found.setdefault((group, question.name), []).append((name, grade(question.task(text))))
    return found


def grades_of(trap: str) -> Iterator[tuple[str, Grade]]:
    """Every grade of this sort of trap, with the question's name."""
    for (group, question), found in traps().items():
        if group == trap:
            yield from ((f"{question}: {name}", result) for name, result in found)


def told(name: str, result: Grade) -> str:
    """The case without a word of the question: held-out ones stay unread also when they fail."""
    return f"{name} got {result.mark10} of 10 ({result.mark}), confidence {result.confidence}, {result.flags}"


@pytest.mark.parametrize("trap", NOTHING)
def test_what_is_no_answer_gets_one_of_ten(trap: str) -> None:
    name, worst = max(grades_of(trap), key=lambda one: one[1].mark)
    of_ten = worst.mark10
    assert of_ten == 1, told(name, worst)


@pytest.mark.parametrize("trap", EMPTY_FORM)
def test_the_right_words_without_a_claim_get_three_at_most_or_the_judge_is_unsure(trap: str) -> None:
    sure = [one for one in grades_of(trap) if one[1].confidence >= 0.5]
    name, worst = max(sure, key=lambda one: one[1].mark)
    of_ten = worst.mark10
    assert of_ten <= 3, told(name, worst)


def test_every_question_has_every_trap() -> None:
    assert set(traps()) == {(trap, question.name) for trap in (*NOTHING, *EMPTY_FORM) for question in battery()}
