"""Interviews through language models of which two answers in three fail, on instances that are killed meanwhile.

`CHAOS_SEED=7 pytest tests/journeys/test_model_chaos.py` draws the same words and faults again; what is killed when
also hangs on the machine. The totals are printed at the end.
"""

import asyncio
import json
import os
import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest

from mockloop.rooms import protocol as p
from mockloop.sessions import events as e
from tests.support.chaos import (
    Person,
    Stopwatch,
    carried_out,
    checked,
    edit_of,
    logs_of,
    persist,
    person_at,
    scorecard,
    settled,
)
from tests.support.fake_provider import FAULTS, FakeProvider, fake_provider
from tests.support.fake_speech import ProtocolName
from tests.support.instances import Grounds, Instance, grounds, running
from tests.support.weather import NOTE, Answers, Screen, Weather

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(600)]

SEED = int(os.environ.get("CHAOS_SEED", "1"))
PEOPLE = 10
MESSAGES = 20
WITH_SECOND_TAB = 4
ENDING = 2
"""So many want their scorecard in the end, from a judge that asks the same models."""

WHOLE = {"ok", "slow-first", "slow-tokens", "invalid-once", "invalid-always", "wrong-schema"}
"""What may be done to streamed words that are said nevertheless: they only come late, or it is for typed output."""

FIRST_TEXT_S, TURN_S = 1.0, 2.0
LONGEST_S = 150.0
"""For any one answer. Most take a second; a busy machine imports the vendors' libraries for a long time."""

NAMES: dict[str, ProtocolName] = {"left": "openai", "right": "anthropic"}
"""The providers, in the order in which they are asked."""
MODEL, JUDGE = "weather", "weather-for-judges"
SETTINGS = {
    "llm_private_addresses": "true",
    **{f"llm_{whose}_{what}_tokens": "100000000" for whose in ("day", "session") for what in ("input", "output")},
}
TURNS = e.InterviewerSaid | e.InterviewerPassed

THOUGHTS = (
    "I could also sort it first and walk from both ends.",
    "I would keep what I saw in a hash map and look each price up.",
    "Then I compare the sum with the budget.",
    "It takes O(n log n) because of the sort.",
    "The memory would be O(1), I think.",
    "That is O(n) time, n being the number of prices.",
    "How much time is left?",
    "How am I doing so far?",
    "May I use a library for this?",
    "Which language shall I use?",
    "What is the weather like where you are?",
    "I am stuck here.",
    "What should I do now?",
    "Could the prices come as a stream?",
    "This is so annoying.",
    "Are you a person?",
)


@dataclass
class Scene:
    """Everything there is."""

    ground: Grounds
    instances: list[Instance]
    providers: list[FakeProvider]
    answers: Answers
    people: list[Person] = field(default_factory=list)
    screens: list[Screen] = field(default_factory=list)
    cut: set[str] = field(default_factory=set)
    """Notes that a tab showed, and that were still being said, when the tab's instance was killed."""
    warm: set[str] = field(default_factory=set)
    done: Counter[str] = field(default_factory=Counter)

    def being_said(self) -> dict[str, list[str]]:
        """The notes that tabs show and providers have not said to the end, by the address of the tab's instance."""
        found: dict[str, list[str]] = {}
        for screen in self.screens:
            for note in NOTE.findall(screen.live.typing):
                if self.answers.of(note).ended_s is None:
                    found.setdefault(screen.live.client.url, []).append(note)
        return found


@pytest.fixture(scope="module")
def ground() -> Iterator[Grounds]:
    with grounds() as ground:
        yield ground


async def test_every_message_is_answered_once_whatever_fails(
    ground: Grounds, record_property: Callable[[str, object], None]
) -> None:
    watch = Stopwatch()
    async with _scene(ground) as scene:
        watch.lap("instances and people")
        over = asyncio.Event()
        breaking = asyncio.create_task(_break_things(scene, over))
        await asyncio.gather(*(_talk(number, person) for number, person in enumerate(scene.people)))
        over.set()
        await breaking
        watch.lap("talk")
        await asyncio.gather(*(settled(tab, LONGEST_S) for person in scene.people for tab in person.tabs))
        left = await _left_over(scene)
        watch.lap("settled")
        await asyncio.gather(*(persist(person.client, "end", person.session_id) for person in scene.people[:ENDING]))
        cards = await asyncio.gather(*(scorecard(person) for person in scene.people[:ENDING]))
        logs = await logs_of(ground, scene.people)
        watch.lap("scorecards and logs")
        totals = sum((checked(person, logs[person.session_id]) for person in scene.people), Counter[str]())
        turns = [entry.event for log in logs.values() for entry in log if isinstance(entry.event, TURNS)]
        totals += _read(scene, turns)
        unpaid = _unpaid(scene, logs)
        torn = [words for screen in scene.screens for words in screen.torn]
        who = Counter(event.source.partition(":")[0] if event.source.startswith("model") else event.source
                      for event in turns if isinstance(event, e.InterviewerSaid))  # fmt: skip
        again = sum(not any(note in said for said in map(_words, turns)) for note in scene.cut)
        requests = Counter(seen.fault for seen in scene.answers.all())
        record_property(
            "figures",
            f"model chaos, seed {SEED}: {dict(totals)}; {dict(scene.done)}; spoken {dict(who.most_common())}; "
            f"{again} turns taken up anew after a kill in mid-stream; {len(left)} tabs with words left over, "
            f"{len(torn)} torn, {len(unpaid)} unpaid; {requests.total()} requests, {requests['ok']} of them good; "
            f"{len(cards)} scorecards; {watch}",
        )
        for fault in ("lost", "doubled", "gaps", "disordered", "unanswered", "answered twice", "differ", "not whole"):
            assert totals[fault] == 0, (fault, totals)
        assert not torn, torn[:3]
        assert not left
        assert not unpaid
        assert totals["said"] >= PEOPLE * MESSAGES
        assert totals["turns"] >= PEOPLE * MESSAGES
        assert set(requests) == {*FAULTS, "ok"}
        assert who["model"] > 30, who
        assert sum(count for source, count in who.items() if e.stood_in(source)) > 30, who
        assert again > 0
        assert scene.done["Postgres killed"] > 0
        assert scene.done["providers away"] > 0


@asynccontextmanager
async def _scene(ground: Grounds) -> AsyncIterator[Scene]:
    """Three instances, two providers that both protocols lead to, and people in interviews.

    Half of them know every address, half only their own, which comes back. Some have a second tab elsewhere, and most
    have entered the two providers as their own.
    """
    async with AsyncExitStack() as doors:
        providers = [await doors.enter_async_context(_provider(name)) for name in NAMES]
        shared = json.dumps(
            [
                _form(name, fake) | {"model": MODEL, "judge_model": JUDGE}
                for name, fake in zip(NAMES, providers, strict=True)
            ]
        )
        instances = [ground.instance(llm_providers=shared, **SETTINGS) for _ in range(3)]
        await doors.enter_async_context(running(*instances))
        scene = Scene(ground, instances, providers, Answers(providers))
        for number in range(PEOPLE):
            home, *others = [instances[(number + n) % 3].url for n in range(3)]
            second = others[0] if number < WITH_SECOND_TAB else None
            person = await doors.enter_async_context(
                person_at(home, others=others if number % 2 else (), second=second)
            )
            if number % 3:
                await _enter_own_providers(person, providers)
            scene.people.append(person)
            for tab in person.tabs:
                scene.screens.append(Screen(tab.live, scene.answers, scene.warm))
                tab.live.watchers.append(scene.screens[-1].watch)
        yield scene


def _provider(name: str) -> AbstractAsyncContextManager[FakeProvider]:
    weather = Weather(f"{SEED} {name}")
    return fake_provider(
        weather=dict.fromkeys((MODEL, JUDGE), weather.fault),
        replies={MODEL: weather.words},
        piece_s=0.015,
        slow_piece_s=0.03,
        slow_s=1.5 * FIRST_TEXT_S,
    )


def _form(name: str, fake: FakeProvider) -> dict[str, object]:
    protocol = NAMES[name]
    return {
        "name": name,
        "protocol": protocol,
        "base_url": fake.address(protocol),
        "api_key": f"a key for {name}".replace(" ", "-"),
        "first_text_s": FIRST_TEXT_S,
        "turn_s": TURN_S,
    }


async def _enter_own_providers(person: Person, providers: Sequence[FakeProvider]) -> None:
    """The same two, with keys of their own: what befalls others' keys is not held against these."""
    for name, fake in zip(NAMES, providers, strict=True):
        own = {"api_key": f"a-key-{uuid4().hex}", "models": {"interviewer": MODEL, "judge": JUDGE}}
        await person.client.request("POST", "/api/me/models/providers", _form(name, fake) | own)


async def _talk(number: int, person: Person) -> None:
    """Twenty messages, mostly one after the answer to the other; between them edits, hints, and tries of a model."""
    dice = random.Random(f"{SEED} {number}")
    tab = person.tabs[0]
    for _ in range(MESSAGES):
        await asyncio.sleep(dice.uniform(0.1, 0.9))
        text = f"{dice.choice(THOUGHTS)} ({dice.getrandbits(32):08x})"
        assert await carried_out(tab, p.Say(client_id=uuid4(), text=text), LONGEST_S)
        if dice.random() < 0.1:
            await asyncio.sleep(dice.uniform(0, 1))
            continue  # they go on before they are answered
        await settled(tab, LONGEST_S)
        last = tab.live.state.messages[-1]
        if e.stood_in(last.source) and dice.random() < 0.4:
            await carried_out(tab, p.Retry(client_id=uuid4(), message_seq=last.seq), LONGEST_S)
            await settled(tab, LONGEST_S)
        if dice.random() < 0.2:
            await carried_out(tab, edit_of(tab.live.state), LONGEST_S)
        if dice.random() < 0.08:
            await carried_out(tab, p.AskHint(client_id=uuid4()), LONGEST_S)
            await settled(tab, LONGEST_S)


async def _break_things(scene: Scene, over: asyncio.Event) -> None:
    """Break one thing after the other while they talk, then let all come back."""
    dice = random.Random(SEED)
    starting: list[asyncio.Task[None]] = []
    for step in (
        _kill_instance, _send_away, _kill_instance, _kill_postgres, _kill_instance,
        _kill_instance, _send_away, _kill_instance, _kill_postgres, _kill_instance,
    ):  # fmt: skip
        await asyncio.sleep(dice.uniform(0.5, 2))
        starting += await step(scene, dice, over)
    await asyncio.gather(*starting)


async def _kill_instance(scene: Scene, dice: random.Random, over: asyncio.Event) -> "list[asyncio.Task[None]]":
    """One from which words are coming just now, once another can speak at once: a new one imports for seconds."""
    while not over.is_set():
        await asyncio.sleep(0.02)
        speaking = scene.being_said()
        if speaking and len(scene.warm) > 1:
            url = dice.choice(sorted(speaking))
            (victim,) = (instance for instance in scene.instances if instance.url == url)
            scene.done["instances killed"] += 1
            scene.cut.update(speaking[url])
            await victim.kill()
            scene.warm.discard(url)
            return [asyncio.create_task(victim.start())]
    return []


async def _kill_postgres(scene: Scene, dice: random.Random, over: asyncio.Event) -> "list[asyncio.Task[None]]":
    scene.done["Postgres killed"] += 1
    await asyncio.to_thread(scene.ground.kill_postgres)
    return []


async def _send_away(scene: Scene, dice: random.Random, over: asyncio.Event) -> "list[asyncio.Task[None]]":
    """One provider, or both; for a moment nobody takes connections there."""
    away = dice.sample(scene.providers, dice.choice((1, 2)))
    scene.done["providers away"] += len(away)
    async with AsyncExitStack() as doors:
        for fake in away:
            await doors.enter_async_context(fake.away())
        await asyncio.sleep(dice.uniform(0.3, 1))
    return []


async def _left_over(scene: Scene) -> list[str]:
    """Words that are shown in a tab and that nothing takes back or makes a message."""
    for screen in scene.screens:
        with suppress(TimeoutError):
            await screen.live.until(lambda live=screen.live: not live.typing, 5)  # type: ignore[misc]
    return [screen.live.typing for screen in scene.screens if screen.live.typing]


def _words(event: e.Event) -> str:
    return event.text if isinstance(event, e.InterviewerSaid) else ""


def _read(scene: Scene, turns: Sequence[e.Event]) -> Counter[str]:
    """Whether the words in the logs are whole answers, each in one place only."""
    found = Counter[str](passed=sum(isinstance(event, e.InterviewerPassed) for event in turns))
    notes = Counter(note for event in turns for note in NOTE.findall(_words(event)))
    found["not whole"] = sum(count > 1 for count in notes.values())
    for event in turns:
        if isinstance(event, e.InterviewerSaid) and event.source.startswith("model:"):
            found["by a model"] += 1
            answer = scene.answers.of(NOTE.findall(event.text)[0])
            found["not whole"] += event.text != answer.text.strip() or answer.fault not in WHOLE
    return found


def _unpaid(scene: Scene, logs: dict[UUID, list[e.Entry]]) -> list[str]:
    """Turns of a model for which the ledger has no call of that session with as many tokens."""
    rows = scene.ground.sql("SELECT session_id, output_tokens FROM model_usage WHERE mode = 'live_interviewer'")
    paid = Counter(rows)
    missing = []
    for session_id, log in logs.items():
        for entry in log:
            if isinstance(entry.event, e.InterviewerSaid) and entry.event.source.startswith("model:"):
                text = scene.answers.of(NOTE.findall(entry.event.text)[0]).text
                # Tries that failed before it, at the same provider, are on the same bill.
                bill = next((row for more in range(4) if paid[row := (session_id, len(text) // 4 + more)]), None)
                if bill is None:
                    missing.append(entry.event.text)
                else:
                    paid[bill] -= 1
    return missing
