"""People talk while servers, listeners and Postgres are killed: nothing acknowledged is lost, doubled or out of order.

`CHAOS_SECONDS=300 pytest tests/journeys/test_chaos.py` for longer; the totals are printed at the end.
"""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from uuid import uuid4

import pytest

from mockloop.rooms import protocol as p
from mockloop.sessions.state import SessionState
from tests.support.chaos import (
    Person,
    Stopwatch,
    Tab,
    carried_out,
    checked,
    edit_of,
    logs_of,
    persist,
    person_at,
    scorecard,
    settled,
)
from tests.support.instances import Grounds, Instance, grounds, running

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(900)]

SECONDS = float(os.environ.get("CHAOS_SECONDS", "10"))
PEOPLE = 20
WITH_SECOND_TAB = 6
"""So many of the people have a second tab, at another instance, and type there too."""

ENDING = 4
"""So many end their interview while things break, and want their scorecard."""

THOUGHTS = (
    "Can the list be empty?",
    "I would sort it first and then walk from both ends.",
    "That would be O(n log n) time and constant space.",
    "Let me think about duplicates.",
    "I am done with the main loop.",
    "What about negative numbers?",
)


@pytest.fixture(scope="module")
def ground() -> Iterator[Grounds]:
    with grounds() as ground:
        yield ground


async def test_nothing_is_lost_doubled_or_out_of_order(
    ground: Grounds, record_property: Callable[[str, object], None]
) -> None:
    instances = [ground.instance(), ground.instance()]
    watch = Stopwatch()
    async with running(*instances), AsyncExitStack() as doors:
        watch.lap("instances up")
        people = [await doors.enter_async_context(_person(number, instances)) for number in range(PEOPLE)]
        watch.lap("people in")
        stop = asyncio.Event()
        talking = [asyncio.create_task(_talk(tab, stop)) for person in people for tab in person.tabs]
        breaking = asyncio.create_task(_break_things(ground, instances))
        await asyncio.sleep(SECONDS / 2)
        await asyncio.gather(*(persist(person.client, "end", person.session_id) for person in people[:ENDING]))
        done = await breaking
        watch.lap("chaos")
        stop.set()
        await asyncio.gather(*talking)
        await asyncio.gather(*(settled(tab) for person in people for tab in person.tabs))
        watch.lap("settled")
        cards = await asyncio.gather(*(scorecard(person) for person in people[:ENDING]))
        logs = await logs_of(ground, people)
        watch.lap("scorecards and logs")
        totals = Counter[str]()
        for person in people:
            totals += checked(person, logs[person.session_id])
        reconnects = sum(tab.live.connections - 1 for person in people for tab in person.tabs)
        refusals = sum((tab.refused for person in people for tab in person.tabs), Counter[str]())
        record_property(
            "figures",
            f"chaos: {SECONDS:.0f} s, {PEOPLE} people, {totals['entries']} entries, {totals['saved']} acknowledged, "
            f"{totals['turns']} turns; {dict(done)}, {reconnects} reconnects, refusals {dict(refusals)}; "
            f"{totals['lost']} lost, {totals['doubled']} doubled, {totals['gaps']} gaps, "
            f"{totals['disordered']} out of order, {totals['unanswered']} unanswered, {totals['answered twice']} "
            f"answered twice, {totals['differ']} clients that differ from the log; {len(cards)} scorecards; {watch}",
        )
        for fault in ("lost", "doubled", "gaps", "disordered", "unanswered", "answered twice", "differ"):
            assert totals[fault] == 0, (fault, totals)
        assert reconnects > 0
        assert done["instances killed"] > 0
        assert done["Postgres killed"] > 0
        assert totals["saved"] > PEOPLE * 5, "nobody got to speak"


def _person(number: int, instances: list[Instance]) -> AbstractAsyncContextManager[Person]:
    """Half of them know every address, half only their own, which comes back."""
    home, other = instances[number % 2].url, instances[1 - number % 2].url
    others = [other] if number % 4 < 2 else []
    return person_at(home, others=others, second=other if number < WITH_SECOND_TAB else None)


async def _talk(tab: Tab, stop: asyncio.Event) -> None:
    """Say, type and ask, as fast as a hurried person; each thing until it is saved."""
    while not stop.is_set() and not tab.live.state.ended:
        await carried_out(tab, _something_to_do(tab.live.state))
        await asyncio.sleep(random.uniform(0.05, 0.5))


def _something_to_do(state: SessionState) -> p.Command:
    kind = random.choices(("say", "edit", "hint"), (6, 3, 1))[0]
    if kind == "say":
        return p.Say(client_id=uuid4(), text=f"{random.choice(THOUGHTS)} ({uuid4().hex[:6]})")
    if kind == "hint":
        return p.AskHint(client_id=uuid4())
    return edit_of(state)


async def _break_things(ground: Grounds, instances: list[Instance]) -> Counter[str]:
    """Kill one thing after the other, and sometimes two at once, until the time is up; then let all come back."""
    done = Counter[str]()
    starting: list[asyncio.Task[None]] = []

    async def kill_instance(instance: Instance) -> None:
        done["instances killed"] += 1
        await instance.kill()
        starting.append(asyncio.create_task(instance.start()))

    async def kill_postgres() -> None:
        done["Postgres killed"] += 1
        await asyncio.to_thread(ground.kill_postgres)

    async def cut_listeners() -> None:
        try:
            done["listeners cut"] += await asyncio.to_thread(ground.terminate_listeners)
        except Exception:
            done["listeners cut while Postgres was down"] += 1

    steps = (
        cut_listeners, lambda: kill_instance(instances[0]), kill_postgres, lambda: kill_instance(instances[1]),
        kill_postgres, cut_listeners, lambda: asyncio.gather(kill_instance(instances[0]), kill_postgres()),
        lambda: asyncio.gather(*(kill_instance(instance) for instance in instances)),
    )  # fmt: skip
    until, step = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        await asyncio.sleep(random.uniform(0.3, 1.6))
        await steps[step % len(steps)]()
        step += 1
    await asyncio.gather(*starting)
    return done
