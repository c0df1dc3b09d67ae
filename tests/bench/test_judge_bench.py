"""What measures the judge measures right: figures worked out by hand, a whole battery, and nothing of it shipped."""

import re
import tomllib
from itertools import combinations
from pathlib import Path

import pytest

from bench.judging.graded import Marked, auc, kappa, mapped, monotone, pearson
from bench.judging.traps import BATTERY, FAIR, GOOD, TRAP, Question, answers, battery

ROOT = Path(__file__).parents[2]
QUESTIONS = battery()


def test_pearson_by_hand() -> None:
    assert pearson([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
    assert pearson([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    # Means 2 and 3; products -1*-2 + 0*1 + 1*1 = 3; squares 2 and 6: 3 / sqrt(12).
    assert pearson([1, 2, 3], [1, 4, 4]) == pytest.approx(3 / 12**0.5)
    assert pearson([5, 5, 5], [1, 2, 3]) == 0


def marked(*pairs: tuple[float, int]) -> list[Marked]:
    return [Marked(mark, float(right), "", "") for mark, right in pairs]


def test_auc_by_hand() -> None:
    assert auc(marked((10, 0), (20, 0), (30, 1), (40, 1))) == 1
    assert auc(marked((10, 1), (20, 1), (30, 0), (40, 0))) == 0
    assert auc(marked((50, 0), (50, 1), (50, 1))) == 0.5
    # Right: 30 and 20. Wrong: 20 and 10. Of four pairs three are won and one is a tie: 3.5 / 4.
    assert auc(marked((30, 1), (20, 1), (20, 0), (10, 0))) == 0.875
    assert auc(marked((10, 0), (30, 1), (20, 0), (20, 1))) == 0.875


def test_the_monotone_map_by_hand() -> None:
    assert monotone([1, 2, 3], [0.1, 0.5, 0.9]) == [(1, 0.1), (2, 0.5), (3, 0.9)]
    # The second and the third violate the order: both become their mean.
    assert monotone([1, 2, 3, 4], [0.0, 0.8, 0.4, 1.0]) == [(1, 0.0), (2, pytest.approx(0.6)), (4, 1.0)]
    # A low last value pulls all down: (3 + 2 + 1) / 3.
    assert monotone([10, 20, 30], [3, 2, 1]) == [(10, 2)]
    assert monotone([30, 10, 20], [1, 3, 2]) == [(10, 2)]


def test_the_map_is_a_staircase() -> None:
    steps = [(10.0, 0.2), (20.0, 0.7)]
    assert [mapped(steps, mark) for mark in (0, 10, 19.9, 20, 99)] == [0.2, 0.2, 0.2, 0.7, 0.7]


def test_kappa_by_hand() -> None:
    assert kappa([0, 1, 2], [0, 1, 2], 2) == 1
    # Seen: (0 + 0 + 1 + 1) / 4 = 0.5. By chance: squares of all 16 pairs, 0,0,2,2 against 0,0,1,1: 24 / 16 = 1.5.
    assert kappa([0, 0, 2, 2], [0, 0, 1, 1], 2) == pytest.approx(1 - 0.5 / 1.5)
    assert kappa([0, 2], [2, 0], 2) == pytest.approx(-1)
    assert kappa([1, 1], [1, 1], 2) == 0


def test_the_battery_is_large_enough_in_every_area() -> None:
    assert len(QUESTIONS) >= 40
    assert len({question.name for question in QUESTIONS}) == len(QUESTIONS) == len(list(BATTERY.rglob("*.toml")))
    for area in ("behavioural", "coding", "design", "ml"):
        own = [question for question in QUESTIONS if question.area == area]
        assert len(own) >= 8
        assert abs(sum(1 if question.held_out else -1 for question in own)) <= 1


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_has_every_sort_of_answer(question: Question) -> None:
    found = [(sort, name) for sort, name, _ in answers(question, QUESTIONS)]
    names = {sort: [name for one, name in found if one == sort] for sort in (GOOD, FAIR, TRAP)}
    assert {"good 1", "good 2", "good 3", "nonnative", "misspelled", "dictated", "dialect"} <= set(names[GOOD])
    assert {"middling 1", "middling 2", "misconception"} <= set(names[FAIR])
    sorts = {re.sub(r"( \d+| to .*)$", "", name) for name in names[TRAP]}
    assert sorts == {
        "keywords", "denied", "off_topic", "buzzwords", "nothing", "lorem ipsum", "gibberish",
        "the question repeated", "the question repeated at length", "orders alone", "reference shuffled",
        "every claim negated", "it is not true that", "good answer",
    }  # fmt: skip
    given = question.data["answers"]
    written = [*given["good"], *given["middling"], given["wrong"], *given["buzzwords"], given["denied"]]
    assert all(len(text.split()) >= 15 for text in written)
    assert question.data.get("reference") or question.data.get("criteria") or question.area == "behavioural"


def plain(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = plain(text)
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_good_answers_to_a_question_share_no_sentence() -> None:
    """They are good in different words: not ten in a row are the same."""
    for question in QUESTIONS:
        for one, other in combinations(question.data["answers"]["good"], 2):
            assert not runs(one, 10) & runs(other, 10), question.name


def test_only_the_package_goes_into_the_wheel() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert set(built["targets"]) == {"wheel"}
    wheel = built["targets"]["wheel"]
    assert wheel["packages"] == ["src/mockloop"]
    assert all(path.startswith("src/mockloop/") for path in wheel.get("artifacts", ()))
    assert not {"include", "force-include"} & (set(wheel) | set(built))


def test_no_text_of_the_battery_is_in_the_package() -> None:
    """Not nine words in a row of any answer: nobody may have learnt them by heart."""
    texts = [text for question in QUESTIONS for text in question.data["answers"].values()]
    flat = " ".join(plain(" ".join(one if isinstance(one, str) else " | ".join(one) for one in texts)))
    known = runs(flat, 9)
    folders = ("judging", "language", "cli", "interviewer")
    for path in (path for folder in folders for path in (ROOT / "src" / "mockloop" / folder).rglob("*")):
        if path.suffix in (".py", ".txt", ".toml", ".md", ".json"):
            assert not known & runs(path.read_text(encoding="utf-8"), 9), path
