"""How fast a session is while many run: `make bench`, or `python -m bench.live`.

A real `mockloop serve` on a Postgres of its own; the load comes from another process, at the pace of people: one
message per session every 5 to 10 s, each session open in two tabs. Only 127.0.0.1.
"""

import argparse
import asyncio
import json
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.history import ROOT, Figures, keep, show, spread
from mockloop.accounts.passwords import argon2id
from mockloop.accounts.service import Accounts, Origin
from mockloop.client import Client, LiveSession
from mockloop.clock import Clock
from mockloop.db.engine import open_database
from mockloop.db.vault import Vault
from mockloop.rooms import protocol as p
from tests.support.candidate import PASSWORD
from tests.support.instances import Grounds, Instance, grounds, running

PACE_S = (5.0, 10.0)
WARM_UP_S = 4.0
AT_ONCE = 16
QUESTIONS = ("pair-within-budget", "first-repeat-visitor", "balanced-markup", "rooms-for-bookings")
SCORECARDS = 12


class People:
    """Signed-in users of a ground, each with a session that runs. Password hashing is left out: it is not measured."""

    def __init__(self, ground: Grounds) -> None:
        self._ground = ground

    async def arrive(self, count: int, instances: Sequence[Instance]) -> list[dict[str, str]]:
        """That many new people: their tokens and sessions, spread over the instances."""
        database = open_database(self._ground.url)
        vault = Vault(self._ground.settings.load_master_keys())
        accounts = Accounts(database, vault, Clock(), hasher=argon2id(passes=1, memory_kib=8, lanes=1))
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(number: int) -> dict[str, str]:
            here, there = instances[number % len(instances)], instances[(number + 1) % len(instances)]
            async with gate:
                name = f"bench-{uuid4().hex[:12]}"
                signed_in = await accounts.sign_up(name, PASSWORD, Origin("127.0.0.1", "program", None))
                async with Client(here.url) as client:
                    client.token = signed_in.access_token
                    session = await client.create_session(question=QUESTIONS[number % len(QUESTIONS)])
                    await client.request("PATCH", f"/api/sessions/{session['id']}/start")
            speaker, observer = (instance.url.replace("http", "ws", 1) for instance in (here, there))
            return {
                "session_id": session["id"],
                "token": signed_in.access_token,
                "speaker": speaker,
                "observer": observer,
            }

        try:
            return list(await asyncio.gather(*(one(number) for number in range(count))))
        finally:
            await database.close()


class Load:
    """The load process, step by step."""

    def __init__(self, sessions: list[dict[str, str]], seconds: float) -> None:
        self._plan = {"sessions": sessions, "seconds": seconds, "warm_up_s": WARM_UP_S, "pace_s": PACE_S}
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> "Load":
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bench.load", cwd=ROOT, limit=2**26,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        await self._say(json.dumps(self._plan))
        return self

    async def __aexit__(self, *error: object) -> None:
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def hears(self) -> dict[str, Any]:
        """Its next line."""
        assert self._process is not None
        assert self._process.stdout is not None
        async with asyncio.timeout(120):
            line = await self._process.stdout.readline()
        assert line, "the load generator ended early"
        heard: dict[str, Any] = json.loads(line)
        return heard

    async def goes_on(self) -> None:
        await self._say("go on")

    async def _say(self, line: str) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(line.encode() + b"\n")
        await self._process.stdin.drain()


async def live(people: People, instances: Sequence[Instance], count: int, seconds: float) -> list[Figures]:
    """Latency, memory and processor time with `count` sessions open."""
    empty_kb = _memory_kb(instances)
    sessions = await people.arrive(count, instances)
    await asyncio.sleep(1)  # the greetings
    async with Load(sessions, seconds) as load:
        await load.hears()
        one_tab_kb = _memory_kb(instances)
        await load.goes_on()
        await load.hears()
        two_tabs_kb = _memory_kb(instances)
        await load.goes_on()
        begun, used = time.monotonic(), cpu_s(instances)
        heard = await load.hears()
        share = (cpu_s(instances) - used) / (time.monotonic() - begun)
    name = f"{count} sessions, {len(instances)} instance{'s' if len(instances) > 1 else ''}"
    where = "another tab" if len(instances) == 1 else "another tab, other instance"
    return [
        {"what": f"{name}: seen in {where}", **spread(heard["seen"])},
        {"what": f"{name}: interviewer's first word", **spread(heard["first_word"])},
        {"what": f"{name}: (how much too late the load woke up)", **spread(heard["late"])},
        {
            "what": f"{name}: cost",
            "kB_per_session": round((one_tab_kb - empty_kb) / count, 1),
            "kB_per_further_tab": round((two_tabs_kb - one_tab_kb) / count, 1),
            "MB_in_all": round(two_tabs_kb / 1024, 1),
            "cores": round(share, 2),
            "cores_of_load": round(heard["cpu_s"] / seconds, 2),
            "messages": heard["messages"],
        },
    ]


async def scorecards(people: People, instance: Instance) -> Figures:
    """From asking for the end until the socket says that the scorecard stands."""
    times = []
    for person in await people.arrive(SCORECARDS, [instance]):
        async with Client(instance.url) as client:
            client.token = person["token"]
            async with client.live(person["session_id"]) as session:
                await session.until(lambda session=session: session.state.setup is not None)  # type: ignore[misc]
                await session.say("I keep what I have seen in a hash map, which takes O(n) time.")
                edit = p.EditFile(
                    client_id=uuid4(), file="solution", language="python", text=_answer(session), base_seq=0
                )
                await session.perform(edit)
                body = {"code": edit.text, "kind": "tests", "language": "python", "client_id": str(uuid4())}
                await client.request("POST", f"/api/sessions/{session.session_id}/code", body)
                begun = time.perf_counter()
                await client.request("PATCH", f"/api/sessions/{session.session_id}/end")
                await session.until(lambda session=session: session.state.judged)  # type: ignore[misc]
                times.append((time.perf_counter() - begun) * 1000)
    return {"what": "end until the scorecard stands", **spread(times)}


def _answer(session: LiveSession) -> str:
    """The reference solution of the session's question."""
    assert session.state.setup is not None
    folder = ROOT / "src" / "mockloop" / "bank" / "content" / "coding" / session.state.setup.question_id
    return (folder / "solutions" / "reference.py").read_text()


def _memory_kb(instances: Sequence[Instance]) -> int:
    """What the processes take for themselves, shared pages counted in part (PSS)."""
    return sum(_of_rollup(Path(f"/proc/{instance.pid}/smaps_rollup")) for instance in instances)


def _of_rollup(file: Path) -> int:
    return next(int(line.split()[1]) for line in file.read_text().splitlines() if line.startswith("Pss:"))


def cpu_s(instances: Sequence[Instance]) -> float:
    """Processor time that the processes have used."""
    ticks = 0
    for instance in instances:
        fields = Path(f"/proc/{instance.pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


async def bench(ground: Grounds, counts: Sequence[int], seconds: float) -> list[Figures]:
    """All rows. Each count has fresh instances, so that one does not warm or burden the next."""
    rows: list[Figures] = []
    people = People(ground)
    for instance_count, count in [*((1, count) for count in counts), (2, max(counts))]:
        instances = [ground.instance() for _ in range(instance_count)]
        async with running(*instances):
            found = await live(people, instances, count, seconds)
            if (instance_count, count) == (1, counts[0]):
                found.append(await scorecards(people, instances[0]))
            show(f"{count} live sessions", found)
            rows += found
        ground.sql("DELETE FROM interview_sessions WHERE status <> 'completed'")
    return rows


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, nargs="+", default=[50, 500])
    parser.add_argument("--seconds", type=float, default=20.0, help="how long people talk, for each row")
    wanted = parser.parse_args()
    random.seed(20)
    load_before = os.getloadavg()[0]
    with grounds() as ground:
        rows = asyncio.run(bench(ground, wanted.sessions, wanted.seconds))
    keep("live", rows, load_before)


if __name__ == "__main__":
    main()
