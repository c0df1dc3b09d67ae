"""The OpenAPI document, with the socket's messages in it: the frontend's types are generated from this one file."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from mockloop.rooms.protocol import Incoming, Notice
from mockloop.sessions.state import SessionState

SOCKET_PATH = "/ws/{session_id}"


def document_of(app: FastAPI) -> dict[str, Any]:
    """The document, made once and kept."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, summary=app.summary, routes=app.routes, tags=app.openapi_tags
        )
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        schemas.update(_socket_schemas())
        document["x-socket"] = {
            "path": SOCKET_PATH,
            "query": {"after": "resume after this seq", "token": "access token, for programs"},
            "client_sends": {"$ref": "#/components/schemas/SocketIncoming"},
            "server_sends": {"$ref": "#/components/schemas/SocketNotice"},
        }
        app.openapi_schema = document
    return app.openapi_schema


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
