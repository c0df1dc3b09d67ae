"""Judging a session once it has ended, and reading its scorecard. `judge_session` is harmless to repeat."""

from collections.abc import Awaitable, Callable
from typing import Protocol
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.bank.loader import Bank
from mockloop.clock import Clock
from mockloop.db.engine import Database
from mockloop.db.orm import sql_now
from mockloop.db.sealed import place_of
from mockloop.db.vault import Vault
from mockloop.judging.coding import judge_coding
from mockloop.judging.errors import NothingToJudge, NotJudgedYet, SessionStillOpen
from mockloop.judging.evidence import check_evidence
from mockloop.judging.follow_ups import AskOpinion
from mockloop.judging.repetition.service import review
from mockloop.judging.scorecard import Scorecard
from mockloop.judging.tables import ScorecardRow
from mockloop.runner.contract import Runner
from mockloop.sessions.errors import LostRace
from mockloop.sessions.events import SessionJudged
from mockloop.sessions.log import Log
from mockloop.sessions.tables import SessionRow

OpinionsFor = Callable[[UUID, UUID], Awaitable[AskOpinion | None]]
"""Given a user and a session, whom to ask for opinions; None when the user has nobody to ask."""


class Writing(Protocol):
    """Feedback in a model's words, which is written after the scorecard stands."""

    async def has_writer(self, user_id: UUID) -> bool:
        """Whether the user has a model that could write."""
        ...

    async def request(self, db: AsyncSession, session_id: UUID) -> None:
        """Queue it, in the caller's transaction."""
        ...


async def judge_session(
    session_id: UUID,
    *,
    database: Database,
    vault: Vault,
    bank: Bank,
    runner: Runner,
    clock: Clock,
    opinions_for: OpinionsFor | None = None,
    writing: Writing | None = None,
) -> int | None:
    """Make the scorecard of an ended session and say so in its log; the seq of that entry, None if it stood already.

    Nothing is held while the judge works. Raises `RunnerUnavailable` (try again later), `SessionStillOpen`.
    """
    async with database.begin() as db:
        row = (await db.execute(select(SessionRow).where(SessionRow.id == session_id))).scalar_one_or_none()
        if row is None:
            return None  # deleted since
        if row.status not in ("completed", "expired"):
            raise SessionStillOpen
        if await db.get(ScorecardRow, session_id) is not None:
            return None
        log = Log(session_id, await vault.key_for(db, row.user_id), clock)
        entries = await log.all_entries(db)
    card = await judge_coding(
        entries,
        bank.question(row.question_id),
        runner,
        owner=str(row.user_id),
        titles={question.id: question.title for question in bank.questions()},
        ask_opinion=await opinions_for(row.user_id, session_id) if opinions_for is not None else None,
    )
    write_next = writing is not None and await writing.has_writer(row.user_id)
    event = SessionJudged(overall=card.overall, outcome=card.outcome)
    try:
        async with database.begin() as db:
            now = await db.scalar(select(sql_now(clock)))
            assert now is not None
            # Into the same transaction as the scorecard, which there is once: so a session is reviewed once.
            next_steps = await review(db, row, card, key=log.key, bank=bank, now=now)
            card = card.model_copy(update={"recommendations": next_steps})
            check_evidence(card, entries)
            body = log.key.seal(place_of(ScorecardRow.body, session_id), card.model_dump_json())
            db.add(ScorecardRow(session_id=session_id, judge=card.judge, body=body, made_at=now))
            await db.flush()
            if writing is not None and write_next:
                await writing.request(db, session_id)
            written = await log.judged(db, event, after=entries[-1].seq, overall=card.overall, outcome=card.outcome)
    except (IntegrityError, LostRace):
        return None  # another worker was faster
    return written[0].seq


async def scorecard_of(db: AsyncSession, row: SessionRow, vault: Vault) -> Scorecard:
    """The scorecard of a session. Raises `SessionStillOpen`, `NothingToJudge`, `NotJudgedYet`."""
    if row.status not in ("completed", "expired"):
        raise SessionStillOpen
    if row.started_at is None:
        raise NothingToJudge
    card = await db.get(ScorecardRow, row.id)
    if card is None:
        raise NotJudgedYet
    key = await vault.key_for(db, row.user_id)
    return Scorecard.model_validate_json(key.open(place_of(ScorecardRow.body, row.id), card.body))
