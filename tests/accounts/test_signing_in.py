"""Sign-up, login and who am I, for browsers and for programs."""

import asyncio

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text

from mockloop.accounts.passwords import Hasher
from mockloop.accounts.service import Accounts
from mockloop.clock import ManualClock
from mockloop.db.engine import Database
from mockloop.db.vault import Vault
from tests.accounts.conftest import PASSWORD, Browser, log_in, sign_up


async def test_a_new_user_is_signed_in_at_once(browser: Browser) -> None:
    async with browser() as ada:
        created = (await sign_up(ada, "Ada@Example.org")).json()
        me = (await ada.get("/api/users/me")).json()
    assert me == created["user"]
    assert me["username"] == "Ada@Example.org"
    assert created["refresh_token"] is None


async def test_scripts_cannot_read_a_cookie_and_refresh_tokens_go_nowhere_else(browser: Browser) -> None:
    async with browser() as ada:
        cookies = (await sign_up(ada)).headers.get_list("set-cookie")
    by_name = {cookie.split("=")[0]: cookie.lower() for cookie in cookies}
    assert set(by_name) == {"mockloop_access", "mockloop_refresh", "mockloop_device"}
    assert all("httponly" in cookie for cookie in by_name.values())
    assert "samesite=lax" in by_name["mockloop_access"]
    for name in ("mockloop_refresh", "mockloop_device"):
        assert "samesite=strict" in by_name[name]
        assert "path=/api/users;" in by_name[name]


async def test_over_https_cookies_stay_on_https(app: FastAPI) -> None:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://mockloop.test") as ada:
        cookies = (await sign_up(ada)).headers.get_list("set-cookie")
    assert all("; secure" in cookie.lower() for cookie in cookies)


async def test_a_program_gets_both_tokens_and_no_cookie(browser: Browser) -> None:
    async with browser() as program:
        answer = await sign_up(program, client="program")
        assert not answer.headers.get_list("set-cookie")
        tokens = answer.json()
        bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
        assert (await program.get("/api/users/me", headers=bearer)).status_code == 200
        fresh = await program.post("/api/users/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert fresh.json()["refresh_token"] not in (None, tokens["refresh_token"])


async def test_upper_and_lower_case_are_the_same_name(browser: Browser) -> None:
    async with browser() as ada, browser() as other:
        await sign_up(ada, "Ada")
        assert (await log_in(other, "  aDA ")).json()["user"]["username"] == "Ada"
        again = await other.post("/api/users/create", json={"username": "ADA", "password": PASSWORD})
    assert (again.status_code, again.json()["code"]) == (409, "username_taken")


async def test_one_name_signed_up_twice_at_once_is_one_user(browser: Browser, database: Database) -> None:
    async with browser() as one, browser() as two:
        wanted = {"username": "ada", "password": PASSWORD}
        answers = await asyncio.gather(*(c.post("/api/users/create", json=wanted) for c in (one, two)))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    async with database.begin() as db:
        assert await db.scalar(text("SELECT count(*) FROM users")) == 1
        assert await db.scalar(text("SELECT count(*) FROM user_keys")) == 1


async def test_an_unknown_name_and_a_wrong_password_are_answered_alike(browser: Browser) -> None:
    async with browser() as ada, browser() as stranger:
        await sign_up(ada)
        wrong = await log_in(stranger, "ada", "not the password")
        unknown = await log_in(stranger, "bob", "not the password")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()
    assert {k: v for k, v in wrong.headers.items() if k != "date"} == {
        k: v for k, v in unknown.headers.items() if k != "date"
    }


class CountingHasher:
    """Counts the slow calls, which are what takes time."""

    def __init__(self, hasher: Hasher) -> None:
        self._hasher = hasher
        self.hashed = self.compared = 0

    def hash(self, password: str) -> str:
        self.hashed += 1
        return self._hasher.hash(password)

    def verify_and_update(self, password: str, hash: str) -> tuple[bool, str | None]:
        self.compared += 1
        return self._hasher.verify_and_update(password, hash)


@pytest.mark.parametrize("username", ["ada", "nobody-of-that-name"])
async def test_every_attempt_costs_one_comparison(
    database: Database, vault: Vault, clock: ManualClock, hasher: Hasher, app: FastAPI, browser: Browser, username: str
) -> None:
    counting = CountingHasher(hasher)
    app.state.accounts = Accounts(database, vault, clock, hasher=counting)
    await app.state.accounts.prepare()
    async with browser() as ada, browser() as stranger:
        await sign_up(ada)
        before = (counting.hashed, counting.compared)
        assert (await log_in(stranger, username, "not the password")).status_code == 401
    assert (counting.hashed, counting.compared) == (before[0], before[1] + 1)


@pytest.mark.parametrize(
    ("username", "code"),
    [("ab", "username_not_usable"), ("a b c", "username_not_usable"), ("---", "username_not_usable")],
)
async def test_a_name_that_cannot_be_used_is_explained(browser: Browser, username: str, code: str) -> None:
    async with browser() as ada:
        answer = await ada.post("/api/users/create", json={"username": username, "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert set(answer.json()) == {"code", "message", "details"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b'{"username": "ada"}',
        b'{"username": ["ada"], "password": 1}',
        b'{"username": "\\ud800da", "password": "seven green bottles"}',
        b'{"username": "ada", "password": "\\ud800even green bottles"}',
        b'{"username": "a\\u0000da", "password": "seven green bottles"}',
        b'{"username": "' + b"a" * 300 + b'", "password": "seven green bottles"}',
        b'{"username": "ada", "password": "' + b"x" * 300 + b'"}',
    ],
)
@pytest.mark.parametrize("path", ["/api/users/create", "/api/users/login"])
async def test_nonsense_is_refused_and_breaks_nothing(browser: Browser, path: str, body: bytes) -> None:
    async with browser() as ada:
        answer = await ada.post(path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (401, 422)


async def test_without_a_token_nobody_is_signed_in(browser: Browser) -> None:
    async with browser() as stranger:
        answer = await stranger.get("/api/users/me")
    assert (answer.status_code, answer.json()["code"]) == (401, "token_not_valid")
    assert answer.headers["www-authenticate"] == "Bearer"
