"""The database of a command: the one that is set, or the embedded one, brought up to date."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from mockloop.db.embedded import start_embedded
from mockloop.db.embedded_binaries import NoPostgres
from mockloop.db.embedded_folder import DataFolderInUse, DataFolderUnusable
from mockloop.db.engine import DatabaseUnavailable, open_database
from mockloop.db.migrate import SchemaTooNew, migrate
from mockloop.settings import Settings


@dataclass(frozen=True)
class DatabaseAddress:
    """Where the database is; `direct_url` only when it differs."""

    url: str
    direct_url: str | None = None


@contextmanager
def running_database(settings: Settings, *, attach: bool = False) -> Iterator[DatabaseAddress]:
    """The database, up and migrated. Starts the embedded one when no other is set; ends the process with one line
    when that is not possible. `attach`: use the embedded one that a running `mockloop serve` owns."""
    try:
        if settings.database_url is not None:
            direct = settings.database_direct_url
            address = DatabaseAddress(
                settings.database_url.get_secret_value(), direct.get_secret_value() if direct else None
            )
            _migrate(address, settings)
            yield address
            return
        with start_embedded(settings.postgres_dir, attach=attach) as postgres:
            address = DatabaseAddress(postgres.url)
            _migrate(address, settings)
            yield address
    except (DataFolderInUse, DataFolderUnusable, NoPostgres, SchemaTooNew, DatabaseUnavailable) as error:
        print(f"mockloop: {error}", file=sys.stderr)
        raise SystemExit(1) from error


def _migrate(address: DatabaseAddress, settings: Settings) -> None:
    async def run() -> None:
        database = open_database(address.url, direct_url=address.direct_url, pool_size=2)
        try:
            await migrate(database)
        finally:
            await database.close()

    asyncio.run(run())
