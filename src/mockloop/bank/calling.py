"""How a question wants its solutions called, and what became of its tests. For the room, the judge and the check."""

from collections.abc import Sequence
from typing import Any

from mockloop.bank.question import CodingQuestion, TestCase
from mockloop.runner.contract import Language, Limits, RunResult, Solution
from mockloop.runner.verdicts import Verdict, judge_calls


def solution_of(
    question: CodingQuestion,
    language: Language,
    source: str,
    calls: Sequence[Sequence[Any]],
    limit_s: float,
    limits: Limits | None = None,
) -> Solution:
    """The job that calls a source the way the question wants it called, each call within `limit_s` seconds.

    No expected value goes with it.
    """
    return Solution(
        language=language,
        source=source,
        entry_point=question.entry_point,
        entry_kind=question.entry_kind,
        calls=tuple(tuple(arguments) for arguments in calls),
        parameter_kinds=tuple(parameter.structure for parameter in question.parameters),
        return_kind=question.return_structure,
        limits=limits or Limits(),
        limits_per_call_s=limit_s,
    )


def verdicts_of(question: CodingQuestion, tests: Sequence[TestCase], result: RunResult) -> list[Verdict]:
    """What became of each test, in order."""
    return judge_calls(result, [test.expected for test in tests], question.comparison)
