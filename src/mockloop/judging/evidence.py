"""Evidence: where it is taken from, and the check that every quote stands word for word in the event it names."""

from collections.abc import Iterator, Sequence

from mockloop.judging.record import Message
from mockloop.judging.scorecard import CriterionMark, Evidence, Scorecard
from mockloop.language import quote_around
from mockloop.sessions import events as e
from mockloop.sessions.events import Entry

QUOTE_LIMIT = 160


class EvidenceBroken(Exception):
    """A scorecard quotes what was never said; it is not shown, because nothing in it could be trusted."""


def said(message: Message, start: int, end: int) -> Evidence:
    """The candidate's own words around these characters of a message."""
    return Evidence(kind="said", seq=message.seq, quote=quote_around(message.text, start, end, QUOTE_LIMIT))


def code_at(seq: int, source: str, line: int | None = None) -> Evidence:
    """A line of code (1-based) of the version `seq`, or the version as such."""
    quote = ""
    if line is not None:
        lines = source.split("\n")
        if 1 <= line <= len(lines):
            quote = lines[line - 1].strip()[:QUOTE_LIMIT].strip()
    return Evidence(kind="code", seq=seq, quote=quote)


def moment(seq: int) -> Evidence:
    """A moment of the session."""
    return Evidence(kind="time", seq=seq)


def run_at(seq: int) -> Evidence:
    """The result of a run."""
    return Evidence(kind="run", seq=seq)


NEVER = Evidence(kind="absent")
"""Something that did not happen in the whole session."""


def texts_of(entry: Entry) -> tuple[str, ...]:
    """Every text of an event that may be quoted."""
    match entry.event:
        case e.CandidateSaid(text=text) | e.FileEdited(text=text) | e.InterviewerSaid(text=text):
            return (text,)
        case e.CodeRunAsked(source=source, stdin=stdin):
            return (source, stdin)
        case e.CodeRan() as event:
            tests = tuple(
                text for test in event.tests for text in (test.arguments, test.expected, test.actual, test.message)
            )
            return (event.stdout, event.stderr, event.message, *tests)
        case e.HiddenTestsRan(failed_edges=failed, passed_edges=passed):
            return (*failed, *passed)
        case _:
            return ()


def all_evidence(card: Scorecard) -> Iterator[Evidence]:
    """Every piece of evidence of a scorecard."""
    for dimension in card.dimensions:
        for criterion in dimension.criteria:
            yield from criterion.evidence
    for remark in (*card.did_well, *card.improve, *card.caveats):
        yield from remark.evidence
    for recommendation in card.recommendations:
        yield from recommendation.evidence
    for edge in card.edges:
        yield from edge.evidence
    yield from (*card.outcome_evidence, *card.readiness_evidence)


def check_evidence(card: Scorecard, entries: Sequence[Entry]) -> None:
    """Raise `EvidenceBroken` unless every quote and every moment of the scorecard is in the log."""
    by_seq = {entry.seq: entry for entry in entries}
    for evidence in all_evidence(card):
        if evidence.seq is None:
            if evidence.quote or evidence.kind != "absent":
                raise EvidenceBroken(f"a quote without its moment: {evidence!r}")
        elif evidence.seq not in by_seq:
            raise EvidenceBroken(f"there is no event {evidence.seq}")
        elif evidence.start is not None and not any(
            text[evidence.start : evidence.end] == evidence.quote for text in texts_of(by_seq[evidence.seq])
        ):
            raise EvidenceBroken(f"{evidence.quote!r} does not stand at {evidence.start} of event {evidence.seq}")
        elif evidence.quote and not any(evidence.quote in text for text in texts_of(by_seq[evidence.seq])):
            raise EvidenceBroken(f"event {evidence.seq} does not contain {evidence.quote!r}")
    for seq in (*(note.seq for note in card.notes), card.complexity.stated_seq, card.complexity.measured_seq):
        if seq is not None and seq not in by_seq:
            raise EvidenceBroken(f"there is no event {seq}")


def criterion(
    id: str,
    text: str,
    share: float | None,
    out_of: float,
    explanation: str,
    evidence: Sequence[Evidence] = (),
) -> CriterionMark:
    """A mark from the share reached (0 to 1, None for not assessed). No evidence, no credit."""
    if share is None:
        return CriterionMark(
            id=id, text=text, met="not_assessed", points=0, out_of=out_of, explanation=explanation,
            evidence=tuple(evidence),
        )  # fmt: skip
    if not evidence:
        share = 0.0
    share = min(1.0, max(0.0, share))
    met = "yes" if share >= 0.999 else "no" if share <= 0.001 else "partly"
    return CriterionMark(
        id=id,
        text=text,
        met=met,
        points=round(share * out_of, 2),
        out_of=out_of,
        explanation=explanation,
        evidence=tuple(evidence) or (NEVER,),
    )


def mark_of(criteria: Sequence[CriterionMark]) -> float:
    """Points reached per points that could be assessed, 0-100; 0 when nothing could be."""
    assessed = [mark for mark in criteria if mark.met != "not_assessed"]
    possible = sum(mark.out_of for mark in assessed)
    return round(100 * sum(mark.points for mark in assessed) / possible, 1) if possible else 0.0
