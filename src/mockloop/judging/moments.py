"""Notes tied to moments of the session, for the review to jump to."""

from collections.abc import Sequence
from itertools import pairwise

from mockloop.judging.process import fixes, plans
from mockloop.judging.record import Record
from mockloop.judging.scorecard import CriterionMark, TimedNote
from mockloop.judging.spoken import Spoken, stated
from mockloop.judging.weights import STUCK_AFTER_S
from mockloop.sessions import events as e

_CANDIDATES = (
    e.CandidateSaid, e.FileEdited, e.CodeRunAsked, e.HintAsked, e.RepeatAsked, e.LanguageChosen, e.DrawingSaved,
)  # fmt: skip
MOST_NOTES = 12


def notes_of(record: Record, messages: Sequence[Spoken], stated_time: CriterionMark | None) -> tuple[TimedNote, ...]:
    """What is worth jumping to, in order of time."""
    found = [
        *_plans(record, messages),
        *_code(record),
        *_runs(record),
        *_pauses(record),
        *_hints(record),
        *_claims(record, messages, stated_time),
    ]
    unique = {(note.seq, note.text): note for note in found}
    kept = sorted(unique.values(), key=lambda note: (note.seq, note.text))
    if len(kept) > MOST_NOTES:
        telling = sorted(kept, key=lambda note: (note.tone == "neutral", note.seq))[:MOST_NOTES]
        kept = sorted(telling, key=lambda note: (note.seq, note.text))
    return tuple(kept)


def _note(record: Record, seq: int, text: str, tone: str) -> TimedNote:
    at_s = round(record.seconds(record.by_seq[seq].at), 1)
    return TimedNote(seq=seq, at_s=at_s, text=text, tone=tone)


def _plans(record: Record, messages: Sequence[Spoken]) -> list[TimedNote]:
    described = plans(record, messages)
    if not described:
        return []
    first = described[0]
    seq = first.spoken.message.seq
    wrong = first.approach.standing == "wrong"
    when = "before any code" if record.before_code(seq) else "with code already written"
    text = f"First approach, {when}: “{first.approach.title}”."
    if wrong:
        text += " It does not solve the problem."
    notes = [_note(record, seq, text, "bad" if wrong else "good" if record.before_code(seq) else "neutral")]
    better = next(
        (n for n in described[1:] if n.approach.standing == "best" and first.approach.standing != "best"), None
    )
    if better:
        notes.append(_note(record, better.spoken.message.seq, f"Moved on to “{better.approach.title}”.", "good"))
    return notes


def _code(record: Record) -> list[TimedNote]:
    return [_note(record, record.first_code.seq, "First lines of code.", "neutral")] if record.first_code else []


def _runs(record: Record) -> list[TimedNote]:
    notes = []
    if record.runs:
        first = record.runs[0]
        text, tone = ("First run, and it went well.", "good") if first.clean else ("First run.", "neutral")
        notes.append(_note(record, first.seq, text, tone))
    for failing, better in fixes(record)[:3]:
        minutes = (better.at - failing.at).total_seconds() / 60
        within = f" {minutes:.0f} minutes after it showed" if minutes >= 1 else ""
        notes.append(_note(record, better.seq, f"A bug was mended{within}.", "good"))
    crash = next((run for run in record.runs if run.result.outcome in ("crashed", "compile_error")), None)
    if crash is not None:
        notes.append(_note(record, crash.seq, "The code stopped with an error.", "bad"))
    return notes


def _pauses(record: Record) -> list[TimedNote]:
    """Long stretches in which nothing came from the candidate; reading time before the first word is not one."""
    active = [entry for entry in record.entries if isinstance(entry.event, _CANDIDATES)]
    notes = []
    for before, after in pairwise(active):
        pause_s = (after.at - before.at).total_seconds()
        if pause_s >= STUCK_AFTER_S:
            text = f"Nothing came for {pause_s / 60:.0f} minutes. Where you are stuck, say it aloud."
            notes.append(_note(record, before.seq, text, "bad"))
    return notes[:3]


def _hints(record: Record) -> list[TimedNote]:
    return [_note(record, entry.seq, "A hint was taken.", "neutral") for entry in record.hints]


def _claims(record: Record, messages: Sequence[Spoken], mark: CriterionMark | None) -> list[TimedNote]:
    """The moment at which a running time was claimed, when it could be judged."""
    claims = stated(messages, "time")
    if not claims or mark is None or mark.met == "not_assessed" or not mark.evidence or mark.evidence[0].seq is None:
        return []
    last = claims[-1]
    if mark.met == "yes":
        return [_note(record, last.message.seq, f"Stated the running time, O({last.claim.bound}), correctly.", "good")]
    return [
        _note(
            record,
            last.message.seq,
            f"Claimed O({last.claim.bound}), which is not the running time of this code.",
            "bad",
        )
    ]
