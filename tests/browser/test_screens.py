"""Every screen on a desk and on a phone, in light and dark: axe finds nothing serious, no control is out of reach,
and a picture is kept in `tests/browser/screenshots/` (ignored by git) for people to look at.
"""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visitors
from tests.browser.looks import controls_outside, findings_of_axe, take_picture
from tests.browser.visitor import DESK, PHONE, Screen, Theme, Visitor
from tests.support.candidate import House

pytestmark = pytest.mark.browser

QUESTION = "first-repeat-visitor"
TITLE = "The first guest to come back"
A_QUESTION_OF_MEDIUM = "pair-within-budget"


class Exhibition:
    """Shows one screen after another and keeps what is wrong with them, so that one run tells it all."""

    def __init__(self, ada: Visitor, theme: Theme) -> None:
        self._ada = ada
        self._suffix = f"{ada.screen.name}-{theme}"
        self.faults: list[str] = []

    async def shows(self, name: str, *, whole: bool = False) -> None:
        page = self._ada.page
        await take_picture(page, f"{name}-{self._suffix}", whole=whole)
        self.faults += [f"{name}: {finding}" for finding in await findings_of_axe(page)]
        self.faults += [f"{name}: outside the window: {control}" for control in await controls_outside(page)]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=lambda screen: screen.name)
async def test_screens_around_the_room(screen: Screen, theme: Theme, house: House, visitors: Visitors) -> None:
    ada = await visitors(house, screen, theme=theme, still=True)
    ada.watch.allow("status of (401|404|409|422|503)")
    show = Exhibition(ada, theme)

    await ada.opens("/")
    await ada.reads("Sit a coding interview tonight.")
    await show.shows("landing", whole=True)
    await ada.opens("/no-such-page")
    await ada.reads("There is no page at this address.")
    await show.shows("not-found")
    await ada.opens("/signup")
    await ada.button("Create the account").click()
    await expect(ada.page.get_by_text("Enter your password.")).to_be_visible()
    await show.shows("signup")
    await ada.opens("/login")
    await ada.fills_in("ada", "not-the-password")
    await ada.button("Log in").click()
    await expect(ada.page.get_by_role("main").get_by_role("alert")).to_contain_text("password")
    await show.shows("login")

    await ada.has_account()
    await ada.opens("/dashboard")
    await ada.reads("Nothing here yet")
    await show.shows("dashboard-empty")
    if screen.touch:
        await ada.button("Menu").tap()
        await expect(ada.page.get_by_role("dialog")).to_be_visible()
        await show.shows("menu")
    await ada.sets_up(QUESTION)
    await ada.opens("/start")
    await ada.reads("How it goes")
    await show.shows("start", whole=True)
    await ada.button("Start the session").click()
    await expect(ada.page.get_by_text("You have a session of this type open.")).to_be_in_viewport()
    await show.shows("start-refused")
    await ada.opens("/room?id=nonsense")
    await ada.reads("There is no such session.")
    await show.shows("room-not-found")
    await ada.page.route("**/api/sessions?*", lambda route: route.fulfill(status=503, body="{}"))
    await ada.opens("/dashboard")
    await ada.reads("Your sessions could not be loaded")
    await show.shows("dashboard-error")
    assert not show.faults, "\n".join(show.faults)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", [DESK, PHONE], ids=lambda screen: screen.name)
async def test_screens_of_a_session(screen: Screen, theme: Theme, house: House, visitors: Visitors) -> None:
    bank = house.app.state.bank
    ada = await visitors(house, screen, theme=theme, still=True)
    show = Exhibition(ada, theme)
    await ada.has_account()
    await ada.sets_up(QUESTION)
    await ada.opens(f"/room?id={ada.session_id}")
    await ada.reads("Ready when you are")
    await show.shows("room-before")
    await ada.button("Begin the interview").click()
    await ada.is_answered()
    await ada.says("Can the list be empty?")
    await ada.is_answered()
    await ada.button("Hint").click()
    await expect(ada.messages.filter(has_text="Hint 1 of 4")).to_be_visible()
    await show.shows("room-chat")
    wrong = next(planted for planted in bank.question(QUESTION).planted if planted.flaw == "wrong")
    await ada.writes(wrong.source)
    await ada.runs_tests()
    await show.shows("room-output")
    if screen.touch:
        for place in ("Problem", "Code"):
            await ada.looks_at(place)
            await show.shows(f"room-{place.lower()}")
    await ada.button("End the interview").click()
    await expect(ada.page.get_by_role("alertdialog")).to_be_visible()
    await show.shows("room-ending")
    await ada.page.get_by_role("alertdialog").get_by_role("button", name="End the interview").click()
    await expect(ada.page.get_by_text("The interview is over.", exact=True)).to_be_visible()
    await show.shows("room-over")
    await ada.arrives_at("/scorecard?id=")
    await ada.reads("What went well")
    for summary in await ada.page.get_by_role("main").locator("summary").all():
        await summary.click()
    await show.shows("scorecard", whole=True)
    await ada.page.get_by_role("tab", name="Runs (1)").click()
    await ada.page.get_by_role("region", name="Review").scroll_into_view_if_needed()
    await show.shows("scorecard-review")
    await ada.sets_up(A_QUESTION_OF_MEDIUM)
    await ada.opens("/dashboard")
    await ada.reads("Past sessions")
    await show.shows("dashboard")
    assert not show.faults, "\n".join(show.faults)
