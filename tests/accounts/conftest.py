"""The users' endpoints on a real database, seen by browsers and programs at different addresses."""

from collections.abc import Callable

import httpx
import pytest
from fastapi import FastAPI, Request, WebSocket
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from mockloop.accounts.csrf import CsrfGuard
from mockloop.accounts.current import CurrentUser, user_from_websocket
from mockloop.accounts.endpoints import router
from mockloop.accounts.service import Accounts
from mockloop.errors import Invalid, MockLoopError

PASSWORD = "seven green bottles"
Browser = Callable[..., httpx.AsyncClient]


@pytest.fixture
def app(accounts: Accounts) -> FastAPI:
    """Only accounts, put together as `mockloop.app` does it."""
    app = FastAPI()
    app.state.accounts = accounts
    app.state.database = accounts.database
    app.include_router(router)
    app.add_middleware(CsrfGuard, public_url=None)

    @app.post("/api/things")
    async def things(user: CurrentUser) -> str:
        return str(user.id)

    @app.websocket("/ws")
    async def socket(socket: WebSocket) -> None:
        await socket.accept()
        try:
            await socket.send_text(str((await user_from_websocket(socket)).id))
        except MockLoopError as error:
            await socket.send_text(error.code)
        await socket.close()

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> JSONResponse:
        return JSONResponse(Invalid().body(), 422)

    @app.exception_handler(MockLoopError)
    async def ours(request: Request, error: MockLoopError) -> JSONResponse:
        return JSONResponse(error.body(), error.status, headers=error.headers())

    return app


@pytest.fixture
def browser(app: FastAPI) -> Browser:
    """A fresh browser at an address: keeps cookies, and says where its requests come from."""

    def at(address: str = "203.0.113.7", *, page: str = "http://mockloop.test") -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(app, client=(address, 40000)),
            base_url="http://mockloop.test",
            headers={"Origin": page},
        )

    return at


async def sign_up(client: httpx.AsyncClient, username: str = "ada", /, **more: str) -> httpx.Response:
    answer = await client.post("/api/users/create", json={"username": username, "password": PASSWORD, **more})
    assert answer.status_code == 201, answer.text
    return answer


async def log_in(client: httpx.AsyncClient, username: str = "ada", password: str = PASSWORD) -> httpx.Response:
    return await client.post("/api/users/login", json={"username": username, "password": password})
