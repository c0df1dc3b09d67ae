"""A page of another site cannot act with our user's cookies; a program needs no ceremony."""

import httpx
import pytest
from fastapi import FastAPI
from starlette.types import Message

from mockloop.accounts.csrf import CsrfGuard
from mockloop.accounts.service import Accounts, Origin
from tests.accounts.conftest import PASSWORD, Browser, sign_up


async def test_our_own_page_may(browser: Browser) -> None:
    async with browser() as ada:
        await sign_up(ada)
        assert (await ada.post("/api/things")).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.test"},
        {"Origin": "null"},
        {"Origin": "http://mockloop.test:8001"},
        {"Origin": "http://mockloop.test", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://mockloop.test", "Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_site_may_not(browser: Browser, headers: dict[str, str]) -> None:
    async with browser() as ada:
        await sign_up(ada)
        answer = await ada.post("/api/things", headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "cross_site_request")
        assert (await ada.post("/api/users/logout", headers=headers)).status_code == 403
        assert (await ada.get("/api/users/me")).status_code == 200


async def test_nobody_is_signed_in_as_somebody_else_by_another_site(browser: Browser) -> None:
    async with browser() as ada:
        await sign_up(ada)
        body = {"username": "ada", "password": PASSWORD}
        forged = await ada.post("/api/users/login", json=body, headers={"Origin": "https://evil.test"})
    assert forged.status_code == 403


async def test_a_program_without_a_browser_s_headers_passes(app: FastAPI) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://mockloop.test") as program:
        await sign_up(program)
        assert (await program.post("/api/things")).status_code == 200


async def test_a_bearer_token_is_nobody_s_cookie(browser: Browser) -> None:
    async with browser() as ada, browser(page="https://elsewhere.test") as other_page:
        token = (await sign_up(ada, client="program")).json()["access_token"]
        answer = await other_page.post("/api/things", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200


async def test_behind_a_proxy_the_public_address_is_ours(app: FastAPI, accounts: Accounts) -> None:
    proxied = CsrfGuard(app, public_url="https://practice.example.org")
    headers = {"Origin": "https://practice.example.org", "Sec-Fetch-Site": "same-origin"}
    transport = httpx.ASGITransport(proxied)
    async with httpx.AsyncClient(transport=transport, base_url="http://10.0.0.5:8000", headers=headers) as ada:
        await sign_up(ada)


@pytest.mark.parametrize(
    ("origin", "answer"),
    [("http://mockloop.test", "user"), ("https://evil.test", "cross_site_request"), (None, "user")],
)
async def test_a_socket_with_a_cookie_only_opens_from_our_pages(
    app: FastAPI, accounts: Accounts, origin: str | None, answer: str
) -> None:
    ada = await accounts.sign_up("ada", PASSWORD, Origin("203.0.113.7"))
    headers = {"cookie": f"mockloop_access={ada.access_token}"} | ({"origin": origin} if origin else {})
    said = await said_by_socket(app, "/ws", headers)
    assert said == (str(ada.user_id) if answer == "user" else answer)


async def test_a_socket_with_a_token_opens_from_anywhere_and_only_with_a_good_one(
    app: FastAPI, accounts: Accounts
) -> None:
    ada = await accounts.sign_up("ada", PASSWORD, Origin("203.0.113.7", "program"))
    anywhere = {"origin": "https://elsewhere.test"}
    assert await said_by_socket(app, f"/ws?token={ada.access_token}", anywhere) == str(ada.user_id)
    assert await said_by_socket(app, f"/ws?token={ada.access_token}x", anywhere) == "token_not_valid"
    assert await said_by_socket(app, "/ws", {}) == "token_not_valid"


async def said_by_socket(app: FastAPI, path: str, headers: dict[str, str]) -> str:
    """The first message of a socket, spoken to as a server would: no client library, no second event loop."""
    path, _, query = path.partition("?")
    scope = {
        "type": "websocket",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "ws",
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in {"host": "mockloop.test", **headers}.items()],
        "subprotocols": [],
        "client": ("203.0.113.7", 40000),
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return str(next(message["text"] for message in sent if message["type"] == "websocket.send"))
