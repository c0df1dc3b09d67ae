"""Backends for the contract tests: one event loop in a thread, programs started together and awaited one by one.

Waiting dominates hostile programs, so all of a suite run behind one queue while tests look at them in turn.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any

from mockloop.runner.contract import Backend, RunResult, Script, Solution
from mockloop.runner.queue import QueuedRunner


class Bench:
    """Runs jobs on one backend from synchronous tests."""

    def __init__(self, backend: Backend, slots: int = 3) -> None:
        self.backend = backend
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._slots = slots
        self._runner: QueuedRunner | None = None

    def call(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(120)

    def submit(self, job: Script | Solution) -> Future[RunResult]:
        return asyncio.run_coroutine_threadsafe(self._run(job), self._loop)

    def run(self, job: Script | Solution) -> RunResult:
        return self.submit(job).result(120)

    async def _run(self, job: Script | Solution) -> RunResult:
        if self._runner is None:
            self._runner = QueuedRunner(self.backend, slots=self._slots, most_waiting=5000, wait_s=600)
        return await self._runner.run(job)

    def close(self) -> None:
        self.call(self.backend.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


Opener = Callable[[], Backend]
