"""What the product asks of language models, and what it gets back. Implemented by `orchestrator.ModelCalls`.

Nothing here imports a vendor's library. Times are in seconds. Token counts are the provider's own figures; where an
answer ended before the provider gave any, they are estimated at four characters a token.
"""

import ipaddress
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from pydantic import SecretStr

Role = Literal["interviewer", "judge", "writer"]
"""What a model is wanted for; a provider names a model for each."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str], Awaitable[Sequence[Address]]]
"""From a host to its addresses, each of which may be called; none when nobody knows it. Raises `AddressRefused`."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Provider:
    """One address with a key and a model per role."""

    name: str
    """As people know it: "anthropic", "openai", "my ollama"."""
    protocol: Literal["anthropic", "openai"]
    api_key: SecretStr | None
    """None: the address wants no key, as most local servers do."""
    base_url: str | None = None
    """None: the vendor's own. With the path that the protocol's library expects: OpenAI's ends in `/v1`."""
    models: Mapping[Role, str]
    structured: Literal["tool", "native", "prompted"] = "tool"
    """How typed output is had: by a tool call, by the provider's own schema mode, or by asking for JSON in words."""
    first_text_s: float = 20.0
    """Until the first text of a streamed answer."""
    turn_s: float = 90.0
    """For a whole answer of this provider, retries included."""
    own: bool = False
    """A user's own, not the operator's choice: paid by that user, and its address may be anybody's."""


@dataclass(frozen=True)
class Prompt:
    """What a model is told."""

    instructions: str
    """The stable part: the system text."""
    parts: tuple[str, ...]
    """User content, the most stable first, so that providers can keep the beginning in their cache."""
    max_tokens: int = 800
    """The most tokens of an answer."""
    mode: str = ""
    version: str = ""
    """Which prompt file this is from, and its hash."""


@dataclass(frozen=True)
class Text:
    """The next piece of a streamed answer."""

    text: str


@dataclass(frozen=True)
class Restart:
    """Drop what was shown: `provider` ended in `fault`, and another provider begins."""

    provider: str
    fault: str


@dataclass(frozen=True)
class Usage:
    """What one answer cost with one provider, whether it came to an end or not."""

    provider: str
    model: str
    input_tokens: int
    """Those read from the provider's cache included."""
    cached_tokens: int
    output_tokens: int
    first_s: float | None
    """From the call to the first text of this provider; None when none came, and for typed output."""
    total_s: float
    """Spent on this provider, retries included."""
    faults: tuple[str, ...]
    """What went wrong before this answer, providers that were tried before included, in order."""
    earlier: "tuple[Usage, ...]" = ()
    """What providers that failed before this one charged nevertheless, one entry for each that was asked."""
    own: bool = False
    """Whether the provider is a user's own: see `Provider.own`."""
    faults_before: int = 0
    """How many of `faults`, the first ones, were other providers'."""

    @classmethod
    def of_cut_short(
        cls, provider: Provider, role: Role, *, input_tokens: int, output_tokens: int = 0, seconds: float, fault: str
    ) -> "Usage":
        """What a call cost, estimated, that was left before the provider gave figures."""
        return cls(
            provider=provider.name,
            model=provider.models.get(role, ""),
            input_tokens=input_tokens,
            cached_tokens=0,
            output_tokens=output_tokens,
            first_s=None,
            total_s=seconds,
            faults=(fault,),
            own=provider.own,
        )


@dataclass(frozen=True)
class Done:
    """The answer is whole: `text` is everything since the beginning or the last `Restart`."""

    text: str
    usage: Usage


class AddressRefused(Exception):
    """A host leads to an address that may not be called. `reason` goes on after "because"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class AllFailed(Exception):
    """No provider gave an answer. `faults`: what went wrong, in order; `usage`: what was charged nevertheless.

    `refused`: why the address of the provider that was asked last may not be called, if that was it.
    """

    def __init__(
        self, faults: tuple[str, ...], usage: tuple[Usage, ...] = (), *, refused: AddressRefused | None = None
    ) -> None:
        super().__init__(", ".join(faults) or "no provider to ask")
        self.faults = faults
        self.usage = usage
        self.refused = refused


class BadOutput(Exception):
    """Raised by a `check`: typed output has the right shape and still will not do. The reason is told to the model."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Models(Protocol):
    """Calls of language models. No method raises anything but `AllFailed` and `CancelledError`."""

    def stream(self, providers: Sequence[Provider], role: Role, prompt: Prompt) -> AsyncIterator[Text | Restart | Done]:
        """Ask one provider after another for text, as it comes; the last item is `Done`.

        `Restart` comes before every further provider that is asked, also when nothing was shown yet. Raises
        `AllFailed`; what was shown by then is to be dropped. Whoever stops reading closes it: `contextlib.aclosing`.
        """
        ...

    async def ask(
        self,
        providers: Sequence[Provider],
        role: Role,
        prompt: Prompt,
        output: type[T],
        check: Callable[[T], None] | None = None,
    ) -> tuple[T, Usage]:
        """Ask for an `output`. `check` may raise `BadOutput`: asked again with the reason. Raises `AllFailed`."""
        ...
