"""A user's own providers, the choice to stay built-in, and one row for every call to a model. No text of a call."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import BigInteger, Double, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from mockloop.crypto import Sealed
from mockloop.db.ids import new_id
from mockloop.db.orm import Base
from mockloop.db.sealed import SealedText


class ProviderRow(Base):
    """A provider of a user's own. `body` is a `Saved` as JSON, `api_key` the key; both are sealed."""

    __tablename__ = "model_providers"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    body: Mapped[Sealed] = mapped_column(SealedText)
    api_key: Mapped[Sealed | None] = mapped_column(SealedText)


class ChoiceRow(Base):
    """Whether a user wants the built-in interviewer and judge only. No row: no."""

    __tablename__ = "model_choices"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    built_in_only: Mapped[bool]


class DayRow(Base):
    """Tokens of the installation's shared providers in one day (UTC), over all users.

    Kept beside the rows of usage: those go with their user's account, and a new account must not bring tokens back.
    """

    __tablename__ = "model_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    input_tokens: Mapped[int] = mapped_column(BigInteger)
    output_tokens: Mapped[int] = mapped_column(BigInteger)


class UsageRow(Base):
    """What one call cost. Times in seconds; the cost in millionths of a dollar, None without a price.

    `session_id` refers to nothing: deleting a session must not give its tokens back to the day's budget.
    `provider` is a name from the settings, or `own`; `faults` are names of faults with a space between.
    """

    __tablename__ = "model_usage"
    __table_args__ = (Index("ix_model_usage_mine", "user_id", "at"), Index("ix_model_usage_at", "at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    session_id: Mapped[UUID | None] = mapped_column(index=True)
    mode: Mapped[str]
    provider: Mapped[str]
    model: Mapped[str]
    input_tokens: Mapped[int]
    cached_tokens: Mapped[int]
    output_tokens: Mapped[int]
    cost_microusd: Mapped[int | None] = mapped_column(BigInteger)
    first_s: Mapped[float | None] = mapped_column(Double)
    total_s: Mapped[float] = mapped_column(Double)
    faults: Mapped[str]
    at: Mapped[datetime]
