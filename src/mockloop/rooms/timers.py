"""Time passes here: sessions that are due are attended, those past their deadline are ended. Runs in every instance.

A due session is leased by moving its `attention_at`, with SKIP LOCKED, so two instances do not attend it at once and
one that dies leaves it to the others.
"""

import asyncio
from datetime import timedelta
from uuid import UUID

import structlog
from sqlalchemy import text

from mockloop.clock import Clock
from mockloop.db.engine import Database
from mockloop.rooms.conductor import Conductor
from mockloop.rooms.rooms import Rooms

TICK_S = 0.5
POLL_S = 2.0
LEASE = timedelta(seconds=10)
BATCH = 100
AT_ONCE = 8

_DUE = text(
    """
WITH due AS (
    SELECT id FROM interview_sessions
     WHERE status IN ('created', 'in_progress')
       AND (attention_at <= clock_timestamp() + :offset OR deadline_at <= clock_timestamp() + :offset)
     ORDER BY attention_at LIMIT :batch FOR UPDATE SKIP LOCKED
)
UPDATE interview_sessions s
   SET attention_at = clock_timestamp() + :offset + :lease
  FROM due WHERE s.id = due.id
   AND (s.attention_at <= clock_timestamp() + :offset OR s.deadline_at <= clock_timestamp() + :offset)
RETURNING s.id, s.deadline_at <= clock_timestamp() + :offset AS over
"""
)

log = structlog.get_logger(__name__)


class Timers:
    def __init__(self, database: Database, conductor: Conductor, rooms: Rooms, clock: Clock) -> None:
        self._database = database
        self._conductor = conductor
        self._rooms = rooms
        self._clock = clock
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def attend_forever(self) -> None:
        """Attend what is due, and have prepared what soon will be, twice a second, for ever."""
        while True:
            try:
                await self.attend_due()
            except Exception as error:
                log.warning("timers.failed", error=type(error).__name__)
            try:
                self._conductor.look_ahead()
            except Exception:
                log.exception("timers.nothing_foreseen")
            await self._clock.sleep(TICK_S)

    async def poll_forever(self) -> None:
        """Find entries whose hint was lost, and forget rooms that nobody uses, for ever."""
        while True:
            await asyncio.sleep(POLL_S)
            try:
                await self._rooms.catch_up_behind()
                self._rooms.let_go()
            except Exception as error:
                log.warning("rooms.poll_failed", error=type(error).__name__)

    async def attend_due(self) -> int:
        """Attend every session that is due now; how many there were."""
        async with self._database.begin() as db:
            rows = await db.execute(_DUE, {"offset": self._clock.offset, "lease": LEASE, "batch": BATCH})
            due = [(row.id, row.over) for row in rows]
        await asyncio.gather(*(self._attend(session_id, over=over) for session_id, over in due))
        return len(due)

    async def _attend(self, session_id: UUID, *, over: bool) -> None:
        async with self._at_once:
            try:
                if over:
                    await self._conductor.expire(session_id)
                else:
                    await self._conductor.attend(session_id)
            except Exception:
                # The lease runs out, and the session is due again; one that always fails must not stop the others.
                log.exception("timers.attend_failed", session_id=str(session_id))
