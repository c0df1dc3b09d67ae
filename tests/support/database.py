"""A real Postgres for the tests: one server for a test run, one database for each xdist worker.

The server is the product's embedded one, on a folder of its own, without fsync. The first who needs a database
migrates a template; every other database is a copy of it. Between tests the rows are deleted.
"""

import asyncio
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import text

from mockloop.db.embedded import EmbeddedPostgres, start_embedded
from mockloop.db.engine import Database, open_database
from mockloop.db.migrate import migrate

FAST_NOT_SAFE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "200",
}
TEMPLATE = "mockloop_template"

# The queue belongs to the tests' rows too. What Alembic wrote down stays.
_EMPTY_ALL_TABLES = """
DO $$
DECLARE name text; found boolean; names text[] := '{}';
BEGIN
    FOR name IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname IN ('public', 'jobs') AND tablename <> 'alembic_version'
    LOOP
        EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || name || ')' INTO found;
        IF found THEN names := names || name; END IF;
    END LOOP;
    IF cardinality(names) > 0 THEN EXECUTE 'TRUNCATE ' || array_to_string(names, ', ') || ' CASCADE'; END IF;
END $$
"""


def new_server_folder() -> Path:
    """A short folder that Postgres' own user can reach, which pytest's `tmp_path` of root is not."""
    folder = Path(tempfile.mkdtemp(prefix="mockloop-test-", dir="/tmp"))
    folder.chmod(0o711)
    return folder


@contextmanager
def server_for_tests(*, to_be_killed: bool = False) -> Iterator[EmbeddedPostgres]:
    """A fresh server, stopped and removed at the end. One that will be killed must save what it commits."""
    folder = new_server_folder()
    try:
        with start_embedded(folder / "postgres", options={} if to_be_killed else FAST_NOT_SAFE) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def create_database(server: EmbeddedPostgres, name: str) -> str:
    """A migrated database of that name; its URL."""
    with open(Path(tempfile.gettempdir()) / f"mockloop-template-{os.getuid()}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(server.url_of("postgres"), autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone()
            if not known:
                connection.execute(f"CREATE DATABASE {TEMPLATE}_draft")
                asyncio.run(migrated(server.url_of(f"{TEMPLATE}_draft")))
                connection.execute(f"ALTER DATABASE {TEMPLATE}_draft RENAME TO {TEMPLATE}")
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE {TEMPLATE}')
    return server.url_of(name)


async def migrated(url: str) -> None:
    """Bring a database up to date."""
    database = open_database(url)
    try:
        await migrate(database)
    finally:
        await database.close()


async def delete_rows(database: Database) -> None:
    """Empty every table of a test database."""
    async with database.begin() as db:
        await db.execute(text(_EMPTY_ALL_TABLES))
