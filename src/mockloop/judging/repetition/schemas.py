"""Responses of `/api/practice`."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from mockloop.bank.question import Difficulty
from mockloop.runner.contract import Language
from mockloop.sessions.schemas import QuestionName


class DueQuestion(BaseModel):
    """A question that should be met again, and how it was practised last."""

    question: QuestionName
    difficulty: Difficulty
    due_at: datetime
    reviews: int = Field(description="how often it was practised and judged")
    session_id: UUID | None = Field(description="the last session of it")
    overall: float | None = Field(description="its mark then, 0 to 10")
    format: str
    company_style: str
    language: Language


class DueList(BaseModel):
    """The questions that are due, the longest overdue first; `total` counts also those that are not listed."""

    due: list[DueQuestion]
    total: int
