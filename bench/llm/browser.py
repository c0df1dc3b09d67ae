"""From a candidate's Enter to the interviewer's first words on the screen, in Chromium on the built frontend.

A page's clock is read together with ours, and the closest of many readings gives the difference: half a round trip is
what the figures may be wrong by. Painted is the first moment after the frame with the words in it; frames come every
16.7 ms, so a screen adds some 8 ms that are nobody's.
"""

import asyncio
import re
import shutil
import time
from uuid import uuid4

from playwright.async_api import Page, async_playwright, expect

from bench.history import Figures, spread
from bench.llm.provider import AT_ONCE, PROTOCOLS, by_mark, journal, marked
from bench.llm.turns import asking
from bench.pages import FLAGS, STATIC
from tests.support.candidate import PASSWORD
from tests.support.fake_provider import FakeProvider
from tests.support.instances import Grounds, Instance, running

QUESTION = "pair-within-budget"
READINGS = 200
WAIT_MS = 30_000
FIRST_MARK = 1_000_000

WATCH = """() => {
  const place = document.querySelector('[aria-label="Messages"]');
  const afterFrame = new MessageChannel();
  let sent = 0;
  let show = null;
  afterFrame.port1.onmessage = () => { show([sent, performance.now()]); show = null; };
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    sent = performance.now();
    window.benchTurn = new Promise((done) => { show = done; });
  }, true);
  new MutationObserver(() => {
    const words = [...place.children].some((one) => one.matches('div[aria-hidden]') && one.textContent.trim());
    if (!show || !words || window.benchSeen === window.benchTurn) return;
    window.benchSeen = window.benchTurn;
    requestAnimationFrame(() => afterFrame.port2.postMessage(0));
  }).observe(place, { childList: true, subtree: true, characterData: true });
}"""


async def clock_of(page: Page) -> tuple[float, float]:
    """What to add to the seconds of `performance.now()` for those of `time.monotonic()`, and by how much it may err."""
    readings = []
    for _ in range(READINGS):
        before_s = time.monotonic()
        there_ms = await page.evaluate("performance.now()")
        after_s = time.monotonic()
        readings.append((after_s - before_s, (before_s + after_s) / 2 - there_ms / 1000))
    trip_s, offset_s = min(readings)
    return offset_s, trip_s / 2


async def in_the_room(page: Page, instance: Instance) -> None:
    """Signs up and begins a session; the interviewer has greeted."""
    asks = page.context.request
    await asks.post(f"{instance.url}/api/users/create", data={"username": f"b{uuid4().hex[:8]}", "password": PASSWORD})
    session = await (await asks.post(f"{instance.url}/api/sessions", data={"question": QUESTION})).json()
    await asks.patch(f"{instance.url}/api/sessions/{session['id']}/start")
    await page.goto(f"{instance.url}/room?id={session['id']}")
    await answered(page)
    await page.evaluate(WATCH)


async def answered(page: Page) -> None:
    """The interviewer has the last word."""
    spoken = page.get_by_role("log", name="Conversation").locator("[data-seq]")
    spoken = spoken.filter(has=page.get_by_text(re.compile("^(Interviewer|You)$")))
    await expect(spoken.last).to_contain_text("Interviewer", timeout=WAIT_MS)


async def says(page: Page, mark: int) -> tuple[float, float]:
    """One turn: when Enter was pressed and when the first words were painted, in ms of the page's clock."""
    composer = page.get_by_label("Message to the interviewer")
    await composer.fill(marked(mark))
    await composer.press("Enter")
    async with asyncio.timeout(WAIT_MS / 1000):
        sent_ms, painted_ms = await page.evaluate("window.benchTurn")
    await answered(page)
    return sent_ms, painted_ms


async def turns_of(page: Page, fake: FakeProvider, name: str, count: int) -> list[Figures]:
    """The two ways through our code, as far as the screen."""
    await says(page, FIRST_MARK)
    await asyncio.to_thread(journal, fake)
    first_s, error_s = await clock_of(page)
    times = {mark: await says(page, mark) for mark in range(FIRST_MARK + 1, FIRST_MARK + 1 + count)}
    last_s, _ = await clock_of(page)
    offset_s = (first_s + last_s) / 2
    seen = by_mark(await asyncio.to_thread(journal, fake))
    there = [(seen[mark]["seen_s"] - offset_s) * 1000 - sent for mark, (sent, _) in times.items()]
    back = [painted - (seen[mark]["first_text_s"] - offset_s) * 1000 for mark, (_, painted) in times.items()]
    return [
        {"what": f"{name}: Enter to request", **spread(there)},
        {"what": f"{name}: sentence to painted", **spread(back)},
        {"what": f"{name}: own share", **spread([a + b for a, b in zip(there, back, strict=True)])},
        {
            "what": f"{name}: (the clocks may differ by)",
            "ms": round(error_s * 1000, 2),
            "drift_ms": round(abs(last_s - first_s) * 1000, 2),
        },
    ]


async def bench(ground: Grounds, fake: FakeProvider, count: int) -> list[Figures]:
    """Per protocol, a browser that has the machine to itself. Nothing without Chromium or the built frontend."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None or not (STATIC / "index.html").is_file():
        print("bench.llm: needs Chromium and the built frontend for turns in a browser; left out")
        return []
    rows: list[Figures] = []
    for protocol in PROTOCOLS:
        instance = ground.instance(**asking(fake, protocol, AT_ONCE))
        async with running(instance), async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=program, args=FLAGS)
            page = await browser.new_page()
            await in_the_room(page, instance)
            rows += await turns_of(page, fake, f"{protocol}, in Chromium", count)
            await browser.close()
    return rows
