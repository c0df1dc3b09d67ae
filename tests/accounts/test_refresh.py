"""Refresh tokens rotate; one that was copied ends the login; two tabs at once do not."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx
import jwt
import pytest
from sqlalchemy import text

from mockloop.accounts.service import GRACE
from mockloop.clock import ManualClock
from mockloop.db.engine import Database
from tests.accounts.conftest import Browser, sign_up


async def refreshed(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await client.post("/api/users/refresh", json={"refresh_token": token})


@asynccontextmanager
async def new_program(browser: Browser) -> AsyncIterator[tuple[httpx.AsyncClient, str]]:
    """A program that has just signed up, and its refresh token."""
    async with browser() as client:
        yield client, (await sign_up(client, client="program")).json()["refresh_token"]


async def test_an_access_token_ends_and_is_replaced(browser: Browser, clock: ManualClock) -> None:
    async with browser() as ada:
        await sign_up(ada)
        old = ada.cookies["mockloop_access"]
        await clock.advance(timedelta(minutes=15, seconds=1))
        bearer = {"Authorization": f"Bearer {old}"}
        assert (await ada.get("/api/users/me", headers=bearer)).status_code == 401
        assert (await ada.post("/api/users/refresh")).status_code == 200
        assert (await ada.get("/api/users/me")).status_code == 200


async def test_a_stolen_token_ends_the_login_for_both(browser: Browser, clock: ManualClock) -> None:
    async with new_program(browser) as (client, first), browser("198.51.100.9") as thief:
        second = (await refreshed(client, first)).json()
        await clock.advance(GRACE + timedelta(seconds=1))
        reused = await refreshed(thief, first)
        assert (reused.status_code, reused.json()["code"]) == (401, "token_reused")
        assert (await refreshed(client, second["refresh_token"])).status_code == 401
        bearer = {"Authorization": f"Bearer {second['access_token']}"}
        assert (await client.get("/api/users/me", headers=bearer)).status_code == 401


async def test_an_ancient_token_ends_the_login_at_once(browser: Browser, clock: ManualClock) -> None:
    async with new_program(browser) as (client, first):
        second = (await refreshed(client, first)).json()["refresh_token"]
        third = (await refreshed(client, second)).json()["refresh_token"]
        assert (await refreshed(client, first)).json()["code"] == "token_reused"
        assert (await refreshed(client, third)).status_code == 401


async def test_two_tabs_at_once_get_the_same_new_token(browser: Browser) -> None:
    async with new_program(browser) as (client, first):
        answers = await asyncio.gather(*(refreshed(client, first) for _ in range(8)))
        assert {answer.status_code for answer in answers} == {200}
        tokens = {answer.json()["refresh_token"] for answer in answers}
        assert len(tokens) == 1
        assert (await refreshed(client, tokens.pop())).status_code == 200


async def test_a_refresh_that_was_overtaken_does_not_turn_the_login_back(browser: Browser, database: Database) -> None:
    async with new_program(browser) as (client, first):
        async with database.begin() as other:
            await other.execute(text("UPDATE logins SET generation = 3"))
            overtaken = asyncio.create_task(refreshed(client, first))
            await until_somebody_waits(database)
        assert (await overtaken).json()["code"] == "token_reused"
    async with database.begin() as db:
        assert await db.scalar(text("SELECT generation FROM logins")) == 3


async def until_somebody_waits(database: Database) -> None:
    """Until another transaction waits for a row that we hold."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    for _ in range(500):
        async with database.begin() as db:
            if await db.scalar(waiting):
                return
        await asyncio.sleep(0.01)
    pytest.fail("nobody waits")


async def test_an_answer_that_was_lost_is_asked_for_again(browser: Browser, clock: ManualClock) -> None:
    async with new_program(browser) as (client, first):
        lost = (await refreshed(client, first)).json()["refresh_token"]
        await clock.advance(GRACE - timedelta(seconds=2))
        assert (await refreshed(client, first)).json()["refresh_token"] == lost


async def test_an_unused_login_runs_out(browser: Browser, clock: ManualClock) -> None:
    async with new_program(browser) as (client, first):
        await clock.advance(timedelta(days=29))
        second = (await refreshed(client, first)).json()["refresh_token"]
        await clock.advance(timedelta(days=29))
        third = (await refreshed(client, second)).json()["refresh_token"]
        await clock.advance(timedelta(days=31))
        assert (await refreshed(client, third)).json()["code"] == "token_not_valid"


async def test_signing_out_ends_both_tokens_at_once(browser: Browser) -> None:
    async with browser() as ada:
        tokens = (await sign_up(ada)).json()
        refresh_token = ada.cookies["mockloop_refresh"]
        out = await ada.post("/api/users/logout")
        assert out.status_code == 204
        assert "mockloop_access" not in ada.cookies
        assert "mockloop_refresh" not in ada.cookies
        assert "mockloop_device" in ada.cookies
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        assert (await ada.get("/api/users/me", headers=bearer)).status_code == 401
        assert (await refreshed(ada, refresh_token)).status_code == 401
        assert (await ada.post("/api/users/logout")).status_code == 204


async def test_signing_out_here_leaves_another_device_signed_in(browser: Browser) -> None:
    async with browser() as laptop, browser() as phone:
        await sign_up(laptop)
        await phone.post("/api/users/login", json={"username": "ada", "password": "seven green bottles"})
        await laptop.post("/api/users/logout")
        assert (await phone.get("/api/users/me")).status_code == 200


@pytest.mark.parametrize("garbage", ["", ".", "..", "a.b.c", "x" * 150, "ä.1.ö", "0.9999999999.AAAA"])
async def test_a_made_up_token_does_nothing(browser: Browser, garbage: str) -> None:
    async with new_program(browser) as (client, good):
        assert (await refreshed(client, garbage)).json()["code"] == "token_not_valid"
        forged = good.rsplit(".", 1)[0] + ".AAAA"
        assert (await refreshed(client, forged)).json()["code"] == "token_not_valid"
        assert (await refreshed(client, good)).status_code == 200


async def test_a_token_signed_by_another_or_by_nobody_is_refused(browser: Browser) -> None:
    async with new_program(browser) as (client, _):
        claims = {"sub": "0" * 32, "sid": "0" * 32, "aud": "mockloop", "exp": 99999999999}
        unsigned = jwt.encode(claims, "", algorithm="none")
        foreign = jwt.encode(claims, "k" * 32, algorithm="HS256")
        for token in (unsigned, foreign, "", "a.b.c"):
            answer = await client.get("/api/users/me", headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code == 401


async def test_no_token_is_stored(browser: Browser, database: Database) -> None:
    async with new_program(browser) as (client, first):
        second = (await refreshed(client, first)).json()["refresh_token"]
    async with database.begin() as db:
        rows = (await db.scalars(text("SELECT logins::text FROM logins"))).all()
    assert rows
    assert not any(token.rsplit(".", 1)[1] in row for token in (first, second) for row in rows)
