"""A person at a browser: what one sees, clicks and types on the built pages. Reads like an afternoon.

ada = await visitors(house)
await ada.has_account("ada")
await ada.begins("pair-within-budget")
await ada.says("Can the list be empty?")
await ada.is_answered()
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Literal

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.watch import Watch
from tests.support.candidate import PASSWORD, House

Theme = Literal["light", "dark"]
Place = Literal["Problem", "Chat", "Code", "Output"]

SPOKEN = re.compile("^(Interviewer|You)$")


@dataclass(frozen=True)
class Screen:
    """A size of window, and whether a finger moves on it."""

    name: str
    width: int
    height: int
    touch: bool = False


DESK = Screen("desk", 1440, 900)
PHONE = Screen("phone", 390, 844, touch=True)


class Visitor:
    """One browser with its own cookies. `page` is the tab in front."""

    def __init__(self, context: BrowserContext, page: Page, house: House, screen: Screen, watch: Watch) -> None:
        self.context = context
        self.page = page
        self.house = house
        self.screen = screen
        self.watch = watch
        self.session_id = ""

    # Moving about

    async def opens(self, path: str) -> None:
        await self.page.goto(self.house.url + path)

    async def arrives_at(self, path: str) -> None:
        """The address becomes this one, by whatever way."""
        await expect(self.page).to_have_url(re.compile(re.escape(self.house.url + path)))

    async def reads(self, heading: str) -> None:
        """This heading stands on the page."""
        await expect(self.page.get_by_role("heading", name=heading)).to_be_visible()

    def button(self, name: str, *, exact: bool = False) -> Locator:
        return self.page.get_by_role("button", name=name, exact=exact)

    def link(self, name: str) -> Locator:
        return self.page.get_by_role("link", name=name)

    async def opens_another_tab(self) -> "Visitor":
        """A second tab of the same browser, at the same address."""
        tab = Visitor(self.context, await self.context.new_page(), self.house, self.screen, self.watch)
        tab.session_id = self.session_id
        await tab.page.goto(self.page.url)
        return tab

    async def opens_a_fresh_tab(self) -> None:
        """In the place of a tab that was closed."""
        self.page = await self.context.new_page()

    # The account

    async def fills_in(self, name: str, password: str = PASSWORD) -> None:
        await self.page.get_by_label("Username or e-mail").fill(name)
        await self.page.get_by_label("Password", exact=True).fill(password)

    async def has_account(self, name: str = "ada") -> None:
        """Signs up beside the pages, for tests that are about something else."""
        await self._asks("post", "/api/users/create", {"username": name, "password": PASSWORD})

    async def logs_in(self, name: str = "ada") -> None:
        """Logs in beside the pages."""
        await self._asks("post", "/api/users/login", {"username": name, "password": PASSWORD})

    async def asks(self, path: str) -> Any:
        """What the server says at this address to this person."""
        return await self._asks("get", path)

    async def _asks(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        headers = {"content-type": "application/json"}
        answer = await self.context.request.fetch(
            self.house.url + path, method=method, headers=headers, data=json.dumps(body) if body is not None else None
        )
        assert answer.ok, f"{method} {path}: {answer.status} {await answer.text()}"
        return await answer.json() if await answer.body() else None

    # A session

    async def sets_up(self, question: str, **wanted: Any) -> str:
        """Creates a session beside the pages; its id."""
        self.session_id = (await self._asks("post", "/api/sessions", {"question": question, **wanted}))["id"]
        return self.session_id

    async def begins(self, question: str, **wanted: Any) -> None:
        """Creates a session, starts it, and comes into the room."""
        await self.sets_up(question, **wanted)
        await self._asks("patch", f"/api/sessions/{self.session_id}/start")
        await self.comes_in()

    async def comes_in(self) -> None:
        """Opens the room of the session and waits until the interviewer has greeted."""
        await self.opens(f"/room?id={self.session_id}")
        await self.is_answered()
        await self.has_an_editor()

    async def ends(self) -> None:
        """Ends the session beside the pages."""
        await self._asks("patch", f"/api/sessions/{self.session_id}/end")

    async def has_scorecard(self) -> None:
        """Waits until the server has one."""

        address = f"{self.house.url}/api/sessions/{self.session_id}/feedback"
        async with asyncio.timeout(20):
            # The one thing asked for again and again: a program that is no page has nothing to wait on.
            while not (await self.context.request.get(address)).ok:  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    # In the room

    @property
    def conversation(self) -> Locator:
        return self.page.get_by_role("log", name="Conversation")

    @property
    def messages(self) -> Locator:
        """What was said, by either side, oldest first."""
        return self.conversation.locator("[data-seq]").filter(has=self.page.get_by_text(SPOKEN))

    @property
    def composer(self) -> Locator:
        return self.page.get_by_label("Message to the interviewer")

    @property
    def editor(self) -> Locator:
        return self.page.get_by_test_id("editor")

    @property
    def saving(self) -> Locator:
        return self.page.get_by_test_id("saving")

    async def looks_at(self, place: Place) -> None:
        """On a phone one panel is in sight at a time; on a desk all are."""
        if self.screen.touch:
            await self.page.get_by_role("tab", name=place).tap()

    async def says(self, text: str) -> None:
        await self.looks_at("Chat")
        await self.composer.fill(text)
        await self.composer.press("Enter")
        await expect(self.messages.filter(has=self.page.get_by_text(text, exact=True)).last).to_be_visible()

    async def is_answered(self) -> None:
        """The interviewer has the last word."""
        await expect(self.messages.last).to_contain_text("Interviewer")

    async def hears(self, words: str) -> None:
        await self.is_answered()
        await expect(self.messages.last).to_contain_text(re.compile(words, re.IGNORECASE))

    async def has_an_editor(self) -> None:
        """The editor is there with all it loads: it knows the words of the language."""
        coloured = ".cm-content" if self.screen.touch else "[class^=mtk]:not(.mtk1)"
        await expect(self.editor.locator(coloured).first).to_be_attached()

    async def puts_the_cursor_into_the_editor(self) -> None:
        await self.looks_at("Code")
        await self.editor.locator(".cm-content" if self.screen.touch else ".view-lines").first.click()

    async def types(self, text: str) -> None:
        """Key by key, at the end of what stands in the editor."""
        await self.puts_the_cursor_into_the_editor()
        await self.page.keyboard.press("ControlOrMeta+End")
        await self.page.keyboard.type(text)

    async def writes(self, code: str) -> None:
        """Puts this code in the place of what stands in the editor, and waits until the server has it."""
        if self.screen.touch:
            await self.looks_at("Code")
            await self.editor.locator(".cm-content").fill(code)
        else:
            await self.puts_the_cursor_into_the_editor()
            await self.page.keyboard.press("ControlOrMeta+a")
            # Pasted: typed line by line, the editor would indent by itself what is indented already.
            await self.page.evaluate("(text) => navigator.clipboard.writeText(text)", code)
            await self.page.keyboard.press("ControlOrMeta+v")
        await self.sees_code(code.strip().splitlines()[-1].strip())
        await expect(self.saving).to_have_text("Saved")

    async def sees_code(self, text: str) -> None:
        """This stands in the editor. Monaco shows spaces as U+00A0, and each word may be an element of its own."""
        words = r"\s*".join(re.escape(word) for word in text.split())
        await expect(self.editor).to_contain_text(re.compile(words))

    async def runs_tests(self) -> Locator:
        """Runs the tests; the panel with what came of it."""
        await self.looks_at("Code")
        await self.button("Run tests").click()
        results = self.page.get_by_test_id("test-results")
        await expect(results).to_be_visible(timeout=30_000)
        return results


@asynccontextmanager
async def visit(
    browser: Browser, house: House, screen: Screen, *, theme: Theme = "light", still: bool = False, scale: float = 1
) -> AsyncIterator[Visitor]:
    """A watched browser window. `still`: this person asks for reduced motion. `scale`: pixels of the screen per px."""
    context = await browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        has_touch=screen.touch,
        is_mobile=screen.touch,
        color_scheme=theme,
        reduced_motion="reduce" if still else "no-preference",
        device_scale_factor=scale,
        locale="en-GB",
        timezone_id="UTC",
        permissions=["clipboard-read", "clipboard-write"],
    )
    watch = Watch(house.url)
    await watch.follow(context)
    try:
        yield Visitor(context, await context.new_page(), house, screen, watch)
    finally:
        await context.close()
    watch.check()
