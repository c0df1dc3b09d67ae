"""The connection to Postgres and its transactions: one request or job, one `begin()`; nobody else commits."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy.engine import make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from mockloop.errors import Unavailable

CONNECT_TIMEOUT_S = 5
POOL_TIMEOUT_S = 10


class DatabaseUnavailable(Unavailable):
    """The database does not answer right now. Nothing was saved; try again in a moment."""


class Database:
    """One Postgres. `url` may lead through a pooler; `direct_url` never does (LISTEN, jobs, migrations)."""

    def __init__(self, engine: AsyncEngine, url: str, direct_url: str) -> None:
        self.engine = engine
        self.url = url
        self.direct_url = direct_url
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)
        alone = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._alone = async_sessionmaker(alone, expire_on_commit=False)

    def __repr__(self) -> str:
        return f"Database({make_url(self.url).render_as_string(hide_password=True)})"

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:
        """One transaction: committed at the end of the block, rolled back when it raises.

        Raises `DatabaseUnavailable` when Postgres is gone, full or too busy, from the block or from the commit.
        """
        with _translated():
            async with self._sessions.begin() as db:
                yield db

    @asynccontextmanager
    async def one_statement(self) -> AsyncIterator[AsyncSession]:
        """For a single statement that writes: saved when it returns, without the round trips of BEGIN and COMMIT.

        What is read after it sees the newest of everything. Raises `DatabaseUnavailable`.
        """
        with _translated():
            async with self._alone() as db:
                yield db

    async def close(self) -> None:
        """Give back every connection."""
        await self.engine.dispose()


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout) as error:
        raise DatabaseUnavailable from error


def open_database(url: str, *, direct_url: str | None = None, pool_size: int = 10) -> Database:
    """Ready to connect; does not yet connect. URLs as libpq knows them: `postgresql://user:password@host/name`.

    With a `direct_url`, `url` is taken for a transaction pooler (pgbouncer): no prepared statements there.
    """
    connect_args: dict[str, Any] = {"connect_timeout": CONNECT_TIMEOUT_S, "application_name": "mockloop"}
    if direct_url is not None and direct_url != url:
        connect_args["prepare_threshold"] = None
    engine = create_async_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        connect_args=connect_args,
        pool_size=pool_size,
        max_overflow=0,  # what an operator counts on: never more connections than the setting says
        pool_timeout=POOL_TIMEOUT_S,
        pool_pre_ping=True,  # a restarted Postgres costs nobody an error
        hide_parameters=True,  # parameters never reach a log or a traceback
    )
    return Database(engine, url, direct_url or url)


async def open_db(request: Request) -> AsyncIterator[AsyncSession]:
    """The transaction of a request. Asks for a `Request`, so a WebSocket cannot depend on it by mistake."""
    database: Database = request.app.state.database
    async with database.begin() as db:
        yield db


Db = Annotated[AsyncSession, Depends(open_db, scope="function")]
"""With this scope the commit precedes the response, so what was acknowledged is saved."""
