"""What was used, added up: for a user's settings screen, for the operator's table, and for `operator.report`."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Date, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.models.ledger import Budgets, day_of
from mockloop.models.schemas import UsageLine, UsagePeriod, UsageView
from mockloop.models.tables import UsageRow

THROWN_AWAY = "thrown_away"
"""What stands among the faults of a call whose answer was not needed any more. It is none."""

DAY = func.timezone("UTC", UsageRow.at).cast(Date)


def amounts(of: ColumnElement[bool] | None = None) -> tuple[ColumnElement[Any], ...]:
    """The columns of an `Amount`, over all rows of a group or over some of them; `amount_of` reads them."""
    sums = (
        func.count(),
        func.sum(UsageRow.input_tokens),
        func.sum(UsageRow.cached_tokens),
        func.sum(UsageRow.output_tokens),
        func.sum(UsageRow.cost_microusd),
    )
    return sums if of is None else tuple(one.filter(of) for one in sums)


def amount_of(sums: Sequence[Any]) -> dict[str, Any]:
    """The fields of an `Amount`, from what `amounts` selected. A sum over no rows is NULL."""
    calls, input_tokens, cached, output, cost = sums
    return {
        "calls": calls,
        "input_tokens": input_tokens or 0,
        "cached_tokens": cached or 0,
        "output_tokens": output or 0,
        "cost_usd": None if cost is None else round(float(cost) / 1e6, 6),
    }


_LINE = (UsageRow.mode, UsageRow.model, *amounts(), func.avg(UsageRow.first_s), func.string_agg(UsageRow.faults, " "))


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
    found = await db.execute(
        select(DAY, func.count(UsageRow.user_id.distinct()), *_LINE)
        .where(UsageRow.at >= since)
        .group_by(DAY, UsageRow.mode, UsageRow.model)
        .order_by(DAY.desc(), UsageRow.mode, UsageRow.model)
    )
    return [DayLine(day, users, _line(line)) for day, users, *line in found]


async def _period(db: AsyncSession, user_id: UUID, since: datetime) -> UsagePeriod:
    found = await db.execute(
        select(*_LINE)
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
    mode, model, *sums, first_s, faults = row
    return UsageLine(
        mode=mode,
        model=model,
        first_s=None if first_s is None else round(first_s, 3),
        faults=dict(Counter(faults.split())),
        **amount_of(sums),
    )
