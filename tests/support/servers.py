"""Embedded servers in processes of their own, and what to look at when they are killed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from mockloop.db.embedded_binaries import Account, first_closed_folder

NOBODY = Account("nobody", 65534, 65534)
SOURCES = Path(__file__).parents[2] / "src"


@dataclass
class Owner:
    """Another process with a server, and what it said."""

    process: "subprocess.Popen[str]"
    role: str
    postgres_pid: int
    url: str


@contextmanager
def owner_process(root: Path, *flags: str, user: str | None = None, groups: list[int] | None = None) -> Iterator[Owner]:
    python, paths = (sys.executable, [SOURCES]) if user is None else python_for_anybody()
    process = subprocess.Popen(
        [python, str(Path(__file__).with_name("server_owner.py")), str(root), *flags],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(map(str, paths)),
            "MOCKLOOP_MASTER_KEYS": "geheim",
        },
        user=user,
        extra_groups=groups,
    )
    try:
        assert process.stdout is not None
        role, pid, url = process.stdout.readline().split()
        yield Owner(process, role, int(pid), url)
    finally:
        if process.poll() is None:
            process.communicate("")
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                pipe.close()


def python_for_anybody() -> tuple[str, list[Path]]:
    """An interpreter that an ordinary user may start: root's own one may be in root's home."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for python in (Path(sys.executable).resolve(), Path(f"/usr/bin/{version}")):
        if python.exists() and first_closed_folder(python.parent, NOBODY) is None:
            return str(python), [SOURCES, Path(psycopg.__file__).parents[1]]
    pytest.skip(f"no {version} that an ordinary user may start")


def until(condition: Callable[[], bool], timeout_s: float = 60) -> None:
    """Wait for what the kernel and Postgres do on their own; there is no clock to pass."""
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.005)


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except FileNotFoundError:
        return True


def write_note(url: str, note: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS notes (note text)")
        connection.execute("INSERT INTO notes VALUES (%s)", [note])


def notes(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        return [row[0] for row in connection.execute("SELECT note FROM notes")]


def answers(url: str) -> bool:
    try:
        return bool(notes(url))
    except psycopg.OperationalError:
        return False
