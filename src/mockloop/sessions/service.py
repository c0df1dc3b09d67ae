"""Creating, listing and reading sessions. The live part (start, end, say, run) is in `rooms`."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.bank.errors import CompanyStyleUnknown, QuestionUnknown
from mockloop.bank.loader import Bank
from mockloop.bank.question import CodingQuestion
from mockloop.clock import Clock
from mockloop.db.ids import new_id
from mockloop.db.orm import sql_now
from mockloop.db.vault import Vault
from mockloop.sessions.errors import (
    LanguageNotOffered,
    SegmentMinutesOutOfRange,
    SessionAlreadyOpen,
    TooManySessions,
    UnknownCompanyStyle,
    UnknownFormat,
    UnknownQuestion,
    UnknownSegment,
)
from mockloop.sessions.events import SessionCreated
from mockloop.sessions.formats import Format, Segment
from mockloop.sessions.log import Log
from mockloop.sessions.schemas import NewSession
from mockloop.sessions.tables import EventRow, SessionRow

UNSTARTED_FOR = timedelta(hours=24)
"""How long a session that was set up waits for its start before it expires."""

AVOID_LAST_QUESTIONS = 8


@dataclass(frozen=True)
class SessionRules:
    """What the settings say about creating sessions."""

    per_hour: int


async def create_session(
    db: AsyncSession,
    user_id: UUID,
    wanted: NewSession,
    *,
    formats: Mapping[str, Format],
    bank: Bank,
    vault: Vault,
    clock: Clock,
    rules: SessionRules,
) -> SessionRow:
    """Set up a session; its clock does not run yet.

    Raises `Unknown…` and `…OutOfRange` for what does not exist, `SessionAlreadyOpen` (with its id), `TooManySessions`.
    """
    format_ = formats.get(wanted.format)
    if format_ is None:
        raise UnknownFormat(format=wanted.format)
    try:
        bank.style(wanted.company_style)
    except CompanyStyleUnknown as error:
        raise UnknownCompanyStyle(company_style=wanted.company_style) from error
    if wanted.language not in format_.languages:
        raise LanguageNotOffered(language=wanted.language)
    segments = _with_minutes(format_, wanted.segment_minutes)
    # One creation per user at a time, so that the limits below cannot be overtaken by a second request.
    await db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _lock_key(user_id)})
    await _refuse_second(db, user_id, format_.type)
    await _refuse_too_many(db, user_id, clock, rules)
    session_id = new_id()
    question = await _chosen_question(db, user_id, session_id, wanted, bank)
    event = SessionCreated(
        format_id=format_.id,
        session_type=format_.type,
        title=format_.title,
        question_id=question.id,
        company_style=wanted.company_style,
        difficulty=question.difficulty,
        language=wanted.language,
        segments=segments,
    )
    return await _insert(db, user_id, session_id, event, vault=vault, clock=clock)


async def _insert(
    db: AsyncSession, user_id: UUID, session_id: UUID, event: SessionCreated, *, vault: Vault, clock: Clock
) -> SessionRow:
    log = Log(session_id, await vault.key_for(db, user_id), clock)
    now = await db.scalar(select(sql_now(clock)))
    assert now is not None
    row = SessionRow(
        id=session_id,
        user_id=user_id,
        type=event.session_type,
        format_id=event.format_id,
        question_id=event.question_id,
        company_style=event.company_style,
        difficulty=event.difficulty,
        language=event.language,
        status="created",
        last_seq=1,
        last_event_at=now,
        created_at=now,
        deadline_at=now + UNSTARTED_FOR,
        attention_at=now + UNSTARTED_FOR,
    )
    db.add(row)
    try:
        await db.flush()
    except IntegrityError as error:  # the advisory lock makes this unlikely, the unique index impossible to pass
        raise SessionAlreadyOpen from error
    db.add(EventRow(session_id=session_id, seq=1, type=event.type, client_id=None, body=log.sealed(1, event), at=now))
    await db.flush()
    return row


def _with_minutes(format_: Format, minutes: Mapping[str, float]) -> tuple[Segment, ...]:
    known = {segment.id: segment for segment in format_.segments}
    for segment_id, wanted in minutes.items():
        segment = known.get(segment_id)
        if segment is None:
            raise UnknownSegment(segment=segment_id)
        if not segment.min_minutes <= wanted <= segment.max_minutes:
            raise SegmentMinutesOutOfRange(
                segment=segment_id, min_minutes=segment.min_minutes, max_minutes=segment.max_minutes
            )
    return tuple(
        segment.model_copy(update={"minutes": minutes.get(segment.id, segment.minutes)}) for segment in format_.segments
    )


def _lock_key(user_id: UUID) -> int:
    digest = hashlib.sha256(b"create session " + user_id.bytes).digest()
    return int.from_bytes(digest[:8], "big", signed=True)


async def _refuse_second(db: AsyncSession, user_id: UUID, session_type: str) -> None:
    open_id = await db.scalar(
        select(SessionRow.id).where(
            SessionRow.user_id == user_id,
            SessionRow.type == session_type,
            SessionRow.status.in_(("created", "in_progress")),
        )
    )
    if open_id is not None:
        raise SessionAlreadyOpen(session_id=str(open_id))


async def _refuse_too_many(db: AsyncSession, user_id: UUID, clock: Clock, rules: SessionRules) -> None:
    hour_ago = sql_now(clock) - timedelta(hours=1)
    row = (
        await db.execute(
            select(func.count(), func.min(SessionRow.created_at), func.max(sql_now(clock))).where(
                SessionRow.user_id == user_id, SessionRow.created_at > hour_ago
            )
        )
    ).one()
    count, oldest, now = row
    if count >= rules.per_hour:
        left = oldest + timedelta(hours=1) - now
        raise TooManySessions(retry_after_s=int(left.total_seconds()) + 1)


async def _chosen_question(
    db: AsyncSession, user_id: UUID, session_id: UUID, wanted: NewSession, bank: Bank
) -> CodingQuestion:
    if wanted.question is not None:
        try:
            return bank.question(wanted.question)
        except QuestionUnknown as error:
            raise UnknownQuestion(question=wanted.question) from error
    recent = await db.scalars(
        select(SessionRow.question_id)
        .where(SessionRow.user_id == user_id)
        .order_by(SessionRow.created_at.desc())
        .limit(AVOID_LAST_QUESTIONS)
    )
    return bank.choose(
        seed=str(session_id),
        difficulty=wanted.difficulty,
        company_style=wanted.company_style,
        exclude=list(recent),
    )


async def sessions_of(
    db: AsyncSession, user_id: UUID, *, limit: int, before: datetime | None = None, status: str | None = None
) -> list[SessionRow]:
    """The user's sessions, newest first, at most `limit`."""
    query = select(SessionRow).where(SessionRow.user_id == user_id).order_by(SessionRow.created_at.desc()).limit(limit)
    if before is not None:
        query = query.where(SessionRow.created_at < before)
    if status is not None:
        query = query.where(SessionRow.status == status)
    return list(await db.scalars(query))
