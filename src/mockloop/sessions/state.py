"""The fold: what a list of entries means. Pure, and the same in `web/src/features/room/fold.ts`.

`fold(entries)` equals `apply` one entry at a time from any earlier state; tests hold both languages to it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from mockloop.runner.contract import Language
from mockloop.sessions import events as e
from mockloop.sessions.formats import Segment

Status = Literal["created", "in_progress", "completed", "expired"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Message(_Part):
    seq: int
    at: datetime
    speaker: Literal["candidate", "interviewer"]
    text: str
    move: str = ""
    about: str = ""
    source: str = ""
    hint_level: int | None = None
    replaced_by: int | None = None


class File(_Part):
    text: str
    seq: int


class Run(_Part):
    """One run of the candidate's code: asked, then answered by a result or lost."""

    run_id: UUID
    kind: e.RunKind
    language: Language
    asked_seq: int
    asked_at: datetime
    result: e.CodeRan | None = None
    result_seq: int | None = None
    lost: bool = False


class SessionState(_Part):
    """Everything that follows from the log so far. `trigger_seq` is the last event that calls for the interviewer.

    `retried_seq` is the message for which a model is asked once more, until anything else calls for the interviewer.
    """

    last_seq: int = 0
    status: Status = "created"
    setup: e.SessionCreated | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    deadline_at: datetime | None = None
    schedule: tuple[e.Slot, ...] = ()
    segment_id: str | None = None
    segment_entered_at: datetime | None = None
    noticed_segment_id: str | None = None
    language: Language = "python"
    solutions: dict[str, File] = {}
    notes: File = File(text="", seq=0)
    drawing_seq: int = 0
    messages: tuple[Message, ...] = ()
    runs: tuple[Run, ...] = ()
    hints_given: int = 0
    candidate_active_at: datetime | None = None
    quiet_notices: int = 0
    trigger_seq: int = 0
    answered_seq: int = 0
    retried_seq: int | None = None
    judged: bool = False
    overall: float | None = None
    outcome: str | None = None

    @property
    def ended(self) -> bool:
        return self.status in ("completed", "expired")

    @property
    def owes_turn(self) -> bool:
        """Whether something happened that the interviewer has not yet answered or passed over."""
        return self.status == "in_progress" and self.trigger_seq > self.answered_seq

    @property
    def segment(self) -> Segment | None:
        if self.setup is None:
            return None
        return next((segment for segment in self.setup.segments if segment.id == self.segment_id), None)

    @property
    def slot(self) -> e.Slot | None:
        return next((slot for slot in self.schedule if slot.segment_id == self.segment_id), None)

    @property
    def next_segment_id(self) -> str | None:
        """The segment after the present one; None in the last."""
        ids = [slot.segment_id for slot in self.schedule]
        following = ids.index(self.segment_id) + 1 if self.segment_id in ids else len(ids)
        return ids[following] if following < len(ids) else None

    @property
    def pending_runs(self) -> tuple[Run, ...]:
        return tuple(run for run in self.runs if run.result is None and not run.lost)


def fold(entries: Iterable[e.Entry], state: SessionState | None = None) -> SessionState:
    """The state after `entries`, from the beginning or from an earlier state."""
    present = state or SessionState()
    for entry in entries:
        present = apply(present, entry)
    return present


def apply(state: SessionState, entry: e.Entry) -> SessionState:
    """The state after one more entry. Raises `ValueError` if the entry is not the next one."""
    if entry.seq != state.last_seq + 1:
        raise ValueError(f"entry {entry.seq} does not follow {state.last_seq}")
    changes = _changes(state, entry)
    if "trigger_seq" in changes or "answered_seq" in changes:
        changes.setdefault("retried_seq", None)
    return state.model_copy(update={"last_seq": entry.seq, **changes})


def _changes(state: SessionState, entry: e.Entry) -> dict[str, Any]:
    event = entry.event
    match event:
        case e.SessionCreated():
            return {"setup": event, "language": event.language}
        case e.SessionStarted():
            return {
                "status": "in_progress",
                "started_at": entry.at,
                "deadline_at": event.deadline_at,
                "schedule": event.schedule,
                "segment_id": event.schedule[0].segment_id,
                "segment_entered_at": entry.at,
                "candidate_active_at": entry.at,
                "trigger_seq": entry.seq,
            }
        case e.SegmentEntered():
            return {
                "schedule": event.schedule,
                "segment_id": event.segment_id,
                "segment_entered_at": entry.at,
                # The interviewer that moved on has already said so; only others' moves need a word from it.
                **({} if event.by == "interviewer" else {"trigger_seq": entry.seq}),
            }
        case e.SegmentEnding():
            return {"noticed_segment_id": event.segment_id, "trigger_seq": entry.seq}
        case e.SegmentResized():
            return {"schedule": event.schedule, "noticed_segment_id": None}
        case e.CandidateWentQuiet():
            return {"quiet_notices": state.quiet_notices + 1, "trigger_seq": entry.seq}
        case e.InterviewerSaid():
            return _interviewer_said(state, entry, event)
        case e.InterviewerPassed():
            return {"answered_seq": event.answers_seq}
        case e.SessionCompleted():
            return {"status": "completed", "ended_at": entry.at}
        case e.SessionExpired():
            return {"status": "expired", "ended_at": entry.at}
        case e.SessionJudged():
            return {"judged": True, "overall": event.overall, "outcome": event.outcome}
        case e.HiddenTestsRan() | e.Withheld():
            return {}
        case e.RunLost():
            return {"runs": _with_run(state, event.run_id, lost=True)}
        case e.CodeRan():
            return {
                "runs": _with_run(state, event.run_id, result=event, result_seq=entry.seq, lost=False),
                "trigger_seq": entry.seq,
            }
        case _:
            return {"candidate_active_at": entry.at, "quiet_notices": 0, **_candidate_changes(state, entry)}


def _candidate_changes(state: SessionState, entry: e.Entry) -> dict[str, Any]:
    event = entry.event
    match event:
        case e.CandidateSaid():
            message = Message(seq=entry.seq, at=entry.at, speaker="candidate", text=event.text)
            return {"messages": (*state.messages, message), "trigger_seq": entry.seq}
        case e.HintAsked() | e.RepeatAsked():
            return {"trigger_seq": entry.seq}
        case e.RetryAsked():
            return {"trigger_seq": entry.seq, "retried_seq": event.message_seq}
        case e.FileEdited(file="notes"):
            return {"notes": File(text=event.text, seq=entry.seq)}
        case e.FileEdited():
            language = event.language or state.language
            return {"solutions": {**state.solutions, language: File(text=event.text, seq=entry.seq)}}
        case e.LanguageChosen():
            return {"language": event.language}
        case e.DrawingSaved():
            return {"drawing_seq": entry.seq}
        case e.CodeRunAsked():
            run = Run(
                run_id=event.run_id,
                kind=event.kind,
                language=event.language,
                asked_seq=entry.seq,
                asked_at=entry.at,
            )
            return {"runs": (*state.runs, run)}
        case _:
            raise AssertionError(f"no case for {event.type}")


def _interviewer_said(state: SessionState, entry: e.Entry, event: e.InterviewerSaid) -> dict[str, Any]:
    message = Message(
        seq=entry.seq,
        at=entry.at,
        speaker="interviewer",
        text=event.text,
        move=event.move,
        about=event.about,
        source=event.source,
        hint_level=event.hint_level,
    )
    before = state.messages
    if event.instead_of is not None:
        replaced = {"replaced_by": entry.seq}
        before = tuple(m.model_copy(update=replaced) if m.seq == event.instead_of else m for m in before)
    return {
        "messages": (*before, message),
        "answered_seq": event.answers_seq,
        "hints_given": state.hints_given + (1 if event.move == "hint" else 0),
    }


def _with_run(state: SessionState, run_id: UUID, **changes: Any) -> tuple[Run, ...]:
    return tuple(run.model_copy(update=changes) if run.run_id == run_id else run for run in state.runs)
