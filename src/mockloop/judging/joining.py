"""Several messages read as one text, and where each part of it really stands. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from mockloop.judging.record import Message
from mockloop.judging.scorecard import Evidence
from mockloop.language import Span

BETWEEN = "\n"


@dataclass(frozen=True)
class Part:
    """`span` of the joined text is the text of `message` from its character `start` on."""

    span: Span
    message: Message
    start: int


@dataclass(frozen=True)
class Joined:
    """A text, and the parts it is made of, in order."""

    text: str
    parts: tuple[Part, ...]

    def evidence(self, start: int, end: int, limit: int | None = None) -> tuple[Evidence, ...]:
        """What stands there, quoted from each message it belongs to; at most `limit` characters of each."""
        found = []
        for part in self.parts:
            first, last = max(start, part.span.start), min(end, part.span.end)
            quote = self.text[first:last]
            kept = quote.strip()
            if not kept:
                continue
            at = first - part.span.start + part.start + len(quote) - len(quote.lstrip())
            kept = _cut(kept, limit)
            found.append(Evidence(kind="said", seq=part.message.seq, quote=kept, start=at, end=at + len(kept)))
        return tuple(found)


def _cut(quote: str, limit: int | None) -> str:
    """The beginning, up to a border between words."""
    if limit is None or len(quote) <= limit:
        return quote
    return quote[:limit].rsplit(None, 1)[0].strip() or quote[:limit].strip()


def join(pieces: Sequence[tuple[Message, Span]]) -> Joined:
    """These parts of messages, one after the other."""
    text = ""
    parts: list[Part] = []
    for message, span in pieces:
        if parts:
            text += BETWEEN
        piece = message.text[span.start : span.end]
        parts.append(Part(Span(len(text), len(text) + len(piece)), message, span.start))
        text += piece
    return Joined(text, tuple(parts))


def whole(messages: Sequence[Message]) -> Joined:
    """Whole messages, one after the other."""
    return join([(message, Span(0, len(message.text))) for message in messages])
