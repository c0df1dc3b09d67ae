"""Reloads, second tabs, servers that start again: nothing typed or said is lost, and one sees how things stand."""

import asyncio
from contextlib import AsyncExitStack
from typing import Self
from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Houses, Visitors
from tests.browser.visitor import DESK, PHONE, Screen, Visitor
from tests.support.candidate import House

pytestmark = pytest.mark.browser

QUESTION = "first-repeat-visitor"
CUT_OFF = "Cut off. Coming back; nothing is lost."
THE_SERVER_IS_AWAY = r"ERR_CONNECTION_REFUSED|WebSocket connection to .* failed|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE"

screens = pytest.mark.parametrize("screen", [DESK, PHONE], ids=lambda screen: screen.name)


class Restarts:
    """A house whose server can go away and come back on the same port, with the same database."""

    def __init__(self, houses: Houses) -> None:
        self._houses = houses
        self._running = AsyncExitStack()
        self._port = 0

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *failure: object) -> None:
        await self.down()

    async def up(self) -> House:
        house: House = await self._running.enter_async_context(self._houses(self._port))
        self._port = urlsplit(house.url).port or 0
        return house

    async def down(self) -> None:
        await self._running.aclose()


async def hurries(tab: Visitor) -> None:
    """Tells the page that the network is back, so that the test need not wait for the next attempt."""
    await tab.page.evaluate("() => window.dispatchEvent(new Event('online'))")


async def first_asked(*tabs: Visitor) -> Visitor:
    """The first of these tabs that asks which text goes on."""
    words = "This file was changed on another device."
    waits = {asyncio.create_task(expect(tab.page.get_by_text(words)).to_be_visible()): tab for tab in tabs}
    done, others = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for other in others:
        other.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    first = done.pop()
    await first
    return waits[first]


@screens
async def test_a_reload_loses_no_keystroke(screen: Screen, house: House, visitors: Visitors) -> None:
    ada = await visitors(house, screen)
    await ada.has_account()
    await ada.begins(QUESTION)
    await ada.says("May I reload?")
    await ada.is_answered()
    said = await ada.messages.all_inner_texts()
    await ada.looks_at("Chat")
    await ada.composer.fill("half a sentence")
    await ada.types("# typed just before")
    await ada.page.reload()
    await ada.looks_at("Code")
    await ada.sees_code("# typed just before")
    await expect(ada.saving).to_have_text("Saved")
    await ada.looks_at("Chat")
    await expect(ada.messages).to_have_count(len(said))
    await expect(ada.composer).to_have_value("half a sentence")


async def test_two_tabs_agree(house: House, visitors: Visitors) -> None:
    left = await visitors(house)
    await left.has_account()
    await left.begins(QUESTION)
    right = await left.opens_another_tab()
    await left.says("Is the list sorted?")
    await left.is_answered()
    await expect(right.messages).to_have_count(await left.messages.count())
    assert await right.conversation.inner_text() == await left.conversation.inner_text()

    await left.writes("first = 1\n")
    await right.sees_code("first = 1")
    await right.writes("second = 2\n")
    await left.sees_code("second = 2")
    await right.runs_tests()
    await expect(left.page.get_by_test_id("test-results")).to_be_visible()
    await left.page.get_by_label("Language").select_option("typescript")
    await expect(right.page.get_by_label("Language")).to_have_value("typescript")

    await left.ends()
    for tab in (left, right):
        await tab.arrives_at(f"/scorecard?id={left.session_id}")


async def test_a_laptop_and_a_phone_agree(house: House, visitors: Visitors) -> None:
    laptop, phone = await visitors(house, DESK), await visitors(house, PHONE)
    await laptop.has_account()
    await laptop.begins(QUESTION)
    phone.session_id = laptop.session_id
    await phone.logs_in()
    await phone.comes_in()
    await phone.says("From the phone: can it be empty?")
    await expect(laptop.messages.filter(has_text="From the phone")).to_be_visible()
    await laptop.writes("written_at_the_desk = True\n")
    await phone.looks_at("Code")
    await phone.sees_code("written_at_the_desk = True")


@screens
async def test_a_server_that_starts_again_while_one_types(screen: Screen, houses: Houses, visitors: Visitors) -> None:
    async with Restarts(houses) as server:
        ada = await visitors(await server.up(), screen)
        ada.watch.allow(THE_SERVER_IS_AWAY)
        await ada.has_account()
        await ada.begins(QUESTION)
        await ada.writes("before = 1\n")

        await server.down()
        await expect(ada.page.get_by_text(CUT_OFF)).to_be_attached()
        await ada.looks_at("Chat")
        await ada.composer.fill("Said in the dark.")
        await ada.composer.press("Enter")
        await expect(ada.page.get_by_text("sending")).to_be_visible()
        await ada.types("# typed in the dark")
        await expect(ada.saving).to_have_text("Kept here until the link is back")

        await server.up()
        await hurries(ada)
        await expect(ada.page.get_by_text(CUT_OFF)).not_to_be_attached()
        await expect(ada.saving).to_have_text("Saved")
        await ada.sees_code("# typed in the dark")
        await ada.looks_at("Chat")
        await expect(ada.messages.filter(has_text="Said in the dark.")).to_have_count(1)
        await ada.is_answered()


async def test_a_tab_that_dies_while_the_server_is_away(houses: Houses, visitors: Visitors) -> None:
    async with Restarts(houses) as server:
        ada = await visitors(await server.up())
        ada.watch.allow(THE_SERVER_IS_AWAY)
        await ada.has_account()
        await ada.begins(QUESTION)
        await server.down()
        await ada.types("# only in this browser")
        await ada.sees_code("# only in this browser")
        await ada.page.close()

        await server.up()
        await ada.opens_a_fresh_tab()
        await ada.comes_in()
        await ada.sees_code("# only in this browser")
        await expect(ada.saving).to_have_text("Saved")
        log = await ada.asks(f"/api/sessions/{ada.session_id}/events")
        assert "# only in this browser" in str(log)


async def test_two_tabs_that_typed_apart_are_asked(houses: Houses, visitors: Visitors) -> None:
    async with Restarts(houses) as server:
        left = await visitors(await server.up())
        left.watch.allow(THE_SERVER_IS_AWAY)
        await left.has_account()
        await left.begins(QUESTION)
        right = await left.opens_another_tab()
        await right.has_an_editor()
        await server.down()
        await left.types("# from the left")
        await right.types("# from the right")
        await server.up()
        await hurries(left)
        await hurries(right)
        # Whoever is back first has saved; the other is asked.
        asked = await first_asked(left, right)
        mine, theirs = ("left", "right") if asked is left else ("right", "left")
        await asked.sees_code(f"# from the {mine}")
        await expect(asked.saving).to_have_text("Not saved")
        await asked.button("Take theirs").click()
        await asked.sees_code(f"# from the {theirs}")
        for tab in (left, right):
            await expect(tab.saving).to_have_text("Saved")
