"""`/api/operator`: for users whom the settings name as operators. For all others there is nothing here."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from mockloop.accounts.current import CurrentOperator
from mockloop.db.engine import Db
from mockloop.errors import NothingHere, documented
from mockloop.models.operator.report import report_of
from mockloop.models.operator.schemas import ModelsReport

router = APIRouter(prefix="/api/operator", tags=["operation"])

DAYS_AT_MOST = 31


@router.get("/models", responses=documented(NothingHere))
async def report_models(
    request: Request,
    db: Db,
    operator: CurrentOperator,
    days: Annotated[int, Query(ge=1, le=DAYS_AT_MOST, description="how many days back, today included")] = 7,
) -> ModelsReport:
    """What everybody's calls to models used: by day, by mode and model, by user. Nothing of what was said."""
    state = request.app.state
    budgets = state.models.ledger.spending.budgets
    return await report_of(db, accounts=state.accounts, now=state.clock.now(), days=days, budgets=budgets)
