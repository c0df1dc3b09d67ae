"""The queue before the sandbox: slots, turns, positions, a bounded wait."""

import asyncio

import pytest

from mockloop.runner.contract import RunnerUnavailable, RunResult, Script, Solution
from mockloop.runner.queue import QueuedRunner, QueueFull
from mockloop.runner.scripted import ScriptedRunner


class Gate:
    """A backend whose runs end when the test says so."""

    name = "gate"

    def __init__(self) -> None:
        self.running: dict[str, asyncio.Event] = {}
        self.order: list[str] = []
        self.most = 0

    async def run(self, job: Script | Solution) -> RunResult:
        self.order.append(job.source)
        done = self.running[job.source] = asyncio.Event()
        self.most = max(self.most, len(self.running))
        await done.wait()
        del self.running[job.source]
        return RunResult(outcome="ok", stdout=job.source)

    async def aclose(self) -> None: ...


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def job(name: str) -> Script:
    return Script(language="python", source=name)


async def finish(gate: Gate) -> None:
    while gate.running:
        for done in list(gate.running.values()):
            done.set()
        await settle()


async def test_no_more_run_at_once_than_there_are_slots() -> None:
    gate = Gate()
    runner = QueuedRunner(gate, slots=2)
    runs = [asyncio.create_task(runner.run(job(str(i)), owner="ana")) for i in range(5)]
    await settle()
    assert sorted(gate.running) == ["0", "1"]
    assert runner.waiting == 3
    await finish(gate)
    assert [(await run).stdout for run in runs] == ["0", "1", "2", "3", "4"]
    assert gate.most == 2


async def test_owners_take_turns() -> None:
    gate = Gate()
    runner = QueuedRunner(gate, slots=1)
    runs = [asyncio.create_task(runner.run(job(f"ana{i}"), owner="ana")) for i in range(4)]
    await settle()
    runs += [asyncio.create_task(runner.run(job(name), owner=name)) for name in ("ben", "cem")]
    await settle()
    await finish(gate)
    assert gate.order == ["ana0", "ana1", "ben", "cem", "ana2", "ana3"]
    assert all(run.done() for run in runs)


async def test_position_is_told_until_the_run_starts() -> None:
    gate = Gate()
    runner = QueuedRunner(gate, slots=1)
    told: list[int] = []
    runs = [asyncio.create_task(runner.run(job(name), owner=name)) for name in ("a", "b")]
    await settle()
    runs.append(asyncio.create_task(runner.run(job("c"), owner="c", position=told.append)))
    await settle()
    await finish(gate)
    assert [told[0], told[-1]] == [2, 0]
    assert sorted(set(told), reverse=True) == [2, 1, 0]


async def test_queue_refuses_what_it_cannot_hold() -> None:
    gate = Gate()
    runner = QueuedRunner(gate, slots=1, most_waiting=3, most_waiting_per_owner=2)
    runs = [asyncio.create_task(runner.run(job(str(i)), owner="ana")) for i in range(3)]
    await settle()
    with pytest.raises(QueueFull) as refused:
        await runner.run(job("ana's fourth"), owner="ana")
    assert refused.value.status == 429
    runs.append(asyncio.create_task(runner.run(job("ben"), owner="ben")))
    await settle()
    with pytest.raises(QueueFull):
        await runner.run(job("cem"), owner="cem")
    await finish(gate)
    assert all(run.done() for run in runs)


async def test_wait_is_bounded_and_gives_no_slot_away() -> None:
    gate = Gate()
    runner = QueuedRunner(gate, slots=1, wait_s=0.01)
    first = asyncio.create_task(runner.run(job("first")))
    await settle()
    with pytest.raises(QueueFull):
        await runner.run(job("second"))
    assert runner.waiting == 0
    await finish(gate)
    await first
    assert (await finishing(runner, gate, "third")).stdout == "third"


async def finishing(runner: QueuedRunner, gate: Gate, name: str) -> RunResult:
    run = asyncio.create_task(runner.run(job(name)))
    await settle()
    await finish(gate)
    return await run


async def test_cancelled_waiter_makes_room() -> None:
    gate = Gate()
    runner = QueuedRunner(gate, slots=1)
    first = asyncio.create_task(runner.run(job("first")))
    await settle()
    second = asyncio.create_task(runner.run(job("second")))
    await settle()
    second.cancel()
    await settle()
    assert runner.waiting == 0
    await finish(gate)
    await first
    assert (await finishing(runner, gate, "third")).stdout == "third"


async def test_warming_up_fails_silently() -> None:
    broken = ScriptedRunner([RunnerUnavailable("no namespaces")])
    await QueuedRunner(broken).warm_up()
    assert len(broken.jobs) == 1


async def test_sandbox_that_cannot_start_is_tried_once_more() -> None:
    backend = ScriptedRunner([RunnerUnavailable("no room"), RunResult(outcome="ok")])
    assert (await QueuedRunner(backend).run(job("x"))).outcome == "ok"
    assert len(backend.jobs) == 2
    broken = ScriptedRunner([RunnerUnavailable("no namespaces")])
    with pytest.raises(RunnerUnavailable, match="no namespaces"):
        await QueuedRunner(broken).run(job("x"))
    assert len(broken.jobs) == 2
