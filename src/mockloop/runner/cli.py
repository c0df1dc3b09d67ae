"""`mockloop run`: a file, or a batch of jobs, through the sandbox. Registered by `mockloop.cli`.

Exit status: 0 when it ran (and every test passed), 1 when the program or a test failed, 2 on bad usage,
3 when the runner is unavailable.
"""

import asyncio
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from mockloop.runner.backends import UnknownBackend
from mockloop.runner.cases import BadCases, Task, explain, read_cases, refused, report, solution_task, task_of_line
from mockloop.runner.contract import Language, Limits, RunnerUnavailable, Script
from mockloop.runner.languages import LANGUAGES
from mockloop.runner.opening import open_runner
from mockloop.runner.queue import QueuedRunner
from mockloop.runner.values import decode, show
from mockloop.runner.verdicts import Verdict

RAN, FAILED, BAD_USAGE, UNAVAILABLE = 0, 1, 2, 3


def runner_command(
    secret: Annotated[
        str, typer.Option(envvar="MOCKLOOP_RUNNER_SECRET", help="What web machines must know; at least 16 characters.")
    ] = "",
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8010,
    backend: Annotated[str, typer.Option(help="What isolates programs here.")] = "auto",
    slots: Annotated[int | None, typer.Option(min=1, help="Runs at once; as many as cores when left out.")] = None,
) -> None:
    """Serve the sandbox of this machine to web machines elsewhere."""
    import uvicorn

    from mockloop.runner.service import SecretTooShort, create_runner_app

    try:
        app = create_runner_app(open_runner(backend, slots=slots), secret)
    except (SecretTooShort, UnknownBackend) as error:
        _say(f"mockloop runner: {str(error) or error.__doc__}")
        raise typer.Exit(BAD_USAGE) from None
    _say(f"mockloop runner: listening on http://{host}:{port}")
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)


class _BadUsage(Exception):
    """What was asked makes no sense; the text says why."""


def run_command(
    file: Annotated[Path | None, typer.Argument(help="The program; its language follows from the name.")] = None,
    language: Annotated[str | None, typer.Option(help="python, javascript or typescript.")] = None,
    stdin: Annotated[Path | None, typer.Option(help="A file for its standard input; - for ours.")] = None,
    arg: Annotated[list[str] | None, typer.Option(help="An argument of the program; may be repeated.")] = None,
    tests: Annotated[Path | None, typer.Option(help="Run it as a solution, on the tests of this JSON file.")] = None,
    wall_s: Annotated[float | None, typer.Option(help="Seconds it may take.")] = None,
    cpu_s: Annotated[float | None, typer.Option(help="Seconds of CPU time it may use.")] = None,
    memory_mb: Annotated[int | None, typer.Option(help="Megabytes of memory, all processes together.")] = None,
    processes: Annotated[int | None, typer.Option(help="Processes and threads.")] = None,
    output_kb: Annotated[int | None, typer.Option(help="Kilobytes of output per stream.")] = None,
    scratch_mb: Annotated[int | None, typer.Option(help="Megabytes of files in /tmp.")] = None,
    backend: Annotated[str | None, typer.Option(help="What isolates it; `auto` tries what this machine has.")] = None,
    remote_url: Annotated[
        str, typer.Option(envvar="MOCKLOOP_RUNNER_URL", help="Where `mockloop runner` listens, for the backend remote.")
    ] = "",
    remote_secret: Annotated[str, typer.Option(envvar="MOCKLOOP_RUNNER_SECRET", help="What it wants to know.")] = "",
    docker_runtime: Annotated[
        str, typer.Option(envvar="MOCKLOOP_RUNNER_DOCKER_RUNTIME", help="For the backend docker.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    batch: Annotated[bool, typer.Option("--batch", help="Read one job a line, write one result a line.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Jobs of a batch that run at once.")] = None,
) -> None:
    """Run a program in the sandbox, or a batch of jobs from standard input."""
    given = {
        "wall_s": wall_s,
        "cpu_s": cpu_s,
        "memory_mb": memory_mb,
        "processes": processes,
        "output_kb": output_kb,
        "scratch_mb": scratch_mb,
    }
    where = {
        "backend": backend or "auto",
        "remote_url": remote_url,
        "remote_secret": remote_secret,
        "docker_runtime": docker_runtime,
    }
    try:
        limits = _limits(given)
        if batch:
            if any((file, tests, stdin, arg, language)):
                raise _BadUsage("--batch reads its jobs from standard input, with all that belongs to them")
            status = asyncio.run(_run_batch(where, workers, limits))
        else:
            task = _task(file, language, stdin, arg or [], tests, limits)
            status = asyncio.run(_run_one(where, task, as_json))
    except (_BadUsage, BadCases, UnknownBackend) as error:
        _say(f"mockloop run: {error}")
        status = BAD_USAGE
    except RunnerUnavailable as error:
        _say(f"mockloop run: the runner is unavailable: {error.reason}")
        status = UNAVAILABLE
    except BrokenPipeError:  # whoever read the results has read enough; nothing must be flushed to them at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = FAILED
    raise typer.Exit(status)


def _write(text: str) -> None:
    """As UTF-8, whatever the terminal's language: a program's output is not ours to refuse."""
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _limits(given: dict[str, Any]) -> Limits:
    try:
        return Limits(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        raise _BadUsage(explain(error)) from error


def _task(
    file: Path | None, language: str | None, stdin: Path | None, args: list[str], tests: Path | None, limits: Limits
) -> Task:
    if file is None:
        raise _BadUsage("name a file, or use --batch")
    chosen = _language(file, language)
    source = _text(file)
    if tests is not None:
        try:
            cases = read_cases(json.loads(_text(tests)))
        except (ValueError, RecursionError) as error:
            raise _BadUsage(f"{tests}: {error}") from error
        return solution_task(chosen, source, cases, limits)
    given = _text(stdin) if stdin is not None else ""
    return Task(Script(language=chosen, source=source, stdin=given, args=tuple(args), limits=limits))


def _language(file: Path, named: str | None) -> Language:
    for name, entry in LANGUAGES.items():
        if named == name or (named is None and file.suffix.lower() in entry.extensions):
            return name
    known = ", ".join(LANGUAGES)
    if named is not None:
        raise _BadUsage(f"there is no language {named}; there are {known}")
    raise _BadUsage(f"the name {file.name} does not tell the language; use --language with one of {known}")


def _text(path: Path) -> str:
    try:
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        return content.decode("utf-8")
    except OSError as error:
        raise _BadUsage(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise _BadUsage(f"{path} is not UTF-8 text") from error


async def _run_one(where: Mapping[str, Any], task: Task, as_json: bool) -> int:
    runner = open_runner(**where, slots=1, warm={}, docker_warm={})
    try:
        result = await runner.run(task.job)
    finally:
        await runner.aclose()
    verdicts = task.judged(result)
    if as_json:
        _write(json.dumps(report(task, result)) + "\n")
    else:
        _write(result.stdout)
        sys.stderr.write(result.stderr)
        for verdict in verdicts:
            _say(_told(verdict))
        if result.message and (task.expected is None or result.outcome in ("compile_error", "refused")):
            _say(result.message)
    return _status(result.outcome, verdicts)


def _told(verdict: Verdict) -> str:
    more = verdict.message
    if verdict.outcome == "passed":
        more = show(decode(verdict.actual), most=80)
    return f"test {verdict.index}: {verdict.outcome} in {verdict.wall_s * 1000:.1f} ms{f'  {more}' if more else ''}"


def _status(outcome: str, verdicts: list[Verdict]) -> int:
    return RAN if outcome == "ok" and all(verdict.outcome == "passed" for verdict in verdicts) else FAILED


async def _run_batch(where: Mapping[str, Any], workers: int | None, limits: Limits) -> int:
    """Keeps `workers` busy without reading the whole input first; results come in the order in which they are done."""
    runner = open_runner(**where, slots=workers, most_waiting=1_000_000, wait_s=24 * 3600.0)
    places = asyncio.Semaphore(2 * runner.slots)
    statuses: list[int] = []

    async def work(line: bytes) -> None:
        try:
            statuses.append(await _run_line(runner, line, limits))
        finally:
            places.release()

    try:
        async with asyncio.TaskGroup() as group:
            while line := await asyncio.to_thread(sys.stdin.buffer.readline):
                if line.strip():
                    await places.acquire()
                    group.create_task(work(line))
    except* (RunnerUnavailable, BrokenPipeError) as errors:
        raise errors.exceptions[0] from None
    finally:
        await runner.aclose()
    return max(statuses, default=RAN)


async def _run_line(runner: QueuedRunner, line: bytes, limits: Limits) -> int:
    number: Any = None
    try:
        value = json.loads(line)
        number = value.get("id") if isinstance(value, dict) else None
        number, task = task_of_line(value, limits)
    except (ValueError, RecursionError) as error:  # BadCases and json's own are both ValueErrors
        _write(json.dumps({"id": number, **refused(f"not a job: {error}")}) + "\n")
        return FAILED
    result = await runner.run(task.job)
    _write(json.dumps({"id": number, **report(task, result)}) + "\n")
    return _status(result.outcome, task.judged(result))
