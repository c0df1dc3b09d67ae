"""A server or its database fails between two particular steps; each time the session goes on as if it had not."""

import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import httpx
import psycopg
import pytest

from mockloop.app import create_app
from mockloop.client import ApiError
from mockloop.clock import Clock, ManualClock
from mockloop.interviewer.port import Interviewer
from mockloop.interviewer.scripted import ScriptedInterviewer
from mockloop.interviewer.stalled import StalledInterviewer
from mockloop.rooms import protocol as p
from mockloop.rooms.hints import CHANNEL
from mockloop.settings import Settings
from tests.support.candidate import Candidate, House, candidate_at, served
from tests.support.instances import STALLED, Grounds, grounds, running

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(300)]

QUESTION = "pair-within-budget"
SLOW_TO_JUDGE = "def pair_within_budget(prices, budget):\n    while True:\n        pass\n"
"""Every hidden test has to be stopped, so the judge takes seconds: time enough to be killed in the middle."""
RUNS_FOR_8_S = "import time\ntime.sleep(8)\nprint('done')\n"


@pytest.fixture(scope="module")
def ground() -> Iterator[Grounds]:
    with grounds() as ground:
        yield ground


@asynccontextmanager
async def house_on(
    ground: Grounds, clock: Clock | None = None, interviewer: Interviewer | None = None
) -> AsyncIterator[House]:
    """An instance inside the test, on the same database and keys as the ones that are killed."""
    settings = Settings(data_dir=ground.folder, sessions_per_hour=1000, runs_per_minute=1000)
    async with served(create_app(settings, ground.url, clock=clock, interviewer=interviewer)) as house:
        yield house


def a_name() -> str:
    return f"ada-{uuid4().hex[:8]}"


def turns_of(person: Candidate) -> list[int]:
    """What the interviewer's turns answered, in order."""
    return [entry.event.answers_seq for entry in person.live.entries if hasattr(entry.event, "answers_seq")]


async def sees(person: Candidate, text: str) -> None:
    """Wait until these words are there."""
    await person.live.until(lambda: any(message.text == text for message in person.live.state.messages))


async def test_killed_while_the_interviewer_thinks_and_another_instance_answers(ground: Grounds) -> None:
    stalled, other = ground.instance(STALLED), ground.instance()
    async with running(stalled, other), candidate_at(stalled, a_name(), others=[other.url]) as ada:
        await ada.begins(QUESTION)
        await ada.live.until(lambda: ada.live.typing != "")
        await ada.says("Can the list be empty?")
        await stalled.kill()
        await ada.is_answered(timeout_s=30)
        said = next(m for m in ada.live.state.messages if m.text == "Can the list be empty?")
        assert ada.live.typing == "", "the words that were cut off are gone"
        assert ada.live.connections == 2
        assert ada.live.state.answered_seq >= said.seq
        assert turns_of(ada) == sorted(set(turns_of(ada))), "each turn answers something new"


async def test_killed_while_the_interviewer_thinks_and_nobody_is_there(ground: Grounds) -> None:
    stalled, other = ground.instance(STALLED), ground.instance()
    async with running(stalled, other), candidate_at(stalled, a_name(), others=[other.url]) as ada:
        await ada.begins(QUESTION)
        await ada.says("I close the laptop now.")
        await ada.goes_away()
        await stalled.kill()
        ada.client.go_elsewhere()
        async with asyncio.timeout(30):
            while True:
                log = await ada.client.request("GET", f"/api/sessions/{ada.session_id}/events")
                if any(entry["event"]["type"] == "InterviewerSaid" for entry in log["entries"]):
                    break
                await asyncio.sleep(0.1)
        turns = [entry["event"]["answers_seq"] for entry in log["entries"] if "answers_seq" in entry["event"]]
        assert len(turns) == 1


async def test_an_interviewer_that_hangs_is_given_up_and_holds_up_nobody_else(ground: Grounds) -> None:
    clock = ManualClock()
    interviewer = StalledInterviewer(1, ScriptedInterviewer(["To you.", "Here I am again."]))
    async with house_on(ground, clock, interviewer) as house:
        async with candidate_at(house, a_name()) as ada, candidate_at(house, a_name()) as bob:
            await ada.begins(QUESTION)
            await ada.live.until(lambda: ada.live.typing != "")
            await clock.advance(15)  # the timers find the turn that is owed, more than once
            await bob.begins(QUESTION)
            assert await bob.hears() == "To you."
            await clock.advance(121)
            assert await ada.hears() == "Here I am again."


async def test_killed_between_the_end_and_its_judgement(ground: Grounds) -> None:
    plain, judging = ground.instance(jobs_in_process="false"), ground.instance()
    async with running(plain), candidate_at(plain, a_name(), others=[judging.url]) as ada:
        await ada.begins(QUESTION)
        await ada.says("I would sort and use two pointers.")
        await ada.ends()
        with pytest.raises(ApiError, match="not_judged_yet"):
            await ada.client.request("GET", f"/api/sessions/{ada.session_id}/feedback")
        await ada.goes_away()
        await plain.kill()
        async with running(judging):
            ada.client.go_elsewhere()
            card = await ada.reads_scorecard(timeout_s=60)
            assert card["overall"] is not None


async def test_killed_while_it_judges(ground: Grounds) -> None:
    first, second = ground.instance(), ground.instance()
    async with running(first), candidate_at(first, a_name(), others=[second.url]) as ada:
        await ada.begins(QUESTION)
        await ada.writes(SLOW_TO_JUDGE)
        await ada.ends()
        await ada.goes_away()
        state = f"SELECT status FROM jobs.procrastinate_jobs WHERE args ->> 'session_id' = '{ada.session_id}'"
        async with asyncio.timeout(20):
            while (status := (await asyncio.to_thread(ground.sql, state))[0][0]) == "todo":
                pass
        await first.kill()
        assert status == "doing"
        assert not ground.sql(f"SELECT 1 FROM scorecards WHERE session_id = '{ada.session_id}'")
        async with running(second):
            ada.client.go_elsewhere()
            await ada.reads_scorecard(timeout_s=60)
        judged = f"SELECT 1 FROM session_events WHERE session_id = '{ada.session_id}' AND type = 'SessionJudged'"
        assert len(ground.sql(judged)) == 1


async def test_killed_during_a_run(ground: Grounds) -> None:
    clock = ManualClock()
    victim = ground.instance()
    async with running(victim), house_on(ground, clock) as house:
        async with candidate_at(victim, a_name(), others=[house.url]) as ada:
            await ada.begins(QUESTION)
            run_id = uuid4()
            body = {"code": RUNS_FOR_8_S, "kind": "script", "language": "python", "client_id": str(run_id)}
            running_code = asyncio.create_task(ada.client.request("POST", f"/api/sessions/{ada.session_id}/code", body))
            await ada.live.until(lambda: len(ada.live.state.pending_runs) == 1)
            await victim.kill()
            with pytest.raises(httpx.TransportError):
                await running_code
            await ada.live.until(lambda: ada.live.connections == 2)
            with pytest.raises(ApiError, match="run_interrupted") as refused:
                await ada.client.request("POST", f"/api/sessions/{ada.session_id}/code", body)
            assert refused.value.status == 503
            report = await ada.runs("print(6 * 7)", kind="script")
            assert (report["outcome"], report["stdout"]) == ("ok", "42\n")
            await clock.advance(46)
            await ada.live.until(lambda: not ada.live.state.pending_runs)
            lost = [entry.event.run_id for entry in ada.live.entries if entry.event.type == "RunLost"]
            assert lost == [run_id]


async def test_postgres_is_away(ground: Grounds) -> None:
    async with house_on(ground) as house, candidate_at(house, a_name()) as ada:
        await ada.begins(QUESTION)
        await ada.is_answered()
        command = p.Say(client_id=uuid4(), text="Does anybody save this?")
        with ground.postgres_away():
            with pytest.raises(ApiError) as refused:
                await ada.live.perform(command)
            assert refused.value.code == "database_unavailable"
            answer = await ada.client.http.get("/api/sessions", headers={"Authorization": f"Bearer {ada.client.token}"})
            assert answer.status_code == 503
            assert answer.json().keys() == {"code", "message", "details"}
            assert answer.json()["code"] == "database_unavailable"
            assert answer.headers["retry-after"]
            assert ada.live.connections == 1, "the socket stays open through it"
        await ada.live.perform(command)
        await ada.is_answered()
        assert [m.text for m in ada.live.state.messages if m.speaker == "candidate"] == [command.text]


async def test_an_instance_stops_while_postgres_is_away(ground: Grounds) -> None:
    stopping = house_on(ground)
    await stopping.__aenter__()
    async with asyncio.timeout(20):
        while not (ears := await asyncio.to_thread(ground.listeners, "mockloop jobs")):
            pass
    with ground.postgres_away(spare=ears):  # so the worker does not know yet
        async with asyncio.timeout(30):
            await stopping.__aexit__(None, None, None)


async def test_the_disk_is_full(ground: Grounds) -> None:
    async with house_on(ground) as house, candidate_at(house, a_name()) as ada:
        await ada.begins(QUESTION)
        await ada.is_answered()
        command = p.Say(client_id=uuid4(), text="Is there room for this?")
        with ground.disk_full("session_events"):
            with pytest.raises(ApiError, match="database_unavailable"):
                await ada.live.perform(command)
            with pytest.raises(ApiError, match="database_unavailable") as refused:
                await ada.ends()
            assert refused.value.status == 503
        await ada.live.perform(command)
        with ground.disk_full("jobs.procrastinate_jobs"):
            with pytest.raises(ApiError, match="database_unavailable") as refused:
                await ada.ends()
            assert refused.value.status == 503
            assert (await ada.client.request("GET", f"/api/sessions/{ada.session_id}"))["status"] == "in_progress"
        await ada.is_answered()
        await ada.ends()
        await ada.reads_scorecard(timeout_s=60)
        log = await ada.client.request("GET", f"/api/sessions/{ada.session_id}/events")
        assert [entry["seq"] for entry in log["entries"]] == list(range(1, log["last_seq"] + 1))


async def test_hints_outlive_a_hint_that_could_not_be_followed(ground: Grounds) -> None:
    async with house_on(ground) as left, house_on(ground) as right:
        name = a_name()
        async with candidate_at(left, name) as ada, candidate_at(right, name, sign_up=False) as same:
            await ada.begins(QUESTION)
            same.session = ada.session
            await same.comes_in()
            with psycopg.connect(ground.url, autocommit=True) as spared:
                with ground.postgres_away(spare=(spared.info.backend_pid, *ground.listeners())):
                    hint = f"{UUID(ada.session_id).hex}:1000000"
                    spared.execute("SELECT pg_notify(%s, %s)", (CHANNEL, hint))
                    await asyncio.sleep(0.5)
            await asyncio.sleep(1.5)  # both reconnect
            delays = []
            for number in range(7):
                text = f"Seen at the other instance, {number}"
                await ada.says(text)
                begun = time.monotonic()
                await sees(same, text)
                delays.append(time.monotonic() - begun)
            assert statistics.median(delays) < 0.5, f"found by polling, not by hints: {delays}"
