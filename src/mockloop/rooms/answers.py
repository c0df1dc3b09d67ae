"""From a candidate's command to the events it means, given the present state. Pure but for the time passed in.

`PERMITTED` says in which status each command is carried out at all.
"""

from datetime import datetime, timedelta

from mockloop.rooms import protocol as p
from mockloop.rooms.errors import CodeTooLong, LogFull, MessageTooLong, NoNextSegment, NothingToRetry, StaleEdit
from mockloop.sessions import events as e
from mockloop.sessions.errors import SessionNotStarted, SessionOver
from mockloop.sessions.schedule import entered, resized
from mockloop.sessions.state import SessionState, Status

RUNNING: frozenset[Status] = frozenset({"in_progress"})

LONGEST_LOG = 6000
"""Entries after which a session takes no more commands. An hour of autosaves every second leaves a third of it free."""

PERMITTED: dict[type[p.Command], frozenset[Status]] = {
    p.Say: RUNNING,
    p.AskHint: RUNNING,
    p.AskRepeat: RUNNING,
    p.Retry: RUNNING,
    p.EditFile: RUNNING,
    p.ChooseLanguage: RUNNING,
    p.ResizeSegment: RUNNING,
    p.EnterNextSegment: RUNNING,
}


def events_for(command: p.Command, state: SessionState, now: datetime) -> list[e.Event]:
    """What a command means now. Raises the error that says why it is refused."""
    require_open(state, PERMITTED[type(command)])
    match command:
        case p.Say():
            return [_said(command)]
        case p.AskHint():
            return [e.HintAsked()]
        case p.AskRepeat():
            return [e.RepeatAsked()]
        case p.Retry():
            return [_retried(command, state)]
        case p.EditFile():
            return [_edited(command, state)]
        case p.ChooseLanguage():
            return [e.LanguageChosen(language=command.language)]
        case p.ResizeSegment():
            return [_resized(command, state, now)]
        case p.EnterNextSegment():
            return [_entered_next(state, now)]


def is_answer_to(command: p.Command, event: e.Event) -> bool:
    """Whether `event` can be what `command` led to; if not, its `client_id` belonged to another command."""
    match command, event:
        case p.Say(), e.CandidateSaid() | e.HintAsked() | e.RepeatAsked():
            return _said(command) == event
        case p.Retry(), e.RetryAsked():
            return command.message_seq == event.message_seq
        case p.EditFile(), e.FileEdited():
            return (command.file, command.text) == (event.file, event.text)
        case p.ChooseLanguage(), e.LanguageChosen():
            return command.language == event.language
        case (
            (p.AskHint(), e.HintAsked())
            | (p.AskRepeat(), e.RepeatAsked())
            | (p.ResizeSegment(), e.SegmentResized())
            | (p.EnterNextSegment(), e.SegmentEntered())
        ):
            return True
        case _:
            return False


def require_running(state: SessionState, permitted: frozenset[Status] = RUNNING) -> None:
    """Raise `SessionOver` or `SessionNotStarted` unless the status is among those permitted."""
    if state.status not in permitted:
        raise SessionOver if state.ended else SessionNotStarted


def require_open(state: SessionState, permitted: frozenset[Status] = RUNNING) -> None:
    """Raise unless the session takes something more from the candidate: what `require_running` raises, `LogFull`."""
    require_running(state, permitted)
    if state.last_seq >= LONGEST_LOG:
        raise LogFull


def require_code_size(text: str) -> None:
    """Raise `CodeTooLong` for more than 64 kB."""
    size = len(text.encode())
    if size > e.CODE_LIMIT_BYTES:
        raise CodeTooLong(bytes=size, limit_bytes=e.CODE_LIMIT_BYTES)


def _said(command: p.Say) -> e.Event:
    size = len(command.text.encode())
    if size > e.MESSAGE_LIMIT_BYTES:
        raise MessageTooLong(bytes=size, limit_bytes=e.MESSAGE_LIMIT_BYTES)
    match command.text.strip().lstrip("/").rstrip(".!?").casefold():
        case "hint":
            return e.HintAsked()
        case "repeat" | "repeat question" | "repeat the question":
            return e.RepeatAsked()
        case _:
            return e.CandidateSaid(text=command.text)


def _retried(command: p.Retry, state: SessionState) -> e.Event:
    last = state.messages[-1] if state.messages else None
    if last is None or last.seq != command.message_seq or state.owes_turn:
        raise NothingToRetry
    if not e.stood_in(last.source) or last.move in e.COUNTED:
        raise NothingToRetry
    return e.RetryAsked(message_seq=last.seq)


def _edited(command: p.EditFile, state: SessionState) -> e.Event:
    require_code_size(command.text)
    if command.file == "solution":
        language = command.language or state.language
        present = state.solutions.get(language)
        present_seq = present.seq if present else 0
    else:
        language = None
        present_seq = state.notes.seq
    if command.base_seq != present_seq and not command.force:
        raise StaleEdit(file=command.file, language=language, present_seq=present_seq)
    return e.FileEdited(file=command.file, language=language, text=command.text, base_seq=command.base_seq)


def _resized(command: p.ResizeSegment, state: SessionState, now: datetime) -> e.Event:
    slot = state.slot
    assert slot is not None
    schedule = resized(state.schedule, slot.segment_id, slot.ends_at + timedelta(minutes=command.minutes), now)
    return e.SegmentResized(segment_id=slot.segment_id, schedule=schedule)


def _entered_next(state: SessionState, now: datetime) -> e.Event:
    following = state.next_segment_id
    if following is None:
        raise NoNextSegment
    return e.SegmentEntered(segment_id=following, by="candidate", schedule=entered(state.schedule, following, now))
