"""The whole story, as a person sees it: from the landing page to the scorecard and back to the start."""

import re

import pytest
from playwright.async_api import Locator, expect

from tests.browser.conftest import Visitors
from tests.browser.visitor import DESK, PHONE, Screen, Visitor
from tests.support.candidate import House

pytestmark = pytest.mark.browser

QUESTION = "first-repeat-visitor"
TITLE = "The first guest to come back"
READS_ITS_INPUT = "\nprint(first_repeat_visitor([int(word) for word in input().split()]))\n"


async def signs_up(ada: Visitor) -> None:
    await ada.opens("/")
    await ada.reads("Sit a coding interview tonight.")
    await ada.page.get_by_role("main").get_by_role("link", name="Try a mock").first.click()
    await ada.reads("Create an account")
    await ada.fills_in("ada")
    await ada.button("Create the account").click()
    await ada.arrives_at("/start")


async def goes_to_the_dashboard(ada: Visitor) -> None:
    if ada.screen.touch:
        await ada.button("Menu").tap()
    await ada.page.get_by_role("navigation", name="Main").get_by_role("link", name="Dashboard").click()
    await ada.arrives_at("/dashboard")


async def chooses(ada: Visitor) -> None:
    await ada.reads("Start a session")
    await ada.page.get_by_role("radio", name="Coding interview").click()
    await ada.page.get_by_label("Company style").select_option("google")
    await ada.page.get_by_role("radio", name="Easy").click()
    await ada.page.get_by_label("Question").select_option(label=TITLE)
    flow = ada.page.get_by_role("region", name="How it goes")
    await expect(flow.get_by_role("heading", level=3)).to_have_text(
        ["Understand", "Plan", "Code", "Review", "Follow-up"]
    )
    minutes = [int(await box.input_value()) for box in await flow.get_by_role("spinbutton").all()]
    assert sum(minutes) == 30
    await flow.get_by_role("button", name="Plan: one minute more").click()
    await expect(ada.page.get_by_text("31 minutes")).to_be_visible()
    await flow.get_by_role("button", name="Usual minutes").click()
    await expect(ada.page.get_by_text("30 minutes", exact=True)).to_be_visible()
    await ada.button("Start the session").click()
    await ada.arrives_at("/room?id=")
    ada.session_id = ada.page.url.partition("id=")[2]


async def begins(ada: Visitor) -> None:
    await ada.reads("Ready when you are")
    await expect(ada.page.get_by_role("main").get_by_role("listitem")).to_have_count(5)
    await ada.button("Begin the interview").click()
    await ada.hears(f"“{TITLE}”")
    timer = ada.page.get_by_role("timer", name="Time remaining")
    at_first = await timer.inner_text()
    await expect(timer).not_to_have_text(at_first)
    await ada.looks_at("Problem")
    await expect(ada.page.get_by_text("At the door of a small museum")).to_be_visible()


async def talks_it_over(ada: Visitor) -> None:
    await ada.says("Can the list be empty?")
    await ada.hears("can be empty")
    await ada.button("Next : Plan").click()
    await expect(ada.conversation).to_contain_text("Plan begins")
    await ada.says("I would remember each ticket already seen in a set, in one pass. That is O(n) time and O(n) space.")
    # A sound plan is enough: the interviewer leads on by itself.
    await expect(ada.conversation).to_contain_text("Code begins")
    await ada.is_answered()


async def asks_for_help(ada: Visitor) -> None:
    await ada.looks_at("Chat")
    await ada.button("Hint 0 of 4 used").click()
    await expect(ada.messages.filter(has_text="Hint 1 of 4")).to_be_visible()
    await expect(ada.button("Hint 1 of 4 used")).to_be_visible()
    await ada.composer.fill("hint")
    await ada.composer.press("Enter")
    await expect(ada.messages.filter(has_text="Hint 2 of 4")).to_be_visible()
    heard = await ada.messages.count()
    await ada.button("Repeat").click()
    await expect(ada.conversation).to_contain_text("You asked to hear it again")
    await expect(ada.messages).not_to_have_count(heard)
    await ada.is_answered()


async def tries_it(ada: Visitor, code: str) -> None:
    """Runs it on an input of her own."""
    await ada.types("# a first thought\n")
    await ada.sees_code("# a first thought")
    await ada.writes(code + READS_ITS_INPUT)
    await ada.looks_at("Output")
    await ada.page.get_by_role("tab", name="Input").click()
    await ada.page.get_by_label("What the program reads").fill("8 5 9 5")
    await ada.looks_at("Code")
    await ada.button("Run", exact=True).click()
    output = ada.page.get_by_test_id("run-output")
    await expect(output).to_contain_text("The program ran in")
    await expect(output).to_contain_text("[5, 3]")


def row_of(results: Locator, number: int) -> Locator:
    return results.get_by_role("listitem").filter(has_text=f"Test {number}")


async def proves_it(ada: Visitor, wrong: str, right: str) -> None:
    await ada.writes(wrong)
    results = await ada.runs_tests()
    await expect(results).to_contain_text("2 of 3 tests passed.")
    await expect(results).to_contain_text("10 of 16 further checks passed.")
    first = row_of(results, 1)
    await expect(first).to_contain_text("Wrong answer")
    for words in ("[[31, 12, 45, 12, 31]]", "[12, 3]", "[31, 4]"):
        await expect(first.get_by_text(words, exact=True)).to_be_visible()
    await expect(row_of(results, 2)).to_contain_text(re.compile(r"Passed.*(ms|s)"))
    await ada.looks_at("Chat")
    await ada.is_answered()

    await ada.writes(right)
    results = await ada.runs_tests()
    await expect(results).to_contain_text("3 of 3 tests passed.")
    await expect(results).to_contain_text("16 of 16 further checks passed.")


async def takes_notes(ada: Visitor) -> None:
    await ada.looks_at("Code")
    await ada.page.get_by_role("tab", name="Notes").click()
    await ada.types("say: a set, one pass")
    await expect(ada.saving).to_have_text("Saved")
    await ada.page.get_by_role("tab", name="Solution").click()
    await ada.sees_code("def first_repeat_visitor")


async def wraps_up(ada: Visitor) -> None:
    await ada.says("It runs in O(n) time, because each ticket is looked up once in the set.")
    await ada.is_answered()
    await ada.button("End the interview").click()
    dialog = ada.page.get_by_role("alertdialog", name="End the interview now?")
    await dialog.get_by_role("button", name="Keep going").click()
    await expect(dialog).to_be_hidden()
    await ada.button("End the interview").click()
    await dialog.get_by_role("button", name="End the interview").click()
    await expect(ada.page.get_by_text("The interview is over.", exact=True)).to_be_visible()
    await ada.arrives_at(f"/scorecard?id={ada.session_id}")


async def reads_the_scorecard(ada: Visitor) -> None:
    page = ada.page
    await ada.reads(TITLE)
    mark = page.get_by_role("meter", name="Overall mark")
    assert 5 < float(await mark.get_attribute("aria-valuenow") or 0) <= 10
    await expect(page.get_by_text(re.compile("^(Strong Hire|Hire|No Hire)$")).first).to_be_visible()
    await expect(page.get_by_text("19 of 19", exact=True)).to_be_visible()
    for dimension in ("Correctness", "Efficiency", "Quality", "Process", "Communication"):
        await expect(page.get_by_role("heading", name=dimension)).to_be_visible()
    for title in ("What went well", "What to improve", "What to practise next", "Moment by moment"):
        await expect(page.get_by_role("region", name=title)).to_be_visible()
    await expect(page.get_by_role("region", name="What to practise next").get_by_role("link").first).to_be_visible()
    process = page.get_by_role("group").filter(has=page.get_by_role("heading", name="Process"))
    await process.locator("summary").click()
    await expect(process.get_by_role("listitem").first).to_be_visible()


async def follows_the_evidence(ada: Visitor) -> None:
    """From a remark to the moment it rests on, and along the session from there."""
    review = ada.page.get_by_role("region", name="Review")
    moment = review.get_by_test_id("moment")
    spoken = ada.page.get_by_role("region", name="What went well").get_by_role("link").filter(has_text="You said")
    await spoken.first.click()
    await expect(review).to_be_in_viewport()
    await expect(moment).to_contain_text("You spoke")
    await expect(ada.page).to_have_url(re.compile("seq=[0-9]+"))
    here = await moment.inner_text()
    await review.get_by_role("button", name="Next moment").click()
    await expect(moment).not_to_have_text(here)
    await review.get_by_role("slider", name="Moment of the session").press("ArrowLeft")
    await expect(moment).to_have_text(here)
    await review.get_by_role("tab", name="Runs (3)").click()
    await expect(review.get_by_text("10 of 16 further checks passed.").first).to_be_attached()
    await review.get_by_role("tab", name="Notes").click()
    await expect(review.get_by_role("tabpanel", name="Notes")).to_be_visible()
    await ada.page.reload()
    await expect(moment).to_have_text(here)


async def reviews_and_begins_again(ada: Visitor) -> None:
    await goes_to_the_dashboard(ada)
    past = ada.page.get_by_role("region", name="Past sessions")
    await expect(past.get_by_role("listitem")).to_have_count(1)
    await expect(past.get_by_role("listitem")).to_contain_text(re.compile(r"\d\.\d"))
    await past.get_by_role("link", name=f"Review {TITLE}").click()
    await ada.arrives_at(f"/scorecard?id={ada.session_id}")
    await expect(ada.page.get_by_role("meter", name="Overall mark")).to_be_visible()
    await goes_to_the_dashboard(ada)
    await past.get_by_role("link", name=f"Redo {TITLE}").click()
    await ada.arrives_at("/start?format=coding-30&question=first-repeat-visitor&style=google&language=python")
    await expect(ada.page.get_by_label("Question")).to_have_value(QUESTION)
    await expect(ada.page.get_by_label("Company style")).to_have_value("google")
    await ada.button("Start the session").click()
    await ada.reads("Ready when you are")


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=lambda screen: screen.name)
async def test_an_afternoon(screen: Screen, house: House, visitors: Visitors) -> None:
    question = house.app.state.bank.question(QUESTION)
    wrong = next(planted for planted in question.planted if planted.name.startswith("returns the earliest guest"))
    right = question.references["python"]
    ada = await visitors(house, screen)

    await signs_up(ada)
    await goes_to_the_dashboard(ada)
    await ada.reads("Nothing here yet")
    await ada.link("Start your first session").click()
    await chooses(ada)
    await begins(ada)
    await talks_it_over(ada)
    await asks_for_help(ada)
    await tries_it(ada, right)
    await proves_it(ada, wrong.source, right)
    await takes_notes(ada)
    await wraps_up(ada)
    await reads_the_scorecard(ada)
    await follows_the_evidence(ada)
    await reviews_and_begins_again(ada)
