"""The interviewer asks a follow-up question, and the scorecard marks the answer."""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from mockloop.client import ApiError
from mockloop.judging.tables import OpinionRow
from tests.judging.test_follow_ups import HALF, REST
from tests.support.candidate import Candidate, House, candidate_at
from tests.support.fake_provider import FakeProvider, fake_provider
from tests.support.judges import finds_all_met

QUESTION = "rooms-for-bookings"
MODELS = {"interviewer": "ok"}
SAID = "keep a min-heap of pairs"


async def answers_the_follow_up(house: House, ada: Candidate, *answers: str) -> None:
    """A good interview up to its follow-up question, these answers to it, and the end."""
    await talks_about_the_follow_up(house, ada, *answers)
    await ada.ends()


async def talks_about_the_follow_up(house: House, ada: Candidate, *answers: str) -> None:
    question = house.app.state.bank.question(QUESTION)
    best = next(approach for approach in question.approaches if approach.standing == "best")
    await ada.begins(QUESTION)
    await ada.is_answered(timeout_s=60)
    phrases = ", then ".join(group[0] for group in best.says)
    await ada.says(f"I would use {phrases}. That takes {best.time[0]} time and {best.space[0]} space.")
    await ada.is_answered(timeout_s=60)
    await ada.writes(question.references["python"])
    await ada.runs(question.references["python"])
    await ada.is_answered(timeout_s=60)
    while ada.live.state.segment_id != ada.session["segments"][-1]["id"]:
        await ada.moves_on()
        await ada.is_answered(timeout_s=60)
    room = house.app.state.rooms.find(ada.live.session_id)
    asked = next(message for message in room.state.messages if "follow_up:" in message.about)
    follow_up = next(one for one in question.follow_ups if one.ask in asked.text)
    assert follow_up.id == "assignment", "the answers are answers to this one"
    for answer in answers:
        await ada.says(answer)
        await ada.is_answered(timeout_s=60)


async def has_judge(ada: Candidate, fake: FakeProvider, judge: str) -> None:
    """A provider of one's own, with this model as its judge."""
    address = f"http://127.0.0.1:{fake.port}/v1"
    own = {"name": "attic", "protocol": "openai", "base_url": address, "models": MODELS | {"judge": judge}}
    await ada.client.request("POST", "/api/me/models/providers", own)


def mark_in(card: dict[str, Any]) -> dict[str, Any]:
    communication = next(one for one in card["dimensions"] if one["id"] == "communication")
    mark: dict[str, Any] = next(one for one in communication["criteria"] if one["id"] == "follow-up-assignment")
    return mark


async def test_an_answer_to_a_follow_up_question_is_marked(house: House) -> None:
    async with candidate_at(house) as ada:
        await answers_the_follow_up(house, ada, HALF, REST)
        mark = mark_in(await ada.reads_scorecard())
        assert mark["met"] in ("yes", "partly")
        assert mark["confidence"] > 0
        assert mark["band"]["low"] <= 100 * mark["points"] / mark["out_of"] <= mark["band"]["high"]
        events = (await ada.client.request("GET", f"/api/sessions/{ada.session_id}/events"))["entries"]
        texts = {entry["seq"]: entry["event"].get("text", "") for entry in events}
        for one in mark["evidence"]:
            assert texts[one["seq"]][one["start"] : one["end"]] == one["quote"]
        assert {texts[one["seq"]] for one in mark["evidence"]} <= {HALF, REST}


def verdicts(body: dict[str, Any]) -> dict[str, Any]:
    """A judge that at first makes a quote up, and when told so returns to the answer."""
    told = "not in the answer" in json.dumps(body["messages"])
    return finds_all_met(body, SAID if told else "this was never said by anybody")


def sound(body: dict[str, Any]) -> dict[str, Any]:
    return finds_all_met(body, SAID)


async def test_a_model_of_ones_own_judges_too_and_makes_nothing_up(house: House) -> None:
    async with fake_provider() as fake, candidate_at(house) as ada:
        fake.replies["strict"] = verdicts
        await has_judge(ada, fake, "strict")
        await answers_the_follow_up(house, ada, HALF)
        mark = mark_in(await ada.reads_scorecard())
        assert "attic says 10" in mark["explanation"]
        assert "never said" not in json.dumps(mark)
        lines = (await ada.client.request("GET", "/api/me/models/usage"))["today"]["lines"]
        assert [line["model"] for line in lines if line["mode"] == "judge"] == ["strict"]


async def test_a_judge_that_fails_costs_nothing(house: House) -> None:
    async with fake_provider() as fake, candidate_at(house) as ada:
        await has_judge(ada, fake, "fault-500")
        await answers_the_follow_up(house, ada, HALF)
        mark = mark_in(await ada.reads_scorecard())
        assert "attic" not in mark["explanation"]
        assert mark["points"] > 0


async def opinions_kept(house: House) -> int:
    async with house.app.state.database.begin() as db:
        rows = select(func.count()).select_from(OpinionRow).where(OpinionRow.holder.is_(None))
        return int(await db.scalar(rows) or 0)


async def is_kept(house: House, timeout_s: float = 20) -> None:
    """Wait until an opinion has come."""
    async with asyncio.timeout(timeout_s):
        while not await opinions_kept(house):  # noqa: ASYNC110  what is awaited is a job
            await asyncio.sleep(0.05)


def judge_calls(fake: FakeProvider, judge: str) -> int:
    return sum(seen.model == judge for seen in fake.journal)


async def test_a_slow_judge_is_asked_while_the_talk_goes_on(
    house: House, record_property: Callable[[str, object], None]
) -> None:
    async with fake_provider(slow_s=3) as fake, candidate_at(house) as ada:
        fake.replies["slow-first"] = sound
        await has_judge(ada, fake, "slow-first")
        await talks_about_the_follow_up(house, ada, HALF)
        await is_kept(house)
        assert ada.live.state.status == "in_progress"
        assert judge_calls(fake, "slow-first") == 1
        with pytest.raises(ApiError, match="session_still_open"):
            await ada.client.request("GET", f"/api/sessions/{ada.session_id}/feedback")
        events = await ada.client.request("GET", f"/api/sessions/{ada.session_id}/events")
        assert "attic says" not in json.dumps(events)
        asked = [json.dumps(seen.body) for seen in fake.journal if seen.model == "ok"]
        assert asked, "a model interviews"
        assert not any("It is said." in body for body in asked), "the interviewer sees no opinion"
        began = time.monotonic()
        await ada.ends()
        mark = mark_in(await ada.reads_scorecard())
        took_s = time.monotonic() - began
        record_property("figures", f"scorecard {took_s:.1f} s after the end, with a judge that takes 3 s")
        assert judge_calls(fake, "slow-first") == 1
        assert "attic says 10" in mark["explanation"]
        lines = (await ada.client.request("GET", "/api/me/models/usage"))["today"]["lines"]
        assert [line["calls"] for line in lines if line["mode"] == "judge"] == [1]
