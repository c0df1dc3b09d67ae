"""`GET /api/sessions/{id}/feedback`: the scorecard."""

from uuid import UUID

from fastapi import APIRouter, Request

from mockloop.accounts.current import CurrentUser
from mockloop.db.engine import Db
from mockloop.errors import documented
from mockloop.judging import errors
from mockloop.judging.scorecard import Scorecard
from mockloop.judging.service import scorecard_of
from mockloop.sessions.access import session_for
from mockloop.sessions.errors import SessionNotFound

router = APIRouter(prefix="/api/sessions/{session_id}", tags=["scorecards"])


@router.get(
    "/feedback",
    responses=documented(SessionNotFound, errors.NotJudgedYet, errors.SessionStillOpen, errors.NothingToJudge),
)
async def read_feedback(request: Request, db: Db, user: CurrentUser, session_id: UUID) -> Scorecard:
    """The scorecard of an ended session; 409 `not_judged_yet` for the moment that it takes to make it."""
    row = await session_for(db, user.id, session_id)
    return await scorecard_of(db, row, request.app.state.vault)
