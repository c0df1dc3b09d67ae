"""Review cards: one per user and question, reviewed in the transaction that saves a scorecard, and what is due."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.accounts.tables import User
from mockloop.bank.errors import QuestionUnknown
from mockloop.bank.loader import Bank
from mockloop.crypto import UserKey
from mockloop.db.sealed import place_of
from mockloop.judging.feedback import redo
from mockloop.judging.repetition.schedule import Memory, rating_of, reviewed
from mockloop.judging.repetition.schemas import DueList, DueQuestion
from mockloop.judging.repetition.weakest import Judged, weakest_criterion
from mockloop.judging.scorecard import Recommendation, Scorecard
from mockloop.judging.tables import ReviewCardRow, ScorecardRow
from mockloop.judging.weights import SESSIONS_LOOKED_AT
from mockloop.sessions.schemas import QuestionName
from mockloop.sessions.tables import SessionRow

MOST_DUE = 20


async def review(
    db: AsyncSession, session: SessionRow, card: Scorecard, *, key: UserKey, bank: Bank, now: datetime
) -> tuple[Recommendation, ...]:
    """Review the card of the session's question, and say what to practise next. Once per session: the caller sees to
    that, by saving the scorecard in the same transaction."""
    # One session of a user at a time, so that of two of the same question neither review is lost.
    await db.execute(select(User.id).where(User.id == session.user_id).with_for_update(key_share=True))
    row = await db.get(ReviewCardRow, (session.user_id, session.question_id))
    ended_at = session.ended_at or now
    after = reviewed(_memory(row), card.overall, ended_at)
    if row is None:
        row = ReviewCardRow(user_id=session.user_id, question_id=session.question_id)
        db.add(row)
    row.session_id = session.id
    row.stability, row.difficulty = after.stability, after.difficulty
    row.reviewed_at, row.due_at, row.reviews = after.reviewed_at, after.due_at, after.reviews
    this = Judged(session.id, _title(bank, session.question_id), ended_at, card)
    weakest = weakest_criterion([this, *await _judged_before(db, session, ended_at, key, bank)])
    again = redo(session.question_id, this.title, after.in_days, after.reviews, rating_of(card.overall), card)
    return (again, *card.recommendations, *([weakest] if weakest else []))


def _memory(row: ReviewCardRow | None) -> Memory | None:
    if row is None:
        return None
    return Memory(row.stability, row.difficulty, row.reviewed_at, row.due_at, row.reviews)


async def _judged_before(
    db: AsyncSession, session: SessionRow, ended_at: datetime, key: UserKey, bank: Bank
) -> Sequence[Judged]:
    """The user's other judged sessions that ended before this one, newest first."""
    found = await db.execute(
        select(SessionRow.id, SessionRow.question_id, SessionRow.ended_at, ScorecardRow.body)
        .join(ScorecardRow, ScorecardRow.session_id == SessionRow.id)
        .where(
            SessionRow.user_id == session.user_id,
            SessionRow.id != session.id,
            SessionRow.ended_at <= ended_at,
        )
        .order_by(SessionRow.ended_at.desc())
        .limit(SESSIONS_LOOKED_AT - 1)
    )
    return [
        Judged(
            id,
            _title(bank, question_id),
            at or ended_at,
            Scorecard.model_validate_json(key.open(place_of(ScorecardRow.body, id), body)),
        )
        for id, question_id, at, body in found
    ]


def _title(bank: Bank, question_id: str) -> str:
    """The title; the id for a question that has left the bank."""
    try:
        return bank.question(question_id).title
    except QuestionUnknown:
        return question_id


async def due_questions(db: AsyncSession, user_id: UUID, *, before: datetime, bank: Bank) -> DueList:
    """What the user should meet again by then. Questions that have left the bank are never due."""
    found = await db.execute(
        select(ReviewCardRow, SessionRow)
        .join(SessionRow, SessionRow.id == ReviewCardRow.session_id)
        .where(
            ReviewCardRow.user_id == user_id,
            ReviewCardRow.due_at <= before,
            ReviewCardRow.question_id.in_([question.id for question in bank.questions()]),
        )
        .order_by(ReviewCardRow.due_at, ReviewCardRow.question_id)
    )
    rows = [(card, session) for card, session in found]
    return DueList(due=[_due(card, session, bank) for card, session in rows[:MOST_DUE]], total=len(rows))


def _due(card: ReviewCardRow, session: SessionRow, bank: Bank) -> DueQuestion:
    question = bank.question(card.question_id)
    return DueQuestion(
        question=QuestionName(id=question.id, title=question.title),
        difficulty=question.difficulty,
        due_at=card.due_at,
        reviews=card.reviews,
        session_id=session.id,
        overall=None if session.overall is None else round(session.overall / 10, 1),
        format=session.format_id,
        company_style=session.company_style,
        language=session.language,
    )
