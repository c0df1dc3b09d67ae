"""Fixtures of the browser tests: Chromium, the built frontend served by the real app, and visitors who are watched."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright, expect

from mockloop.accounts.passwords import Hasher
from mockloop.app import STATIC, create_app
from mockloop.clock import ManualClock
from mockloop.db.engine import Database
from mockloop.settings import Settings
from tests.browser.visitor import DESK, Screen, Visitor, visit
from tests.support.candidate import House, served

Houses = Callable[..., AbstractAsyncContextManager[House]]
Visitors = Callable[..., Awaitable[Visitor]]

CHROMIUM_FLAGS = [
    "--no-sandbox",  # containers, and root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT_MS = 30_000
"""Generous: a busy machine is slow, and a wait that succeeds costs nothing."""


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """One browser for all tests of this worker; each visitor has a context of his own in it."""
    program = shutil.which("chromium")
    if program is None:
        pytest.fail("the browser tests need Chromium: apt-get install chromium", pytrace=False)
    if not (STATIC / "index.html").exists():
        pytest.fail("the frontend is not built: .venv/bin/node web/scripts/build-if-stale.mjs", pytrace=False)
    expect.set_options(timeout=WAIT_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
def houses(database: Database, tmp_path: Path, clock: ManualClock, hasher: Hasher) -> Houses:
    """Opens a house on a free port, or on the port it is told: a server that starts again. `jobs`: whether it marks.

    `chosen`: further settings.
    """

    @asynccontextmanager
    async def open_house(
        port: int = 0, *, jobs: bool = True, chosen: Mapping[str, Any] = MappingProxyType({}), **parts: Any
    ) -> AsyncIterator[House]:
        settings = Settings(data_dir=tmp_path, sessions_per_hour=50, runs_per_minute=50, jobs_in_process=jobs, **chosen)
        app = create_app(settings, database.url, clock=clock, hasher=hasher, **parts)
        async with served(app, port) as house:
            yield house

    return open_house


@pytest.fixture
async def house(houses: Houses) -> AsyncIterator[House]:
    """The product as it is: built frontend, built-in interviewer, real sandbox; the clock is in the test's hands."""
    async with houses() as house:
        yield house


@pytest.fixture
async def visitors(chromium: Browser) -> AsyncIterator[Visitors]:
    """Opens a browser of somebody's own: `await visitors(house, PHONE)`. All are watched until they leave."""
    async with AsyncExitStack() as stack:

        async def come(house: House, screen: Screen = DESK, **wanted: Any) -> Visitor:
            return await stack.enter_async_context(visit(chromium, house, screen, **wanted))

        yield come
