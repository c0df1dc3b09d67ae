"""The append-only log in Postgres. An append states the `seq` it follows, so two processes cannot both be right.

Whether a session still takes input is decided inside the append statement, by the database's clock: nothing can be
written after the deadline, even if every timer is down. Events are sealed with the key of the session's user.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.clock import Clock
from mockloop.crypto import UserKey
from mockloop.db.sealed import place_of
from mockloop.sessions.errors import LostRace, SessionNotFound, SessionNotStarted, SessionOver
from mockloop.sessions.events import Entry, Event
from mockloop.sessions.tables import EventRow, SessionRow

READ_LIMIT = 1000
"""Entries read at once; a longer log is read in several steps."""

_EVENT: TypeAdapter[Event] = TypeAdapter(Event)

_WRITE = """
WITH head AS (
    UPDATE interview_sessions
       SET last_seq = last_seq + :count,
           last_event_at = greatest(last_event_at, clock_timestamp() + :offset)
           {changes}
     WHERE id = :session_id AND last_seq = :after AND {condition}
 RETURNING last_event_at
), written AS (
    INSERT INTO session_events (session_id, seq, type, client_id, body, at)
    SELECT :session_id, new.seq, new.type, new.client_id, new.body, head.last_event_at
      FROM head, unnest(CAST(:seqs AS bigint[]), CAST(:types AS text[]), CAST(:client_ids AS uuid[]),
                        CAST(:bodies AS bytea[])) AS new(seq, type, client_id, body)
 RETURNING at
)
SELECT at FROM written LIMIT 1
"""

_APPEND = text(
    _WRITE.format(
        # `look_at` follows from the log up to here, and the condition on `last_seq` says that this is all of it.
        changes=", attention_at = :look_at",
        condition="status = 'in_progress' AND deadline_at > clock_timestamp() + :offset",
    )
)
_START = text(
    _WRITE.format(
        changes=", status = 'in_progress', started_at = clock_timestamp() + :offset, deadline_at = :deadline_at,"
        " attention_at = :look_at",
        condition="status = 'created'",
    )
)
_COMPLETE = text(
    _WRITE.format(
        changes=", status = 'completed', ended_at = clock_timestamp() + :offset",
        condition="status IN ('created', 'in_progress') AND deadline_at > clock_timestamp() + :offset",
    )
)
_EXPIRE = text(
    _WRITE.format(
        changes=", status = 'expired', ended_at = least(deadline_at, clock_timestamp() + :offset)",
        condition="status IN ('created', 'in_progress') AND deadline_at <= clock_timestamp() + :offset",
    )
)
_JUDGED = text(
    _WRITE.format(
        changes=", overall = :overall, outcome = :outcome",
        condition="status IN ('completed', 'expired')",
    )
)


@dataclass(frozen=True)
class New:
    """An event to append, with the id under which a client asked for it."""

    event: Event
    client_id: UUID | None = None


@dataclass(frozen=True)
class Log:
    """The log of one session, sealed with its user's key."""

    session_id: UUID
    key: UserKey
    clock: Clock

    async def append(self, db: AsyncSession, new: Sequence[New], *, after: int, look_at: datetime) -> tuple[Entry, ...]:
        """Append to a running session. `look_at`: when the timers should next look at it.

        Raises `LostRace` when `after` is not the last seq, `SessionOver`, `SessionNotStarted`, and SQLAlchemy's
        `IntegrityError` when a client id is there already.
        """
        return await self._write(db, _APPEND, new, after, look_at=look_at)

    async def start(
        self, db: AsyncSession, event: Event, *, after: int, deadline_at: datetime, look_at: datetime
    ) -> tuple[Entry, ...]:
        """Append the start and let the clock run. Raises `LostRace` when it had started already."""
        return await self._write(db, _START, [New(event)], after, deadline_at=deadline_at, look_at=look_at)

    async def complete(self, db: AsyncSession, event: Event, *, after: int) -> tuple[Entry, ...]:
        """Append the end that the candidate asked for. Raises `LostRace`, `SessionOver`."""
        return await self._write(db, _COMPLETE, [New(event)], after)

    async def expire(self, db: AsyncSession, event: Event, *, after: int) -> tuple[Entry, ...]:
        """Append the end by time. Raises `LostRace` while there is time left, `SessionOver` when it ended before."""
        return await self._write(db, _EXPIRE, [New(event)], after)

    async def judged(
        self, db: AsyncSession, event: Event, *, after: int, overall: float, outcome: str
    ) -> tuple[Entry, ...]:
        """Append that the scorecard stands; the one append after the end."""
        return await self._write(db, _JUDGED, [New(event)], after, overall=overall, outcome=outcome)

    async def entries(self, db: AsyncSession, *, after: int = 0, limit: int = READ_LIMIT) -> list[Entry]:
        """The entries that follow `after`, in order, at most `limit`."""
        rows = await db.execute(
            select(EventRow.seq, EventRow.at, EventRow.client_id, EventRow.body)
            .where(EventRow.session_id == self.session_id, EventRow.seq > after)
            .order_by(EventRow.seq)
            .limit(limit)
        )
        return [
            Entry(seq=seq, at=at, client_id=client_id, event=self._opened(seq, body))
            for seq, at, client_id, body in rows
        ]

    async def all_entries(self, db: AsyncSession, *, after: int = 0) -> list[Entry]:
        """Every entry that follows `after`; the size of a log is bounded by its session's minutes and limits."""
        found: list[Entry] = []
        while True:
            step = await self.entries(db, after=found[-1].seq if found else after)
            found.extend(step)
            if len(step) < READ_LIMIT:
                return found

    async def asked_before(self, db: AsyncSession, client_id: UUID) -> Entry | None:
        """The entry that a client's id already led to, if it did."""
        row = (
            await db.execute(
                select(EventRow).where(EventRow.session_id == self.session_id, EventRow.client_id == client_id)
            )
        ).scalar_one_or_none()
        if row is None:
            return None
        return Entry(seq=row.seq, at=row.at, client_id=row.client_id, event=self._opened(row.seq, row.body))

    def sealed(self, seq: int, event: Event) -> bytes:
        """The event as it is stored at `seq`."""
        return self.key.seal(place_of(EventRow.body, f"{self.session_id}/{seq}"), event.model_dump_json())

    def _opened(self, seq: int, body: Any) -> Event:
        return _EVENT.validate_json(self.key.open(place_of(EventRow.body, f"{self.session_id}/{seq}"), body))

    async def _write(
        self, db: AsyncSession, statement: Any, new: Sequence[New], after: int, **values: Any
    ) -> tuple[Entry, ...]:
        seqs = [after + 1 + i for i in range(len(new))]
        at = await db.scalar(
            statement,
            {
                "session_id": self.session_id,
                "after": after,
                "count": len(new),
                "offset": self.clock.offset,
                "seqs": seqs,
                "types": [n.event.type for n in new],
                "client_ids": [n.client_id for n in new],
                "bodies": [bytes(self.sealed(seq, n.event)) for seq, n in zip(seqs, new, strict=True)],
                **values,
            },
        )
        if at is None:
            await self._refused(db, after)
        return tuple(
            Entry(seq=seq, at=at, client_id=n.client_id, event=n.event) for seq, n in zip(seqs, new, strict=True)
        )

    async def _refused(self, db: AsyncSession, after: int) -> None:
        """Raise why an append changed nothing."""
        row = (
            await db.execute(
                select(SessionRow.status, SessionRow.last_seq, SessionRow.deadline_at).where(
                    SessionRow.id == self.session_id
                )
            )
        ).one_or_none()
        if row is None:
            raise SessionNotFound
        if row.status in ("completed", "expired") and row.last_seq == after:
            raise SessionOver
        if row.last_seq != after:
            raise LostRace
        now = await db.scalar(text("SELECT clock_timestamp() + :offset"), {"offset": self.clock.offset})
        if now is not None and row.deadline_at <= now:
            raise SessionOver
        if row.status == "created":
            raise SessionNotStarted
        raise LostRace
