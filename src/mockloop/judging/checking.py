"""Runs the candidate's final code against all tests of the question, and says what passed, edge by edge."""

from collections.abc import Sequence
from dataclasses import dataclass

from mockloop.bank.calling import solution_of, verdicts_of
from mockloop.bank.question import CodingQuestion, TestCase
from mockloop.judging.record import Record, Version
from mockloop.judging.weights import TEST_LIMIT_PER_CALL_S
from mockloop.runner.contract import SOURCE_LIMIT_BYTES, Limits, Runner, RunResult, Solution
from mockloop.runner.verdicts import Verdict


@dataclass(frozen=True)
class Checked:
    """What the tests say of one version. `stale` when it is not the final one, because that one does not load."""

    version: Version
    visible: tuple[tuple[TestCase, Verdict], ...]
    hidden: tuple[tuple[TestCase, Verdict], ...]
    stale: bool = False
    reason: str = ""
    """Why the final code does not load; empty when it does."""

    @property
    def all(self) -> tuple[tuple[TestCase, Verdict], ...]:
        return (*self.visible, *self.hidden)

    @property
    def passed(self) -> int:
        return count_passed(self.all)

    @property
    def hidden_share(self) -> float:
        """Share of the hidden tests that pass; a stale version proves only the final code's past, so 0."""
        return 0.0 if self.stale else count_passed(self.hidden) / max(1, len(self.hidden))

    @property
    def visible_share(self) -> float:
        """Share of the visible tests that pass; 0 as in `hidden_share` when only an earlier version loads."""
        return 0.0 if self.stale else count_passed(self.visible) / max(1, len(self.visible))

    @property
    def share(self) -> float:
        return self.passed / max(1, len(self.all))


def count_passed(tests: Sequence[tuple[TestCase, Verdict]]) -> int:
    return sum(verdict.outcome == "passed" for _, verdict in tests)


async def check_final_code(record: Record, runner: Runner, owner: str) -> Checked | None:
    """Test the final code; when it does not even load, the last earlier version that ran. None without code.

    Raises `RunnerUnavailable`: then nothing was judged.
    """
    final = record.final
    if final is None:
        return None
    checked, broken = await _check(record.question, final, runner, owner)
    if not broken:
        return checked
    earlier = _last_that_ran(record, final)
    if earlier is None:
        return Checked(final, checked.visible, checked.hidden, reason=broken)
    before, broken_before = await _check(record.question, earlier, runner, owner)
    if broken_before or before.passed == 0:
        return Checked(final, checked.visible, checked.hidden, reason=broken)
    return Checked(earlier, before.visible, before.hidden, stale=True, reason=broken)


async def _check(question: CodingQuestion, version: Version, runner: Runner, owner: str) -> tuple[Checked, str]:
    """The tests of one version, and why it does not load ("" when it does)."""
    tests = (*question.visible_tests, *question.hidden_tests)
    result = await runner.run(solution_job(question, version, [test.args for test in tests]), owner=owner)
    verdicts = verdicts_of(question, tests, result)
    pairs = tuple(zip(tests, verdicts, strict=True))
    count = len(question.visible_tests)
    return Checked(version, pairs[:count], pairs[count:]), _why_not_loaded(result, verdicts)


def _why_not_loaded(result: RunResult, verdicts: Sequence[Verdict]) -> str:
    if result.outcome in ("compile_error", "refused"):
        return result.message or "it cannot be compiled"
    messages = {verdict.message for verdict in verdicts}
    if all(verdict.outcome in ("crashed", "not_run") for verdict in verdicts) and len(messages) == 1:
        return messages.pop() or "it stops with an error before any test"
    return ""


def _last_that_ran(record: Record, final: Version) -> Version | None:
    """The latest earlier version of the same language that once ran without failing to load."""
    ran = {
        run.source
        for run in record.runs
        if run.language == final.language and run.result.outcome not in ("compile_error", "refused", "crashed")
    }
    earlier = [
        version
        for version in record.versions
        if version.language == final.language
        and version.text in ran
        and version.text != final.text
        and version.seq < final.seq
        and record.is_substantive(version)
    ]
    return earlier[-1] if earlier else None


def solution_job(
    question: CodingQuestion,
    version: Version,
    calls: Sequence[Sequence[object]],
    limit_s: float = TEST_LIMIT_PER_CALL_S,
) -> Solution:
    """The job that calls a version with these arguments, each call within `limit_s` seconds."""
    # The runner allows four times the wall limit over all calls: endless loops stay bounded.
    limits = Limits(wall_s=limit_s)
    return solution_of(question, version.language, _within_limit(version.text), calls, limit_s, limits)


def _within_limit(source: str) -> str:
    """The runner refuses longer sources; the room does too, so this only guards old logs."""
    size = len(source.encode("utf-8", "surrogatepass"))
    return source if size <= SOURCE_LIMIT_BYTES else source[: SOURCE_LIMIT_BYTES // 4]
