"""The port between the conductor and whoever speaks as interviewer. An interviewer never marks; that is the judge's."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from mockloop.bank.question import CodingQuestion, CompanyStyle
from mockloop.sessions.events import Entry, Move
from mockloop.sessions.state import SessionState


@dataclass(frozen=True)
class View:
    """All that an interviewer may know at a turn. `seed` is the session's id: same view and seed, same words."""

    seed: str
    question: CodingQuestion
    style: CompanyStyle
    state: SessionState
    entries: tuple[Entry, ...]
    now: datetime


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
