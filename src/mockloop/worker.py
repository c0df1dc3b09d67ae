"""`mockloop work`: a process that only works on jobs, beside any number of `mockloop serve`."""

import asyncio

from mockloop.composition import open_parts, tasks_of
from mockloop.jobs.worker import run_worker
from mockloop.settings import Settings


async def work_forever(settings: Settings, database_url: str, database_direct_url: str | None = None) -> None:
    """Work on jobs until cancelled, on a database that is up and migrated."""
    async with open_parts(settings, database_url, database_direct_url) as parts:
        hints = asyncio.create_task(parts.hints.send_forever())
        try:
            await run_worker(parts.jobs, tasks_of(parts), concurrency=settings.worker_concurrency)
        finally:
            hints.cancel()
            await asyncio.gather(hints, return_exceptions=True)
