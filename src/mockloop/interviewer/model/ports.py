"""What the interviewer needs from others: who is asked for a session, and whether and what it may cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from mockloop.llm.port import Provider, Usage


@dataclass(frozen=True)
class Caller:
    """For whom a model is asked, and the providers in the order of that person's choice; none: built-in only."""

    owner: UUID
    session: UUID
    providers: Sequence[Provider]


class Callers(Protocol):
    """From a session's id, as `View.seed` has it, to its caller."""

    async def caller_of(self, seed: str) -> Caller | None:
        """None when there is no such session."""
        ...


class Ledger(Protocol):
    """Budgets and what was used, in tokens."""

    async def affordable(
        self, owner: UUID, session: UUID | None, providers: Sequence[Provider], estimate_tokens: int
    ) -> Sequence[Provider]:
        """Those of `providers` that a call with about so many input tokens may still be made to."""
        ...

    async def record_all(self, owner: UUID, session: UUID | None, mode: str, usages: Sequence[Usage]) -> None:
        """Write down what a call used, one entry for each provider that was asked: all of them or none."""
        ...
