"""Requests and responses of `/api/sessions/{id}/appeals`, and what of an appeal is stored sealed."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mockloop.judging.scorecard import CriterionMark, DimensionId, Outcome, Remark, Scorecard

REASON_LIMIT = 1_000

Status = Literal["waiting", "decided", "failed"]
Counts = Literal["first", "second"]


class NewAppeal(BaseModel):
    """An objection: to which mark, and why. Quote your own words (four or more in a row) to have them read again."""

    model_config = ConfigDict(extra="forbid")

    criterion: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=REASON_LIMIT)]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Objection(_Kept):
    """What was objected to, as the mark stood then."""

    criterion: str
    dimension: DimensionId
    reason: str
    first: CriterionMark


class Result(_Kept):
    """The mark before and after, which of them counts, and why. Marks are 0-100."""

    first: CriterionMark
    second: CriterionMark
    counts: Counts = Field(description="the higher of the two")
    why: tuple[Remark, ...]
    overall_before: float
    overall_after: float
    outcome_before: Outcome
    outcome_after: Outcome


class Ruling(_Kept):
    """Both judgements as a whole, and what came of them."""

    result: Result
    first: Scorecard
    second: Scorecard


class AppealView(BaseModel):
    """One appeal. `failed`: the session could not be judged afresh, through our fault; it counts as none."""

    id: UUID
    criterion: str
    dimension: DimensionId
    title: str = Field(description="the criterion in words")
    reason: str
    status: Status
    made_at: datetime
    decided_at: datetime | None
    result: Result | None


class AppealList(BaseModel):
    """The appeals of a session, oldest first, and how many more there can be."""

    appeals: list[AppealView]
    left: int
