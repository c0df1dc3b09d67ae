"""The largest body that any request may have; whatever is larger is refused before it is read. Used by `app`.

The framework's own limit answers in plain text; ours answers in the one shape of errors.
"""

import contextlib

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mockloop.errors import TooLarge

BODY_LIMIT_BYTES = 1024 * 1024
"""The drawing, the largest thing a client sends, has 512 kB; JSON may escape some of it."""


class BodyTooLarge(TooLarge):
    """A request may have at most {limit_bytes} bytes."""


class BodyLimit:
    """ASGI middleware: counts the body as it arrives, so that a missing or false Content-Length does not help."""

    def __init__(self, app: ASGIApp, limit_bytes: int = BODY_LIMIT_BYTES) -> None:
        self._app = app
        self._limit = limit_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if length.isdigit() and int(length) > self._limit:
            await self._refuse(scope, receive, send)
            return
        received = 0
        answered = overflowed = False

        async def counted() -> Message:
            nonlocal received, overflowed
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limit:
                overflowed = True
                raise _BodyOverflow
            return message

        async def noted(message: Message) -> None:
            nonlocal answered
            if overflowed and not answered:
                return  # the framework takes our refusal for a body that cannot be parsed, and would say so
            answered = True
            await send(message)

        with contextlib.suppress(_BodyOverflow):
            await self._app(scope, counted, noted)
        if overflowed and not answered:
            await self._refuse(scope, receive, send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        error = BodyTooLarge(limit_bytes=self._limit)
        await JSONResponse(error.body(), error.status)(scope, receive, send)


class _BodyOverflow(Exception):
    pass
