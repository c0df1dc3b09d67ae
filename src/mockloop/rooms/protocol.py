"""What the socket speaks: commands come in, notices go out. Both lists are closed and part of the OpenAPI document.

A command carries a `client_id` that is unique in its session; sending it again changes nothing and is answered by
the entry that is there already. A client knows that a command was saved when it sees its own `client_id` in an entry.
"""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from mockloop.runner.contract import Language
from mockloop.sessions.events import CODE_LIMIT_BYTES, MESSAGE_LIMIT_BYTES, Entry, FileName

FRAME_LIMIT_BYTES = 3 * CODE_LIMIT_BYTES
"""The largest frame: a file at its limit, with every character escaped in JSON, and its envelope."""


class _Command(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    client_id: UUID


class Say(_Command):
    """Say something to the interviewer. `hint` and `repeat` alone, or with a slash, are commands."""

    type: Literal["Say"] = "Say"
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MESSAGE_LIMIT_BYTES)]


class AskHint(_Command):
    type: Literal["AskHint"] = "AskHint"


class AskRepeat(_Command):
    type: Literal["AskRepeat"] = "AskRepeat"


class Retry(_Command):
    """Ask for the interviewer's last words again, from the model for which the built-in interviewer stood in.

    Refused as `nothing_to_retry` once something else was said, and for hints and follow-up questions, which count.
    """

    type: Literal["Retry"] = "Retry"
    message_seq: Annotated[int, Field(ge=1, description="seq of the words")]


class EditFile(_Command):
    """Save the whole text of a file. Refused as `stale_edit` when another tab has saved since `base_seq`."""

    type: Literal["EditFile"] = "EditFile"
    file: FileName
    language: Language | None = None
    text: Annotated[str, StringConstraints(max_length=CODE_LIMIT_BYTES)]
    base_seq: Annotated[int, Field(ge=0, description="seq of the edit this one is made on top of; 0 for none")]
    force: bool = Field(False, description="overwrite what another tab saved; its text stays in the log")


class ChooseLanguage(_Command):
    type: Literal["ChooseLanguage"] = "ChooseLanguage"
    language: Language


class ResizeSegment(_Command):
    """Make the present segment longer or shorter by some minutes; the session's end stays."""

    type: Literal["ResizeSegment"] = "ResizeSegment"
    minutes: Annotated[float, Field(ge=-30, le=30)]


class EnterNextSegment(_Command):
    """Go on to the next segment now."""

    type: Literal["EnterNextSegment"] = "EnterNextSegment"


Command = Annotated[
    Say | AskHint | AskRepeat | Retry | EditFile | ChooseLanguage | ResizeSegment | EnterNextSegment,
    Field(discriminator="type"),
]


class Ping(BaseModel):
    """Asks for a `Pong`, to measure the link. Not a command: nothing is logged."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["Ping"] = "Ping"


Incoming = Annotated[Command | Ping, Field(discriminator="type")]
INCOMING: TypeAdapter[Command | Ping] = TypeAdapter(Incoming)


class _Notice(BaseModel):
    model_config = ConfigDict(frozen=True)


class Welcome(_Notice):
    """The first notice on every socket. Entries up to `last_seq` follow at once."""

    type: Literal["Welcome"] = "Welcome"
    session_id: UUID
    last_seq: int
    now: datetime = Field(description="the server's time; count down from it, not from your own clock")


class Happened(_Notice):
    """Entries of the log, in order and without gaps."""

    type: Literal["Happened"] = "Happened"
    entries: tuple[Entry, ...]


class Delta(_Notice):
    """A piece of what the interviewer is saying. The `InterviewerSaid` entry replaces all deltas of its turn."""

    type: Literal["Delta"] = "Delta"
    turn: int = Field(description="the seq that the turn answers")
    text: str


class Reset(_Notice):
    """Drop the deltas of this turn; it begins anew."""

    type: Literal["Reset"] = "Reset"
    turn: int


class Thinking(_Notice):
    """The interviewer has begun a turn and has said nothing yet."""

    type: Literal["Thinking"] = "Thinking"
    turn: int


class Queued(_Notice):
    """A run waits for its turn. Not logged; the run's result, or its loss, ends the waiting as well."""

    type: Literal["Queued"] = "Queued"
    run_id: UUID
    ahead: int = Field(description="how many runs of others go first; 0 when it waits no longer")


class Refused(_Notice):
    """A command was not carried out. `client_id` is empty when the frame could not be read at all."""

    type: Literal["Refused"] = "Refused"
    client_id: UUID | None
    code: str
    message: str
    details: dict[str, Any]


class Pong(_Notice):
    type: Literal["Pong"] = "Pong"
    now: datetime


Notice = Annotated[
    Welcome | Happened | Delta | Reset | Thinking | Queued | Refused | Pong,
    Field(discriminator="type"),
]

CLOSE_NOT_SIGNED_IN = 4401
CLOSE_NOT_FOUND = 4404
CLOSE_TOO_SLOW = 4408
CLOSE_RESTARTING = 1012
