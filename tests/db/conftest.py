"""Folders for embedded servers of their own, which a test may stop and kill."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from mockloop.db.embedded import start_embedded
from tests.support.database import new_server_folder


@pytest.fixture
def fresh() -> Iterator[Path]:
    """A folder that does not exist yet."""
    folder = new_server_folder()
    yield folder / "postgres"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def stopped() -> Iterator[Path]:
    """A folder that a server was started on once."""
    folder = new_server_folder()
    with start_embedded(folder / "postgres"):
        pass
    yield folder / "postgres"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def root(stopped: Path, fresh: Path) -> Path:
    """A copy of that: what a second start finds, without the time of a first one."""
    subprocess.run(["cp", "--archive", str(stopped), str(fresh)], check=True)
    return fresh
