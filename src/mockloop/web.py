"""Serves the built frontend (`static/`, made by `web/`) beside the API on one origin.

`app.py` makes it the router's default (`app.router.default = WebFiles(folder)`), so it sees only what no route took,
and a known address with the wrong method stays the 405 that it is.
"""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

from starlette.types import Receive, Scope, Send

CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}

COMPRESSED = ((".br", b"br"), (".gz", b"gzip"))
"""Twins that the build puts beside a text file, the smaller first."""

SERVER_PREFIXES = ("/api/", "/ws/")
"""Never answered with a page: a program that asks for JSON must not get HTML."""

INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.S)

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; media-src 'self' blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
)
"""Inline scripts are admitted one by one, by hash. Styles are not: Monaco and the toasts write them at run time."""

SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), microphone=(self)"),
)

NOT_BUILT = b"The frontend has not been built. Run `make run`, or `node web/scripts/build-if-stale.mjs`.\n"

Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True)
class _File:
    """One file in memory, in each encoding there is. `headers` are those that do not depend on the encoding."""

    bodies: dict[bytes, bytes]
    etag: str
    headers: Headers


class WebFiles:
    """An ASGI application over an exported folder, read once: a rebuild shows after a restart, never by halves."""

    def __init__(self, folder: Path) -> None:
        self._files = _read(folder)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4404, "reason": "no such socket"})
        elif scope["type"] == "http":
            await _answer(self._files, scope, send)


def _read(folder: Path) -> dict[str, _File]:
    """Every file by its URL path, as the ASGI `path` spells it (decoded)."""
    files: dict[str, _File] = {}
    encodings = {suffix for suffix, _ in COMPRESSED}
    for file in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if file.is_file() and file.suffix not in encodings and not file.name.startswith("."):
            url = "/" + file.relative_to(folder).as_posix()
            files[url] = _load(file, url)
    return files


def _load(file: Path, url: str) -> _File:
    content = file.read_bytes()
    twins = ((name, file.with_name(file.name + suffix)) for suffix, name in COMPRESSED)
    bodies = {name: twin.read_bytes() for name, twin in twins if twin.is_file()}
    headers: Headers = [
        (b"content-type", CONTENT_TYPES.get(file.suffix, "application/octet-stream").encode()),
        (b"cache-control", _cache_control(url).encode()),
        (b"last-modified", formatdate(file.stat().st_mtime, usegmt=True).encode()),
        *SECURITY_HEADERS,
    ]
    if bodies:
        headers.append((b"vary", b"accept-encoding"))
    if file.suffix == ".html":
        policy = CONTENT_SECURITY_POLICY.format(scripts="".join(_script_hashes(content)))
        headers.append((b"content-security-policy", policy.encode()))
    return _File(bodies | {b"identity": content}, hashlib.sha256(content).hexdigest()[:20], headers)


def _script_hashes(html: bytes) -> Iterable[str]:
    for script in sorted({found for found in INLINE_SCRIPT.findall(html) if found}):
        yield f" 'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"


def _cache_control(url: str) -> str:
    """Names under `/_next/static/` carry a hash of the content; everything else must be asked for again."""
    if url.startswith("/_next/static/"):
        return "public, max-age=31536000, immutable"
    return "public, max-age=604800" if url.startswith("/vendor/") else "no-cache"


async def _answer(files: dict[str, _File], scope: Scope, send: Send) -> None:
    path: str = scope["path"]
    asked = {name: value.decode("latin-1") for name, value in scope["headers"]}
    head = scope["method"] == "HEAD"
    if path.startswith(SERVER_PREFIXES) or path in ("/api", "/ws"):
        await _send(send, 404, *_json_error("not_found", "There is no such address in this API."), head)
    elif scope["method"] not in ("GET", "HEAD"):
        status_headers, body = _json_error("method_not_allowed", "Pages can only be read.")
        await _send(send, 405, [*status_headers, (b"allow", b"GET, HEAD")], body, head)
    elif not files:
        await _send(send, 503, [(b"content-type", b"text/plain; charset=utf-8")], NOT_BUILT, head)
    elif path != "/" and path.endswith("/") and _find(files, path.rstrip("/")):
        # Only to a path that exists, so `//elsewhere.example/` cannot become a redirect to another host.
        query = b"?" + scope["query_string"] if scope["query_string"] else b""
        await _send(send, 308, [(b"location", path.rstrip("/").encode() + query)], b"", head)
    else:
        await _send_file(files, path, asked, send, head)


def _find(files: dict[str, _File], path: str) -> _File | None:
    if path.endswith("/"):
        return files.get(path + "index.html")
    return files.get(path) or files.get(path + ".html")


async def _send_file(files: dict[str, _File], path: str, asked: dict[bytes, str], send: Send, head: bool) -> None:
    missing = files.get("/404.html")
    file = _find(files, path)
    status = 404 if file is missing or file is None else 200
    if file is None:
        file = missing if "text/html" in asked.get(b"accept", "") else None
    if file is None:
        await _send(
            send, 404, [(b"content-type", b"text/plain; charset=utf-8"), *SECURITY_HEADERS], b"not found\n", head
        )
        return
    encoding = _encoding(file, asked.get(b"accept-encoding", ""))
    # One tag per representation, as a cache must not put a brotli body under a plain one's name.
    etag = f'"{file.etag}"' if encoding == b"identity" else f'"{file.etag}-{encoding.decode()}"'
    headers = [*file.headers, (b"etag", etag.encode())]
    if status == 200 and _matches(etag, asked.get(b"if-none-match", "")):
        await _send(send, 304, headers, b"", head=True, length=False)
        return
    if encoding != b"identity":
        headers.append((b"content-encoding", encoding))
    await _send(send, status, headers, file.bodies[encoding], head)


def _encoding(file: _File, accepted: str) -> bytes:
    """The smallest encoding the client takes; a quality of zero is a refusal."""
    takes = {}
    for part in accepted.lower().split(","):
        name, _, parameters = part.partition(";")
        takes[name.strip()] = not re.fullmatch(r"q=0(\.0*)?", parameters.replace(" ", ""))
    for _, encoding in COMPRESSED:
        if encoding in file.bodies and takes.get(encoding.decode(), takes.get("*", False)):
            return encoding
    return b"identity"


def _matches(etag: str, if_none_match: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in tags or "*" in tags


def _json_error(code: str, message: str) -> tuple[Headers, bytes]:
    body = json.dumps({"code": code, "message": message, "details": {}}).encode()
    return [(b"content-type", b"application/json"), *SECURITY_HEADERS], body


async def _send(
    send: Send, status: int, headers: Headers, body: bytes, head: bool = False, length: bool = True
) -> None:
    if length:
        headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else body})
