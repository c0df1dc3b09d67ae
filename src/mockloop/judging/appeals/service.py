"""Filing appeals, deciding them as a job, and listing them. `decide` is harmless to repeat."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.bank.loader import Bank
from mockloop.clock import Clock
from mockloop.crypto import UserKey
from mockloop.db.engine import Database
from mockloop.db.ids import new_id
from mockloop.db.orm import sql_now
from mockloop.db.sealed import place_of
from mockloop.db.vault import Vault
from mockloop.jobs.queue import Jobs
from mockloop.judging.appeals.errors import AppealOpen, AppealsUsedUp, UnknownCriterion
from mockloop.judging.appeals.ruling import decide_appeal
from mockloop.judging.appeals.schemas import AppealList, AppealView, NewAppeal, Objection, Ruling, Status
from mockloop.judging.coding import examine
from mockloop.judging.scorecard import Scorecard
from mockloop.judging.service import scorecard_of
from mockloop.judging.tables import AppealRow, ScorecardRow
from mockloop.runner.contract import Runner
from mockloop.sessions.events import SessionJudged
from mockloop.sessions.log import Log
from mockloop.sessions.tables import SessionRow

MOST_APPEALS = 3
"""Per session. An appeal that failed through our fault is not counted."""

GIVEN_UP_AFTER = timedelta(hours=1)
"""Longer than the job is tried. An appeal that still waits then has failed, and another can be made."""

TASK = "appeal.decide"


async def file_appeal(
    db: AsyncSession, session: SessionRow, wanted: NewAppeal, *, vault: Vault, jobs: Jobs, clock: Clock
) -> AppealView:
    """Write the objection down and queue its decision.

    Raises as `scorecard_of`, and `UnknownCriterion`, `AppealOpen`, `AppealsUsedUp`.
    """
    # Of two requests at once the second waits here, and then sees what the first has written.
    await db.execute(select(SessionRow.id).where(SessionRow.id == session.id).with_for_update())
    card = await scorecard_of(db, session, vault)
    found = [(one, mark) for one in card.dimensions for mark in one.criteria if mark.id == wanted.criterion]
    if not found:
        raise UnknownCriterion(criterion=wanted.criterion)
    now = await db.scalar(select(sql_now(clock)))
    assert now is not None
    rows = await _rows(db, session.id)
    for row in rows:
        row.status = _status(row, now)
    await db.flush()
    if any(row.status == "waiting" for row in rows):
        raise AppealOpen
    if _left(rows, now) == 0:
        raise AppealsUsedUp(most=MOST_APPEALS)
    dimension, first = found[0]
    objection = Objection(criterion=first.id, dimension=dimension.id, reason=wanted.reason, first=first)
    key, appeal_id = await vault.key_for(db, session.user_id), new_id()
    body = key.seal(place_of(AppealRow.body, appeal_id), objection.model_dump_json())
    row = AppealRow(id=appeal_id, session_id=session.id, status="waiting", body=body, made_at=now)
    db.add(row)
    await db.flush()
    await jobs.enqueue(db, TASK, appeal_id=appeal_id)
    return _view(row, key, now)


async def appeals_of(db: AsyncSession, session: SessionRow, vault: Vault, clock: Clock) -> AppealList:
    """The appeals of a session, oldest first."""
    rows = await _rows(db, session.id)
    key = await vault.key_for(db, session.user_id)
    now = clock.now()
    return AppealList(appeals=[_view(row, key, now) for row in rows], left=_left(rows, now))


async def decide(
    appeal_id: UUID, *, database: Database, vault: Vault, bank: Bank, runner: Runner, clock: Clock
) -> tuple[UUID, int] | None:
    """Judge the session afresh beside the objection. The session and the seq that says so, when its mark has changed.

    Nothing is held while the judge works. Raises `RunnerUnavailable` (try again later).
    """
    async with database.begin() as db:
        row = await db.get(AppealRow, appeal_id)
        if row is None or row.status != "waiting":
            return None  # deleted, or decided already
        session = await db.get_one(SessionRow, row.session_id)
        log = Log(session.id, await vault.key_for(db, session.user_id), clock)
        objection = Objection.model_validate_json(log.key.open(place_of(AppealRow.body, appeal_id), row.body))
        card = await scorecard_of(db, session, vault)
        entries = await log.all_entries(db)
    titles = {question.id: question.title for question in bank.questions()}
    question = bank.question(session.question_id)
    examined = await examine(entries, question, runner, owner=str(session.user_id), titles=titles)
    ruling, after = await asyncio.to_thread(decide_appeal, objection, card, examined)
    async with database.begin() as db:
        return await _write(db, appeal_id, ruling, after, log, entries[-1].seq)


async def _write(
    db: AsyncSession, appeal_id: UUID, ruling: Ruling, after: Scorecard, log: Log, last_seq: int
) -> tuple[UUID, int] | None:
    """Save the ruling, and the scorecard that counts from now on if it is another. None when it changes nothing."""
    row = await db.get(AppealRow, appeal_id, with_for_update=True)
    if row is None or row.status != "waiting":
        return None  # another worker was faster
    row.ruling = log.key.seal(place_of(AppealRow.ruling, appeal_id), ruling.model_dump_json())
    row.status = "decided"
    row.decided_at = await db.scalar(select(sql_now(log.clock)))
    if after == ruling.first:
        return None
    stored = await db.get_one(ScorecardRow, row.session_id, with_for_update=True)
    stored.body = log.key.seal(place_of(ScorecardRow.body, row.session_id), after.model_dump_json())
    await db.flush()
    event = SessionJudged(overall=after.overall, outcome=after.outcome)
    written = await log.judged(db, event, after=last_seq, overall=after.overall, outcome=after.outcome)
    return row.session_id, written[0].seq


async def _rows(db: AsyncSession, session_id: UUID) -> Sequence[AppealRow]:
    query = select(AppealRow).where(AppealRow.session_id == session_id).order_by(AppealRow.made_at, AppealRow.id)
    return list(await db.scalars(query))


def _status(row: AppealRow, now: datetime) -> Status:
    """What became of it; the job of one that has waited too long was given up."""
    if row.status == "waiting" and now - row.made_at > GIVEN_UP_AFTER:
        return "failed"
    return "waiting" if row.status == "waiting" else "decided" if row.status == "decided" else "failed"


def _left(rows: Sequence[AppealRow], now: datetime) -> int:
    return max(0, MOST_APPEALS - sum(_status(row, now) != "failed" for row in rows))


def _view(row: AppealRow, key: UserKey, now: datetime) -> AppealView:
    objection = Objection.model_validate_json(key.open(place_of(AppealRow.body, row.id), row.body))
    ruling = None
    if row.ruling is not None:
        ruling = Ruling.model_validate_json(key.open(place_of(AppealRow.ruling, row.id), row.ruling))
    return AppealView(
        id=row.id,
        criterion=objection.criterion,
        dimension=objection.dimension,
        title=objection.first.text,
        reason=objection.reason,
        status=_status(row, now),
        made_at=row.made_at,
        decided_at=row.decided_at,
        result=ruling.result if ruling else None,
    )
