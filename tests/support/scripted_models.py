"""A double of `Models` whose answers a test writes: pieces of text, a cut after some of them, a refusal to answer."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

from pydantic import SecretStr

from mockloop.interviewer.model.ports import Caller
from mockloop.llm.port import AllFailed, Done, Prompt, Provider, Restart, Role, Text, Usage

T = TypeVar("T")

OWNER = UUID(int=7)
SESSION = UUID(int=8)


@dataclass(frozen=True)
class Cut:
    """The provider fails here."""

    fault: str = "cut"


@dataclass(frozen=True)
class Stall:
    """Nothing comes any more."""


Speech = Sequence[str | Cut | Stall | Exception]
"""What one provider does, piece by piece."""


def provider(name: str = "house") -> Provider:
    return Provider(
        name=name,
        protocol="openai",
        api_key=SecretStr("a key"),
        models={"interviewer": f"{name}-1", "judge": f"{name}-1", "writer": f"{name}-1"},
    )


def usage(of: str = "house", *faults: str) -> Usage:
    return Usage(of, f"{of}-1", 900, 300, 40, 0.2, 0.9, faults)


class ScriptedModels:
    """Each call is answered by the next script, one speech a provider; `obeys` makes the speech from the prompt."""

    def __init__(self, *scripts: Sequence[Speech], obeys: Callable[[Prompt], str] | None = None) -> None:
        self._scripts = list(scripts)
        self._obeys = obeys
        self.prompts: list[Prompt] = []
        self.closed = 0

    async def stream(
        self, providers: Sequence[Provider], role: Role, prompt: Prompt
    ) -> AsyncIterator[Text | Restart | Done]:
        self.prompts.append(prompt)
        speeches: Sequence[Speech]
        speeches = [[self._obeys(prompt)]] if self._obeys else self._scripts.pop(0)
        faults: list[str] = []
        try:
            for one, speech in zip(providers, speeches, strict=False):
                if faults:
                    yield Restart(providers[len(faults) - 1].name, faults[-1])
                said: list[str] = []
                for piece in speech:
                    match piece:
                        case str():
                            said.append(piece)
                            yield Text(piece)
                        case Cut(fault=fault):
                            faults.append(fault)
                            break
                        case Stall():
                            await asyncio.Event().wait()
                        case Exception():
                            raise piece
                else:
                    yield Done("".join(said), usage(one.name, *faults))
                    return
            raise AllFailed(tuple(faults), tuple(usage(one.name) for one in providers[: len(faults)]))
        finally:
            self.closed += 1

    async def ask(
        self,
        providers: Sequence[Provider],
        role: Role,
        prompt: Prompt,
        output: type[T],
        check: Callable[[T], None] | None = None,
    ) -> tuple[T, Usage]:
        raise AssertionError("the live interviewer asks for no typed output")


@dataclass
class OneCaller:
    """Every session is the same person's, who has these providers."""

    providers: Sequence[Provider] = (provider(),)

    async def caller_of(self, seed: str) -> Caller | None:
        return Caller(OWNER, SESSION, self.providers)


@dataclass
class Purse:
    """A ledger: allows what it is told to, and remembers."""

    allows: bool = True
    broken: bool = False
    most_tokens: int = 1_000_000
    """A call of more is not allowed."""
    asked: list[tuple[UUID, UUID | None, int]] = field(default_factory=list)
    booked: list[tuple[UUID, UUID | None, str]] = field(default_factory=list)
    recorded: list[Usage] = field(default_factory=list)

    async def affordable(
        self, owner: UUID, session: UUID | None, providers: Sequence[Provider], estimate_tokens: int
    ) -> Sequence[Provider]:
        self.asked.append((owner, session, estimate_tokens))
        return providers if self.allows and estimate_tokens <= self.most_tokens else ()

    async def record_all(self, owner: UUID, session: UUID | None, mode: str, usages: Sequence[Usage]) -> None:
        if self.broken:
            raise RuntimeError("the database is away")
        self.booked.append((owner, session, mode))
        self.recorded.extend(usages)
