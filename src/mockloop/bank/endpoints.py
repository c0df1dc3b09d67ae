"""`/api/questions` and `/api/company-styles`: what there is to practise, for the start screen."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from mockloop.accounts.current import CurrentUser
from mockloop.accounts.errors import TokenNotValid
from mockloop.bank.loader import Bank
from mockloop.bank.question import Difficulty
from mockloop.bank.schemas import CompanyStyleList, QuestionList, question_summary, style_summary
from mockloop.db.engine import DatabaseUnavailable
from mockloop.errors import documented

router = APIRouter(prefix="/api", tags=["bank"])

MOST_QUESTIONS = 200


@router.get("/questions", responses=documented(TokenNotValid, DatabaseUnavailable))
async def list_questions(
    request: Request,
    user: CurrentUser,
    difficulty: Annotated[Difficulty | None, Query(description="only this difficulty")] = None,
    topic: Annotated[str | None, Query(description="only this topic, e.g. `hash-map`", max_length=60)] = None,
    limit: Annotated[int, Query(ge=1, le=MOST_QUESTIONS)] = 50,
) -> QuestionList:
    """The questions of the bank, easy ones first. A topic that no question has gives an empty list."""
    bank: Bank = request.app.state.bank
    chosen = bank.questions(difficulty, topic)[:limit]
    return QuestionList(questions=[question_summary(question) for question in chosen])


@router.get("/company-styles", responses=documented(TokenNotValid, DatabaseUnavailable))
async def list_company_styles(request: Request, user: CurrentUser) -> CompanyStyleList:
    """How interviewers may behave."""
    bank: Bank = request.app.state.bank
    return CompanyStyleList(styles=[style_summary(style) for style in bank.styles])
