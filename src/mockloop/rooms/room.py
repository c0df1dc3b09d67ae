"""A room: the open seats (tabs, devices, programs) of one session on this instance, and the log they all follow.

A room knows seats, not sockets. It holds the whole log, so joining at `after` and following live are one path: the
seat gets what is missing and then what is new. A seat that cannot keep up is closed; its client resumes.
"""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from mockloop.bank.question import CodingQuestion, CompanyStyle
from mockloop.rooms.protocol import Delta, Happened, Notice, Queued, Reset, Thinking
from mockloop.sessions.events import Entry, for_candidate
from mockloop.sessions.log import Log
from mockloop.sessions.state import SessionState, apply

SEAT_QUEUE = 256
"""Notices waiting for one socket; more means that its client does not read."""

BACKLOG_STEP = 100
"""Entries in one notice when a seat catches up."""


class Seat:
    """One consumer of a room."""

    def __init__(self, after: int) -> None:
        self.sent = after
        self.overflowed = False
        self._notices: asyncio.Queue[Notice | None] = asyncio.Queue(SEAT_QUEUE)

    def put(self, notice: Notice) -> None:
        """Hand over a notice; never waits."""
        if self.overflowed:
            return
        try:
            self._notices.put_nowait(notice)
        except asyncio.QueueFull:
            self.overflowed = True
            self.close()

    def close(self) -> None:
        """No more notices; whoever waits in `take` gets None."""
        if self._notices.full():
            self._notices.get_nowait()
        self._notices.put_nowait(None)

    async def take(self) -> Notice | None:
        """The next notice; None when the seat was closed."""
        return await self._notices.get()


class Room:
    """One session on this instance. `lock` orders its writers here; across instances the log's seq does."""

    def __init__(self, log: Log, user_id: UUID, question: CodingQuestion, style: CompanyStyle) -> None:
        self.log = log
        self.session_id = log.session_id
        self.user_id = user_id
        self.question = question
        self.style = style
        self.entries: list[Entry] = []
        self.state = SessionState()
        self.lock = asyncio.Lock()
        self.turn_lock = asyncio.Lock()
        self.used_at = 0.0
        self.foreseen: str | None = None
        """The part whose first turn was last prepared here; no part's is prepared twice."""
        self._seats: set[Seat] = set()
        self._turn: list[Notice] = []
        self._queued: dict[UUID, Queued] = {}

    @property
    def empty(self) -> bool:
        return not self._seats

    def take(self, entries: Sequence[Entry]) -> None:
        """Add what is new of `entries` and show it to every seat. What is here already is ignored."""
        new = [entry for entry in entries if entry.seq > self.state.last_seq]
        if not new:
            return
        for entry in new:
            self.state = apply(self.state, entry)
            self.entries.append(entry)
        if any(entry.event.type in ("InterviewerSaid", "InterviewerPassed") for entry in new):
            self._turn.clear()
        for seat in self._seats:
            self._bring_up_to_date(seat)

    def join(self, after: int) -> Seat:
        """A new seat that has seen everything up to `after`."""
        seat = Seat(min(after, self.state.last_seq))
        self._seats.add(seat)
        self._bring_up_to_date(seat)
        for notice in (*self._turn, *self._queued.values()):
            seat.put(notice)
        return seat

    def leave(self, seat: Seat) -> None:
        self._seats.discard(seat)

    def close(self) -> None:
        """Send everybody away; their clients come back to another instance, or to this one when it is up again."""
        for seat in self._seats:
            seat.close()

    def whisper(self, notice: Delta | Reset | Thinking | Queued) -> None:
        """Show something that is not logged. It is kept until it is over, for seats that join meanwhile."""
        match notice:
            case Queued(ahead=0):
                self._queued.pop(notice.run_id, None)
            case Queued():
                self._queued[notice.run_id] = notice
            case Reset():
                self._turn.clear()
            case Delta() if self._turn and isinstance(self._turn[-1], Delta):
                # As one: a long turn must not fill the queue of whoever comes in the middle of it.
                self._turn[-1] = Delta(turn=notice.turn, text=self._turn[-1].text + notice.text)
            case _:
                self._turn.append(notice)
        for seat in self._seats:
            seat.put(notice)

    def _bring_up_to_date(self, seat: Seat) -> None:
        ended = self.state.ended
        missing = self.entries[seat.sent :]
        for start in range(0, len(missing), BACKLOG_STEP):
            step = missing[start : start + BACKLOG_STEP]
            seat.put(Happened(entries=tuple(for_candidate(entry, ended=ended) for entry in step)))
        seat.sent = self.state.last_seq
