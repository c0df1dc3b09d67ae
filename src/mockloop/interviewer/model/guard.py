"""Reads what a model says before anybody sees it, sentence by sentence, together with all that came before it."""

import re
import unicodedata
from collections.abc import Iterable

from mockloop.interviewer.model.actions import MARK
from mockloop.interviewer.model.kept_back import KeptBack
from mockloop.modes.wording import offence_in, prompt_runs

_WORD_CHARACTERS = 9
"""A text has at most so many characters a word, on average."""

_UNIT_END = re.compile(r"[.!?…][)\"'”’»*_]*\s+|\n+")


class Offence(Exception):
    """A model's words may not be shown; `what` says why, in a few words of ours. Never reaches a client."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Guard:
    """For one turn of one model. `prompt`: the texts of ours that are not for the candidate."""

    def __init__(self, kept_back: KeptBack, *, nonce: str, prompt: Iterable[str], most_words: int) -> None:
        self._kept_back = kept_back
        self._nonce = nonce
        self._prompt = prompt_runs(prompt)
        self._most_words = most_words

    def check(self, text: str) -> None:
        """Raise `Offence` unless everything said so far may be shown."""
        offence = offence_in(text, nonce=self._nonce, prompt=self._prompt)
        if offence is not None:
            raise Offence(offence)
        text = unicodedata.normalize("NFKC", text)
        if len(text.split()) > self._most_words or len(text) > self._most_words * _WORD_CHARACTERS:
            raise Offence("too long")
        told = self._kept_back.told_by(text)
        if told is not None:
            raise Offence(told)


class Release:
    """Holds a stream back until a sentence is whole and checked. What follows the action mark is never released."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._received = ""
        self._released = 0
        self._heard = False

    @property
    def text(self) -> str:
        """The words so far, without the action line."""
        return self._received.partition(MARK)[0]

    @property
    def received(self) -> str:
        """Everything so far, as it came."""
        return self._received

    @property
    def shown(self) -> str:
        """What was released so far."""
        return self._received[: self._released]

    def feed(self, piece: str) -> str:
        """Take the next piece; the whole sentences that may now be shown, or nothing. Raises `Offence`."""
        self._received += piece
        text = self.text
        ends = [found.end() for found in _UNIT_END.finditer(text, self._released)]
        whole = ends[-1] if ends else 0
        if len(text) < len(self._received):
            whole = len(text)  # the action line has begun, so nothing is added to the words any more
        return self._up_to(whole)

    def finish(self) -> str:
        """The rest, when the stream is over. Raises `Offence`, also when there were no words at all."""
        if not self.text.strip():
            raise Offence("empty")
        return self._up_to(len(self.text))

    def _up_to(self, end: int) -> str:
        if end <= self._released:
            return ""
        said = self._received[:end]
        self._guard.check(said)
        piece = said[self._released :]
        self._released = end
        if not self._heard:
            piece = piece.lstrip()
            self._heard = bool(piece)
        return piece
