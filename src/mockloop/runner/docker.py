"""The Docker backend: single-use containers, started ahead, fed over their own streams. For machines that have Docker.

Speaks to the engine through the `docker` command, so that contexts and remote engines work as configured there.
Two submissions never share a container. The image is built by `deploy/runner/build.sh` and carries the harness;
its tag is a digest of it, so an image of another version is never used.
"""

import asyncio
import contextlib
import json
import secrets
import shutil
import struct
import tempfile
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mockloop.runner import limits
from mockloop.runner.contract import Language, Limits, RunnerUnavailable, RunResult, Script, Solution
from mockloop.runner.image import image_name
from mockloop.runner.languages import LANGUAGES, LanguageEntry
from mockloop.runner.results import raw_job, read_result, refusal
from mockloop.runner.runs import Call, Run
from mockloop.runner.seccomp import docker_profile

DEFAULT_WARM: Mapping[Language, int] = {"python": 1, "javascript": 1, "typescript": 1}
_USER = "200000:200000"
_LABEL = "mockloop.runner=1"
_TICK_S = 0.02
_START_LIMIT_S = 30.0
_TRACE_GRACE_S = 0.4
_PROGRAMS: dict[Language, tuple[str, ...]] = {
    "python": ("/usr/bin/python3", "-I", "-B", "-X", "utf8"),
    "javascript": ("/usr/bin/node",),
    "typescript": ("/usr/bin/node",),
}


@dataclass(eq=False)
class _Container:
    """A running container and what its relay told us."""

    name: str
    language: Language
    process: asyncio.subprocess.Process
    born: float
    inbox: bytearray = field(default_factory=bytearray)
    ready: bool = False
    used: dict[str, float] = field(default_factory=dict)
    end: dict[str, Any] | None = None
    early: bytearray = field(default_factory=bytearray)

    def send(self, letter: bytes, content: bytes = b"") -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(letter + struct.pack("=I", len(content)) + content)

    async def frames(self, timeout_s: float) -> list[tuple[bytes, bytes]]:
        """What arrived within the time; raises EOFError when the container is gone."""
        assert self.process.stdout is not None
        try:
            async with asyncio.timeout(timeout_s):
                piece = await self.process.stdout.read(1 << 16)
        except TimeoutError:
            return []
        if not piece:
            raise EOFError
        self.inbox += piece
        found: list[tuple[bytes, bytes]] = []
        while len(self.inbox) >= 5:
            (size,) = struct.unpack_from("=I", self.inbox, 1)
            if len(self.inbox) < 5 + size:
                break
            found.append((bytes(self.inbox[:1]), bytes(self.inbox[5 : 5 + size])))
            del self.inbox[: 5 + size]
        return found


def container_arguments(
    entry: LanguageEntry, wanted: Limits, *, name: str, image: str, profile: str, runtime: str, warm: bool
) -> list[str]:
    """The whole policy of a container, as arguments of `docker`."""
    memory = f"{wanted.memory_mb}m"
    heap = [entry.heap_flag.format(int(wanted.memory_mb * 0.75))] if entry.heap_flag else []
    program, *flags = _PROGRAMS[entry.name]
    command = [program, *flags, *heap, *entry.harness_arguments, *(["warm"] if warm else [])]
    return [
        *("run", "--rm", "--interactive", "--name", name, "--label", _LABEL, "--pull", "never"),
        *("--network", "none", "--ipc", "none", "--hostname", "sandbox", "--log-driver", "none"),
        *("--user", _USER, "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"),
        *("--security-opt", f"seccomp={profile}"),
        *("--memory", memory, "--memory-swap", memory, "--cpus", "1", "--cpu-shares", "512"),
        *("--pids-limit", str(max(wanted.processes, entry.least_processes) + 2)),
        *("--ulimit", f"nofile={limits.OPEN_FILES}", "--ulimit", "core=0"),
        *("--ulimit", f"fsize={wanted.scratch_mb * 1024 * 1024}", "--ulimit", f"cpu={int(wanted.cpu_s * 4) + 2}"),
        *("--tmpfs", f"/tmp:rw,nosuid,nodev,noexec,size={wanted.scratch_mb}m,nr_inodes=4096,mode=1777"),  # noqa: S108
        *(["--runtime", runtime] if runtime else []),
        *("--entrypoint", "/usr/bin/python3", image),
        *("-I", "-B", "/box/relay.py", str(int(entry.trace_signal)), *command),
    ]


class DockerBackend:
    """Keeps a container of each language waiting; each serves one run and is removed."""

    name = "docker"

    def __init__(
        self,
        *,
        warm: Mapping[Language, int] = DEFAULT_WARM,
        image: str = "",
        runtime: str = "",
        program: str = "docker",
    ) -> None:
        self._wanted = dict(warm)
        self._image = image or image_name()
        self._runtime = runtime
        self._program = program
        self._pool: dict[Language, deque[_Container]] = {language: deque() for language in LANGUAGES}
        self._tidying: set[asyncio.Task[None]] = set()
        self._profile: Path | None = None
        self._number = 0
        self._closed = False

    async def run(self, job: Script | Solution) -> RunResult:
        refused = refusal(job)
        if refused is not None:
            return refused
        await self.prepare()
        self._number += 1
        run = Run(self._number, raw_job(job), started=time.monotonic())
        if isinstance(job, Solution):
            run.calls = [Call(index) for index in range(len(job.calls))]
        while True:
            await self._run_once(job, run)
            now = time.monotonic()
            if not run.is_solution or run.complete:
                break
            run.sandbox_ended(now)
            if run.complete or run.late(now) or not run.may_restart():
                break
        return await read_result(job, run.report(time.monotonic()))

    async def prepare(self) -> None:
        """Look for the command, the engine and the image. Raises `RunnerUnavailable`."""
        if self._profile is not None:
            return
        if shutil.which(self._program) is None:
            raise RunnerUnavailable("the docker command is not installed")
        status, told = await self._docker("image", "inspect", "--format", "{{.Id}}", self._image)
        if status != 0:
            known = "No such image" in told or "no such image" in told
            mend = (
                f"the image {self._image} is missing: build it with deploy/runner/build.sh" if known else told.strip()
            )
            raise RunnerUnavailable(mend or "the docker engine does not answer")
        with tempfile.NamedTemporaryFile("w", suffix=".json", prefix="mockloop-seccomp-", delete=False) as file:
            json.dump(docker_profile(), file)
        self._profile = Path(file.name)

    async def _docker(self, *arguments: str) -> tuple[int, str]:
        process = await asyncio.create_subprocess_exec(
            self._program, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
        )
        told, _ = await process.communicate()
        return process.returncode or 0, told.decode("utf-8", "replace")

    async def _new(self, language: Language, wanted: Limits, *, warm: bool) -> _Container:
        name = f"mockloop-{secrets.token_hex(8)}"
        arguments = container_arguments(
            LANGUAGES[language],
            wanted,
            name=name,
            image=self._image,
            profile=str(self._profile),
            runtime=self._runtime,
            warm=warm,
        )
        process = await asyncio.create_subprocess_exec(
            self._program,
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        return _Container(name, language, process, time.monotonic())

    async def _take(self, language: Language, wanted: Limits) -> _Container:
        fixed = ("memory_mb", "processes", "scratch_mb")
        usual = all(getattr(wanted, one) == getattr(limits.DEFAULTS, one) for one in fixed)
        container = None
        if usual:
            while self._pool[language] and container is None:
                container = self._pool[language].popleft()
                if time.monotonic() - container.born > limits.WARM_MAX_AGE_S:
                    self._dispose(container)
                    container = None
                elif container.process.returncode is not None:
                    container = None
        if container is None:
            container = await self._new(language, wanted, warm=False)
        await self._until_ready(container)
        return container

    async def _until_ready(self, container: _Container) -> None:
        deadline = time.monotonic() + _START_LIMIT_S
        while not container.ready:
            try:
                frames = await container.frames(0.5)
            except EOFError:
                assert container.process.stderr is not None
                told = (
                    (bytes(container.early) + await container.process.stderr.read()).decode("utf-8", "replace").strip()
                )
                self._dispose(container)
                raise RunnerUnavailable(told[:500] or "the container ended before it started") from None
            for letter, content in frames:
                container.ready = container.ready or letter == b"c"
                if letter == b"u":
                    container.used = json.loads(content)
                elif letter == b"e":
                    container.early += content[:2000]
            if not container.ready and time.monotonic() > deadline:
                self._dispose(container)
                raise RunnerUnavailable("the container did not start in time")

    async def _run_once(self, job: Script | Solution, run: Run) -> None:
        run.begin_sandbox()
        container = await self._take(job.language, job.limits)
        try:
            await _Attempt(container, run).go()
        finally:
            self._dispose(container)
            self._refill()

    def _refill(self) -> None:
        for language, count in self._wanted.items():
            if not self._closed and len(self._pool[language]) < count:
                self._start_task(self._warm_one(language))

    async def _warm_one(self, language: Language) -> None:
        if len(self._pool[language]) < self._wanted[language] and not self._closed:
            container = await self._new(language, limits.DEFAULTS, warm=True)
            self._pool[language].append(container)

    def _dispose(self, container: _Container) -> None:
        self._start_task(self._remove(container))

    async def _remove(self, container: _Container) -> None:
        """Kill, and go on reading meanwhile: the engine waits until the stream is taken."""
        assert container.process.stdin is not None
        container.process.stdin.close()
        if container.process.returncode is None:
            reading = asyncio.create_task(container.process.communicate())
            await self._docker("kill", container.name)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(10):
                    await reading
        if container.process.returncode is None:
            container.process.kill()
            await container.process.wait()

    def _start_task(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tidying.add(task)
        task.add_done_callback(self._tidying.discard)

    async def aclose(self) -> None:
        self._closed = True
        while self._tidying:
            await asyncio.gather(*self._tidying, return_exceptions=True)
        for pool in self._pool.values():
            while pool:
                await self._remove(pool.popleft())
        if self._profile is not None:
            self._profile.unlink(missing_ok=True)
            self._profile = None


class _Attempt:
    """One run in one container: hands out the job, keeps the clock, reads the answers."""

    def __init__(self, container: _Container, run: Run) -> None:
        self._container = container
        self._run = run
        self._cpu_base: float | None = None
        """What the container had used when the job came: the relay's first account."""
        self._trace_until: float | None = None

    async def go(self) -> None:
        run, container = self._run, self._container
        now = time.monotonic()
        run.clock_from, run.cpu_from = now, 0.0
        if not run.restarts:
            run.started = now
        container.send(b"j", run.header())
        if not run.is_solution:
            container.send(b"i", run.job["stdin"].encode("utf-8", "surrogatepass"))
        container.send(b"I")
        try:
            while container.end is None and not run.complete and not self._over():
                for letter, content in await container.frames(_TICK_S):
                    self._take(letter, content)
        except EOFError:
            run.reason = run.reason or ("out_of_memory" if container.used.get("oom") else "")
            run.exit_code = 137
        self._settle()

    def _cpu_s(self) -> float:
        return self._container.used.get("cpu_s", 0.0) - self._cpu_base if self._cpu_base is not None else 0.0

    def _take(self, letter: bytes, content: bytes) -> None:
        run, container = self._run, self._container
        if letter in (b"o", b"e"):
            if run.take_output("stdout" if letter == b"o" else "stderr", content):
                run.reason = run.reason or "output"
        elif letter == b"r":
            for reply in run.take_answers(content, time.monotonic(), self._cpu_s()):
                container.send(b"j", reply)
        elif letter == b"c":
            for reply in run.take_control(content, time.monotonic(), self._cpu_s()):
                container.send(b"j", reply)
        elif letter == b"u":
            container.used = json.loads(content)
            if self._cpu_base is None:
                self._cpu_base = container.used.get("cpu_s", 0.0)
            if container.used.get("oom"):
                run.reason = run.reason or "out_of_memory"
        elif letter == b"x":
            container.end = container.used = json.loads(content)

    def _over(self) -> bool:
        run, now = self._run, time.monotonic()
        if self._trace_until is not None:
            return now >= self._trace_until or run.traced_line() is not None
        if run.reason:
            return True
        if self._container.used.get("oom"):
            run.reason = "out_of_memory"
            return True
        wall_s, cpu_s = run.call_limits()
        if now - run.clock_from > wall_s or run.late(now) or self._cpu_s() - run.cpu_from > cpu_s:
            run.reason = "timed_out"
            self._container.send(b"t")
            self._trace_until = now + _TRACE_GRACE_S
        return False

    def _settle(self) -> None:
        run, container = self._run, self._container
        if container.end is not None:
            run.exit_code = container.end.get("exit_code")
            if container.end.get("oom"):
                run.reason = run.reason or "out_of_memory"
        run.cpu_s += self._cpu_s()
        run.memory_mb = max(run.memory_mb, container.used.get("memory_mb", 0.0))
