"""Scorecards, one per session, sealed: they quote the candidate."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
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
