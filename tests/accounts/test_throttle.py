"""Guessing gets slow; the owner still gets in."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from mockloop.accounts.service import forget_old_logins
from mockloop.accounts.throttle import forget_old_attempts
from mockloop.clock import ManualClock
from mockloop.db.engine import Database
from tests.accounts.conftest import Browser, log_in, sign_up


@pytest.fixture
def clock() -> ManualClock:
    """Waits of a second must not pass by themselves on a slow machine."""
    return ManualClock(still=True)


async def fail(client: httpx.AsyncClient, times: int, username: str = "ada") -> httpx.Response:
    for _ in range(times):
        answer = await log_in(client, username, "not the password")
    return answer


async def test_after_five_failures_each_one_costs_more_time(browser: Browser, clock: ManualClock) -> None:
    async with browser() as ada, browser("198.51.100.9") as guesser:
        await sign_up(ada)
        assert (await fail(guesser, 6)).status_code == 401
        waits = []
        for _ in range(4):
            closed = await fail(guesser, 1)
            assert (closed.status_code, closed.json()["code"]) == (429, "too_many_logins")
            waits.append(closed.json()["details"]["retry_after_s"])
            assert closed.headers["retry-after"] == str(waits[-1])
            await clock.advance(timedelta(seconds=waits[-1] + 0.5))
            assert (await fail(guesser, 1)).status_code == 401
    assert waits == [pytest.approx(wait, abs=1) for wait in (1, 2, 4, 8)]


async def test_a_closed_door_does_not_open_for_the_right_password(browser: Browser) -> None:
    async with browser() as ada, browser("198.51.100.9") as guesser:
        await sign_up(ada)
        await fail(guesser, 6)
        assert (await log_in(guesser)).status_code == 429


async def test_the_wait_never_grows_beyond_a_quarter_of_an_hour(browser: Browser, clock: ManualClock) -> None:
    async with browser() as ada, browser("198.51.100.9") as guesser:
        await sign_up(ada)
        await fail(guesser, 5)
        for _ in range(14):
            await clock.advance(timedelta(minutes=15, seconds=1))
            assert (await fail(guesser, 1)).status_code == 401
        assert (await fail(guesser, 1)).json()["details"]["retry_after_s"] == pytest.approx(900, abs=2)


async def test_an_unknown_name_is_slowed_down_just_the_same(browser: Browser) -> None:
    async with browser("198.51.100.9") as guesser:
        await fail(guesser, 6, "nobody-of-that-name")
        assert (await fail(guesser, 1, "nobody-of-that-name")).status_code == 429


async def test_a_hundred_guesses_at_once_do_not_slip_through(browser: Browser) -> None:
    async with browser() as ada, browser("198.51.100.9") as guesser:
        await sign_up(ada)
        answers = await asyncio.gather(*(log_in(guesser, "ada", f"guess {n}") for n in range(40)))
    assert sum(answer.status_code == 401 for answer in answers) <= 6


async def test_the_owner_is_not_locked_out_by_strangers(browser: Browser) -> None:
    async with browser("203.0.113.7") as laptop:
        await sign_up(laptop)
        await laptop.post("/api/users/logout")
        for n in range(25):  # each from an address of its own, so that only the account is in common
            async with browser(f"198.51.100.{n}") as stranger:
                last = await fail(stranger, 1)
        assert last.status_code == 429

        async with browser("198.51.100.200") as newcomer:
            assert (await log_in(newcomer)).status_code == 429
        laptop_elsewhere = browser("192.0.2.77")
        laptop_elsewhere.cookies = laptop.cookies
        async with laptop_elsewhere:
            assert (await log_in(laptop_elsewhere)).status_code == 200
        async with browser("203.0.113.7") as another_browser_at_home:
            assert (await log_in(another_browser_at_home)).status_code == 200


async def test_from_a_new_place_the_owner_waits_a_minute_at_most(browser: Browser, clock: ManualClock) -> None:
    async with browser() as laptop:
        await sign_up(laptop)
    for n in range(25):
        async with browser(f"198.51.100.{n}") as stranger:
            await fail(stranger, 1)
            await clock.advance(timedelta(minutes=1, seconds=1))
    async with browser("192.0.2.77") as newcomer:
        assert (await log_in(newcomer)).status_code == 200


async def test_failures_on_the_own_device_are_counted_apart_but_counted(browser: Browser) -> None:
    async with browser() as laptop:
        await sign_up(laptop)
        await fail(laptop, 11)
        assert (await fail(laptop, 1)).status_code == 429


async def test_another_account_s_device_is_no_pass(browser: Browser) -> None:
    async with browser("203.0.113.7") as ada, browser("198.51.100.9") as eve:
        await sign_up(ada)
        await sign_up(eve, "eve")
        await fail(eve, 6)
        assert (await fail(eve, 1)).status_code == 429


async def test_one_address_cannot_try_a_password_on_everybody(browser: Browser) -> None:
    async with browser("198.51.100.9") as sprayer:
        answers = [await fail(sprayer, 1, f"person{n}") for n in range(52)]
    assert answers[50].status_code == 401
    assert answers[51].status_code == 429


async def test_the_addresses_of_one_ipv6_customer_are_one(browser: Browser) -> None:
    for n in range(6):
        async with browser(f"2001:db8:1:2::{n:x}") as guesser:
            await fail(guesser, 1)
    async with browser("2001:db8:1:2:ffff::1") as guesser:
        assert (await fail(guesser, 1)).status_code == 429


async def test_the_right_password_clears_what_was_a_slip(browser: Browser) -> None:
    async with browser() as ada:
        await sign_up(ada)
    for _ in range(5):
        async with browser() as same_place:
            await fail(same_place, 2)
            assert (await log_in(same_place)).status_code == 200
            assert (await log_in(same_place)).status_code == 200


async def test_neither_names_nor_addresses_are_stored_and_old_counts_go(
    browser: Browser, database: Database, clock: ManualClock
) -> None:
    async with browser("198.51.100.9") as guesser:
        await fail(guesser, 2, "zoltan")  # no hexadecimal digits spell it
    async with database.begin() as db:
        rows = (await db.scalars(text("SELECT login_attempts::text FROM login_attempts"))).all()
        assert rows
        assert not any("zoltan" in row or "198.51" in row for row in rows)
    await clock.advance(timedelta(hours=2))
    async with database.begin() as db:
        await forget_old_attempts(db, clock)
        await forget_old_logins(db, clock)
        assert await db.scalar(text("SELECT count(*) FROM login_attempts")) == 0
