"""Written feedback as stored and as sent to the browser. No mark is in it; those are the scorecard's."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from mockloop.judging.scorecard import Evidence

Status = Literal["none", "waiting", "ready", "failed"]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Landed(_Part):
    """Something that worked, and the candidate's own words that show it."""

    evidence: tuple[Evidence, ...] = Field(min_length=1)
    why: str


class Missed(_Part):
    """Something that was missing or wrong, and what to do about it."""

    gap: str
    next_step: str


class QuestionFeedback(_Part):
    """Feedback on one answer. `id`: `approach`, or that of the scorecard's criterion for a follow-up question."""

    id: str
    question: str
    said: tuple[int, ...] = Field((), description="the messages of the answer, by seq in the session's log")
    overall_assessment: str
    what_landed: tuple[Landed, ...]
    what_didnt_land: tuple[Missed, ...]
    coaching: str
    revised_answer: str | None = Field(
        None, description="only facts of the candidate's own; what they did not say is a placeholder in brackets"
    )
    provider: str
    prompt: str = Field(description="the mode that asked, and the hash of its file")


class Pointed(_Part):
    """A strength or a weakness, and the criterion of the scorecard that shows it."""

    criterion: str
    text: str


class SessionFeedback(_Part):
    """Feedback on the whole session."""

    overall_assessment: str
    key_strengths: tuple[Pointed, ...]
    areas_to_improve: tuple[Pointed, ...]
    coaching_priorities: tuple[str, ...]
    next_steps: str
    provider: str
    prompt: str


class Written(_Part):
    """What was written about a session."""

    questions: tuple[QuestionFeedback, ...] = ()
    session: SessionFeedback | None = None


class WrittenFeedback(BaseModel):
    """Where it stands. `none`: nobody was asked; `failed`: no model answered, and it can be asked for again."""

    status: Status
    written: Written | None = None
    made_at: datetime | None = None
    can_ask: bool = Field(description="whether the user has a model that could write it now")
