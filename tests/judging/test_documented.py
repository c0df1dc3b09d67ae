"""`docs/scoring.md` says what the judge does: its tables are the tables of `weights`, its example comes out as told."""

from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import pytest

from mockloop.bank.question import CodingQuestion
from mockloop.judging import weights
from mockloop.judging.appeals.pointing import QUOTED_WORDS
from mockloop.judging.appeals.service import MOST_APPEALS
from mockloop.judging.coding import judge_coding
from mockloop.judging.repetition.schedule import reviewed
from tests.judging.logs import answering
from tests.judging.test_coding import middling, part

PAGE = (Path(__file__).parents[2] / "docs" / "scoring.md").read_text(encoding="utf-8")


def rows(first: str) -> list[list[str]]:
    """The rows of the table whose heading starts with this word."""
    block = PAGE.split(f"\n| {first} |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in block.splitlines()[2:]]


def test_dimensions() -> None:
    formats = [cell.strip() for cell in PAGE.split("\n| dimension |", 1)[1].splitlines()[0].strip("|").split("|")]
    documented = {
        format_: {title: int(shares[i].removesuffix(" %")) for title, *shares in rows("dimension")}
        for i, format_ in enumerate(formats)
    }
    titles = weights.TITLES
    assert documented == {id: {titles[one]: n for one, n in row.items()} for id, row in weights.WEIGHTS.items()}


def test_points() -> None:
    documented = {name: float(points) for name, points, _ in rows("criterion")}
    assert documented == {name: points for table in weights.POINTS.values() for name, points in table.items()}


def test_every_dimension_has_a_hundred_points() -> None:
    assert {sum(table.values()) for table in weights.POINTS.values()} == {100}


def thresholds(first: str) -> dict[tuple[str, str], weights.Threshold]:
    """A table of thresholds, by level and name."""

    def number(cell: str) -> float:
        return 0.0 if cell == "-" else float(cell) * 10

    return {
        (level, name): weights.Threshold(
            number(overall), int(hidden.removesuffix(" %")) / 100, number(efficiency), number(process), number(said)
        )
        for level, name, overall, hidden, efficiency, process, said in rows(first)
    }


def test_thresholds() -> None:
    for first, tables in (
        ("level", {"Hire": weights.HIRE, "Strong Hire": weights.STRONG_HIRE}),
        ("ready at", {"Almost Ready": weights.ALMOST_READY, "Ready": weights.READY}),
    ):
        real = {(level, name): table[level] for name, table in tables.items() for level in get_args(weights.Level)}
        assert thresholds(first) == real


def test_whoever_is_ready_would_be_hired() -> None:
    for level in get_args(weights.Level):
        ready, hire, almost = weights.READY[level], weights.HIRE[level], weights.ALMOST_READY[level]
        for name in ("overall", "hidden_share", "efficiency", "process", "communication"):
            assert getattr(ready, name) >= max(getattr(hire, name), getattr(almost, name))


def test_the_bar_never_falls_with_the_level() -> None:
    for table in (weights.HIRE, weights.STRONG_HIRE, weights.ALMOST_READY, weights.READY):
        bars = [(table[level].overall, table[level].hidden_share) for level in get_args(weights.Level)]
        assert bars == sorted(bars)
    assert all(threshold.hidden_share >= 0.5 for threshold in (*weights.HIRE.values(), *weights.STRONG_HIRE.values()))


@pytest.mark.parametrize(
    "sentence",
    [
        f"one class slower keeps {weights.OUTGROWN_SHARE:.0%}".replace("%", " %"),
        f"each hint takes {weights.HINT_COST:.0%}".replace("%", " %"),
        f"within {weights.EARLY_SHARE:.0%}".replace("%", " %"),
        f"never exceed correctness times {weights.CAP_FACTOR}",
        f"Below {weights.FLUENT_SHARE:.0%} of the tests".replace("%", " %"),
        f"earns {weights.STALE_SHARE:.0%} of what its last version".replace("%", " %"),
        f"at most {weights.GROWTH_BUDGET_S} seconds",
        f"the last {weights.SESSIONS_LOOKED_AT} sessions",
        f"up to {MOST_APPEALS} times a session",
        f"quotes {QUOTED_WORDS} or more of your own words",
        f"less than {weights.WEAK_BELOW:.0%}".replace("%", " %"),
        f"below {weights.LOW_CONFIDENCE} the scorecard says",
        f"From {weights.FOLLOW_UP_MET / 10} on an answer is called met",
        f"from {weights.FOLLOW_UP_PARTLY / 10} on partly met",
        f"asked in the last {weights.TOO_LATE_TO_ANSWER_S} seconds",
        f"fallen to {weights.RETENTION:.0%}".replace("%", " %"),
        f"after {weights.LONGEST_PAUSE_DAYS} days at the latest",
    ],
)
def test_numbers_in_sentences(sentence: str) -> None:
    assert sentence in " ".join(PAGE.split())


def test_ratings_of_repetition() -> None:
    documented = [(101.0 if below == "else" else float(below) * 10, rating) for below, rating, _ in rows("below")]
    assert documented == list(weights.RATINGS)


def test_first_pauses() -> None:
    documented = {rating: int(days.split()[0]) for _, rating, days in rows("below")}
    at = datetime(2026, 3, 2, tzinfo=UTC)
    assert documented == {rating: reviewed(None, below - 1, at).in_days for below, rating in weights.RATINGS}


async def test_the_example_by_hand(question: CodingQuestion) -> None:
    edges = [test.edge for test in (*question.visible_tests, *question.hidden_tests)]
    runner = answering(question, right=lambda i: edges[i] not in ("touching", "nested"))
    card = await judge_coding(middling(question).ends(), question, runner, owner="x")
    assert [part(card, id).mark for id in ("correctness", "efficiency", "quality", "process")] == [
        80.0,
        60.0,
        100.0,
        50.3,
    ]
    assert (card.overall, card.outcome) == (74.1, "No Hire")
    for told in ("Together 80.0", "Together 60.0", "Quality.** Nothing to remark: 100", "Together 50.3", "= 74.1"):
        assert told in PAGE
