"""Scorecards, appeals, opinions and written feedback, sealed because they quote the candidate; review cards."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from mockloop.crypto import Sealed
from mockloop.db.orm import Base
from mockloop.db.sealed import SealedText


class ScorecardRow(Base):
    """`body` is a `Scorecard` as JSON, sealed with the key of the session's user."""

    __tablename__ = "scorecards"

    session_id: Mapped[UUID] = mapped_column(ForeignKey("interview_sessions.id", ondelete="CASCADE"), primary_key=True)
    judge: Mapped[str]
    body: Mapped[Sealed] = mapped_column(SealedText)
    made_at: Mapped[datetime]


class AppealRow(Base):
    """An objection to one mark. `body` is an `Objection`, `ruling` a `Ruling`, both as JSON and sealed."""

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'decided', 'failed')", name="status"),
        CheckConstraint("(status = 'decided') = (ruling IS NOT NULL)", name="ruling"),
        Index("ix_appeals_session", "session_id", "made_at"),
        Index("uq_appeals_waiting", "session_id", unique=True, postgresql_where=text("status = 'waiting'")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("interview_sessions.id", ondelete="CASCADE"))
    status: Mapped[str]
    body: Mapped[Sealed] = mapped_column(SealedText)
    ruling: Mapped[Sealed | None] = mapped_column(SealedText)
    made_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]


class OpinionRow(Base):
    """A language model's opinion on the answer to a follow-up question. `body` is a `Kept` as JSON, sealed.

    `holder` asks for it now, and is believed to be alive until `held_until`; both are None once it has come.
    """

    __tablename__ = "opinions"
    __table_args__ = (CheckConstraint("(holder IS NULL) = (held_until IS NULL)", name="held"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey("interview_sessions.id", ondelete="CASCADE"), primary_key=True)
    follow_up_id: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[Sealed] = mapped_column(SealedText)
    holder: Mapped[UUID | None]
    held_until: Mapped[datetime | None]


class ReviewCardRow(Base):
    """When a user should meet a question again. Numbers only: nothing that a user writes comes here."""

    __tablename__ = "review_cards"
    __table_args__ = (Index("ix_review_cards_due", "user_id", "due_at"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    question_id: Mapped[str] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = mapped_column(ForeignKey("interview_sessions.id", ondelete="CASCADE"), index=True)
    stability: Mapped[float] = mapped_column(Double)
    difficulty: Mapped[float] = mapped_column(Double)
    reviewed_at: Mapped[datetime]
    due_at: Mapped[datetime]
    reviews: Mapped[int]


class WrittenRow(Base):
    """Feedback in a model's words. `body` is a `Written` as JSON, sealed; None until it is ready."""

    __tablename__ = "written_feedback"
    __table_args__ = (
        CheckConstraint("status IN ('waiting', 'ready', 'failed')", name="status"),
        CheckConstraint("(status = 'ready') = (body IS NOT NULL)", name="body"),
    )

    session_id: Mapped[UUID] = mapped_column(ForeignKey("interview_sessions.id", ondelete="CASCADE"), primary_key=True)
    status: Mapped[str]
    body: Mapped[Sealed | None] = mapped_column(SealedText)
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
