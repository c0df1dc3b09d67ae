"""Works on jobs until it is cancelled. Run by `mockloop serve` (in process) and `mockloop work`."""

import asyncio
import logging
import random
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

import procrastinate
from procrastinate import exceptions as queue_errors
from procrastinate.connector import BaseConnector
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from psycopg import OperationalError

from mockloop.jobs.queue import Jobs, QueueName

logger = logging.getLogger(__name__)

HEARTBEAT_S = 2
STALLED_AFTER_S = 8  # with the sweep below, a killed worker's job runs again after about 10 s
POLL_S = 1  # retries and scheduled jobs are found by polling only
SWEEP_EVERY_S = 2
KEEP_SUCCEEDED_HOURS = 24
KEEP_FAILED_HOURS = 24 * 14
DELETE_OLD_EVERY_S = 3600
SHUTDOWN_S = 10
LONGEST_PAUSE_S = 300
WAITING_AT_ONCE = 16
SWEEP_LOCK = 0x6D6C5F7377656570  # "ml_sweep"

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Task:
    """What a job calls. The composition root lists them, with their collaborators already bound."""

    name: str
    """`noun.verb`, as in `Jobs.enqueue`."""
    run: Callable[..., Awaitable[None]]
    """Called with the job's ids as keyword arguments; UUIDs arrive as `UUID`. Must be harmless to repeat."""
    attempts: int = 5
    """How often it is tried in all, with growing pauses."""
    every_s: int | None = None
    """Set for a task that also runs by itself, without arguments: each that many seconds (a divisor of 60) or whole
    minutes (a divisor of 60 or 1440), on one worker of all."""


async def run_worker(jobs: Jobs, tasks: Sequence[Task], *, concurrency: int = 4) -> None:
    """Work until cancelled; then running jobs get 10 s to finish, and what did not is queued again.

    `concurrency` is of jobs that need this machine; `WAITING_AT_ONCE` more may wait for others.
    Outlives a database that goes away: it starts over when that is back.
    """
    ledger = _PatientLedger(jobs.app.connector)
    async with asyncio.TaskGroup() as group:
        group.create_task(_sweep_for_ever(jobs, {task.name: task for task in tasks}, ledger))
        group.create_task(_work_for_ever(jobs, tasks, ledger, "default", concurrency))
        group.create_task(_work_for_ever(jobs, tasks, ledger, "waiting", WAITING_AT_ONCE))


async def _work_for_ever(
    jobs: Jobs, tasks: Sequence[Task], ledger: "_PatientLedger", queue: QueueName, concurrency: int
) -> None:
    while True:
        # What runs by itself is scheduled by one of the two queues only.
        app = _app_with(jobs, tasks, periodic=queue == "default")
        app.job_manager = ledger
        try:
            await app.run_worker_async(
                queues=[queue],
                concurrency=concurrency,
                update_heartbeat_interval=HEARTBEAT_S,
                stalled_worker_timeout=STALLED_AFTER_S,
                fetch_job_polling_interval=POLL_S,
                abort_job_polling_interval=60,
                shutdown_graceful_timeout=SHUTDOWN_S,
                install_signal_handlers=False,
            )
        except Exception as error:
            # A worker that is cancelled while the database is away fails to say goodbye to it, and raises that.
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise asyncio.CancelledError from error
            logger.exception("The job worker stopped; starting it again")
        await asyncio.sleep(1)


class _PatientLedger(JobManager):
    """Writes down what came of a job, later if the database is away just now.

    Without this a job whose end could not be written would stay `doing` for as long as its worker lives, and would
    keep its lock; the worker's heartbeat says that all is well.
    """

    def __init__(self, connector: BaseConnector) -> None:
        super().__init__(connector)
        self._unwritten: list[Callable[[], Awaitable[None]]] = []

    async def finish_job(self, job: Job, status: Status, delete_job: bool) -> None:
        await self._now_or_later(partial(super().finish_job, job, status, delete_job))

    async def retry_job(self, job: Job, *args: Any, **kwargs: Any) -> None:
        await self._now_or_later(partial(super().retry_job, job, *args, **kwargs))

    async def _now_or_later(self, write: Callable[[], Awaitable[None]]) -> None:
        try:
            await write()
        except queue_errors.ConnectorException as error:
            logger.warning("The end of a job could not be written down yet: %s", error.__cause__)
            self._unwritten.append(write)

    async def write_the_rest(self) -> None:
        """Raises procrastinate's `ConnectorException` while the database is still away."""
        while self._unwritten:
            try:
                await self._unwritten[0]()
            except queue_errors.ConnectorException as error:
                if isinstance(error.__cause__, OperationalError):
                    raise
                logger.info("A job's end was written after all: %s", error.__cause__)
            self._unwritten.pop(0)


async def drain(jobs: Jobs, tasks: Sequence[Task], *, concurrency: int = 4) -> int:
    """Work on everything that is due, also on what that enqueues, then return how many jobs ran.

    For tests and one-off commands: raises an `ExceptionGroup` of what the tasks raised.
    """
    drained = _Drained()
    while await _has_due_jobs(jobs):
        app = _app_with(jobs, tasks, periodic=False, drained=drained)
        await app.run_worker_async(
            concurrency=concurrency, wait=False, listen_notify=False, install_signal_handlers=False
        )
    if drained.failures:
        raise ExceptionGroup("jobs failed", drained.failures)
    return drained.ran


@dataclass
class _Drained:
    """What came of a `drain`."""

    ran: int = 0
    failures: list[Exception] = field(default_factory=list)


def _app_with(
    jobs: Jobs, tasks: Sequence[Task], *, periodic: bool, drained: _Drained | None = None
) -> procrastinate.App:
    """An app of its own on the open connector, because tasks are registered on an app for good."""
    app = procrastinate.App(connector=jobs.app.connector)
    for task in tasks:
        registered = app.task(name=task.name, retry=_GrowingPauses(task.attempts), queueing_lock=None)(
            _called_with_ids(task, drained)
        )
        if periodic and task.every_s is not None:
            lock = f"every {task.name}"  # a slow run is not joined by a second one in the queue
            app.periodic(cron=_cron(task.every_s), queueing_lock=lock)(registered)
    return app


def _called_with_ids(task: Task, drained: _Drained | None) -> Callable[..., Awaitable[None]]:
    async def call(timestamp: int | None = None, **stored: Any) -> None:
        del timestamp  # what the schedule passes; a task that runs by itself looks at the clock
        ids = {
            name: UUID(value) if isinstance(value, str) and _UUID.fullmatch(value) else value
            for name, value in stored.items()
        }
        if drained is not None:
            drained.ran += 1
        try:
            await task.run(**ids)
        except Exception as error:
            if drained is not None:
                drained.failures.append(error)
            raise

    return call


class _GrowingPauses(BaseRetryStrategy):
    """1, 2, 4 … 300 s between attempts, a little spread so that a crowd does not come back at once."""

    def __init__(self, attempts: int) -> None:
        self._attempts = attempts

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.attempts + 1 >= self._attempts:
            return None
        pause_s = min(LONGEST_PAUSE_S, 2.0**job.attempts) * random.uniform(1, 1.25)
        return RetryDecision(retry_in={"seconds": int(pause_s) or 1})


def _cron(every_s: int) -> str:
    """`every_s` as a cron line of six fields, the last of them seconds."""
    if every_s < 60 and 60 % every_s == 0:
        return f"* * * * * */{every_s}"
    minutes, seconds = divmod(every_s, 60)
    if seconds == 0 and 0 < minutes < 60 and 60 % minutes == 0:
        return f"*/{minutes} * * * * 0"
    if seconds == 0 and minutes > 0 and minutes % 60 == 0 and 1440 % minutes == 0:
        return f"0 */{minutes // 60} * * * 0"
    raise ValueError(f"every_s={every_s} does not divide a minute, an hour or a day")


async def _sweep_for_ever(jobs: Jobs, tasks: dict[str, Task], ledger: _PatientLedger) -> None:
    loop = asyncio.get_running_loop()
    delete_at = loop.time()
    while True:
        try:
            await ledger.write_the_rest()
            await requeue_stalled(jobs, tasks)
            if loop.time() >= delete_at:
                delete_at = loop.time() + DELETE_OLD_EVERY_S
                manager = jobs.app.job_manager
                await manager.delete_old_jobs(nb_hours=KEEP_SUCCEEDED_HOURS)
                await manager.delete_old_jobs(
                    nb_hours=KEEP_FAILED_HOURS, include_failed=True, include_aborted=True, include_cancelled=True
                )
        except Exception as error:
            logger.warning("Could not look after stalled jobs: %s", error)
        await asyncio.sleep(SWEEP_EVERY_S)


async def requeue_stalled(jobs: Jobs, tasks: dict[str, Task], *, stalled_after_s: float = STALLED_AFTER_S) -> int:
    """Queue the jobs of killed workers again; without this they would stay `doing` and keep their locks for ever.

    One sweeper at a time over all instances: a second one, late with an old list, would requeue a job that runs.
    A job that took its worker down with it as often as it may be tried is failed.
    """
    manager = jobs.app.job_manager
    count = 0
    async with jobs.pool.connection() as connection, connection.transaction():
        row = await (await connection.execute("SELECT pg_try_advisory_xact_lock(%s)", [SWEEP_LOCK])).fetchone()
        if row is None or not row[0]:
            return 0
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=stalled_after_s):
            task = tasks.get(job.task_name)
            try:
                if task is not None and job.attempts + 1 >= task.attempts:
                    await manager.finish_job(job, Status.FAILED, delete_job=False)
                else:
                    await manager.retry_job(job)
            except queue_errors.ConnectorException as error:
                logger.info("Job %s was finished by its worker after all: %s", job.id, error)
                continue
            count += 1
            logger.warning("Job %s (%s) was left behind by its worker; queued again", job.id, job.task_name)
    return count


async def _has_due_jobs(jobs: Jobs) -> bool:
    async with jobs.pool.connection() as connection:
        found = await connection.execute(
            "SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now() LIMIT 1"
        )
        return await found.fetchone() is not None
