"""The port between the conductor and whoever speaks as interviewer. An interviewer never marks; that is the judge's."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from mockloop.bank.question import CodingQuestion, CompanyStyle
from mockloop.sessions.events import Entry, Move
from mockloop.sessions.state import SessionState

PREPARE_AHEAD_S = 25.0
"""How long before a turn that is foreseen an interviewer may begin to prepare it: a slow model's whole turn."""


@dataclass(frozen=True)
class View:
    """All that an interviewer may know at a turn. `seed` is the session's id: same view and seed, same words.

    `resume` and `job` are texts, `diagram` the JSON of an Excalidraw scene, `diagram_before` the same as it was when
    the interviewer last spoke. Empty: the session has none.
    """

    seed: str
    question: CodingQuestion
    style: CompanyStyle
    state: SessionState
    entries: tuple[Entry, ...]
    now: datetime
    resume: str = ""
    job: str = ""
    diagram: str = ""
    diagram_before: str = ""


@dataclass(frozen=True)
class Delta:
    """A piece of text to show at once; never logged."""

    text: str


@dataclass(frozen=True)
class Reset:
    """Drop the deltas shown so far; another voice begins anew."""


@dataclass(frozen=True)
class Said:
    """The finished turn. `advance` asks the conductor to enter the next segment after it."""

    text: str
    move: Move
    reason: str
    about: str = ""
    hint_level: int | None = None
    advance: bool = False
    source: str = "built-in"


@dataclass(frozen=True)
class Passed:
    """The interviewer stays silent, for this reason."""

    reason: str


class Interviewer(Protocol):
    def turn(self, view: View) -> AsyncIterator[Delta | Reset | Said | Passed]:
        """One turn: any number of deltas, then exactly one `Said` or `Passed`. Never raises for its own failures."""
        ...


@runtime_checkable
class Foresighted(Protocol):
    """What an interviewer that takes long to find its words may do besides. Only its turns matter to the session."""

    def prepare(self, view: View) -> None:
        """Begin to find the words for a turn that is foreseen; `view` is the session as it will be. Returns at once."""
        ...

    def forget(self, seed: str) -> None:
        """Nothing more is said in this session."""
        ...

    async def aclose(self) -> None:
        """Leave what is being prepared."""
        ...
