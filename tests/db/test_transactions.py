"""One request, one transaction; and what the database says when it is not there."""

from contextlib import suppress
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.types import Message, Receive, Scope, Send

from mockloop.clock import ManualClock
from mockloop.db.engine import Database, DatabaseUnavailable, Db, open_database
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


@pytest.mark.parametrize("pooled", [False, True])
async def test_behind_a_transaction_pooler_no_statement_is_prepared(database_url: str, pooled: bool) -> None:
    direct_url = database_url if pooled else None
    database = open_database(f"{database_url}&application_name=pooled", direct_url=direct_url)
    async with database.begin() as db:
        for number in range(20):
            await db.execute(text("SELECT :number"), {"number": number})
        prepared = await db.scalar(text("SELECT count(*) FROM pg_prepared_statements"))
    assert (prepared == 0) is pooled
    await database.close()


async def test_a_request_that_fails_midway_leaves_nothing(database: Database) -> None:
    app = FastAPI()
    app.state.database = database

    @app.post("/{name}")
    async def keep(name: str, db: Db) -> None:
        db.add(OwnSecret(name=name, kek_id="k", wrapped=b"x"))
        await db.flush()
        if name == "lost":
            raise LookupError

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://mockloop.test") as client:
        assert (await client.post("/kept")).status_code == 200
        assert (await client.post("/lost")).status_code == 500
    async with database.begin() as db:
        assert (await db.scalars(text("SELECT name FROM own_secrets"))).all() == ["kept"]


async def test_the_commit_comes_before_the_answer(database: Database) -> None:
    app = FastAPI()
    app.state.database = database
    seen: list[object] = []

    @app.post("/")
    async def keep(db: Db) -> None:
        db.add(OwnSecret(name="kept", kek_id="k", wrapped=b"x"))

    async def watched(scope: Scope, receive: Receive, send: Send) -> None:
        async def look_first(message: Message) -> None:
            if message["type"] == "http.response.start":
                async with database.begin() as db:
                    seen.append(await db.scalar(text("SELECT name FROM own_secrets")))
            await send(message)

        await app(scope, receive, look_first)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(watched), base_url="http://mockloop.test") as client:
        await client.post("/")
    assert seen == ["kept"]
