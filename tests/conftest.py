"""Fixtures of every test: Postgres, the clock, the keys, the queue. Nothing starts before a test asks for it."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.accounts.passwords import Hasher, argon2id
from mockloop.accounts.service import Accounts
from mockloop.clock import ManualClock
from mockloop.crypto import MasterKeys, new_master_key_entry, parse_master_keys
from mockloop.db.embedded import EmbeddedPostgres, start_embedded
from mockloop.db.engine import Database, open_database
from mockloop.db.vault import Vault
from mockloop.jobs.queue import Jobs, open_jobs
from tests.support.database import create_database, delete_rows, server_for_tests

_shared = ExitStack()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """With xdist the controller runs the one server, because it outlives every worker."""
    if not hasattr(node.config, "_postgres_root"):
        server = _shared.enter_context(server_for_tests())
        node.config._postgres_root = str(server.root)
    node.workerinput["postgres_root"] = node.config._postgres_root


def pytest_unconfigure() -> None:
    _shared.close()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What tests measured (`record_property("figures", …)`), also when they passed and on xdist's workers."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, figures in report.user_properties:
            if name == "figures":
                terminalreporter.write_line(str(figures))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> Iterator[EmbeddedPostgres]:
    """The server of this test run. Do not stop or kill it; a test that must starts its own."""
    root = getattr(request.config, "workerinput", {}).get("postgres_root")
    if root is None:
        with server_for_tests() as server:
            yield server
    else:
        with start_embedded(Path(root), attach=True) as server:
            yield server


@pytest.fixture(scope="session")
def database_url(postgres: EmbeddedPostgres) -> str:
    """A migrated database for this worker."""
    return create_database(postgres, f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty, migrated database."""
    database = open_database(database_url)
    yield database
    await delete_rows(database)
    await database.close()


@pytest.fixture
async def db(database: Database) -> AsyncIterator[AsyncSession]:
    """One transaction for the whole test; what others shall see belongs into `database.begin()`."""
    async with database.begin() as db:
        yield db


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def master_keys() -> MasterKeys:
    return parse_master_keys(new_master_key_entry("test"))


@pytest.fixture
def vault(master_keys: MasterKeys) -> Vault:
    return Vault(master_keys)


@pytest.fixture
async def jobs(database: Database) -> AsyncIterator[Jobs]:
    async with open_jobs(database.direct_url) as jobs:
        yield jobs


@pytest.fixture
def hasher() -> Hasher:
    """The product's hash with the least effort it knows, about 0.1 ms."""
    return argon2id(passes=1, memory_kib=8, lanes=1)


@pytest.fixture
def accounts(database: Database, vault: Vault, clock: ManualClock, hasher: Hasher) -> Accounts:
    return Accounts(database, vault, clock, hasher=hasher)
