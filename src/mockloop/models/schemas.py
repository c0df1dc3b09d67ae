"""Requests and responses of `/api/me/models`."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

Protocol = Literal["anthropic", "openai"]
Structured = Literal["tool", "native", "prompted"]

ModelName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,119}$")]
"""Names as vendors write them. The table of usage holds them in plain, so nothing else fits."""

PROVIDERS_AT_MOST = 10


class RoleModels(BaseModel):
    """Which model does what. Without a name for a role, the interviewer's model does it too."""

    model_config = ConfigDict(extra="forbid")

    interviewer: ModelName
    judge: ModelName | None = None
    writer: ModelName | None = None


class Saved(BaseModel):
    """A provider without its key; what is saved of it."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[^\x00-\x1f]*$")
    ]
    protocol: Protocol
    base_url: Annotated[
        str | None,
        Field(
            min_length=1, max_length=300, description="none: the vendor's own", examples=["http://localhost:11434/v1"]
        ),
    ] = None
    models: RoleModels
    structured: Structured = Field("tool", description="how it returns typed answers; `prompted` for weak local models")
    first_text_s: Annotated[
        float, Field(strict=True, ge=1, le=110, description="seconds to wait for the first words")
    ] = 20.0
    turn_s: Annotated[float, Field(strict=True, ge=1, le=110, description="seconds for a whole answer")] = 90.0


class ProviderForm(Saved):
    """What a user enters. A key is never sent back."""

    api_key: Annotated[str | None, Field(min_length=1, max_length=400, pattern=r"^[\x21-\x7e]+$")] = Field(
        None, description="left out when changing a provider: the saved key stays"
    )
    forget_key: StrictBool = Field(False, description="remove the saved key")


class ProviderView(Saved):
    """A provider as its user sees it."""

    id: UUID
    has_key: bool
    key_ends: str | None = Field(description="the last four characters of the key; none when it is short")


class ModelChoice(BaseModel):
    """Who speaks: providers in the order in which they are tried, or the built-in interviewer alone."""

    model_config = ConfigDict(extra="forbid")

    built_in_only: StrictBool
    order: Annotated[list[UUID], Field(max_length=PROVIDERS_AT_MOST)] = Field(description="each of your providers once")


class ModelSettings(BaseModel):
    """Everything about models that a user can set. With `providers` of one's own, `shared` ones are not used."""

    built_in_only: bool
    providers: list[ProviderView]
    shared: list[str] = Field(description="names of the installation's providers")
    private_addresses: bool = Field(description="whether addresses in the own network are allowed here")


class Trial(BaseModel):
    """What came of one tiny call."""

    works: bool
    message: str
    fault: str | None
    model: str
    total_s: float | None = Field(description="seconds that the call took")


class Amount(BaseModel):
    """What calls used together. Costs are estimates from the operator's prices; none without a price."""

    calls: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    cost_usd: float | None


class UsageLine(Amount):
    """Calls of one mode to one model."""

    mode: str
    model: str
    first_s: float | None = Field(description="mean seconds until the first words")
    faults: dict[str, int]


class UsagePeriod(BaseModel):
    """What was used since a moment."""

    since: datetime
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    lines: list[UsageLine]


class UsageView(BaseModel):
    """What a user has used, and what is left for today. Days are those of UTC."""

    today: UsagePeriod
    month: UsagePeriod
    day_input_tokens: int = Field(description="the budget of a day")
    day_output_tokens: int
