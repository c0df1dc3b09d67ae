"""The check in practice: a played runner answers for each source, so that every proof can be seen to fail.

`test_whole_bank` does it for the real bank in the real sandbox.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mockloop.bank.check import check_bank, check_content
from mockloop.bank.loader import Bank, bank_root, load_bank
from mockloop.bank.proofs import why_not_slower
from mockloop.bank.question import CodingQuestion
from mockloop.runner.contract import CallOutcome, CallResult, RunnerUnavailable, RunResult, Script, Solution
from mockloop.runner.scripted import ScriptedRunner

NAME = "pair-within-budget"

Answer = Callable[[list[int], int], Any]
Seconds = Callable[[int], float]


def pairs(prices: list[int], budget: int) -> list[tuple[int, int, int]]:
    """All pairs that fit, as (sum, distance, i)."""
    count = len(prices)
    every = [(prices[i] + prices[j], j - i, i) for i in range(count) for j in range(i + 1, count)]
    return [pair for pair in every if pair[0] <= budget]


def right(prices: list[int], budget: int) -> list[int]:
    fitting = pairs(prices, budget) if len(prices) < 100 else []
    return [max(fitting)[2], max(fitting)[2] + max(fitting)[1]] if fitting else []


def exact_only(prices: list[int], budget: int) -> list[int]:
    return [] if sum(prices[i] for i in right(prices, budget)) < budget else right(prices, budget)


def closest_ties(prices: list[int], budget: int) -> list[int]:
    fitting = pairs(prices, budget)
    best = max(((total, -apart, i) for total, apart, i in fitting), default=None)
    return [best[2], best[2] - best[1]] if best else []


def same_item_twice(prices: list[int], budget: int) -> list[int]:
    twice = [2 * price <= budget and 2 * price > sum(prices[i] for i in right(prices, budget)) for price in prices]
    return [twice.index(True)] * 2 if any(twice) else right(prices, budget)


def dearest_first(prices: list[int], budget: int) -> list[int]:
    fitting = pairs(prices, budget)
    last = max(((i + apart, i) for _, apart, i in fitting), default=None)
    return [last[1], last[0]] if last else []


def nothing(prices: list[int], budget: int) -> list[int]:
    return []


def crash(prices: list[int], budget: int) -> list[int]:
    raise ZeroDivisionError("division by zero")


def linear(n: int) -> float:
    return 0.001 + n * 2e-7


def quadratic(n: int) -> float:
    return 0.001 + n * n * 2e-8


class Played:
    """Answers jobs from what each source is said to do: values and, by the first argument's length, seconds."""

    def __init__(self, question: CodingQuestion) -> None:
        self.answers: dict[str, Answer] = dict.fromkeys(question.references.values(), right)
        self.answers |= dict.fromkeys(question.starter.values(), nothing)
        self.seconds: dict[str, Seconds] = {}
        self.outcomes: dict[str, RunResult] = {}
        wrong = {
            "accepts only an exact sum": exact_only,
            "may take one item twice": same_item_twice,
            "lets an equal sum replace the wider pair": closest_ties,
            "commits to the dearest item that has any partner": dearest_first,
        }
        for planted in question.planted:
            self.answers[planted.source] = wrong.get(planted.name, right)
            if planted.flaw == "slow":
                self.seconds[planted.source] = quadratic

    def __call__(self, job: Script | Solution) -> RunResult:
        assert isinstance(job, Solution)
        if job.source in self.outcomes:
            return self.outcomes[job.source]
        return RunResult(outcome="ok", calls=tuple(self._call(job, at, args) for at, args in enumerate(job.calls)))

    def _call(self, job: Solution, index: int, args: tuple[Any, ...]) -> CallResult:
        seconds = self.seconds.get(job.source, linear)(len(args[0]))
        if job.limits_per_call_s is not None and seconds > job.limits_per_call_s:
            return CallResult(index=index, outcome="timed_out", wall_s=job.limits_per_call_s, message="Too slow.")
        try:
            value = self.answers[job.source](*args)
        except ZeroDivisionError as error:
            return CallResult(index=index, outcome="crashed", wall_s=seconds, message=f"ZeroDivisionError: {error}")
        return CallResult(index=index, outcome="returned", value=value, wall_s=seconds)


@pytest.fixture(scope="module")
def bank() -> Bank:
    """The real question; the others are only there to be related to."""
    return load_bank()


@pytest.fixture
def question(bank: Bank) -> CodingQuestion:
    return bank.question(NAME)


@pytest.fixture
def played(question: CodingQuestion) -> Played:
    return Played(question)


async def problems_with(bank: Bank, played: Played) -> list[str]:
    found = await check_bank(bank, ScriptedRunner([played]), only=[NAME])
    return [f"{problem.rule}: {problem.text}" for problem in found]


def source_of(question: CodingQuestion, name: str) -> str:
    return next(planted.source for planted in question.planted if planted.name == name)


async def test_a_sound_question_has_no_problems(bank: Bank, played: Played) -> None:
    lines: list[str] = []
    assert await check_bank(bank, ScriptedRunner([played]), only=[NAME], progress=lines.append) == []
    assert lines == [f"[1/1] {NAME}: sound"]


async def test_a_reference_that_is_wrong_is_named_with_the_test(
    bank: Bank, question: CodingQuestion, played: Played
) -> None:
    played.answers[question.references["javascript"]] = exact_only
    [first, *_] = await problems_with(bank, played)
    assert first == ("reference: the javascript reference fails visible[0] (typical): Returned [], expected [1, 2].")


async def test_a_reference_that_cannot_take_the_largest_input_is_named(
    bank: Bank, question: CodingQuestion, played: Played
) -> None:
    played.seconds[question.references["typescript"]] = lambda n: n * 1e-4
    assert await problems_with(bank, played) == [
        "growth: the typescript reference does not answer growth size 32000: Too slow."
    ]


async def test_a_starter_that_does_not_compile_is_named(bank: Bank, question: CodingQuestion, played: Played) -> None:
    broken = RunResult(outcome="compile_error", message="SyntaxError: invalid syntax (line 2)")
    played.outcomes[question.starter["python"]] = broken
    assert await problems_with(bank, played) == [
        "starter: the python starter cannot be called: SyntaxError: invalid syntax (line 2)"
    ]


async def test_a_starter_that_crashes_is_named(bank: Bank, question: CodingQuestion, played: Played) -> None:
    played.answers[question.starter["python"]] = crash
    [problem] = await problems_with(bank, played)
    assert problem.startswith("starter: the python starter cannot be called: ZeroDivisionError")


async def test_a_starter_that_is_a_solution_is_named(bank: Bank, question: CodingQuestion, played: Played) -> None:
    played.answers[question.starter["typescript"]] = right
    assert await problems_with(bank, played) == ["starter: the typescript starter passes all tests as it is"]


async def test_a_wrong_solution_that_is_right_is_named(bank: Bank, question: CodingQuestion, played: Played) -> None:
    played.answers[source_of(question, "accepts only an exact sum")] = right
    [problem] = await problems_with(bank, played)
    assert problem.endswith("is not caught by 'below-budget'; it passes every hidden test")


async def test_a_wrong_solution_that_fails_elsewhere_is_named(
    bank: Bank, question: CodingQuestion, played: Played
) -> None:
    played.answers[source_of(question, "accepts only an exact sum")] = dearest_first
    [problem] = await problems_with(bank, played)
    assert "is not caught by 'below-budget'; it fails on " in problem
    assert "greedy-trap" in problem


async def test_a_wrong_solution_that_fails_everything_is_named(
    bank: Bank, question: CodingQuestion, played: Played
) -> None:
    played.answers[source_of(question, "may take one item twice")] = crash
    [problem] = await problems_with(bank, played)
    assert "'may take one item twice' passes no test at all" in problem
    assert "ZeroDivisionError" in problem


async def test_a_slow_solution_that_is_fast_is_named(bank: Bank, question: CodingQuestion, played: Played) -> None:
    played.seconds[source_of(question, "compares all pairs")] = linear
    [problem] = await problems_with(bank, played)
    assert problem.startswith("slow: 'compares all pairs' is not caught: it takes only ")


async def test_a_slow_solution_that_is_wrong_is_named(bank: Bank, question: CodingQuestion, played: Played) -> None:
    played.answers[source_of(question, "compares all pairs")] = closest_ties
    [problem] = await problems_with(bank, played)
    assert problem.startswith("slow: 'compares all pairs' is not just slow, it fails visible[1] (ties-far-apart)")


async def test_a_slow_solution_may_be_caught_by_its_test(bank: Bank, question: CodingQuestion, played: Played) -> None:
    source = source_of(question, "compares all pairs")
    planted = tuple(
        one.model_copy(update={"caught_by": "duplicates"}) if one.source == source else one for one in question.planted
    )
    changed = question.model_copy(update={"planted": planted})
    others = [other for other in bank.questions() if other.id != NAME]
    played.seconds[source] = lambda n: 5.0 if n == 4 else 0.001
    assert await problems_with(Bank([*others, changed], bank.styles), played) == []
    assert await problems_with(bank, played) != [], "growth alone does not catch it"


async def test_a_recipe_that_breaks_at_a_large_size_is_named(
    bank: Bank, question: CodingQuestion, played: Played
) -> None:
    recipe = ({"kind": "ints", "length": "n", "high": 3000, "distinct": True}, question.growth.recipe[1])
    changed = question.model_copy(update={"growth": question.growth.model_copy(update={"recipe": recipe})})
    others = [other for other in bank.questions() if other.id != NAME]
    [problem] = await problems_with(Bank([*others, changed], bank.styles), played)
    assert problem.startswith("growth: inputs of the sizes (1000, 2000,")
    assert "4000 distinct numbers do not fit between 0 and 3000" in problem


async def test_a_runner_that_is_down_is_no_proof(bank: Bank) -> None:
    with pytest.raises(RunnerUnavailable):
        await check_bank(bank, ScriptedRunner([RunnerUnavailable("no sandbox")]))


async def test_files_that_cannot_be_read_are_problems_too(tmp_path: Path, played: Played) -> None:
    source = Path(str(bank_root()))
    (tmp_path / "content" / "coding").mkdir(parents=True)
    (tmp_path / "company_styles.toml").write_text((source / "company_styles.toml").read_text())
    (tmp_path / "content" / "coding" / NAME).symlink_to(source / "content" / "coding" / NAME)
    (tmp_path / "content" / "coding" / "half-done").mkdir()
    problems = await check_content(ScriptedRunner([played]), root=tmp_path)
    assert {problem.question_id for problem in problems if problem.rule == "schema"} == {"half-done"}
    assert "half-done/statement.md: is missing" in "\n".join(map(str, problems))
    of_the_other = {problem.rule for problem in problems if problem.question_id == NAME}
    assert of_the_other == {"references"}, "its related questions are not there; all else is sound"
    missing = await check_content(ScriptedRunner([played]), root=tmp_path, only=["nowhere"])
    assert [str(problem) for problem in missing] == ["nowhere: schema: no such question"]


def measured(
    seconds: Seconds, limit_s: float = 1.0, outcome: CallOutcome = "timed_out"
) -> list[tuple[int, CallResult]]:
    """A measurement up to the first size at which the limit is passed."""
    points: list[tuple[int, CallResult]] = []
    for n in (1000, 2000, 4000, 8000, 16000, 32000):
        if seconds(n) > limit_s:
            return [*points, (n, CallResult(index=0, outcome=outcome, wall_s=limit_s))]
        points.append((n, CallResult(index=0, outcome="returned", wall_s=seconds(n))))
    return points


def test_a_square_is_slower_than_a_line_and_a_line_is_not() -> None:
    line = measured(linear)
    assert why_not_slower(measured(quadratic), line, "linear") is None
    assert why_not_slower(measured(lambda n: n * n * 1e-5), line, "linear") is None, "cut off at once"
    assert "grows like n^1.00 at most" in str(why_not_slower(measured(lambda n: n * 2e-5), line, "linear"))
    assert why_not_slower(measured(quadratic), measured(lambda n: n * n * 1e-9), "quadratic") is not None


def test_what_cannot_be_measured_proves_nothing() -> None:
    line = measured(linear)
    assert "give larger growth sizes" in str(why_not_slower(measured(lambda n: n * n * 1e-12), line, "linear"))
    assert "the reference 0.007 s" in str(why_not_slower(measured(lambda n: n * n * 2e-11), line, "linear"))
    assert "out of memory" in str(why_not_slower(measured(quadratic, outcome="out_of_memory"), line, "linear"))
    late = [(1000, CallResult(index=0, outcome="timed_out", wall_s=1.0))]
    assert "does not come as far" in str(why_not_slower(measured(quadratic), late, "linear"))
