"""`/api/practice`: what to practise next."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from mockloop.accounts.current import CurrentUser
from mockloop.db.engine import Db
from mockloop.judging.repetition.schemas import DueList
from mockloop.judging.repetition.service import due_questions
from mockloop.sessions.schemas import Moment

router = APIRouter(prefix="/api/practice", tags=["practice"])


@router.get("/due")
async def list_due(
    request: Request,
    db: Db,
    user: CurrentUser,
    before: Annotated[
        Moment | None, Query(description="due by this moment, such as the end of today; now if none")
    ] = None,
) -> DueList:
    """Questions that you should meet again, by spaced repetition."""
    state = request.app.state
    return await due_questions(db, user.id, before=before or state.clock.now(), bank=state.bank)
