"""Asking for written feedback, writing it as a job, and reading it. `write` is harmless to repeat."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.bank.loader import Bank
from mockloop.clock import Clock
from mockloop.db.engine import Database
from mockloop.db.orm import sql_now
from mockloop.db.sealed import place_of
from mockloop.db.vault import Vault
from mockloop.jobs.queue import Jobs
from mockloop.judging.record import record_of
from mockloop.judging.service import scorecard_of
from mockloop.judging.tables import WrittenRow
from mockloop.judging.written.errors import AlreadyWritten, NoWriter
from mockloop.judging.written.schemas import Status, Written, WrittenFeedback
from mockloop.judging.written.writing import Writer
from mockloop.modes.asking import ModeCalls, NoReply
from mockloop.sessions.log import Log
from mockloop.sessions.tables import SessionRow

TASK = "session.write"
GIVEN_UP_AFTER = timedelta(minutes=15)
"""Longer than the job can take. What still waits then has failed, and can be asked for again."""

log = structlog.get_logger(__name__)


class WrittenFeedbacks:
    """One per process: who writes, and for whom."""

    def __init__(
        self, calls: ModeCalls, database: Database, vault: Vault, bank: Bank, jobs: Jobs, clock: Clock
    ) -> None:
        self._calls = calls
        self._database = database
        self._vault = vault
        self._bank = bank
        self._jobs = jobs
        self._clock = clock

    async def has_writer(self, user_id: UUID) -> bool:
        """Whether the user has a model that could write. Opens a transaction of its own."""
        return bool(await self._calls.providers_for(user_id, "writer"))

    async def request(self, db: AsyncSession, session_id: UUID) -> None:
        """Queue the job, in the caller's transaction. What was written before is dropped."""
        now = await db.scalar(select(sql_now(self._clock)))
        assert now is not None
        anew = {"status": "waiting", "body": None, "asked_at": now, "made_at": None}
        query = insert(WrittenRow).values(session_id=session_id, **anew)
        await db.execute(query.on_conflict_do_update(index_elements=[WrittenRow.session_id], set_=anew))
        await self._jobs.enqueue(db, TASK, queue="waiting", session_id=session_id)

    async def ask(self, session: SessionRow) -> WrittenFeedback:
        """Ask for it, or ask again after a failure. Raises as `scorecard_of`, and `NoWriter`, `AlreadyWritten`."""
        if not await self.has_writer(session.user_id):
            raise NoWriter
        async with self._database.begin() as db:
            # Of two requests at once the second waits here, and then sees what the first has written.
            await db.execute(select(SessionRow.id).where(SessionRow.id == session.id).with_for_update())
            await scorecard_of(db, session, self._vault)
            row = await db.get(WrittenRow, session.id)
            if row is not None and _status(row, self._clock.now()) != "failed":
                raise AlreadyWritten
            await self.request(db, session.id)
        return WrittenFeedback(status="waiting", can_ask=True)

    async def read(self, db: AsyncSession, session: SessionRow) -> WrittenFeedback:
        """Where it stands."""
        can_ask = await self.has_writer(session.user_id)
        row = await db.get(WrittenRow, session.id)
        if row is None:
            return WrittenFeedback(status="none", can_ask=can_ask)
        written = None
        if row.body is not None:
            key = await self._vault.key_for(db, session.user_id)
            written = Written.model_validate_json(key.open(place_of(WrittenRow.body, session.id), row.body))
        return WrittenFeedback(
            status=_status(row, self._clock.now()), written=written, made_at=row.made_at, can_ask=can_ask
        )

    async def write(self, session_id: UUID) -> None:
        """Write it, if it is waited for. Nothing is held while a model writes."""
        async with self._database.begin() as db:
            row = await db.get(WrittenRow, session_id)
            session = await db.get(SessionRow, session_id)
            if row is None or session is None or row.status != "waiting":
                return  # deleted, or written already
            asked_at = row.asked_at
            card = await scorecard_of(db, session, self._vault)
            session_log = Log(session_id, await self._vault.key_for(db, session.user_id), self._clock)
            entries = await session_log.all_entries(db)
        record = record_of(entries, self._bank.question(session.question_id))
        try:
            written = await Writer(self._calls, session.user_id, session_id).write(record, card)
        except NoReply as nobody:
            log.warning("written.nobody_answered", session_id=str(session_id), why=nobody.why)
            written = None
        async with self._database.begin() as db:
            row = await db.get(WrittenRow, session_id, with_for_update=True)
            if row is None or row.status != "waiting" or row.asked_at != asked_at:
                return  # another worker was faster
            row.status = "failed" if written is None else "ready"
            if written is not None:
                place = place_of(WrittenRow.body, session_id)
                row.body = session_log.key.seal(place, written.model_dump_json())
                row.made_at = await db.scalar(select(sql_now(self._clock)))


def _status(row: WrittenRow, now: datetime) -> Status:
    """What became of it; the job of one that has waited too long was given up."""
    if row.status == "ready":
        return "ready"
    return "waiting" if row.status == "waiting" and now - row.asked_at <= GIVEN_UP_AFTER else "failed"
