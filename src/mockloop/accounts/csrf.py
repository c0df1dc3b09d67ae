"""Refuses requests that a page of another site makes with our user's cookies.

A browser says where a request comes from (`Sec-Fetch-Site`, `Origin`) and a page cannot forge that. Programs send
neither and pass; a Bearer token is no cookie and passes too. The WebSocket check is in `current`.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mockloop.accounts.errors import CrossSiteRequest

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


class CsrfGuard:
    """ASGI middleware for the whole app: `app.add_middleware(CsrfGuard, public_url=settings.public_url)`."""

    def __init__(self, app: ASGIApp, public_url: str | None = None) -> None:
        self._app = app
        self._public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            headers = Headers(scope=scope)
            bearer = headers.get("authorization", "").lower().startswith("bearer ")
            if not bearer and is_cross_site(headers, self._public_url):
                error = CrossSiteRequest()
                await JSONResponse(error.body(), error.status)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def is_cross_site(headers: Headers, public_url: str | None) -> bool:
    """Whether a browser says that this request was made by a page that is not ours.

    Hosts are compared without the scheme: behind a proxy that speaks TLS, we see http.
    """
    origin = headers.get("origin")
    if origin is not None and public_url is not None and origin.lower() == public_url:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    if origin is None:
        return False
    return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
