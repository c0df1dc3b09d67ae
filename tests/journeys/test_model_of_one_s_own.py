"""From the settings to the room: one's own model speaks, fails, is mended, and is asked once more."""

from typing import Any
from uuid import uuid4

from mockloop.rooms import protocol as p
from tests.journeys.conftest import Houses
from tests.support.candidate import Candidate, candidate_at
from tests.support.fake_provider import FakeProvider, fake_provider

QUESTION = "pair-within-budget"
PLAN = "I would try every pair with two nested loops and keep the best one, which takes quadratic time."


def form(fake: FakeProvider, model: str) -> dict[str, Any]:
    address = f"http://127.0.0.1:{fake.port}/v1"
    return {"name": "attic", "protocol": "openai", "base_url": address, "models": {"interviewer": model}}


async def chooses(ada: Candidate, fake: FakeProvider, model: str) -> str:
    added = await ada.client.request("POST", "/api/me/models/providers", form(fake, model))
    return f"/api/me/models/providers/{added['id']}"


async def test_it_speaks_and_what_it_used_is_counted(houses: Houses) -> None:
    async with fake_provider() as fake, houses() as house, candidate_at(house) as ada:
        await chooses(ada, fake, "ok")
        await ada.begins(QUESTION)
        await ada.is_answered()
        await ada.says(PLAN)
        await ada.is_answered(30)
        assert ada.live.state.messages[-1].source == "model:attic"
        [line] = (await ada.client.request("GET", "/api/me/models/usage"))["today"]["lines"]
        assert (line["mode"], line["model"], line["calls"]) == ("live_interviewer", "ok", 1)
        assert line["input_tokens"] > 0


async def test_mended_and_asked_once_more(houses: Houses) -> None:
    async with fake_provider() as fake, houses() as house, candidate_at(house) as ada:
        path = await chooses(ada, fake, "fault-529")
        await ada.begins(QUESTION)
        await ada.is_answered()
        await ada.says(PLAN)
        await ada.is_answered(30)
        stand_in = ada.live.state.messages[-1]
        assert stand_in.source == "built-in:overloaded"
        await ada.client.request("PUT", path, form(fake, "ok"))
        assert (await ada.client.request("POST", f"{path}/trial"))["works"]
        await ada.live.perform(p.Retry(client_id=uuid4(), message_seq=stand_in.seq))
        await ada.is_answered(30)
        before, after = ada.live.state.messages[-2:]
        assert (before.seq, before.replaced_by) == (stand_in.seq, after.seq)
        assert after.source == "model:attic"


async def test_built_in_only_calls_nobody(houses: Houses) -> None:
    async with fake_provider() as fake, houses() as house, candidate_at(house) as ada:
        path = await chooses(ada, fake, "ok")
        await ada.client.request("PUT", "/api/me/models", {"built_in_only": True, "order": [path.split("/")[-1]]})
        await ada.begins(QUESTION)
        await ada.is_answered()
        await ada.says(PLAN)
        await ada.is_answered()
        assert {message.source for message in ada.live.state.messages if message.source} == {"built-in"}
        assert fake.journal == []


async def test_a_spent_budget_is_the_built_in_interviewer_s_turn(houses: Houses, settings: Any) -> None:
    poor = settings.model_copy(update={"llm_day_input_tokens": 10})
    async with fake_provider() as fake, houses(settings=poor) as house, candidate_at(house) as ada:
        await chooses(ada, fake, "ok")
        await ada.begins(QUESTION)
        await ada.is_answered()
        await ada.says(PLAN)
        await ada.is_answered()
        assert ada.live.state.messages[-1].source == "built-in:budget"
        assert fake.journal == []
