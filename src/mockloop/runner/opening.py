"""Opens the runner of a process from its settings: a backend behind the fair queue. Called by the composition roots."""

from typing import Any

from mockloop.runner.backends import open_backend
from mockloop.runner.queue import LONGEST_WAIT_S, QueuedRunner


def open_runner(
    backend: str = "auto",
    *,
    slots: int | None = None,
    most_waiting: int = 200,
    wait_s: float = LONGEST_WAIT_S,
    **options: Any,
) -> QueuedRunner:
    """A runner with as many slots as cores; nothing starts before the first job. Raises `UnknownBackend`.

    `options` are those of the backends, see `runner.backends`.
    """
    chosen = open_backend(backend, **options)
    return QueuedRunner(chosen, slots=slots, most_waiting=most_waiting, wait_s=wait_s)
