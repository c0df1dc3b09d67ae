"""The web process: HTTP, sockets, timers, and by default the jobs. `create_app` is its composition root."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from mockloop import openapi
from mockloop.accounts import endpoints as accounts
from mockloop.accounts.csrf import CsrfGuard
from mockloop.accounts.errors import CrossSiteRequest, TokenNotValid
from mockloop.accounts.passwords import Hasher
from mockloop.bank import endpoints as bank
from mockloop.clock import Clock
from mockloop.composition import Parts, open_parts, tasks_of
from mockloop.db.engine import DatabaseUnavailable
from mockloop.errors import ErrorBody, Invalid, MockLoopError, NothingHere, Unavailable
from mockloop.interviewer.port import Interviewer
from mockloop.jobs.worker import run_worker
from mockloop.judging import endpoints as judging
from mockloop.judging.appeals import endpoints as appeals
from mockloop.judging.repetition import endpoints as repetition
from mockloop.judging.written import endpoints as written
from mockloop.limits import BodyLimit, BodyTooLarge
from mockloop.llm.port import Models
from mockloop.models import endpoints as models_of_users
from mockloop.models.operator import endpoints as operator
from mockloop.rooms import endpoints as rooms
from mockloop.rooms import socket
from mockloop.runner.contract import Runner
from mockloop.sessions import endpoints as sessions
from mockloop.settings import Settings
from mockloop.web import WebFiles

STATIC = Path(__file__).parent / "static"

log = structlog.get_logger(__name__)


class InvalidRequest(Invalid):
    """This request does not have the form that the API expects: {reason}"""


class NotReady(Unavailable):
    """The server is starting or stopping; try again in a moment."""


BEFORE_ENDPOINTS: openapi.Shared = (
    (openapi.anywhere, (DatabaseUnavailable,)),
    (openapi.signed_in, (TokenNotValid,)),
    (openapi.with_body, (BodyTooLarge,)),
    (openapi.changing, (CrossSiteRequest,)),
)
"""What middleware and dependencies answer before an endpoint is reached."""


def create_app(
    settings: Settings,
    database_url: str = "",
    database_direct_url: str | None = None,
    *,
    interviewer: Interviewer | None = None,
    runner: Runner | None = None,
    clock: Clock | None = None,
    hasher: Hasher | None = None,
    models: Models | None = None,
) -> FastAPI:
    """The ASGI app on a database that is up and migrated. Connects to nothing before its lifespan begins."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_parts(
            settings,
            database_url,
            database_direct_url,
            interviewer=interviewer,
            runner=runner,
            clock=clock,
            hasher=hasher,
            models=models,
        ) as parts:
            _keep(app, parts)
            background = [asyncio.create_task(work) for work in _background_work(parts)]
            try:
                yield
            finally:
                parts.rooms.close()
                for task in background:
                    task.cancel()
                await asyncio.gather(*background, return_exceptions=True)

    app = FastAPI(
        title="MockLoop",
        version="0.1.0",
        summary="Practise interviews on your own machine.",
        lifespan=lifespan,
        generate_unique_id_function=_operation_id,
        docs_url="/api/docs",
        redoc_url=None,
        responses={422: {"model": ErrorBody, "description": "`invalid_request` and the like: what was sent is wrong"}},
    )
    app.state.settings = settings
    for feature in (
        accounts, models_of_users, operator, bank, sessions, rooms, judging, appeals, written, repetition, socket,
    ):  # fmt: skip
        app.include_router(feature.router)
    app.add_api_route("/api/health", health, include_in_schema=True, tags=["operation"])
    _translate_errors(app)
    app.openapi = lambda: openapi.document_of(app, BEFORE_ENDPOINTS)  # type: ignore[method-assign]
    app.add_middleware(CsrfGuard, public_url=settings.public_url)
    app.add_middleware(BodyLimit)
    # Not a mount: that would answer a wrong method on an address of the API with 404 instead of 405.
    app.router.default = WebFiles(STATIC)
    return app


def _keep(app: FastAPI, parts: Parts) -> None:
    """Where endpoints find what they need."""
    for name in (
        "database", "vault", "accounts", "jobs", "bank", "formats", "runner", "clock", "rooms", "conductor", "runs",
        "timers", "session_rules", "models", "written",
    ):  # fmt: skip
        setattr(app.state, name, getattr(parts, name))


def _background_work(parts: Parts) -> Sequence[Any]:
    async def reconnected() -> None:
        await parts.rooms.catch_up_behind()

    work = [
        parts.hints.send_forever(),
        parts.hints.listen_forever(parts.rooms.hinted, reconnected),
        parts.timers.attend_forever(),
        parts.timers.poll_forever(),
    ]
    if parts.settings.jobs_in_process:
        work.append(run_worker(parts.jobs, tasks_of(parts), concurrency=parts.settings.worker_concurrency))
    return work


async def health(request: Request) -> dict[str, str]:
    """Whether this instance can serve: it answers, and its database does."""
    database = getattr(request.app.state, "database", None)
    if database is None:
        raise NotReady
    async with database.begin() as db:
        await db.connection()
    return {"status": "ok"}


def _operation_id(route: APIRoute) -> str:
    return route.name


def _sayable(part: str | int) -> str:
    """A name that the client sent, as our answer can repeat it: JSON may hold half characters, UTF-8 may not."""
    return str(part).encode("utf-8", "replace").decode()


def _translate_errors(app: FastAPI) -> None:
    """Every failure leaves in the one shape `{code, message, details}`."""

    @app.exception_handler(MockLoopError)
    async def ours(request: Request, error: MockLoopError) -> JSONResponse:
        return JSONResponse(error.body(), error.status, headers=error.headers())

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0] if error.errors() else {"loc": (), "msg": "unreadable"}
        where = ".".join(_sayable(part) for part in first["loc"] if part != "body")
        problems = [{"where": [_sayable(part) for part in e["loc"]], "message": e["msg"]} for e in error.errors()[:20]]
        reason = f"{where}: {first['msg']}" if where else str(first["msg"])
        body = InvalidRequest(reason=reason).body()
        return JSONResponse({**body, "details": {"problems": jsonable_encoder(problems)}}, 422)

    @app.exception_handler(HTTPException)
    async def framework(request: Request, error: HTTPException) -> JSONResponse:
        if error.status_code == 404:
            return JSONResponse(NothingHere().body(), 404)
        if error.status_code == 400:  # a body that is not even text
            return JSONResponse(InvalidRequest(reason="the body cannot be read").body(), 422)
        body = {"code": f"http_{error.status_code}", "message": str(error.detail), "details": {}}
        return JSONResponse(body, error.status_code, headers=error.headers)

    @app.exception_handler(Exception)
    async def unforeseen(request: Request, error: Exception) -> JSONResponse:
        log.exception("request.failed", method=request.method, path=request.url.path, exc_info=error)
        return JSONResponse(MockLoopError().body(), 500)
