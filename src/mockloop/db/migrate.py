"""Brings a database's tables up to date, once, however many processes start together."""

import importlib
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

import mockloop
from mockloop.db.engine import Database
from mockloop.db.orm import Base

MIGRATIONS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 0x6D6F636B6C6F6F70  # "mockloop"
WAIT_FOR_OTHERS_S = 120
LOCK_TIMEOUT_S = 5
STATEMENT_TIMEOUT_S = 600


class SchemaTooNew(RuntimeError):
    """The database was migrated by a newer version of MockLoop than this one."""


def alembic_config(connection: Connection | None = None, tables: MetaData | None = None) -> Config:
    """Alembic's settings, without a file, for `migrations/env.py`: the connection, and tables to compare with."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    config.attributes["tables"] = tables
    return config


def all_tables() -> MetaData:
    """Every table of the product, to compare with the migrations: imports each feature's `tables.py`."""
    for found in Path(mockloop.__file__).parent.glob("*/tables.py"):
        importlib.import_module(f"mockloop.{found.parent.name}.tables")
    return Base.metadata


async def migrate(database: Database, *, to: str = "head") -> None:
    """Run the missing migrations, all in one transaction, under an advisory lock, on the direct connection.

    Raises `SchemaTooNew`, and SQLAlchemy's `OperationalError` when a table stays locked for 5 s (nothing is changed
    then; run it again).
    """
    engine = create_async_engine(make_url(database.direct_url).set(drivername="postgresql+psycopg"), poolclass=NullPool)
    try:
        async with engine.begin() as connection:
            await connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_FOR_OTHERS_S}s'"))
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
            await connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT_S}s'"))
            await connection.execute(text(f"SET LOCAL statement_timeout = '{STATEMENT_TIMEOUT_S}s'"))
            await connection.run_sync(_upgrade, to)
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, to: str) -> None:
    config = alembic_config(connection)
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise SchemaTooNew(
            f"the database is at revision {current}, which this version of MockLoop does not know; start a newer one"
        )
    command.upgrade(config, to)


async def schema_revisions(database: Database) -> tuple[str | None, str | None]:
    """The revision that the database is at, and the newest one that this version knows."""
    async with database.engine.connect() as connection:
        current = await connection.run_sync(lambda c: MigrationContext.configure(c).get_current_revision())
    return current, ScriptDirectory.from_config(alembic_config()).get_current_head()
