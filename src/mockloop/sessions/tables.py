"""The tables of sessions. `SessionRow` is the head of a log; `EventRow` is one entry of it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Double, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from mockloop.crypto import Sealed
from mockloop.db.orm import Base
from mockloop.db.sealed import SealedText

OPEN = text("status IN ('created', 'in_progress')")


class SessionRow(Base):
    """One session. `last_seq` orders its log; `attention_at` is when the timers should look at it next."""

    __tablename__ = "interview_sessions"
    __table_args__ = (
        CheckConstraint("status IN ('created', 'in_progress', 'completed', 'expired')", name="status"),
        Index("uq_interview_sessions_open", "user_id", "type", unique=True, postgresql_where=OPEN),
        Index("ix_interview_sessions_mine", "user_id", "created_at"),
        Index("ix_interview_sessions_attention", "attention_at", postgresql_where=OPEN),
        Index("ix_interview_sessions_deadline", "deadline_at", postgresql_where=OPEN),
        {"postgresql_with": {"fillfactor": "70"}},
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    type: Mapped[str]
    format_id: Mapped[str]
    question_id: Mapped[str]
    company_style: Mapped[str]
    difficulty: Mapped[str]
    language: Mapped[str]
    status: Mapped[str]
    last_seq: Mapped[int] = mapped_column(BigInteger)
    last_event_at: Mapped[datetime]
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime]
    attention_at: Mapped[datetime]
    overall: Mapped[float | None] = mapped_column(Double)
    outcome: Mapped[str | None]


class EventRow(Base):
    """One entry of a log. `body` is the event as JSON, sealed."""

    __tablename__ = "session_events"
    __table_args__ = (
        Index(
            "uq_session_events_client_id",
            "session_id",
            "client_id",
            unique=True,
            postgresql_where=text("client_id IS NOT NULL"),
        ),
    )

    session_id: Mapped[UUID] = mapped_column(ForeignKey("interview_sessions.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    type: Mapped[str]
    client_id: Mapped[UUID | None]
    body: Mapped[Sealed] = mapped_column(SealedText)
    at: Mapped[datetime]
