"""The server's clock, as one sees it in the room: a part that ends, and the end at zero."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from playwright.async_api import expect

from mockloop.clock import ManualClock
from tests.browser.conftest import Houses, Visitors
from tests.browser.visitor import DESK, PHONE, Screen
from tests.support.candidate import House

pytestmark = pytest.mark.browser

QUESTION = "first-repeat-visitor"
A_TOKEN_GREW_OLD = "status of 401"
"""Half an hour passed: the access token is renewed without a word to the user."""


async def test_the_parts_follow_the_clock(house: House, clock: ManualClock, visitors: Visitors) -> None:
    ada = await visitors(house)
    await ada.has_account()
    await ada.begins(QUESTION)
    present = ada.page.get_by_role("list", name="Parts of the interview").locator("[aria-current=step]")
    await expect(present).to_contain_text("Understand")
    await clock.advance(timedelta(minutes=4, seconds=1))
    await expect(present).to_contain_text("Plan")
    await expect(ada.conversation).to_contain_text("Plan begins")
    await expect(present).to_contain_text("5 min")
    await ada.button("One minute more for this part").click()
    await expect(present).to_contain_text("6 min")


@pytest.fixture
async def house_without_marks(houses: Houses) -> AsyncIterator[House]:
    """Nobody marks here. Elsewhere the room leads on a second after the marks, too soon to look around in it."""
    async with houses(jobs=False) as house:
        yield house


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=lambda screen: screen.name)
async def test_at_zero_it_is_over(
    screen: Screen, house_without_marks: House, clock: ManualClock, visitors: Visitors
) -> None:
    ada = await visitors(house_without_marks, screen)
    ada.watch.allow(A_TOKEN_GREW_OLD)
    await ada.has_account()
    await ada.begins(QUESTION)
    await clock.advance(timedelta(minutes=31))
    await expect(ada.page.get_by_text("Time is up. The interview is over.")).to_be_visible()
    await expect(ada.page.get_by_role("timer")).to_be_hidden()
    await ada.looks_at("Chat")
    await expect(ada.composer).to_be_disabled()
    await expect(ada.button("Hint")).to_be_disabled()
    await expect(ada.button("End the interview")).to_be_hidden()
    await ada.looks_at("Code")
    await expect(ada.button("Run tests")).to_be_disabled()


async def test_after_zero_the_scorecard_comes_to_every_tab(
    house: House, clock: ManualClock, visitors: Visitors
) -> None:
    ada = await visitors(house)
    ada.watch.allow(A_TOKEN_GREW_OLD)
    await ada.has_account()
    await ada.begins(QUESTION)
    await ada.writes("def first_repeat_visitor(tickets):\n    return []\n")
    late = await ada.opens_another_tab()
    await late.is_answered()
    await clock.advance(timedelta(minutes=31))
    for tab in (ada, late):
        await tab.arrives_at(f"/scorecard?id={ada.session_id}")
        await tab.reads("What to improve")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=lambda screen: screen.name)
async def test_a_room_that_is_over_takes_nothing(screen: Screen, house: House, visitors: Visitors) -> None:
    ada = await visitors(house, screen)
    await ada.has_account()
    await ada.begins(QUESTION)
    await ada.says("That was short.")
    await ada.is_answered()
    await ada.ends()
    await ada.has_scorecard()
    # Who comes back to the room reads that it is over, and is not sent away from it.
    await ada.opens(f"/room?id={ada.session_id}")
    await expect(ada.page.get_by_text("Your scorecard is ready.")).to_be_visible()
    await ada.looks_at("Chat")
    await expect(ada.composer).to_be_disabled()
    await ada.looks_at("Code")
    await expect(ada.button("Run", exact=True)).to_be_disabled()
    await expect(ada.button("Run tests")).to_be_disabled()
    await ada.types("# too late")
    await ada.sees_code("def first_repeat_visitor")
    await expect(ada.editor).not_to_contain_text("too late")
    await ada.link("Go to the scorecard").click()
    await ada.arrives_at(f"/scorecard?id={ada.session_id}")
