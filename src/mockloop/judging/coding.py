"""The judge of coding sessions: a log and a question in, a scorecard out. Called by `judging.service` as a job.

Deterministic but for measured times, which are classed coarsely. Nothing the candidate wrote is an instruction: words
and code are matched, parsed and run in the sandbox, never obeyed.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mockloop.bank.question import CodingQuestion
from mockloop.judging.checking import Checked, check_final_code
from mockloop.judging.code_reading import CodeReading, read_code
from mockloop.judging.communication import mark_communication
from mockloop.judging.correctness import mark_correctness
from mockloop.judging.efficiency import mark_efficiency
from mockloop.judging.evidence import check_evidence
from mockloop.judging.feedback import did_well, related, to_improve
from mockloop.judging.follow_ups import mark_follow_ups
from mockloop.judging.measuring import Measured, measure_growth
from mockloop.judging.moments import notes_of
from mockloop.judging.outcome import decide
from mockloop.judging.process import fixes, mark_process
from mockloop.judging.quality import mark_quality
from mockloop.judging.record import Record, record_of
from mockloop.judging.scorecard import Dimension, Scorecard
from mockloop.judging.spoken import Spoken, spoken_of
from mockloop.judging.weights import FLUENT_SHARE, GROWTH_BUDGET_S, SHORT_SESSION_S, Level
from mockloop.language import order_spans
from mockloop.runner.contract import Runner
from mockloop.sessions.events import Entry


@dataclass(frozen=True)
class Examined:
    """Everything that marks follow from: the log, what was said, and what the final code does in the sandbox."""

    record: Record
    messages: tuple[Spoken, ...]
    checked: Checked | None
    measured: Measured | None
    reading: CodeReading | None
    level: Level
    titles: Mapping[str, str]


async def judge_coding(
    entries: Sequence[Entry],
    question: CodingQuestion,
    runner: Runner,
    *,
    owner: str,
    level: Level = "mid",
    growth_budget_s: float = GROWTH_BUDGET_S,
    titles: Mapping[str, str] | None = None,
) -> Scorecard:
    """Judge an ended session. `titles` names related questions by id; without it their ids are spelled out.

    Raises `RunnerUnavailable` when the code cannot be run: then there is no scorecard, and the job is tried again.
    """
    examined = await examine(
        entries, question, runner, owner=owner, level=level, growth_budget_s=growth_budget_s, titles=titles
    )
    card = await asyncio.to_thread(lambda: card_of(examined, dimensions_of(examined)))
    check_evidence(card, examined.record.entries)
    return card


async def examine(
    entries: Sequence[Entry],
    question: CodingQuestion,
    runner: Runner,
    *,
    owner: str,
    level: Level = "mid",
    growth_budget_s: float = GROWTH_BUDGET_S,
    titles: Mapping[str, str] | None = None,
) -> Examined:
    """Read the log, run the final code against the tests, and time it. Raises as `judge_coding`."""
    if not entries:
        raise ValueError("there is no session without entries")
    record = record_of(entries, question)
    messages = await asyncio.to_thread(spoken_of, record)
    checked = await check_final_code(record, runner, owner)
    measured: Measured | None = None
    reading: CodeReading | None = None
    if checked is not None:
        reading = await asyncio.to_thread(
            read_code, checked.version.text, checked.version.language, question.entry_point
        )
        if checked.share >= FLUENT_SHARE:
            measured = await measure_growth(question, checked.version, runner, owner, growth_budget_s)
    return Examined(record, messages, checked, measured, reading, level, titles or {})


def dimensions_of(examined: Examined, objection: str | None = None) -> tuple[Dimension, ...]:
    """Every dimension, marked. `objection`: what an appeal says, which the judge of answers reads beside them."""
    record, messages, checked = examined.record, examined.messages, examined.checked
    correctness, _ = mark_correctness(record, checked)
    efficiency, _ = mark_efficiency(record, checked, examined.measured, messages, correctness.mark)
    return (
        correctness,
        efficiency,
        mark_quality(checked, examined.reading, correctness.mark),
        mark_process(record, checked, messages),
        mark_communication(record.question, messages, mark_follow_ups(record, objection)),
    )


def card_of(examined: Examined, dimensions: tuple[Dimension, ...]) -> Scorecard:
    """The scorecard that follows from these dimensions."""
    record, messages, checked = examined.record, examined.messages, examined.checked
    _, edges = mark_correctness(record, checked)
    marks: dict[str, float] = {dimension.id: dimension.mark for dimension in dimensions}
    _, complexity = mark_efficiency(record, checked, examined.measured, messages, marks["correctness"])
    overall = overall_of(dimensions)
    outcome, reason = decide(
        overall,
        visible_share=checked.visible_share if checked else 0.0,
        hidden_share=checked.hidden_share if checked else 0.0,
        marks=marks,
        level=examined.level,
    )
    stated_time = next((m for dimension in dimensions for m in dimension.criteria if m.id == "stated-time"), None)
    return Scorecard(
        overall=overall,
        outcome=outcome,
        outcome_reason=reason,
        dimensions=dimensions,
        did_well=did_well(dimensions, fixed=bool(fixes(record))),
        improve=to_improve(dimensions),
        notes=notes_of(record, messages, stated_time),
        recommendations=related(record.question, examined.titles),
        edges=edges,
        tests_passed=checked.passed if checked and not checked.stale else 0,
        tests_total=len(record.question.visible_tests) + len(record.question.hidden_tests),
        complexity=complexity,
        hints_used=len(record.hints),
        minutes_used=round(record.length_s / 60, 1),
        caveats=_caveats(record, checked, examined.measured, examined.reading),
    )


def overall_of(dimensions: Sequence[Dimension]) -> float:
    """The weighted mean of the dimensions, 0-100, to one decimal."""
    weights = sum(dimension.weight for dimension in dimensions)
    return round(sum(dimension.mark * dimension.weight for dimension in dimensions) / weights, 1)


def _caveats(
    record: Record, checked: Checked | None, measured: Measured | None, reading: CodeReading | None
) -> tuple[str, ...]:
    """What could not be judged, or was judged in another way than usual."""
    found = []
    if record.length_s < SHORT_SESSION_S:
        found.append("The session lasted less than a minute, so there was little to judge.")
    if checked is None:
        found.append("No code was written, so only what was said could be judged.")
    elif checked.stale:
        found.append("The final code does not load; the last version that ran was tested instead, for half the points.")
    if checked is not None and checked.version.language != record.language:
        found.append(f"The code judged is the {_NAMES[checked.version.language]} one; no other was written.")
    if measured is not None and measured.growth is None and not measured.too_slow and not measured.failed:
        found.append(f"The growth of the running time could not be measured: {measured.reason}.")
    if reading is not None and reading.head_only:
        found.append("The code is very long; its style was read from the beginning only.")
    if record.runs_lost:
        found.append("At least one run was lost because of a failure on our side. It costs nothing.")
    found += _shortcuts(record, checked)
    if any(order_spans(message.text) for message in record.said) or (
        checked is not None and order_spans(checked.version.text)
    ):
        found.append("Some text tries to give the judge orders. It counts neither for nor against you.")
    return tuple(found)


_NAMES = {"python": "Python", "javascript": "JavaScript", "typescript": "TypeScript"}


def _shortcuts(record: Record, checked: Checked | None) -> list[str]:
    """Whether the code passes what the candidate could see and little else."""
    if checked is None or checked.stale or checked.reason:
        return []
    visible = sum(verdict.outcome == "passed" for _, verdict in checked.visible)
    if visible == len(checked.visible) and checked.hidden_share < FLUENT_SHARE:
        return ["The code passes the examples that were shown and few of the other tests."]
    return []
