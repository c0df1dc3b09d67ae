"""A model's words are on the screen and cannot be saved: they are taken back before the turn begins anew."""

import json
from collections.abc import Iterator
from contextlib import AsyncExitStack
from uuid import uuid4

import pytest

from mockloop.rooms import protocol as p
from tests.support.chaos import carried_out, person_at, settled
from tests.support.fake_provider import fake_provider
from tests.support.instances import Grounds, grounds, running
from tests.support.weather import Answers, Screen, Weather

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(300)]

MODEL = "fair"


@pytest.fixture(scope="module")
def ground() -> Iterator[Grounds]:
    with grounds() as ground:
        yield ground


async def test_words_that_could_not_be_saved_are_taken_back_and_said_again(ground: Grounds) -> None:
    async with AsyncExitStack() as doors:
        fake = await doors.enter_async_context(fake_provider(replies={MODEL: Weather("fair").words}, piece_s=0.05))
        form = {"name": "house", "protocol": "openai", "model": MODEL, "base_url": fake.address("openai")}
        house = ground.instance(llm_providers=json.dumps([form]))
        await doors.enter_async_context(running(house))
        ada = await doors.enter_async_context(person_at(house.url))
        (tab,) = ada.tabs
        await settled(tab)
        screen = Screen(tab.live, Answers([fake]), set())
        tab.live.watchers.append(screen.watch)
        await carried_out(tab, p.Say(client_id=uuid4(), text="I would sort it first and walk from both ends."))
        await tab.live.until(lambda: tab.live.typing != "", 60)
        with ground.disk_full("session_events"):
            await tab.live.until(lambda: tab.live.typing == "", 20)
        await settled(tab)
        assert tab.live.connections == 1
        assert tab.live.state.messages[-1].source == "model:house"
        assert len(fake.journal) > 1
        assert not screen.torn
