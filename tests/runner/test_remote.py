"""The runner service and its client, spoken to over the real application."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest

from mockloop.runner.backends import open_backend
from mockloop.runner.contract import RunnerUnavailable, RunResult, Script, Solution
from mockloop.runner.queue import QueuedRunner
from mockloop.runner.remote import RemoteBackend
from mockloop.runner.scripted import ScriptedRunner
from mockloop.runner.service import BODY_LIMIT_BYTES, SecretTooShort, create_runner_app

SECRET = "a secret of the two machines"
HELLO = Script(language="python", source="print('hello')")


def remote(backend: ScriptedRunner, secret: str = SECRET) -> RemoteBackend:
    app = create_runner_app(QueuedRunner(backend), SECRET)
    return RemoteBackend(url="http://runner", secret=secret, transport=httpx.ASGITransport(app))


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    app = create_runner_app(QueuedRunner(ScriptedRunner()), SECRET)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://runner") as client:
        yield client


async def test_job_and_result_travel_unchanged() -> None:
    wanted = RunResult(outcome="crashed", stdout="ä\0🎉", exit_code=3, message="Line 2: no", line=2)
    there = ScriptedRunner([wanted])
    job = Solution(
        language="typescript",
        source="x",
        entry_point="f",
        calls=((1, [2.5, None], {"$": "float", "v": "nan"}, 2**80),),
        parameter_kinds=("tree_node",),
    )
    backend = remote(there)
    assert await backend.run(job) == wanted
    assert there.jobs == [job]
    await backend.aclose()


async def test_wrong_secret_runs_nothing() -> None:
    there = ScriptedRunner()
    with pytest.raises(RunnerUnavailable, match="secret"):
        await remote(there, secret="a wrong secret of the two").run(HELLO)
    assert there.jobs == []


async def test_missing_sandbox_there_is_told_here() -> None:
    with pytest.raises(RunnerUnavailable, match="no user namespaces"):
        await remote(ScriptedRunner([RunnerUnavailable("no user namespaces")])).run(HELLO)


async def test_nobody_there_is_unavailable() -> None:
    backend = open_backend("remote", remote_url="http://127.0.0.1:9", remote_secret=SECRET)
    with pytest.raises(RunnerUnavailable, match="does not answer"):
        await backend.run(HELLO)
    await backend.aclose()


async def test_something_else_there_is_unavailable() -> None:
    answer = httpx.MockTransport(lambda _: httpx.Response(200, text="<html>"))
    with pytest.raises(RunnerUnavailable, match="something else"):
        await RemoteBackend(url="http://runner", secret=SECRET, transport=answer).run(HELLO)


BAD = [
    ("{", 422),
    ("[]", 422),
    ('{"kind": "script"}', 422),
    ('{"kind": "shell", "source": ""}', 422),
    ("[" * 100_000, 422),
]


@pytest.mark.parametrize(("body", "status"), BAD)
async def test_what_is_no_job_is_refused(client: httpx.AsyncClient, body: str, status: int) -> None:
    answer = await client.post("/runs", content=body, headers={"Authorization": f"Bearer {SECRET}"})
    assert answer.status_code == status
    assert answer.json()["code"] == "not_a_job"


async def test_large_body_is_refused(client: httpx.AsyncClient) -> None:
    body = json.dumps({"kind": "script", "language": "python", "source": "x" * BODY_LIMIT_BYTES})
    answer = await client.post("/runs", content=body, headers={"Authorization": f"Bearer {SECRET}"})
    assert answer.status_code == 413


async def test_limits_cannot_be_raised_over_the_wire(client: httpx.AsyncClient) -> None:
    job = {**HELLO.model_dump(), "limits": {"wall_s": 1000}}
    answer = await client.post("/runs", content=json.dumps(job), headers={"Authorization": f"Bearer {SECRET}"})
    assert answer.status_code == 422


async def test_health_needs_no_secret(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health")).json()["waiting"] == 0
    assert (await client.post("/runs")).status_code == 401


def test_short_secret_is_refused() -> None:
    with pytest.raises(SecretTooShort):
        create_runner_app(QueuedRunner(ScriptedRunner()), "short")
