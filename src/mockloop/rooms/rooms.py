"""The rooms that are open on this instance: opening them from the log, keeping them current, letting them go."""

import asyncio
from collections.abc import Iterable, Iterator
from uuid import UUID

import structlog
from sqlalchemy import select

from mockloop.bank.loader import Bank
from mockloop.clock import Clock
from mockloop.db.engine import Database
from mockloop.db.vault import Vault
from mockloop.errors import Unavailable
from mockloop.rooms.room import Room
from mockloop.sessions.errors import SessionNotFound
from mockloop.sessions.log import Log
from mockloop.sessions.tables import SessionRow

KEEP_EMPTY_S = 60.0
"""How long a room without seats is kept, so that a reload or a REST client finds it open."""

POLL_BATCH = 500

log = structlog.get_logger(__name__)


class Rooms:
    """All rooms of this instance, by session."""

    def __init__(self, database: Database, vault: Vault, bank: Bank, clock: Clock) -> None:
        self._database = database
        self._vault = vault
        self._bank = bank
        self._clock = clock
        self._rooms: dict[UUID, Room] = {}
        self._opening: dict[UUID, asyncio.Lock] = {}

    def __len__(self) -> int:
        return len(self._rooms)

    def __iter__(self) -> Iterator[Room]:
        """Those that are open now."""
        return iter(tuple(self._rooms.values()))

    def find(self, session_id: UUID) -> Room | None:
        """The room, if it is open here."""
        return self._rooms.get(session_id)

    async def open(self, session_id: UUID) -> Room:
        """The room of a session, with its log read to the end. Raises `SessionNotFound`."""
        lock = self._opening.setdefault(session_id, asyncio.Lock())
        try:
            async with lock:
                room = self._rooms.get(session_id)
                if room is None:
                    # One room for all, also when the lock was let go by someone whose reading failed.
                    room = self._rooms.setdefault(session_id, await self._read(session_id))
        finally:
            if not lock.locked():
                self._opening.pop(session_id, None)
        room.used_at = asyncio.get_running_loop().time()
        return room

    async def _read(self, session_id: UUID) -> Room:
        async with self._database.begin() as db:
            row = (await db.execute(select(SessionRow).where(SessionRow.id == session_id))).scalar_one_or_none()
            if row is None:
                raise SessionNotFound
            log = Log(session_id, await self._vault.key_for(db, row.user_id), self._clock)
            entries = await log.all_entries(db)
        room = Room(log, row.user_id, self._bank.question(row.question_id), self._bank.style(row.company_style))
        room.take(entries)
        return room

    async def catch_up(self, room: Room) -> None:
        """Read what others appended, and show it to the seats here."""
        async with self._database.begin() as db:
            entries = await room.log.all_entries(db, after=room.state.last_seq)
        room.take(entries)

    async def catch_up_behind(self) -> list[Room]:
        """Bring every room here up to date with one query for all of them; the rooms that were behind."""
        behind: list[Room] = []
        ids = list(self._rooms)
        for start in range(0, len(ids), POLL_BATCH):
            async with self._database.begin() as db:
                heads = await db.execute(
                    select(SessionRow.id, SessionRow.last_seq).where(SessionRow.id.in_(ids[start : start + POLL_BATCH]))
                )
                heads_read = heads.all()
            for session_id, last_seq in heads_read:
                room = self._rooms.get(session_id)
                if room is not None and room.state.last_seq < last_seq:
                    behind.append(room)
        for room in behind:
            await self._catch_up_or_log(room)
        return behind

    async def _catch_up_or_log(self, room: Room) -> None:
        """A room that cannot be read must not keep the others from being read."""
        try:
            await self.catch_up(room)
        except Unavailable:
            raise
        except Exception:
            log.exception("rooms.catch_up_failed", session_id=str(room.session_id))

    async def hinted(self, hints: Iterable[tuple[UUID, int]]) -> None:
        """Others say that these sessions have reached these seqs."""
        for session_id, seq in hints:
            room = self._rooms.get(session_id)
            if room is not None and room.state.last_seq < seq:
                await self._catch_up_or_log(room)

    def let_go(self) -> None:
        """Forget rooms that nobody has used for a while."""
        now = asyncio.get_running_loop().time()
        for session_id, room in list(self._rooms.items()):
            if room.empty and not room.lock.locked() and now - room.used_at > KEEP_EMPTY_S:
                del self._rooms[session_id]

    def close(self) -> None:
        """Send everybody away, before the process ends."""
        for room in self._rooms.values():
            room.close()
