"""The backends that this machine has, as parameters of the contract tests."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from mockloop.runner.bubblewrap import BubblewrapBackend
from mockloop.runner.contract import Backend

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
]
