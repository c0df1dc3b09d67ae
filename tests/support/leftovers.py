"""What a test has left running in its event loop, and waiting for what the other side of a socket takes notice of."""

import asyncio
import re
from collections.abc import Callable


def running() -> "set[asyncio.Task[object]]":
    """All tasks but those of the server and of the test's own runner."""
    return {task for task in asyncio.all_tasks() if not re.search(r"\.serve |TestRunner", repr(task.get_coro()))}


async def until(condition: Callable[[], bool], left: Callable[[], str] = str) -> None:
    """Wait for what the other side of a socket takes notice of."""
    for _ in range(400):
        if condition():
            return
        await asyncio.sleep(0.005)
    raise AssertionError(f"left: {left()}")
