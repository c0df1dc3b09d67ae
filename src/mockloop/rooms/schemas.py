"""Requests and responses of the live part of `/api/sessions`."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from mockloop.runner.contract import STDIN_LIMIT_BYTES, Language
from mockloop.sessions.events import CODE_LIMIT_BYTES, CodeRan, RunKind


class RunCode(BaseModel):
    """Code to run: as a program with its own input, or against the question's tests."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, StringConstraints(max_length=CODE_LIMIT_BYTES)]
    language: Language
    kind: RunKind = "script"
    stdin: Annotated[str, StringConstraints(max_length=STDIN_LIMIT_BYTES)] = ""
    client_id: UUID | None = Field(None, description="the same id again gives the same run, not a second one")


class RunReport(CodeRan):
    """What became of it; the same as the `CodeRan` entry in the log."""


class SaveDrawing(BaseModel):
    """The whole canvas, as Excalidraw's JSON."""

    model_config = ConfigDict(extra="forbid")

    drawing: dict[str, object]
    client_id: UUID | None = None


class DrawingSavedView(BaseModel):
    seq: int


class SessionStatusView(BaseModel):
    id: UUID
    status: Literal["created", "in_progress", "completed", "expired"]
    last_seq: int
