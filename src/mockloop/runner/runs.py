"""What one job needs from its sandboxes: which lines to send, what the answers mean, which call is due.

Pure bookkeeping without descriptors or clocks of its own; `runner.helper` moves the bytes and tells the time.
"""

import base64
import json
import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any

VALUE_LIMIT_BYTES = 1024 * 1024
VALUES_LIMIT_BYTES = 4 * 1024 * 1024
FULL_TIME_OUTS = 3
RESTARTS = 40
NEXT = b"next\n"
"""Lets the harness go on to the next call. Until then it throws away what the last call left unread."""
JOB_WALL_FACTOR = 4
_TRACED = re.compile(r"/tmp/main\.(?:py\", line |(?:js|ts|mjs):)(\d{1,6})")  # noqa: S108


@dataclass
class Call:
    """What is known of one call so far; `answer` is the line of the harness, undecoded."""

    index: int
    outcome: str = "not_run"
    answer: str = ""
    wall_s: float = 0.0
    detail: str = ""
    line: int | None = None


@dataclass
class Run:
    """One job on its way through one or, when calls die, several sandboxes."""

    id: int
    job: dict[str, Any]
    started: float = 0.0
    stdout: bytearray = field(default_factory=bytearray)
    stderr: bytearray = field(default_factory=bytearray)
    truncated: bool = False
    written: dict[str, int] = field(default_factory=dict)
    """Bytes per output stream of the present sandbox: a flood of one call is not held against those after it."""
    unread: bytearray = field(default_factory=bytearray)
    unread_control: bytearray = field(default_factory=bytearray)
    trace: deque[str] = field(default_factory=lambda: deque(maxlen=200))
    reason: str = ""
    """Why we stopped the present sandbox; empty while it lives or when it ended by itself."""
    compile_error: dict[str, Any] | None = None
    error: dict[str, Any] | None = None
    lines: list[int | None] | None = None
    calls: list[Call] = field(default_factory=list)
    due: int = 0
    """Index of the call that is running or next."""
    sent_at: float | None = None
    """When the due call was handed its arguments; None while the code is being loaded for it."""
    clock_from: float = 0.0
    cpu_from: float = 0.0
    time_outs: int = 0
    restarts: int = 0
    answers_bytes: int = 0
    cpu_s: float = 0.0
    memory_mb: float = 0.0
    exit_code: int | None = None

    @property
    def is_solution(self) -> bool:
        return bool(self.job["kind"] == "solution")

    @property
    def complete(self) -> bool:
        answered = self.due >= len(self.calls) or self.compile_error is not None
        return self.is_solution and answered

    def header(self) -> bytes:
        """The first line of the job pipe: all but arguments."""
        job = self.job
        header = {"kind": job["kind"], "source": job["source"]}
        if self.is_solution:
            header |= {name: job[name] for name in ("entry_point", "entry_kind", "parameter_kinds", "return_kind")}
            header["indexes"] = list(range(self.due, len(self.calls)))
        else:
            header["args"] = job["args"]
        return json.dumps(header).encode() + b"\n"

    def call_limits(self) -> tuple[float, float]:
        """Wall and CPU seconds that the running script, or the call that is due, may take."""
        limits = self.job["limits"]
        wall, cpu = limits["wall_s"], limits["cpu_s"]
        if self.is_solution:
            wall = min(wall, self.job["limits_per_call_s"] or wall)
            if self.time_outs >= FULL_TIME_OUTS:
                wall, cpu = wall / 4, cpu / 4
        return wall, cpu

    def take_output(self, stream: str, piece: bytes) -> bool:
        """Keep the head of an output stream; True when the sandbox has written more than the job may."""
        kept = self.stdout if stream == "stdout" else self.stderr
        most = int(self.job["limits"]["output_kb"]) * 1024
        room = most - len(kept)
        kept += piece[: max(room, 0)]
        self.truncated = self.truncated or len(piece) > room
        self.written[stream] = self.written.get(stream, 0) + len(piece)
        return self.written[stream] > most

    def take_answers(self, piece: bytes, now: float, cpu_s: float) -> list[bytes]:
        """Read what the harness wrote; gives the lines that it is to be sent in return. First answer per call wins."""
        self.unread += piece
        self.answers_bytes += len(piece)
        if self.answers_bytes > VALUES_LIMIT_BYTES:
            self.unread.clear()
            self.reason = self.reason or "value"
            return []
        replies: list[bytes] = []
        while (end := self.unread.find(b"\n")) >= 0:
            text = bytes(self.unread[:end]).decode("utf-8", "replace")
            del self.unread[: end + 1]
            reply = self._take_line(text, now, cpu_s)
            if reply is not None:
                replies.append(reply)
        if len(self.unread) > VALUE_LIMIT_BYTES:
            self.unread.clear()
            self.reason = self.reason or "value"
        return replies

    def _take_line(self, text: str, now: float, cpu_s: float) -> bytes | None:
        if not text.startswith("{"):
            self.trace.append(text[:500])
            return None
        if self.reason:
            return None  # it is being stopped: what it says now comes too late, or would blame the wrong call
        if len(text) > VALUE_LIMIT_BYTES:
            self.reason = self.reason or "value"
            return None
        if text.startswith('{"i"'):
            return self._take_call_line(text, now, cpu_s)
        line = _object(text)
        if isinstance(line.get("error"), dict):
            self.error = line["error"]
        return None

    def take_control(self, piece: bytes, now: float, cpu_s: float) -> list[bytes]:
        """Read what the harness reports of its own course; read all answers first. Gives lines to be sent in return."""
        self.unread_control += piece
        replies: list[bytes] = []
        while (end := self.unread_control.find(b"\n")) >= 0:
            line = _object(bytes(self.unread_control[:end]).decode("utf-8", "replace"))
            del self.unread_control[: end + 1]
            if self.reason:
                continue
            if isinstance(line.get("compile"), dict) and not any(call.outcome != "not_run" for call in self.calls):
                self.compile_error = line["compile"]
            elif isinstance(line.get("lines"), list):
                self.lines = [one if type(one) is int else None for one in line["lines"]]
            elif "ended" in line and self._is_due(line):
                self._call_ended(line["ended"], now, cpu_s)
                if self.due < len(self.calls):
                    replies.append(NEXT)
        if len(self.unread_control) > VALUE_LIMIT_BYTES:
            self.unread_control.clear()
        return replies

    def _is_due(self, line: dict[str, Any]) -> bool:
        index = line.get("i")
        return self.is_solution and type(index) is int and index == self.due < len(self.calls)

    def _call_ended(self, status: Any, now: float, cpu_s: float) -> None:
        call = self.calls[self.due]
        if call.outcome == "not_run":
            call.outcome = "crashed"
            call.detail = f"status {status if type(status) is int else 0}"
            call.wall_s = now - self.clock_from
        self.due += 1
        self.sent_at = None
        self.clock_from, self.cpu_from = now, cpu_s

    def _take_call_line(self, text: str, now: float, cpu_s: float) -> bytes | None:
        line = _object(text)
        if not self._is_due(line):
            return None
        call = self.calls[self.due]
        if "ready" in line and self.sent_at is None:
            self.sent_at = self.clock_from = now
            self.cpu_from = cpu_s
            self.trace.clear()
            return str(self.job["calls"][self.due]).encode() + b"\n"
        if ("v" in line or "e" in line) and call.outcome == "not_run":
            call.wall_s = now - (self.sent_at or self.clock_from)
            call.outcome = "returned" if "v" in line else "crashed"
            call.answer = text
        return None

    def sandbox_ended(self, now: float) -> None:
        """The sandbox is gone, by our hand (`reason`) or by its own; give the due call its verdict."""
        if not self.is_solution or self.complete:
            return
        call = self.calls[self.due]
        if call.outcome == "not_run":
            outcomes = {"timed_out": "timed_out", "out_of_memory": "out_of_memory"}
            outcomes |= {"output": "too_much_output", "value": "too_much_output"}
            call.outcome = outcomes.get(self.reason, "crashed")
            call.wall_s = now - (self.sent_at or self.clock_from)
            call.line = self.traced_line()
            call.detail = self.reason or f"exit {self.exit_code}"
        self.time_outs += call.outcome == "timed_out"
        self.restarts += 1
        self.due += 1
        self.sent_at = None

    def begin_sandbox(self) -> None:
        """Forget what belonged to the sandbox before."""
        self.reason = ""
        self.exit_code = None
        self.written.clear()
        self.answers_bytes = sum(len(call.answer) for call in self.calls)
        self.unread.clear()
        self.unread_control.clear()
        self.trace.clear()

    def late(self, now: float) -> bool:
        """The time for the whole job, over all its calls, is used up."""
        return now - self.started > float(self.job["limits"]["wall_s"]) * JOB_WALL_FACTOR

    def report(self, now: float) -> dict[str, Any]:
        """Everything that `runner.results` makes a result of."""
        return {
            "reason": self.reason,
            "exit_code": self.exit_code,
            "stdout": base64.b64encode(self.stdout).decode(),
            "stderr": base64.b64encode(self.stderr).decode(),
            "truncated": self.truncated,
            "wall_s": now - self.started,
            "cpu_s": self.cpu_s,
            "memory_mb": self.memory_mb,
            "compile": self.compile_error,
            "error": self.error,
            "lines": self.lines,
            "line": self.traced_line() if self.reason == "timed_out" else None,
            "calls": [call.__dict__ for call in self.calls],
        }

    def may_restart(self) -> bool:
        return self.restarts <= RESTARTS

    def traced_line(self) -> int | None:
        """The line of the candidate's file that was running when we asked, by either interpreter's trace."""
        for text in [*self.trace, *self.stderr[-4000:].decode("utf-8", "replace").splitlines()]:
            line = _line_in(text)
            if line is not None:
                return line
        return None


def _line_in(text: str) -> int | None:
    found = _TRACED.search(text)
    return int(found[1]) if found else None


def _object(text: str) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return line if isinstance(line, dict) else {}
