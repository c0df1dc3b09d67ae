"""Works on jobs until it is cancelled. Run by `mockloop serve` (in process) and `mockloop work`."""

import asyncio
import contextlib
import functools
import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import procrastinate
from procrastinate.exceptions import AlreadyEnqueued

from mockloop.jobs.queue import Jobs

HEARTBEAT_S = 2
STALLED_AFTER_S = 8
POLL_S = 1
SWEEP_EVERY_S = 5
KEEP_FINISHED_HOURS = 24
SHUTDOWN_S = 10

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
    """Set for a task that also runs by itself, about that often, on one worker at a time, without arguments."""


async def run_worker(jobs: Jobs, tasks: Sequence[Task], *, concurrency: int = 4) -> None:
    """Work until cancelled; then give running jobs 10 s to finish."""
    raise NotImplementedError


async def drain(jobs: Jobs, tasks: Sequence[Task]) -> None:
    """Work on everything that is due, then return. For tests and for `mockloop work --once`."""
    raise NotImplementedError
