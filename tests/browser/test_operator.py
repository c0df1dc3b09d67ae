"""The operator's page: what everybody's calls to models used, for whom the settings name, and for nobody else."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest
from playwright.async_api import Locator, Route, expect

from mockloop.clock import ManualClock
from mockloop.llm.port import Usage
from mockloop.models.ledger import Ledger
from mockloop.settings import ModelProvider
from tests.browser.conftest import Houses, Visitors
from tests.browser.looks import PICTURES, controls_outside, findings_of_axe, take_picture
from tests.browser.visitor import DESK, PHONE, Screen, Theme, Visitor
from tests.support.candidate import House
from tests.support.scripted_models import ScriptedModels

pytestmark = pytest.mark.browser

NARROW = Screen("narrow", 360, 740, touch=True)
MODEL, OTHER = "example-large-2026-08-01", "a-model-with-a-rather-long-name:70b-instruct-q4_K_M"
CHOSEN = {
    "operators": "ada",
    "llm_providers": (ModelProvider(name="house", protocol="openai", model=MODEL, base_url="http://127.0.0.1:9/v1"),),
    "llm_prices": {MODEL: (3.0, 0.3, 15.0)},
    "llm_installation_day_input_tokens": 400_000,
    "llm_installation_day_output_tokens": 20_000,
}


@pytest.fixture
async def clock() -> ManualClock:
    """Noon, so that no test sees a day end."""
    clock = ManualClock()
    now = clock.now()
    await clock.advance(now.replace(hour=12, minute=0) - now)
    return clock


@pytest.fixture
async def house(houses: Houses) -> AsyncIterator[House]:
    async with houses(chosen=CHOSEN, models=ScriptedModels([])) as house:
        yield house


async def person_of(visitor: Visitor, name: str) -> UUID:
    await visitor.has_account(name)
    return UUID((await visitor.asks("/api/users/me"))["id"])


async def some_calls(house: House, people: list[UUID]) -> None:
    """Eight days of calls, some of them by own providers, some with faults."""
    ledger: Ledger = house.app.state.models.ledger
    for days_ago in range(8):
        clock = ManualClock()
        await clock.advance(house.app.state.clock.offset - timedelta(days=days_ago))
        then = Ledger(house.app.state.database, clock, ledger.spending)
        for n, person in enumerate(people):
            calls = [
                Usage("house", MODEL, 41_234, 30_000, 2_345, 0.4 + n / 5, 3.0 + days_ago, ()),
                Usage("house", MODEL, 900, 0, 0, None, 20.0, ("overloaded", "timed_out")),
            ]
            await then.record_all(person, None, "live", calls)
            own = Usage("attic", OTHER, 12_345, 0, 678, 2.5, 44.0, ("cut",) if n else (), own=True)
            await then.record_all(person, None, "question_feedback", [own])
            await then.record_all(person, None, "live", [Usage("house", MODEL, 5, 0, 1, None, 0.2, ("thrown_away",))])


def table(visitor: Visitor, name: str) -> Locator:
    return visitor.page.get_by_role("group", name=name)


async def test_an_operator_looks_at_what_was_used(house: House, visitors: Visitors) -> None:
    ada, bob = await visitors(house), await visitors(house)
    people = [await person_of(ada, "ada"), await person_of(bob, "bob")]
    await ada.opens("/dashboard")
    await ada.button("Account of ada").press("Enter")
    await ada.page.get_by_role("menuitem", name="Operator").press("Enter")
    await ada.arrives_at("/operator")
    await expect(ada.page.get_by_text("No model was called in these days.")).to_be_visible()
    await expect(ada.page.get_by_text("0 of 400,000 tokens read")).to_be_visible()

    await some_calls(house, people)
    await ada.page.reload()
    await expect(table(ada, "By day").get_by_role("row")).to_have_count(1 + 7)
    await expect(table(ada, "By user").get_by_role("row", name="bob")).to_contain_text("294,973")
    models = table(ada, "By mode and model")
    await expect(models.get_by_role("row", name=OTHER)).to_contain_text("cut 7")
    live = models.get_by_role("row", name=re.compile(f"{MODEL}.*live"))
    await expect(live).to_contain_text(re.compile(r"14 \(33 %\)\s*overloaded 14, timed out 14\s*not needed: 14"))
    assert "attic" not in await ada.page.content()
    await expect(ada.page.get_by_text("84,278 of 400,000 tokens read")).to_be_visible()

    await ada.page.get_by_role("radio", name="7 days").focus()
    await ada.page.keyboard.press("ArrowRight", delay=100)  # a key that is up again at once moves the focus only
    await expect(table(ada, "By day").get_by_role("row")).to_have_count(1 + 8)
    await ada.page.get_by_role("radio", name="Today").click()
    await expect(table(ada, "By day").get_by_role("row")).to_have_count(1 + 1)


async def test_for_everybody_else_there_is_no_such_page(house: House, visitors: Visitors) -> None:
    bob = await visitors(house)
    asked: list[str] = []
    bob.page.on("request", lambda request: asked.append(request.url))
    await bob.has_account("bob")
    await bob.opens("/operator")
    await bob.reads("There is no page at this address.")
    assert not any("/api/operator" in address for address in asked)
    await bob.opens("/dashboard")
    await bob.button("Account of bob").click()
    await expect(bob.page.get_by_role("menuitem", name="Log out")).to_be_visible()
    await expect(bob.page.get_by_role("menuitem", name="Operator")).to_have_count(0)


async def test_figures_that_do_not_come_can_be_asked_for_again(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    ada.watch.allow("status of 503")
    await ada.has_account("ada")
    seen_loading = asyncio.Event()

    async def fail(route: Route) -> None:
        await seen_loading.wait()
        await route.fulfill(status=503, body="{}")

    await ada.page.route("**/api/operator/models?*", fail)
    await ada.opens("/operator")
    await expect(ada.page.get_by_role("status").filter(has_text="Loading the figures")).to_be_attached()
    seen_loading.set()
    await expect(ada.page.get_by_text("The figures could not be loaded.")).to_be_visible()
    assert not await findings_of_axe(ada.page)
    await ada.page.unroute("**/api/operator/models?*")
    await ada.button("Try again").click()
    await expect(ada.page.get_by_text("No model was called in these days.")).to_be_visible()
    await expect(ada.page.get_by_text("The figures could not be loaded.")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", [DESK, PHONE, NARROW], ids=lambda screen: screen.name)
async def test_how_it_looks(screen: Screen, theme: Theme, house: House, visitors: Visitors) -> None:
    ada = await visitors(house, screen, theme=theme, still=True)
    faults: list[str] = []

    async def shows(name: str) -> None:
        await take_picture(ada.page, f"{name}-{screen.name}-{theme}", whole=True)
        faults.extend(f"{name}: {finding}" for finding in await findings_of_axe(ada.page))
        faults.extend(f"{name}: outside: {control}" for control in await controls_outside(ada.page))

    me = await person_of(ada, "ada")
    await ada.opens("/operator")
    await expect(ada.page.get_by_text("No model was called in these days.")).to_be_visible()
    await shows("operator-empty")
    bob = await visitors(house)
    await some_calls(house, [me, await person_of(bob, "someone.with.a.long.name@mail.example.org")])
    await ada.page.reload()
    await expect(table(ada, "By user").get_by_role("row")).to_have_count(1 + 2)
    await shows("operator")
    models = table(ada, "By mode and model")
    await models.evaluate("(box) => box.scrollTo(box.scrollWidth, 0)")
    header = models.get_by_role("rowheader", name=MODEL)
    await header.scroll_into_view_if_needed()
    await expect(header).to_be_in_viewport(ratio=0.9)
    await models.screenshot(path=PICTURES / f"operator-scrolled-{screen.name}-{theme}.png")
    if screen.touch:
        await ada.button("Menu").tap()
    await ada.button("Account of ada").click()
    await expect(ada.page.get_by_role("menuitem", name="Operator")).to_be_visible()
    await shows("operator-menu")
    await ada.page.get_by_role("menuitem", name="Operator").click()
    await expect(ada.page.get_by_role("dialog")).to_have_count(0)
    assert not faults, "\n".join(faults)
