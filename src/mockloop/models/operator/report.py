"""Everybody's calls to models over some days, added up in the database. Called by `endpoints`.

A call that asked one provider after another counts once for each of them.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.dialects.postgresql import array
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.accounts.service import Accounts
from mockloop.models.ledger import OWN, Budgets, day_of, shared_on
from mockloop.models.operator.schemas import (
    Calls,
    DayUse,
    InstallationDay,
    ModelsReport,
    ModelUse,
    Spread,
    UserUse,
)
from mockloop.models.schemas import Amount
from mockloop.models.tables import UsageRow
from mockloop.models.usage import DAY, THROWN_AWAY, added_up, amount_of, amounts

MODELS_AT_MOST = 50
"""Lines of modes and models: users name models, so there is no end to them."""
USERS_AT_MOST = 20

Key = tuple[str, str, bool]
"""A mode, a model, and whether the provider is a user's own."""

_own = UsageRow.provider == OWN
_tokens = func.sum(UsageRow.input_tokens + UsageRow.output_tokens)
_needed = UsageRow.faults != THROWN_AWAY
_faulty_calls = func.count().filter(UsageRow.faults != "", _needed)


async def report_of(
    db: AsyncSession, *, accounts: Accounts, now: datetime, days: int, budgets: Budgets
) -> ModelsReport:
    """The last `days` days (UTC), today included."""
    since = day_of(now) - timedelta(days=days - 1)
    recent = UsageRow.at >= since
    by_day = await _days(db, recent)
    models, models_in_all = await _models(db, recent)
    users, users_in_all = await _users(db, recent, accounts)
    taken, given = await shared_on(db, now)
    return ModelsReport(
        since=since,
        total=_sum_of(by_day),
        today=InstallationDay(
            input_tokens=taken,
            output_tokens=given,
            most_input_tokens=budgets.installation_day_input,
            most_output_tokens=budgets.installation_day_output,
        ),
        days=by_day,
        models=models,
        models_in_all=models_in_all,
        users=users,
        users_in_all=users_in_all,
    )


async def _days(db: AsyncSession, recent: ColumnElement[bool]) -> list[DayUse]:
    found = await db.execute(
        select(DAY, func.count(UsageRow.user_id.distinct()), _faulty_calls, *amounts())
        .where(recent)
        .group_by(DAY)
        .order_by(DAY.desc())
    )
    return [DayUse(day=row[0], users=row[1], faulty_calls=row[2], **amount_of(row[3:])) for row in found]


def _sum_of(days: Sequence[Calls]) -> Calls:
    counts = ("calls", "input_tokens", "cached_tokens", "output_tokens", "faulty_calls")
    sums: dict[str, Any] = {name: sum(getattr(day, name) for day in days) for name in counts}
    return Calls(**sums, cost_usd=added_up(day.cost_usd for day in days))


async def _models(db: AsyncSession, recent: ColumnElement[bool]) -> tuple[list[ModelUse], int]:
    """The lines with the most tokens, and how many lines there are."""
    rows = (
        await db.execute(
            select(
                UsageRow.mode,
                UsageRow.model,
                _own,
                func.count().over(),
                _faulty_calls,
                func.count().filter(UsageRow.faults == THROWN_AWAY),
                _spread(UsageRow.first_s),
                _spread(UsageRow.total_s).filter(_needed),
                *amounts(),
            )
            .where(recent)
            .group_by(UsageRow.mode, UsageRow.model, _own)
            .order_by(_tokens.desc(), UsageRow.mode, UsageRow.model, _own)
            .limit(MODELS_AT_MOST)
        )
    ).all()
    faults = await _faults(db, recent, [(row[0], row[1], row[2]) for row in rows])
    lines = [
        ModelUse(
            mode=mode,
            model=model,
            own=own,
            faulty_calls=faulty_calls,
            faults=faults.get((mode, model, own), {}),
            thrown_away=thrown_away,
            first_text=_seconds(first),
            whole_call=_seconds(whole),
            **amount_of(sums),
        )
        for mode, model, own, _, faulty_calls, thrown_away, first, whole, *sums in rows
    ]
    return lines, rows[0][3] if rows else 0


def _spread(seconds: Any) -> Any:
    return func.percentile_cont(array([0.5, 0.95])).within_group(seconds)


def _seconds(spread: Sequence[float] | None) -> Spread | None:
    return None if spread is None else Spread(p50_s=round(spread[0], 3), p95_s=round(spread[1], 3))


async def _faults(db: AsyncSession, recent: ColumnElement[bool], keys: Sequence[Key]) -> Mapping[Key, dict[str, int]]:
    if not keys:
        return {}
    each = (
        select(UsageRow.mode, UsageRow.model, _own.label("own"), _each_fault())
        .where(recent, UsageRow.faults != "", _needed, tuple_(UsageRow.mode, UsageRow.model, _own).in_(keys))
        .subquery()
    )
    c = each.c
    found = await db.execute(
        select(c.mode, c.model, c.own, c.fault, func.count())
        .group_by(c.mode, c.model, c.own, c.fault)
        .order_by(func.count().desc(), c.fault)
    )
    faults: dict[Key, dict[str, int]] = defaultdict(dict)
    for mode, model, own, fault, count in found:
        faults[mode, model, own][fault] = count
    return faults


def _each_fault() -> ColumnElement[str]:
    return func.unnest(func.string_to_array(UsageRow.faults, " ")).label("fault")


async def _users(db: AsyncSession, recent: ColumnElement[bool], accounts: Accounts) -> tuple[list[UserUse], int]:
    """The users with the most tokens, and how many there are."""
    shared, own = amounts(UsageRow.provider != OWN), amounts(_own)
    found = await db.execute(
        select(UsageRow.user_id, func.count().over(), *shared, *own)
        .where(recent)
        .group_by(UsageRow.user_id)
        .order_by(_tokens.desc(), UsageRow.user_id)
        .limit(USERS_AT_MOST)
    )
    rows = found.all()
    names = await accounts.usernames_of(db, [row[0] for row in rows])
    lines = [
        UserUse(
            username=names.get(row[0]),
            shared=Amount(**amount_of(row[2 : 2 + len(shared)])),
            own=Amount(**amount_of(row[2 + len(shared) :])),
        )
        for row in rows
    ]
    return lines, rows[0][1] if rows else 0
