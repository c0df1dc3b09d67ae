"""What the clock owes a session: when something is due next, and what. Pure; the timers in `rooms` act on it."""

from datetime import datetime, timedelta

from mockloop.sessions import events as e
from mockloop.sessions.schedule import entered
from mockloop.sessions.state import SessionState

NOTICE_BEFORE = timedelta(seconds=60)
"""How long before its end a segment is announced to end; segments under three notices long have none."""

QUIET_AFTER = timedelta(seconds=150)
"""Silence, without a keystroke or a run, after which the interviewer asks whether anyone is there."""

QUIET_NOTICES = 2
"""How often it asks in one silence; the second time after twice as long."""

RUN_LOST_AFTER = timedelta(seconds=75)
"""When a run without a result is given up: the longest wait in the queue and the longest job are over by then."""


def next_due_at(state: SessionState) -> datetime | None:
    """When `due_events` will next be non-empty; None once the session has ended or not begun. The deadline is apart."""
    moments = [at for at, _ in _dues(state)]
    return min(moments, default=None)


def due_events(state: SessionState, now: datetime) -> list[e.Event]:
    """The events that time alone causes by `now`, oldest first. At most one per kind; apply, then ask again."""
    return [event for at, event in sorted(_dues(state), key=lambda due: due[0]) if at <= now][:1]


def _dues(state: SessionState) -> list[tuple[datetime, e.Event]]:
    if state.status != "in_progress":
        return []
    dues: list[tuple[datetime, e.Event]] = [
        (run.asked_at + RUN_LOST_AFTER, e.RunLost(run_id=run.run_id, reason="the run was interrupted"))
        for run in state.pending_runs
    ]
    slot = state.slot
    if slot is not None:
        dues.extend(_segment_dues(state, slot))
    if state.candidate_active_at is not None and state.quiet_notices < QUIET_NOTICES:
        quiet = QUIET_AFTER * (2**state.quiet_notices)
        at = state.candidate_active_at + quiet
        dues.append((at, e.CandidateWentQuiet(quiet_s=int(quiet.total_seconds()))))
    return dues


def _segment_dues(state: SessionState, slot: e.Slot) -> list[tuple[datetime, e.Event]]:
    dues: list[tuple[datetime, e.Event]] = []
    notice_at = slot.ends_at - NOTICE_BEFORE
    long_enough = slot.ends_at - slot.starts_at >= NOTICE_BEFORE * 3
    if long_enough and state.noticed_segment_id != slot.segment_id:
        dues.append((notice_at, e.SegmentEnding(segment_id=slot.segment_id, ends_at=slot.ends_at)))
    index = state.schedule.index(slot)
    if index + 1 < len(state.schedule):
        following = state.schedule[index + 1]
        schedule = entered(state.schedule, following.segment_id, slot.ends_at)
        event = e.SegmentEntered(segment_id=following.segment_id, by="timer", schedule=schedule)
        dues.append((slot.ends_at, event))
    return dues
