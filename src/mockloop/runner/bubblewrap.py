"""The default backend on Linux: bubblewrap sandboxes, made by the helper process of `runner.helper`.

Fails closed: when no sandbox can be had, `RunnerUnavailable` says why and how to mend it.
"""

import asyncio
import base64
import contextlib
import json
import os
import shutil
import socket
import struct
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mockloop.runner import limits, seccomp
from mockloop.runner.contract import Language, RunnerUnavailable, RunResult, Script, Solution
from mockloop.runner.languages import LANGUAGES, InterpreterMissing, harness_of, masked_folders, shared_binds, symlinks
from mockloop.runner.results import raw_job, read_result, refusal

DEFAULT_WARM: Mapping[Language, int] = {"python": 2, "javascript": 1, "typescript": 1}

_START = "import sys; sys.path.insert(0, sys.argv[1]); from mockloop.runner.helper import main; main()"


def _cache_folder(given: Path | None) -> Path:
    """A folder that the sandbox's user may read into: copies of interpreters only, no secrets."""
    folder = given or Path(tempfile.gettempdir()) / f"mockloop-interpreters-{os.getuid()}"
    if os.geteuid() == 0 and given is None:
        folder = Path("/var/cache/mockloop")
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    if folder.stat().st_uid != os.geteuid():
        raise RunnerUnavailable(f"{folder} belongs to somebody else; remove it, or set another cache folder")
    return folder


def _plans(bwrap: str, cache: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """What the helper needs per language, and for languages without an interpreter the reason."""
    plans: dict[str, Any] = {}
    masks = masked_folders()
    missing: dict[str, str] = {}
    for name, entry in LANGUAGES.items():
        try:
            interpreter = entry.find(cache)
        except (InterpreterMissing, OSError, subprocess.SubprocessError) as error:
            missing[name] = str(error)
            continue
        plans[name] = {
            "bwrap": bwrap,
            "binds": [*shared_binds(), *interpreter.binds],
            "symlinks": symlinks(),
            "masks": masks,
            "driver": base64.b64encode(harness_of(entry, interpreter)).decode(),
            "driver_path": entry.harness_path,
            "command": [*interpreter.command, *entry.harness_arguments],
            "heap_flag": entry.heap_flag,
            "data_limit_mb": entry.data_limit_mb,
            "trace_signal": int(entry.trace_signal),
            "least_processes": entry.least_processes,
        }
    return plans, missing


def _mend(reason: str) -> str:
    """The usual causes of a sandbox that does not start, with what helps."""
    known = {
        "setting up uid map": "unprivileged user namespaces are restricted: install the AppArmor profile "
        "bwrap-userns-restrict, or set kernel.apparmor_restrict_unprivileged_userns=0",
        "No permissions to create new namespace": "user namespaces are off: in a container add --security-opt "
        "seccomp=unconfined --security-opt systempaths=unconfined; on a host check user.max_user_namespaces",
        "Creating new namespace failed": "user namespaces are off: check user.max_user_namespaces",
        "Can't mount proc": "in a container add --security-opt systempaths=unconfined",
        "pivot_root": "in a container add --security-opt seccomp=unconfined --security-opt systempaths=unconfined",
    }
    help_text = next((text for mark, text in known.items() if mark in reason), "")
    return f"{reason.strip()[:500]}{f' — {help_text}' if help_text else ''}"


class BubblewrapBackend:
    """Talks to one helper process; starts it with the first job, and again should it die."""

    name = "bubblewrap"

    def __init__(
        self,
        *,
        warm: Mapping[Language, int] = DEFAULT_WARM,
        cgroups: bool = True,
        cgroup_parent: str = "",
        cache: Path | None = None,
        program: str = "bwrap",
        warm_max_age_s: float = limits.WARM_MAX_AGE_S,
    ) -> None:
        self._warm = dict(warm)
        self._cgroups = cgroups
        self._cgroup_parent = cgroup_parent
        self._cache = cache
        self._program = program
        self._warm_max_age_s = warm_max_age_s
        self._lock = asyncio.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._number = 0
        self._missing: dict[str, str] = {}
        self.accounting = ""
        """How memory and CPU are counted: `cgroup v1`, `cgroup v2`, or `polling` with the reason."""

    async def run(self, job: Script | Solution) -> RunResult:
        refused = refusal(job)
        if refused is not None:
            return refused
        await self.start()
        if job.language in self._missing:
            raise RunnerUnavailable(self._missing[job.language])
        self._number += 1
        number = self._number
        try:
            raw = await self._ask(number, {"run": number, "job": raw_job(job)})
        except asyncio.CancelledError:
            with contextlib.suppress(Exception):
                self._send({"cancel": number})
            raise
        if "unavailable" in raw:
            raise RunnerUnavailable(_mend(raw["unavailable"]))
        return await read_result(job, raw)

    async def status(self) -> dict[str, Any]:
        """What the helper holds: warm sandboxes per language, sandboxes alive and dying, open descriptors."""
        await self.start()
        self._number += 1
        return await self._ask(self._number, {"status": self._number})

    @property
    def helper_pid(self) -> int | None:
        return self._process.pid if self._process else None

    async def start(self) -> None:
        """Start the helper if it does not run; the pool then fills in the background."""
        async with self._lock:
            if self._process is not None and self._process.poll() is None and self._writer is not None:
                return
            await self._stop()
            await self._start()

    async def _start(self) -> None:
        bwrap = shutil.which(self._program)
        if bwrap is None:
            raise RunnerUnavailable("bubblewrap is not installed: apt-get install bubblewrap")
        try:
            filter_code = seccomp.assemble()
        except seccomp.UnknownArchitecture as error:
            raise RunnerUnavailable(f"no system call filter for this processor ({error})") from error
        plans, self._missing = await asyncio.to_thread(_plans, bwrap, _cache_folder(self._cache))
        ours, theirs = socket.socketpair()
        source = str(Path(__file__).parents[2])
        try:
            # Empty environment: whatever runs below must not find the server's secrets.
            self._process = subprocess.Popen(  # noqa: ASYNC220
                [sys.executable, "-I", "-S", "-B", "-c", _START, source], stdin=theirs.fileno(), env={}, cwd="/"
            )
        finally:
            theirs.close()
        ours.setblocking(False)
        reader, self._writer = await asyncio.open_unix_connection(sock=ours)
        self._reader = asyncio.create_task(self._read(reader))
        default = limits.DEFAULTS
        configuration = {
            "plans": plans,
            "filter": base64.b64encode(filter_code).decode(),
            "size": {
                "memory_mb": default.memory_mb,
                "processes": default.processes,
                "scratch_mb": default.scratch_mb,
                "cpu_s": default.cpu_s,
            },
            "warm": self._warm,
            "max_age_s": self._warm_max_age_s,
            "start_limit_s": limits.START_LIMIT_S,
            "cgroups": self._cgroups,
            "cgroup_parent": self._cgroup_parent,
        }
        told = await self._ask(0, {"configure": configuration})
        if "unavailable" in told:
            raise RunnerUnavailable(told["unavailable"])
        self.accounting = told["cgroups"] or f"polling ({told['tried']})"

    async def _ask(self, number: int, message: dict[str, Any]) -> dict[str, Any]:
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            self._send(message)
            return await future
        finally:
            self._waiting.pop(number, None)

    def _send(self, message: dict[str, Any]) -> None:
        if self._writer is None:
            raise RunnerUnavailable("the runner's helper process ended")
        body = json.dumps(message).encode()
        self._writer.write(struct.pack("=I", len(body)) + body)

    async def _read(self, reader: asyncio.StreamReader) -> None:
        try:
            while True:
                (size,) = struct.unpack("=I", await reader.readexactly(4))
                message = json.loads(await reader.readexactly(size))
                number = message.get("result", message.get("status", 0))
                future = self._waiting.get(number)
                if future is not None and not future.done():
                    future.set_result(message)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self._writer = None
            for future in self._waiting.values():
                if not future.done():
                    future.set_result({"unavailable": "the runner's helper process ended"})

    async def _stop(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if self._reader is not None:
            self._reader.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reader
            self._reader = None
        if self._process is not None:
            process, self._process = self._process, None
            try:
                await asyncio.to_thread(process.wait, 10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    async def aclose(self) -> None:
        async with self._lock:
            await self._stop()
