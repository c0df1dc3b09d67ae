"""The queue in front of a backend: as many runs at once as there are slots, fair between owners, a bounded wait.

Made once per process by the composition root; everything above the runner runs code through it.
"""

import asyncio
import contextlib
import os
from collections import OrderedDict, deque
from dataclasses import dataclass

from mockloop.errors import TooMany
from mockloop.runner.contract import Backend, Position, RunnerUnavailable, RunResult, Script, Solution

RETRY_AFTER_S = 5

LONGEST_WAIT_S = 30.0
"""For a turn. With the longest job this is what `sessions.timing.RUN_LOST_AFTER` allows a run to take."""


class QueueFull(TooMany):
    """Too many programs are waiting to run. Try again in {retry_after_s} s."""


@dataclass(eq=False)
class _Waiting:
    owner: str
    turn: asyncio.Future[None]
    told: Position | None


class QueuedRunner:
    """`Runner` over one backend. Owners take turns; one owner's tenth run waits behind everybody's first."""

    def __init__(
        self,
        backend: Backend,
        *,
        slots: int | None = None,
        most_waiting: int = 200,
        most_waiting_per_owner: int = 20,
        wait_s: float = LONGEST_WAIT_S,
    ) -> None:
        self.backend = backend
        self.slots = slots or len(os.sched_getaffinity(0))
        self._free = self.slots
        self._most_waiting = most_waiting
        self._most_per_owner = most_waiting_per_owner
        self._wait_s = wait_s
        self._lines: OrderedDict[str, deque[_Waiting]] = OrderedDict()

    @property
    def waiting(self) -> int:
        return sum(len(line) for line in self._lines.values())

    async def run(self, job: Script | Solution, *, owner: str = "", position: Position | None = None) -> RunResult:
        """Run `job` when its turn comes. Raises `QueueFull` when there is no room or no turn within the wait,
        `RunnerUnavailable` when two sandboxes in a row could not start."""
        await self._take_slot(owner, position)
        try:
            try:
                return await self.backend.run(job)
            except RunnerUnavailable:
                return await self.backend.run(job)
        finally:
            self._give_slot()

    async def warm_up(self) -> None:
        """Start the backend before anybody waits for it. What is wrong, the first job will tell."""
        with contextlib.suppress(RunnerUnavailable):
            await self.backend.run(Script(language="python", source=""))

    async def aclose(self) -> None:
        await self.backend.aclose()

    async def _take_slot(self, owner: str, position: Position | None) -> None:
        if self._free > 0 and not self._lines:
            self._free -= 1
            return
        line = self._lines.get(owner, deque())
        # An empty owner is nobody in particular (checks, benchmarks), so only the whole queue bounds it.
        if self.waiting >= self._most_waiting or (owner and len(line) >= self._most_per_owner):
            raise QueueFull(retry_after_s=RETRY_AFTER_S, waiting=self.waiting)
        me = _Waiting(owner, asyncio.get_running_loop().create_future(), position)
        self._lines.setdefault(owner, line).append(me)
        self._tell_positions()
        try:
            async with asyncio.timeout(self._wait_s):
                await me.turn
        except BaseException as error:
            if me.turn.done() and not me.turn.cancelled():
                self._give_slot()  # the turn came at the very moment of giving up
            else:
                self._forget(me)
            if isinstance(error, TimeoutError):
                raise QueueFull(retry_after_s=RETRY_AFTER_S, waiting=self.waiting) from error
            raise
        if position is not None:
            position(0)

    def _give_slot(self) -> None:
        self._free += 1
        while self._free > 0 and self._lines:
            owner, line = self._lines.popitem(last=False)
            next_one = line.popleft()
            if line:
                self._lines[owner] = line  # to the end: the others go first now
            if not next_one.turn.done():
                self._free -= 1
                next_one.turn.set_result(None)
        self._tell_positions()

    def _forget(self, me: _Waiting) -> None:
        line = self._lines.get(me.owner)
        if line is not None and me in line:
            line.remove(me)
            if not line:
                del self._lines[me.owner]
        self._tell_positions()

    def _tell_positions(self) -> None:
        """In the order in which turns will be given: round by round over the owners."""
        lines = [list(line) for line in self._lines.values()]
        place = 0
        for round_number in range(max((len(line) for line in lines), default=0)):
            for line in lines:
                if round_number < len(line):
                    place += 1
                    if (told := line[round_number].told) is not None:
                        told(place)
