"""One interview without a server: a candidate, the interviewer with a model, and a clock that is moved by hand.

The log, the fold, the schedule and the interviewer are the product's own. Programs are not run: of each solution of the
bank it is known which tests it fails.
"""

import logging
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from bench.llm_eval.candidates import Candidate, Kind
from mockloop.bank.question import CodingQuestion, CompanyStyle
from mockloop.interviewer.model import interviewer as with_model
from mockloop.interviewer.model.interviewer import ModelInterviewer
from mockloop.interviewer.port import Delta, Reset, Said, View
from mockloop.llm.port import AllFailed, BadOutput, Done, Models, Prompt, Provider, Restart, Role, Text, Usage
from tests.support.scripted_models import OneCaller
from tests.support.story import Story

T = TypeVar("T")

IDLE_S = 60.0
"""Simulated seconds that a candidate waits who has nothing to do."""


@dataclass
class TokenLimit:
    """What all interviews and judgements together may use. `expected`: the input of each call, as estimated before."""

    most: int
    spent: int = 0
    expected: list[int] = field(default_factory=list)
    over: bool = False

    def fits(self, tokens: int) -> bool:
        """Whether a call with about so many input tokens may be made; once one may not, all is over."""
        self.over = self.over or self.spent + tokens > self.most
        if not self.over:
            self.expected.append(tokens)
        return not self.over


@dataclass
class Account:
    """The ledger of one interview, under the limit of all."""

    limit: TokenLimit
    usages: list[Usage] = field(default_factory=list)

    async def affordable(
        self, owner: UUID, session: UUID | None, providers: Sequence[Provider], estimate_tokens: int
    ) -> Sequence[Provider]:
        """See `interviewer.model.ports.Ledger`."""
        return providers if self.limit.fits(estimate_tokens) else ()

    async def record_all(self, owner: UUID, session: UUID | None, mode: str, usages: Sequence[Usage]) -> None:
        """See `interviewer.model.ports.Ledger`."""
        self.usages.extend(usages)
        self.limit.spent += sum(usage.input_tokens + usage.output_tokens for usage in usages)


@dataclass
class Call:
    """What a provider was told for one turn, and all that it wrote, shown or not."""

    prompt: Prompt
    text: str = ""


class Witness:
    """Passes calls on and keeps what was said, which the interviewer shows to nobody when it must not be shown."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self.calls: list[Call] = []
        self.rejected: list[str] = []
        """Why typed output was sent back, one entry each time."""

    async def stream(
        self, providers: Sequence[Provider], role: Role, prompt: Prompt
    ) -> AsyncGenerator[Text | Restart | Done, None]:
        """See `Models.stream`."""
        call = Call(prompt)
        self.calls.append(call)
        stream = self._models.stream(providers, role, prompt)
        assert isinstance(stream, AsyncGenerator)
        async with aclosing(stream):
            async for item in stream:
                if isinstance(item, Text):
                    call.text += item.text
                elif isinstance(item, Restart):
                    call.text = ""
                yield item

    async def ask(
        self,
        providers: Sequence[Provider],
        role: Role,
        prompt: Prompt,
        output: type[T],
        check: Callable[[T], None] | None = None,
    ) -> tuple[T, Usage]:
        """See `Models.ask`."""

        def witnessed(found: T) -> None:
            try:
                if check is not None:
                    check(found)
            except BadOutput as bad:
                self.rejected.append(bad.reason)
                raise

        return await self._models.ask(providers, role, prompt, output, witnessed)


class Rehearsing:
    """Models that always say the same: with them, the prompts are about as many and as long as those of real ones."""

    WORDS = (
        "So you would go through it from the beginning and keep what you have found so far. At each step you would "
        "look at what came before. What makes you sure that this is enough, and what would you do next?"
    )

    async def stream(
        self, providers: Sequence[Provider], role: Role, prompt: Prompt
    ) -> AsyncGenerator[Text | Restart | Done, None]:
        """See `Models.stream`."""
        yield Text(self.WORDS)
        yield Done(self.WORDS, Usage(providers[0].name, "", 0, 0, 0, None, 0.0, ()))

    async def ask(
        self,
        providers: Sequence[Provider],
        role: Role,
        prompt: Prompt,
        output: type[T],
        check: Callable[[T], None] | None = None,
    ) -> tuple[T, Usage]:
        """See `Models.ask`."""
        raise AllFailed(("unreachable",))


@dataclass(frozen=True)
class Turn:
    """A turn of the interviewer. `call`: what the model was asked, if it was; `offence`: why that was not shown."""

    view: View
    said: Said
    call: Call | None
    offence: str | None
    first_s: float | None
    total_s: float

    @property
    def by_model(self) -> bool:
        return self.said.source.startswith("model:")

    @property
    def fault(self) -> str | None:
        """Why the built-in interviewer stood in for a model, if it did."""
        return self.said.source.partition(":")[2] or None if self.said.source.startswith("built-in:") else None


@dataclass
class Interview:
    """What came of one interview. `whole`: its time ran out, as it should, and not the tokens."""

    kind: Kind
    question: CodingQuestion
    turns: list[Turn] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    usages: list[Usage] = field(default_factory=list)
    transcript: str = ""
    whole: bool = False


class Stopped(logging.Handler):
    """Collects, by session, what the guard did not let through; the interviewer logs nothing else about it."""

    def __init__(self) -> None:
        super().__init__()
        self.offences: dict[str, list[str]] = {}

    def emit(self, record: logging.LogRecord) -> None:
        offence = getattr(record, "offence", None)
        if offence is not None:
            self.offences.setdefault(getattr(record, "session", ""), []).append(str(offence))


@contextmanager
def watching_the_guard() -> Iterator[Stopped]:
    """What the guard stops while the block lasts."""
    stopped, log = Stopped(), logging.getLogger(with_model.__name__)
    propagates = log.propagate
    log.addHandler(stopped)
    log.propagate = False
    try:
        yield stopped
    finally:
        log.removeHandler(stopped)
        log.propagate = propagates


class Playing:
    """An interview while it is played."""

    def __init__(
        self,
        kind: Kind,
        question: CodingQuestion,
        style: CompanyStyle,
        providers: Sequence[Provider],
        models: Models,
        limit: TokenLimit,
        stopped: Stopped,
    ) -> None:
        self._story = Story(question, style, seed=f"{kind} {question.id}")
        self._candidate = Candidate(kind, question)
        self._witness = Witness(models)
        account = Account(limit)
        self._interviewer = ModelInterviewer(self._witness, OneCaller(tuple(providers)), account)
        self._limit = limit
        self._stopped = stopped.offences
        self._interview = Interview(kind, question, usages=account.usages)

    async def play(self) -> Interview:
        """From the greeting until the time of the interview, or the tokens of the evaluation, are used up."""
        self._story.started()
        await self._hears_if_owed()
        while not self._is_over:
            step = self._candidate.next_step(self._story)
            await self._passes(self._candidate.pace_s if step is not None else IDLE_S)
            if self._is_over:
                break
            if step is not None:
                _ = self._story.says(step) if isinstance(step, str) else step(self._story)
                await self._hears_if_owed()
        self._interview.transcript = self._story.transcript()
        self._interview.whole = not self._limit.over
        return self._interview

    @property
    def _is_over(self) -> bool:
        deadline = self._story.state.deadline_at
        return self._limit.over or (deadline is not None and self._story.now >= deadline)

    async def _passes(self, seconds: float) -> None:
        until = self._story.now + timedelta(seconds=seconds)
        while not self._limit.over and self._story.happens_by(until):
            await self._hears_if_owed()
        self._story.now = max(self._story.now, until)

    async def _hears_if_owed(self) -> None:
        if not self._story.state.owes_turn:
            return
        view, asked = self._story.view, len(self._witness.calls)
        stopped = len(self._stopped.get(view.seed, ()))
        began, first_s = time.perf_counter(), None
        async for piece in self._interviewer.turn(view):
            match piece:
                case Delta():
                    first_s = first_s or time.perf_counter() - began
                case Reset():
                    pass
                case outcome:
                    self._story.logs(outcome)
                    if isinstance(outcome, Said):
                        call = self._witness.calls[-1] if len(self._witness.calls) > asked else None
                        offences = self._stopped.get(view.seed, ())[stopped:]
                        offence = offences[0] if offences else None
                        total_s = time.perf_counter() - began
                        self._interview.turns.append(Turn(view, outcome, call, offence, first_s, total_s))
        part = self._story.state.segment_id
        if part is not None and part not in self._interview.parts:
            self._interview.parts.append(part)
