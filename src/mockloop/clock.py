"""The time, passed in wherever it matters, so that tests move it instead of sleeping.

SQL that needs "now" adds `clock.offset`: `clock_timestamp() + :offset` (see `db.orm.sql_now`).
"""

import asyncio
from datetime import UTC, datetime, timedelta

TURNS_AFTER_A_MOVE = 10
"""Turns of the event loop in which those whose time has come get on before `advance` returns."""


class Clock:
    """The real time. `ManualClock` is the same clock with an offset that a test moves."""

    @property
    def offset(self) -> timedelta:
        """How far this clock is ahead of the machine's; zero but in tests."""
        return timedelta(0)

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC) + self.offset

    async def sleep(self, seconds: float) -> None:
        """Return `seconds` from now, by this clock."""
        await asyncio.sleep(max(0.0, seconds))

    async def wait_for_event(self, event: asyncio.Event, timeout_s: float | None) -> bool:
        """True when `event` was set within `timeout_s` by this clock (None: wait for ever)."""
        if event.is_set():
            return True
        waiter = asyncio.ensure_future(event.wait())
        if timeout_s is None:
            await waiter
            return True
        sleeper = asyncio.ensure_future(self.sleep(timeout_s))
        try:
            await asyncio.wait({waiter, sleeper}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for future in (waiter, sleeper):
                future.cancel()
            await asyncio.gather(waiter, sleeper, return_exceptions=True)
        return event.is_set()


class ManualClock(Clock):
    """Real time plus an offset; `advance` moves it and wakes every sleeper that is due by then.

    `still`: time stands still between the moves, for tests of seconds on a machine that may be slow. SQL sees that
    too, to the few milliseconds between reading the offset and running the statement.
    """

    def __init__(self, *, still: bool = False) -> None:
        self._offset = timedelta(0)
        self._stopped_at = datetime.now(UTC) if still else None
        self._sleepers: set[asyncio.Future[None]] = set()

    @property
    def offset(self) -> timedelta:
        if self._stopped_at is None:
            return self._offset
        return self._stopped_at + self._offset - datetime.now(UTC)

    async def advance(self, by: timedelta | float) -> None:
        """Move the clock on (`by`: a timedelta, or seconds) and let the sleepers that are due take their next steps."""
        self._offset += by if isinstance(by, timedelta) else timedelta(seconds=by)
        for sleeper in self._sleepers:
            _wake(sleeper)
        for _ in range(TURNS_AFTER_A_MOVE):
            await asyncio.sleep(0)

    async def sleep(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        due = self.now() + timedelta(seconds=seconds)
        while (left_s := (due - self.now()).total_seconds()) > 0:
            sleeper = loop.create_future()
            self._sleepers.add(sleeper)
            alarm = loop.call_later(left_s, _wake, sleeper)
            try:
                await sleeper
            finally:
                alarm.cancel()
                self._sleepers.discard(sleeper)
        await asyncio.sleep(0)


def _wake(sleeper: "asyncio.Future[None]") -> None:
    if not sleeper.done():
        sleeper.set_result(None)
