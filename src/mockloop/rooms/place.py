"""The place of a run in the queue, as its room is told: how many runs of others go before it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from mockloop.runner.contract import Position


class Place:
    """Hears the positions of a run's parts, and tells what they come to when that changes; 0 at the end.

    A run is over when its last part is, so the last part counts; other parts of the same run are not others' runs.
    """

    def __init__(self, tell: Callable[[int], None]) -> None:
        self._tell = tell
        self._told = 0
        self._open = True
        self._parts: dict[object, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._parts.clear()
        self._say()
        self._open = False

    @contextmanager
    def part(self) -> Iterator[Position]:
        """One job of the run, for as long as the block lasts."""
        part = object()
        self._parts[part] = 0

        def stand_at(position: int) -> None:
            if part in self._parts:
                self._parts[part] = position
            self._say_soon()

        try:
            yield stand_at
        finally:
            self._parts.pop(part, None)
            self._say_soon()

    def _say_soon(self) -> None:
        # The queue moves everybody up before the part that made room is known to be over: look at both together.
        asyncio.get_running_loop().call_soon(self._say)

    def _say(self) -> None:
        ahead = max(0, max(self._parts.values()) - len(self._parts) + 1) if self._parts else 0
        if self._open and ahead != self._told:
            self._told = ahead
            self._tell(ahead)
