"""Hints between instances: "session S has reached seq N". They may be lost or doubled; readers poll as well.

A hint is sent after the commit, on a connection of its own and many at a time: a NOTIFY inside the appending
transaction would serialise all commits of the server. No text ever travels in a hint.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Protocol
from uuid import UUID

import psycopg
import structlog
from psycopg import sql

from mockloop.errors import Unavailable

CHANNEL = "mockloop_sessions"
HINTS_PER_NOTIFY = 140
"""Sixteen-byte ids as hex and a seq, well below the 8,000 bytes of a payload."""

RECONNECT_S = 1.0

Heard = Callable[[list[tuple[UUID, int]]], Awaitable[None]]
log = structlog.get_logger(__name__)


class Hints(Protocol):
    def tell(self, session_id: UUID, seq: int) -> None:
        """Let other instances know, soon; never waits, never fails."""
        ...


class PostgresHints:
    """Hints over LISTEN/NOTIFY. `heard` is called with what others told; with nothing after each reconnect."""

    def __init__(self, direct_url: str) -> None:
        self._url = direct_url
        self._waiting: dict[UUID, int] = {}
        self._wake = asyncio.Event()

    def tell(self, session_id: UUID, seq: int) -> None:
        self._waiting[session_id] = max(seq, self._waiting.get(session_id, 0))
        self._wake.set()

    async def send_forever(self) -> None:
        """Send what `tell` collects, the next batch while the last one is under way. Reconnects for ever."""
        while True:
            try:
                async with await self._connect() as connection:
                    await connection.execute("SET synchronous_commit = off")
                    while True:
                        await self._send(connection)  # at once: something may have been told while it was away
                        await self._wake.wait()
                        self._wake.clear()
            except (psycopg.Error, OSError) as error:
                log.warning("hints.send_failed", error=type(error).__name__)
                await asyncio.sleep(RECONNECT_S)

    async def _send(self, connection: psycopg.AsyncConnection[tuple[object, ...]]) -> None:
        while self._waiting:
            batch = [self._waiting.popitem() for _ in range(min(HINTS_PER_NOTIFY, len(self._waiting)))]
            payload = "|".join(f"{session_id.hex}:{seq}" for session_id, seq in batch)
            await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, payload))

    async def listen_forever(self, heard: Heard, reconnected: Callable[[], Awaitable[None]]) -> None:
        """Call `heard` with every batch, and `reconnected` whenever listening begins (hints may have been missed)."""
        while True:
            try:
                async with await self._connect() as connection:
                    await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
                    await reconnected()
                    async for notification in connection.notifies():
                        await heard(_parsed(notification.payload))
            except (psycopg.Error, OSError, Unavailable) as error:  # also while reading what a hint was about
                log.warning("hints.listen_failed", error=type(error).__name__)
                await asyncio.sleep(RECONNECT_S)

    async def _connect(self) -> psycopg.AsyncConnection[tuple[object, ...]]:
        return await psycopg.AsyncConnection.connect(
            self._url,
            autocommit=True,
            connect_timeout=5,
            application_name="mockloop hints",
            keepalives_idle=30,
            keepalives_interval=10,
            keepalives_count=3,
        )


def _parsed(payload: str) -> list[tuple[UUID, int]]:
    hints: list[tuple[UUID, int]] = []
    for part in payload.split("|"):
        session_id, _, seq = part.partition(":")
        with contextlib.suppress(ValueError):  # a newer version may say more; what is not understood is polled
            hints.append((UUID(session_id), int(seq)))
    return hints
