"""The opinions of a session as they are kept: a row for each follow-up question, sealed, asked for by one at a time.

Who asks holds the row and says every few seconds that it is alive; from one that is not, another takes over. The
times are the database's own, whatever a clock is set to: they tell which processes live.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from hashlib import sha256
from typing import Literal
from uuid import UUID

import structlog
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError, NoResultFound

from mockloop.crypto import Place, UserKey
from mockloop.db.engine import Database
from mockloop.db.ids import new_id
from mockloop.db.sealed import place_of
from mockloop.judging.answers.opinion import Opinion, judge_mode
from mockloop.judging.answers.task import Task
from mockloop.judging.tables import OpinionRow

LEASE_S = 10.0
"""After this long without a sign of life whoever was asking is taken for dead."""

log = structlog.get_logger(__name__)


class Kept(BaseModel):
    """What came of asking about the words with the fingerprint `asked`. `charged`: do not pay for them again."""

    model_config = ConfigDict(frozen=True)

    asked: str
    opinion: Opinion | None = None
    charged: bool = False


class KeptOpinions:
    """The opinions of one session, in the hands of one asker."""

    def __init__(self, database: Database, key: UserKey, session_id: UUID, *, lease_s: float = LEASE_S) -> None:
        self._database = database
        self._key = key
        self._session_id = session_id
        self._lease_s = lease_s
        self._holder = new_id()

    async def claim(self, follow_up_id: str, asked: str, *, again: bool) -> Kept | Literal["mine", "others"]:
        """Who asks: the caller (`mine`) or somebody who is at it (`others`); or what came of it.

        `again`: also where it was asked before and came to nothing, and nobody was charged.
        """
        try:
            return await self._claim(follow_up_id, asked, again)
        except (IntegrityError, NoResultFound):
            return Kept(asked=asked)  # the session was deleted meanwhile: nothing is to be asked

    async def _claim(self, follow_up_id: str, asked: str, again: bool) -> Kept | Literal["mine", "others"]:
        mine = {
            "body": self._key.seal(self._place(follow_up_id), Kept(asked=asked).model_dump_json()),
            "holder": self._holder,
            "held_until": self._lease,
        }
        new = insert(OpinionRow).values(session_id=self._session_id, follow_up_id=follow_up_id, **mine)
        async with self._database.begin() as db:
            # Of two at once the second waits here, and then sees what the first has written.
            if await db.scalar(new.on_conflict_do_nothing().returning(OpinionRow.session_id)) is not None:
                return "mine"
            alive = OpinionRow.held_until > func.clock_timestamp()
            found = select(OpinionRow.body, OpinionRow.holder, alive).where(self._is(follow_up_id)).with_for_update()
            body, holder, is_alive = (await db.execute(found)).one()
            kept = Kept.model_validate_json(self._key.open(self._place(follow_up_id), body))
            if kept.asked == asked and is_alive:
                return "others"
            if kept.asked == asked and holder is None and (kept.charged or not again):
                return kept
            await db.execute(update(OpinionRow).where(self._is(follow_up_id)).values(mine))
        return "mine"

    async def settle(self, follow_up_id: str, kept: Kept) -> None:
        """Keep what came of it, unless somebody has taken over meanwhile."""
        body = self._key.seal(self._place(follow_up_id), kept.model_dump_json())
        async with self._database.begin() as db:
            held = update(OpinionRow).where(self._is(follow_up_id), OpinionRow.holder == self._holder)
            await db.execute(held.values(body=body, holder=None, held_until=None))

    @asynccontextmanager
    async def holding(self, follow_up_id: str) -> AsyncIterator[None]:
        """While the block lasts, nobody else takes over."""
        task = asyncio.create_task(self._hold(follow_up_id))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _hold(self, follow_up_id: str) -> None:
        held = update(OpinionRow).where(self._is(follow_up_id), OpinionRow.holder == self._holder)
        while True:
            await asyncio.sleep(self._lease_s / 4)
            try:
                async with self._database.begin() as db:
                    await db.execute(held.values(held_until=self._lease))
            except Exception as error:
                # Then another may ask too: an opinion is paid twice, and the later one is kept.
                log.warning("opinions.not_held", session_id=str(self._session_id), error=type(error).__name__)

    @property
    def _lease(self) -> ColumnElement[object]:
        return func.clock_timestamp() + timedelta(seconds=self._lease_s)

    def _is(self, follow_up_id: str) -> ColumnElement[bool]:
        return (OpinionRow.session_id == self._session_id) & (OpinionRow.follow_up_id == follow_up_id)

    def _place(self, follow_up_id: str) -> Place:
        return place_of(OpinionRow.body, f"{self._session_id}/{follow_up_id}")


def fingerprint_of(task: Task) -> str:
    """Of exactly what a model is asked: the task, and the file that says how."""
    asked = {"mode": judge_mode().hash, "task": task.model_dump(mode="json")}
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
