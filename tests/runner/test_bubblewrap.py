"""The helper process and its failures: nothing runs unprotected, nothing is left over, a crash heals."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from mockloop.runner import doctor
from mockloop.runner.backends import UnknownBackend, open_backend
from mockloop.runner.bubblewrap import BubblewrapBackend
from mockloop.runner.contract import RunnerUnavailable, Script
from mockloop.runner.opening import open_runner
from tests.contracts.backends_here import BWRAP_HERE

needs_bwrap = pytest.mark.skipif(not BWRAP_HERE, reason="bubblewrap is not on this machine")
HELLO = Script(language="python", source="print('hello')")


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110  what is awaited is another process
            await asyncio.sleep(0.01)


async def test_without_bubblewrap_nothing_runs() -> None:
    backend = BubblewrapBackend(program="no-such-bubblewrap")
    with pytest.raises(RunnerUnavailable, match="apt-get install bubblewrap"):
        await backend.run(HELLO)


def refusing_program(folder: Path, told: str) -> str:
    program = folder / "bwrap"
    program.write_text(f"#!/bin/sh\necho '{told}' >&2\nexit 1\n")
    for path in (program, folder, *folder.parents[:3]):
        path.chmod(0o755)  # it is started as the user of a sandbox
    return str(program)


@pytest.mark.parametrize(
    ("told", "mend"),
    [
        ("bwrap: setting up uid map: Permission denied", "apparmor_restrict_unprivileged_userns"),
        ("bwrap: No permissions to create new namespace", "systempaths=unconfined"),
        ("bwrap: something nobody foresaw", "something nobody foresaw"),
    ],
)
async def test_sandbox_that_does_not_start_says_why(tmp_path: Path, told: str, mend: str) -> None:
    # A stand-in for a bubblewrap that the kernel refuses; were its job run anyway, "hello" would be the answer.
    backend = BubblewrapBackend(program=refusing_program(tmp_path, told), warm={})
    with pytest.raises(RunnerUnavailable, match=mend):
        await backend.run(HELLO)
    await backend.aclose()


@needs_bwrap
async def test_helper_that_is_killed_is_replaced() -> None:
    runner = open_runner("bubblewrap", warm={"python": 1})
    backend = runner.backend
    assert isinstance(backend, BubblewrapBackend)
    assert (await runner.run(HELLO)).stdout == "hello\n"
    first = backend.helper_pid
    assert first is not None
    sleeper = asyncio.create_task(
        runner.run(Script(language="python", source="import time; time.sleep(0.5); print('woke')"))
    )
    await asyncio.sleep(0.2)
    os.kill(first, signal.SIGKILL)
    assert (await sleeper).stdout == "woke\n", "the run that was lost is run once more"
    assert backend.helper_pid != first
    assert (await runner.run(HELLO)).stdout == "hello\n"
    await runner.aclose()


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@needs_bwrap
async def test_cancelled_run_is_ended() -> None:
    backend = BubblewrapBackend(warm={})
    await backend.start()
    helper = backend.helper_pid
    assert helper is not None
    run = asyncio.create_task(backend.run(Script(language="python", source="import time; time.sleep(9)")))
    await until(lambda: len(children_of(helper)) > 0)
    run.cancel()
    await until(lambda: not children_of(helper))
    await backend.aclose()


def left_of(helper: int | None) -> list[Path]:
    groups = Path("/sys/fs/cgroup")
    return [
        path
        for path in (Path(f"/proc/{helper}"), *groups.glob(f"*/mockloop-{helper}"), *groups.glob(f"mockloop-{helper}"))
        if path.exists()
    ]


@needs_bwrap
async def test_closing_leaves_nothing() -> None:
    backend = BubblewrapBackend()
    running = asyncio.create_task(backend.run(Script(language="python", source="import time; time.sleep(9)")))
    await asyncio.sleep(0.3)
    helper = backend.helper_pid
    await backend.aclose()
    with pytest.raises(RunnerUnavailable):
        await running
    assert left_of(helper) == []


@needs_bwrap
async def test_many_runs_leak_nothing() -> None:
    backend = BubblewrapBackend()
    for _ in range(3):
        await asyncio.gather(*[backend.run(HELLO) for _ in range(10)])
    await wait_for_calm(backend)
    before = await backend.status()
    own_before = len(os.listdir("/proc/self/fd"))
    for _ in range(10):
        results = await asyncio.gather(*[backend.run(HELLO) for _ in range(10)])
        assert {result.stdout for result in results} == {"hello\n"}
    await wait_for_calm(backend)
    after = await backend.status()
    assert {**after, "status": 0} == {**before, "status": 0}
    assert len(os.listdir("/proc/self/fd")) == own_before
    await backend.aclose()


async def wait_for_calm(backend: BubblewrapBackend) -> None:
    async with asyncio.timeout(20):
        while True:
            status = await backend.status()
            if status["dying"] == 0 and status["warm"] == {"python": 2, "javascript": 1, "typescript": 1}:
                return
            await asyncio.sleep(0.05)


def environment_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except (ProcessLookupError, FileNotFoundError):
        return b""  # it has ended since


@needs_bwrap
async def test_warm_sandbox_is_used_once() -> None:
    backend = BubblewrapBackend(warm={"python": 1})
    mark = Script(
        language="python", source="import os, builtins\nprint(os.path.exists('/tmp/mark'))\nopen('/tmp/mark', 'w')"
    )
    for _ in range(3):
        async with asyncio.timeout(10):
            while (await backend.status())["warm"]["python"] == 0:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert (await backend.run(mark)).stdout == "False\n"
    await backend.aclose()


@needs_bwrap
async def test_environment_of_the_server_reaches_no_process_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOCKLOOP_MASTER_KEY", "canary-7781")
    backend = BubblewrapBackend()
    await backend.run(HELLO)
    helper = backend.helper_pid
    assert helper is not None
    await until(lambda: len(children_of(helper)) >= 2)
    for pid in [helper, *children_of(helper)]:
        assert b"canary" not in environment_of(pid)
    await backend.aclose()


def command_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


@needs_bwrap
async def test_automatic_choice_isolates_or_refuses() -> None:
    backend = open_backend("auto")
    results = await asyncio.gather(*[backend.run(HELLO) for _ in range(4)])
    assert {result.stdout for result in results} == {"hello\n"}
    assert backend.name == "bubblewrap"
    assert len([pid for pid in children_of(os.getpid()) if b"runner.helper" in command_of(pid)]) == 1, "chosen once"
    await backend.aclose()
    blocked = open_backend("auto", program="no-such-bubblewrap", docker_program="no-such-docker")
    with pytest.raises(RunnerUnavailable, match="bubblewrap: "):
        await blocked.run(HELLO)


def test_unknown_backend_is_named() -> None:
    with pytest.raises(UnknownBackend, match="there are auto, bubblewrap, "):
        open_backend("chroot")


@needs_bwrap
async def test_doctor_finds_every_language() -> None:
    findings = {finding.name: finding for finding in await doctor.check()}
    assert all(finding.ok for finding in findings.values()), findings
    assert {"sandbox", "user namespaces", "control groups", "language typescript"} <= findings.keys()
    assert "24." in findings["language javascript"].detail
