"""Reads the passages that an objection points to again, for one criterion, each on its own and with its neighbours.

What was no evidence stays none: words taken over from others, lists of keywords, texts that deny everything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mockloop.judging.appeals.pointing import Passage
from mockloop.judging.coding import Examined
from mockloop.judging.communication import mark_communication
from mockloop.judging.efficiency import mark_efficiency
from mockloop.judging.process import mark_process
from mockloop.judging.record import Message
from mockloop.judging.scorecard import CriterionMark, DimensionId, Evidence
from mockloop.judging.spoken import Spoken, heard_before, spoken
from mockloop.language import Span

CLAIMS = ("stated-time", "stated-space")
"""The last claim counts, so a passage is read before the message it stands in and does not hide what follows."""

READ_AS_A_WHOLE = ("clarity",)
"""A measure over everything that was said; no passage of it can be taken alone."""

OF_WORDS: dict[DimensionId, tuple[str, ...] | None] = {
    "communication": None,
    "process": ("clarified", "planned"),
    "efficiency": CLAIMS,
}
"""Criteria that rest on what was said, per dimension; None for all of its criteria."""

_NO_SENTENCES = ("keywords", "shuffled", "noise")
_BETWEEN = "\n"


@dataclass(frozen=True)
class Reread:
    """What one passage comes to, read again. `joined`: together with the messages beside it."""

    passage: Passage
    joined: bool
    mark: CriterionMark


def rests_on_words(dimension: DimensionId, criterion: str) -> bool:
    """Whether reading a passage again can change this mark."""
    ids = OF_WORDS.get(dimension, ())
    return criterion not in READ_AS_A_WHOLE and (ids is None or criterion in ids)


def reread(examined: Examined, passages: Sequence[Passage], dimension: DimensionId, criterion: str) -> Iterator[Reread]:
    """The criterion's mark for each passage alone, then joined with its neighbours."""
    for passage in passages:
        for joined in (False, True):
            piece = _Piece.of(examined, passage, joined)
            if piece is None:
                continue
            messages = piece.put_into(examined.messages, before=criterion in CLAIMS)
            mark = _mark(replace(examined, messages=messages), dimension, criterion)
            if mark is not None:
                evidence = tuple(dict.fromkeys(one for found in mark.evidence for one in piece.anchored(found)))
                yield Reread(passage, joined, mark.model_copy(update={"evidence": evidence}))


def _mark(examined: Examined, dimension: DimensionId, criterion: str) -> CriterionMark | None:
    record, messages, checked = examined.record, examined.messages, examined.checked
    if dimension == "communication":
        found = mark_communication(record.question, messages)
    elif dimension == "process":
        found = mark_process(record, checked, messages)
    else:
        found, _ = mark_efficiency(record, checked, examined.measured, messages, 100)
    return next((mark for mark in found.criteria if mark.id == criterion), None)


@dataclass(frozen=True)
class _Piece:
    """A text made of one message's passage or of whole neighbouring messages, and where its parts come from."""

    spoken: Spoken
    first: int
    last: int
    parts: tuple[tuple[Span, Message], ...]

    @staticmethod
    def of(examined: Examined, passage: Passage, joined: bool) -> "_Piece | None":
        """None when there is nothing to read: no neighbour, or a text in which everything is denied."""
        said = examined.messages
        first, last = passage.index, passage.index
        if joined:
            first, last = max(0, first - 1), min(len(said) - 1, last + 1)
        if (joined and first == last) or any(one.denies for one in said[first : last + 1]):
            return None
        text, parts, not_own = "", [], []
        for one in said[first : last + 1]:
            span = Span(0, len(one.message.text)) if joined else passage.span
            at = len(text)
            text += one.message.text[span.start : span.end] + (_BETWEEN if joined else "")
            parts.append((Span(at, at + span.end - span.start), one.message))
            not_own += [
                Span(max(0, gone.start - span.start) + at, min(gone.end, span.end) - span.start + at)
                for gone in one.repeated
                if gone.start < span.end and span.start < gone.end
            ]
            if joined and one.reading.structure.kind in _NO_SENTENCES:
                not_own.append(parts[-1][0])
        newest = said[last].message
        message = Message(newest.seq, newest.at, text.rstrip(_BETWEEN))
        again = spoken(message, heard_before(examined.record, newest.seq), tuple(not_own))
        return _Piece(again, first, last, tuple(parts))

    def put_into(self, messages: Sequence[Spoken], *, before: bool) -> tuple[Spoken, ...]:
        """The messages with this piece in the place of those that it is made of, or `before` them."""
        rest = self.first if before else self.last + 1
        return (*messages[: self.first], self.spoken, *messages[rest:])

    def anchored(self, evidence: Evidence) -> Iterator[Evidence]:
        """The evidence where it really stands: a quote from the joined text, cut at the borders of messages."""
        text = self.spoken.message.text
        if evidence.kind != "said" or evidence.seq != self.spoken.message.seq or evidence.quote not in text:
            yield evidence
            return
        start = text.index(evidence.quote)
        end = start + len(evidence.quote)
        for span, message in self.parts:
            quote = text[max(start, span.start) : min(end, span.end)].strip()
            if start < span.end and span.start < end and quote:
                yield Evidence(kind="said", seq=message.seq, quote=quote)
