"""The load of `bench.live`, in a process of its own: people who say something every 5 to 10 s, and their second tabs.

Reads a JSON plan from standard input, says "ready" when every socket is open, and ends with the times as JSON.
"""

import asyncio
import json
import random
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import uvloop
from websockets.asyncio.client import ClientConnection, connect

THOUGHTS = (
    "Can the list be empty?",
    "Are the numbers always positive?",
    "I would sort it first and then walk from both ends.",
    "That would be O(n log n) time and constant space.",
    "I keep what I have seen in a hash map.",
    "What should I return when there is no answer?",
    "I think the edge case is when there is only one element.",
    "Now I am writing the loop.",
)
AT_ONCE = 40
"""Sockets that are opened at the same time."""


@dataclass
class Times:
    """In ms: a message until its other tab shows it, and until the interviewer's first word."""

    seen: list[float] = field(default_factory=list)
    first_word: list[float] = field(default_factory=list)
    messages: int = 0
    late: list[float] = field(default_factory=list)
    """By how much this process woke up too late from sleeping: what the machine adds to every figure."""


class Session:
    """One session: a tab that speaks and, when `observer` is set, a tab that watches."""

    def __init__(self, plan: dict[str, str], times: Times) -> None:
        self.plan = plan
        self.times = times
        self.counts = False
        self._sent: dict[str, float] = {}
        self._waiting_since: float | None = None
        self._speaker: ClientConnection | None = None

    async def open(self, gate: asyncio.Semaphore, *, observer: bool) -> asyncio.Task[None]:
        """Open a tab; the task reads what comes."""
        async with gate:
            root = self.plan["observer" if observer else "speaker"]
            address = f"{root}/ws/{self.plan['session_id']}?token={self.plan['token']}"
            socket = await connect(address, max_size=None, compression=None)
            await socket.recv()
        if not observer:
            self._speaker = socket
        return asyncio.create_task(self._watch(socket) if observer else self._listen(socket))

    async def _watch(self, socket: ClientConnection) -> None:
        async for frame in socket:
            now = time.perf_counter()
            notice: dict[str, Any] = json.loads(frame)
            for entry in notice.get("entries", ()):
                sent = self._sent.pop(entry["client_id"], None)
                if sent is not None and self.counts:
                    self.times.seen.append((now - sent) * 1000)

    async def _listen(self, socket: ClientConnection) -> None:
        async for frame in socket:
            now = time.perf_counter()
            if self._waiting_since is None:
                continue
            notice: dict[str, Any] = json.loads(frame)
            kinds = {entry["event"]["type"] for entry in notice.get("entries", ())}
            if notice["type"] == "Delta":
                if self.counts:
                    self.times.first_word.append((now - self._waiting_since) * 1000)
                self._waiting_since = None
            elif kinds & {"InterviewerPassed", "InterviewerSaid"}:
                self._waiting_since = None  # it chose to stay silent

    async def talk(self, pace_s: tuple[float, float], until: float) -> None:
        """Say something now and then until the time is up."""
        assert self._speaker is not None
        await asyncio.sleep(random.uniform(0, pace_s[1]))
        while time.perf_counter() < until:
            client_id = str(uuid4())
            text = json.dumps({"type": "Say", "client_id": client_id, "text": random.choice(THOUGHTS)})
            self._sent[client_id] = self._waiting_since = time.perf_counter()
            await self._speaker.send(text)
            self.times.messages += self.counts
            await asyncio.sleep(random.uniform(*pace_s))


async def watch_the_machine(times: Times) -> None:
    """Sleep for ever, 10 ms at a time, and note what came on top."""
    while True:
        begun = time.perf_counter()
        await asyncio.sleep(0.01)
        times.late.append((time.perf_counter() - begun - 0.01) * 1000)


def tell(**said: Any) -> None:
    print(json.dumps(said), flush=True)


async def run(plan: dict[str, Any]) -> None:
    """Open, report, talk, report."""
    times, gate = Times(), asyncio.Semaphore(AT_ONCE)
    sessions = [Session(one, times) for one in plan["sessions"]]
    readers = await asyncio.gather(*(session.open(gate, observer=False) for session in sessions))
    tell(opened="speakers")
    await _told_to_go_on()
    readers += await asyncio.gather(*(session.open(gate, observer=True) for session in sessions))
    tell(opened="observers")
    await _told_to_go_on()
    until = time.perf_counter() + plan["warm_up_s"] + plan["seconds"]
    talking = [asyncio.create_task(session.talk(plan["pace_s"], until)) for session in sessions]
    await asyncio.sleep(plan["warm_up_s"])
    for session in sessions:
        session.counts = True
    readers.append(asyncio.create_task(watch_the_machine(times)))
    used = time.process_time()
    await asyncio.gather(*talking)
    await asyncio.sleep(1)
    for reader in readers:
        reader.cancel()
    used = time.process_time() - used
    tell(seen=times.seen, first_word=times.first_word, late=times.late, messages=times.messages, cpu_s=used)


async def _told_to_go_on() -> None:
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)


if __name__ == "__main__":
    uvloop.run(run(json.loads(sys.stdin.readline())))
