"""Words found before their turn comes: calls that are on their way or over, and what their words depend on.

Called by `ModelInterviewer` alone. At most one for a session; a turn takes it or throws it away, nothing is used twice.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

from mockloop.interviewer.model.context import next_rung
from mockloop.interviewer.model.ports import Caller
from mockloop.interviewer.port import Said, View
from mockloop.llm.port import AllFailed, Done, Restart, Text
from mockloop.runner.contract import Language

MOST_KEPT = 128
"""Sessions of one instance with something prepared; more than that get none."""

KEPT_FOR = timedelta(seconds=60)
"""How far the turn may be from the moment it was prepared for: the words know the time that is left."""

LINES_TYPED = 12
"""Changed lines that 25 s of typing may make: 90 words a minute are 190 characters, and a line of the bank's
solutions has 30 on average, so six, and as many again for lines gone over twice."""

CLOSING_S = 5.0

log = logging.getLogger(__name__)

Item = Text | Restart | Done


@dataclass(frozen=True)
class Basis:
    """What a turn's words depend on. Equal ones ask for the same words, but for the code and the time."""

    move: str
    about: str
    reason: str
    advance: bool
    segment_id: str | None
    message_seq: int
    result_seq: int
    rung: int
    language: Language
    code: str = field(compare=False)
    at: datetime = field(compare=False)

    @classmethod
    def of(cls, view: View, planned: Said) -> Self:
        """Of the words for `planned`. The seq of the log is not in it: it moves with every keystroke that is saved."""
        state = view.state
        file = state.solutions.get(state.language)
        return cls(
            move=planned.move,
            about=planned.about,
            reason=planned.reason,
            advance=planned.advance,
            segment_id=state.segment_id,
            message_seq=max((message.seq for message in state.messages), default=0),
            result_seq=max((run.result_seq or 0 for run in state.runs), default=0),
            rung=next_rung(state),
            language=state.language,
            code=file.text if file else view.question.starter.get(state.language, ""),
            at=view.now,
        )

    def holds(self, present: "Basis") -> bool:
        """Whether words made from this will do for the turn that is due at present."""
        # The first words of a part are about the part and the conversation. Who types while they are found goes on
        # with the same code; only another program is another subject.
        return self == present and abs(self.at - present.at) <= KEPT_FOR and not rewritten(self.code, present.code)


def rewritten(before: str, after: str) -> bool:
    """Whether the code was emptied, replaced, or changed in more lines than somebody types meanwhile.

    Lines are counted wherever they stand, so the time is linear in their number (64 kB twice: 18 ms).
    """
    if before == after:
        return False
    old, new = _lines(before), _lines(after)
    if old and not old & new:
        return True
    return max((old - new).total(), (new - old).total()) > LINES_TYPED


def _lines(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.splitlines() if line.strip())


class Preparation:
    """One call ahead of its turn. Whoever finds the words sets `basis`, and `caller` when a provider is asked;
    and `unfit` when the words may not be said.
    """

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self.basis: Basis | None = None
        self.caller: Caller | None = None
        self.unfit = False
        self._items: list[Item] = []
        self._over = False
        self._failed: AllFailed | None = None
        self._news = asyncio.Event()
        self.task: asyncio.Task[None] | None = None

    @property
    def usable(self) -> bool:
        """On its way, or whole: not one that failed, whose turn is better asked for anew."""
        return not self.unfit and (not self._over or self._whole)

    @property
    def over(self) -> bool:
        return self._over

    @property
    def _whole(self) -> bool:
        return bool(self._items) and isinstance(self._items[-1], Done)

    def run(self, find: "Find") -> asyncio.Task[None]:
        """Begin, in the background."""
        self.task = asyncio.create_task(self._run(find))
        return self.task

    async def _run(self, find: "Find") -> None:
        try:
            await find(self)
        except Exception:
            # Nothing is owed before its time: the turn is taken as if nobody had tried.
            log.exception("a turn could not be prepared", extra={"session": self.seed})
        finally:
            self._end()

    async def copied(self, stream: AsyncIterator[Item]) -> AsyncGenerator[Item]:
        """The items of a call as they come, kept for `items`."""
        try:
            async for item in stream:
                self._items.append(item)
                self._news.set()
                if isinstance(item, Done):
                    self._end()
                yield item
        except AllFailed as failed:
            self._failed = failed
            raise
        finally:
            self._end()
            if isinstance(stream, AsyncGenerator):
                await stream.aclose()

    async def items(self) -> AsyncGenerator[Item]:
        """What came and what comes, for one listener, as if it had called itself. Raises `AllFailed`."""
        heard = 0
        while True:
            while heard < len(self._items):
                heard += 1
                yield self._items[heard - 1]
            if self._over:
                if not self._whole:
                    raise self._failed or AllFailed(("cut",))
                return
            self._news.clear()
            await self._news.wait()

    def cancel(self) -> None:
        """Leave the call, if it is on its way; one that is over is written down in peace."""
        if self.task is not None and not self._over:
            self.task.cancel()

    def _end(self) -> None:
        self._over = True
        self._news.set()


Find = Callable[[Preparation], Awaitable[None]]
"""Finds the words, reading the call through `Preparation.copied`."""


class Prepared:
    """What this instance has prepared, by session."""

    def __init__(self) -> None:
        self._kept: dict[str, Preparation] = {}
        self._running: set[Preparation] = set()

    def __len__(self) -> int:
        return len(self._kept)

    def begin(self, seed: str, find: Find) -> None:
        """Let `find` work in the background, in the place of what the session had. While too many do, nothing is."""
        self.forget(seed)
        if len(self._kept) >= MOST_KEPT:
            # The oldest of those that are over: its turn was taken elsewhere, or never came.
            spare = next((kept for kept, one in self._kept.items() if one.over), None)
            if spare is None:
                return
            del self._kept[spare]
        preparation = self._kept[seed] = Preparation(seed)
        self._running.add(preparation)
        preparation.run(find).add_done_callback(lambda _: self._let_go(preparation))

    def take(self, seed: str, present: Basis | None) -> Preparation | None:
        """What was prepared for this turn, once. Whatever it is, nothing is prepared for the session afterwards."""
        preparation = self._kept.pop(seed, None)
        if preparation is None:
            return None
        basis = preparation.basis
        if present is not None and basis is not None and preparation.usable and basis.holds(present):
            return preparation
        preparation.cancel()
        return None

    def forget(self, seed: str) -> None:
        """The session is over, or something else is prepared for it."""
        self.take(seed, None)

    async def aclose(self) -> None:
        """Leave all calls, and let them be written down."""
        self._kept.clear()
        tasks = [one.task for one in self._running if one.task is not None]
        for preparation in self._running:
            preparation.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=CLOSING_S)

    def _let_go(self, preparation: Preparation) -> None:
        self._running.discard(preparation)
        if not preparation.usable and self._kept.get(preparation.seed) is preparation:
            del self._kept[preparation.seed]
