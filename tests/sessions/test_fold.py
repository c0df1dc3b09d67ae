"""The fold law, and the pure rules of time."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockloop.runner.limits import DEFAULTS, JOB_WALL_FACTOR
from mockloop.runner.queue import LONGEST_WAIT_S
from mockloop.sessions import events as e
from mockloop.sessions.formats import load_formats
from mockloop.sessions.schedule import SHORTEST_LATER_SEGMENT, entered, laid_out, resized
from mockloop.sessions.state import SessionState, apply, fold
from mockloop.sessions.timing import QUIET_AFTER, RUN_LOST_AFTER, due_events, next_due_at

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
FORMAT = load_formats()["coding-30"]
RUN = UUID(int=7)


def created() -> e.SessionCreated:
    return e.SessionCreated(
        format_id=FORMAT.id,
        session_type=FORMAT.type,
        title=FORMAT.title,
        question_id="pair-sum",
        company_style="generic",
        difficulty="easy",
        language="python",
        segments=FORMAT.segments,
    )


def started() -> e.SessionStarted:
    schedule = laid_out(FORMAT.segments, START)
    return e.SessionStarted(schedule=schedule, deadline_at=schedule[-1].ends_at)


def log_of(*events: e.Event, every_s: float = 1) -> list[e.Entry]:
    return [
        e.Entry(seq=i + 1, at=START + timedelta(seconds=every_s * max(0, i - 1)), event=event)
        for i, event in enumerate(events)
    ]


EVENTS: list[e.Event] = [
    e.CandidateSaid(text="hello"),
    e.HintAsked(),
    e.RepeatAsked(),
    e.FileEdited(file="solution", language="python", text="pass", base_seq=0),
    e.FileEdited(file="notes", text="todo", base_seq=0),
    e.LanguageChosen(language="typescript"),
    e.CodeRunAsked(run_id=RUN, kind="tests", language="python", source="pass"),
    e.CodeRan(run_id=RUN, kind="tests", outcome="ok"),
    e.HiddenTestsRan(run_id=RUN, failed_edges=("empty",), passed_edges=()),
    e.RunLost(run_id=RUN, reason="lost"),
    e.InterviewerSaid(text="Go on.", move="acknowledge", answers_seq=2),
    e.RetryAsked(message_seq=13),
    e.InterviewerSaid(text="Go on, please.", move="acknowledge", answers_seq=14, source="model:house", instead_of=13),
    e.InterviewerPassed(answers_seq=2),
    e.SegmentEnding(segment_id="understand", ends_at=START),
    e.SegmentEntered(segment_id="plan", by="timer", schedule=laid_out(FORMAT.segments, START)),
    e.CandidateWentQuiet(quiet_s=150),
    e.DrawingSaved(drawing="{}"),
    e.Withheld(),
    e.SessionCompleted(),
    e.SessionExpired(),
    e.SessionJudged(overall=61.5, outcome="Hire"),
]
ANY_EVENT = st.sampled_from(EVENTS)


@given(st.lists(ANY_EVENT, max_size=25), st.data())
def test_folding_in_two_steps_is_folding_at_once(events: list[e.Event], data: st.DataObject) -> None:
    entries = log_of(created(), started(), *events)
    cut = data.draw(st.integers(0, len(entries)))
    assert fold(entries[cut:], fold(entries[:cut])) == fold(entries)


@given(st.lists(ANY_EVENT, max_size=25))
def test_a_state_survives_json(events: list[e.Event]) -> None:
    state = fold(log_of(created(), started(), *events))
    assert SessionState.model_validate_json(state.model_dump_json()) == state


def test_every_event_has_a_case_in_the_fold() -> None:
    examples: dict[type[Any], e.Event] = {type(event): event for event in EVENTS}
    examples[e.SessionCreated] = created()
    examples[e.SessionStarted] = started()
    examples[e.SegmentResized] = e.SegmentResized(segment_id="plan", schedule=laid_out(FORMAT.segments, START))
    listed = set(e.Event.__args__[0].__args__)
    assert set(examples) == listed
    for example in examples.values():
        fold(log_of(created(), started(), example))


def test_an_entry_out_of_order_is_refused() -> None:
    state = fold(log_of(created()))
    with pytest.raises(ValueError, match="does not follow"):
        apply(state, e.Entry(seq=3, at=START, event=e.HintAsked()))


def test_a_turn_is_owed_until_it_is_answered_or_passed() -> None:
    entries = log_of(created(), started(), e.CandidateSaid(text="hi"))
    assert fold(entries).owes_turn
    answered = fold(log_of(*(x.event for x in entries), e.InterviewerSaid(text="Hi.", move="greet", answers_seq=3)))
    assert not answered.owes_turn
    passed = fold(log_of(*(x.event for x in entries), e.InterviewerPassed(answers_seq=3)))
    assert not passed.owes_turn
    stale = fold(log_of(*(x.event for x in entries), e.InterviewerSaid(text="Hi.", move="greet", answers_seq=2)))
    assert stale.owes_turn


def test_what_is_withheld_changes_nothing_for_the_candidate() -> None:
    hidden = e.HiddenTestsRan(run_id=RUN, failed_edges=("empty",), passed_edges=("typical",))
    said = e.InterviewerSaid(text="Look again.", move="nudge", reason="edge `empty` failed", answers_seq=2)
    entries = log_of(created(), started(), hidden, said)
    seen = [e.for_candidate(entry, ended=False) for entry in entries]
    assert "empty" not in "".join(entry.model_dump_json() for entry in seen)
    assert fold(seen) == fold(entries)
    assert [e.for_candidate(entry, ended=True) for entry in entries] == entries


# --- schedule ---

MINUTES = st.floats(min_value=-40, max_value=60, allow_nan=False)


@given(MINUTES, st.floats(min_value=0, max_value=29.9), st.sampled_from([s.id for s in FORMAT.segments]))
def test_a_resized_schedule_keeps_its_end_and_has_no_gaps(minutes: float, into: float, segment_id: str) -> None:
    schedule = laid_out(FORMAT.segments, START)
    now = START + timedelta(minutes=into)
    slot = next(s for s in schedule if s.segment_id == segment_id)
    changed = resized(schedule, segment_id, slot.ends_at + timedelta(minutes=minutes), now)
    assert changed[-1].ends_at == schedule[-1].ends_at
    at = [s.segment_id for s in schedule].index(segment_id)
    for before, after in zip(changed[at:], changed[at + 1 :], strict=False):
        assert before.ends_at == after.starts_at
        assert after.ends_at >= after.starts_at
    later = changed[at + 1 :]
    if later and now <= schedule[-1].ends_at - SHORTEST_LATER_SEGMENT * len(later):
        left = later[-1].ends_at - later[0].starts_at
        assert left >= SHORTEST_LATER_SEGMENT * len(later), "a longer segment leaves the later ones some time"


def test_moving_on_early_gives_the_time_to_what_follows() -> None:
    schedule = laid_out(FORMAT.segments, START)
    now = START + timedelta(minutes=1)
    changed = entered(schedule, "plan", now)
    assert changed[0].ends_at == now
    assert changed[1].starts_at == now
    assert changed[-1].ends_at == schedule[-1].ends_at
    gained = sum((s.ends_at - s.starts_at for s in changed[1:]), timedelta())
    assert gained == timedelta(minutes=29)


# --- timing ---


def running(*events: e.Event) -> SessionState:
    return fold(log_of(created(), started(), *events))


def test_a_segment_is_announced_then_entered() -> None:
    state = running()
    notice_at = START + timedelta(minutes=3)
    state = state.model_copy(update={"candidate_active_at": START + timedelta(minutes=2)})
    assert next_due_at(state) == notice_at
    [notice] = due_events(state, notice_at)
    assert notice.type == "SegmentEnding"
    state = apply(state, e.Entry(seq=3, at=notice_at, event=notice))
    state = state.model_copy(update={"candidate_active_at": START + timedelta(minutes=4)})
    assert due_events(state, START + timedelta(minutes=3, seconds=59)) == []
    [enter] = due_events(state, START + timedelta(minutes=4))
    assert isinstance(enter, e.SegmentEntered)
    assert enter.segment_id == "plan"


def test_silence_is_noticed_twice_then_left_alone() -> None:
    state = running().model_copy(update={"schedule": ()})
    assert due_events(state, START + QUIET_AFTER - timedelta(seconds=1)) == []
    [quiet] = due_events(state, START + QUIET_AFTER)
    state = apply(state, e.Entry(seq=3, at=START + QUIET_AFTER, event=quiet))
    assert due_events(state, START + QUIET_AFTER * 2 - timedelta(seconds=1)) == []
    [again] = due_events(state, START + QUIET_AFTER * 2)
    state = apply(state, e.Entry(seq=4, at=START + QUIET_AFTER * 2, event=again))
    assert next_due_at(state) is None
    state = apply(state, e.Entry(seq=5, at=START, event=e.CandidateSaid(text="back")))
    assert state.quiet_notices == 0


def test_typing_is_not_silence() -> None:
    late = START + timedelta(minutes=2)
    edit = e.FileEdited(file="solution", language="python", text="x", base_seq=0)
    state = apply(running(), e.Entry(seq=3, at=late, event=edit)).model_copy(update={"schedule": ()})
    assert due_events(state, START + QUIET_AFTER) == []
    assert next_due_at(state) == late + QUIET_AFTER


def test_a_run_without_a_result_is_given_up() -> None:
    state = running(e.CodeRunAsked(run_id=uuid4(), kind="script", language="python", source="1"))
    [lost] = due_events(state, START + RUN_LOST_AFTER + timedelta(seconds=2))
    assert lost.type == "RunLost"
    state = apply(state, e.Entry(seq=4, at=START, event=lost))
    assert state.pending_runs == ()


def test_a_result_that_comes_late_still_counts() -> None:
    state = running(e.CodeRunAsked(run_id=RUN, kind="script", language="python", source="1"))
    ended: list[e.Event] = [e.RunLost(run_id=RUN, reason="late"), e.CodeRan(run_id=RUN, kind="script", outcome="ok")]
    for event in ended:
        state = apply(state, e.Entry(seq=state.last_seq + 1, at=START, event=event))
    assert state.runs[0].result is not None
    assert not state.runs[0].lost


def test_no_run_that_goes_on_is_given_up() -> None:
    longest_job_s = DEFAULTS.wall_s * JOB_WALL_FACTOR
    assert timedelta(seconds=LONGEST_WAIT_S + longest_job_s) < RUN_LOST_AFTER


def test_time_demands_nothing_of_an_ended_session() -> None:
    assert next_due_at(running(e.SessionCompleted())) is None
    assert next_due_at(fold(log_of(created()))) is None
