"""Objecting to a mark on the scorecard, and meeting a question again from the dashboard."""

import re
from datetime import timedelta

import pytest
from playwright.async_api import Locator, expect

from mockloop.clock import ManualClock
from tests.browser.conftest import Visitors
from tests.browser.looks import controls_outside, findings_of_axe, take_picture
from tests.browser.visitor import DESK, Screen, Theme, Visitor
from tests.journeys.test_appeals import BURIED, POINTS_AT_IT, QUESTION
from tests.support.candidate import House

pytestmark = pytest.mark.browser

NARROW = Screen("narrow", 360, 780, touch=True)
SCREENS = pytest.mark.parametrize("screen", [DESK, NARROW], ids=lambda screen: screen.name)


async def practises(ada: Visitor) -> None:
    """A session whose plan the first reading misses."""
    await ada.has_account()
    await ada.begins(QUESTION)
    await ada.says(BURIED)
    await ada.is_answered()
    reference = ada.house.app.state.bank.question(QUESTION).references["python"]
    await ada.writes(reference)
    await ada.ends()
    await ada.has_scorecard()
    await ada.opens(f"/scorecard?id={ada.session_id}")
    await ada.reads("What went well")


async def opens_the_process(ada: Visitor) -> Locator:
    process = ada.page.get_by_role("group").filter(has=ada.page.get_by_role("heading", name="Process"))
    await process.locator("summary").click()
    return process.get_by_role("listitem").filter(has_text="Explains an approach before writing code").first


async def is_sound(ada: Visitor, name: str, theme: Theme = "light") -> None:
    await take_picture(ada.page, f"{name}-{ada.screen.name}-{theme}", whole=True)
    assert not await findings_of_axe(ada.page)
    assert not await controls_outside(ada.page)


@SCREENS
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_an_objection(screen: Screen, theme: Theme, house: House, visitors: Visitors) -> None:
    ada = await visitors(house, screen, theme=theme, still=True)
    await practises(ada)
    line = await opens_the_process(ada)
    await expect(line.get_by_text("0 of 20")).to_be_visible()

    # Without a mouse: open, leave by Escape, open again, send.
    button = line.get_by_role("button", name="Object to this mark")
    await button.focus()
    await ada.page.keyboard.press("Enter")
    box = line.get_by_label("Why is this mark wrong?")
    await expect(box).to_be_focused()
    await ada.page.keyboard.press("Escape")
    await expect(button).to_be_focused()
    await ada.page.keyboard.press("Enter")
    await box.fill("x" * 1001)
    await expect(line.get_by_text("At most 1000 characters.")).to_be_visible()
    await expect(line.get_by_role("button", name="Judge it afresh")).to_have_attribute("aria-disabled", "true")
    await box.fill(POINTS_AT_IT)
    await is_sound(ada, "scorecard-objection", theme)
    await ada.page.keyboard.press("Tab")
    await ada.page.keyboard.press("Enter")

    result = line.get_by_role("region", name="Objection to")
    await expect(result).to_be_visible()
    await expect(result).to_contain_text(POINTS_AT_IT)
    await expect(result).to_contain_text("0 of 20")
    await expect(result).to_contain_text("20 of 20")
    await expect(result).to_contain_text("On its own, what you point to shows this in full.")
    await expect(result).to_contain_text(re.compile(r"Overall: \d\.\d before, \d\.\d now\."))
    await is_sound(ada, "scorecard-appeal", theme)
    await result.get_by_role("link").filter(has_text="You said").first.click()
    await expect(ada.page.get_by_role("region", name="Review")).to_be_in_viewport()

    await ada.page.reload()
    line = await opens_the_process(ada)
    await expect(line.get_by_text("20 of 20").first).to_be_visible()
    await expect(line.get_by_role("region", name="Objection to")).to_be_visible()


async def test_one_waits_while_it_is_judged_afresh(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    await practises(ada)
    line = await opens_the_process(ada)
    waiting = {
        "id": "0190a000-0000-7000-8000-000000000000", "criterion": "planned", "dimension": "process", "title": "x",
        "reason": "x", "status": "waiting", "made_at": "2026-03-02T09:00:00Z", "decided_at": None, "result": None,
    }  # fmt: skip
    await ada.page.route("**/appeals", lambda route: route.fulfill(json={"appeals": [waiting], "left": 2}))
    await ada.page.reload()
    line = await opens_the_process(ada)
    await expect(line.get_by_role("status")).to_contain_text("Your objection is being looked at")
    await expect(line.get_by_role("button", name="Object to this mark")).to_have_count(0)
    other = ada.page.get_by_role("button", name="Object to this mark: Asks what is unclear")
    await expect(other).to_have_attribute("aria-disabled", "true")


async def test_no_more_than_three(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    ada.watch.allow("status of 409")
    await practises(ada)
    line = await opens_the_process(ada)
    refusal = {"code": "appeals_used_up", "message": "A session is judged afresh 3 times at most.", "details": {}}
    await ada.page.route(
        "**/appeals",
        lambda route: route.fulfill(status=409, json=refusal) if route.request.method == "POST" else route.continue_(),
    )
    await line.get_by_role("button", name="Object to this mark").click()
    await line.get_by_label("Why is this mark wrong?").fill("I said so.")
    await line.get_by_role("button", name="Judge it afresh").click()
    await expect(line.get_by_text("A session is judged afresh 3 times at most.")).to_be_visible()


@SCREENS
async def test_what_is_due_today(screen: Screen, house: House, visitors: Visitors, clock: ManualClock) -> None:
    ada = await visitors(house, screen, still=True)
    await practises(ada)
    steps = ada.page.get_by_role("region", name="What to practise next")
    await expect(steps).to_contain_text(re.compile("Redo “Rooms for bookings” (tomorrow|in [0-9]+ days)"))
    await expect(steps).to_contain_text("Weakest in this session")
    await expect(
        steps.get_by_role("link").filter(has_text="The clock").or_(steps.get_by_text("Nothing in the")).first
    ).to_be_visible()
    await ada.opens("/dashboard")
    await ada.reads("Past sessions")
    due = ada.page.get_by_role("region", name="Due today")
    await expect(due).to_have_count(0)

    # The browser's own clock says which day it is; so the day on which it is due comes to it.
    await ada.page.clock.set_fixed_time(clock.now() + timedelta(days=9))
    await ada.page.reload()
    await expect(due).to_contain_text("Rooms for bookings")
    await is_sound(ada, "dashboard-due")
    await due.get_by_role("link", name="Practise Rooms for bookings").click()
    await ada.arrives_at("/start?format=coding-30&question=rooms-for-bookings")
    await expect(ada.page.get_by_label("Question")).to_have_value(QUESTION)


async def test_the_weakest_criterion_leads_to_the_sessions_that_show_it(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    await practises(ada)
    first = ada.session_id
    await ada.begins("pair-within-budget")
    await ada.ends()
    await ada.has_scorecard()
    await ada.opens(f"/scorecard?id={ada.session_id}")
    steps = ada.page.get_by_role("region", name="What to practise next")
    weakest = steps.get_by_role("listitem").filter(has_text="Weakest over your last 2 sessions").first
    await expect(weakest.get_by_text("This session")).to_be_visible()
    await weakest.get_by_role("link", name="Rooms for bookings").click()
    await ada.arrives_at(f"/scorecard?id={first}")
    await ada.reads("Rooms for bookings")
