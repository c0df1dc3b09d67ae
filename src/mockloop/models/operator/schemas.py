"""Answers of `/api/operator`. Days are those of UTC; times in seconds; costs in dollars, estimated from prices."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from mockloop.models.schemas import Amount


class Spread(BaseModel):
    """Seconds that a half, and 95 of a hundred calls took at most."""

    p50_s: float
    p95_s: float


class Calls(Amount):
    """Calls with how many of them went wrong, also where a second try then went well."""

    faulty_calls: int


class DayUse(Calls):
    """Everybody's calls of one day."""

    day: date
    users: int


class ModelUse(Calls):
    """Calls of one mode to one model. Users' own providers stand apart: they are other machines, and other bills."""

    mode: str
    model: str
    own: bool
    first_text: Spread | None = Field(description="until the first words, where there were any")
    whole_call: Spread | None = Field(description="with those that failed, without those that were thrown away")
    faults: dict[str, int] = Field(description="how often what went wrong")
    thrown_away: int = Field(description="calls for a turn that was prepared, and then not needed")


class UserUse(BaseModel):
    """One user's calls: to the installation's providers, and to the user's own."""

    username: str | None = Field(description="none when the user's key was destroyed")
    shared: Amount
    own: Amount


class InstallationDay(BaseModel):
    """What the installation's providers were used today. `most_…`: what is allowed; none without a limit."""

    input_tokens: int
    output_tokens: int
    most_input_tokens: int | None
    most_output_tokens: int | None


class ModelsReport(BaseModel):
    """What models used since a moment. Calls of deleted accounts count in `today` only."""

    since: datetime
    total: Calls
    today: InstallationDay
    days: list[DayUse] = Field(description="days with calls, the newest first")
    models: list[ModelUse] = Field(description="those with the most tokens first")
    models_in_all: int
    users: list[UserUse] = Field(description="those with the most tokens first")
    users_in_all: int
