"""A model writes beside the scorecard: grounded in what the candidate said, late at worst, and never in the way."""

import asyncio
import json
from typing import Any

import pytest

from mockloop.client import ApiError
from tests.journeys.test_follow_up import QUESTION, answers_the_follow_up
from tests.judging.test_follow_ups import HALF
from tests.support.candidate import Candidate, House, candidate_at
from tests.support.fake_provider import FakeProvider, fake_provider

INVENTED = "At Google I cut the waiting time by 40 percent with Kubernetes."
HONEST = "It brought the waiting time down by [your figure]."


def written(body: dict[str, Any], revised: str) -> dict[str, Any]:
    """What a writer returns to either mode."""
    if "key_strengths" in json.dumps(body["tools"]):
        return {
            "overall_assessment": "You explained your plan, and the code followed it.",
            "key_strengths": [
                {"criterion": "planned", "text": "You said what you would do before you wrote it."},
                {"criterion": "charm", "text": "You have charm."},
            ],
            "areas_to_improve": [{"criterion": "tested", "text": "Try a case of your own before you stop."}],
            "coaching_priorities": ["Say the cost aloud."],
            "next_steps": "Take another question about orders tomorrow.",
        }
    quote = " ".join(HALF.split()[:5]) if HALF[:40] in json.dumps(body["messages"]) else "I would use"
    return {
        "overall_assessment": "The answer names the idea and leaves its cost open.",
        "what_landed": [
            {"quote": quote, "why": "It names the idea."},
            {"quote": "words that nobody has ever said here", "why": "It sounds good."},
        ],
        "what_didnt_land": [{"gap": "The cost stays open.", "next_step": "Say what one step costs."}],
        "coaching": "Begin with the idea, then the cost.",
        "revised_answer": revised,
    }


def honest_when_told(body: dict[str, Any]) -> dict[str, Any]:
    told = "Leave it out" in json.dumps(body["messages"])
    return written(body, HONEST if told else f"{INVENTED} {HONEST}")


def inventing_for_ever(body: dict[str, Any]) -> dict[str, Any]:
    return written(body, f"{HONEST} {INVENTED}")


async def has(ada: Candidate, fake: FakeProvider, writer: str, name: str = "attic") -> None:
    address = f"http://127.0.0.1:{fake.port}/v1"
    models = {"interviewer": "ok", "judge": "fault-500", "writer": writer}
    own = {"name": name, "protocol": "openai", "base_url": address, "models": models}
    await ada.client.request("POST", "/api/me/models/providers", own)


async def reads(ada: Candidate, *, until: str = "ready", timeout_s: float = 30) -> dict[str, Any]:
    async with asyncio.timeout(timeout_s):
        while True:
            found: dict[str, Any] = await ada.client.request("GET", f"/api/sessions/{ada.session_id}/written-feedback")
            if found["status"] == until:
                return found
            assert found["status"] in ("none", "waiting"), found
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("writer", [honest_when_told, inventing_for_ever])
async def test_feedback_is_made_of_what_the_candidate_said(house: House, writer: Any) -> None:
    async with fake_provider() as fake, candidate_at(house) as ada:
        fake.replies["writer"] = writer
        await has(ada, fake, "writer")
        await answers_the_follow_up(house, ada, HALF)
        card = await ada.reads_scorecard()
        found = (await reads(ada))["written"]
        ids = [one["id"] for one in found["questions"]]
        assert ids == ["approach", "follow-up-assignment"]
        shown = json.dumps(found)
        assert "Google" not in shown
        assert "40 percent" not in shown
        events = (await ada.client.request("GET", f"/api/sessions/{ada.session_id}/events"))["entries"]
        texts = {entry["seq"]: entry["event"].get("text", "") for entry in events}
        assert [[texts[seq] for seq in one["said"]] for one in found["questions"]][1] == [HALF]
        for one in found["questions"]:
            assert one["revised_answer"] == HONEST
            assert one["provider"] == "attic"
            assert one["prompt"].startswith("question_feedback ")
            (landed,) = one["what_landed"]
            for evidence in landed["evidence"]:
                assert texts[evidence["seq"]][evidence["start"] : evidence["end"]] == evidence["quote"]
        assert [one["criterion"] for one in found["session"]["key_strengths"]] == ["planned"], "charm is no criterion"
        assert card == await ada.reads_scorecard(), "no mark moves"
        lines = (await ada.client.request("GET", "/api/me/models/usage"))["today"]["lines"]
        assert {"question_feedback", "session_feedback"} <= {line["mode"] for line in lines}


async def test_a_writer_that_fails_can_be_asked_again(house: House) -> None:
    async with fake_provider() as fake, candidate_at(house) as ada:
        fake.replies["writer"] = honest_when_told
        await has(ada, fake, "fault-401", "broken")
        await ada.begins(QUESTION)
        await ada.is_answered()
        await ada.ends()
        await ada.reads_scorecard()
        failed = await reads(ada, until="failed")
        assert failed["written"] is None
        assert failed["can_ask"]
        await has(ada, fake, "writer")
        again = await ada.client.request("POST", f"/api/sessions/{ada.session_id}/written-feedback")
        assert again["status"] == "waiting"
        ready = await reads(ada)
        assert ready["written"]["questions"] == [], "nothing was said"
        assert ready["written"]["session"]["provider"] == "attic"
        with pytest.raises(ApiError, match="already_written"):
            await ada.client.request("POST", f"/api/sessions/{ada.session_id}/written-feedback")


async def test_a_slow_writer_keeps_no_scorecard_waiting(house: House) -> None:
    async with fake_provider(slow_s=20) as fake, candidate_at(house) as ada:
        await has(ada, fake, "slow-first")
        for _ in range(6):
            await ada.begins(QUESTION)
            await ada.is_answered()
            await ada.ends()
            await ada.reads_scorecard(timeout_s=10)
            assert (await reads(ada, until="waiting"))["written"] is None


async def test_without_a_model_nothing_is_asked(house: House) -> None:
    async with candidate_at(house) as ada:
        await ada.begins(QUESTION)
        await ada.is_answered()
        await ada.ends()
        await ada.reads_scorecard()
        assert await ada.client.request("GET", f"/api/sessions/{ada.session_id}/written-feedback") == {
            "status": "none",
            "written": None,
            "made_at": None,
            "can_ask": False,
        }
        with pytest.raises(ApiError, match="no_writer"):
            await ada.client.request("POST", f"/api/sessions/{ada.session_id}/written-feedback")
