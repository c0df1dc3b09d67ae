"""The judge of coding sessions: a log and a question in, a scorecard out. Called by `judging.service` as a job.

Deterministic but for measured times, which are classed coarsely. Nothing the candidate wrote is an instruction: words
and code are matched, parsed and run in the sandbox, never obeyed.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mockloop.bank.question import CodingQuestion
from mockloop.judging.answers.opinion import Opinion
from mockloop.judging.caveats import caveats_of
from mockloop.judging.checking import Checked, check_final_code
from mockloop.judging.code_reading import CodeReading, read_code
from mockloop.judging.communication import mark_communication
from mockloop.judging.correctness import mark_correctness
from mockloop.judging.efficiency import mark_efficiency
from mockloop.judging.evidence import check_evidence
from mockloop.judging.feedback import did_well, related, to_improve
from mockloop.judging.follow_ups import AskOpinion, mark_follow_ups, opinions_on
from mockloop.judging.measuring import Measured, measure_growth
from mockloop.judging.moments import notes_of
from mockloop.judging.outcome import Reached, decide, evidence_for, readiness
from mockloop.judging.process import fixes, mark_process
from mockloop.judging.quality import mark_quality
from mockloop.judging.record import Record, record_of
from mockloop.judging.scorecard import Dimension, Scorecard
from mockloop.judging.spoken import Spoken, spoken_of
from mockloop.judging.weights import FLUENT_SHARE, GROWTH_BUDGET_S, Level, weights_of
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
    opinions: Mapping[str, Opinion] = field(default_factory=dict)
    """What a language model thinks of the answers to follow-up questions, by their id."""


async def judge_coding(
    entries: Sequence[Entry],
    question: CodingQuestion,
    runner: Runner,
    *,
    owner: str,
    level: Level = "mid",
    growth_budget_s: float = GROWTH_BUDGET_S,
    titles: Mapping[str, str] | None = None,
    ask_opinion: AskOpinion | None = None,
) -> Scorecard:
    """Judge an ended session. `titles` names related questions by id; without it their ids are spelled out.

    Raises `RunnerUnavailable` when the code cannot be run: then there is no scorecard, and the job is tried again.
    """
    examined = await examine(
        entries,
        question,
        runner,
        owner=owner,
        level=level,
        growth_budget_s=growth_budget_s,
        titles=titles,
        ask_opinion=ask_opinion,
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
    ask_opinion: AskOpinion | None = None,
) -> Examined:
    """Read the log, run the final code against the tests, time it, ask for opinions. Raises as `judge_coding`."""
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
    opinions = await opinions_on(record, ask_opinion) if ask_opinion is not None else {}
    return Examined(record, messages, checked, measured, reading, level, titles or {}, opinions)


def dimensions_of(examined: Examined, objection: str | None = None) -> tuple[Dimension, ...]:
    """Every dimension, marked. `objection`: what an appeal says, which the judge of answers reads beside them."""
    record, messages, checked = examined.record, examined.messages, examined.checked
    correctness, _ = mark_correctness(record, checked)
    efficiency, _ = mark_efficiency(record, checked, examined.measured, messages, correctness.mark)
    weights = weights_of(*record.format)
    marked = (
        correctness,
        efficiency,
        mark_quality(checked, examined.reading, correctness.mark),
        mark_process(record, checked, messages),
        mark_communication(record.question, messages, mark_follow_ups(record, objection, examined.opinions)),
    )
    return tuple(one.model_copy(update={"weight": weights[one.id]}) for one in marked)


def decided(examined: Examined, dimensions: Sequence[Dimension]) -> dict[str, object]:
    """The fields of the scorecard that follow from its marks by stated thresholds: overall, outcome, readiness."""
    checked = examined.checked
    reached = Reached(
        overall=overall_of(dimensions),
        visible_share=checked.visible_share if checked else 0.0,
        hidden_share=checked.hidden_share if checked else 0.0,
        marks={dimension.id: dimension.mark for dimension in dimensions},
    )
    outcome, outcome_reason, missed = decide(reached, examined.level)
    ready, readiness_reason, missed_ready = readiness(reached, examined.level)
    return {
        "overall": reached.overall,
        "outcome": outcome,
        "outcome_reason": outcome_reason,
        "outcome_evidence": evidence_for(missed, dimensions),
        "readiness": ready,
        "readiness_reason": readiness_reason,
        "readiness_evidence": evidence_for(missed_ready, dimensions),
    }


def card_of(examined: Examined, dimensions: tuple[Dimension, ...]) -> Scorecard:
    """The scorecard that follows from these dimensions."""
    record, messages, checked = examined.record, examined.messages, examined.checked
    _, edges = mark_correctness(record, checked)
    correctness = next(dimension.mark for dimension in dimensions if dimension.id == "correctness")
    _, complexity = mark_efficiency(record, checked, examined.measured, messages, correctness)
    stated_time = next((m for dimension in dimensions for m in dimension.criteria if m.id == "stated-time"), None)
    return Scorecard.model_validate(
        {
            **decided(examined, dimensions),
            "dimensions": dimensions,
            "did_well": did_well(dimensions, fixed=bool(fixes(record))),
            "improve": to_improve(dimensions),
            "notes": notes_of(record, messages, stated_time),
            "recommendations": related(record.question, examined.titles),
            "edges": edges,
            "tests_passed": checked.passed if checked and not checked.stale else 0,
            "tests_total": len(record.question.visible_tests) + len(record.question.hidden_tests),
            "complexity": complexity,
            "hints_used": len(record.hints),
            "minutes_used": round(record.length_s / 60, 1),
            "caveats": caveats_of(record, checked, examined.measured, examined.reading),
        }
    )


def overall_of(dimensions: Sequence[Dimension]) -> float:
    """The weighted mean of the dimensions, 0-100, to one decimal."""
    weights = sum(dimension.weight for dimension in dimensions)
    return round(sum(dimension.mark * dimension.weight for dimension in dimensions) / weights, 1)
