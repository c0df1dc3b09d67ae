"""The HTTP client under both vendors' libraries: bounded answers, no redirects, no cookies.

Addresses may be anybody's, so an answer is never trusted to end. Imported with the vendors' libraries, never before.
"""

from collections.abc import AsyncIterator
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx2

from mockloop.llm.dialling import check_addresses
from mockloop.llm.port import Resolve

MOST_BYTES = 4_000_000
"""Of one answer as it comes over the wire; the envelopes of streamed tokens are some twenty times their text."""
CONNECT_S = 10.0
MOST_CONNECTIONS = 500
IDLE_CONNECTIONS = 100
IDLE_S = 30.0


class AnswerTooLong(Exception):
    """The provider sends more than we take."""


class AnswerEncoded(Exception):
    """The provider compresses its answer although it was asked not to; its true size cannot be known."""


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            size += len(chunk)
            if size > MOST_BYTES:
                raise AnswerTooLong
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _bound(response: httpx2.Response) -> None:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise AnswerEncoded
    assert isinstance(response.stream, httpx2.AsyncByteStream)
    response.stream = _Bounded(response.stream)


def open_client(resolve: Resolve | None = None) -> httpx2.AsyncClient:
    """A client for many providers. A redirect is not followed: a key goes to the address it was given for.

    `resolve` finds and checks the addresses it connects to; without it any may be called. Where the environment names
    a proxy (`HTTPS_PROXY` and the like, less `NO_PROXY`), calls go to that one, and it looks names up.
    """
    client = httpx2.AsyncClient(
        follow_redirects=False,
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        headers={"Accept-Encoding": "identity"},
        event_hooks={"response": [_bound]},
        timeout=httpx2.Timeout(None, connect=CONNECT_S),
        limits=httpx2.Limits(
            max_connections=MOST_CONNECTIONS, max_keepalive_connections=IDLE_CONNECTIONS, keepalive_expiry=IDLE_S
        ),
    )
    if resolve is not None:
        check_addresses(client, resolve)
    return client
