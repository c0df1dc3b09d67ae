"""Requests and responses of `/api/sessions` and `/api/formats`."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

from mockloop.bank.question import Difficulty
from mockloop.bank.schemas import PublicQuestion
from mockloop.runner.contract import Language
from mockloop.sessions.events import Entry
from mockloop.sessions.formats import Segment
from mockloop.sessions.state import Status


def _not_a_number(text: object) -> object:
    """A bare number would be read as seconds since 1970, which nobody means."""
    try:
        float(str(text))
    except ValueError:
        return text
    raise ValueError("write a date and a time with its zone, such as 2026-03-02T09:00:00Z")


Moment = Annotated[AwareDatetime, BeforeValidator(_not_a_number)]


class FormatView(BaseModel):
    """A kind of session that can be started."""

    id: str
    type: str
    title: str
    summary: str
    minutes: float
    segments: tuple[Segment, ...]
    tools: tuple[str, ...]
    languages: tuple[Language, ...]


class FormatList(BaseModel):
    formats: list[FormatView]


class NewSession(BaseModel):
    """What to practise. Leave out the question to be surprised, and the difficulty to take any."""

    model_config = ConfigDict(extra="forbid")

    format: Annotated[str, Field(max_length=60)] = "coding-30"
    company_style: Annotated[str, Field(max_length=60)] = "generic"
    difficulty: Difficulty | None = None
    question: Annotated[str, Field(max_length=60)] | None = None
    language: Language = "python"
    segment_minutes: Annotated[
        dict[Annotated[str, Field(max_length=60)], Annotated[float, Field(gt=0, le=120)]], Field(max_length=20)
    ] = {}


class QuestionName(BaseModel):
    id: str
    title: str


class SessionSummary(BaseModel):
    """One session, as lists show it. `overall` is 0 to 10 with one decimal, once the scorecard stands."""

    id: UUID
    format: str
    type: str
    title: str
    question: QuestionName
    company_style: str
    difficulty: Difficulty
    language: Language
    status: Status
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    deadline_at: datetime | None = Field(description="when the server ends it; none before it has started")
    overall: float | None
    outcome: str | None


class SessionDetail(SessionSummary):
    """One session with what the candidate sees of its question."""

    segments: tuple[Segment, ...]
    problem: PublicQuestion
    last_seq: int


class SessionList(BaseModel):
    sessions: list[SessionSummary]
    next_before: datetime | None = Field(description="pass it as `before` for the next page; none on the last one")


class EntryList(BaseModel):
    """A stretch of the log, as the candidate may see it."""

    entries: list[Entry]
    last_seq: int
    status: Status
