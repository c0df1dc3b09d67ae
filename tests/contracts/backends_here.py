"""The backends that this machine has, as parameters of the contract tests."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from mockloop.runner.bubblewrap import BubblewrapBackend
from mockloop.runner.contract import Backend
from mockloop.runner.docker import DockerBackend
from mockloop.runner.queue import QueuedRunner
from mockloop.runner.remote import RemoteBackend
from mockloop.runner.service import create_runner_app


class _RemoteToHere(RemoteBackend):
    """The client and the service, with this machine's sandbox behind it."""

    def __init__(self) -> None:
        self._there = QueuedRunner(BubblewrapBackend(), slots=8)
        secret = "a secret of the two machines"
        app = create_runner_app(self._there, secret)
        super().__init__(url="http://runner", secret=secret, transport=httpx.ASGITransport(app))

    async def aclose(self) -> None:
        await super().aclose()
        await self._there.aclose()


BWRAP_HERE = shutil.which("bwrap") is not None


@dataclass(frozen=True)
class Here:
    name: str
    open: Callable[[], Backend]


def _parameter(name: str, open_it: Callable[[], Backend], present: bool, *marks: Any) -> Any:
    missing = pytest.mark.skipif(not present, reason=f"{name.split('-')[0]} is not on this machine")
    return pytest.param(Here(name, open_it), id=name, marks=[missing, *marks])


BACKENDS_HERE = [
    _parameter("bubblewrap", BubblewrapBackend, BWRAP_HERE),
    _parameter(
        "bubblewrap-polling",
        lambda: BubblewrapBackend(cgroups=False),
        BWRAP_HERE,
        pytest.mark.slow,
    ),
    # `deploy/runner/test.sh` starts an engine if need be, builds the image and sets the variable.
    _parameter("docker", DockerBackend, "MOCKLOOP_TEST_DOCKER" in os.environ, pytest.mark.slow),
    _parameter("remote", _RemoteToHere, BWRAP_HERE, pytest.mark.slow),
]
