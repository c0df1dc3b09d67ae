"""The OpenAPI document, with the socket's messages in it: the frontend's types are generated from this one file."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from mockloop.errors import MockLoopError, documented
from mockloop.rooms.protocol import Incoming, Notice
from mockloop.sessions.state import SessionState

SOCKET_PATH = "/ws/{session_id}"


Operation = dict[str, Any]
Shared = Sequence[tuple[Callable[[str, Operation], bool], Sequence[type[MockLoopError]]]]
"""Errors that do not come from endpoints but from what stands before them, and which operations can meet them."""


def anywhere(method: str, operation: Operation) -> bool:
    return True


def signed_in(method: str, operation: Operation) -> bool:
    """Whether an operation asks who is there."""
    return "security" in operation


def with_body(method: str, operation: Operation) -> bool:
    """Whether something is sent to an operation."""
    return "requestBody" in operation


def changing(method: str, operation: Operation) -> bool:
    """Whether an operation changes something."""
    return method != "get"


def document_of(app: FastAPI, shared: Shared = ()) -> dict[str, Any]:
    """The document, made once and kept. `shared` errors are added to the operations that can meet them."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, summary=app.summary, routes=app.routes, tags=app.openapi_tags
        )
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas.update(_socket_schemas())
        for methods in document["paths"].values():
            for method, operation in methods.items():
                for applies, errors in shared:
                    if applies(method, operation):
                        _add(operation, documented(*errors))
        document["x-socket"] = {
            "path": SOCKET_PATH,
            "query": {"after": "resume after this seq", "token": "access token, for programs"},
            "client_sends": {"$ref": "#/components/schemas/SocketIncoming"},
            "server_sends": {"$ref": "#/components/schemas/SocketNotice"},
        }
        app.openapi_schema = document
    return app.openapi_schema


def _add(operation: Operation, responses: Mapping[int | str, Mapping[str, Any]]) -> None:
    """Add responses, or their descriptions to the responses with the same status."""
    for status, response in responses.items():
        schema = {"$ref": "#/components/schemas/ErrorBody"}
        new = {"description": "", "content": {"application/json": {"schema": schema}}}
        known = operation["responses"].setdefault(str(status), new)
        if response["description"] not in known["description"]:
            known["description"] = "; ".join(text for text in (known["description"], response["description"]) if text)


def _socket_schemas() -> dict[str, Any]:
    schemas: dict[str, Any] = {}
    for name, adapter, mode in (
        ("SocketIncoming", TypeAdapter[Any](Incoming), "validation"),
        ("SocketNotice", TypeAdapter[Any](Notice), "serialization"),
        ("SessionState", TypeAdapter[Any](SessionState), "serialization"),
    ):
        schema = adapter.json_schema(mode=mode, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]
        schemas.update(schema.pop("$defs", {}))
        schemas[name] = schema
    return schemas
