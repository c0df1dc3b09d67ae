"""The interviewer that needs no key and no network. The composition root makes one and gives it to the conductor."""

import logging
from collections.abc import AsyncIterator

from mockloop.bank.question import CodingQuestion
from mockloop.interviewer.moves import Silence
from mockloop.interviewer.phrasing import BRIEF_WORDS, GREETING_WORDS, compose, pieces
from mockloop.interviewer.policy import decide
from mockloop.interviewer.port import Delta, Passed, Reset, Said, View
from mockloop.interviewer.reading import QuestionReader
from mockloop.interviewer.situation import Situation

log = logging.getLogger(__name__)

_READERS_KEPT = 64


class BuiltInInterviewer:
    """Deterministic: the same view gives the same turn. Keeps only readers, which follow from the questions alone."""

    def __init__(self) -> None:
        self._readers: dict[str, QuestionReader] = {}

    async def turn(self, view: View) -> AsyncIterator[Delta | Reset | Said | Passed]:
        """The words at once, in a few deltas, then the turn."""
        try:
            outcome = self.answer(view)
        except Exception:
            # A fault of ours must not stop the session; the candidate can go on, and silence is always in order.
            log.exception("the built-in interviewer failed", extra={"session": view.seed})
            yield Passed("fault: the turn could not be worked out")
            return
        if isinstance(outcome, Said):
            for piece in pieces(outcome.text):
                yield Delta(piece)
        yield outcome

    def answer(self, view: View) -> Said | Passed:
        """The whole turn at once."""
        situation = Situation(view, self._reader(view.question))
        decision = decide(situation)
        turn = decision.turn
        if isinstance(turn, Silence):
            return Passed(decision.reason)
        limit = GREETING_WORDS if turn.move == "greet" else BRIEF_WORDS
        earlier = [message.text for message in situation.spoken]
        return Said(
            text=compose(turn.parts, seed=view.seed, seq=view.state.last_seq, earlier=earlier, limit=limit),
            move=turn.move,
            reason=decision.reason,
            about=turn.about,
            hint_level=turn.hint_level,
            advance=turn.advance and situation.following is not None,
        )

    def _reader(self, question: CodingQuestion) -> QuestionReader:
        reader = self._readers.get(question.id)
        if reader is None or (reader.question is not question and reader.question != question):
            if len(self._readers) >= _READERS_KEPT:
                self._readers.pop(next(iter(self._readers)))
            reader = self._readers[question.id] = QuestionReader(question)
        return reader
