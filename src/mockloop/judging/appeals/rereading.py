"""Reads the passages that an objection points to again, for one criterion, each on its own and with its neighbours.

What was no evidence stays none: words taken over from others, lists of keywords, texts that deny everything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mockloop.judging.appeals.pointing import Passage
from mockloop.judging.coding import Examined
from mockloop.judging.communication import mark_communication
from mockloop.judging.efficiency import mark_efficiency
from mockloop.judging.feedback import FOLLOW_UP
from mockloop.judging.follow_ups import criterion_of, exchanges_of, graded, out_of_each
from mockloop.judging.joining import Joined, Part, join, whole
from mockloop.judging.process import mark_process
from mockloop.judging.record import Message
from mockloop.judging.scorecard import CriterionMark, DimensionId, Evidence
from mockloop.judging.spoken import Spoken, heard_before, spoken
from mockloop.language import Span, parse_complexities

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


def reread(
    examined: Examined, passages: Sequence[Passage], dimension: DimensionId, criterion: str, objection: str
) -> Iterator[Reread]:
    """The criterion's mark for each passage alone, then joined with its neighbours."""
    if criterion.startswith(FOLLOW_UP):
        yield from _reread_follow_up(examined, passages, criterion, objection)
        return
    for passage in passages:
        for joined in (False, True):
            piece = _Piece.of(examined, passage, joined)
            if piece is None or (criterion in CLAIMS and _claims_otherwise(passage, criterion)):
                continue
            messages = piece.put_into(examined.messages, before=criterion in CLAIMS)
            mark = _mark(replace(examined, messages=messages), dimension, criterion)
            if mark is not None:
                evidence = tuple(dict.fromkeys(one for found in mark.evidence for one in piece.anchored(found)))
                yield Reread(passage, joined, mark.model_copy(update={"evidence": evidence}))


def _claims_otherwise(passage: Passage, criterion: str) -> bool:
    """Whether the rest of the message claims another cost, so that the passage may be what it takes back."""
    kind = "time" if criterion == "stated-time" else "space"
    claims = [claim for claim in parse_complexities(passage.message.text) if claim.kind == kind and claim.growth]
    inside = {claim.growth for claim in claims if passage.span.start <= claim.start < passage.span.end}
    return any(claim.growth not in inside for claim in claims)


def _mark(examined: Examined, dimension: DimensionId, criterion: str) -> CriterionMark | None:
    record, messages, checked = examined.record, examined.messages, examined.checked
    if dimension == "communication":
        found = mark_communication(record.question, messages)
    elif dimension == "process":
        found = mark_process(record, checked, messages)
    else:
        found, _ = mark_efficiency(record, checked, examined.measured, messages, 100)
    return next((mark for mark in found.criteria if mark.id == criterion), None)


def _reread_follow_up(
    examined: Examined, passages: Sequence[Passage], criterion: str, objection: str
) -> Iterator[Reread]:
    """A passage as the answer itself, and added to the reply with the messages beside it. What came before the
    question is no answer to it."""
    record, said = examined.record, examined.messages
    exchanges = exchanges_of(record)
    exchange = next((one for one in exchanges if FOLLOW_UP + one.follow_up.id == criterion), None)
    if exchange is None:
        return
    after = [passage for passage in passages if passage.message.seq > exchange.asked_seq]
    replied = {message.seq: message for reply in exchange.replies for message in reply}
    for passage in after:
        beside = said[max(0, passage.index - 1) : passage.index + 2]
        near = {one.message.seq: one.message for one in beside if one.message.seq > exchange.asked_seq}
        together = whole([message for _, message in sorted((replied | near).items())])
        for joined, answer in ((False, join([(passage.message, passage.span)])), (True, together)):
            given = graded(exchange.follow_up, answer.text, objection)
            yield Reread(passage, joined, criterion_of(exchange, answer, given, out_of_each(len(exchanges))))


@dataclass(frozen=True)
class _Piece:
    """A passage alone or neighbouring messages as one text, in the place of messages `first` to `last`."""

    spoken: Spoken
    first: int
    last: int
    joined: Joined

    @staticmethod
    def of(examined: Examined, passage: Passage, together: bool) -> "_Piece | None":
        """None when there is nothing to read: no neighbour, or a text in which everything is denied."""
        said = examined.messages
        first, last = passage.index, passage.index
        if together:
            first, last = max(0, first - 1), min(len(said) - 1, last + 1)
        if (together and first == last) or any(one.denies for one in said[first : last + 1]):
            return None
        pieces = said[first : last + 1]
        joined = whole([one.message for one in pieces]) if together else join([(passage.message, passage.span)])
        not_own = [
            gone for one, part in zip(pieces, joined.parts, strict=True) for gone in _not_own(one, part, together)
        ]
        newest = said[last].message
        message = Message(newest.seq, newest.at, joined.text)
        return _Piece(spoken(message, heard_before(examined.record, newest.seq), not_own), first, last, joined)

    def put_into(self, messages: Sequence[Spoken], *, before: bool) -> tuple[Spoken, ...]:
        """The messages with this piece in the place of those that it is made of, or `before` them."""
        rest = self.first if before else self.last + 1
        return (*messages[: self.first], self.spoken, *messages[rest:])

    def anchored(self, evidence: Evidence) -> tuple[Evidence, ...]:
        """The evidence where it really stands: a quote from the joined text, cut at the borders of messages."""
        text = self.joined.text
        if evidence.kind != "said" or evidence.seq != self.spoken.message.seq or evidence.quote not in text:
            return (evidence,)
        start = text.index(evidence.quote)
        return self.joined.evidence(start, start + len(evidence.quote))


def _not_own(said: Spoken, part: Part, together: bool) -> list[Span]:
    """What of a message does not count, as spans of the joined text."""
    if together and said.reading.structure.kind in _NO_SENTENCES:
        return [part.span]
    shift, end = part.span.start - part.start, part.start + part.span.end - part.span.start
    return [
        Span(max(gone.start, part.start) + shift, min(gone.end, end) + shift)
        for gone in said.repeated
        if gone.start < end and part.start < gone.end
    ]
