"""Enqueues jobs in the caller's transaction: a job exists if and only if the change that asked for it does.

A job is one queued call of a task, named `noun.verb`. Its arguments are ids, never text: they are stored in
plain and logged. Features call `Jobs.enqueue`; the composition roots call `open_jobs`.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import procrastinate
import psycopg
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from psycopg import AsyncConnection
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.db.engine import DatabaseUnavailable

SCHEMA = "jobs"
POOL_TIMEOUT_S = 5.0
"""Nobody waits longer for a connection; a process that is to stop while the database is away stops soon."""

_ID_LIKE = re.compile(r"[A-Za-z0-9_.:-]{1,64}")

QueueName = Literal["default", "waiting"]
"""Each has places of its own in a worker, so that a slow provider keeps no scorecard waiting."""


class Jobs:
    """The queue, as those who enqueue see it."""

    def __init__(self, app: procrastinate.App, connector: procrastinate.PsycopgConnector) -> None:
        self.app = app
        self._connector = connector

    @property
    def pool(self) -> AsyncConnectionPool[AsyncConnection[TupleRow]]:
        """Connections of the queue, in its schema."""
        return self._connector.pool

    async def enqueue(
        self,
        db: AsyncSession,
        task: str,
        /,
        *,
        queueing_lock: str | None = None,
        lock: str | None = None,
        at: datetime | None = None,
        queue: QueueName = "default",
        **ids: UUID | str | int | None,
    ) -> int | None:
        """Queue a call `task(**ids)`, saved by `db`'s commit; at the earliest at `at`. Returns the job's id.

        `queueing_lock`: while a job with it waits, another is not queued and the answer is None.
        `lock`: jobs with the same lock run one after the other. `queue`: `waiting` for what mostly waits for others.
        Delivery is at least once, so every task must be harmless to repeat. Raises `DatabaseUnavailable`.
        """
        for name, value in ids.items():
            if isinstance(value, str) and not _ID_LIKE.fullmatch(value):
                raise ValueError(f"a job takes ids, never text: {name}")
        connection = await db.connection()
        # For this transaction only, and after `public`, so that nothing of ours is shadowed; a pooler allows it.
        await db.execute(text(f"SELECT set_config('search_path', 'public, {SCHEMA}', true)"))
        raw = (await connection.get_raw_connection()).driver_connection
        deferrer = self.app.configure_task(
            task,
            allow_unknown=True,
            queue=queue,
            queueing_lock=queueing_lock,
            lock=lock,
            schedule_at=at,
            connection=raw,
        )
        arguments: dict[str, Any] = {
            name: str(value) if isinstance(value, UUID) else value for name, value in ids.items()
        }
        try:
            async with connection.begin_nested():  # a refused duplicate must not end the caller's transaction
                return await deferrer.defer_async(**arguments)
        except AlreadyEnqueued:
            return None
        except ConnectorException as error:
            if isinstance(error.__cause__, psycopg.OperationalError | psycopg.InterfaceError):
                raise DatabaseUnavailable from error
            raise


@asynccontextmanager
async def open_jobs(direct_url: str) -> AsyncIterator[Jobs]:
    """The queue on a database; `direct_url` must not lead through a transaction pooler (it listens)."""
    connector = procrastinate.PsycopgConnector(
        conninfo=direct_url,
        min_size=1,
        max_size=12,
        timeout=POOL_TIMEOUT_S,
        kwargs={"options": f"-c search_path={SCHEMA},public", "application_name": "mockloop jobs"},
    )
    app = procrastinate.App(connector=connector)
    async with app.open_async():
        yield Jobs(app, connector)
