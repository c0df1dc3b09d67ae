"""The worker: picks up at once, repeats what a killed worker left, outlives its database's restart."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from anyio import to_thread
from sqlalchemy import text

from mockloop.db.engine import Database, DatabaseUnavailable, open_database
from mockloop.jobs.queue import Jobs, open_jobs
from mockloop.jobs.worker import Task, _cron, drain, requeue_stalled, run_worker
from tests.support.database import create_database, server_for_tests


@asynccontextmanager
async def working(jobs: Jobs, tasks: list[Task]) -> AsyncIterator[None]:
    worker = asyncio.create_task(run_worker(jobs, tasks))
    try:
        yield
    finally:
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker


async def test_a_job_is_picked_up_when_it_is_committed(database: Database, jobs: Jobs) -> None:
    ran = asyncio.Event()

    async def judge() -> None:
        ran.set()

    async with working(jobs, [Task("session.judge", judge)]):
        await asyncio.sleep(0)
        async with database.begin() as db:
            await jobs.enqueue(db, "session.judge")
        await asyncio.wait_for(ran.wait(), 60)


async def test_what_waits_for_others_keeps_nothing_else_waiting(database: Database, jobs: Jobs) -> None:
    go_on, judged, crowded = asyncio.Event(), asyncio.Event(), asyncio.Event()
    writing: list[int] = []

    async def write(place: int) -> None:
        writing.append(place)
        if len(writing) == 3:
            crowded.set()
        await go_on.wait()

    async def judge() -> None:
        judged.set()

    worker = asyncio.create_task(
        run_worker(jobs, [Task("session.write", write), Task("session.judge", judge)], concurrency=1)
    )
    async with database.begin() as db:
        for place in range(3):
            await jobs.enqueue(db, "session.write", queue="waiting", place=place)
        await jobs.enqueue(db, "session.judge")
    await asyncio.wait_for(judged.wait(), 60)
    await asyncio.wait_for(crowded.wait(), 60)
    go_on.set()
    worker.cancel()
    with suppress(asyncio.CancelledError):
        await worker


async def test_a_task_with_a_rhythm_runs_by_itself(jobs: Jobs) -> None:
    ran = asyncio.Event()

    async def sweep() -> None:
        ran.set()

    async with working(jobs, [Task("logins.sweep", sweep, every_s=1)]):
        await asyncio.wait_for(ran.wait(), 60)


async def test_stopping_lets_a_running_job_finish(database: Database, jobs: Jobs) -> None:
    started, go_on, finished = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def judge() -> None:
        started.set()
        await go_on.wait()
        finished.set()

    async with database.begin() as db:
        await jobs.enqueue(db, "session.judge")
    worker = asyncio.create_task(run_worker(jobs, [Task("session.judge", judge)]))
    await asyncio.wait_for(started.wait(), 60)
    worker.cancel()
    await asyncio.sleep(0)
    go_on.set()
    with suppress(asyncio.CancelledError):
        await worker
    assert finished.is_set()
    assert worker.done()


async def leave_behind(database: Database, *, attempts: int = 0) -> None:
    """What a worker that was killed half a minute ago leaves in the tables."""
    async with database.begin() as db:
        await db.execute(text("SET LOCAL search_path = public, jobs"))  # for the triggers of the queue
        await db.execute(
            text("INSERT INTO jobs.procrastinate_workers (last_heartbeat) VALUES (now() - interval '30 s')")
        )
        await db.execute(
            text("""
                UPDATE jobs.procrastinate_jobs SET status = 'doing', attempts = :attempts,
                    worker_id = (SELECT max(id) FROM jobs.procrastinate_workers)
            """),
            {"attempts": attempts},
        )


async def test_the_job_of_a_killed_worker_runs_again(database: Database, jobs: Jobs) -> None:
    calls = 0

    async def judge() -> None:
        nonlocal calls
        calls += 1

    task = Task("session.judge", judge)
    async with database.begin() as db:
        await jobs.enqueue(db, "session.judge", lock="session 1")
    await leave_behind(database)
    assert await drain(jobs, [task]) == 0
    assert await requeue_stalled(jobs, {task.name: task}) == 1
    await drain(jobs, [task])
    assert calls == 1


async def test_a_job_that_keeps_killing_its_worker_is_given_up(database: Database, jobs: Jobs) -> None:
    async def never() -> None:
        raise AssertionError("must not run")

    task = Task("session.judge", never, attempts=3)
    async with database.begin() as db:
        await jobs.enqueue(db, "session.judge")
    await leave_behind(database, attempts=2)
    await requeue_stalled(jobs, {task.name: task})
    assert await drain(jobs, [task]) == 0


@pytest.mark.parametrize(
    ("every_s", "line"),
    [(5, "* * * * * */5"), (60, "*/1 * * * * 0"), (3600, "0 */1 * * * 0"), (86400, "0 */24 * * * 0")],
)
def test_a_rhythm_becomes_a_cron_line(every_s: int, line: str) -> None:
    assert _cron(every_s) == line


def test_a_rhythm_that_does_not_divide_the_clock_is_refused() -> None:
    with pytest.raises(ValueError, match="does not divide"):
        _cron(7)


@pytest.mark.chaos
async def test_the_worker_outlives_a_database_that_is_killed_in_the_middle_of_a_job() -> None:
    started, go_on, ended = asyncio.Event(), asyncio.Event(), asyncio.Queue[str]()

    async def judge() -> None:
        started.set()
        await go_on.wait()
        await ended.put("judge")

    async def remind() -> None:
        await ended.put("remind")

    tasks = [Task("session.judge", judge), Task("user.remind", remind)]
    with server_for_tests(to_be_killed=True) as server:
        url = await to_thread.run_sync(create_database, server, "killed")
        database = open_database(url)
        async with open_jobs(database.direct_url) as jobs, working(jobs, tasks):
            async with database.begin() as db:
                await jobs.enqueue(db, "session.judge", lock="one after the other")
            await asyncio.wait_for(started.wait(), 60)
            killed = server.pid
            assert killed is not None
            os.kill(killed, signal.SIGKILL)
            go_on.set()
            assert await asyncio.wait_for(ended.get(), 60) == "judge"
            await enqueued_when_back(database, jobs, "user.remind", lock="one after the other")
            assert await asyncio.wait_for(ended.get(), 60) == "remind"
            assert ended.empty(), "the first job ran twice, although its worker lived"
        await database.close()


async def enqueued_when_back(database: Database, jobs: Jobs, task: str, lock: str) -> None:
    """What a client does that was told to try again in a moment."""
    for _ in range(600):
        try:
            async with database.begin() as db:
                await jobs.enqueue(db, task, lock=lock)
            return
        except DatabaseUnavailable:
            await asyncio.sleep(0.1)
    pytest.fail("the database did not come back")
