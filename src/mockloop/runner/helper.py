"""The runner's helper process: small, single-threaded, a subreaper. Started by `runner.bubblewrap`, one per backend.

It alone forks, watches and reaps sandboxes, so that the web process never forks and never waits. Over a socket pair
it takes length-prefixed JSON requests and answers each with one raw result; when the socket closes it ends, and
every sandbox with it.
"""

import base64
import contextlib
import ctypes
import json
import os
import resource
import selectors
import signal
import socket
import struct
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from mockloop.runner import processes
from mockloop.runner.cgroups import Tree, open_tree
from mockloop.runner.runs import Call, Run
from mockloop.runner.sandbox import Plan, Sandbox, Size, spawn

_PR_SET_CHILD_SUBREAPER = 36
_PIECE = 1 << 16
_TICK_S = 0.02
_TRACE_GRACE_S = 0.08
_REFILL_AFTER_S = 0.05
_MOST_USER_IDS = 128


class Watch:
    """A sandbox with what it does now: warming, waiting in the pool, running, or dying."""

    def __init__(self, sandbox: Sandbox, language: str, size: Size) -> None:
        self.sandbox = sandbox
        self.language = language
        self.size = size
        self.run: Run | None = None
        self.pool = False
        self.to_send: dict[int, bytearray] = {}
        self.close_when_sent: set[int] = set()
        self.trace_until: float | None = None
        self.ended = False
        self.cpu_base = 0.0
        self.memory_mb = 0.0
        self.last_cpu_s = 0.0
        self.start_text = bytearray()


class Helper:
    """The loop. All state is here; nothing blocks but the selector."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._selector = selectors.DefaultSelector()
        self._inbox = bytearray()
        self._outbox = bytearray()
        self._plans: dict[str, Plan] = {}
        self._filter = b""
        self._size = Size(256, 64, 32, 5.0)
        self._wanted: dict[str, int] = {}
        self._pool: dict[str, deque[Watch]] = {}
        self._watches: set[Watch] = set()
        self._dying: list[Watch] = []
        self._leaves: list[Any] = []
        self._tree: Tree | None = None
        self._leaf_number = 0
        self._uids: deque[int] | None = None
        self._max_age_s = 300.0
        self._start_limit_s = 10.0
        self._wall_factor = 4
        self._refill_at = 0.0
        self._warm_failures = 0
        self._closing = False

    # -- control ---------------------------------------------------------------------------------------------

    def serve(self) -> None:
        self._control.setblocking(False)
        self._selector.register(self._control, selectors.EVENT_READ, self._read_control)
        try:
            while not self._closing:
                for key, events in self._selector.select(self._patience()):
                    callback: Callable[[int], None] = key.data
                    callback(events)
                self._tick(time.monotonic())
        finally:
            self._end_everything()

    def _patience(self) -> float | None:
        if self._dying or self._leaves or any(not w.pool for w in self._watches):
            return _TICK_S
        if self._wants_refill():
            return max(self._refill_at - time.monotonic(), 0.0)
        return 30.0 if self._watches else None

    def _read_control(self, events: int) -> None:
        if events & selectors.EVENT_WRITE:
            self._flush_control()
        if not events & selectors.EVENT_READ:
            return
        try:
            piece = self._control.recv(1 << 20)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if not piece:
            self._closing = True
            return
        self._inbox += piece
        while len(self._inbox) >= 4:
            (size,) = struct.unpack_from("=I", self._inbox)
            if len(self._inbox) < 4 + size:
                return
            message = json.loads(bytes(self._inbox[4 : 4 + size]))
            del self._inbox[: 4 + size]
            self._take(message)

    def _take(self, message: dict[str, Any]) -> None:
        if "configure" in message:
            self._configure(message["configure"])
        elif "run" in message:
            self._begin(message["run"], message["job"])
        elif "cancel" in message:
            for watch in list(self._watches):
                if watch.run is not None and watch.run.id == message["cancel"]:
                    watch.run = None
                    self._kill(watch)
                    self._bury(watch)
        elif "status" in message:
            self._send({"status": message["status"], **self._status()})

    def _status(self) -> dict[str, Any]:
        return {
            "warm": {language: len(pool) for language, pool in self._pool.items()},
            "alive": len(self._watches),
            "dying": len(self._dying) + len(self._leaves),
            "descriptors": len(os.listdir("/proc/self/fd")),
        }

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        self._outbox += struct.pack("=I", len(body)) + body
        self._flush_control()

    def _flush_control(self) -> None:
        try:
            while self._outbox:
                del self._outbox[: self._control.send(self._outbox)]
        except BlockingIOError:
            pass
        except OSError:
            self._closing = True
            return
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._outbox else 0)
        self._selector.modify(self._control, wanted, self._read_control)

    def _configure(self, given: dict[str, Any]) -> None:
        for language, fields in given["plans"].items():
            self._plans[language] = Plan(
                **{
                    **fields,
                    "binds": tuple((a, b) for a, b in fields["binds"]),
                    "driver": base64.b64decode(fields["driver"]),
                    "symlinks": tuple((a, b) for a, b in fields["symlinks"]),
                    "masks": tuple(fields["masks"]),
                    "command": tuple(fields["command"]),
                    "data_limit_mb": tuple(fields["data_limit_mb"]),
                }
            )
        self._filter = base64.b64decode(given["filter"])
        self._size = Size(**given["size"])
        self._wanted = given["warm"]
        self._max_age_s, self._start_limit_s = given["max_age_s"], given["start_limit_s"]
        self._wall_factor = given["wall_factor"]
        reason = "switched off"
        if given["cgroups"]:
            self._tree, reason = open_tree(given["cgroup_parent"])
        if os.geteuid() == 0:
            self._uids = deque(_user_ids())
        self._refill_at = time.monotonic()
        self._send({"configured": True, "cgroups": self._tree.kind if self._tree else None, "tried": reason})

    # -- sandboxes -------------------------------------------------------------------------------------------

    def _spawn(self, language: str, size: Size, *, warm: bool) -> Watch:
        now = time.monotonic()
        uid = None
        if self._uids is not None:
            if not self._uids:
                raise OSError("all user ids of the runner are in use")
            uid = self._uids.popleft()
        leaf = None
        try:
            if self._tree is not None:
                self._leaf_number += 1
                leaf = self._tree.leaf(str(self._leaf_number))
            sandbox = spawn(self._plans[language], size, self._filter, uid=uid, leaf=leaf, warm=warm, now=now)
        except OSError:
            if uid is not None and self._uids is not None:
                self._uids.append(uid)
            if leaf is not None:
                self._leaves.append(leaf)
            raise
        watch = Watch(sandbox, language, size)
        self._watches.add(watch)
        for name in ("stdout", "stderr", "results", "status"):
            self._listen(watch, getattr(sandbox, name), name)
        self._selector.register(sandbox.pidfd, selectors.EVENT_READ, lambda _: self._monitor_ended(watch))
        return watch

    def _listen(self, watch: Watch, descriptor: int, name: str) -> None:
        self._selector.register(descriptor, selectors.EVENT_READ, lambda _: self._readable(watch, descriptor, name))

    def _readable(self, watch: Watch, descriptor: int, name: str) -> None:
        if descriptor not in watch.sandbox.open:
            return
        try:
            piece = os.read(descriptor, _PIECE)
        except BlockingIOError:
            return
        except OSError:
            piece = b""
        if not piece:
            self._close(watch, descriptor)
            return
        if name == "status":
            self._take_status(watch, piece)
        elif name == "results":
            self._take_results(watch, piece)
        elif watch.run is None:
            watch.start_text += piece[:4000]
        elif watch.run.take_output(name, piece) and not watch.run.reason:
            self._stop(watch, "output")

    def _close(self, watch: Watch, descriptor: int) -> None:
        if descriptor in watch.sandbox.open:
            with contextlib.suppress(KeyError):
                self._selector.unregister(descriptor)
            watch.to_send.pop(descriptor, None)
            watch.sandbox.close(descriptor)

    def _take_status(self, watch: Watch, piece: bytes) -> None:
        sandbox = watch.sandbox
        sandbox.status_text += piece
        for line in sandbox.status_text.split(b"\n"):
            with contextlib.suppress(ValueError):
                told = json.loads(line)
                if "child-pid" in told and sandbox.first_pid is None:
                    self._meet(sandbox, told["child-pid"])
                if "exit-code" in told and not watch.ended:
                    if watch.run is not None:
                        watch.run.exit_code = told["exit-code"]
                    self._ended(watch)

    def _meet(self, sandbox: Sandbox, first_pid: int) -> None:
        """A descriptor for process 1 inside: its number may be given to somebody else once it is gone."""
        with contextlib.suppress(OSError):
            sandbox.first_pidfd = os.pidfd_open(first_pid)
            sandbox.first_pid = first_pid

    def _take_results(self, watch: Watch, piece: bytes) -> None:
        sandbox, run = watch.sandbox, watch.run
        if not sandbox.ready:
            # Nothing was sent yet, so the first line can only be the harness's own.
            sandbox.ready = True
            self._fit(watch)
            if run is not None:
                self._start(watch, run)
            elif watch.pool:
                self._warm_failures = 0
                self._pool.setdefault(watch.language, deque()).append(watch)
            return
        if run is None:
            return
        now = time.monotonic()
        watch.last_cpu_s = self._cpu_s(watch) if run.is_solution else 0.0
        for reply in run.take_answers(piece, now, watch.last_cpu_s):
            self._queue(watch, sandbox.jobs, reply)
        if run.reason == "value" and not watch.ended:
            self._stop(watch, "value")
        elif run.complete:
            self._ended(watch)

    def _fit(self, watch: Watch) -> None:
        """Without an own user id the process limit counts all that is ours, so it is set within the namespace."""
        if watch.sandbox.uid is not None or watch.sandbox.first_pid is None:
            return
        most = max(watch.size.processes, self._plans[watch.language].least_processes) + 3
        for pid in processes.tree_of(watch.sandbox.first_pid):
            with contextlib.suppress(OSError):
                resource.prlimit(pid, resource.RLIMIT_NPROC, (most, most))

    # -- a job -----------------------------------------------------------------------------------------------

    def _begin(self, number: int, job: dict[str, Any]) -> None:
        run = Run(number, job, started=time.monotonic())
        if run.is_solution:
            run.calls = [Call(index) for index in range(len(job["calls"]))]
        self._place(run)

    def _place(self, run: Run) -> None:
        limits = run.job["limits"]
        size = Size(limits["memory_mb"], limits["processes"], limits["scratch_mb"], self._size.cpu_s)
        language = run.job["language"]
        pool = self._pool.get(language)
        run.reason = ""
        run.exit_code = None
        run.unread.clear()
        run.trace.clear()
        if size == self._size and pool:
            watch = pool.popleft()
            watch.pool = False
            watch.run = run
            self._start(watch, run)
        else:
            try:
                watch = self._spawn(language, size, warm=False)
            except OSError as error:
                self._send({"result": run.id, "unavailable": f"no process for a sandbox: {error}"})
                return
            watch.run = run
            watch.sandbox.born = time.monotonic()
        self._refill_at = time.monotonic() + _REFILL_AFTER_S

    def _start(self, watch: Watch, run: Run) -> None:
        sandbox = watch.sandbox
        watch.cpu_base = self._cpu_s(watch)
        if sandbox.leaf is not None:
            with contextlib.suppress(OSError):
                sandbox.leaf.restart_peak()
        now = time.monotonic()
        run.sandbox_started = run.clock_from = now
        if not run.restarts:
            run.started = now
        run.cpu_from = 0.0
        self._queue(watch, sandbox.jobs, run.header())
        if not run.is_solution:
            self._queue(watch, sandbox.stdin, run.job["stdin"].encode("utf-8", "surrogatepass"))
        self._finish_writing(watch, sandbox.stdin)

    def _queue(self, watch: Watch, descriptor: int, piece: bytes) -> None:
        if descriptor not in watch.sandbox.open:
            return
        waiting = watch.to_send.get(descriptor)
        if waiting is not None:
            waiting += piece
            return
        watch.to_send[descriptor] = bytearray(piece)
        self._selector.register(descriptor, selectors.EVENT_WRITE, lambda _: self._writable(watch, descriptor))
        self._writable(watch, descriptor)

    def _finish_writing(self, watch: Watch, descriptor: int) -> None:
        if descriptor in watch.to_send:
            watch.close_when_sent.add(descriptor)
        else:
            self._close(watch, descriptor)

    def _writable(self, watch: Watch, descriptor: int) -> None:
        waiting = watch.to_send.get(descriptor)
        if waiting is None:
            return
        try:
            while waiting:
                del waiting[: os.write(descriptor, waiting[:_PIECE])]
        except BlockingIOError:
            return
        except OSError:
            self._close(watch, descriptor)
            return
        self._selector.unregister(descriptor)
        del watch.to_send[descriptor]
        if descriptor in watch.close_when_sent:
            self._close(watch, descriptor)

    # -- watching --------------------------------------------------------------------------------------------

    def _cpu_s(self, watch: Watch) -> float:
        leaf, first = watch.sandbox.leaf, watch.sandbox.first_pid
        if leaf is not None:
            with contextlib.suppress(OSError):
                return leaf.cpu_s() - watch.cpu_base
            return watch.last_cpu_s
        if first is None:
            return watch.last_cpu_s
        return max(processes.cpu_s(processes.tree_of(first)) - watch.cpu_base, watch.last_cpu_s)

    def _tick(self, now: float) -> None:
        for watch in list(self._watches):
            if watch.run is not None and watch.sandbox.ready:
                self._check(watch, watch.run, now)
            elif not watch.sandbox.ready and now - watch.sandbox.born > self._start_limit_s:
                self._kill(watch)
            elif watch.pool and watch.sandbox.ready and now - watch.sandbox.born > self._max_age_s:
                with contextlib.suppress(KeyError, ValueError):
                    self._pool[watch.language].remove(watch)
                self._kill(watch)
                self._bury(watch)
        self._reap()
        if self._wants_refill() and now >= self._refill_at:
            self._refill(now)

    def _check(self, watch: Watch, run: Run, now: float) -> None:
        if watch.trace_until is not None:
            if now >= watch.trace_until:
                self._kill(watch)
            return
        leaf = watch.sandbox.leaf
        watch.last_cpu_s = cpu = self._cpu_s(watch)
        if leaf is not None:
            if leaf.out_of_memory():
                self._stop(watch, "out_of_memory")
                return
        elif watch.sandbox.first_pid is not None:
            limit = run.job["limits"]["memory_mb"]
            used = processes.memory_mb(processes.tree_of(watch.sandbox.first_pid), limit)
            watch.memory_mb = max(watch.memory_mb, used)
            if used > limit:
                self._stop(watch, "out_of_memory")
                return
        wall_s, cpu_s = run.call_limits()
        whole = run.job["limits"]["wall_s"] * self._wall_factor
        if now - run.clock_from > wall_s or cpu - run.cpu_from > cpu_s or now - run.started > whole:
            self._stop(watch, "timed_out")

    def _stop(self, watch: Watch, reason: str) -> None:
        if watch.run is None or watch.ended:
            return
        watch.run.reason = reason
        if reason != "timed_out" or watch.sandbox.first_pid is None:
            self._kill(watch)
            return
        for pid in processes.tree_of(watch.sandbox.first_pid)[1:]:
            with contextlib.suppress(OSError):
                os.kill(pid, self._plans[watch.language].trace_signal)
        watch.trace_until = time.monotonic() + _TRACE_GRACE_S

    def _kill(self, watch: Watch) -> None:
        for pidfd in (watch.sandbox.first_pidfd, watch.sandbox.pidfd):
            if pidfd >= 0:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(pidfd, signal.SIGKILL)

    def _monitor_ended(self, watch: Watch) -> None:
        sandbox = watch.sandbox
        if watch not in self._watches:
            return  # buried by an earlier event of the same round
        self._selector.unregister(sandbox.pidfd)
        self._readable(watch, sandbox.status, "status")
        if not watch.ended:
            self._ended(watch)

    def _ended(self, watch: Watch) -> None:
        """The program is over, or all calls are answered: collect what is in the pipes, answer, tidy up later."""
        watch.ended = True
        sandbox, run = watch.sandbox, watch.run
        if run is None:
            self._start_failed(watch)
            return
        for name in ("stdout", "stderr", "results"):
            self._drain(watch, getattr(sandbox, name), name)
        leaf = sandbox.leaf
        if leaf is not None:
            with contextlib.suppress(OSError):
                watch.memory_mb = leaf.memory_mb()
                if leaf.out_of_memory():
                    run.reason = run.reason or "out_of_memory"
        run.cpu_s += self._cpu_s(watch)
        self._kill(watch)
        if leaf is None:
            watch.memory_mb = max(watch.memory_mb, self._peak_of_the_dead(watch))
        run.memory_mb = max(run.memory_mb, watch.memory_mb)
        self._bury(watch)
        if not sandbox.ready and not run.reason:
            text = watch.run.stderr.decode("utf-8", "replace") if watch.run else ""
            self._send({"result": run.id, "unavailable": text.strip() or "the sandbox ended before it started"})
            return
        self._conclude(run)

    def _conclude(self, run: Run) -> None:
        now = time.monotonic()
        if run.is_solution and not run.complete:
            run.sandbox_ended(now)
            late = now - run.started > run.job["limits"]["wall_s"] * self._wall_factor
            if not run.complete and not late and run.may_restart():
                self._place(run)
                return
        self._send(
            {
                "result": run.id,
                "reason": run.reason,
                "exit_code": run.exit_code,
                "stdout": base64.b64encode(run.stdout).decode(),
                "stderr": base64.b64encode(run.stderr).decode(),
                "truncated": run.truncated,
                "wall_s": now - run.started,
                "cpu_s": run.cpu_s,
                "memory_mb": run.memory_mb,
                "compile": run.compile_error,
                "error": run.error,
                "lines": run.lines,
                "line": run.traced_line() if run.reason == "timed_out" else None,
                "calls": [call.__dict__ for call in run.calls],
            }
        )

    def _drain(self, watch: Watch, descriptor: int, name: str) -> None:
        """What a program wrote before it ended is in the pipe; at most one pipe's capacity and the cap are read."""
        for _ in range(32):
            if descriptor not in watch.sandbox.open or watch.run is None:
                return
            try:
                piece = os.read(descriptor, _PIECE)
            except OSError:
                return
            if not piece:
                return
            if name == "results":
                if watch.sandbox.ready:
                    watch.run.take_answers(piece, time.monotonic(), watch.last_cpu_s)
            elif watch.run.take_output(name, piece):
                watch.run.reason = watch.run.reason or "output"
                return

    def _peak_of_the_dead(self, watch: Watch) -> float:
        """Without groups the peak is known from what the kernel tells on reaping: that of the largest process."""
        peak = 0
        for pid in (watch.sandbox.pid, watch.sandbox.first_pid):
            if pid is not None:
                with contextlib.suppress(ChildProcessError):
                    _, _, usage = os.wait4(pid, 0)
                    peak = max(peak, usage.ru_maxrss)
        return peak / 1024

    def _start_failed(self, watch: Watch) -> None:
        if watch.pool:
            with contextlib.suppress(KeyError, ValueError):
                self._pool[watch.language].remove(watch)
            self._warm_failures += 1
            # Not an error of anybody's run: the next job starts cold and tells what is wrong.
            self._refill_at = time.monotonic() + min(60.0, 0.5 * 2**self._warm_failures)
        self._kill(watch)
        self._bury(watch)

    # -- afterwards ------------------------------------------------------------------------------------------

    def _bury(self, watch: Watch) -> None:
        if watch not in self._watches:
            return
        self._watches.discard(watch)
        watch.ended = True
        watch.run = None
        for descriptor in list(watch.sandbox.open):
            self._close(watch, descriptor)
        with contextlib.suppress(KeyError):
            self._selector.unregister(watch.sandbox.pidfd)
        self._dying.append(watch)

    def _reap(self) -> None:
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        still: list[Watch] = []
        for watch in self._dying:
            if any(_alive(pidfd) for pidfd in (watch.sandbox.pidfd, watch.sandbox.first_pidfd)):
                self._kill(watch)
                still.append(watch)
                continue
            os.close(watch.sandbox.pidfd)
            if watch.sandbox.first_pidfd >= 0:
                os.close(watch.sandbox.first_pidfd)
            if watch.sandbox.uid is not None and self._uids is not None:
                self._uids.append(watch.sandbox.uid)
            if watch.sandbox.leaf is not None:
                self._leaves.append(watch.sandbox.leaf)
        self._dying = still
        self._leaves = [leaf for leaf in self._leaves if not leaf.remove()]

    def _wants_refill(self) -> bool:
        if not self._plans:
            return False
        return any(self._warm_count(language) < count for language, count in self._wanted.items())

    def _warm_count(self, language: str) -> int:
        return sum(watch.pool and watch.language == language for watch in self._watches)

    def _refill(self, now: float) -> None:
        """One at a time, and not while programs run, unless they run for long: warming costs what a run costs."""
        if any(watch.pool and not watch.sandbox.ready for watch in self._watches):
            self._refill_at = now + _TICK_S
            return
        for language, count in self._wanted.items():
            if language in self._plans and self._warm_count(language) < count:
                try:
                    self._spawn(language, self._size, warm=True).pool = True
                except OSError:
                    self._refill_at = now + 1.0
                return

    def _end_everything(self) -> None:
        for watch in list(self._watches):
            self._kill(watch)
            self._bury(watch)
        deadline = time.monotonic() + 5.0
        while (self._dying or self._leaves) and time.monotonic() < deadline:
            self._reap()
            time.sleep(0.005)
        if self._tree is not None:
            self._tree.close()


def _alive(pidfd: int) -> bool:
    """False once the process was reaped; a zombie still counts, because it still counts against limits."""
    if pidfd < 0:
        return False
    try:
        signal.pidfd_send_signal(pidfd, 0)
    except ProcessLookupError:
        return False
    return True


def _user_ids() -> list[int]:
    """A stretch of user ids of our own, different for each helper; lower where a container maps fewer."""
    with open("/proc/self/uid_map") as file:
        top = max(int(start) + int(count) for start, _, count in (line.split() for line in file))
    base, blocks = (200_000, 4000) if top > 1_000_000 else (10_000, 300)
    first = base + os.getpid() % blocks * _MOST_USER_IDS
    return list(range(first, first + _MOST_USER_IDS))


def main() -> None:
    """Entry point of the process; the control socket is descriptor 0."""
    control = socket.socket(fileno=os.dup(0))
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Helper(control).serve()
