"""A job exists if and only if the change that asked for it does."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from mockloop.db.engine import Database
from mockloop.db.tables import OwnSecret
from mockloop.jobs.queue import Jobs
from mockloop.jobs.worker import Task, drain


class Seen:
    """A task that remembers what it was called with."""

    def __init__(self, name: str = "session.judge", *, failures: int = 0, attempts: int = 5) -> None:
        self.calls: list[dict[str, object]] = []
        self._failures = failures
        self.task = Task(name, self._run, attempts=attempts)

    async def _run(self, **ids: object) -> None:
        self.calls.append(ids)
        if len(self.calls) <= self._failures:
            raise ConnectionError("not yet")


async def stored_jobs(database: Database, columns: str = "status") -> list[tuple[object, ...]]:
    async with database.begin() as db:
        rows = await db.execute(text(f"SELECT {columns} FROM jobs.procrastinate_jobs ORDER BY id"))
        return [tuple(row) for row in rows]


async def test_a_committed_change_brings_its_job_with_ids_as_they_were(database: Database, jobs: Jobs) -> None:
    seen, session_id = Seen(), uuid4()
    async with database.begin() as db:
        await jobs.enqueue(db, "session.judge", session_id=session_id, seq=7)
    assert await drain(jobs, [seen.task]) == 1
    assert seen.calls == [{"session_id": session_id, "seq": 7}]
    assert isinstance(seen.calls[0]["session_id"], UUID)


async def test_a_rolled_back_change_brings_none(database: Database, jobs: Jobs) -> None:
    with suppress(LookupError):
        async with database.begin() as db:
            await jobs.enqueue(db, "session.judge", session_id=uuid4())
            raise LookupError
    assert await stored_jobs(database) == []


async def test_a_waiting_job_is_not_queued_twice_and_the_change_beside_it_is_kept(
    database: Database, jobs: Jobs
) -> None:
    async with database.begin() as db:
        first = await jobs.enqueue(db, "session.judge", queueing_lock="judge 1")
        again = await jobs.enqueue(db, "session.judge", queueing_lock="judge 1")
        db.add(OwnSecret(name="beside", kek_id="k", wrapped=b"x"))
    assert first is not None
    assert again is None
    assert len(await stored_jobs(database)) == 1
    async with database.begin() as db:
        assert await db.get(OwnSecret, "beside")


async def test_text_does_not_get_into_a_job(database: Database, jobs: Jobs) -> None:
    async with database.begin() as db:
        with pytest.raises(ValueError, match="never text"):
            await jobs.enqueue(db, "session.judge", answer="I would use a hash map, since")


async def test_a_job_for_later_waits(database: Database, jobs: Jobs) -> None:
    seen = Seen()
    async with database.begin() as db:
        await jobs.enqueue(db, "session.judge", at=datetime.now(UTC) + timedelta(hours=1))
    assert await drain(jobs, [seen.task]) == 0
    assert seen.calls == []


async def test_a_failing_task_is_told_and_tried_again_later(database: Database, jobs: Jobs) -> None:
    seen = Seen(failures=1)
    async with database.begin() as db:
        await jobs.enqueue(db, "session.judge")
    with pytest.raises(ExceptionGroup, match="jobs failed"):
        await drain(jobs, [seen.task])
    assert await stored_jobs(database, "status, scheduled_at > now()") == [("todo", True)]
    await make_due(database)
    await drain(jobs, [seen.task])
    assert await stored_jobs(database) == [("succeeded",)]


async def test_a_task_that_never_works_is_given_up(database: Database, jobs: Jobs) -> None:
    seen = Seen(failures=100, attempts=3)
    async with database.begin() as db:
        await jobs.enqueue(db, "session.judge")
    for _ in range(3):
        with pytest.raises(ExceptionGroup):
            await drain(jobs, [seen.task])
        await make_due(database)
    assert len(seen.calls) == 3
    assert await stored_jobs(database) == [("failed",)]


async def make_due(database: Database) -> None:
    async with database.begin() as db:
        await db.execute(text("SET LOCAL search_path = public, jobs"))  # for the triggers of the queue
        await db.execute(text("UPDATE jobs.procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'"))


async def test_what_a_job_enqueues_runs_in_the_same_drain(database: Database, jobs: Jobs) -> None:
    reconciled = Seen("session.reconcile")

    async def judge() -> None:
        async with database.begin() as db:
            await jobs.enqueue(db, "session.reconcile")

    async with database.begin() as db:
        await jobs.enqueue(db, "session.judge")
    assert await drain(jobs, [Task("session.judge", judge), reconciled.task]) == 2
    assert reconciled.calls == [{}]


async def test_jobs_with_one_lock_run_one_after_the_other(database: Database, jobs: Jobs) -> None:
    inside, most = 0, 0

    async def judge() -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0)
        inside -= 1

    async with database.begin() as db:
        for _ in range(4):
            await jobs.enqueue(db, "session.judge", lock="session 1")
    assert await drain(jobs, [Task("session.judge", judge)]) == 4
    assert most == 1
