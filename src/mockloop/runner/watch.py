"""A living sandbox as the helper sees it: what it uses, whether it may go on, how it is stopped."""

import contextlib
import json
import os
import resource
import signal
from dataclasses import dataclass, field

from mockloop.runner import processes
from mockloop.runner.pipes import Pipes
from mockloop.runner.runs import Run
from mockloop.runner.sandbox import Plan, Sandbox, Size

_TRACE_GRACE_S = 0.4
"""How long an interpreter may take to write where it is, before it is killed; usually it takes a millisecond."""


@dataclass(eq=False)
class Watch:
    """A sandbox with what it does now: starting, waiting in the pool, or running `run`."""

    sandbox: Sandbox
    pipes: Pipes
    language: str
    plan: Plan
    size: Size
    pooled: bool = False
    run: Run | None = None
    ready: bool = False
    ended: bool = False
    memory_mb: float = 0.0
    start_text: bytearray = field(default_factory=bytearray)
    _status: bytes = b""
    _cpu_base: float = 0.0
    _cpu_s: float = 0.0
    _trace_until: float | None = None

    def take_status(self, piece: bytes) -> int | None:
        """Read bubblewrap's own report; gives the exit code of the program once it ended."""
        self._status += piece
        code = None
        for line in self._status.split(b"\n"):
            with contextlib.suppress(ValueError):
                told = json.loads(line)
                if "child-pid" in told and self.sandbox.first_pid is None:
                    self._meet(told["child-pid"])
                code = told.get("exit-code", code)
        return code

    def _meet(self, first_pid: int) -> None:
        """A descriptor for process 1 inside: its number may be given to somebody else once it is gone."""
        with contextlib.suppress(OSError):
            self.sandbox.first_pidfd = os.pidfd_open(first_pid)
            self.sandbox.first_pid = first_pid

    def pids(self) -> list[int]:
        """Everything inside, process 1 first."""
        return processes.tree_of(self.sandbox.first_pid) if self.sandbox.first_pid is not None else []

    def fit(self) -> None:
        """Without an own user id the process limit counts all that is ours, so it is set within the namespace."""
        if self.sandbox.uid is not None:
            return
        most = max(self.size.processes, self.plan.least_processes) + 2
        for pid in self.pids():
            with contextlib.suppress(OSError):
                resource.prlimit(pid, resource.RLIMIT_NPROC, (most, most))

    def start_counting(self) -> None:
        """From here on CPU time and memory belong to the job."""
        self._cpu_base = self._cpu_s = 0.0
        self._cpu_base = self.cpu_s()
        self._cpu_s = 0.0
        if self.sandbox.leaf is not None:
            with contextlib.suppress(OSError):
                self.sandbox.leaf.restart_peak()

    def cpu_s(self) -> float:
        """CPU seconds of the job in this sandbox; never goes down, also when processes that counted are gone."""
        used = 0.0
        if self.sandbox.leaf is not None:
            with contextlib.suppress(OSError):
                used = self.sandbox.leaf.cpu_s() - self._cpu_base
        elif self.sandbox.first_pid is not None:
            used = processes.cpu_s(self.pids()) - self._cpu_base
        self._cpu_s = max(self._cpu_s, used)
        return self._cpu_s

    def out_of_memory(self) -> bool:
        leaf = self.sandbox.leaf
        if leaf is not None:
            with contextlib.suppress(OSError):
                return leaf.out_of_memory()
            return False
        used = processes.memory_mb(self.pids(), self.size.memory_mb)
        self.memory_mb = max(self.memory_mb, used)
        return used > self.size.memory_mb

    def check(self, now: float) -> None:
        """Stop the run if it has used up what it may; kill it once it had its moment to say where it is."""
        run = self.run
        if run is None or self.ended or not self.ready:
            return
        if self._trace_until is not None:
            if now >= self._trace_until or run.traced_line() is not None:
                self.kill()
            return
        if self.out_of_memory():
            self.stop("out_of_memory", now)
            return
        wall_s, cpu_s = run.call_limits()
        late = now - run.clock_from > wall_s or run.late(now)
        if late or self.cpu_s() - run.cpu_from > cpu_s:
            self.stop("timed_out", now)

    def stop(self, reason: str, now: float) -> None:
        """End the run for `reason`. For a time-out the interpreter is first asked for the line that it is at."""
        if self.run is None or self.ended or self.run.reason == "timed_out":
            return
        self.run.reason = reason
        inside = self.pids()[1:]
        if reason != "timed_out" or not inside:
            self.kill()
            return
        for pid in inside:
            with contextlib.suppress(OSError):
                os.kill(pid, self.plan.trace_signal)
        self._trace_until = now + _TRACE_GRACE_S

    def kill(self) -> None:
        for pidfd in (self.sandbox.first_pidfd, self.sandbox.pidfd):
            if pidfd >= 0:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(pidfd, signal.SIGKILL)

    def peak_mb(self) -> float:
        """The largest memory that the dead sandbox held; reaps it where that is how the kernel tells."""
        if self.sandbox.leaf is not None:
            with contextlib.suppress(OSError):
                return self.sandbox.leaf.memory_mb()
            return self.memory_mb
        peak = 0
        for pid in (self.sandbox.pid, self.sandbox.first_pid):
            if pid is not None:
                with contextlib.suppress(ChildProcessError):
                    _, _, usage = os.wait4(pid, 0)
                    peak = max(peak, usage.ru_maxrss)
        return max(self.memory_mb, peak / 1024)
