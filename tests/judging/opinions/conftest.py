"""A session that is talked in, and a judge's model over HTTP that is asked about what is said."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from mockloop.accounts.service import Accounts, Origin
from mockloop.bank.loader import Bank, load_bank
from mockloop.bank.question import CodingQuestion
from mockloop.clock import Clock
from mockloop.db.engine import Database
from mockloop.db.vault import Vault
from mockloop.judging.asking import Opinions
from mockloop.judging.opinions.service import OpinionsInTime
from mockloop.judging.scorecard import CriterionMark, Scorecard
from mockloop.judging.service import judge_session, scorecard_of
from mockloop.judging.tables import OpinionRow
from mockloop.llm.orchestrator import ModelCalls
from mockloop.models.ledger import Budgets, Ledger, Spending
from mockloop.models.service import ModelRules, ProviderChoice
from mockloop.sessions import events as e
from mockloop.sessions.events import Move
from mockloop.sessions.formats import load_formats
from mockloop.sessions.log import Log, New
from mockloop.sessions.schemas import NewSession
from mockloop.sessions.service import SessionRules, create_session
from mockloop.sessions.tables import SessionRow
from tests.judging.logs import answering
from tests.support.fake_provider import FakeProvider, fake_provider
from tests.support.judges import finds_all_met

QUOTE = "keep a min-heap of pairs"


@dataclass
class Talk:
    """One session in the database, entry by entry."""

    log: Log
    user_id: UUID
    database: Database
    vault: Vault
    bank: Bank
    question: CodingQuestion
    last_seq: int

    async def adds(self, event: e.Event) -> None:
        async with self.database.begin() as db:
            later = self.log.clock.now() + timedelta(minutes=5)
            (entry,) = await self.log.append(db, [New(event)], after=self.last_seq, look_at=later)
        self.last_seq = entry.seq

    async def says(self, text: str) -> None:
        await self.adds(e.CandidateSaid(text=text))

    async def hears(self, text: str, move: Move, about: str) -> None:
        await self.adds(e.InterviewerSaid(text=text, move=move, about=about, answers_seq=self.last_seq))

    async def is_asked(self, number: int = 0) -> None:
        one = self.question.follow_ups[number]
        await self.hears(f"Good. {one.ask}", "follow_up", f"follow_up:{one.id}")

    async def is_heard(self) -> None:
        await self.hears("Thank you.", "acknowledge", "heard")

    async def ends(self) -> None:
        async with self.database.begin() as db:
            (entry,) = await self.log.complete(db, e.SessionCompleted(), after=self.last_seq)
        self.last_seq = entry.seq

    async def is_judged(self, opinions: OpinionsInTime, number: int = 0) -> CriterionMark:
        """End it and judge it; the line of the scorecard for this follow-up question."""
        await self.ends()
        await judge_session(
            self.log.session_id,
            database=self.database,
            vault=self.vault,
            bank=self.bank,
            runner=answering(self.question),
            clock=self.log.clock,
            opinions_for=opinions.for_session,
        )
        return mark_in(await self.card(), self.question.follow_ups[number].id)

    async def card(self) -> Scorecard:
        async with self.database.begin() as db:
            row = await db.get_one(SessionRow, self.log.session_id)
            return await scorecard_of(db, row, self.vault)

    async def rows(self) -> list[tuple[str, UUID | None]]:
        """The follow-up questions with a row, and who holds it."""
        async with self.database.begin() as db:
            found = await db.execute(select(OpinionRow.follow_up_id, OpinionRow.holder))
            return [(id, holder) for id, holder in found]


def mark_in(card: Scorecard, follow_up_id: str) -> CriterionMark:
    criteria = [one for dimension in card.dimensions for one in dimension.criteria]
    return next(one for one in criteria if one.id == f"follow-up-{follow_up_id}")


@pytest.fixture
async def talk(database: Database, accounts: Accounts, vault: Vault, clock: Clock, question: CodingQuestion) -> Talk:
    user_id = (await accounts.sign_up("ada", "a-long-quiet-river", Origin("203.0.113.7"))).user_id
    bank = load_bank()
    async with database.begin() as db:
        row = await create_session(
            db,
            user_id,
            NewSession(question=question.id),
            formats=load_formats(),
            bank=bank,
            vault=vault,
            clock=clock,
            rules=SessionRules(per_hour=5),
        )
        log = Log(row.id, await vault.key_for(db, user_id), clock)
        end = clock.now() + timedelta(minutes=30)
        start = e.SessionStarted(
            schedule=(e.Slot(segment_id="code", starts_at=clock.now(), ends_at=end),), deadline_at=end
        )
        await log.start(db, start, after=row.last_seq, deadline_at=end, look_at=end)
    return Talk(log, user_id, database, vault, bank, question, row.last_seq + 1)


@dataclass
class Judges:
    """The fake provider, and processes that ask it."""

    fake: FakeProvider
    database: Database
    vault: Vault
    clock: Clock
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    def asking(self, model: str = "judge", *, budgets: Budgets | None = None, **limits: float) -> OpinionsInTime:
        """As in a process whose users have this model as their judge. `limits`: as of `OpinionsInTime`."""
        calls = ModelCalls()
        self.stack.push_async_callback(calls.aclose)
        shared = (self.fake.provider("openai", model, name="house"),) if model else ()
        choice = ProviderChoice(self.database, self.vault, ModelRules(shared=shared))
        ledger = Ledger(self.database, self.clock, Spending(budgets or Budgets(), shared=frozenset({"house"})))
        opinions = Opinions(calls, choice, ledger)
        return OpinionsInTime(opinions, self.database, self.vault, load_bank(), self.clock, **limits)

    @property
    def calls(self) -> int:
        return len(self.fake.journal)


@pytest.fixture
async def judges(database: Database, vault: Vault, clock: Clock) -> AsyncIterator[Judges]:
    async with fake_provider(slow_s=1.0) as fake:

        def reply(body: dict[str, Any]) -> dict[str, Any]:
            return finds_all_met(body, QUOTE)

        for model in ("judge", "slow-first", "once-fault-500"):
            fake.replies[model] = reply
        async with AsyncExitStack() as stack:
            yield Judges(fake, database, vault, clock, stack)
