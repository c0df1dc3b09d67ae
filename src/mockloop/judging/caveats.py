"""What could not be judged, or was judged in another way than usual, each with what shows it."""

from mockloop.judging.checking import Checked
from mockloop.judging.code_reading import CodeReading
from mockloop.judging.evidence import NEVER, code_at, moment, said
from mockloop.judging.measuring import Measured
from mockloop.judging.record import Record
from mockloop.judging.scorecard import Evidence, Remark
from mockloop.judging.weights import FLUENT_SHARE, SHORT_SESSION_S
from mockloop.language import order_spans
from mockloop.sessions import events as e

_NAMES = {"python": "Python", "javascript": "JavaScript", "typescript": "TypeScript"}


def caveats_of(
    record: Record, checked: Checked | None, measured: Measured | None, reading: CodeReading | None
) -> tuple[Remark, ...]:
    """Every caveat of a session."""
    found: list[Remark] = []

    def add(text: str, *evidence: Evidence) -> None:
        found.append(Remark(text=text, evidence=evidence))

    code = NEVER if checked is None else code_at(checked.version.seq, checked.version.text)
    if record.length_s < SHORT_SESSION_S:
        add("The session lasted less than a minute, so there was little to judge.", moment(_end(record)))
    if checked is None:
        add("No code was written, so only what was said could be judged.", NEVER)
    elif checked.stale:
        add(
            "The final code does not load; the last version that ran was tested instead, for half the points.",
            *(code_at(one.seq, one.text) for one in [record.final] if one),
            code,
        )
    if checked is not None and checked.version.language != record.language:
        add(f"The code judged is the {_NAMES[checked.version.language]} one; no other was written.", code)
    if measured is not None and measured.growth is None and not measured.too_slow and not measured.failed:
        add(f"The growth of the running time could not be measured: {measured.reason}.", code)
    if reading is not None and reading.head_only:
        add("The code is very long; its style was read from the beginning only.", code)
    lost = [moment(entry.seq) for entry in record.entries if isinstance(entry.event, e.RunLost)]
    if lost:
        add("At least one run was lost because of a failure on our side. It costs nothing.", *lost[:3])
    if _is_shortcut(checked):
        add("The code passes the examples that were shown and few of the other tests.", code)
    orders = _orders(record, checked)
    if orders:
        add("Some text tries to give the judge orders. It counts neither for nor against you.", *orders[:3])
    return tuple(found)


def _end(record: Record) -> int:
    ends = (e.SessionCompleted, e.SessionExpired)
    return next((x.seq for x in record.entries if isinstance(x.event, ends)), record.entries[-1].seq)


def _is_shortcut(checked: Checked | None) -> bool:
    """Whether the code passes what the candidate could see and little else."""
    if checked is None or checked.stale or checked.reason:
        return False
    visible = sum(verdict.outcome == "passed" for _, verdict in checked.visible)
    return visible == len(checked.visible) and checked.hidden_share < FLUENT_SHARE


def _orders(record: Record, checked: Checked | None) -> list[Evidence]:
    found = [said(one, span.start, span.end) for one in record.said for span in order_spans(one.text)[:1]]
    if checked is not None:
        text = checked.version.text
        lines = [text.count("\n", 0, span.start) + 1 for span in order_spans(text)[:1]]
        found += [code_at(checked.version.seq, text, line) for line in lines]
    return found
