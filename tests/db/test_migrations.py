"""The migrations make exactly the tables that the code knows, once, however many processes run them."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from mockloop.db.embedded import EmbeddedPostgres
from mockloop.db.engine import Database, open_database
from mockloop.db.migrate import SchemaTooNew, alembic_config, all_tables, migrate, schema_revisions


async def test_the_migrated_tables_are_those_of_the_code(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), all_tables()))

    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


def test_there_is_one_line_of_revisions_and_none_goes_back() -> None:
    script = ScriptDirectory.from_config(alembic_config())
    assert len(script.get_heads()) == 1
    assert [revision.revision for revision in script.walk_revisions()][-1] == "0001"


@pytest.fixture
def empty_url(postgres: EmbeddedPostgres) -> str:
    import psycopg

    with psycopg.connect(postgres.url_of("postgres"), autocommit=True) as connection:
        connection.execute('DROP DATABASE IF EXISTS "test_empty" WITH (FORCE)')
        connection.execute('CREATE DATABASE "test_empty"')
    return postgres.url_of("test_empty")


async def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    databases = [open_database(empty_url, pool_size=2) for _ in range(4)]
    await asyncio.gather(*(migrate(database) for database in databases))
    current, newest = await schema_revisions(databases[0])
    assert current == newest
    for database in databases:
        await database.close()


async def test_an_older_program_refuses_a_newer_database(empty_url: str) -> None:
    database = open_database(empty_url, pool_size=2)
    await migrate(database)
    async with database.begin() as db:
        await db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew, match="9999"):
        await migrate(database)
    await database.close()
