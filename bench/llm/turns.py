"""From a candidate's words to the first of the interviewer's: real `mockloop serve`, real sockets, real Postgres.

What is ours is measured in two parts: from sending `Say` until the provider has read the request, and from the byte
of the provider that ends its first sentence until the first `Delta` is at the candidate's socket. The provider's own
queue is counted as ours, and so is the load that this process puts on the same two cores.
"""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from websockets.asyncio.client import ClientConnection, connect

from bench.history import Figures, spread
from bench.live import People, cpu_s
from bench.llm.provider import AT_ONCE, PROTOCOLS, by_mark, journal, marked
from tests.support.fake_provider import FakeProvider
from tests.support.fake_speech import ProtocolName
from tests.support.instances import Grounds, Instance, running

WORD_S = 0.05
"""Between two words of the provider: a turn streams for more than a second, so that a hundred overlap."""
CALM_WORD_S = 0.25
CALM_S = 5.0
PACES = (0.0, WORD_S, CALM_WORD_S)
"""A hundred overlap here too, at the pace of people and of a slower model: twenty turns a second begin."""
ROUNDS = 3
"""Of many at once; the best one is shown, because others use the machine too."""
ANSWER_S = 60.0

_marks = itertools.count(1)


@dataclass
class Turn:
    """One message and what came of it. Seconds of the monotonic clock."""

    mark: int
    sent_s: float
    first_s: float | None = None
    source: str = ""


@dataclass
class Person:
    """One open tab."""

    socket: ClientConnection
    reader: "asyncio.Task[None] | None" = None
    now: Turn | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def says(self) -> Turn:
        """Say something and wait until the interviewer has answered."""
        mark = next(_marks)
        frame = json.dumps({"type": "Say", "client_id": str(uuid4()), "text": marked(mark)})
        self.answered.clear()
        turn = self.now = Turn(mark, time.monotonic())
        await self.socket.send(frame)
        async with asyncio.timeout(ANSWER_S):
            await self.answered.wait()
        return turn

    async def listen(self) -> None:
        """Note when the first words of a turn come, and when it is over."""
        async for frame in self.socket:
            at_s = time.monotonic()
            notice: dict[str, Any] = json.loads(frame)
            if notice["type"] == "Delta" and self.now is not None and self.now.first_s is None:
                self.now.first_s = at_s
            for entry in notice.get("entries", ()):
                event = entry["event"]
                if event["type"] in ("InterviewerSaid", "InterviewerPassed"):
                    if self.now is not None:
                        self.now.source = event.get("source", "silent")
                    self.answered.set()


@asynccontextmanager
async def seated(plans: Sequence[dict[str, str]]) -> AsyncIterator[list[Person]]:
    """A tab for each plan, greeted."""
    async with AsyncExitStack() as stack:
        people = []
        for plan in plans:
            address = f"{plan['speaker']}/ws/{plan['session_id']}?token={plan['token']}"
            person = Person(await stack.enter_async_context(connect(address, max_size=None, compression=None)))
            person.reader = asyncio.create_task(person.listen())
            stack.callback(person.reader.cancel)
            people.append(person)
        async with asyncio.timeout(ANSWER_S):
            await asyncio.gather(*(person.answered.wait() for person in people))
        yield people


def asking(fake: FakeProvider, protocol: ProtocolName, model: str) -> dict[str, str]:
    """The settings of an instance that asks this model, without a limit on what it costs."""
    address = f"http://127.0.0.1:{fake.port}" + ("/v1" if protocol == "openai" else "")
    provider = {"name": "fake", "protocol": protocol, "model": model, "base_url": address}
    budgets = [f"llm_{span}_{way}_tokens" for span in ("day", "session") for way in ("input", "output")]
    return {"llm_providers": json.dumps([provider]), **dict.fromkeys(budgets, "100000000")}


def own_share(name: str, turns: Sequence[Turn], seen: dict[int, dict[str, Any]]) -> list[Figures]:
    """The two ways through our code, and their sum, in ms."""
    told = [(turn, seen[turn.mark]) for turn in turns if turn.mark in seen and turn.first_s is not None]
    there = [(request["seen_s"] - turn.sent_s) * 1000 for turn, request in told]
    back = [((turn.first_s or 0.0) - request["first_text_s"]) * 1000 for turn, request in told]
    return [
        {"what": f"{name}: message to request", **spread(there)},
        {"what": f"{name}: sentence to Delta", **spread(back)},
        {"what": f"{name}: own share", **spread([a + b for a, b in zip(there, back, strict=True)])},
    ]


async def one_by_one(people: Sequence[Person], fake: FakeProvider, name: str, count: int) -> list[Figures]:
    """Turns that have the machine to themselves."""
    await asyncio.to_thread(journal, fake)
    turns = [await people[number % len(people)].says() for number in range(count)]
    return own_share(name, turns, by_mark(await asyncio.to_thread(journal, fake)))


async def together(
    people: Sequence[Person], fake: FakeProvider, instances: Sequence[Instance], name: str, over_s: float
) -> list[Figures]:
    """A turn of everybody, begun in the same moment or evenly over `over_s`; the best of some rounds."""
    best: list[Figures] = []
    for _ in range(ROUNDS):
        await asyncio.to_thread(journal, fake)
        begun_s, used_s = time.monotonic(), cpu_s(instances)

        async def later(person: Person, place: int) -> Turn:
            await asyncio.sleep(over_s * place / len(people))
            return await person.says()

        turns = await asyncio.gather(*(later(person, place) for place, person in enumerate(people)))
        lasted_s, used_s = time.monotonic() - begun_s, cpu_s(instances) - used_s
        rows = own_share(name, turns, by_mark(await asyncio.to_thread(journal, fake)))
        spoken = sum(turn.source.startswith("model:") for turn in turns)
        rows.append(
            {
                "what": f"{name}: all of it",
                "s": round(lasted_s, 2),
                "best_of": ROUNDS,
                "of_the_model": spoken,
                "processor_ms_per_turn": round(used_s * 1000 / len(turns), 1),
            }
        )
        if not best or rank(rows) < rank(best):
            best = rows
    return best


def rank(rows: Sequence[Figures]) -> tuple[int, float]:
    """Orders rounds, the best first: most turns that were a model's, then the shorter own share."""
    share = rows[2]
    return -int(share["n"] or 0), float(share.get("p95_ms") or 0)


async def bench(ground: Grounds, fakes: Mapping[float, FakeProvider], rounds: int, at_once: int) -> list[Figures]:
    """Per protocol: one after another, then many at once, on one instance and on two. `fakes`: one for each pace."""
    rows: list[Figures] = []
    for protocol in PROTOCOLS:
        async with tabs(ground, fakes[0.0], protocol, 1, 10) as (people, _):
            rows += await one_by_one(people, fakes[0.0], f"{protocol}, alone", rounds)
        for count in (1, 2):
            async with tabs(ground, fakes[WORD_S], protocol, count, at_once) as (people, instances):
                name = f"{protocol}, {count} instance{'s' if count > 1 else ''}, {at_once}"
                rows += await together(people, fakes[WORD_S], instances, f"{name} over 1 s", 1.0)
                rows += await together(people, fakes[WORD_S], instances, f"{name} in one moment", 0.0)
        async with tabs(ground, fakes[CALM_WORD_S], protocol, 1, at_once) as (people, instances):
            name = f"{protocol}, 1 instance, {at_once} over {CALM_S:.0f} s"
            rows += await together(people, fakes[CALM_WORD_S], instances, name, CALM_S)
    return rows


@asynccontextmanager
async def tabs(
    ground: Grounds, fake: FakeProvider, protocol: ProtocolName, instances: int, people: int
) -> AsyncIterator[tuple[list[Person], list[Instance]]]:
    """That many people in their rooms, on instances that have imported everything and spoken once."""
    here = [ground.instance(**asking(fake, protocol, AT_ONCE)) for _ in range(instances)]
    async with running(*here), seated(await People(ground).arrive(people, here)) as seats:
        await asyncio.gather(*(person.says() for person in seats[:4]))
        yield seats, here
    ground.sql("DELETE FROM interview_sessions WHERE status <> 'completed'")
