"""A model's words on the scorecard: awaited, read, copied, asked for; on a desk, a phone and paper."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Locator, Route, expect

from tests.browser.conftest import Visitors
from tests.browser.looks import controls_outside, findings_of_axe, take_picture
from tests.browser.visitor import DESK, PHONE, Screen, Theme, Visitor
from tests.journeys.test_follow_up import QUESTION, answers_the_follow_up
from tests.journeys.test_written_feedback import HONEST, has, honest_when_told, reads
from tests.judging.test_follow_ups import HALF
from tests.support.candidate import Candidate, House, candidate_at
from tests.support.fake_provider import FakeProvider, fake_provider

pytestmark = pytest.mark.browser

NARROW = Screen("narrow", 360, 780, touch=True)
ADDRESS = "**/written-feedback"
WAITING = {"status": "waiting", "written": None, "made_at": None, "can_ask": True}
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@asynccontextmanager
async def practised(house: House, *answers: str) -> AsyncIterator[tuple[Candidate, FakeProvider]]:
    """Somebody with a model of their own that writes; with answers, one interview is over."""
    async with fake_provider() as fake, candidate_at(house) as ada:
        fake.replies["writer"] = honest_when_told
        await has(ada, fake, "writer")
        await tries_the_model(ada)
        if answers:
            await answers_the_follow_up(house, ada, *answers)
            await ada.reads_scorecard()
        yield ada, fake


async def tries_the_model(ada: Candidate) -> None:
    """The first call of a process loads its SDK; on a busy machine that outlasts the wait for an interviewer's turn."""
    for one in (await ada.client.request("GET", "/api/me/models"))["providers"]:
        await ada.client.request("POST", f"/api/me/models/providers/{one['id']}/trial")


async def opens_the_scorecard(visitor: Visitor, ada: Candidate) -> Locator:
    """The section with the written feedback."""
    await visitor.logs_in(ada.name)
    await visitor.opens(f"/scorecard?id={ada.session_id}")
    await visitor.reads("What went well")
    return visitor.page.get_by_role("region", name="Written feedback")


async def faults_of(visitor: Visitor, name: str, theme: Theme = "light") -> list[str]:
    await take_picture(visitor.page, f"{name}-{visitor.screen.name}-{theme}", whole=True)
    found = [f"{name}: {finding}" for finding in await findings_of_axe(visitor.page)]
    return found + [f"{name}: outside: {control}" for control in await controls_outside(visitor.page)]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", [DESK, PHONE, NARROW], ids=lambda screen: screen.name)
async def test_it_comes_while_the_scorecard_is_read(
    screen: Screen, theme: Theme, house: House, visitors: Visitors
) -> None:
    visitor = await visitors(house, screen, theme=theme, still=True)
    async with practised(house, HALF) as (ada, _):
        held = True

        async def until_let_go(route: Route) -> None:
            await (route.fulfill(json=WAITING) if held else route.continue_())

        await visitor.page.route(ADDRESS, until_let_go)
        section = await opens_the_scorecard(visitor, ada)
        await expect(section.get_by_role("status")).to_contain_text("A language model is writing feedback")
        faults = await faults_of(visitor, "written-waiting", theme)
        await reads(ada)
        held = False
        await expect(section.get_by_role("status").first).to_have_text("The written feedback is ready.")
        await expect(section).to_contain_text("Written by attic, a language model")
        await expect(section.get_by_role("listitem").filter(has_text="You said what you would do")).to_be_visible()
        approach = section.get_by_role("group").first
        await expect(approach.locator("mark")).to_have_text("[your figure]")
        await section.get_by_role("heading", level=3).last.click()
        answer = section.get_by_role("group").last
        await expect(answer.get_by_role("region", name="What you said")).to_contain_text(HALF)
        await expect(answer.get_by_role("region", name="Revised answer")).to_contain_text(HONEST)
        faults += await faults_of(visitor, "written-ready", theme)
        assert not faults, "\n".join(faults)


async def test_what_is_said_leads_to_where_it_comes_from(house: House, visitors: Visitors) -> None:
    visitor = await visitors(house)
    async with practised(house, HALF) as (ada, _):
        await reads(ada)
        section = await opens_the_scorecard(visitor, ada)
        await section.get_by_role("link", name="Explains an approach before").focus()
        await visitor.page.keyboard.press("Enter")
        criterion = visitor.page.locator("#criterion-planned")
        await expect(criterion).to_be_in_viewport()
        await expect(criterion).to_be_focused()
        answer = section.get_by_role("group").last
        await answer.locator("summary").focus()
        await visitor.page.keyboard.press("Enter")
        await answer.get_by_role("button", name="Copy the revised answer").click()
        await expect(answer.get_by_text("Copied")).to_be_visible()
        assert await visitor.page.evaluate("navigator.clipboard.readText()") == HONEST
        await answer.get_by_role("link").filter(has_text="You said").click()
        await expect(visitor.page.get_by_role("region", name="Review")).to_be_in_viewport()
        await expect(visitor.page.locator("[data-seq]").filter(has_text=HALF).first).to_be_in_viewport()


async def test_when_nobody_answered_it_is_asked_for_again(house: House, visitors: Visitors) -> None:
    visitor = await visitors(house)
    async with practised(house) as (ada, fake):
        await has(ada, fake, "fault-401", "broken")
        providers = (await ada.client.request("GET", "/api/me/models"))["providers"]
        attic = next(one["id"] for one in providers if one["name"] == "attic")
        await ada.client.request("DELETE", f"/api/me/models/providers/{attic}")
        await answers_the_follow_up(house, ada, HALF)
        await ada.reads_scorecard()
        await reads(ada, until="failed")
        section = await opens_the_scorecard(visitor, ada)
        await expect(section.get_by_role("status")).to_have_text("No model answered.")
        assert not await faults_of(visitor, "written-failed")

        await has(ada, fake, "writer")
        await section.get_by_role("button", name="Ask again").focus()
        await visitor.page.keyboard.press("Enter")
        await expect(section.get_by_role("heading", name="Written feedback")).to_be_focused()
        await expect(section.get_by_role("status").first).to_have_text("The written feedback is ready.")
        await expect(section.locator("mark").first).to_be_visible()


async def test_a_session_that_was_judged_without_a_model(house: House, visitors: Visitors) -> None:
    visitor = await visitors(house)
    visitor.watch.allow("status of 409")
    async with fake_provider() as fake, candidate_at(house) as ada:
        fake.replies["writer"] = honest_when_told
        await answers_the_follow_up(house, ada, HALF)
        await ada.reads_scorecard()
        section = await opens_the_scorecard(visitor, ada)
        await expect(section).to_have_count(0)
        await expect(visitor.link("Set one up in the settings")).to_have_attribute("href", "/settings")
        assert not await faults_of(visitor, "written-no-model")

        await has(ada, fake, "writer")
        await visitor.page.reload()
        ask = section.get_by_role("button", name="Have a model write feedback")
        await expect(ask).to_be_visible()
        assert not await faults_of(visitor, "written-none")
        providers = (await ada.client.request("GET", "/api/me/models"))["providers"]
        choice = {"built_in_only": True, "order": [one["id"] for one in providers]}
        await ada.client.request("PUT", "/api/me/models", choice)
        await ask.click()
        await expect(visitor.page.get_by_role("main").get_by_role("alert")).to_contain_text(
            "No language model is set up"
        )
        await ada.client.request("PUT", "/api/me/models", choice | {"built_in_only": False})
        await visitor.page.reload()
        await ask.click()
        await expect(section.get_by_role("status").first).to_have_text("The written feedback is ready.")


async def test_a_slow_writer_is_waited_for_beside_the_scorecard(house: House, visitors: Visitors) -> None:
    visitor = await visitors(house)
    async with fake_provider(slow_s=60) as fake, candidate_at(house) as ada:
        await has(ada, fake, "slow-first")
        await tries_the_model(ada)
        await ada.begins(QUESTION)
        await ada.is_answered()
        await ada.ends()
        await ada.reads_scorecard()
        section = await opens_the_scorecard(visitor, ada)
        await expect(section.get_by_role("status")).to_contain_text("A language model is writing feedback")
        await expect(visitor.page.get_by_role("region", name="Review")).to_be_visible()


def longest(found: dict[str, Any]) -> dict[str, Any]:
    """The same feedback with as many words as there can be, one of them very long, and with markup in them."""
    words = ["I", "kept", "a", "heap", "of", "<b>rooms</b>", "at", "[your figure],", "and", "then", "took", LONG_WORD]

    def text(count: int) -> str:
        return " ".join((words * count)[:count]) + "."

    written = found["written"]
    session = written["session"]
    session |= {"overall_assessment": text(70), "next_steps": text(60), "coaching_priorities": [text(30)] * 3}
    session["key_strengths"] = [{"criterion": one, "text": text(35)} for one in ("planned", "follow-up-assignment")]
    session["areas_to_improve"] = []
    first, last = written["questions"]
    landed = {"why": text(30), "evidence": last["what_landed"][0]["evidence"]}
    first |= {"what_landed": [landed] * 3, "what_didnt_land": [{"gap": text(30), "next_step": text(30)}] * 3}
    first |= {
        "coaching": f"{text(80)}\n\n{text(80)}",
        "revised_answer": f"{text(130)}\n{text(130)}",
        "provider": "b" * 60,
    }
    last |= {"what_landed": [], "what_didnt_land": [], "coaching": "", "revised_answer": None}
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", [DESK, NARROW], ids=lambda screen: screen.name)
async def test_long_texts_and_none(screen: Screen, theme: Theme, house: House, visitors: Visitors) -> None:
    visitor = await visitors(house, screen, theme=theme, still=True)
    async with practised(house, HALF) as (ada, _):
        found = longest(await reads(ada))
        await visitor.page.route(ADDRESS, lambda route: route.fulfill(json=found))
        section = await opens_the_scorecard(visitor, ada)
        first, last = section.get_by_role("group").first, section.get_by_role("group").last
        await last.locator("summary").click()
        await expect(last).to_contain_text("There is no revised answer")
        await expect(first.get_by_role("region", name="Revised answer")).to_contain_text("<b>rooms</b>")
        assert not await faults_of(visitor, "written-long", theme)
        if screen is DESK:
            await last.locator("summary").click()
            await visitor.page.emulate_media(media="print")
            await expect(last.get_by_text("There is no revised answer")).to_be_visible()
            await expect(first.get_by_role("button")).to_have_count(0)
