"""The interviewer that asks a model. The composition root makes one and gives it to the conductor.

The built-in interviewer decides whether to speak, and what is due; the model finds the words, where words are free.
Whatever goes wrong, the built-in words are said instead, and `source` says why.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from dataclasses import dataclass, replace

from mockloop.interviewer.built_in import BuiltInInterviewer
from mockloop.interviewer.model.actions import Permission
from mockloop.interviewer.model.context import next_rung, packed
from mockloop.interviewer.model.guard import Guard, Offence, Release
from mockloop.interviewer.model.kept_back import KeptBack, Secrets
from mockloop.interviewer.model.modes import Mode, load_mode
from mockloop.interviewer.model.outcome import said_by
from mockloop.interviewer.model.ports import Caller, Callers, Ledger
from mockloop.interviewer.model.prepared import Basis, Item, Preparation, Prepared
from mockloop.interviewer.phrasing import pieces
from mockloop.interviewer.port import PREPARE_AHEAD_S, Delta, Passed, Reset, Said, View
from mockloop.llm.port import AllFailed, Done, Models, Restart, Text, Usage
from mockloop.modes.diagram import diagram_lines
from mockloop.modes.fencing import NonceOf, open_nonces, tokens
from mockloop.modes.mode import Packed

MODE = "live_interviewer"

TURN_S = 100.0
"""For all providers together; the conductor gives a turn up at `rooms.conductor.TURN_LIMIT_S`."""

BUILT_IN_MOVES = frozenset({"greet", "hint", "repeat", "notice", "check_in", "follow_up", "wrap_up"})
"""Said by the built-in interviewer, always: they open, time and close the interview, or marks rest on their words."""

BUILT_IN_RULES = ("orders:", "facts:", "solution:")
"""Nor is a model asked for these: who gives orders gets none carried on, and facts are the bank's."""

TURNS_IN_HAND = 10
"""A turn is prepared only while so many more like it are affordable: it may be thrown away, and must not be what makes
the interview run dry. With the bank's questions (1 650 to 2 170 tokens) that is a third of a session's default budget.
"""

_SECRETS_KEPT = 64

log = logging.getLogger(__name__)

Piece = Delta | Reset | Said | Passed


@dataclass
class _Call:
    """One turn on its way."""

    view: View
    planned: Said
    caller: Caller
    context: Packed
    permission: Permission
    kept_back: KeptBack
    guard: Guard
    release: Release
    provider: int = 0
    paid: bool = False
    """Whether somebody else writes down what it uses."""

    def begin_anew(self, failed: str) -> None:
        """Another provider speaks; which one is known for sure only when it is done."""
        names = [provider.name for provider in self.caller.providers]
        self.provider = min(names.index(failed) + 1 if failed in names else self.provider, len(names) - 1)
        self.release = Release(self.guard)

    def estimate(self, seconds: float, fault: str) -> Usage:
        """What a call cost that was left before the provider gave figures."""
        return Usage.of_cut_short(
            self.caller.providers[self.provider],
            "interviewer",
            input_tokens=self.context.estimate,
            output_tokens=tokens(self.release.received),
            seconds=seconds,
            fault=fault,
        )


class ModelInterviewer:
    """`nonce_of` is for tests that compare whole prompts."""

    def __init__(self, models: Models, callers: Callers, ledger: Ledger, *, nonce_of: NonceOf | None = None) -> None:
        self._models = models
        self._callers = callers
        self._ledger = ledger
        self._built_in = BuiltInInterviewer()
        self._nonce_of = nonce_of or open_nonces()
        self._mode: Mode = load_mode(MODE)
        self._secrets: dict[str, Secrets] = {}
        self._ahead = Prepared()

    async def turn(self, view: View) -> AsyncIterator[Piece]:
        """See `Interviewer.turn`."""
        try:
            planned = self._built_in.answer(view)
        except Exception:
            log.exception("the built-in interviewer failed", extra={"session": view.seed})
            yield Passed("fault: the turn could not be worked out")
            return
        ahead = self._ahead.take(view.seed, Basis.of(view, planned) if isinstance(planned, Said) else None)
        if isinstance(planned, Passed):
            yield planned
            return
        shown = False
        outcome = planned
        try:
            async with aclosing(self._asked(view, planned, ahead)) as asked:
                async for piece in asked:
                    if isinstance(piece, Said):
                        outcome = piece
                        break
                    shown = isinstance(piece, Delta)
                    yield piece
        except Exception:
            log.exception("a model's turn failed", extra={"session": view.seed})
            outcome = replace(planned, source="built-in:fault")
        finally:
            if ahead is not None:
                ahead.cancel()
        if outcome.source.startswith("built-in"):
            if shown:
                yield Reset()
            for words in pieces(outcome.text):
                yield Delta(words)
        yield outcome

    def prepare(self, view: View) -> None:
        """See `Foresighted.prepare`. What comes of it is used by the turn that it fits, and by no other."""
        self._ahead.begin(view.seed, lambda preparation: self._find_ahead(view, preparation))

    def forget(self, seed: str) -> None:
        """See `Foresighted.forget`."""
        self._ahead.forget(seed)

    async def aclose(self) -> None:
        """See `Foresighted.aclose`."""
        await self._ahead.aclose()

    async def _find_ahead(self, view: View, preparation: Preparation) -> None:
        """Ask as `_asked` does, and keep what comes. Nobody hears it yet; the turn reads it once more."""
        planned = self._built_in.answer(view)
        if isinstance(planned, Passed) or is_built_in(planned):
            return
        preparation.basis = Basis.of(view, planned)
        caller = await self._callers.caller_of(view.seed)
        if caller is None or not caller.providers:
            return
        call = self._call(view, planned, caller)
        in_hand = call.context.estimate * (1 + TURNS_IN_HAND)
        left = await self._ledger.affordable(caller.owner, caller.session, caller.providers, in_hand)
        if not left:
            return
        call.caller = replace(caller, providers=left)
        preparation.caller = caller
        began = asyncio.get_running_loop().time()
        stream = preparation.copied(self._models.stream(left, "interviewer", call.context.prompt))
        async with aclosing(self._charged(call, stream, began + PREPARE_AHEAD_S + TURN_S)) as heard:
            async for piece in heard:
                preparation.unfit = isinstance(piece, Said) and piece.source.startswith("built-in")

    async def _asked(
        self, view: View, planned: Said, ahead: Preparation | None
    ) -> AsyncGenerator[Delta | Reset | Said, None]:
        """The model's words as they come, then the turn: the model's, or `planned` with the reason for it."""
        if is_built_in(planned):
            yield planned
            return
        try:
            caller = await self._callers.caller_of(view.seed)
        except Exception:
            # Nobody knows whether there is a model to stand in for.
            log.exception("whom to ask could not be found out", extra={"session": view.seed})
            caller = None
        if caller is None or not caller.providers:
            yield planned
            return
        call = self._call(view, planned, caller)
        stream: AsyncIterator[Item]
        if ahead is not None and ahead.caller == caller:
            call.paid = True
            stream = ahead.items()
        else:
            if ahead is not None:
                ahead.cancel()  # the user has chosen somebody else meanwhile
            left = await self._ledger.affordable(caller.owner, caller.session, caller.providers, call.context.estimate)
            if not left:
                yield replace(planned, source="built-in:budget")
                return
            call.caller = replace(caller, providers=left)
            stream = self._models.stream(left, "interviewer", call.context.prompt)
        deadline = asyncio.get_running_loop().time() + TURN_S
        async with aclosing(self._charged(call, stream, deadline)) as heard:
            async for piece in heard:
                yield piece

    async def _charged(
        self, call: _Call, stream: AsyncIterator[Item], deadline: float
    ) -> AsyncGenerator[Delta | Reset | Said, None]:
        """As `_heard`; a call that failed is written down too, and what was planned is said instead."""
        began = asyncio.get_running_loop().time()
        whole = False
        try:
            async with aclosing(self._heard(call, stream, deadline)) as heard:
                async for piece in heard:
                    whole = isinstance(piece, Said)
                    yield piece
            return
        except (GeneratorExit, asyncio.CancelledError):
            if not whole:  # nobody wants the rest, and what came has to be paid
                await self._record(call, call.estimate(asyncio.get_running_loop().time() - began, "thrown_away"))
            raise
        except AllFailed as failed:
            fault = failed.faults[-1] if failed.faults else "unreachable"
            await self._record(call, *failed.usage)
        except TimeoutError:
            fault = "timed_out"
            await self._record(call, call.estimate(deadline - began, fault))
        except Offence as offence:
            fault = {"refusal": "refused", "empty": "empty"}.get(offence.what, "guarded")
            log.warning("a model's words were not shown", extra={"session": call.view.seed, "offence": offence.what})
            await self._record(call, call.estimate(asyncio.get_running_loop().time() - began, fault))
        yield replace(call.planned, source=f"built-in:{fault}")

    async def _heard(
        self, call: _Call, stream: AsyncIterator[Item], deadline: float
    ) -> AsyncGenerator[Delta | Reset | Said, None]:
        """Raises `AllFailed`, `Offence`, and `TimeoutError` at the deadline, by the event loop's clock."""
        try:
            while True:
                async with asyncio.timeout_at(deadline):
                    item = await anext(stream)
                match item:
                    case Text(text=text):
                        if words := call.release.feed(text):
                            yield Delta(words)
                    case Restart(provider=provider):
                        if call.release.shown:
                            yield Reset()
                        call.begin_anew(provider)
                    case Done(usage=usage):
                        if words := call.release.finish():
                            yield Delta(words)
                        await self._record(call, *usage.earlier, usage)
                        yield said_by(usage.provider, call.release, call.planned, call.permission, call.kept_back)
                        return
        finally:
            if isinstance(stream, AsyncGenerator):
                await stream.aclose()

    def _call(self, view: View, planned: Said, caller: Caller) -> _Call:
        permission = self._permission(view, planned)
        nonce = self._nonce_of(view.seed)
        context = packed(self._mode, view, planned, permission, nonce)
        kept_back = KeptBack(
            self._secrets_of(view), hint=_highest_given(view, permission), public=_public(view, planned)
        )
        guard = Guard(kept_back, nonce=nonce, prompt=(context.prompt.instructions,), most_words=self._mode.most_words)
        return _Call(view, planned, caller, context, permission, kept_back, guard, Release(guard))

    def _permission(self, view: View, planned: Said) -> Permission:
        """What the stage allows, less an unasked hint, a part after the last, and an early end."""
        segment = view.state.segment
        here = self._mode.allowance(segment.stages if segment else ())
        rung = next_rung(view.state)
        kinds = set(here.may)
        # A hint lowers what can be earned: a model may give one only to who says that they are stuck.
        hint = rung if "stuck" in planned.about.split() and rung <= here.hints else 0
        if not hint:
            kinds.discard("hint")
        if view.state.next_segment_id is None:
            kinds.discard("move_on")
        if not any("follow_up" in message.about for message in view.state.messages):
            kinds.discard("end")  # nobody is talked out of the questions that marks rest on
        return Permission(frozenset(kinds), hint)

    def _secrets_of(self, view: View) -> Secrets:
        known = self._secrets.get(view.question.id)
        if known is None or known.question is not view.question:
            if len(self._secrets) >= _SECRETS_KEPT:
                self._secrets.pop(next(iter(self._secrets)))
            known = self._secrets[view.question.id] = Secrets(view.question)
        return known

    async def _record(self, call: _Call, *usages: Usage) -> None:
        """The account must not cost the candidate a turn."""
        if call.paid:
            return
        caller = call.caller
        try:
            await self._ledger.record_all(caller.owner, caller.session, MODE, usages)
        except Exception:
            log.exception("what a call used was not written down", extra={"session": str(caller.session)})


def is_built_in(planned: Said) -> bool:
    """Whether these words are the built-in interviewer's in any case."""
    counted = any(about.startswith(("follow_up", "hint:")) for about in planned.about.split())
    return planned.move in BUILT_IN_MOVES or counted or planned.reason.startswith(BUILT_IN_RULES)


def _highest_given(view: View, permission: Permission) -> int:
    return max(permission.hint, next_rung(view.state) - 1)


def _public(view: View, planned: Said) -> list[str]:
    """What the candidate has before them, beside the question: the conversation, and all that is their own."""
    runs = [run.result for run in view.state.runs if run.result is not None]
    return [
        planned.text,
        *(message.text for message in view.state.messages),
        *(file.text for file in view.state.solutions.values()),
        *(f"{test.arguments} {test.expected} {test.actual}" for run in runs[-2:] for test in run.tests),
        *(text for text in (view.resume, view.job) if text),
        *(diagram_lines(view.diagram) if view.diagram else ()),
    ]
