"""What the landing page and the room weigh on the wire, in Chromium with an empty cache: `python -m bench.pages`.

Without Chromium or an exported frontend it says so and measures nothing.
"""

import asyncio
import os
import shutil
from collections import Counter
from urllib.parse import urlsplit
from uuid import uuid4

from playwright.async_api import Browser, BrowserContext, CDPSession, Page, async_playwright

from bench.history import ROOT, Figures, keep, show
from tests.support.candidate import PASSWORD
from tests.support.instances import Grounds, grounds, running

STATIC = ROOT / "src" / "mockloop" / "static"
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"]
SETTLED_S = 1.5
"""Nothing more is loading when nothing has come for this long."""

GIVE_UP_S = 30.0


class Wire:
    """Counts what a page receives, headers included, as Chromium's own network panel does."""

    def __init__(self) -> None:
        self.by_kind: Counter[str] = Counter()
        self.requests = 0
        self._kinds: dict[str, str] = {}
        self._last = asyncio.Event()

    async def attach(self, context: BrowserContext, page: Page) -> CDPSession:
        session = await context.new_cdp_session(page)
        await session.send("Network.enable")
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)
        return session

    def _received(self, event: dict[str, object]) -> None:
        response = event["response"]
        assert isinstance(response, dict)
        path = urlsplit(str(response["url"])).path
        kind = "api" if path.startswith("/api/") else str(event["type"]).lower()
        self._kinds[str(event["requestId"])] = kind
        self._last.set()

    def _finished(self, event: dict[str, object]) -> None:
        kind = self._kinds.get(str(event["requestId"]), "other")
        self.by_kind[kind] += int(float(str(event["encodedDataLength"])))
        self.requests += 1
        self._last.set()

    async def settled(self) -> None:
        """Return when nothing has come for a while."""
        async with asyncio.timeout(GIVE_UP_S):
            while True:
                self._last.clear()
                try:
                    await asyncio.wait_for(self._last.wait(), SETTLED_S)
                except TimeoutError:
                    return

    def row(self, name: str) -> Figures:
        kinds = {f"{kind}_kB": round(size / 1000, 1) for kind, size in self.by_kind.most_common(5)}
        return {"what": name, "kB": round(self.by_kind.total() / 1000, 1), "requests": self.requests, **kinds}


async def weigh(browser: Browser, url: str, name: str, cookies: list[dict[str, object]] | None = None) -> Figures:
    """One page in a browser that has seen nothing yet."""
    context = await browser.new_context()
    try:
        await context.add_cookies(cookies or [])  # type: ignore[arg-type]
        page, wire = await context.new_page(), Wire()
        await wire.attach(context, page)
        await page.goto(url, wait_until="load")
        await wire.settled()
        return wire.row(name)
    finally:
        await context.close()


async def bench(ground: Grounds, program: str) -> list[Figures]:
    """The landing page, and the room of a session that runs."""
    instance = ground.instance()
    async with running(instance), async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
        context = await browser.new_context(base_url=instance.url)
        body = {"username": f"bench-{uuid4().hex[:8]}", "password": PASSWORD}
        await context.request.post("/api/users/create", data=body)
        session = await (await context.request.post("/api/sessions", data={})).json()
        await context.request.patch(f"/api/sessions/{session['id']}/start")
        cookies = [dict(cookie) for cookie in await context.cookies()]
        rows = [
            await weigh(browser, f"{instance.url}/", "landing, empty cache"),
            await weigh(browser, f"{instance.url}/room?id={session['id']}", "room, empty cache", cookies),
        ]
        await browser.close()
    return rows


def main() -> None:
    """Measure, print, keep."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None or not (STATIC / "index.html").is_file():
        print("bench.pages: needs Chromium and the built frontend (`make run` builds it); nothing measured")
        return
    load_before = os.getloadavg()[0]
    with grounds() as ground:
        rows = asyncio.run(bench(ground, program))
    show("Transferred bytes", rows)
    keep("pages", rows, load_before)


if __name__ == "__main__":
    main()
