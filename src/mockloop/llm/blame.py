"""Which fault an exception is. One reading of what the vendors' libraries and pydantic-ai raise, both protocols alike.

Imports pydantic-ai, so it is itself imported by the first call only: see `orchestrator`.
"""

from collections.abc import Sequence

import httpx2
from pydantic_ai import exceptions as x
from pydantic_ai.messages import ModelMessage, ModelResponse

from mockloop.llm.faults import Failed, Fault
from mockloop.llm.port import AddressRefused
from mockloop.llm.wire import AnswerEncoded, AnswerTooLong

QUOTA_S = 600.0
"""A used-up quota does not come back by itself soon, but somebody may top it up."""

_OUTPUT_STAYED_WRONG = "Exceeded maximum"
"""How the message of pydantic-ai begins when its corrections are used up; it has no class of its own for that."""

_BY_CLASS: tuple[tuple[type[Exception], Fault], ...] = (
    # from the special to the general
    (TimeoutError, "timed_out"),
    (AnswerTooLong, "too_long"),
    (AnswerEncoded, "malformed"),
    (x.ModelQuotaExceededError, "rate_limited"),
    (x.ModelRateLimitError, "rate_limited"),
    (x.ModelUnavailableError, "overloaded"),
    (x.ModelServerError, "server_error"),
    (x.ModelAuthenticationError, "unauthorised"),
    (x.ModelContextWindowExceededError, "too_long"),
    (x.ModelRequestRejectedError, "bad_request"),
    (x.ModelTimeoutError, "timed_out"),
    (x.ModelRequestTimeout, "timed_out"),
    (x.ContentFilterError, "refused"),
    (x.OutputTokenLimitExceeded, "unfinished"),
    (x.UserError, "bad_request"),
    (httpx2.InvalidURL, "bad_request"),
    (httpx2.UnsupportedProtocol, "bad_request"),
    (httpx2.ConnectError, "unreachable"),
    (httpx2.ConnectTimeout, "unreachable"),
    (httpx2.TimeoutException, "timed_out"),
    (httpx2.TransportError, "cut"),
)


def blame(error: Exception, *, begun: bool, messages: Sequence[ModelMessage] = ()) -> Failed:
    """The fault that `error` is. `begun`: text had come before it. `messages`: those of a run with typed output."""
    for cause in _causes(error):
        if isinstance(cause, AnswerTooLong | AnswerEncoded):
            return Failed(_fault_by_class(cause))
        if isinstance(cause, AddressRefused):
            return Failed("unreachable", refused=cause)
    if isinstance(error, x.ModelConnectionError) and not isinstance(error, x.ModelTimeoutError):
        return Failed("cut" if begun or error.phase == "read" else "unreachable")
    if isinstance(error, x.ModelQuotaExceededError):
        return Failed("rate_limited", error.retry_after or QUOTA_S)
    if isinstance(error, x.UnexpectedModelBehavior) and _OUTPUT_STAYED_WRONG in error.message:
        return Failed(_last_word(messages))
    return Failed(_fault_by_class(error), error.retry_after if isinstance(error, x.ModelAPIError) else None)


def _fault_by_class(error: Exception) -> Fault:
    for kind, fault in _BY_CLASS:
        if isinstance(error, kind):
            return fault
    return _by_status(error) if isinstance(error, x.ModelHTTPError) else "malformed"


def _by_status(error: x.ModelHTTPError) -> Fault:
    if error.status_code >= 500:
        return "server_error"
    return "bad_request" if error.status_code >= 400 else "malformed"


def _causes(error: BaseException) -> list[BaseException]:
    """`error` and what led to it."""
    chain: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in chain:
        chain.append(cause)
        cause = cause.__cause__ or cause.__context__
    return chain


def _last_word(messages: Sequence[ModelMessage]) -> Fault:
    """Why typed output stayed wrong: a refusal and silence are not the same as a wrong shape."""
    for message in reversed(messages):
        if isinstance(message, ModelResponse):
            if message.finish_reason == "content_filter":
                return "refused"
            if not any(getattr(part, "content", None) or getattr(part, "args", None) for part in message.parts):
                return "empty"
            break
    return "invalid_output"
