"""What goes wrong, and what a person reads then: wrong words at the door, second sessions, strangers, a deaf server."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Visitors
from tests.browser.visitor import DESK, PHONE, Screen
from tests.support.candidate import House

pytestmark = pytest.mark.browser

QUESTION = "first-repeat-visitor"
TITLE = "The first guest to come back"

screens = pytest.mark.parametrize("screen", [DESK, PHONE], ids=lambda screen: screen.name)


@screens
async def test_at_the_door(screen: Screen, house: House, visitors: Visitors) -> None:
    ada = await visitors(house, screen)
    ada.watch.allow("status of (401|409|422)")
    await ada.has_account("ada")
    await ada.context.clear_cookies()

    await ada.opens("/login")
    await ada.button("Log in").click()
    name, password = ada.page.get_by_label("Username or e-mail"), ada.page.get_by_label("Password", exact=True)
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description("Enter your username or your e-mail address.")
    await ada.fills_in("ada", "not-the-password")
    await ada.button("Log in").click()
    alert = ada.page.get_by_role("main").get_by_role("alert")
    await expect(alert).to_contain_text("password")
    wrong_password = await alert.inner_text()
    await ada.fills_in("nobody-of-this-name", "not-the-password")
    await ada.button("Log in").click()
    await expect(alert).to_have_text(wrong_password)
    await expect(ada.button("Log in")).to_be_enabled()

    await ada.link("Sign up").click()
    await ada.reads("Create an account")
    await ada.fills_in("ada")
    await ada.button("Create the account").click()
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description(re.compile("taken|in use|exists"))
    await ada.fills_in("grace", "short")
    await ada.button("Create the account").click()
    await expect(password).to_be_focused()
    await expect(password).to_have_accessible_description(re.compile("at least 10", re.IGNORECASE))
    await ada.fills_in("grace")
    await ada.button("Create the account").click()
    await ada.arrives_at("/dashboard")


async def test_a_login_that_ended_leads_back(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    ada.watch.allow("status of 401")
    await ada.has_account()
    await ada.sets_up(QUESTION)
    await ada.opens("/dashboard")
    await ada.reads(TITLE)
    await ada.context.clear_cookies()
    await ada.opens(f"/room?id={ada.session_id}")
    await ada.reads("Log in")
    await ada.fills_in("ada")
    await ada.button("Log in").click()
    await ada.arrives_at(f"/room?id={ada.session_id}")
    await ada.reads("Ready when you are")


async def test_logging_out(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    ada.watch.allow("status of 401")
    await ada.has_account()
    await ada.opens("/dashboard")
    await ada.button("Account of ada").click()
    await ada.page.get_by_role("menuitem", name="Log out").click()
    await ada.reads("Sit a coding interview tonight.")
    await ada.opens("/dashboard")
    await ada.reads("Log in")


@screens
async def test_a_second_session_leads_to_the_open_one(screen: Screen, house: House, visitors: Visitors) -> None:
    ada = await visitors(house, screen)
    ada.watch.allow("status of 409")
    await ada.has_account()
    await ada.sets_up(QUESTION)
    await ada.opens("/start")
    await ada.button("Start the session").click()
    await expect(ada.page.get_by_text("You have a session of this type open.")).to_be_in_viewport()
    await ada.link("Go to the open session").click()
    await ada.arrives_at(f"/room?id={ada.session_id}")
    await ada.reads("Ready when you are")


@screens
async def test_no_page_at_this_address(screen: Screen, house: House, visitors: Visitors) -> None:
    ada = await visitors(house, screen)
    ada.watch.allow("status of (404|401)")
    answer = await ada.page.goto(house.url + "/no-such-page")
    assert answer is not None
    assert answer.status == 404
    await ada.reads("There is no page at this address.")
    await ada.page.get_by_role("link", name="Home page", exact=True).click()
    await ada.reads("Sit a coding interview tonight.")


async def test_a_session_of_somebody_else(house: House, visitors: Visitors) -> None:
    ada, eve = await visitors(house), await visitors(house)
    eve.watch.allow("status of (404|422)")
    await ada.has_account("ada")
    await ada.begins(QUESTION)
    await eve.has_account("eve")
    for session_id in (ada.session_id, "01a1fcd6-0000-7000-8000-000000000000", "nonsense"):
        await eve.opens(f"/room?id={session_id}")
        await eve.reads("There is no such session.")
        await eve.opens(f"/scorecard?id={session_id}")
        await eve.reads("There is no such scorecard.")
    await expect(eve.page.get_by_text(TITLE)).to_have_count(0)
    await eve.opens("/room")
    await eve.reads("There is no such session.")
    await eve.link("Go to the dashboard").click()
    await eve.reads("Nothing here yet")


@screens
async def test_the_dashboard_when_the_server_does_not_answer(screen: Screen, house: House, visitors: Visitors) -> None:
    ada = await visitors(house, screen, still=True)
    ada.watch.allow("ERR_FAILED|status of 503")
    await ada.has_account()
    await ada.sets_up(QUESTION)
    await ada.page.route("**/api/sessions?*", lambda route: route.abort())
    await ada.opens("/dashboard")
    await ada.reads("Your sessions could not be loaded")
    await ada.page.unroute("**/api/sessions?*")
    await ada.button("Try again").click()
    await ada.reads(TITLE)


async def test_without_a_network_one_is_told(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    ada.watch.allow("ERR_INTERNET_DISCONNECTED")
    await ada.has_account()
    await ada.opens("/dashboard")
    await ada.reads("Nothing here yet")
    await ada.context.set_offline(True)
    await expect(ada.page.get_by_text("You are offline.")).to_be_visible()
    await ada.context.set_offline(False)
    await expect(ada.page.get_by_text("You are offline.")).to_be_hidden()


async def test_what_is_too_long_is_not_sent(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    await ada.has_account()
    await ada.begins(QUESTION)
    await ada.composer.fill("é" * 4097)
    await expect(ada.page.get_by_text("8.0 of 8 kB")).to_be_visible()
    await expect(ada.button("Send")).to_be_disabled()
    await ada.composer.press("Enter")
    await expect(ada.composer).to_have_value("é" * 4097)
    await ada.composer.fill("Short again: can the list be empty?")
    await ada.composer.press("Enter")
    await ada.hears("can be empty")


async def test_a_program_that_breaks_is_told_where(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    await ada.has_account()
    await ada.begins(QUESTION)
    await ada.writes("values = []\nprint(values[3])\n")
    await ada.button("Run", exact=True).click()
    output = ada.page.get_by_test_id("run-output")
    await expect(output).to_contain_text("The program stopped with an error, at line 2.")
    await expect(output).to_contain_text("IndexError")
    await ada.writes("def first_repeat_visitor(tickets:\n")
    results = await ada.runs_tests()
    await expect(results).to_contain_text("The code could not be read, at line 1.")
