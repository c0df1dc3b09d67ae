"""Without a mouse: everything is reached by Tab, dialogs give the focus back, and motion stops for whom it disturbs."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visitors
from tests.browser.visitor import Visitor
from tests.support.candidate import House

pytestmark = pytest.mark.browser

QUESTION = "first-repeat-visitor"

FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return "";
  const names = (element.getAttribute("aria-labelledby") ?? "").split(" ");
  const labels = names.map((id) => document.getElementById(id)?.innerText);
  labels.push(element.getAttribute("aria-label"), element.labels?.[0]?.innerText, element.innerText);
  return labels.filter(Boolean).join(" ").replace(/\\s+/g, " ");
}"""
OUTLINED = """() => {
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
  return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
}"""
MOST_STOPS = 80


async def stops_of_tab(ada: Visitor) -> list[str]:
    """What has the focus, stop by stop, until it comes round to the first again."""
    stops: list[str] = []
    for _ in range(MOST_STOPS):
        await ada.page.keyboard.press("Tab")
        name = str(await ada.page.evaluate(FOCUSED))
        if stops and name == stops[0]:
            return stops
        stops.append(name)
    raise AssertionError(f"the focus does not come round: {stops}")


def all_there(wanted: list[str], stops: list[str]) -> None:
    missing = [name for name in wanted if not any(re.search(name, stop) for stop in stops)]
    assert not missing, (missing, stops)


async def test_the_start_without_a_mouse(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    await ada.has_account()
    await ada.opens("/start")
    await ada.reads("How it goes")
    await ada.page.keyboard.press("Tab")
    await expect(ada.link("Skip to the page")).to_be_focused()
    await ada.page.keyboard.press("Enter")
    await expect(ada.page.get_by_role("main")).to_be_focused()
    stops = await stops_of_tab(ada)
    wanted = ["Coding interview|drill", "Company style", "Any", "Question", "Python", "Minutes for Understand",
              "Start the session", "Dashboard", "Theme", "Account of ada"]  # fmt: skip
    all_there(wanted, stops)

    await ada.page.get_by_role("radio", name="Any").focus()
    # A finger holds a key for a while; a radio counts as chosen while it is down.
    await ada.page.keyboard.press("ArrowRight", delay=100)
    await expect(ada.page.get_by_role("radio", name="Easy")).to_be_checked()
    await ada.page.get_by_label("Minutes for Understand").focus()
    await ada.page.keyboard.press("ArrowUp")
    await expect(ada.page.get_by_text("31 minutes")).to_be_visible()
    await ada.button("Start the session").focus()
    assert await ada.page.evaluate(OUTLINED), "one sees where the focus is"
    await ada.page.keyboard.press("Enter")
    await ada.arrives_at("/room?id=")
    await ada.button("Begin the interview").focus()
    await ada.page.keyboard.press("Enter")
    await ada.is_answered()


async def test_the_room_without_a_mouse(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    await ada.has_account()
    await ada.begins(QUESTION)
    await ada.sees_code("def first_repeat_visitor")
    keys = ada.page.keyboard

    await ada.page.get_by_role("textbox", name="Your solution in Python").focus()
    await keys.press("ControlOrMeta+End")
    await keys.type("# no mouse")
    await ada.sees_code("# no mouse")
    # In the editor Tab indents; Control M gives it back, as the editor's own label says.
    await keys.press("Control+m")
    stops = await stops_of_tab(ada)
    wanted = ["MockLoop, dashboard", "Theme", "End the interview", "One minute more", "Next", "^Problem$",
              "Problem statement", "Height of the problem", "Messages", "Message to the interviewer", "Send", "Hint",
              "Repeat", "Width of the conversation", "Solution", "Language", "Run", "Run tests", "Your solution",
              "Height of the editor", "Output"]  # fmt: skip
    all_there(wanted, stops)

    await keys.press("Control+Shift+Enter")
    await expect(ada.page.get_by_test_id("test-results")).to_be_visible()
    await ada.page.get_by_role("tab", name="Tests").focus()
    await keys.press("ArrowRight")
    await expect(ada.page.get_by_role("tab", name="Input")).to_be_focused()
    handle = ada.page.get_by_role("separator", name="Width of the conversation")
    at_first = await handle.bounding_box()
    await handle.focus()
    await keys.press("ArrowRight")
    assert at_first != await handle.bounding_box()

    end = ada.button("End the interview")
    await end.focus()
    await keys.press("Enter")
    dialog = ada.page.get_by_role("alertdialog")
    await expect(dialog.get_by_role("button", name="Keep going")).to_be_focused()
    for _ in range(3):
        await keys.press("Tab")
        await expect(dialog.locator(":focus")).to_have_count(1)
    await keys.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(end).to_be_focused()

    theme = ada.button("Theme")
    await theme.focus()
    await keys.press("Enter")
    await expect(ada.page.get_by_role("menu")).to_be_visible()
    await keys.press("Escape")
    await expect(ada.page.get_by_role("menu")).to_be_hidden()
    await expect(theme).to_be_focused()


@pytest.mark.parametrize("still", [True, False], ids=["still", "moving"])
async def test_motion_stops_for_whom_it_disturbs(still: bool, house: House, visitors: Visitors) -> None:
    ada = await visitors(house, still=still)
    await ada.has_account()
    await ada.begins(QUESTION)
    face = ada.page.locator("svg[data-mood]").first
    await expect(face).to_be_visible()
    duration = await face.evaluate("""(face) => {
        const moving = document.createElement("i");
        moving.className = "animate-pulse";
        face.parentElement.append(moving);
        const { animationDuration } = getComputedStyle(moving);
        moving.remove();
        return parseFloat(animationDuration);
    }""")
    assert (duration < 0.001) is still
