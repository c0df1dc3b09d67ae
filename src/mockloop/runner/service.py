"""The runner service: runs code for web machines elsewhere, asked over HTTP with a shared secret.

`mockloop runner` serves it; `runner.remote` is its client. It knows no users, sessions or databases.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from secrets import compare_digest
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Header, Request, Response
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter, ValidationError

from mockloop.errors import Invalid, MockLoopError, NotSignedIn, TooLarge, Unavailable
from mockloop.runner.cases import explain
from mockloop.runner.contract import Job, RunnerUnavailable
from mockloop.runner.limits import CALLS_LIMIT_BYTES
from mockloop.runner.queue import QueuedRunner

SECRET_LEAST_CHARACTERS = 16
BODY_LIMIT_BYTES = CALLS_LIMIT_BYTES + (1 << 20)

_JOB: TypeAdapter[Any] = TypeAdapter(Job)


class WrongSecret(NotSignedIn):
    """The secret of the runner service is missing or wrong."""


class NotAJob(Invalid):
    """This is not a job: {reason}"""


class JobTooLarge(TooLarge):
    """The job is larger than the runner takes."""


class NoSandbox(Unavailable):
    """The runner cannot start a sandbox: {reason}"""


class SecretTooShort(ValueError):
    """The secret of the runner service must have at least 16 characters."""


def create_runner_app(runner: QueuedRunner, secret: str) -> FastAPI:
    """The service over `runner`, which it closes at its end. Raises `SecretTooShort`."""
    if len(secret) < SECRET_LEAST_CHARACTERS:
        raise SecretTooShort

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await runner.aclose()

    def knows_secret(authorization: Annotated[str, Header()] = "") -> None:
        if not compare_digest(authorization.encode(), f"Bearer {secret}".encode()):
            raise WrongSecret

    app = FastAPI(title="MockLoop runner", lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)

    @app.exception_handler(MockLoopError)
    async def refuse(_: Request, error: MockLoopError) -> JSONResponse:
        return JSONResponse(error.body(), status_code=error.status, headers=error.headers())

    @app.get("/health")
    async def health() -> dict[str, Any]:
        return {"slots": runner.slots, "waiting": runner.waiting}

    @app.post("/runs", dependencies=[Depends(knows_secret)])
    async def run(request: Request) -> Response:
        job = await _read_job(request)
        try:
            result = await runner.run(job, owner=request.headers.get("x-owner", ""))
        except RunnerUnavailable as error:
            raise NoSandbox(reason=error.reason) from error
        return Response(json.dumps(result.model_dump()), media_type="application/json")

    return app


async def _read_job(request: Request) -> Any:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > BODY_LIMIT_BYTES:
            raise JobTooLarge
    try:
        return _JOB.validate_python(json.loads(body), strict=False)
    except ValidationError as error:
        raise NotAJob(reason=explain(error)) from error
    except (ValueError, RecursionError) as error:
        raise NotAJob(reason="it is not JSON") from error
