"""The settings: a model of one's own is entered, tried, ordered and removed; and a model is asked once more."""

import pytest
from playwright.async_api import expect

from mockloop.interviewer.port import Said
from mockloop.interviewer.scripted import ScriptedInterviewer
from tests.browser.conftest import Houses, Visitors
from tests.browser.looks import controls_outside, findings_of_axe, take_picture
from tests.browser.visitor import DESK, Screen, Theme, Visitor
from tests.support.candidate import House
from tests.support.fake_provider import fake_provider

pytestmark = pytest.mark.browser

NARROW = Screen("narrow", 360, 740, touch=True)
KEY = "sk-not-a-key-0123456789-WXYZ"


async def enters(ada: Visitor, name: str, address: str, model: str, *, key: str = KEY) -> None:
    await ada.button("Add a provider").click()
    form = ada.page.get_by_role("form", name="A new provider")
    await form.get_by_label("Provider").select_option("address")
    await form.get_by_label("Name", exact=True).fill(name)
    await form.get_by_label("Address").fill(address)
    await form.get_by_label("Key, if it wants one").fill(key)
    await form.get_by_label("Model that interviews").fill(model)
    await form.get_by_role("button", name="Save").click()


async def comes_to_the_settings(ada: Visitor) -> None:
    await ada.has_account("ada")
    await ada.opens("/settings")
    await ada.reads("Language models")


async def test_a_model_of_one_s_own(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    async with fake_provider() as fake:
        await comes_to_the_settings(ada)
        await expect(ada.page.get_by_text("because there is no provider")).to_be_visible()
        address = f"http://127.0.0.1:{fake.port}/v1"
        await enters(ada, "works", address, "ok")
        await expect(ada.page.get_by_text("key … WXYZ")).to_be_visible()
        assert KEY not in await ada.page.content()
        await ada.button("Test works").click()
        await expect(ada.page.get_by_text("ok answered in")).to_be_visible()
        await expect(ada.page.get_by_role("group", name="Usage, today")).to_contain_text("trial")

        await enters(ada, "locked", address, "fault-401")
        await ada.button("Test locked").click()
        await expect(ada.page.get_by_text("does not accept the key")).to_be_visible()
        await ada.button("Try locked earlier").click()
        await expect(ada.page.get_by_role("listitem").filter(has_text="key …").first).to_contain_text("locked")
        await ada.page.reload()
        await expect(ada.page.get_by_role("listitem").filter(has_text="key …").first).to_contain_text("locked")

        await ada.button("Change locked").click()
        form = ada.page.get_by_role("form", name="Change locked")
        await expect(form.get_by_label("Key, if it wants one")).to_have_value("")
        await form.get_by_label("Model that interviews").fill("ok")
        await form.get_by_role("button", name="Save").click()
        await ada.button("Test locked").click()
        await expect(ada.page.get_by_text("ok answered in")).to_be_visible()

        await ada.button("Remove locked").click()
        await ada.page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
        await expect(ada.button("Test locked")).to_have_count(0)
        await expect(ada.button("Test works")).to_be_visible()


async def test_built_in_only_stays(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    await comes_to_the_settings(ada)
    switch = ada.page.get_by_role("switch", name="Built-in only")
    await switch.focus()
    # The switch moves at once; saved it is when the server has answered.
    async with ada.page.expect_response(lambda answer: answer.request.method == "PUT"):
        await ada.page.keyboard.press("Space")
    await expect(switch).to_be_checked()
    await expect(ada.page.get_by_text("Now: the built-in interviewer.", exact=True)).to_be_visible()
    assert (await ada.asks("/api/me/models"))["built_in_only"]
    await ada.page.reload()
    await expect(switch).to_be_checked()


async def test_what_is_wrong_is_said_beside_its_field(house: House, visitors: Visitors) -> None:
    ada = await visitors(house)
    ada.watch.allow("status of 422")
    await comes_to_the_settings(ada)
    await ada.button("Add a provider").click()
    form = ada.page.get_by_role("form", name="A new provider")
    await form.get_by_role("button", name="Save").click()
    await expect(form.get_by_label("Key", exact=True)).to_be_focused()
    await expect(form.get_by_label("Model that interviews")).to_have_attribute("aria-invalid", "true")
    await form.get_by_role("button", name="Cancel").click()
    await enters(ada, "cloud", "http://169.254.169.254/v1", "ok")
    await expect(form.get_by_label("Address")).to_be_focused()
    await expect(form.get_by_text("link-local or cloud metadata")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("screen", [DESK, NARROW], ids=lambda screen: screen.name)
async def test_how_it_looks(screen: Screen, theme: Theme, house: House, visitors: Visitors) -> None:
    ada = await visitors(house, screen, theme=theme, still=True)
    faults: list[str] = []

    async def shows(name: str) -> None:
        await take_picture(ada.page, f"{name}-{screen.name}-{theme}", whole=True)
        faults.extend(f"{name}: {finding}" for finding in await findings_of_axe(ada.page))
        faults.extend(f"{name}: outside: {control}" for control in await controls_outside(ada.page))
        if await ada.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{name}: scrolls sideways")

    async with fake_provider() as fake:
        await comes_to_the_settings(ada)
        await shows("settings-empty")
        await enters(ada, "my quite long named machine in the attic", f"http://127.0.0.1:{fake.port}/v1", "ok")
        await enters(ada, "locked", f"http://127.0.0.1:{fake.port}/v1", "fault-401")
        for name, words in (("my quite", "ok answered in"), ("locked", "does not accept the key")):
            await ada.button(f"Test {name}").click()
            await expect(ada.page.get_by_text(words)).to_be_visible()
        await shows("settings")
        await ada.button("Add a provider").click()
        await ada.page.locator("summary").click()
        await shows("settings-form")
    assert not faults, "\n".join(faults)


STAND_IN = Said("Tell me more.", "probe", "a model failed", source="built-in:overloaded")
MODEL = Said("What about an empty list?", "probe", "asked by a model", source="model:my claude")
HELLO = Said("Good morning.", "greet", "the beginning")


async def test_the_model_is_asked_once_more(houses: Houses, visitors: Visitors) -> None:
    script = ScriptedInterviewer([HELLO, STAND_IN, STAND_IN, MODEL])
    async with houses(interviewer=script) as house:
        ada = await visitors(house)
        await ada.has_account("ada")
        await ada.begins("pair-within-budget")
        await expect(ada.messages.last).to_contain_text("built-in")
        retry = ada.button("Retry with the model")
        await expect(retry).to_have_count(0)
        await ada.says("I would sort it.")
        await ada.hears("Tell me more")
        await expect(
            ada.page.get_by_text("The model was overloaded; the built-in interviewer answered.")
        ).to_be_visible()
        await retry.click()
        await expect(ada.page.get_by_text("The model was overloaded again")).to_be_visible()
        assert not await findings_of_axe(ada.page)
        await retry.click()
        await ada.hears("empty list")
        await expect(ada.messages.last).to_contain_text("my claude")
        await expect(retry).to_have_count(0)
        await expect(ada.messages.filter(has_text="Tell me more")).to_contain_text("replaced")
        await ada.page.close()
