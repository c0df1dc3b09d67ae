"""`/api/sessions/{id}/written-feedback`: feedback in a language model's words, beside the scorecard."""

from uuid import UUID

from fastapi import APIRouter, Request

from mockloop.accounts.current import CurrentUser
from mockloop.db.engine import Db
from mockloop.errors import documented
from mockloop.judging.errors import NothingToJudge, NotJudgedYet, SessionStillOpen
from mockloop.judging.written.errors import AlreadyWritten, NoWriter
from mockloop.judging.written.schemas import WrittenFeedback
from mockloop.judging.written.service import WrittenFeedbacks
from mockloop.sessions.access import session_for
from mockloop.sessions.errors import SessionNotFound

router = APIRouter(prefix="/api/sessions/{session_id}", tags=["scorecards"])


@router.get("/written-feedback", responses=documented(SessionNotFound))
async def read_written_feedback(request: Request, db: Db, user: CurrentUser, session_id: UUID) -> WrittenFeedback:
    """What a model wrote about this session: on each answer, with a revised one, and on the whole."""
    row = await session_for(db, user.id, session_id)
    written: WrittenFeedbacks = request.app.state.written
    return await written.read(db, row)


@router.post(
    "/written-feedback",
    status_code=202,
    responses=documented(SessionNotFound, SessionStillOpen, NothingToJudge, NotJudgedYet, NoWriter, AlreadyWritten),
)
async def ask_for_written_feedback(request: Request, db: Db, user: CurrentUser, session_id: UUID) -> WrittenFeedback:
    """Have it written now: for a session that was judged without a model, or after a failure."""
    row = await session_for(db, user.id, session_id)
    written: WrittenFeedbacks = request.app.state.written
    return await written.ask(row)
