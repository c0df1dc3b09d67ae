# ruff: noqa: ASYNC240  one thing at a time is the point here
"""How fast the code runner is, and whether it leaks: `make bench-runner`, or `python -m bench.runner --help`.

Variants are measured interleaved in random order, so that a busy machine is unfair to none. "Bare" is the interpreter
started directly, without any isolation: what a sandbox is compared with, never how MockLoop runs anything.
"""

import argparse
import asyncio
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from mockloop.runner.bubblewrap import BubblewrapBackend
from mockloop.runner.contract import Language, Limits, RunnerUnavailable, Script, Solution
from mockloop.runner.docker import DockerBackend
from mockloop.runner.languages import LANGUAGES
from mockloop.runner.queue import QueuedRunner

HELLO: dict[Language, tuple[str, str]] = {
    "python": ("main.py", "print('hello')\n"),
    "javascript": ("main.js", "console.log('hello')\n"),
    "typescript": ("main.ts", "const text: string = 'hello'\nconsole.log(text)\n"),
}
FIFTY: dict[Language, str] = {
    "python": "def answer(n):\n    return sum(i * i for i in range(n))\n",
    "javascript": "function answer(n) { let s = 0; for (let i = 0; i < n; i++) s += i * i; return s; }",
    "typescript": "function answer(n: number): number { let s = 0; for (let i = 0; i < n; i++) s += i * i; return s; }",
}
COLD = Limits(scratch_mb=31)
"""A size that no warm sandbox has."""

RESULTS = Path(__file__).parent / "results"


def script(language: Language, limits: Limits | None = None) -> Script:
    return Script(language=language, source=HELLO[language][1], limits=limits or Limits())


def solution(language: Language) -> Solution:
    calls = tuple((n,) for n in range(50))
    return Solution(language=language, source=FIFTY[language], entry_point="answer", calls=calls)


async def timed(work: Callable[[], Awaitable[Any]]) -> float:
    started = time.perf_counter()
    await work()
    return (time.perf_counter() - started) * 1000


def bare(language: Language, folder: Path) -> Callable[[], Awaitable[Any]]:
    name, source = HELLO[language]
    (folder / name).write_text(source)
    interpreter = LANGUAGES[language].find(folder)
    program = next(outer for outer, inner in interpreter.binds if inner == interpreter.command[0])
    command = [program, *interpreter.command[1:], str(folder / name)]

    async def work() -> None:
        # Blocking on purpose: asyncio's child watcher would be part of the figure.
        subprocess.run(command, capture_output=True, check=True)  # noqa: ASYNC221

    return work


async def warm_again(backend: BubblewrapBackend) -> None:
    while True:
        status = await backend.status()
        if status["dying"] == 0 and all(status["warm"][language] for language in HELLO):
            return
        await asyncio.sleep(0.01)


def row(name: str, times: list[float], base: float | None = None) -> dict[str, Any]:
    times = sorted(times)
    figures = {
        "name": name,
        "n": len(times),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1),
        "min_ms": round(times[0], 1),
    }
    if base:
        figures["x_bare"] = round(statistics.median(times) / base, 2)
    shown = f"  {name:<38} median {figures['median_ms']:>7}   p95 {figures['p95_ms']:>7}   min {figures['min_ms']:>7}"
    print(shown + (f"   {figures['x_bare']:>5} x bare" if base else ""), flush=True)
    return figures


async def docker_here() -> DockerBackend | None:
    backend = DockerBackend()
    try:
        await backend.run(script("python"))
    except RunnerUnavailable as error:
        print(f"  docker is left out: {error.reason}")
        await backend.aclose()
        return None
    return backend


async def start_times(backend: BubblewrapBackend, rounds: int) -> list[dict[str, Any]]:
    print("\nhello world, milliseconds seen by the caller, interleaved")
    docker = await docker_here()
    with tempfile.TemporaryDirectory() as folder:
        variants: dict[tuple[Language, str], Callable[[], Awaitable[Any]]] = {}
        for language in HELLO:
            variants[language, "bare"] = bare(language, Path(folder))
            variants[language, "cold sandbox"] = partial(backend.run, script(language, COLD))
            variants[language, "warm sandbox"] = partial(backend.run, script(language))
            if docker:
                variants[language, "docker run"] = partial(docker.run, script(language, COLD))
        times: dict[tuple[Language, str], list[float]] = {key: [] for key in variants}
        for _ in range(rounds):
            for key in random.sample(sorted(variants), len(variants)):
                await warm_again(backend)
                times[key].append(await timed(variants[key]))
    if docker:
        await docker.aclose()
    rows = []
    for language in HELLO:
        base = statistics.median(times[language, "bare"])
        for (of, kind), measured in times.items():
            if of == language:
                rows.append(row(f"{language}, {kind}", measured, base))
    return rows


async def fifty_tests(backend: BubblewrapBackend, rounds: int) -> list[dict[str, Any]]:
    print("\na solution with 50 tests, milliseconds")
    times: dict[Language, list[float]] = {language: [] for language in FIFTY}
    for _ in range(rounds):
        for language in random.sample(sorted(FIFTY), len(FIFTY)):
            await warm_again(backend)
            times[language].append(await timed(partial(backend.run, solution(language))))
    return [row(f"{language}, 50 tests", measured) for language, measured in times.items()]


async def throughput(backend: BubblewrapBackend, seconds: float) -> list[dict[str, Any]]:
    print("\nruns per second, 2 workers, hello world")
    rows = []
    for language in HELLO:
        runner = QueuedRunner(backend, slots=2)
        until, done = time.monotonic() + seconds, 0

        async def work(language: Language = language, runner: QueuedRunner = runner, until: float = until) -> None:
            nonlocal done
            while time.monotonic() < until:
                await runner.run(script(language))
                done += 1

        started = time.monotonic()
        await asyncio.gather(work(), work())
        rate = done / (time.monotonic() - started)
        rows.append({"name": f"{language}, runs per second", "value": round(rate, 1)})
        print(f"  {language:<38} {rate:>7.1f} per second")
    return rows


SERVER = (
    "import sys, uvicorn; from mockloop.runner.service import create_runner_app; "
    "from mockloop.runner.opening import open_runner; "
    "uvicorn.run(create_runner_app(open_runner('bubblewrap', slots=2, most_waiting=1000), sys.argv[2]), "
    "host='127.0.0.1', port=int(sys.argv[1]), log_level='error')"
)


async def web_latency(seconds: float) -> list[dict[str, Any]]:
    print("\nlatency of a web process (GET, milliseconds) while 2 slots are busy and more runs wait")
    port, secret = 18_700 + os.getpid() % 200, "bench-secret-bench-secret"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", SERVER, str(port), secret)
    busy = Script(language="python", source="import time\nend = time.time() + 0.3\nwhile time.time() < end: pass\n")
    headers = {"Authorization": f"Bearer {secret}"}
    rows = []
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60) as client:
            await wait_until_up(client)
            rows.append(row("idle", await probe(client, seconds)))
            stop = asyncio.Event()

            async def load() -> None:
                while not stop.is_set():
                    await client.post("/runs", content=busy.model_dump_json())

            loads = [asyncio.create_task(load()) for _ in range(8)]
            await asyncio.sleep(1)
            rows.append(row("saturated", await probe(client, seconds)))
            stop.set()
            await asyncio.gather(*loads)
    finally:
        process.terminate()
        await process.wait()
    return rows


async def wait_until_up(client: httpx.AsyncClient) -> None:
    for _ in range(200):
        try:
            await client.get("/health")
            return
        except httpx.HTTPError:
            await asyncio.sleep(0.05)
    raise SystemExit("the server of the bench did not start")


async def probe(client: httpx.AsyncClient, seconds: float) -> list[float]:
    times: list[float] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        times.append(await timed(lambda: client.get("/health")))
        await asyncio.sleep(0.02)
    return times


def descendants(pid: int) -> int:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    return len(children) + sum(descendants(int(child)) for child in children)


async def census(backend: BubblewrapBackend) -> dict[str, int]:
    await warm_again(backend)
    await asyncio.sleep(0.5)
    await warm_again(backend)
    status = await backend.status()
    groups = Path("/sys/fs/cgroup")
    helper = backend.helper_pid or 0
    return {
        "processes": descendants(helper),
        "descriptors of the helper": status["descriptors"],
        "descriptors of this process": len(os.listdir("/proc/self/fd")),
        "control groups": len([*groups.glob(f"*/mockloop-{helper}/*/"), *groups.glob(f"mockloop-{helper}/*/")]),
        "mounts": len(Path("/proc/self/mounts").read_text().splitlines()),
        "files in the temporary folder": sum(
            1 for name in os.listdir(tempfile.gettempdir()) if name.startswith("mockloop-")
        ),
    }


async def leaks(backend: BubblewrapBackend, runs: int) -> list[dict[str, Any]]:
    print(f"\nwhat is left after {runs} runs (after minus before; 0 is good)")
    runner = QueuedRunner(backend, slots=2)
    jobs: list[Script | Solution] = [script("python"), script("javascript"), script("python", COLD), solution("python")]
    for job in jobs:
        await runner.run(job)
    before = await census(backend)
    left = iter(range(runs))

    async def work() -> None:
        for number in left:
            await runner.run(jobs[0] if number % 20 else jobs[number // 20 % len(jobs)])

    started = time.monotonic()
    await asyncio.gather(work(), work())
    seconds = time.monotonic() - started
    after = await census(backend)
    rows = [{"name": f"left: {name}", "value": after[name] - before[name]} for name in before]
    for one in rows:
        print(f"  {one['name']:<38} {one['value']:>7}")
    print(f"  {runs} runs in {seconds:.0f} s")
    return rows


async def memory_of_pool(backend: BubblewrapBackend) -> list[dict[str, Any]]:
    """Proportional set size of each warm sandbox, so that what they share is counted once."""
    print("\nmemory of the warm sandboxes that wait (PSS, MB)")
    await warm_again(backend)
    sizes = []
    for pid in processes_below(backend.helper_pid or 0):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        sizes += [int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")]
    print(f"  {'all together':<38} {sum(sizes):>7.1f}")
    return [{"name": "warm pool, MB", "value": round(sum(sizes), 1)}]


def processes_below(pid: int) -> list[int]:
    try:
        children = [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [*children, *[deeper for child in children for deeper in processes_below(child)]]


async def bench(rounds: int, seconds: float, runs: int) -> None:
    load = os.getloadavg()[0]
    print(f"{len(os.sched_getaffinity(0))} cores, load {load:.1f} before the start, {rounds} rounds")
    backend = BubblewrapBackend()
    await backend.start()
    print(f"accounting: {backend.accounting}")
    rows = await memory_of_pool(backend)
    rows += await start_times(backend, rounds)
    rows += await fifty_tests(backend, max(rounds // 2, 3))
    rows += await throughput(backend, seconds)
    rows += await leaks(backend, runs)
    await backend.aclose()
    rows += await web_latency(seconds)
    keep(rows, load)


def keep(rows: list[dict[str, Any]], load: float) -> None:
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with (RESULTS / "runner.jsonl").open("a") as file:
        file.write(json.dumps({"at": now, "load": load, "rows": rows}) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=31, help="measurements per row")
    parser.add_argument("--seconds", type=float, default=5.0, help="length of each throughput and latency measurement")
    parser.add_argument("--runs", type=int, default=10_000, help="runs before leaks are counted")
    given = parser.parse_args()
    if shutil.which("bwrap") is None:
        raise SystemExit("bubblewrap is not installed: apt-get install bubblewrap")
    asyncio.run(bench(given.rounds, given.seconds, given.runs))


if __name__ == "__main__":
    main()
