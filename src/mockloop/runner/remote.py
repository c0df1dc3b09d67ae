"""The backend that asks a runner service on another machine (`runner.service`, started with `mockloop runner`)."""

import json
from typing import Any

import httpx

from mockloop.runner.contract import RunnerUnavailable, RunResult, Script, Solution

_CONNECT_S = 5.0
_ANSWER_S = 180.0
"""Longer than the service's queue lets wait plus the longest job: a slow answer is the queue's, not a failure."""


class RemoteBackend:
    """Sends each job to `url` and gives back its answer. Every failure on the way is `RunnerUnavailable`."""

    name = "remote"

    def __init__(self, *, url: str, secret: str, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._url = url.rstrip("/")
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {secret}", "Content-Type": "application/json"},
            timeout=httpx.Timeout(_ANSWER_S, connect=_CONNECT_S),
            transport=transport,
            trust_env=False,
        )

    async def run(self, job: Script | Solution) -> RunResult:
        body = json.dumps(job.model_dump())
        try:
            answer = await self._client.post(f"{self._url}/runs", content=body)
        except httpx.HTTPError as error:
            told = str(error) or type(error).__name__
            raise RunnerUnavailable(f"the runner service at {self._url} does not answer: {told}") from error
        if answer.status_code != httpx.codes.OK:
            raise RunnerUnavailable(f"the runner service at {self._url} refused: {_message(answer)}")
        try:
            return RunResult.model_validate(json.loads(answer.content))
        except ValueError as error:
            raise RunnerUnavailable(f"the runner service at {self._url} answered something else") from error

    async def aclose(self) -> None:
        await self._client.aclose()


def _message(answer: httpx.Response) -> str:
    try:
        body: Any = answer.json()
        return str(body["message"])
    except (ValueError, KeyError, TypeError):
        return f"status {answer.status_code}"
