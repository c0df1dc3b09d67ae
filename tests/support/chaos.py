"""What the journeys that kill things share: people in interviews, and what must hold of their logs afterwards."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID, uuid4

import httpx

from mockloop.client import ApiError, Client, LiveSession
from mockloop.clock import Clock
from mockloop.db.engine import open_database
from mockloop.db.vault import Vault
from mockloop.rooms import protocol as p
from mockloop.sessions import events as e
from mockloop.sessions.log import Log
from mockloop.sessions.state import SessionState, fold
from tests.support.candidate import PASSWORD
from tests.support.instances import Grounds

PASSING = {"database_unavailable", "room_busy"}
"""What may be answered while things break; anything else (`internal` above all) is a fault."""

MOOT = {"stale_edit", "session_over", "nothing_to_retry"}
"""Answers too: another tab or the clock was faster."""


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


@asynccontextmanager
async def person_at(home: str, *, others: Sequence[str] = (), second: str | None = None) -> AsyncIterator[Person]:
    """Somebody in an interview; with a tab at `second` too."""
    async with Client(home, others=others) as client, AsyncExitStack() as doors:
        await client.sign_up(f"person-{uuid4().hex[:8]}", PASSWORD)
        session_id = UUID((await client.create_session())["id"])
        await client.request("PATCH", f"/api/sessions/{session_id}/start")
        person = Person(client, session_id, [Tab(await doors.enter_async_context(client.live(session_id)))])
        if second is not None:
            elsewhere = await doors.enter_async_context(Client(second))
            elsewhere.token = client.token
            person.tabs.append(Tab(await doors.enter_async_context(elsewhere.live(session_id))))
        yield person


async def carried_out(tab: Tab, command: p.Command, timeout_s: float = 60) -> bool:
    """Ask for it until it is saved; False when it was refused for good, as may happen."""
    while True:
        try:
            await tab.live.perform(command, timeout_s)
        except ApiError as refusal:
            tab.refused[refusal.code] += 1
            if refusal.code in MOOT:
                return False
            if refusal.code not in PASSING:
                raise
            await asyncio.sleep(random.uniform(0.05, 0.2))
        else:
            tab.saved.append(command.client_id)
            return True


def edit_of(state: SessionState) -> p.EditFile:
    """A new text of the solution, on top of the one that is there."""
    present = state.solutions.get("python")
    text = f"def answer():\n    return {uuid4().hex!r}\n"
    base = present.seq if present else 0
    return p.EditFile(client_id=uuid4(), file="solution", language="python", text=text, base_seq=base)


async def persist(client: Client, action: str, session_id: UUID) -> None:
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


async def settled(tab: Tab, timeout_s: float = 60) -> None:
    """The tab has seen everything there is, and the interviewer owes nothing."""
    state = tab.live.state
    await tab.live.until(lambda: tab.live.state.ended or not tab.live.state.owes_turn, timeout_s)
    assert tab.live.unsaved == 0, state.last_seq


async def scorecard(person: Person) -> dict[str, object]:
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


async def logs_of(ground: Grounds, people: list[Person]) -> dict[UUID, list[e.Entry]]:
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


def checked(person: Person, log: list[e.Entry]) -> Counter[str]:
    """What is wrong with a session, counted."""
    found = Counter[str](entries=len(log))
    found["gaps"] = sum(entry.seq != place for place, entry in enumerate(log, 1))
    times = Counter(entry.client_id for entry in log if entry.client_id is not None)
    found["said"] = sum(entry.event.type == "CandidateSaid" for entry in log)
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
