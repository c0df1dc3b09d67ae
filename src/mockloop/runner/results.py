"""Turns a job into what the harness reads, and what the sandbox left behind into a `RunResult`, with sentences.

Shared by every backend that uses our harnesses.
"""

import asyncio
import base64
import json
import re
import signal
from typing import Any, cast

from mockloop.runner import limits
from mockloop.runner.contract import (
    CALLS_LIMIT,
    SOURCE_LIMIT_BYTES,
    STDIN_LIMIT_BYTES,
    CallOutcome,
    CallResult,
    RunOutcome,
    RunResult,
    Script,
    Solution,
)
from mockloop.runner.values import Unreadable, read_json, well_formed

_HEAP_FULL = re.compile(r"heap out of memory|Zone Allocation failed|OOM error in V8|Fatal process out of memory")
_HARNESS_FRAME = re.compile(r"^\s+at .*(?:node:internal/|/box/driver|node:vm)")
_OWN_PATH = re.compile(r"(?:file://)?/tmp/(main\.(?:py|js|ts|mjs))")
_OWN_FRAME = re.compile(r"/tmp/main\.\w+:(\d+)")  # noqa: S108  a path inside the sandbox
_READ_AT_ONCE_BYTES = 64 * 1024
_MEMORY_ERRORS = {"MemoryError"}
_ALLOCATION_FAILED = re.compile(r"Array buffer allocation failed|could not allocate memory|Cannot allocate memory")


def raw_job(job: Script | Solution) -> dict[str, Any]:
    """The job as plain JSON for a helper; arguments are encoded one call at a time, to be handed out one by one."""
    raw = job.model_dump(mode="python", exclude={"calls"})
    if isinstance(job, Solution):
        raw["calls"] = [json.dumps(call) for call in job.calls]
        raw["parameter_kinds"] = list(job.parameter_kinds)
    else:
        raw["args"] = list(job.args)
    return raw


def refusal(job: Script | Solution) -> RunResult | None:
    """A result for jobs that are too large to run at all, else None."""
    text = ""
    if _bytes(job.source) > SOURCE_LIMIT_BYTES:
        text = f"The source is larger than {SOURCE_LIMIT_BYTES // 1024} kB."
    elif isinstance(job, Script):
        if _bytes(job.stdin) > STDIN_LIMIT_BYTES:
            text = f"The input is larger than {STDIN_LIMIT_BYTES // 1024} kB."
        elif sum(_bytes(one) for one in job.args) > STDIN_LIMIT_BYTES or any("\0" in one for one in job.args):
            text = "The arguments are too long or contain a zero byte."
    elif len(job.calls) > CALLS_LIMIT:
        text = f"There are more than {CALLS_LIMIT} calls."
    elif not job.calls:
        text = "There is nothing to call."
    else:
        try:
            if sum(len(json.dumps(call, allow_nan=False)) for call in job.calls) > limits.CALLS_LIMIT_BYTES:
                text = "The arguments of the calls are too large."
        except (TypeError, ValueError, RecursionError):
            text = "The arguments of a call are not JSON."
    if not text and "\0" in job.source:
        text = "The source contains a zero byte."
    return RunResult(outcome="refused", message=text) if text else None


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


async def read_result(job: Script | Solution, raw: dict[str, Any]) -> RunResult:
    """`result_of`, in a thread when there is much to read: a program must not choose how long our event loop stands."""
    if sum(len(call["answer"]) for call in raw["calls"]) < _READ_AT_ONCE_BYTES:
        return result_of(job, raw)
    return await asyncio.to_thread(result_of, job, raw)


def result_of(job: Script | Solution, raw: dict[str, Any]) -> RunResult:
    """`raw` is the helper's account of a run; see `runner.helper` for its fields."""
    stderr_raw = base64.b64decode(raw["stderr"]).decode("utf-8", "replace")
    lines: list[int | None] | None = raw["lines"]
    code: int | None = raw["exit_code"]
    number = code - 128 if code is not None and code > 128 and _is_signal(code - 128) else None
    outcome, message, line = _verdict(job, raw, stderr_raw, number)
    calls = tuple(_call_result(call, stderr_raw, lines) for call in raw["calls"])
    if isinstance(job, Solution) and outcome != "compile_error":
        outcome, message, line = _solution_verdict(calls)
        code = number = None
    elif raw["reason"]:
        code, number = None, number if raw["reason"] == "out_of_memory" else None
    return RunResult(
        outcome=outcome,
        stdout=base64.b64decode(raw["stdout"]).decode("utf-8", "replace"),
        stderr=_clean(stderr_raw, lines),
        exit_code=None if number else code,
        signal=number,
        wall_s=round(raw["wall_s"], 6),
        cpu_s=round(raw["cpu_s"], 6),
        memory_mb=round(raw["memory_mb"], 2),
        truncated=raw["truncated"],
        message=message,
        line=line,
        calls=calls,
    )


def _is_signal(number: int) -> bool:
    return number in {int(one) for one in signal.Signals} or 34 <= number <= 64


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _mapped(line: int | None, lines: list[int | None] | None) -> int | None:
    if line is None or lines is None:
        return line
    return lines[line - 1] if 0 < line <= len(lines) else None


def _stopped(seconds: float, line: int | None) -> str:
    where = f": line {line} was still running" if line else ""
    return f"Stopped after {_seconds(seconds)} s{where}."


def _seconds(seconds: float) -> str:
    return f"{seconds:.0f}" if seconds >= 1 and abs(seconds - round(seconds)) < 0.15 else f"{seconds:.1f}"


def _error_text(error: dict[str, Any], lines: list[int | None] | None) -> tuple[str, int | None]:
    """`{type, text, line}` of a harness as a sentence and a line; the harness maps its own lines already."""
    kind, text, line = str(error.get("type") or ""), str(error.get("text") or ""), error.get("line")
    line = line if type(line) is int and line > 0 else None
    sentence = f"{kind}: {text}" if kind and text else kind or text
    sentence = well_formed(_OWN_PATH.sub(r"\1", sentence))
    return (f"Line {line}: {sentence}" if line else sentence), line


def _verdict(
    job: Script | Solution, raw: dict[str, Any], stderr: str, number: int | None
) -> tuple[RunOutcome, str, int | None]:
    if raw["compile"] is not None:
        message, line = _error_text(raw["compile"], None)
        return "compile_error", message, line
    line = _mapped(raw["line"], raw["lines"])
    reason = raw["reason"]
    if reason == "output":
        return "too_much_output", f"Stopped: the program wrote more than {job.limits.output_kb} kB.", None
    if reason == "timed_out" or number == signal.SIGXCPU:
        return "timed_out", _stopped(raw["wall_s"], line), line
    if reason == "out_of_memory" or _heap_full(number, stderr):
        return "out_of_memory", f"Stopped: the program used more than {job.limits.memory_mb} MB of memory.", None
    if raw["exit_code"] == 0:
        return "ok", "", None
    error = raw["error"] or _node_error(stderr, raw["lines"])
    if error is not None:
        if error.get("syntax"):
            return ("compile_error", *_error_text(error, None))
        message, line = _error_text(error, raw["lines"])
        out_of_memory = error.get("type") in _MEMORY_ERRORS or _ALLOCATION_FAILED.search(str(error.get("text")))
        return ("out_of_memory" if out_of_memory else "crashed"), message, line
    if number is not None:
        return "crashed", f"The program was ended by signal {number} ({_signal_name(number)}).", None
    return "crashed", f"The program ended with exit code {raw['exit_code']}.", None


def _heap_full(number: int | None, stderr: str) -> bool:
    return number in {signal.SIGABRT, signal.SIGTRAP, signal.SIGSEGV, signal.SIGILL} and bool(_HEAP_FULL.search(stderr))


def _node_error(stderr: str, lines: list[int | None] | None) -> dict[str, Any] | None:
    """The uncaught error that Node wrote last: `{type, text, line}`, with `syntax` when it never began to run."""
    if "\nNode.js v" not in stderr:
        return None
    tail = stderr[: stderr.rindex("\nNode.js v")].splitlines()
    heads = [i for i, text in enumerate(tail) if re.match(r"(?:Uncaught )?[\w$]*(?:Error|Exception)\b.*", text)]
    if not heads:
        return {"type": "", "text": "the program threw something that is not an error", "line": None}
    at = heads[-1]
    name, _, text = tail[at].partition(": ")
    own = [int(found[1]) for one in tail[at + 1 :] if (found := _OWN_FRAME.search(one))]
    frames = [one for one in tail[at + 1 :] if re.match(r"\s+at ", one)]
    if not own and name.startswith("SyntaxError") and frames:
        above = [int(found[1]) for one in tail[:at] if (found := re.match(r"(?:file://)?/tmp/main\.\w+:(\d+)$", one))]
        return {
            "type": "SyntaxError",
            "text": text,
            "line": _mapped(above[-1], lines) if above else None,
            "syntax": True,
        }
    return {"type": name.split(" [")[0], "text": text, "line": _mapped(own[0], lines) if own else None}


def _clean(stderr: str, lines: list[int | None] | None) -> str:
    """What people may read: no frames of the harness, no dump of V8, paths and lines of their own file."""
    kept: list[str] = []
    for text in stderr.splitlines(keepends=True):
        if text.startswith("<--- Last few GCs") or "KEYBOARD_INTERRUPT: Script execution" in text:
            break
        if not _HARNESS_FRAME.match(text):
            kept.append(text)
    cleaned = re.sub(r"\n*\nNode\.js v[\d.]+\n?$", "\n", "".join(kept))
    if lines is not None:
        cleaned = re.sub(
            r"(/tmp/main\.ts):(\d+)", lambda found: f"{found[1]}:{_mapped(int(found[2]), lines) or found[2]}", cleaned
        )
    return _OWN_PATH.sub(r"\1", cleaned)


def _call_result(call: dict[str, Any], stderr: str, lines: list[int | None] | None) -> CallResult:
    outcome: CallOutcome = call["outcome"]
    result = CallResult(index=call["index"], outcome=outcome, wall_s=round(call["wall_s"], 6))
    if outcome == "returned":
        try:
            value = read_json(call["answer"])["v"]
        except (Unreadable, KeyError, TypeError) as error:
            return result.model_copy(
                update={"outcome": "crashed", "message": f"The returned value cannot be read: {error}"}
            )
        return result.model_copy(update={"value": value})
    if outcome == "not_run":
        return result.model_copy(update={"message": "Not run: the time for the whole run was used up."})
    return result.model_copy(update=_call_failure(call, stderr, lines))


def _call_failure(call: dict[str, Any], stderr: str, lines: list[int | None] | None) -> dict[str, Any]:
    outcome = call["outcome"]
    if outcome == "timed_out":
        line = _mapped(call["line"], lines)
        return {"message": _stopped(call["wall_s"], line), "line": line}
    if outcome == "out_of_memory":
        return {"message": "Stopped: the call used more memory than it may."}
    if outcome == "too_much_output":
        returned = call["detail"] != "output"
        return {"message": f"Stopped: too much {'was returned' if returned else 'output was written'}."}
    if call["answer"]:
        try:
            error = read_json(call["answer"])["e"]
            message, line = _error_text(error, None)
        except (Unreadable, KeyError, TypeError, AttributeError):
            return {"message": "The call failed, and its error cannot be read."}
        if not error.get("type"):
            message = f"{message[:1].upper()}{message[1:]}."
        full = error.get("type") in _MEMORY_ERRORS or _ALLOCATION_FAILED.search(str(error.get("text")))
        return {"message": message, "line": line} | ({"outcome": "out_of_memory"} if full else {})
    return _silent_death(str(call["detail"]), stderr)


def _silent_death(detail: str, stderr: str) -> dict[str, Any]:
    """The call ended without an answer: by a signal, or because the program ended itself."""
    word, _, text = detail.partition(" ")
    status = int(text) if text.lstrip("-").isdigit() else 0
    number = status & 0x7F if word == "status" else status - 128 if status > 128 else 0
    if _heap_full(number, stderr):
        return {"outcome": "out_of_memory", "message": "Stopped: the call used more memory than it may."}
    if number == signal.SIGXCPU:
        return {"outcome": "timed_out", "message": "Stopped: the call used up its time."}
    if number:
        return {"message": f"The program was ended by signal {number} ({_signal_name(number)})."}
    return {"message": "The program ended itself before the call returned."}


def _solution_verdict(calls: tuple[CallResult, ...]) -> tuple[RunOutcome, str, int | None]:
    for call in calls:
        if call.outcome not in ("returned", "not_run"):
            outcome = cast(RunOutcome, call.outcome)  # the names of a call's and of a run's failures agree
            return outcome, call.message, call.line
    if any(call.outcome == "not_run" for call in calls):
        return "timed_out", "Stopped: the time for the whole run was used up.", None
    return "ok", "", None
