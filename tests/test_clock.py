"""A clock that tests move: sleepers wake when they are due, and not before."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.clock import Clock, ManualClock
from mockloop.db.orm import sql_now


async def test_a_sleeper_wakes_when_the_clock_passes_its_time() -> None:
    clock, woken = ManualClock(), []

    async def sleep(seconds: float) -> None:
        await clock.sleep(seconds)
        woken.append(seconds)

    sleepers = [asyncio.create_task(sleep(seconds)) for seconds in (60, 3600, 7200)]
    await asyncio.sleep(0)
    await clock.advance(59)
    assert woken == []
    await clock.advance(2)
    assert woken == [60]
    await clock.advance(timedelta(hours=1))
    assert woken == [60, 3600]
    sleepers[2].cancel()


async def test_time_moves_on_by_itself_too() -> None:
    clock = ManualClock()
    before = clock.now()
    await clock.sleep(0.01)
    assert clock.now() - before >= timedelta(seconds=0.01)


async def test_a_still_clock_only_moves_when_it_is_moved(db: AsyncSession) -> None:
    clock = ManualClock(still=True)
    before = clock.now()
    await asyncio.sleep(0.05)
    assert clock.now() - before < timedelta(milliseconds=1)
    await clock.advance(60)
    in_sql = (await db.execute(select(sql_now(clock)))).scalar_one()
    assert clock.now() - before == pytest.approx(timedelta(seconds=60), abs=timedelta(milliseconds=1))
    assert abs(in_sql - clock.now()) < timedelta(seconds=5)


async def test_waiting_ends_with_the_event_or_with_the_time() -> None:
    for clock in (Clock(), ManualClock()):
        event = asyncio.Event()
        assert not await clock.wait_for_event(event, 0.001)
        waiting = asyncio.create_task(clock.wait_for_event(event, 3600))
        await asyncio.sleep(0)
        event.set()
        assert await asyncio.wait_for(waiting, 1)


async def test_waiting_for_an_event_by_a_manual_clock() -> None:
    clock, event = ManualClock(), asyncio.Event()
    waiting = asyncio.create_task(clock.wait_for_event(event, 3600))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    await clock.advance(3601)
    assert await asyncio.wait_for(waiting, 1) is False
