"""Asks each answer's opinion once: as a job while the conversation goes on, else when the session is judged."""

import asyncio
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.bank.loader import Bank
from mockloop.clock import Clock
from mockloop.db.engine import Database
from mockloop.db.vault import Vault
from mockloop.jobs.queue import Jobs
from mockloop.judging.answers.opinion import Opinion
from mockloop.judging.answers.task import Task
from mockloop.judging.asking import Ask, Opinions
from mockloop.judging.follow_ups import AskOpinion, exchanges_in, task_of
from mockloop.judging.opinions.kept import LEASE_S, Kept, KeptOpinions, fingerprint_of
from mockloop.sessions.log import Log
from mockloop.sessions.tables import SessionRow

TASK = "opinions.ask"
OPINION_S = 60.0
"""After this long the built-in mark stands alone; the scorecard does not wait any longer."""

LOOK_AGAIN_S = 0.2
"""Between two looks at an opinion that somebody else is asking for."""


class OpinionsInTime:
    """One per process. `limit_s`: for one opinion, waiting for others included; `lease_s`: see `kept`."""

    def __init__(
        self,
        opinions: Opinions,
        database: Database,
        vault: Vault,
        bank: Bank,
        clock: Clock,
        *,
        limit_s: float = OPINION_S,
        lease_s: float = LEASE_S,
    ) -> None:
        self._opinions = opinions
        self._database = database
        self._vault = vault
        self._bank = bank
        self._clock = clock
        self._limit_s = limit_s
        self._lease_s = lease_s

    async def for_session(self, user_id: UUID, session_id: UUID) -> AskOpinion | None:
        """`OpinionsFor`: what was asked before is answered from what is kept."""
        ask = await self._opinions.for_session(user_id, session_id)
        if ask is None:
            return None
        async with self._database.begin() as db:
            key = await self._vault.key_for(db, user_id)
        kept = KeptOpinions(self._database, key, session_id, lease_s=self._lease_s)

        async def ask_once(task: Task) -> Opinion | None:
            return await self._once(kept, ask, task)

        return ask_once

    async def _once(self, kept: KeptOpinions, ask: Ask, task: Task) -> Opinion | None:
        """The opinion on a follow-up's answer; asked for here, unless it is there or on its way."""
        loop = asyncio.get_running_loop()
        id, asked, until = str(task.id), fingerprint_of(task), loop.time() + self._limit_s
        waited = False
        while (found := await kept.claim(id, asked, again=not waited)) == "others":
            if loop.time() >= until:
                return None
            waited = True
            await asyncio.sleep(LOOK_AGAIN_S)
        if isinstance(found, Kept):
            return found.opinion
        async with kept.holding(id):
            reply = await ask(task, until - loop.time())
            await kept.settle(id, Kept(asked=asked, opinion=reply.opinion, charged=reply.charged))
        return reply.opinion

    async def ask_meanwhile(self, session_id: UUID) -> None:
        """Ask for opinions on the answers from which the interviewer has gone on. Harmless to repeat, or to lose."""
        async with self._database.begin() as db:
            row = (await db.execute(select(SessionRow).where(SessionRow.id == session_id))).scalar_one_or_none()
        if row is None or row.status != "in_progress":
            return  # what is missing is asked for when it is judged
        ask = await self.for_session(row.user_id, session_id)
        if ask is None:
            return
        async with self._database.begin() as db:
            entries = await Log(session_id, await self._vault.key_for(db, row.user_id), self._clock).all_entries(db)
        for exchange in exchanges_in(entries, self._bank.question(row.question_id)):
            if exchange.left_seq is not None:
                await ask(task_of(exchange.follow_up, exchange.answer.text))


async def request(jobs: Jobs, db: AsyncSession, session_id: UUID) -> None:
    """Queue `ask_meanwhile`, in the caller's transaction; one waiting job takes up everything that is missing."""
    await jobs.enqueue(db, TASK, queue="waiting", queueing_lock=f"{TASK} {session_id}", session_id=session_id)
