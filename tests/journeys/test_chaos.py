"""People talk while servers, listeners and Postgres are killed: nothing acknowledged is lost, doubled or out of order.

`CHAOS_SECONDS=300 pytest tests/journeys/test_chaos.py` for longer; the totals are printed at the end.
"""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID, uuid4

import httpx
import pytest

from mockloop.client import ApiError, Client, LiveSession
from mockloop.clock import Clock
from mockloop.db.engine import open_database
from mockloop.db.vault import Vault
from mockloop.rooms import protocol as p
from mockloop.sessions import events as e
from mockloop.sessions.log import Log
from mockloop.sessions.state import SessionState, fold
from tests.support.candidate import PASSWORD
from tests.support.instances import Grounds, Instance, grounds, running

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(900)]

SECONDS = float(os.environ.get("CHAOS_SECONDS", "10"))
PEOPLE = 20
WITH_SECOND_TAB = 6
"""So many of the people have a second tab, at another instance, and type there too."""

ENDING = 4
"""So many end their interview while things break, and want their scorecard."""

PASSING = {"database_unavailable", "room_busy"}
"""What may be answered while things break; anything else (`internal` above all) is a fault."""

THOUGHTS = (
    "Can the list be empty?",
    "I would sort it first and then walk from both ends.",
    "That would be O(n log n) time and constant space.",
    "Let me think about duplicates.",
    "I am done with the main loop.",
    "What about negative numbers?",
)


class Stopwatch:
    """How long the parts of a test took; printed with its totals."""

    def __init__(self) -> None:
        self._since = time.monotonic()
        self._laps: list[str] = []

    def lap(self, name: str) -> None:
        now = time.monotonic()
        self._laps.append(f"{name} {now - self._since:.1f} s")
        self._since = now

    def __str__(self) -> str:
        return ", ".join(self._laps)


@dataclass
class Tab:
    """One open socket of a person, and what it knows to be saved, in order."""

    live: LiveSession
    saved: list[UUID] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


@dataclass
class Person:
    client: Client
    session_id: UUID
    tabs: list[Tab]


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
        await asyncio.gather(*(_persist(person.client, "end", person.session_id) for person in people[:ENDING]))
        done = await breaking
        watch.lap("chaos")
        stop.set()
        await asyncio.gather(*talking)
        await asyncio.gather(*(_settled(tab) for person in people for tab in person.tabs))
        watch.lap("settled")
        cards = await asyncio.gather(*(_scorecard(person) for person in people[:ENDING]))
        logs = await _logs(ground, people)
        watch.lap("scorecards and logs")
        totals = Counter[str]()
        for person in people:
            totals += _checked(person, logs[person.session_id])
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


@asynccontextmanager
async def _person(number: int, instances: list[Instance]) -> AsyncIterator[Person]:
    """Somebody in an interview. Half of them know every address, half only their own, which comes back."""
    home, other = instances[number % 2].url, instances[1 - number % 2].url
    async with Client(home, others=[other] if number % 4 < 2 else []) as client, AsyncExitStack() as doors:
        await client.sign_up(f"person{number}-{uuid4().hex[:8]}", PASSWORD)
        session_id = UUID((await client.create_session())["id"])
        await client.request("PATCH", f"/api/sessions/{session_id}/start")
        person = Person(client, session_id, [Tab(await doors.enter_async_context(client.live(session_id)))])
        if number < WITH_SECOND_TAB:
            elsewhere = await doors.enter_async_context(Client(other))
            elsewhere.token = client.token
            person.tabs.append(Tab(await doors.enter_async_context(elsewhere.live(session_id))))
        yield person


async def _talk(tab: Tab, stop: asyncio.Event) -> None:
    """Say, type and ask, as fast as a hurried person; each thing until it is saved."""
    while not stop.is_set() and not tab.live.state.ended:
        command = _something_to_do(tab.live.state)
        while True:
            try:
                await tab.live.perform(command, timeout_s=60)
            except ApiError as refusal:
                tab.refused[refusal.code] += 1
                if refusal.code == "session_over":
                    return
                if refusal.code == "stale_edit":  # the other tab was faster; that is an answer
                    break
                if refusal.code not in PASSING:
                    raise
                await asyncio.sleep(random.uniform(0.05, 0.2))
            else:
                tab.saved.append(command.client_id)
                break
        await asyncio.sleep(random.uniform(0.05, 0.5))


def _something_to_do(state: SessionState) -> p.Command:
    kind = random.choices(("say", "edit", "hint"), (6, 3, 1))[0]
    if kind == "say":
        return p.Say(client_id=uuid4(), text=f"{random.choice(THOUGHTS)} ({uuid4().hex[:6]})")
    if kind == "hint":
        return p.AskHint(client_id=uuid4())
    present = state.solutions.get("python")
    text = f"def answer():\n    return {uuid4().hex!r}\n"
    base = present.seq if present else 0
    return p.EditFile(client_id=uuid4(), file="solution", language="python", text=text, base_seq=base)


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


async def _persist(client: Client, action: str, session_id: UUID) -> None:
    """Repeat a harmless request until it is answered."""
    async with asyncio.timeout(90):
        while True:
            try:
                await client.request("PATCH", f"/api/sessions/{session_id}/{action}")
                return
            except httpx.TransportError:
                client.go_elsewhere()
            except ApiError as refusal:
                if refusal.code not in PASSING:
                    raise
            await asyncio.sleep(0.2)


async def _settled(tab: Tab) -> None:
    """The tab has seen everything there is, and the interviewer owes nothing."""
    state = tab.live.state
    await tab.live.until(lambda: tab.live.state.ended or not tab.live.state.owes_turn, timeout_s=60)
    assert tab.live.unsaved == 0, state.last_seq


async def _scorecard(person: Person) -> dict[str, object]:
    async with asyncio.timeout(120):
        while True:
            try:
                card: dict[str, object] = await person.client.request(
                    "GET", f"/api/sessions/{person.session_id}/feedback"
                )
                return card
            except ApiError as refusal:
                if refusal.code != "not_judged_yet":
                    raise
                await asyncio.sleep(0.2)


async def _logs(ground: Grounds, people: list[Person]) -> dict[UUID, list[e.Entry]]:
    """Every session's log, read from the database behind everybody's back."""
    database = open_database(ground.url)
    settings = ground.settings
    vault = Vault(settings.load_master_keys())
    logs: dict[UUID, list[e.Entry]] = {}
    try:
        for person in people:
            me = await person.client.request("GET", "/api/users/me")
            async with database.begin() as db:
                key = await vault.key_for(db, UUID(me["id"]))
                logs[person.session_id] = await Log(person.session_id, key, Clock()).all_entries(db)
    finally:
        await database.close()
    return logs


def _checked(person: Person, log: list[e.Entry]) -> Counter[str]:
    """What is wrong with a session, counted."""
    found = Counter[str](entries=len(log))
    found["gaps"] = sum(entry.seq != place for place, entry in enumerate(log, 1))
    times = Counter(entry.client_id for entry in log if entry.client_id is not None)
    found["doubled"] = sum(count > 1 for count in times.values())
    seq_of = {entry.client_id: entry.seq for entry in log}
    for tab in person.tabs:
        found["saved"] += len(tab.saved)
        found["lost"] += sum(client_id not in seq_of for client_id in tab.saved)
        seqs = [seq_of[client_id] for client_id in tab.saved if client_id in seq_of]
        found["disordered"] += sum(later <= earlier for earlier, later in pairwise(seqs))
        found["differ"] += not _same(tab.live, log)
    found += _turns(log)
    return found


def _same(live: LiveSession, log: list[e.Entry]) -> bool:
    """What a tab shows is the log as a candidate may see it, up to where the tab is, and folds to the tab's state.

    The judgement may still be on its way; what was withheld before the end is shown after it.
    """
    seen = list(live.entries)
    shown = [(e.for_candidate(entry, ended=False), e.for_candidate(entry, ended=True)) for entry in log[: len(seen)]]
    ahead = {entry.event.type for entry in log[len(seen) :]}
    agree = all(entry in either for entry, either in zip(seen, shown, strict=True))
    return agree and live.state == fold(seen) and ahead <= {"SessionJudged"}


def _turns(log: list[e.Entry]) -> Counter[str]:
    """Each event that calls for the interviewer is answered by one turn, and each turn answers something new."""
    found = Counter[str]()
    state, answered = SessionState(), 0
    open_triggers: set[int] = set()
    for entry in log:
        before = state.trigger_seq
        state = fold([entry], state)
        if state.trigger_seq != before:
            open_triggers.add(state.trigger_seq)
        if isinstance(entry.event, e.InterviewerSaid | e.InterviewerPassed):
            found["turns"] += 1
            newly = {seq for seq in open_triggers if seq <= entry.event.answers_seq}
            found["answered twice"] += not newly or entry.event.answers_seq <= answered
            open_triggers -= newly
            answered = entry.event.answers_seq
    if not state.ended:
        found["unanswered"] += len(open_triggers)
    return found
