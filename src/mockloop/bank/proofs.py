"""What takes a sandbox to find out about a question: references are right, planted solutions fail as they should.

`bank.check` runs these proofs. Each gives one finding per thing that is wrong.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import log
from typing import Any

from mockloop.bank.calling import solution_of, verdicts_of
from mockloop.bank.growth import RecipeBroken, arguments_for
from mockloop.bank.question import CodingQuestion, GrowthClass, PlantedSolution, TestCase
from mockloop.runner.contract import CallResult, Language, RunResult, Solution
from mockloop.runner.verdicts import Verdict

Run = Callable[[Solution], Awaitable[RunResult]]

TEST_LIMIT_S = 2.0
"""Seconds that a solution may take for one test."""

GROWTH_LIMITS_S = (1.0, 2.0, 4.0)
"""Seconds after which a call of the growth measurement is cut off. When one round proves nothing, because the machine
was busy, another with more patience follows."""

LEAST_TIME_S = 0.008
"""Below this a call is mostly the cost of calling; such points say nothing about growth."""

SPREAD = 4
"""Growth is read from sizes at least this many times apart; between nearer ones noise is too large a part."""

EXCESS = 0.5
"""By how much the exponent of a slow solution must exceed the target's: half of what lies between two powers."""

TIMES_THE_REFERENCE = 4
"""How many times longer than the reference a slow solution must take at the largest size it was measured with."""

_EXPONENTS: dict[GrowthClass, float] = {
    "constant": 0,
    "logarithmic": 0,
    "linear": 1,
    "linearithmic": 1.1,
    "quadratic": 2,
    "cubic": 3,
    "exponential": 6,
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and the rule that says so."""

    rule: str
    text: str


Inputs = Mapping[int, tuple[Any, ...]]
"""The arguments for each size of the growth plan."""


def growth_inputs(question: CodingQuestion) -> tuple[Inputs, list[Finding]]:
    """The inputs, made once for all that are measured with them; none, and a finding, when the recipe breaks."""
    plan = question.growth
    try:
        return {size: tuple(arguments_for(plan.recipe, size)) for size in plan.sizes}, []
    except RecipeBroken as error:
        return {}, [Finding("growth", f"inputs of the sizes {plan.sizes} cannot be made: {error}")]


async def prove_reference(question: CodingQuestion, language: Language, inputs: Inputs, run: Run) -> list[Finding]:
    """The reference passes every test, and answers the largest input of the growth plan in time."""
    source = question.references[language]
    failed = [verdict for verdict in await _judge_all(question, language, source, run) if verdict.outcome != "passed"]
    if failed:
        texts = [f"the {language} reference fails {_place(question, one.index)}: {_told(one)}" for one in failed[:3]]
        return [Finding("reference", text) for text in texts]
    if inputs:
        [(size, last)] = await _measure(question, language, source, run, dict([max(inputs.items())]), TEST_LIMIT_S)
        if last.outcome != "returned":
            return [Finding("growth", f"the {language} reference does not answer growth size {size}: {_told(last)}")]
    return []


async def prove_starter(question: CodingQuestion, language: Language, run: Run) -> list[Finding]:
    """The starter compiles, can be called without a crash, and is not already a solution."""
    verdicts = await _judge_all(question, language, question.starter[language], run)
    shown = verdicts[: len(question.visible_tests)]
    broken = [verdict for verdict in shown if verdict.outcome not in ("passed", "failed")]
    if broken:
        return [Finding("starter", f"the {language} starter cannot be called: {_told(broken[0])}")]
    if all(verdict.outcome == "passed" for verdict in verdicts):
        return [Finding("starter", f"the {language} starter passes all tests as it is")]
    return []


async def prove_wrong(question: CodingQuestion, planted: PlantedSolution, run: Run) -> list[Finding]:
    """A wrong solution fails on its edge case and passes elsewhere, so that a person could have written it."""
    verdicts = await _judge_all(question, planted.language, planted.source, run)
    failed = [verdict for verdict in verdicts if verdict.outcome != "passed"]
    if len(failed) == len(verdicts):
        text = f"{planted.name!r} passes no test at all; nobody would hand that in: {_told(failed[0])}"
        return [Finding("wrong", text)]
    caught = {test.edge for test in _hidden_among(question, failed)}
    if planted.caught_by in caught:
        return []
    by = f"fails on {', '.join(sorted(caught))}" if caught else "passes every hidden test"
    return [Finding("wrong", f"{planted.name!r} is not caught by {planted.caught_by!r}; it {by}")]


async def prove_slow(question: CodingQuestion, planted: PlantedSolution, inputs: Inputs, run: Run) -> list[Finding]:
    """A slow solution is right wherever it answers, and is caught by its test or by the growth measurement."""
    verdicts = await _judge_all(question, planted.language, planted.source, run)
    wrong = [verdict for verdict in verdicts if verdict.outcome not in ("passed", "timed_out", "not_run")]
    if wrong or all(verdict.outcome != "passed" for verdict in verdicts):
        first = wrong[0] if wrong else verdicts[0]
        place = _place(question, first.index)
        return [Finding("slow", f"{planted.name!r} is not just slow, it fails {place}: {_told(first)}")]
    late = [verdict for verdict in verdicts if verdict.outcome == "timed_out"]
    if planted.caught_by in {test.edge for test in _hidden_among(question, late)}:
        return []
    if not inputs:
        return []
    for limit_s in GROWTH_LIMITS_S:
        reason = await _why_not_caught(question, planted, inputs, run, limit_s)
        if reason is None:
            return []
    return [Finding("slow", f"{planted.name!r} is not caught: {reason}")]


async def _why_not_caught(
    question: CodingQuestion, planted: PlantedSolution, inputs: Inputs, run: Run, limit_s: float
) -> str | None:
    """Measure size by size, until it is proved that it grows faster or a call does not return."""
    language = planted.language
    reference = await _measure(question, language, question.references[language], run, inputs, limit_s)
    slow: list[Point] = []
    reason: str | None = None
    for size, call in sorted(inputs.items()):
        slow += await _measure(question, language, planted.source, run, {size: call}, limit_s)
        reason = why_not_slower(slow, reference, question.growth.target)
        if reason is None or slow[-1][1].outcome != "returned":
            break
    return reason


Point = tuple[int, CallResult]
"""A size of the growth plan and what became of the call with an input of this size."""


def why_not_slower(slow: list[Point], reference: list[Point], target: GrowthClass) -> str | None:
    """Why these measurements do not prove that one grows faster than the target; None when they do.

    A call that was cut off took at least as long as it was given, so its point is a lower bound.
    """
    size, last = slow[-1]
    if last.outcome not in ("returned", "timed_out"):
        return f"for n = {size}: {_told(last)}"
    if last.wall_s < LEAST_TIME_S:
        return f"it takes only {last.wall_s * 1000:.1f} ms for n = {size}; give larger growth sizes"
    beside = dict(reference).get(size)
    if beside is None or beside.outcome != "returned":
        return f"the reference does not come as far as n = {size}"
    if last.wall_s < TIMES_THE_REFERENCE * beside.wall_s:
        return f"for n = {size} it takes {last.wall_s:.3f} s, the reference {beside.wall_s:.3f} s"
    known = [(n, call.wall_s) for n, call in slow if call.wall_s >= LEAST_TIME_S]
    exponents = [log(t / s) / log(n / m) for (m, s), (n, t) in combinations(known, 2) if n >= SPREAD * m]
    if not exponents:
        wanted = f"no two sizes {SPREAD} times apart take long enough to measure; give larger growth sizes"
        return None if last.outcome == "timed_out" else wanted
    if max(exponents) < _EXPONENTS[target] + EXCESS:
        return f"its time grows like n^{max(exponents):.2f} at most, too near to {target}"
    return None


async def _measure(
    question: CodingQuestion, language: Language, source: str, run: Run, inputs: Inputs, limit_s: float
) -> list[Point]:
    result = await run(solution_of(question, language, source, list(inputs.values()), limit_s))
    answered = {call.index: call for call in result.calls}
    silent = CallResult(index=0, outcome="not_run", message=result.message)
    return [(size, answered.get(at, silent)) for at, size in enumerate(inputs)]


async def _judge_all(question: CodingQuestion, language: Language, source: str, run: Run) -> list[Verdict]:
    """One verdict per test, the visible ones first."""
    tests = [*question.visible_tests, *question.hidden_tests]
    result = await run(solution_of(question, language, source, [test.args for test in tests], TEST_LIMIT_S))
    return verdicts_of(question, tests, result)


def _hidden_among(question: CodingQuestion, verdicts: list[Verdict]) -> list[TestCase]:
    first = len(question.visible_tests)
    return [question.hidden_tests[verdict.index - first] for verdict in verdicts if verdict.index >= first]


def _place(question: CodingQuestion, index: int) -> str:
    """Where the author finds this test, e.g. `hidden[3] (duplicates)`."""
    at = index - len(question.visible_tests)
    if at < 0:
        return f"visible[{index}] ({question.visible_tests[index].edge})"
    return f"hidden[{at}] ({question.hidden_tests[at].edge})"


def _told(outcome: Verdict | CallResult) -> str:
    return outcome.message[:300] or outcome.outcome.replace("_", " ")
