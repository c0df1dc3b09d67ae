"""One request, one transaction; and what the database says when it is not there."""

from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.clock import ManualClock
from mockloop.db.engine import Database, DatabaseUnavailable, open_database
from mockloop.db.orm import sql_now
from mockloop.db.tables import OwnSecret


async def test_a_block_that_ends_is_saved_and_one_that_raises_is_not(database: Database) -> None:
    async with database.begin() as db:
        db.add(OwnSecret(name="kept", kek_id="k", wrapped=b"x"))
    with suppress(LookupError):
        async with database.begin() as db:
            db.add(OwnSecret(name="lost", kek_id="k", wrapped=b"x"))
            await db.flush()
            raise LookupError
    async with database.begin() as db:
        names = (await db.scalars(text("SELECT name FROM own_secrets"))).all()
    assert names == ["kept"]


async def test_a_database_that_is_gone_is_said_to_be_unavailable() -> None:
    database = open_database("postgresql://nobody:nothing@127.0.0.1:1/nowhere")

    async def ask() -> None:
        async with database.begin() as db:
            await db.execute(text("SELECT 1"))

    with pytest.raises(DatabaseUnavailable) as raised:
        await ask()
    assert raised.value.body()["code"] == "database_unavailable"
    assert raised.value.status == 503
    await database.close()


async def test_the_password_is_not_shown(database: Database) -> None:
    assert "***" in repr(open_database("postgresql://someone:geheim@host/name"))
    assert "geheim" not in repr(open_database("postgresql://someone:geheim@host/name"))


async def test_now_in_sql_moves_with_the_clock(db: AsyncSession, clock: ManualClock) -> None:
    before = (await db.execute(select(sql_now(clock)))).scalar_one()
    await clock.advance(timedelta(hours=2))
    after = (await db.execute(select(sql_now(clock)))).scalar_one()
    assert timedelta(hours=2) <= after - before < timedelta(hours=2, seconds=5)
