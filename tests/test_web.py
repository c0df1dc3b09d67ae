"""The built frontend as a browser asks for it: encodings, caching, unknown addresses, and what never becomes a page."""

import base64
import gzip
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, WebSocket
from starlette.types import Message

from mockloop.web import WebFiles

BROWSER = {"accept": "text/html,*/*;q=0.8", "accept-encoding": "gzip, deflate, br"}
SCRIPT = "self.theme='dark'"
PAGE = f"<!doctype html><script src='/a.js'></script><script>{SCRIPT}</script><title>{{}}</title>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files = {
        "index.html": PAGE.format("Home"),
        "login.html": PAGE.format("Log in"),
        "login/__next._tree.txt": "tree",
        "404.html": PAGE.format("Not here"),
        "_next/static/chunks/a.0f.js": "run()" * 200,
        "vendor/font.woff2": "font",
        "name with space.txt": "space",
        ".stamp": "secret",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    script = tmp_path / "_next/static/chunks/a.0f.js"
    script.with_name("a.0f.js.gz").write_bytes(gzip.compress(script.read_bytes()))
    script.with_name("a.0f.js.br").write_bytes(b"brotli")
    return tmp_path


def app_over(folder: Path) -> FastAPI:
    app = FastAPI()

    @app.get("/api/known")
    def known() -> str:
        return "known"

    @app.websocket("/ws/{session_id}")
    async def socket(websocket: WebSocket, session_id: str) -> None:
        await websocket.accept()
        await websocket.close(1000)

    app.router.default = WebFiles(folder)
    return app


def client_of(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://mockloop.test")


@pytest.fixture
async def client(folder: Path) -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(app_over(folder)) as client:
        yield client


@pytest.mark.parametrize(("path", "title"), [("/", "Home"), ("/login", "Log in"), ("/login?next=%2Fstart", "Log in")])
async def test_a_page_has_a_plain_address(client: httpx.AsyncClient, path: str, title: str) -> None:
    page = await client.get(path, headers=BROWSER)
    assert page.status_code == 200
    assert f"<title>{title}</title>" in page.text
    assert page.headers["cache-control"] == "no-cache"
    assert page.headers["x-content-type-options"] == "nosniff"


async def test_only_the_scripts_of_the_page_may_run(client: httpx.AsyncClient) -> None:
    policy = (await client.get("/", headers=BROWSER)).headers["content-security-policy"]
    digest = base64.b64encode(hashlib.sha256(SCRIPT.encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in policy
    assert "frame-ancestors 'none'" in policy


async def test_a_trailing_slash_leads_to_the_page(client: httpx.AsyncClient) -> None:
    answer = await client.get("/login/?next=%2Fstart", headers=BROWSER)
    assert (answer.status_code, answer.headers["location"]) == (308, "/login?next=%2Fstart")


@pytest.mark.parametrize("path", ["//elsewhere.example/", "/elsewhere/", "//elsewhere.example//login/"])
async def test_a_slash_never_leads_to_another_host(client: httpx.AsyncClient, path: str) -> None:
    request = httpx.Request("GET", httpx.URL("http://mockloop.test").copy_with(raw_path=path.encode()), headers=BROWSER)
    answer = await client.send(request)
    assert answer.status_code == 404
    assert "location" not in answer.headers


async def test_an_unknown_page_is_the_designed_404(client: httpx.AsyncClient) -> None:
    page = await client.get("/nowhere", headers=BROWSER)
    assert (page.status_code, "Not here" in page.text) == (404, True)
    asset = await client.get("/_next/static/gone.js", headers={"accept": "*/*"})
    assert (asset.status_code, asset.text) == (404, "not found\n")
    assert (await client.get("/404", headers=BROWSER)).status_code == 404


@pytest.mark.parametrize(
    "path", ["/.stamp", "/../pyproject.toml", "/%2e%2e/pyproject.toml", "/login/%252e%252e/.stamp"]
)
async def test_nothing_but_the_export_is_served(client: httpx.AsyncClient, path: str) -> None:
    url = httpx.URL("http://mockloop.test").copy_with(raw_path=path.encode())
    answer = await client.send(httpx.Request("GET", url))
    assert answer.status_code == 404


async def test_a_name_is_decoded_once(client: httpx.AsyncClient) -> None:
    assert (await client.get("/name%20with%20space.txt")).text == "space"
    assert (await client.get("/name%2520with%2520space.txt")).status_code == 404


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("identity", None), ("br;q=0, gzip;q=0.5", "gzip"), ("*", "br")],
)
async def test_the_smallest_encoding_the_client_takes(folder: Path, accepted: str, encoding: str | None) -> None:
    headers = {"accept-encoding": accepted}
    async with (
        client_of(app_over(folder)) as client,
        client.stream("GET", "/_next/static/chunks/a.0f.js", headers=headers) as answer,
    ):
        body = b"".join([part async for part in answer.aiter_raw()])
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert int(answer.headers["content-length"]) == len(body)
    assert "immutable" in answer.headers["cache-control"]
    if encoding == "gzip":
        assert gzip.decompress(body) == b"run()" * 200


async def test_what_the_browser_has_is_not_sent_again(client: httpx.AsyncClient) -> None:
    first = await client.get("/", headers=BROWSER)
    again = await client.get("/", headers=BROWSER | {"if-none-match": f'W/"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert (await client.get("/", headers=BROWSER | {"if-none-match": '"other"'})).status_code == 200


async def test_head_answers_like_get_without_a_body(client: httpx.AsyncClient) -> None:
    for path in ("/login", "/login/__next._tree.txt"):
        got, head = await client.get(path), await client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert {**head.headers} == {**got.headers}


async def test_the_api_never_answers_with_a_page(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api/known")).json() == "known"
    for path in ("/api/unknown", "/api", "/ws/unknown"):
        answer = await client.get(path, headers=BROWSER)
        assert answer.status_code == 404
        assert answer.json()["code"] == "not_found"
    assert (await client.post("/api/known")).status_code == 405, "the route's own answer comes first"


async def test_pages_can_only_be_read(client: httpx.AsyncClient) -> None:
    answer = await client.post("/login", headers=BROWSER)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


async def test_a_socket_that_does_not_exist_is_refused(folder: Path) -> None:
    async def speaks_to(path: str) -> Message:
        incoming: list[Message] = [{"type": "websocket.connect"}]
        outgoing: list[Message] = []

        async def receive() -> Message:
            return incoming.pop(0) if incoming else {"type": "websocket.disconnect", "code": 1000}

        async def send(message: Message) -> None:
            outgoing.append(message)

        scope = {"type": "websocket", "path": path, "headers": [], "query_string": b"", "subprotocols": []}
        await app_over(folder)(scope, receive, send)
        return outgoing[0]

    assert (await speaks_to("/ws/known"))["type"] == "websocket.accept"
    refusal = await speaks_to("/elsewhere")
    assert (refusal["type"], refusal["code"]) == ("websocket.close", 4404)


async def test_a_missing_build_says_so(tmp_path: Path) -> None:
    async with client_of(app_over(tmp_path / "absent")) as client:
        answer = await client.get("/", headers=BROWSER)
        assert (answer.status_code, "has not been built" in answer.text) == (503, True)
        assert (await client.get("/api/known")).status_code == 200
