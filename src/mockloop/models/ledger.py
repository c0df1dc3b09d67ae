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

from mockloop.clock import Clock
from mockloop.db.engine import Database
from mockloop.llm.port import Provider, Usage
from mockloop.models.tables import UsageRow

OWN = "own"
"""What stands in the ledger for every provider of a user's own: its name is the user's text."""


class Price(NamedTuple):
    """Dollars for a million tokens."""

    input: float
    cached: float
    output: float


@dataclass(frozen=True)
class Budgets:
    """The most tokens of a user in a day (UTC) and in a session. Input counts with what the provider had cached."""

    day_input: int = 85_000
    day_output: int = 20_000
    session_input: int = 60_000
    session_output: int = 15_000


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
        """Those of `providers` to which a call with about so many input tokens fits what is left."""
        return providers if await self._fits(owner, session, estimate_tokens) else ()

    async def _fits(self, owner: UUID, session: UUID | None, estimate_tokens: int) -> bool:
        budgets = self.spending.budgets
        async with self._database.begin() as db:
            today = UsageRow.at >= day_of(self._clock.now())
            taken, given = (await db.execute(_sums(UsageRow.user_id == owner, today))).one()
            if taken + estimate_tokens > budgets.day_input or given >= budgets.day_output:
                return False
            if session is None:
                return True
            here = UsageRow.session_id == session
            taken, given = (await db.execute(_sums(UsageRow.user_id == owner, here))).one()
        return taken + estimate_tokens <= budgets.session_input and given < budgets.session_output

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


def columns_of(usage: Usage, spending: Spending) -> dict[str, object]:
    """What the ledger keeps of a usage."""
    return {
        "provider": usage.provider if usage.provider in spending.shared and not usage.own else OWN,
        "model": usage.model,
        "input_tokens": usage.input_tokens,
        "cached_tokens": usage.cached_tokens,
        "output_tokens": usage.output_tokens,
        "cost_microusd": cost_microusd(usage, spending.prices.get(usage.model)),
        "first_s": usage.first_s,
        "total_s": usage.total_s,
        "faults": " ".join(usage.faults),
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
