"""`/api/questions` and `/api/company-styles`, and what the public view of a question keeps back."""

import json
from collections.abc import AsyncIterator
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from mockloop.accounts.current import SignedInUser, current_user
from mockloop.accounts.errors import TokenNotValid
from mockloop.bank.endpoints import router
from mockloop.bank.loader import Bank, load_bank
from mockloop.bank.schemas import public_question


@pytest.fixture(scope="module")
def bank() -> Bank:
    return load_bank()


@pytest.fixture
def app(bank: Bank) -> FastAPI:
    app = FastAPI()
    app.include_router(router)
    app.state.bank = bank
    app.state.accounts = None
    return app


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    app.dependency_overrides[current_user] = lambda: SignedInUser(uuid4(), uuid4())
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as client:
        yield client


async def test_questions_are_listed(client: httpx.AsyncClient, bank: Bank) -> None:
    questions = (await client.get("/api/questions")).json()["questions"]
    assert [question["id"] for question in questions] == [question.id for question in bank.questions()]
    assert set(questions[0]) == {"id", "title", "difficulty", "topics", "summary"}


async def test_questions_are_narrowed(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/questions", params={"difficulty": "easy", "topic": "hash-map"})
    easy = answer.json()["questions"]
    assert "first-repeat-visitor" in [question["id"] for question in easy]
    assert all(question["difficulty"] == "easy" and "hash-map" in question["topics"] for question in easy)
    assert len((await client.get("/api/questions", params={"limit": 2})).json()["questions"]) == 2
    assert (await client.get("/api/questions", params={"topic": "knitting"})).json() == {"questions": []}


@pytest.mark.parametrize("query", ["difficulty=mild", "limit=0", "limit=201", "limit=x", f"topic={'x' * 61}"])
async def test_a_wrong_query_is_refused(client: httpx.AsyncClient, query: str) -> None:
    assert (await client.get(f"/api/questions?{query}")).status_code == 422


async def test_company_styles_are_listed(client: httpx.AsyncClient) -> None:
    styles = (await client.get("/api/company-styles")).json()["styles"]
    assert styles[0]["id"] == "generic"
    assert all(set(style) == {"id", "title", "summary"} and all(style.values()) for style in styles)


@pytest.mark.parametrize("path", ["/api/questions", "/api/company-styles"])
async def test_only_for_people_who_are_signed_in(app: FastAPI, path: str) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as stranger:
        with pytest.raises(TokenNotValid):
            await stranger.get(path)


def test_a_candidate_sees_the_task_and_nothing_that_solves_it(bank: Bank) -> None:
    for question in bank.questions():
        shown = public_question(question)
        assert shown.statement == question.statement
        assert shown.starter == question.starter
        assert [test.expected for test in shown.visible_tests] == [test.expected for test in question.visible_tests]
        text = json.dumps(shown.model_dump(exclude={"statement", "starter", "visible_tests"}))
        everything = text + json.dumps(shown.visible_tests[0].model_dump())
        secrets = [
            *question.references.values(),
            *question.hints,
            *(planted.source for planted in question.planted),
            *(fact.answer for fact in question.facts),
            *(approach.title for approach in question.approaches),
            *(nudge for probe in question.probes for nudge in probe.nudges),
            *(criterion.text for criterion in question.rubric),
        ]
        for secret in secrets:
            assert json.dumps(secret)[1:-1] not in everything
        kept_back = {"hidden_tests", "references", "planted", "facts", "hints", "probes", "approaches", "rubric"}
        assert not kept_back & set(type(shown).model_fields)
        assert set(type(shown.visible_tests[0]).model_fields) == {"args", "expected"}
