"""The Docker backend: its policy, and what it says without an engine. With an engine: `deploy/runner/test.sh`."""

import asyncio
import os
from pathlib import Path

import pytest

from mockloop.runner.contract import Language, Limits, RunnerUnavailable, Script
from mockloop.runner.docker import DockerBackend, container_arguments
from mockloop.runner.image import image_name, write_context
from mockloop.runner.languages import LANGUAGES


def arguments(runtime: str = "", language: Language = "python", **limits: float) -> str:
    words = container_arguments(
        LANGUAGES[language],
        Limits(**limits),
        name="one",
        image="image",
        profile="/profile.json",
        runtime=runtime,
        warm=False,
    )
    return " ".join(words)


@pytest.mark.parametrize(
    "words",
    [
        "--network none",
        "--ipc none",
        "--read-only",
        "--cap-drop ALL",
        "--security-opt no-new-privileges",
        "--security-opt seccomp=/profile.json",
        "--user 200000:200000",
        "--log-driver none",
        "--pull never",
        "--rm",
        "--memory 256m --memory-swap 256m",
        "--cpus 1",
        "--pids-limit 66",
        "nosuid,nodev,noexec,size=32m,nr_inodes=",
    ],
)
def test_every_wall_is_up(words: str) -> None:
    assert words in arguments()


def test_limits_and_runtime_follow_the_job() -> None:
    text = arguments(runtime="runsc", language="javascript", memory_mb=100, scratch_mb=4, processes=20)
    for words in ("--memory 100m", "size=4m", "--pids-limit 22", "--runtime runsc", "--max-old-space-size=75"):
        assert words in text
    assert "--runtime" not in arguments()


@pytest.mark.skipif("MOCKLOOP_TEST_DOCKER" not in os.environ, reason="no engine is promised")
@pytest.mark.parametrize("waited_s", [100, 1000])
async def test_container_that_waited_for_long_still_serves(waited_s: float) -> None:
    backend = DockerBackend(warm={"python": 1})
    try:
        await backend.run(Script(language="python", source=""))
        await asyncio.gather(*backend._tidying)
        [container] = backend._pool["python"]
        container.born -= waited_s
        result = await backend.run(Script(language="python", source="print(1)"))
        assert (result.outcome, result.stdout) == ("ok", "1\n")
        assert result.cpu_s < 1
    finally:
        await backend.aclose()


async def test_without_docker_nothing_runs() -> None:
    with pytest.raises(RunnerUnavailable, match="not installed"):
        await DockerBackend(program="no-such-docker").run(Script(language="python", source="print(1)"))


async def test_missing_image_says_how_to_build_it(tmp_path: Path) -> None:
    program = tmp_path / "docker"
    program.write_text('#!/bin/sh\necho "Error: No such image: $5" >&2\nexit 1\n')
    program.chmod(0o755)
    with pytest.raises(RunnerUnavailable, match=r"build it with deploy/runner/build\.sh"):
        await DockerBackend(program=str(program)).run(Script(language="python", source="print(1)"))


def test_image_carries_the_harness_that_names_it(tmp_path: Path) -> None:
    name = write_context(tmp_path)
    assert name == image_name()
    assert {path.name for path in (tmp_path / "box").iterdir()} == {"relay.py", "driver.py", "driver.cjs"}
    assert (tmp_path / "node").stat().st_mode & 0o111
