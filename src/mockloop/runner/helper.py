"""The runner's helper process: small, single-threaded, a subreaper. Started by `runner.bubblewrap`, one per backend.

It alone forks, watches and reaps sandboxes, so that the web process never forks and never waits. Over a socket pair
it takes length-prefixed JSON requests and answers each with one raw result; when the socket closes it ends, and
every sandbox with it.
"""

import base64
import ctypes
import json
import os
import selectors
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable
from typing import Any

from mockloop.runner.cgroups import open_tree
from mockloop.runner.runs import Call, Run
from mockloop.runner.sandbox import Plan, Size
from mockloop.runner.watch import Watch
from mockloop.runner.yard import Yard

_PR_SET_CHILD_SUBREAPER = 36
_TICK_S = 0.02
"""How often limits are looked at that nothing reports by itself: CPU time, and memory without control groups."""


class Helper:
    """The loop, and the way of a job through its sandboxes. Nothing blocks but the selector."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._selector = selectors.DefaultSelector()
        self._inbox = bytearray()
        self._outbox = bytearray()
        self._yard: Yard | None = None
        self._looked_at = 0.0
        self._closing = False

    def serve(self) -> None:
        self._control.setblocking(False)
        self._selector.register(self._control, selectors.EVENT_READ, self._control_ready)
        try:
            while not self._closing:
                patience = self._yard.patience if self._yard else None
                for key, events in self._selector.select(None if patience is None else max(patience, _TICK_S)):
                    ready: Callable[[int], None] = key.data
                    ready(events)
                if self._yard is not None:
                    self._look_around(self._yard, time.monotonic())
        finally:
            if self._yard is not None:
                self._yard.close()

    def _look_around(self, yard: Yard, now: float) -> None:
        yard.reap()
        if now - self._looked_at < _TICK_S:
            return
        self._looked_at = now
        for watch in list(yard.alive):
            watch.check(now)
        yard.retire(now)
        fresh = yard.refill(now)
        if fresh is not None:
            self._listen(fresh)

    # -- the socket ------------------------------------------------------------------------------------------

    def _control_ready(self, events: int) -> None:
        if events & selectors.EVENT_WRITE:
            self._flush()
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

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        self._outbox += struct.pack("=I", len(body)) + body
        self._flush()

    def _flush(self) -> None:
        try:
            while self._outbox:
                del self._outbox[: self._control.send(self._outbox)]
        except BlockingIOError:
            pass
        except OSError:
            self._closing = True
            return
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._outbox else 0)
        self._selector.modify(self._control, wanted, self._control_ready)

    def _take(self, message: dict[str, Any]) -> None:
        if "configure" in message:
            self._configure(message["configure"])
            return
        assert self._yard is not None, "configured first"
        if "run" in message:
            run = Run(message["run"], message["job"], started=time.monotonic())
            if run.is_solution:
                run.calls = [Call(index) for index in range(len(run.job["calls"]))]
            self._place(self._yard, run)
        elif "cancel" in message:
            for watch in list(self._yard.alive):
                if watch.run is not None and watch.run.id == message["cancel"]:
                    self._yard.bury(watch)
        elif "status" in message:
            self._send({"status": message["status"], **self._yard.status()})

    def _configure(self, given: dict[str, Any]) -> None:
        plans = {language: _plan(fields) for language, fields in given["plans"].items()}
        tree, tried = open_tree(given["cgroup_parent"]) if given["cgroups"] else (None, "switched off")
        given["filter"] = base64.b64decode(given["filter"])
        self._yard = Yard(self._selector, plans, given, tree)
        self._send({"configured": True, "cgroups": tree.kind if tree else None, "tried": tried})

    # -- a sandbox speaks ------------------------------------------------------------------------------------

    def _listen(self, watch: Watch) -> None:
        sandbox, pipes = watch.sandbox, watch.pipes
        pipes.listen(sandbox.stdout, lambda piece: self._take_output(watch, "stdout", piece))
        pipes.listen(sandbox.stderr, lambda piece: self._take_output(watch, "stderr", piece))
        pipes.listen(sandbox.results, lambda piece: self._take_answers(watch, piece))
        pipes.listen(sandbox.control, lambda piece: self._take_control(watch, piece))
        pipes.listen(sandbox.status, lambda piece: self._take_status(watch, piece))
        self._selector.register(sandbox.pidfd, selectors.EVENT_READ, lambda _: self._monitor_ended(watch))

    def _take_output(self, watch: Watch, stream: str, piece: bytes) -> None:
        if watch.run is None or not watch.ready:
            watch.start_text += piece[:4000]
        elif watch.run.take_output(stream, piece):
            watch.stop("output", time.monotonic())

    def _take_earlier_output(self, watch: Watch) -> None:
        """What a call printed it printed before it answered: read that first, or the next call would be blamed."""
        for stream in ("stdout", "stderr"):
            for piece in watch.pipes.rest_of(getattr(watch.sandbox, stream)):
                self._take_output(watch, stream, piece)
                if watch.run is not None and watch.run.reason:
                    return

    def _take_status(self, watch: Watch, piece: bytes) -> None:
        code = watch.take_status(piece)
        if code is not None and not watch.ended:
            self._ended(watch, code)

    def _take_answers(self, watch: Watch, piece: bytes) -> None:
        run = watch.run
        if run is None or watch.ended or not watch.ready:
            return
        if run.is_solution:
            self._take_earlier_output(watch)
        now = time.monotonic()
        for reply in run.take_answers(piece, now, watch.cpu_s() if run.is_solution else 0.0):
            watch.pipes.send(watch.sandbox.jobs, reply)
        if run.reason == "value":
            watch.stop("value", now)

    def _take_control(self, watch: Watch, piece: bytes) -> None:
        run = watch.run
        if not watch.ready:
            self._became_ready(watch)
            return
        if run is not None and run.is_solution:
            self._take_earlier_output(watch)
        # A report follows the answer that it is about, so answers are read first.
        for answers in watch.pipes.rest_of(watch.sandbox.results):
            self._take_answers(watch, answers)
        if run is None or watch.ended:
            return
        if watch.sandbox.leaf is not None and watch.out_of_memory():
            # Known before the call is reported as ended, else the next one would be blamed.
            watch.stop("out_of_memory", time.monotonic())
            return
        for reply in run.take_control(piece, time.monotonic(), watch.cpu_s()):
            watch.pipes.send(watch.sandbox.jobs, reply)
        if run.complete:
            self._ended(watch, None)

    def _became_ready(self, watch: Watch) -> None:
        """Nothing was sent yet, so the first report can only be the harness's own."""
        assert self._yard is not None
        watch.ready = True
        watch.fit()
        if watch.run is not None:
            self._start(watch, watch.run)
        else:
            self._yard.warmed_up(watch)

    def _monitor_ended(self, watch: Watch) -> None:
        """Bubblewrap itself is gone, killed by us or unable to start; its last report may still be in the pipe."""
        if self._yard is None or watch not in self._yard.alive:
            return  # buried by an earlier event of the same round
        self._selector.unregister(watch.sandbox.pidfd)
        for piece in watch.pipes.rest_of(watch.sandbox.status):
            self._take_status(watch, piece)
        if not watch.ended:
            self._ended(watch, None)

    # -- a job -----------------------------------------------------------------------------------------------

    def _place(self, yard: Yard, run: Run) -> None:
        limits = run.job["limits"]
        size = Size(limits["memory_mb"], limits["processes"], limits["scratch_mb"], yard.size.cpu_s)
        run.begin_sandbox()
        watch = yard.take_warm(run.job["language"], size)
        if watch is not None:
            watch.run = run
            self._start(watch, run)
            return
        try:
            watch = yard.new(run.job["language"], size, warm=False)
        except OSError as error:
            self._send({"result": run.id, "unavailable": f"no process for a sandbox: {error}"})
            return
        watch.run = run
        self._listen(watch)

    def _start(self, watch: Watch, run: Run) -> None:
        watch.start_counting()
        now = run.clock_from = time.monotonic()
        if not run.restarts:
            run.started = now
        run.cpu_from = 0.0
        watch.pipes.send(watch.sandbox.jobs, run.header())
        if not run.is_solution:
            watch.pipes.send(watch.sandbox.stdin, run.job["stdin"].encode("utf-8", "surrogatepass"))
        watch.pipes.finish(watch.sandbox.stdin)

    def _ended(self, watch: Watch, exit_code: int | None) -> None:
        """The program is over, or all calls are answered: collect what is in the pipes, answer, tidy up later."""
        yard, run = self._yard, watch.run
        assert yard is not None
        watch.ended = True
        if run is None:
            yard.warm_up_failed()
            yard.bury(watch)
            return
        run.exit_code = exit_code
        cpu_s = watch.cpu_s()
        self._collect(watch, run, cpu_s)
        if watch.sandbox.leaf is not None and watch.out_of_memory():
            run.reason = run.reason or "out_of_memory"
        watch.kill()
        run.cpu_s += cpu_s
        run.memory_mb = max(run.memory_mb, watch.peak_mb())
        started = watch.ready
        yard.bury(watch)
        if not started and not run.reason:
            text = watch.start_text.decode("utf-8", "replace").strip()
            self._send({"result": run.id, "unavailable": text or "the sandbox ended before it started"})
            return
        self._conclude(yard, run)

    def _collect(self, watch: Watch, run: Run, cpu_s: float) -> None:
        for stream in ("stdout", "stderr"):
            for piece in watch.pipes.rest_of(getattr(watch.sandbox, stream)):
                if not watch.ready:
                    watch.start_text += piece[:4000]
                elif run.take_output(stream, piece):
                    run.reason = run.reason or "output"
                    break
        if watch.ready:
            for piece in watch.pipes.rest_of(watch.sandbox.results):
                run.take_answers(piece, time.monotonic(), cpu_s)
            for piece in watch.pipes.rest_of(watch.sandbox.control):
                run.take_control(piece, time.monotonic(), cpu_s)

    def _conclude(self, yard: Yard, run: Run) -> None:
        now = time.monotonic()
        if run.is_solution and not run.complete:
            run.sandbox_ended(now)
            if not run.complete and not run.late(now) and run.may_restart():
                self._place(yard, run)
                return
        self._send({"result": run.id, **run.report(now)})


def _plan(fields: dict[str, Any]) -> Plan:
    lists = ("binds", "symlinks", "masks", "command", "data_limit_mb")
    made = {name: tuple(map(_frozen, fields[name])) for name in lists}
    return Plan(**{**fields, **made, "driver": base64.b64decode(fields["driver"])})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def main() -> None:
    """Entry point of the process; the control socket is descriptor 0."""
    control = socket.socket(fileno=os.dup(0))
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    Helper(control).serve()
