"""Asks one provider after another until one has answered: deadlines, retries, rests, and a fresh start after a cut.

The vendors' libraries are imported by the first call, in a thread, so that the event loop goes on meanwhile.
"""

import asyncio
import gc
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import structlog

from mockloop.llm.breaker import Breakers
from mockloop.llm.faults import WORTH_A_RETRY, Failed
from mockloop.llm.meter import Meter
from mockloop.llm.port import (
    Address,
    AddressRefused,
    AllFailed,
    Done,
    Prompt,
    Provider,
    Resolve,
    Restart,
    Role,
    Text,
    Usage,
)

if TYPE_CHECKING:
    from mockloop.llm.calls import Calls

TRIES = 2
RETRY_PAUSE_S = 0.2
PATIENCE_S = 2.0
"""A provider that asks to wait longer than this is passed over for the next one."""

T = TypeVar("T")

log = structlog.get_logger(__name__)


@dataclass
class _Turn:
    """What has happened in one call, over all its providers."""

    faults: list[str] = field(default_factory=list)
    spent: list[Usage] = field(default_factory=list)
    left: Restart | None = None
    """The provider that was asked last and failed."""
    refused: AddressRefused | None = None

    def gave_up(self, meter: Meter, faults_before: int, failed: Failed) -> None:
        self.refused = failed.refused
        self.spent.append(meter.usage(self.faults[faults_before:]))
        self.left = Restart(meter.provider.name, self.faults[-1])


class ModelCalls:
    """`Models` over the real vendors' libraries. `now` and `sleep` are for tests of rests and retries, in seconds.

    `resolve` finds and checks the addresses of users' own providers; without it they are all refused.
    """

    def __init__(
        self,
        *,
        resolve: Resolve | None = None,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._resolve = resolve or _refuse
        self._now = now
        self._sleep = sleep
        self._breakers = Breakers(now)
        self._opening = asyncio.Lock()
        self._calls: Calls | None = None

    async def aclose(self) -> None:
        """Close all connections. Nothing happens when no call was made."""
        if self._calls is not None:
            await self._calls.aclose()
            self._calls = None

    async def warm_up(self) -> None:
        """Import the vendors' libraries now (seconds), so that the first call does not wait for it."""
        await self._opened()

    def forget(self, provider: Provider) -> None:
        """Ask `provider` again at once, whatever happened: for somebody who tests it by hand."""
        self._breakers.forget(provider)

    async def stream(
        self, providers: Sequence[Provider], role: Role, prompt: Prompt
    ) -> AsyncGenerator[Text | Restart | Done, None]:
        """See `Models.stream`. Whoever stops reading before `Done` closes it (`contextlib.aclosing`)."""
        turn = _Turn()
        for provider in providers:
            if not self._may_ask(provider, turn):
                continue
            if turn.left is not None:
                yield turn.left
            before = len(turn.faults)
            meter = Meter(provider, role, prompt, self._now)
            try:
                async with aclosing(self._pieces(meter, turn)) as pieces:
                    async for piece in pieces:
                        yield Text(piece)
            except Failed as failed:
                turn.gave_up(meter, before, failed)
                continue
            yield Done(meter.text, meter.usage(turn.faults, turn.spent, faults_before=before))
            return
        raise AllFailed(tuple(turn.faults), tuple(turn.spent), refused=turn.refused)

    async def ask(
        self,
        providers: Sequence[Provider],
        role: Role,
        prompt: Prompt,
        output: type[T],
        check: Callable[[T], None] | None = None,
    ) -> tuple[T, Usage]:
        """See `Models.ask`."""
        turn = _Turn()
        for provider in providers:
            if not self._may_ask(provider, turn):
                continue
            before = len(turn.faults)
            meter = Meter(provider, role, prompt, self._now)
            try:
                answer = await self._typed(meter, turn, output, check)
            except Failed as failed:
                turn.gave_up(meter, before, failed)
                continue
            return answer, meter.usage(turn.faults, turn.spent, faults_before=before)
        raise AllFailed(tuple(turn.faults), tuple(turn.spent), refused=turn.refused)

    def _may_ask(self, provider: Provider, turn: _Turn) -> bool:
        fault = self._breakers.fault_of(provider)
        if fault is not None:
            turn.faults.append(fault)
        return fault is None

    async def _opened(self) -> "Calls":
        async with self._opening:
            if self._calls is None:
                self._calls = (await asyncio.to_thread(_load))(self._resolve)
            return self._calls

    async def _pieces(self, meter: Meter, turn: _Turn) -> AsyncGenerator[str, None]:
        """The text of one provider, asked a second time where that may help. Raises `Failed`."""
        calls, deadline = await self._begin(meter, turn)
        for attempt in range(TRIES):
            try:
                async with aclosing(_limited(calls.text(meter), meter, deadline)) as pieces:
                    async for piece in pieces:
                        yield piece
                self._breakers.answered(meter.provider)
                return
            except Failed as failed:
                if not await self._again(failed, attempt, meter, turn, deadline):
                    raise

    async def _typed(self, meter: Meter, turn: _Turn, output: type[T], check: Callable[[T], None] | None) -> T:
        """The typed output of one provider, asked a second time where that may help. Raises `Failed`."""
        calls, deadline = await self._begin(meter, turn)
        for attempt in range(TRIES):
            try:
                answer = await _in_time(calls.typed(meter, output, check), deadline)
                self._breakers.answered(meter.provider)
                return answer
            except Failed as failed:
                if not await self._again(failed, attempt, meter, turn, deadline):
                    raise
        raise AssertionError("the last try either answers or raises")

    async def _begin(self, meter: Meter, turn: _Turn) -> "tuple[Calls, float]":
        """The connections, and when the time of this provider is over, by the event loop's clock. Raises `Failed`."""
        try:
            calls = await self._opened()
        except Exception as error:
            log.exception("the libraries for language models cannot be used")
            turn.faults.append("unreachable")
            raise Failed("unreachable") from error
        meter.begun_s = self._now()
        return calls, asyncio.get_running_loop().time() + meter.provider.turn_s

    async def _again(self, failed: Failed, attempt: int, meter: Meter, turn: _Turn, deadline: float) -> bool:
        """Take note of the fault. True, after a pause, when the same provider is worth a second try."""
        turn.faults.append(failed.fault)
        provider, error = meter.provider, type(failed.refused or failed.__cause__ or failed).__name__
        log.warning("a language model did not answer", provider=provider.name, fault=failed.fault, error=error)
        pause_s = failed.retry_after_s if failed.retry_after_s is not None else RETRY_PAUSE_S
        left_s = deadline - asyncio.get_running_loop().time()
        wanted = failed.fault in WORTH_A_RETRY and failed.refused is None
        hopeless = not wanted or pause_s > min(PATIENCE_S, left_s)
        if hopeless or meter.pieces or attempt + 1 == TRIES:
            self._breakers.failed(meter.provider, failed)
            return False
        await self._sleep(pause_s)
        return True


async def _limited(pieces: AsyncGenerator[str, None], meter: Meter, deadline: float) -> AsyncGenerator[str, None]:
    """`pieces`, or `Failed` when the first is not there in time, or the last by `deadline`."""
    first_by = asyncio.get_running_loop().time() + meter.provider.first_text_s
    async with aclosing(pieces):
        while True:
            limit = deadline if meter.pieces else min(first_by, deadline)
            try:
                piece = await _in_time(anext(pieces), limit)
            except StopAsyncIteration:
                return
            yield piece


async def _in_time(answer: Awaitable[T], limit: float) -> T:
    try:
        async with asyncio.timeout_at(limit):
            return await answer
    except TimeoutError as late:
        raise Failed("timed_out") from late


async def _refuse(host: str) -> Sequence[Address]:
    raise AddressRefused("nobody has said which addresses users may name")


def _load() -> "type[Calls]":
    from mockloop.llm.calls import Calls

    # The libraries are a quarter of a million objects. Looked through again by every full collection of garbage, as
    # hundreds of turns cause one, they would hold up all streams of the process for a tenth of a second.
    gc.collect()
    gc.freeze()
    return Calls
