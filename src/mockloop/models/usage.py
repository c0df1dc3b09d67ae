"""What was used, added up: for a user's settings screen, and for the operator's table."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.models.ledger import Budgets, day_of
from mockloop.models.schemas import UsageLine, UsagePeriod, UsageView
from mockloop.models.tables import UsageRow

_SUMS = (
    func.count(),
    func.sum(UsageRow.input_tokens),
    func.sum(UsageRow.cached_tokens),
    func.sum(UsageRow.output_tokens),
    func.sum(UsageRow.cost_microusd),
    func.avg(UsageRow.first_s),
    func.string_agg(UsageRow.faults, " "),
)


@dataclass(frozen=True)
class DayLine:
    """One day (UTC) of one mode and model, over all users."""

    day: date
    users: int
    line: UsageLine


async def usage_of(db: AsyncSession, user_id: UUID, *, now: datetime, budgets: Budgets) -> UsageView:
    """What a user has used today and this month."""
    day = day_of(now)
    return UsageView(
        today=await _period(db, user_id, day),
        month=await _period(db, user_id, day.replace(day=1)),
        day_input_tokens=budgets.day_input,
        day_output_tokens=budgets.day_output,
    )


async def usage_by_day(db: AsyncSession, *, since: datetime) -> Sequence[DayLine]:
    """What everybody used since a moment, the newest day first."""
    day = func.timezone("UTC", UsageRow.at).cast(Date)
    found = await db.execute(
        select(UsageRow.mode, UsageRow.model, *_SUMS, day, func.count(UsageRow.user_id.distinct()))
        .where(UsageRow.at >= since)
        .group_by(day, UsageRow.mode, UsageRow.model)
        .order_by(day.desc(), UsageRow.mode, UsageRow.model)
    )
    return [DayLine(row[-2], row[-1], _line(row)) for row in found]


async def _period(db: AsyncSession, user_id: UUID, since: datetime) -> UsagePeriod:
    found = await db.execute(
        select(UsageRow.mode, UsageRow.model, *_SUMS)
        .where(UsageRow.user_id == user_id, UsageRow.at >= since)
        .group_by(UsageRow.mode, UsageRow.model)
        .order_by(UsageRow.mode, UsageRow.model)
    )
    lines = [_line(row) for row in found]
    return UsagePeriod(
        since=since,
        input_tokens=sum(line.input_tokens for line in lines),
        output_tokens=sum(line.output_tokens for line in lines),
        cost_usd=added_up(line.cost_usd for line in lines),
        lines=lines,
    )


def added_up(costs: Iterable[float | None]) -> float | None:
    """The sum of the costs that are known; None when none is."""
    known = [cost for cost in costs if cost is not None]
    return round(sum(known), 6) if known else None


def _line(row: Sequence[Any]) -> UsageLine:
    mode, model, calls, input_tokens, cached, output, cost, first_s, faults = row[:9]
    return UsageLine(
        mode=mode,
        model=model,
        calls=calls,
        input_tokens=input_tokens,
        cached_tokens=cached,
        output_tokens=output,
        cost_usd=None if cost is None else round(float(cost) / 1e6, 6),
        first_s=None if first_s is None else round(first_s, 3),
        faults=dict(Counter(faults.split())),
    )
