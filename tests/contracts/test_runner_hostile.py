"""Every hostile program, on every backend of this machine, ends as its folder says. See `hostile/README.md`."""

import contextlib
import os
import secrets
import socket
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from mockloop.runner.bubblewrap import BubblewrapBackend
from mockloop.runner.contract import Language, Limits, RunResult, Script, Solution
from mockloop.runner.verdicts import judge_calls
from tests.contracts.backends_here import BACKENDS_HERE
from tests.contracts.runner_bench import Bench

HOSTILE = Path(__file__).parent / "hostile"
LIMITS = Limits(wall_s=3, cpu_s=1, memory_mb=256, processes=64, output_kb=64, scratch_mb=32)
PATIENT = Limits(wall_s=10, cpu_s=4)
"""For programs that need a while to fill the memory on a busy machine."""

LANGUAGES: dict[str, Language] = {".py": "python", ".js": "javascript", ".mjs": "javascript", ".ts": "typescript"}
ELSEWHERE = {
    ("docker", f"contained/reads_host_files{suffix}"): "a container has an /etc/hosts and a read-only /sys of its own"
    for suffix in (".py", ".js")
}
"""Programs whose question does not arise on a backend, with the reason."""

TOKENS = [f"token-{secrets.token_hex(8)}" for _ in range(3)]
EXPECTED = [f"expected-{secrets.token_hex(8)}" for _ in range(3)]


def programs(folder: str) -> list[Path]:
    return sorted(path for path in (HOSTILE / folder).iterdir() if path.suffix in LANGUAGES)


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


SCRIPTS = [
    path
    for folder in ("timed_out", "out_of_memory", "too_much_output", "crashed", "compile_error", "contained")
    for path in programs(folder)
]
FORGERIES = programs("forged")


class Suite:
    """All programs started on one backend; each test waits for its own."""

    def __init__(self, bench: Bench, wanted: set[Path]) -> None:
        self.bench = bench
        self._results: dict[Path, Future[RunResult]] = {}
        for path in (path for path in SCRIPTS if path in wanted):
            limits = PATIENT if path.parent.name == "out_of_memory" else LIMITS
            job = Script(language=LANGUAGES[path.suffix], source=path.read_text(), limits=limits)
            self._results[path] = bench.submit(job)
        for path in (path for path in FORGERIES if path in wanted):
            solution = Solution(
                language=LANGUAGES[path.suffix],
                source=path.read_text(),
                entry_point="answer",
                calls=tuple((token,) for token in TOKENS),
                limits=LIMITS,
                limits_per_call_s=2,
            )
            self._results[path] = bench.submit(solution)

    def __getitem__(self, path: Path) -> RunResult:
        return self._results[path].result(150)

    def wait(self) -> None:
        for result in self._results.values():
            result.result(150)


def selected(request: pytest.FixtureRequest) -> set[Path]:
    """The programs whose tests were chosen, so that picking one test runs one program."""
    calls = [getattr(item, "callspec", None) for item in request.session.items]
    paths = [call.params.get("path") for call in calls if call is not None]
    return {path for path in paths if isinstance(path, Path)}


@pytest.fixture(scope="module", params=BACKENDS_HERE)
def suite(request: pytest.FixtureRequest) -> Iterator[Suite]:
    with socket.socket(socket.AF_UNIX) as outside:
        with contextlib.suppress(OSError):  # another run of this suite already listens there
            outside.bind("\0mockloop-hostile-host")
            outside.listen()
        bench = Bench(request.param.open())
        yield Suite(bench, selected(request))
        bench.close()


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_program_ends_as_its_folder_says(suite: Suite, path: Path) -> None:
    if reason := ELSEWHERE.get((suite.bench.backend.name, name_of(path))):
        pytest.skip(reason)
    result = suite[path]
    wanted = path.parent.name
    if wanted == "contained":
        assert "ESCAPED" not in result.stdout, result.stdout
        assert result.outcome in ("ok", "crashed", "timed_out", "out_of_memory")
        return
    assert result.outcome == wanted, result
    assert result.message, "people are told why"
    if wanted == "too_much_output":
        assert result.truncated
        assert max(len(result.stdout.encode()), len(result.stderr.encode())) >= 64 * 1024
    if wanted == "timed_out":
        assert result.cpu_s < 2.5


@pytest.mark.parametrize("path", FORGERIES, ids=name_of)
def test_forger_passes_no_test(suite: Suite, path: Path) -> None:
    result = suite[path]
    verdicts = judge_calls(result, EXPECTED)
    assert len(verdicts) == 3
    assert all(verdict.outcome != "passed" for verdict in verdicts), verdicts
    isolated = path.suffix == ".py"
    for call in result.calls:
        if isolated and isinstance(call.value, dict) and "others" in call.value:
            assert call.value["others"] == [], "a call sees nothing of another"
        if isinstance(call.value, dict) and "mine" in call.value:
            assert call.value["mine"] == TOKENS[call.index], "a call gets its own arguments"


def test_nothing_is_left_behind(suite: Suite) -> None:
    """After the whole suite: no process, no group, no file; the helper holds only its warm sandboxes."""
    if not isinstance(suite.bench.backend, BubblewrapBackend):
        pytest.skip("only the bubblewrap backend has a helper to ask")
    suite.wait()
    status = suite.bench.call(suite.bench.backend.status())
    warm = sum(status["warm"].values())
    assert status["alive"] <= warm + 1
    helper = suite.bench.backend.helper_pid
    assert len(os.listdir(f"/proc/{helper}/task")) == 1
