"""Houses for journeys: the real app on a real port and a real database, with the clock in the test's hands."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from mockloop.app import create_app
from mockloop.clock import ManualClock
from mockloop.db.engine import Database
from mockloop.interviewer.scripted import ScriptedInterviewer
from mockloop.settings import Settings
from tests.support.candidate import House, served

Houses = Callable[..., AbstractAsyncContextManager[House]]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, sessions_per_hour=50, runs_per_minute=50)


@pytest.fixture
def houses(database: Database, settings: Settings, clock: ManualClock) -> Houses:
    """Opens a house; several share one database, as instances behind a load balancer do."""

    @asynccontextmanager
    async def open_house(**parts: Any) -> AsyncIterator[House]:
        chosen = parts.pop("settings", settings)
        app = create_app(chosen, database.url, clock=parts.pop("clock", clock), **parts)
        async with served(app) as house:
            yield house

    return open_house


@pytest.fixture
async def house(houses: Houses) -> AsyncIterator[House]:
    """One house with the built-in interviewer and the real sandbox."""
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(houses())


@pytest.fixture
async def quiet_house(houses: Houses) -> AsyncIterator[House]:
    """One house whose interviewer says what a script says."""
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(houses(interviewer=ScriptedInterviewer()))
