"""The interviewer asks a follow-up question, and the scorecard marks the answer."""

import json
import re
from typing import Any

from mockloop.judging.answers.opinion import ELSEWHERE
from tests.judging.test_follow_ups import HALF, REST
from tests.support.candidate import Candidate, House, candidate_at
from tests.support.fake_provider import fake_provider

QUESTION = "rooms-for-bookings"
MODELS = {"interviewer": "ok"}


async def answers_the_follow_up(house: House, ada: Candidate, *answers: str) -> None:
    """A good interview up to its follow-up question, and these answers to it."""
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
    await ada.ends()


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
    told = json.dumps(body["messages"])
    quote = "keep a min-heap of pairs" if "not in the answer" in told else "this was never said by anybody"
    criteria = [
        {"id": id, "quotes": [], "reasoning": "Of something else.", "met": "no"}
        if text in ELSEWHERE
        else {"id": id, "quotes": [quote], "reasoning": "It is said.", "met": "yes"}
        for id, text in re.findall(r"\\n- ([a-z0-9-]+): (.*?)(?=\\n)", told[told.index("Criteria:") :])
    ]
    return {"criteria": criteria, "tampering": False}


async def test_a_model_of_ones_own_judges_too_and_makes_nothing_up(house: House) -> None:
    async with fake_provider() as fake, candidate_at(house) as ada:
        fake.replies["strict"] = verdicts
        address = f"http://127.0.0.1:{fake.port}/v1"
        own = {"name": "attic", "protocol": "openai", "base_url": address, "models": MODELS | {"judge": "strict"}}
        await ada.client.request("POST", "/api/me/models/providers", own)
        await answers_the_follow_up(house, ada, HALF)
        mark = mark_in(await ada.reads_scorecard())
        assert "attic says 10" in mark["explanation"]
        assert "never said" not in json.dumps(mark)
        lines = (await ada.client.request("GET", "/api/me/models/usage"))["today"]["lines"]
        assert [line["model"] for line in lines if line["mode"] == "judge"] == ["strict"]


async def test_a_judge_that_fails_costs_nothing(house: House) -> None:
    async with fake_provider() as fake, candidate_at(house) as ada:
        address = f"http://127.0.0.1:{fake.port}/v1"
        own = {"name": "attic", "protocol": "openai", "base_url": address, "models": MODELS | {"judge": "fault-500"}}
        await ada.client.request("POST", "/api/me/models/providers", own)
        await answers_the_follow_up(house, ada, HALF)
        mark = mark_in(await ada.reads_scorecard())
        assert "attic" not in mark["explanation"]
        assert mark["points"] > 0
