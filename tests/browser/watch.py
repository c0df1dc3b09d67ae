"""What no page may ever do, seen while it happens: every visitor of the browser tests is watched by this."""

import asyncio
import re
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Page, Request, WebError, WebSocket

EYES = """
const report = (kind, text) => window.reportFault(kind, `${location.pathname}: ${text}`);
document.addEventListener("securitypolicyviolation", (event) =>
  report("content security policy", `${event.violatedDirective} ${event.blockedURI} ${event.sample}`));

const inside = (element) => {
  for (let box = element.parentElement; box; box = box.parentElement) {
    if (getComputedStyle(box).overflowX !== "visible") return box.getBoundingClientRect().right <= innerWidth + 1;
  }
  return false;
};
let told = "";
setInterval(() => {
  const root = document.documentElement;
  if (!root || root.scrollWidth <= root.clientWidth + 1) return;
  const wide = [...document.querySelectorAll("body *")].filter((element) =>
    element.getBoundingClientRect().right > root.clientWidth + 1 && !inside(element));
  const name = wide.slice(-2).map((element) => `<${element.tagName} class="${element.className}">`).join(" ");
  const text = `${root.scrollWidth} px in ${root.clientWidth}: ${name}`;
  if (text !== told) report("scrolls sideways", text);
  told = text;
}, 200);
"""

EMPTY_ADDRESSES = ("about:", "data:", "blob:")


class Watch:
    """Collects the faults of one browser context. `check` tells them; `allow` names what a test provokes."""

    def __init__(self, origin: str) -> None:
        self._host = urlsplit(origin).netloc
        self._allowed: list[str] = []
        self._told = asyncio.Event()
        self.faults: list[str] = []

    async def follow(self, context: BrowserContext) -> None:
        """Sees every page of this context from its first script on."""
        await context.expose_binding("reportFault", self._reported)
        await context.add_init_script(f"(() => {{ {EYES} }})()")
        context.on("weberror", self._failed)
        context.on("console", self._printed)
        context.on("request", self._asked)
        context.on("page", self._opened)

    def allow(self, pattern: str) -> None:
        """Something this test provokes, as a regular expression: a refused request is a console error."""
        self._allowed.append(pattern)

    def unexpected(self) -> list[str]:
        return [fault for fault in self.faults if not any(re.search(allowed, fault) for allowed in self._allowed)]

    async def sees(self, kind: str, timeout_s: float = 10) -> None:
        """Wait for a fault of this kind."""
        async with asyncio.timeout(timeout_s):
            while not any(fault.startswith(kind) for fault in self.faults):
                self._told.clear()
                await self._told.wait()

    def check(self) -> None:
        assert not self.unexpected(), "\n".join(self.unexpected())

    def _add(self, fault: str) -> None:
        self.faults.append(fault)
        self._told.set()

    def _reported(self, source: Any, kind: str, text: str) -> None:
        self._add(f"{kind}: {text}")

    def _failed(self, failure: WebError) -> None:
        self._add(f"page error: {failure.error}")

    def _printed(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "assert"):
            self._add(f"console error: {message.text} ({message.location.get('url', '')})")

    def _asked(self, request: Request) -> None:
        self._went_to(request.url)

    def _opened(self, page: Page) -> None:
        page.on("websocket", self._connected)

    def _connected(self, socket: WebSocket) -> None:
        self._went_to(socket.url)

    def _went_to(self, address: str) -> None:
        if not address.startswith(EMPTY_ADDRESSES) and urlsplit(address).netloc != self._host:
            self._add(f"foreign host: {address}")
