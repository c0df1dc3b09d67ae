"""Reads what a model says before anybody sees it, sentence by sentence, together with all that came before it."""

import re
import unicodedata
from collections.abc import Iterable

from mockloop.interviewer.model.actions import MARK
from mockloop.interviewer.model.kept_back import KeptBack, Runs, word_runs

RUN_OF_PROMPT = 8
"""So many words in a row, shared with the instructions, show the prompt."""

_NUMBER = r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten)"
_ABOUT_TESTS = r"(?!\s*(?:\w+\s+){0,2}(?:tests?|cases?|runs?))"
_WILL = r"(?:['’](?:ve|d|ll)| have| would| will| could| did| are going to| should)"

_VERDICTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_NUMBER}\s*(?:/|out of)\s*(?:10|100|ten|a hundred)\b{_ABOUT_TESTS}",
        r"\b\d+ of (?:10|100)\b(?=\s*(?:[.,;!?]|$|points|for you))",
        r"\b\d{1,3} ?(?:points?|percent|%) (?:for|to) (?:you|this|that|your)\b",
        rf"\byou{_WILL} (?:\w+ly )?(?:pass|fail|succeed)(?:ed)?\b(?! (?:\w+ )?(?:tests?|cases?|an?|in|it|them)\b)",
        r"\byou(?: are|['’]re)? (?:pass|fail)(?:ed|ing)?\s*(?:[.,!]|$|as )",
        r"\b(?:pass|fail)(?:ed|ing)? (?:the|this|your) (?:interview|round|screen)\b",
        r"\b(?:strong|no|lean|clear) hire\b|\bhire you\b|\bhired\b|\bhiring (?:decision|recommendation)\b",
        r"\byour (?:final |overall )?(?:score|mark|grade|rating)s?\b|\b(?:full|perfect|top) (?:score|mark|grade)s?\b",
        r"\bI(?:['’](?:d|ll)| would| will)? (?:rate|score|grade|mark) (?:you|this|that|your)\b",
    )
)

_REFUSAL = re.compile(
    r"\b(?:as an? (?:ai|language model|large language)|i(?:'m| am|’m) (?:just )?an? (?:ai|language model)|"
    r"i(?:'m| am|’m) (?:sorry|afraid),? (?:but )?(?:i )?(?:can(?:no|')t|cannot|can’t|won't|am unable|am not able)|"
    r"i (?:can't|cannot|can’t|won't) (?:help|assist|comply|continue) with)",
    re.IGNORECASE,
)

_CODED = re.compile(r"[A-Za-z0-9+/=_-]{40,}")
"""Longer than any word: something written so that it is not read here."""

_WORD_CHARACTERS = 9
"""A text has at most so many characters a word, on average."""

_MARKUP = re.compile(r"https?:|www\.|\]\(|!\[|</?[a-z][^>]*>|```|~~~|\bjavascript:|\bdata:\w+/", re.IGNORECASE)

_PROMPT = re.compile(
    r"\bmaterial id=|\bsystem prompt\b|\bmy (?:instructions|rules|prompt) (?:are|is|say)", re.IGNORECASE
)

_UNIT_END = re.compile(r"[.!?…][)\"'”’»*_]*\s+|\n+")


_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})


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
        self._prompt: Runs = frozenset[tuple[str, ...]]().union(*(word_runs(text, RUN_OF_PROMPT) for text in prompt))
        self._most_words = most_words

    def check(self, text: str) -> None:
        """Raise `Offence` unless everything said so far may be shown."""
        if _CODED.search(text) or any(unicodedata.category(c) in _INVISIBLE and c not in "\n\t\r" for c in text):
            raise Offence("coded")
        text = unicodedata.normalize("NFKC", text)
        if self._nonce in text or _PROMPT.search(text) or word_runs(text, RUN_OF_PROMPT) & self._prompt:
            raise Offence("prompt")
        if _REFUSAL.search(text):
            raise Offence("refusal")
        if _MARKUP.search(text):
            raise Offence("markup")
        if any(verdict.search(text) for verdict in _VERDICTS):
            raise Offence("verdict")
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
