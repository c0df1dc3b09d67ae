"""`/api/formats`, and creating, listing and reading `/api/sessions`. The live endpoints are in `rooms.endpoints`."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request

from mockloop.accounts.current import CurrentUser
from mockloop.bank.errors import QuestionUnknown
from mockloop.bank.schemas import public_question
from mockloop.db.engine import Db
from mockloop.errors import documented
from mockloop.sessions import errors
from mockloop.sessions.access import session_for
from mockloop.sessions.events import for_candidate
from mockloop.sessions.log import READ_LIMIT, Log
from mockloop.sessions.schemas import (
    EntryList,
    FormatList,
    FormatView,
    Moment,
    NewSession,
    QuestionName,
    SessionDetail,
    SessionList,
    SessionSummary,
)
from mockloop.sessions.service import create_session, sessions_of
from mockloop.sessions.state import fold
from mockloop.sessions.tables import SessionRow

router = APIRouter(prefix="/api", tags=["sessions"])


def summary_of(request: Request, row: SessionRow) -> SessionSummary:
    """A row as lists show it."""
    format_ = request.app.state.formats.get(row.format_id)
    return SessionSummary(
        id=row.id,
        format=row.format_id,
        type=row.type,
        title=format_.title if format_ else row.format_id,
        question=QuestionName(id=row.question_id, title=_title_of(request, row.question_id)),
        company_style=row.company_style,
        difficulty=row.difficulty,
        language=row.language,
        status=row.status,
        created_at=row.created_at,
        started_at=row.started_at,
        ended_at=row.ended_at,
        deadline_at=row.deadline_at if row.started_at else None,
        overall=None if row.overall is None else round(row.overall / 10, 1),
        outcome=row.outcome,
    )


def _title_of(request: Request, question_id: str) -> str:
    """The title; the id for a question that has left the bank, so that one old session does not hide all others."""
    try:
        title: str = request.app.state.bank.question(question_id).title
    except QuestionUnknown:
        return question_id
    return title


async def _detail(request: Request, db: Db, row: SessionRow) -> SessionDetail:
    log = Log(row.id, await request.app.state.vault.key_for(db, row.user_id), request.app.state.clock)
    state = fold(await log.entries(db, limit=1))
    assert state.setup is not None
    return SessionDetail(
        **summary_of(request, row).model_dump(),
        segments=state.setup.segments,
        problem=public_question(request.app.state.bank.question(row.question_id)),
        last_seq=row.last_seq,
    )


@router.get("/formats")
async def list_formats(request: Request) -> FormatList:
    """The kinds of session there are."""
    return FormatList(
        formats=[
            FormatView(minutes=format_.minutes, **format_.model_dump(exclude={"question_kind"}))
            for format_ in request.app.state.formats.values()
        ]
    )


@router.post(
    "/sessions",
    status_code=201,
    responses=documented(
        errors.SessionAlreadyOpen,
        errors.TooManySessions,
    ),
)
async def create(request: Request, db: Db, user: CurrentUser, wanted: NewSession) -> SessionDetail:
    """Set up a session. Its clock starts with `PATCH /api/sessions/{id}/start`."""
    state = request.app.state
    row = await create_session(
        db,
        user.id,
        wanted,
        formats=state.formats,
        bank=state.bank,
        vault=state.vault,
        clock=state.clock,
        rules=state.session_rules,
    )
    return await _detail(request, db, row)


@router.get("/sessions")
async def list_sessions(
    request: Request,
    db: Db,
    user: CurrentUser,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    before: Annotated[Moment | None, Query(description="only sessions created before this moment")] = None,
) -> SessionList:
    """Your sessions, newest first."""
    rows = await sessions_of(db, user.id, limit=limit + 1, before=before)
    page = rows[:limit]
    return SessionList(
        sessions=[summary_of(request, row) for row in page],
        next_before=page[-1].created_at if len(rows) > limit else None,
    )


@router.get("/sessions/{session_id}", responses=documented(errors.SessionNotFound))
async def read_session(request: Request, db: Db, user: CurrentUser, session_id: UUID) -> SessionDetail:
    """One session and its problem."""
    return await _detail(request, db, await session_for(db, user.id, session_id))


@router.get("/sessions/{session_id}/events", responses=documented(errors.SessionNotFound))
async def read_events(
    request: Request,
    db: Db,
    user: CurrentUser,
    session_id: UUID,
    after: Annotated[int, Query(ge=0, le=2**31)] = 0,
    limit: Annotated[int, Query(ge=1, le=READ_LIMIT)] = 500,
) -> EntryList:
    """What happened, from `after` on. While the session runs, some entries are withheld."""
    row = await session_for(db, user.id, session_id)
    log = Log(row.id, await request.app.state.vault.key_for(db, row.user_id), request.app.state.clock)
    entries = await log.entries(db, after=after, limit=limit)
    ended = row.status in ("completed", "expired")
    return EntryList(
        entries=[for_candidate(entry, ended=ended) for entry in entries], last_seq=row.last_seq, status=row.status
    )
