"""What an interviewer is shown for a turn, and what its words become in the log. Pure; called by the conductor."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from mockloop.interviewer import port
from mockloop.rooms.room import Room
from mockloop.sessions import events as e
from mockloop.sessions.schedule import entered
from mockloop.sessions.state import SessionState, apply, fold
from mockloop.sessions.timing import due_events, next_due_at


def view_of(room: Room, now: datetime) -> port.View:
    """The session as it is; for a turn that is asked for again, as it was when the words to be replaced were due."""
    entries: Sequence[e.Entry] = room.entries
    state = room.state
    if state.retried_seq is not None:
        replaced = entries[state.retried_seq - 1].event
        assert isinstance(replaced, e.InterviewerSaid)
        entries = entries[: replaced.answers_seq]
        state = fold(entries)
    return port.View(
        seed=str(room.session_id),
        question=room.question,
        style=room.style,
        state=state,
        entries=tuple(entries),
        now=now,
    )


def foreseen_view_of(room: Room, now: datetime) -> port.View | None:
    """The session at the moment when the clock begins its next part, if nothing happens before.

    None when that is not near, when it is known that something else comes first, and in the last part.
    """
    at = next_due_at(room.state)
    if at is None or not now < at <= now + timedelta(seconds=port.PREPARE_AHEAD_S):
        return None
    if room.state.owes_turn or room.state.pending_runs:
        return None
    event = next(iter(due_events(room.state, at)), None)
    if not isinstance(event, e.SegmentEntered):
        return None
    entry = e.Entry(seq=room.state.last_seq + 1, at=at, event=event)
    following = apply(room.state, entry)
    return replace(view_of(room, now), state=following, entries=(*room.entries, entry), now=at)


def events_of(
    final: port.Said | port.Passed, state: SessionState, *, seen: int, segment_id: str | None, now: datetime
) -> list[e.Event]:
    """The entries of a turn that took everything up to `seen` into account, in the segment that its view showed.

    A turn that is asked for again and is not a model's changes nothing: the words are there already.
    """
    retried = state.retried_seq
    if isinstance(final, port.Passed):
        return [e.InterviewerPassed(reason=final.reason, answers_seq=seen)]
    if retried is not None and final.source.startswith("built-in"):
        return [e.InterviewerPassed(reason=f"asked again, and still {final.source}", answers_seq=seen)]
    said = e.InterviewerSaid(
        text=final.text,
        move=final.move,
        about=final.about,
        reason=final.reason,
        hint_level=final.hint_level,
        answers_seq=seen,
        source=final.source,
        instead_of=retried,
    )
    following = state.next_segment_id if final.advance and state.segment_id == segment_id else None
    if following is None:
        return [said]
    return [
        said,
        e.SegmentEntered(segment_id=following, by="interviewer", schedule=entered(state.schedule, following, now)),
    ]
