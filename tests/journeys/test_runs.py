"""Running code in the room: results, our failures, and what a candidate must not see."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any
from uuid import uuid4

import pytest

from mockloop.client import ApiError
from mockloop.clock import ManualClock
from mockloop.interviewer.scripted import ScriptedInterviewer
from mockloop.rooms import protocol as p
from mockloop.runner.contract import Position, RunnerUnavailable, RunResult, Script, Solution
from mockloop.runner.queue import QueuedRunner
from mockloop.runner.scripted import ScriptedRunner
from mockloop.sessions.timing import RUN_LOST_AFTER
from mockloop.settings import Settings
from tests.journeys.conftest import Houses
from tests.support.candidate import Candidate, House, candidate_at

QUESTION = "pair-within-budget"
TELLTALE = """
def pair_within_budget(prices, budget):
    print("I was given", prices, budget)
    return []
"""


async def test_a_script_reads_its_input_and_reports(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        report = await ada.runs("print(input()[::-1])", kind="script", stdin="live\n")
        assert (report["outcome"], report["stdout"], report["exit_code"]) == ("ok", "evil\n", 0)
        await ada.live.until(lambda: ada.live.state.runs[-1].result is not None)
        result = ada.live.state.runs[-1].result
        assert result is not None
        assert result.stdout == "evil\n"


@pytest.mark.parametrize(
    ("code", "language", "outcome"),
    [
        ("def broken(:\n", "python", "compile_error"),
        ("raise ValueError('no')", "python", "crashed"),
        ("throw new Error('no')", "javascript", "crashed"),
        ("const n: number = 3; console.log(n)", "typescript", "ok"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "python", "crashed"),
    ],
)
async def test_a_program_that_fails_is_a_result(quiet_house: House, code: str, language: str, outcome: str) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        report = await ada.runs(code, kind="script", language=language)
        assert report["outcome"] == outcome
        if outcome != "ok":
            assert report["message"]


async def test_hidden_tests_stay_hidden(quiet_house: House) -> None:
    question = quiet_house.app.state.bank.question(QUESTION)
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        report = await ada.runs(TELLTALE)
        assert str(list(question.visible_tests[0].args[0])) in report["stdout"]
        for test in question.hidden_tests:
            shown = f"I was given {list(test.args[0])} {test.args[1]}"
            visible = any(list(t.args) == list(test.args) for t in question.visible_tests)
            assert visible or shown not in report["stdout"]
        events = await ada.client.request("GET", f"/api/sessions/{ada.session_id}/events")
        types = [entry["event"]["type"] for entry in events["entries"]]
        assert "Withheld" in types
        assert "HiddenTestsRan" not in types
        await ada.ends()
        events = await ada.client.request("GET", f"/api/sessions/{ada.session_id}/events")
        assert "HiddenTestsRan" in [entry["event"]["type"] for entry in events["entries"]]


async def test_the_same_run_asked_twice_runs_once(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        body: dict[str, Any] = {"code": "import time; print(time.time())", "language": "python"}
        body["client_id"] = str(uuid4())
        path = f"/api/sessions/{ada.session_id}/code"
        first = await ada.client.request("POST", path, body)
        again = await ada.client.request("POST", path, body)
        assert first == again
        await ada.live.until(lambda: len(ada.live.state.runs) == 1 and ada.live.state.runs[0].result is not None)


async def test_a_runner_that_is_down_is_our_failure(houses: Houses) -> None:
    down = ScriptedRunner([RunnerUnavailable("no sandbox on this machine")])
    async with houses(runner=down, interviewer=ScriptedInterviewer()) as house:
        async with candidate_at(house) as ada:
            await ada.begins(QUESTION)
            with pytest.raises(ApiError) as error:
                await ada.runs("print(1)", kind="script")
            assert (error.value.status, error.value.code) == (503, "runner_down")
            assert "no sandbox" not in error.value.message, "the operator's reason is not the candidate's"
            await ada.live.until(lambda: ada.live.state.runs[-1].lost)
            await ada.says("I go on meanwhile.")


async def test_a_run_that_nobody_finished_is_given_up(quiet_house: House, clock: ManualClock) -> None:
    from mockloop.sessions.events import CodeRunAsked, Event
    from mockloop.sessions.state import SessionState

    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        asked = CodeRunAsked(run_id=uuid4(), kind="script", language="python", source="print(1)")
        conductor = quiet_house.app.state.conductor
        room = await conductor.rooms.open(ada.live.session_id)

        def ask(state: SessionState) -> list[Event]:
            return [asked]

        # As a server leaves it that was killed while the program ran.
        await conductor.append(room, ask, client_id=asked.run_id)
        await clock.advance(RUN_LOST_AFTER)
        await ada.live.until(lambda: ada.live.state.runs[-1].lost)
        with pytest.raises(ApiError) as error:
            await ada.client.request(
                "POST",
                f"/api/sessions/{ada.session_id}/code",
                {"code": "print(1)", "language": "python", "client_id": str(asked.run_id)},
            )
        assert error.value.code == "run_interrupted"
        assert (await ada.runs("print(1)", kind="script"))["stdout"] == "1\n"


async def test_the_same_id_in_another_session_is_another_run(houses: Houses) -> None:
    gate = asyncio.Event()

    class Slow(ScriptedRunner):
        async def run(self, job: Script | Solution, *, owner: str = "", position: Position | None = None) -> RunResult:
            await gate.wait()
            return RunResult(outcome="ok", exit_code=0, stdout=f"of {job.source}")

    async with houses(runner=Slow(), interviewer=ScriptedInterviewer()) as house:
        async with candidate_at(house) as ada, candidate_at(house, "eve") as eve:
            body = {"language": "python", "client_id": str(uuid4())}
            asked = []
            for person in (ada, eve):
                await person.begins(QUESTION)
                path = f"/api/sessions/{person.session_id}/code"
                request = person.client.request("POST", path, {**body, "code": person.name})
                asked.append(asyncio.create_task(request))
                await person.live.until(lambda live=person.live: bool(live.state.runs))  # type: ignore[misc]
            gate.set()
            assert [(await report)["stdout"] for report in asked] == ["of ada", "of eve"]


class _Doorman(ScriptedRunner):
    """A backend that lets one job through at a time, when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.door = asyncio.Semaphore(0)
        self.somebody_came = asyncio.Event()

    async def run(self, job: Script | Solution, *, owner: str = "", position: Position | None = None) -> RunResult:
        self.somebody_came.set()
        await self.door.acquire()
        return await super().run(job, owner=owner)

    def lets_in(self, count: int = 1) -> None:
        for _ in range(count):
            self.door.release()


def _places_told(person: Candidate) -> list[int]:
    """What the person's tab is told from now on of runs that wait."""
    told: list[int] = []
    person.live.watchers.append(lambda notice: told.append(notice.ahead) if isinstance(notice, p.Queued) else None)
    return told


@pytest.mark.parametrize("kind", ["script", "tests"])
async def test_a_run_that_waits_tells_its_place(houses: Houses, kind: str) -> None:
    doorman = _Doorman()
    runner = QueuedRunner(doorman, slots=1)
    async with houses(runner=runner, interviewer=ScriptedInterviewer()) as house, AsyncExitStack() as stack:
        names = ("bob", "eve", "ada")
        bob, eve, ada = [await stack.enter_async_context(candidate_at(house, name)) for name in names]
        told, asked = {}, []
        for person in (bob, eve, ada):
            await person.begins(QUESTION)
            told[person.name] = _places_told(person)
            asked.append(asyncio.create_task(person.runs("1", kind=kind if person is ada else "script")))
            await doorman.somebody_came.wait()
            if person is not bob:
                await person.live.until(lambda name=person.name: bool(told[name]))  # type: ignore[misc]
        assert told == {"bob": [], "eve": [1], "ada": [2]}
        other_tab = await stack.enter_async_context(candidate_at(house, "ada", sign_up=False))
        other_tab.session = ada.session
        other_tab._live = other_tab.client.live(ada.session_id)
        told["other tab"] = _places_told(other_tab)
        await other_tab.live.__aenter__()
        await other_tab.live.until(lambda: told["other tab"] == [2])
        doorman.lets_in()
        await ada.live.until(lambda: told["ada"] == [2, 1])
        doorman.lets_in(3)
        await asyncio.gather(*asked)
        for tab in (ada, other_tab):
            await tab.live.until(lambda live=tab.live: live.state.runs[-1].result is not None)  # type: ignore[misc]
        assert told == {"bob": [], "eve": [1, 0], "ada": [2, 1, 0], "other tab": [2, 1, 0]}
        # A tab that comes now hears nothing of it, and nothing of it is in the log.
        await other_tab.goes_away()
        other_tab._live = other_tab.client.live(ada.session_id)
        late = _places_told(other_tab)
        await other_tab.live.__aenter__()
        await other_tab.says("Done.")
        assert late == []
        assert "Queued" not in {entry.event.type for entry in other_tab.live.entries}


async def test_a_place_in_a_queue_that_is_full_is_taken_back(houses: Houses) -> None:
    doorman = _Doorman()
    runner = QueuedRunner(doorman, slots=1, wait_s=0.2)
    async with houses(runner=runner, interviewer=ScriptedInterviewer()) as house:
        async with candidate_at(house, "bob") as bob, candidate_at(house, "ada") as ada:
            await bob.begins(QUESTION)
            await ada.begins(QUESTION)
            told = _places_told(ada)
            first = asyncio.create_task(bob.runs("1", kind="script"))
            await doorman.somebody_came.wait()
            with pytest.raises(ApiError) as error:
                await ada.runs("1", kind="script")
            assert error.value.code == "runner_down"
            await ada.live.until(lambda: ada.live.state.runs[-1].lost)
            assert told == [1, 0]
            doorman.lets_in()
            await first


async def test_many_runs_at_once_are_held_to_the_limit(houses: Houses, settings: Settings) -> None:
    rules = settings.model_copy(update={"runs_per_minute": 3})
    async with houses(runner=ScriptedRunner(), interviewer=ScriptedInterviewer(), settings=rules) as house:
        async with candidate_at(house) as ada:
            await ada.begins(QUESTION)
            reports = await asyncio.gather(*(ada.runs("1", kind="script") for _ in range(20)), return_exceptions=True)
            assert sum(isinstance(report, dict) for report in reports) == 3
            assert {report.code for report in reports if isinstance(report, ApiError)} == {"too_many_runs"}
