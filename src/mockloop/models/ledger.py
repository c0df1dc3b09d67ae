"""The ledger of calls to models: may this call be made, and what did it use? Nothing that was said is kept.

A call is checked against what is written before it, and written when it is over; so instances that share a database
can exceed a budget by the calls that are on their way, and by no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.clock import Clock
from mockloop.db.engine import Database
from mockloop.llm.port import Provider, Usage
from mockloop.models.tables import DayRow, UsageRow

OWN = "own"
"""What stands in the ledger for every provider of a user's own: its name is the user's text."""


class Price(NamedTuple):
    """Dollars for a million tokens."""

    input: float
    cached: float
    output: float


@dataclass(frozen=True)
class Budgets:
    """The most tokens of a user in a day (UTC) and in a session. Input counts with what the provider had cached.

    `installation_…`: of everybody together in a day, from the shared providers; None is no limit.
    """

    day_input: int = 85_000
    day_output: int = 20_000
    session_input: int = 60_000
    session_output: int = 15_000
    installation_day_input: int | None = None
    installation_day_output: int | None = None


@dataclass(frozen=True)
class Spending:
    """What an operator sets about spending. `prices` by model name; `shared` are names of the settings' providers."""

    budgets: Budgets = Budgets()
    prices: Mapping[str, Price] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()


class Ledger:
    """One per process; all state is in the database."""

    def __init__(self, database: Database, clock: Clock, spending: Spending) -> None:
        self._database = database
        self._clock = clock
        self.spending = spending

    async def affordable(
        self, owner: UUID, session: UUID | None, providers: Sequence[Provider], estimate_tokens: int
    ) -> Sequence[Provider]:
        """Those of `providers` to which a call with about so many input tokens fits what is left.

        Nobody when the user's day or the session is spent; the user's own when the installation's day is.
        """
        now = self._clock.now()
        async with self._database.begin() as db:
            if not await self._user_can(db, owner, session, now, estimate_tokens):
                return ()
            if all(one.own for one in providers) or await self._installation_can(db, now, estimate_tokens):
                return providers
        return tuple(one for one in providers if one.own)

    async def _user_can(
        self, db: AsyncSession, owner: UUID, session: UUID | None, now: datetime, estimate_tokens: int
    ) -> bool:
        budgets = self.spending.budgets
        today = UsageRow.at >= day_of(now)
        taken, given = (await db.execute(_sums(UsageRow.user_id == owner, today))).one()
        if taken + estimate_tokens > budgets.day_input or given >= budgets.day_output:
            return False
        if session is None:
            return True
        here = UsageRow.session_id == session
        taken, given = (await db.execute(_sums(UsageRow.user_id == owner, here))).one()
        return taken + estimate_tokens <= budgets.session_input and given < budgets.session_output

    async def _installation_can(self, db: AsyncSession, now: datetime, estimate_tokens: int) -> bool:
        most_taken = self.spending.budgets.installation_day_input
        most_given = self.spending.budgets.installation_day_output
        if most_taken is None and most_given is None:
            return True
        taken, given = await shared_on(db, now)
        return (most_taken is None or taken + estimate_tokens <= most_taken) and (
            most_given is None or given < most_given
        )

    async def record_all(self, owner: UUID, session: UUID | None, mode: str, usages: Sequence[Usage]) -> None:
        """Write down what a call used, whether it succeeded or not: one row for each provider, all or none."""
        if not usages:
            return
        now = self._clock.now()
        async with self._database.begin() as db:
            db.add_all(
                UsageRow(user_id=owner, session_id=session, mode=mode, at=now, **columns_of(usage, self.spending))
                for usage in usages
            )
            await db.flush()
            # Last, because calls of all users wait for each other here until the commit.
            await self._count_shared(db, now, [one for one in usages if _whose(one, self.spending) != OWN])

    async def _count_shared(self, db: AsyncSession, now: datetime, usages: Sequence[Usage]) -> None:
        if not usages:
            return
        more = insert(DayRow).values(
            day=day_of(now).date(),
            input_tokens=sum(one.input_tokens for one in usages),
            output_tokens=sum(one.output_tokens for one in usages),
        )
        await db.execute(
            more.on_conflict_do_update(
                index_elements=[DayRow.day],
                set_={
                    "input_tokens": DayRow.input_tokens + more.excluded.input_tokens,
                    "output_tokens": DayRow.output_tokens + more.excluded.output_tokens,
                },
            )
        )


async def shared_on(db: AsyncSession, now: datetime) -> tuple[int, int]:
    """What everybody's calls to shared providers have read and written on the day (UTC) of `now`, in tokens."""
    day = await db.get(DayRow, day_of(now).date())
    return (day.input_tokens, day.output_tokens) if day else (0, 0)


def _whose(usage: Usage, spending: Spending) -> str:
    """The name of a shared provider, else `OWN`; a user may call an own provider like a shared one."""
    return usage.provider if usage.provider in spending.shared and not usage.own else OWN


def columns_of(usage: Usage, spending: Spending) -> dict[str, object]:
    """What the ledger keeps of a usage."""
    return {
        "provider": _whose(usage, spending),
        "model": usage.model,
        "input_tokens": usage.input_tokens,
        "cached_tokens": usage.cached_tokens,
        "output_tokens": usage.output_tokens,
        "cost_microusd": cost_microusd(usage, spending.prices.get(usage.model)),
        "first_s": usage.first_s,
        "total_s": usage.total_s,
        # Those of other providers stand in the rows of these.
        "faults": " ".join(usage.faults[usage.faults_before :]),
    }


def cost_microusd(usage: Usage, price: Price | None) -> int | None:
    """The estimated cost in millionths of a dollar; dollars for a million tokens are just that for one token."""
    if price is None:
        return None
    fresh = max(0, usage.input_tokens - usage.cached_tokens)
    return round(fresh * price.input + usage.cached_tokens * price.cached + usage.output_tokens * price.output)


def day_of(now: datetime) -> datetime:
    """The beginning of the day in UTC."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def _sums(*where: ColumnElement[bool]) -> Select[int, int]:
    return select(
        func.coalesce(func.sum(UsageRow.input_tokens), 0), func.coalesce(func.sum(UsageRow.output_tokens), 0)
    ).where(*where)
