"""Every sentence of a scorecard leads to what it rests on, or says that there is nothing; also without a mouse."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visitors
from tests.browser.looks import controls_outside, findings_of_axe, take_picture
from tests.browser.test_appeal import NARROW
from tests.browser.visitor import DESK, Screen, Theme, Visitor
from tests.support.candidate import House

pytestmark = pytest.mark.browser

QUESTION = "first-repeat-visitor"

WITHOUT_EVIDENCE = """() => {
  const main = document.querySelector("main");
  const absent = "Nothing in the session shows it";
  const rests = (box) => box.querySelector("a[href*='seq='], a[href^='/start'], a[href^='/scorecard']")
    || box.textContent.includes(absent);
  const sentences = [...main.querySelectorAll("section p, details p, td, th, li")].filter((element) =>
    element.closest("[data-sentences] , section[aria-labelledby], details")
    && !element.closest("#review") && element.checkVisibility()
    && /[a-z]{3}.*[.!?]$/.test(element.textContent.trim()) && element.tagName === "P");
  const bare = sentences.filter((sentence) => {
    const box = sentence.closest("li, [data-rests]") ?? sentence.parentElement;
    return !rests(box);
  });
  return { count: sentences.length, bare: bare.map((one) => one.textContent.trim()) };
}"""


async def sits_an_interview(ada: Visitor) -> None:
    """With a word, a hint, a wrong version, a run, and a claim, so that there is evidence of every kind."""
    question = ada.house.app.state.bank.question(QUESTION)
    wrong = next(planted for planted in question.planted if planted.name.startswith("returns the earliest guest"))
    await ada.has_account()
    await ada.begins(QUESTION)
    await ada.says("Can the list be empty?")
    await ada.is_answered()
    await ada.says("I would remember each ticket already seen in a set, in one pass. That is O(n) time and O(n) space.")
    await ada.is_answered()
    await ada.looks_at("Chat")
    await ada.button("Hint 0 of 4 used").click()
    await expect(ada.messages.filter(has_text="Hint 1 of 4")).to_be_visible()
    await ada.writes(wrong.source)
    await ada.runs_tests()
    await ada.ends()
    await ada.has_scorecard()
    await ada.opens(f"/scorecard?id={ada.session_id}")
    await ada.reads("What went well")
    for summary in await ada.page.get_by_role("main").locator("summary").all():
        if await summary.get_by_role("heading").count():
            await summary.click()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", [DESK, NARROW], ids=lambda screen: screen.name)
async def test_every_sentence_rests_on_something(
    screen: Screen, theme: Theme, house: House, visitors: Visitors
) -> None:
    ada = await visitors(house, screen, theme=theme, still=True)
    await sits_an_interview(ada)
    found = await ada.page.evaluate(WITHOUT_EVIDENCE)
    assert found["count"] > 30
    assert not found["bare"]
    await take_picture(ada.page, f"scorecard-evidence-{screen.name}-{theme}", whole=True)
    assert not await findings_of_axe(ada.page)
    assert not await controls_outside(ada.page)


@pytest.mark.parametrize("screen", [DESK, NARROW], ids=lambda screen: screen.name)
async def test_each_kind_of_evidence_leads_to_its_moment(screen: Screen, house: House, visitors: Visitors) -> None:
    ada = await visitors(house, screen, still=True)
    await sits_an_interview(ada)
    main, review = ada.page.get_by_role("main"), ada.page.get_by_role("region", name="Review")
    for criterion, kind, shown in (
        ("Asks what is unclear", "You said", "You spoke"),
        ("Functions are short", "Your code", "You wrote code"),
        ("Runs the tests", "Your run", "You ran the tests"),
        ("Gets there without hints", "The clock", "The interviewer gave a hint"),
    ):
        line = main.get_by_role("listitem").filter(has_text=criterion)
        link = line.locator("a[href*='seq=']").filter(has_text=kind).first
        await link.scroll_into_view_if_needed()
        await link.focus()
        await ada.page.keyboard.press("Enter")
        await expect(review).to_be_in_viewport()
        await expect(review.get_by_test_id("moment")).to_contain_text(shown)
        seq = await link.get_attribute("href")
        assert re.search(r"seq=\d+", seq or "")


async def test_what_decided_leads_to_the_code(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    await sits_an_interview(ada)
    await expect(ada.page.get_by_text(re.compile("^(Ready|Almost Ready|Needs Practice)$"))).to_be_visible()
    reason = ada.page.get_by_text(re.compile("Hire asks for"))
    await reason.locator("xpath=..").get_by_role("link").first.click()
    await expect(ada.page.get_by_role("region", name="Review")).to_be_in_viewport()
