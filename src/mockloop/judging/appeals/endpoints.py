"""`/api/sessions/{id}/appeals`: object to a mark, and read what came of it."""

from uuid import UUID

from fastapi import APIRouter, Request

from mockloop.accounts.current import CurrentUser
from mockloop.db.engine import Db
from mockloop.errors import documented
from mockloop.judging.appeals.errors import AppealOpen, AppealsUsedUp
from mockloop.judging.appeals.schemas import AppealList, AppealView, NewAppeal
from mockloop.judging.appeals.service import appeals_of, file_appeal
from mockloop.judging.errors import NothingToJudge, NotJudgedYet, SessionStillOpen
from mockloop.sessions.access import session_for
from mockloop.sessions.errors import SessionNotFound

router = APIRouter(prefix="/api/sessions/{session_id}", tags=["scorecards"])


@router.post(
    "/appeals",
    status_code=201,
    responses=documented(SessionNotFound, NotJudgedYet, SessionStillOpen, NothingToJudge, AppealOpen, AppealsUsedUp),
)
async def create_appeal(request: Request, db: Db, user: CurrentUser, session_id: UUID, wanted: NewAppeal) -> AppealView:
    """Object to a mark. The session is judged afresh with the objection beside it; the higher mark counts."""
    state = request.app.state
    row = await session_for(db, user.id, session_id)
    return await file_appeal(db, row, wanted, vault=state.vault, jobs=state.jobs, clock=state.clock)


@router.get("/appeals", responses=documented(SessionNotFound))
async def list_appeals(request: Request, db: Db, user: CurrentUser, session_id: UUID) -> AppealList:
    """The objections to this session's marks, oldest first, with both marks and the reasons."""
    row = await session_for(db, user.id, session_id)
    return await appeals_of(db, row, request.app.state.vault, request.app.state.clock)
