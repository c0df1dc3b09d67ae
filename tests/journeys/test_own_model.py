"""A user's own model over real HTTP and the real libraries, tried from the settings."""

from typing import Any, get_args

import pytest

from mockloop.llm.faults import Fault
from mockloop.models.trial import WORDS
from tests.journeys.conftest import Houses
from tests.support.candidate import Candidate, candidate_at
from tests.support.fake_provider import FakeProvider, fake_provider

KEY = "sk-not-a-key-0123456789"


async def tried(ada: Candidate, fake: FakeProvider, protocol: str, model: str, port: int | None = None) -> Any:
    address = f"http://127.0.0.1:{port or fake.port}" + ("/v1" if protocol == "openai" else "")
    form = {
        "name": model,
        "protocol": protocol,
        "base_url": address,
        "api_key": KEY,
        "models": {"interviewer": model},
    }
    added = await ada.client.request("POST", "/api/me/models/providers", form)
    return await ada.client.request("POST", f"/api/me/models/providers/{added['id']}/trial")


def test_every_fault_has_its_words() -> None:
    assert set(WORDS) == set(get_args(Fault))


@pytest.mark.parametrize("protocol", ["anthropic", "openai"])
async def test_a_trial_over_the_wire(houses: Houses, protocol: str) -> None:
    async with fake_provider() as fake, houses() as house, candidate_at(house) as ada:
        trial = await tried(ada, fake, protocol, "ok")
        assert trial["works"], trial
        for model, fault in (("fault-401", "unauthorised"), ("fault-404", "bad_request"), ("redirect", None)):
            trial = await tried(ada, fake, protocol, model)
            assert not trial["works"], trial
            assert fault is None or trial["fault"] == fault
            assert KEY not in str(trial)
        usage = await ada.client.request("GET", "/api/me/models/usage")
        calls = {line["model"]: line for line in usage["today"]["lines"]}
        assert calls["ok"]["input_tokens"] > 0
        assert calls["fault-401"]["faults"] == {"unauthorised": 1}


async def test_nothing_behind_an_address_is_said_so(houses: Houses) -> None:
    async with fake_provider() as fake:
        closed = fake.port
    async with houses() as house, candidate_at(house) as ada:
        trial = await tried(ada, fake, "openai", "ok", port=closed)
        assert (trial["works"], trial["fault"]) == (False, "unreachable")
        assert "Nothing answers" in trial["message"]
