"""The one family of errors, and the one shape in which they reach a client: `{code, message, details}`.

A feature's error is two lines: a class below one of the families, and a docstring that is the message.
Each edge (HTTP, socket, worker) translates a `MockLoopError` once, with `status`, `body()` and `headers()`.
"""

import inspect
import re
from typing import Any, ClassVar

from pydantic import BaseModel, Field
from pydantic_core import to_jsonable_python


class ErrorBody(BaseModel):
    """What every failed request answers."""

    code: str = Field(description="stable name of the error, for programs", examples=["session_over"])
    message: str = Field(description="what is true, in one or two sentences, for people")
    details: dict[str, Any] = Field(default_factory=dict, description="what the message is about; depends on `code`")


class MockLoopError(Exception):
    """Something went wrong on our side."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "code" not in cls.__dict__:
            cls.code = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", cls.__name__).lower()

    def __init__(self, **details: Any) -> None:
        """`details` fill the `{fields}` of the docstring and go to the client; never put a secret in them."""
        self.details = details
        self.message = self._template().format(**details)
        super().__init__(self.message)

    @classmethod
    def _template(cls) -> str:
        """The class's own docstring as one line; the code in words when docstrings were stripped (`-OO`)."""
        return " ".join(inspect.cleandoc(cls.__doc__).split()) if cls.__doc__ else cls.code.replace("_", " ")

    def body(self) -> dict[str, Any]:
        """The JSON body, made of plain JSON types."""
        return {"code": self.code, "message": self.message, "details": to_jsonable_python(self.details)}

    def headers(self) -> dict[str, str]:
        """The HTTP headers that belong to this error."""
        return {}


class Invalid(MockLoopError):
    """This request is not valid."""

    status = 422


class NotSignedIn(MockLoopError):
    """Sign in first."""

    status = 401

    def headers(self) -> dict[str, str]:
        return {"WWW-Authenticate": "Bearer"}


class Forbidden(MockLoopError):
    """You may not do this."""

    status = 403


class NotFound(MockLoopError):
    """There is nothing here."""

    status = 404


class NothingHere(NotFound):
    """There is nothing at this address."""


class Conflict(MockLoopError):
    """This does not fit what is already there."""

    status = 409


class PaymentRequired(MockLoopError):
    """Your package does not include this."""

    status = 402


class TooLarge(MockLoopError):
    """This is too large."""

    status = 413


class TooMany(MockLoopError):
    """Too many requests; try again in {retry_after_s} s."""

    status = 429

    def __init__(self, *, retry_after_s: int, **details: Any) -> None:
        """`retry_after_s`: whole seconds until a repeat can succeed, at least 1."""
        self.retry_after_s = max(1, retry_after_s)
        super().__init__(retry_after_s=self.retry_after_s, **details)

    def headers(self) -> dict[str, str]:
        return {"Retry-After": str(self.retry_after_s)}


class Unavailable(MockLoopError):
    """This is not available right now; try again in a moment."""

    status = 503

    def headers(self) -> dict[str, str]:
        return {"Retry-After": "1"}


def documented(*errors: type[MockLoopError]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of an endpoint that can fail with these errors, for the OpenAPI document."""
    by_status: dict[int, list[type[MockLoopError]]] = {}
    for error in errors:
        by_status.setdefault(error.status, []).append(error)
    return {
        status: {
            "model": ErrorBody,
            "description": "; ".join(f"`{error.code}`: {error._template()}" for error in same),
        }
        for status, same in by_status.items()
    }
