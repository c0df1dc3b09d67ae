"""Meeting a question again: when, once per session, and where one sees what is due."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from mockloop.clock import ManualClock
from mockloop.composition import open_parts, tasks_of
from mockloop.db.engine import Database
from mockloop.settings import Settings
from tests.journeys.conftest import Houses
from tests.support.candidate import PASSWORD, Candidate, House, candidate_at

QUESTION = "rooms-for-bookings"
OTHER = "pair-within-budget"


async def practises(ada: Candidate, house: House, question: str = QUESTION, *, solves: bool = True) -> dict[str, Any]:
    await ada.begins(question)
    await ada.is_answered()
    if solves:
        await ada.writes(house.app.state.bank.question(question).references["python"])
    await ada.ends()
    card = await ada.reads_scorecard()
    await ada.goes_away()
    return card


async def due(ada: Candidate, clock: ManualClock, days: float = 0) -> list[dict[str, Any]]:
    """What is due by so many days from now."""
    before = (clock.now() + timedelta(days=days)).isoformat()
    found = await ada.client.request("GET", "/api/practice/due", before=before)
    assert isinstance(found, dict)
    assert found["total"] == len(found["due"])
    return list(found["due"])


def recommended(card: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(one for one in card["recommendations"] if one["kind"] == kind)


async def test_a_question_comes_back_when_the_scorecard_says(house: House, clock: ManualClock) -> None:
    async with candidate_at(house) as ada, candidate_at(house, "eve") as eve:
        assert await due(ada, clock, 1000) == []
        card = await practises(ada, house)
        redo = recommended(card, "redo")
        assert (redo["question_id"], redo["in_days"]) == (QUESTION, 2), "good, for the first time"
        assert redo["text"].startswith("Redo “Rooms for bookings” in 2 days: ")
        assert redo["evidence"][0]["seq"], "it rests on what the session shows"
        assert recommended(card, "related")["question_id"] in house.app.state.bank.question(QUESTION).related

        assert await due(ada, clock, 1.9) == []
        (coming,) = await due(ada, clock, 2)
        assert coming["question"] == {"id": QUESTION, "title": "Rooms for bookings"}
        assert coming["session_id"] == ada.session_id
        assert coming["overall"] == round(card["overall"] / 10, 1)
        assert (coming["format"], coming["language"], coming["reviews"]) == ("coding-30", "python", 1)
        assert await due(eve, clock, 1000) == []

        await practises(ada, house, OTHER, solves=False)
        assert [one["question"]["id"] for one in await due(ada, clock, 2.1)] == [OTHER, QUESTION]

        await clock.advance(timedelta(days=2, hours=1))
        await ada.client.log_in("ada", PASSWORD)
        assert len(await due(ada, clock)) == 2
        again = await practises(ada, house)
        assert recommended(again, "redo")["in_days"] > 2
        assert "the second time" in recommended(again, "redo")["text"]
        assert [one["question"]["id"] for one in await due(ada, clock)] == [OTHER]


async def test_the_weakest_criterion_over_the_last_sessions(house: House) -> None:
    async with candidate_at(house) as ada:
        await practises(ada, house)
        first = ada.session_id
        card = await practises(ada, house, OTHER)
        weakest = recommended(card, "weakest")
        assert "over your last 2 sessions" in weakest["text"]
        assert {one["session_id"] for one in weakest["sessions"]} == {first, ada.session_id}
        for _ in range(5):
            card = await practises(ada, house, "busiest-pages")
        assert "over your last 5 sessions" in recommended(card, "weakest")["text"]
        assert first not in {one["session_id"] for one in recommended(card, "weakest")["sessions"]}


async def test_a_session_is_reviewed_once_however_often_its_job_runs(
    houses: Houses, settings: Settings, database: Database, clock: ManualClock
) -> None:
    quiet = settings.model_copy(update={"jobs_in_process": False})
    async with houses(settings=quiet) as house, candidate_at(house) as ada:
        await ada.begins(QUESTION)
        await ada.is_answered()
        await ada.ends()
        async with open_parts(quiet, database.url, clock=clock) as parts:
            judge = next(task.run for task in tasks_of(parts) if task.name == "session.judge")
            await asyncio.gather(*(judge(session_id=UUID(ada.session_id)) for _ in range(3)))
            await judge(session_id=UUID(ada.session_id))
        (coming,) = await due(ada, clock, 1)
        assert coming["reviews"] == 1
        assert recommended(await ada.reads_scorecard(), "redo")["in_days"] == 1


async def test_two_sessions_of_a_question_judged_at_once_are_both_reviewed(
    houses: Houses, settings: Settings, database: Database, clock: ManualClock
) -> None:
    quiet = settings.model_copy(update={"jobs_in_process": False})
    async with houses(settings=quiet) as house, candidate_at(house) as ada:
        ids = []
        for _ in range(2):
            await ada.begins(QUESTION)
            await ada.is_answered()
            await ada.ends()
            ids.append(UUID(ada.session_id))
            await ada.goes_away()
        async with open_parts(quiet, database.url, clock=clock) as parts:
            judge = next(task.run for task in tasks_of(parts) if task.name == "session.judge")
            await asyncio.gather(*(judge(session_id=id) for id in ids))
        (coming,) = await due(ada, clock, 3)
        assert coming["reviews"] == 2


async def test_a_deleted_user_leaves_nothing(house: House, database: Database) -> None:
    """Every table that belongs to a user goes with the user; without the key, backups are noise."""
    async with candidate_at(house) as ada:
        await practises(ada, house)
        body = {"criterion": "planned", "reason": "Look again."}
        await ada.client.request("POST", f"/api/sessions/{ada.session_id}/appeals", body)
        async with asyncio.timeout(20):
            path = f"/api/sessions/{ada.session_id}/appeals"
            while True:
                found: Any = await ada.client.request("GET", path)
                if found["appeals"][0]["status"] == "decided":
                    break
                await asyncio.sleep(0.05)
    tables = ("interview_sessions", "session_events", "scorecards", "appeals", "review_cards", "logins")
    counts = "SELECT " + ", ".join(f"(SELECT count(*) FROM {name})" for name in tables)
    async with database.begin() as db:
        assert all((await db.execute(text(counts))).one()), "there is something to leave behind"
        await db.execute(text("DELETE FROM users"))
    async with database.begin() as db:
        assert not any((await db.execute(text(counts))).one())
