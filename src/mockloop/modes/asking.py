"""Asks the models of a user's choice by the rules of a mode: within the budgets, written down, and checked."""

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog

from mockloop.llm.port import AllFailed, Models, Provider, Role, Usage
from mockloop.models.ledger import Ledger
from mockloop.models.service import ProviderChoice
from mockloop.modes.checking import Checking, Fields, OwnCheck
from mockloop.modes.mode import Mode

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Reply:
    """What a model returned, within the rules of its mode. `version` is the hash of the mode's file."""

    fields: Fields
    provider: str
    model: str
    mode: str
    version: str


class NoReply(Exception):
    """Nobody answered. `why`: `no_model`, `budget`, or the last fault of the last provider."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class ModeCalls:
    """One per process. `limit_s`: for one call, over all providers."""

    def __init__(self, models: Models, choice: ProviderChoice, ledger: Ledger, *, limit_s: float = 90.0) -> None:
        self._models = models
        self._choice = choice
        self._ledger = ledger
        self._limit_s = limit_s

    async def providers_for(self, owner: UUID, role: Role) -> Sequence[Provider]:
        """Who may be asked in this role, in order; nobody when the user wants, or has, the built-in parts only."""
        return [one for one in await self._choice.providers_of(owner) if role in one.models]

    async def ask(
        self,
        owner: UUID,
        session: UUID | None,
        mode: Mode,
        inputs: Mapping[str, str | int],
        material: Mapping[str, str],
        check: OwnCheck | None = None,
    ) -> Reply:
        """Ask by a mode. Raises `NoReply`, and `BadMode` for inputs or material that the mode does not have."""
        nonce = secrets.token_hex(8)
        packed = mode.packed(inputs, material, nonce)
        providers = await self.providers_for(owner, mode.role)
        if not providers:
            raise NoReply("no_model")
        providers = await self._ledger.affordable(owner, session, providers, packed.estimate)
        if not providers:
            raise NoReply("budget")
        checking = Checking(
            mode, {**inputs, **material}, nonce=nonce, instructions=packed.prompt.instructions, own=check
        )
        try:
            async with asyncio.timeout(self._limit_s):
                reply, usage = await self._models.ask(providers, mode.role, packed.prompt, mode.schema, checking)
        except AllFailed as failed:
            log.warning("mode.no_reply", mode=mode.id, faults=failed.faults)
            await self._ledger.record_all(owner, session, mode.id, failed.usage)
            raise NoReply(failed.faults[-1] if failed.faults else "unreachable") from failed
        except TimeoutError as late:
            log.warning("mode.timed_out", mode=mode.id)
            cut_short = Usage.of_cut_short(
                providers[0], mode.role, input_tokens=packed.estimate, seconds=self._limit_s, fault="timed_out"
            )
            await self._ledger.record_all(owner, session, mode.id, [cut_short])
            raise NoReply("timed_out") from late
        await self._ledger.record_all(owner, session, mode.id, (*usage.earlier, usage))
        fields = checking.mended(reply)
        if fields is None:
            log.warning("mode.nothing_left", mode=mode.id, provider=usage.provider)
            raise NoReply("invalid_output")
        return Reply(fields, usage.provider, usage.model, mode.id, mode.hash)
