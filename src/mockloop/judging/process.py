"""Process: how the candidate worked. Read from the order of questions, explanations, code and runs in the log."""

from collections.abc import Sequence

from mockloop.judging.checking import Checked
from mockloop.judging.evidence import NEVER, code_at, criterion, mark_of, moment, run_at, said
from mockloop.judging.record import Record, Run
from mockloop.judging.scorecard import CriterionMark, Dimension, Evidence
from mockloop.judging.spoken import Named, Spoken, approaches_in, facts_asked
from mockloop.judging.weights import EARLY_SHARE, FLUENT_SHARE, HINT_COST, POINTS, TITLES

_POINTS = POINTS["process"]
_TEXTS = {
    "clarified": "Asks what is unclear before writing code",
    "planned": "Explains an approach before writing code",
    "tested": "Runs the tests and tries cases of their own",
    "debugged": "Finds what is wrong and mends it",
    "independence": "Gets there without hints",
    "time": "Has a working solution in good time",
}


def mark_process(record: Record, checked: Checked | None, messages: Sequence[Spoken]) -> Dimension:
    """The dimension. Whoever did nothing earns nothing, also where nothing went wrong."""
    title = TITLES["process"]
    reach = min(1.0, checked.share / FLUENT_SHARE) if checked and not checked.stale else 0.0
    criteria = (
        _clarified(record, messages),
        _planned(record, messages),
        _tested(record),
        _debugged(record, reach),
        _independence(record, checked, reach),
        _time(record, checked, reach),
    )
    return Dimension(
        id="process",
        title=title,
        mark=mark_of(criteria),
        explanation=" ".join(mark.explanation for mark in criteria[:3]),
        criteria=criteria,
    )


def _mark(id: str, share: float | None, explanation: str, evidence: Sequence[Evidence]) -> CriterionMark:
    return criterion(id, _TEXTS[id], share, _POINTS[id], explanation, evidence)


def _clarified(record: Record, messages: Sequence[Spoken]) -> CriterionMark:
    early: dict[str, Evidence] = {}
    late: dict[str, Evidence] = {}
    for message in messages:
        seq = message.message.seq
        kept = early if record.before_code(seq) else late
        for fact, (start, end) in facts_asked(record.question, message).items():
            kept.setdefault(fact, said(message.message, start, end))
    if early:
        share = 1.0 if len(early) >= 2 else 0.7
        text = f"Cleared up {_count(len(early), 'point', 'points')} of the problem before writing code."
        return _mark("clarified", share, text, list(early.values())[:3])
    if late:
        return _mark("clarified", 0.35, "Asked about the problem only after writing code.", list(late.values())[:3])
    return _mark("clarified", 0.0, "Asked nothing about the problem.", [NEVER])


def _count(number: int, one: str, many: str) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six")
    return f"{words[number] if number < len(words) else number} {one if number == 1 else many}"


def plans(record: Record, messages: Sequence[Spoken]) -> list[Named]:
    """Every description of an approach, in order."""
    return [named for message in messages for named in approaches_in(record.question, message)[:1]]


def _planned(record: Record, messages: Sequence[Spoken]) -> CriterionMark:
    described = plans(record, messages)
    early = [named for named in described if record.before_code(named.spoken.message.seq)]
    chosen = max(early or described, key=_plan_worth, default=None)
    if chosen is None:
        return _mark("planned", 0.0, "No approach was explained.", [NEVER])
    hits = [hit for hit in chosen.match.hits if hit is not None]
    evidence = [said(chosen.spoken.message, hit.start, hit.end) for hit in hits[:2]]
    what = f"“{chosen.approach.title}”"
    if not early:
        return _mark("planned", 0.4 * _plan_worth(chosen), f"Explained {what} only after writing code.", evidence)
    if chosen.approach.standing == "wrong":
        return _mark("planned", _plan_worth(chosen), f"Planned {what}, which does not solve the problem.", evidence)
    complete = "Explained" if chosen.match.complete else "Hinted at"
    return _mark("planned", _plan_worth(chosen), f"{complete} {what} before writing code.", evidence)


def _plan_worth(named: Named) -> float:
    if named.approach.standing == "wrong":
        return 0.3
    return 1.0 if named.match.complete else 0.5


def _own_case(run: Run, entry_point: str) -> bool:
    """A script with an input, or one that calls the solution; merely running the file tries nothing."""
    return run.kind == "script" and (bool(run.stdin.strip()) or run.source.count(entry_point) >= 2)


def _tested(record: Record) -> CriterionMark:
    tests = [run for run in record.runs if run.kind == "tests"]
    own = [run for run in record.runs if _own_case(run, record.question.entry_point)]
    if not record.runs and record.runs_lost:
        return _mark("tested", None, "The code runner failed during the session; this is not held against you.", [])
    if not record.runs:
        return _mark("tested", 0.0, "The code was never run.", [NEVER])
    share = 0.6 * bool(tests) + 0.4 * bool(own) if own or tests else 0.2
    evidence = [run_at(run.seq) for run in (*tests[:1], *own[:2])] or [run_at(record.runs[0].seq)]
    text = f"Ran the tests {_times(len(tests))} and tried {_count(len(own), 'case', 'cases')} of their own."
    return _mark("tested", share, text, evidence)


def _times(number: int) -> str:
    return {0: "not at all", 1: "once", 2: "twice"}.get(number, f"{number} times")


def fixes(record: Record) -> list[tuple[Run, Run]]:
    """Pairs of a run that went wrong and the next run of the tests that did better."""
    found = []
    failing: Run | None = None
    for run in (run for run in record.runs if run.kind == "tests"):
        if failing is not None and (run.clean or run.passed > failing.passed):
            found.append((failing, run))
            failing = None if run.clean else run
        elif not run.clean:
            failing = run if failing is None or run.passed >= failing.passed else failing
    return found


def _debugged(record: Record, reach: float) -> CriterionMark:
    tests = [run for run in record.runs if run.kind == "tests"]
    if not tests:
        if record.runs_lost:
            return _mark("debugged", None, "The code runner failed, so nothing could be found.", [])
        return _mark("debugged", 0.0, "Without running the tests nothing could be found and mended.", [NEVER])
    failing = [run for run in tests if not run.clean]
    fixed = fixes(record)
    if fixed:
        evidence = [run_at(run.seq) for pair in fixed[:2] for run in pair]
        share = 1.0 if tests[-1].clean else 0.6
        text = f"Found and mended what was wrong {_times(len(fixed))}"
        text += "." if tests[-1].clean else "; the last run still fails in places."
        return _mark("debugged", share, text, evidence)
    if failing:
        text = "Runs failed, and none of the later ones did better."
        return _mark("debugged", 0.0, text, [run_at(failing[0].seq)])
    return _mark("debugged", reach, "The first run passed; there was nothing to mend.", [run_at(tests[0].seq)])


def _independence(record: Record, checked: Checked | None, reach: float) -> CriterionMark:
    hints = len(record.hints)
    if checked is None:
        return _mark("independence", 0.0, "There is no solution that was reached.", [NEVER])
    left = max(0.0, 1 - HINT_COST * hints)
    evidence = [moment(entry.seq) for entry in record.hints[:3]] or [code_at(checked.version.seq, checked.version.text)]
    points = _POINTS["independence"]
    if hints:
        text = f"Took {_count(hints, 'hint', 'hints')}: at most {left * points:.2f} of {points:.0f} points are left."
    else:
        text = "Took no hints."
    if reach < 1:
        text += " It counts in part, because fewer than half of the tests pass."
    return _mark("independence", left * reach, text, evidence)


def _time(record: Record, checked: Checked | None, reach: float) -> CriterionMark:
    if checked is None or checked.share < FLUENT_SHARE or checked.stale:
        return _mark("time", 0.0, "There was no working solution at the end.", [NEVER])
    first = next((run for run in record.runs if run.kind == "tests" and run.clean), None)
    at, seq = (first.at, first.seq) if first else (checked.version.at, checked.version.seq)
    planned_s = (record.deadline_at - record.started_at).total_seconds() if record.deadline_at else record.length_s
    minutes = record.seconds(at) / 60
    early = record.seconds(at) <= EARLY_SHARE * planned_s
    whole = checked.share >= 0.999
    share = (1.0 if early else 0.6) * (1.0 if whole else checked.share)
    text = f"A working solution stood after {minutes:.0f} minutes." if minutes >= 1 else "It stood within a minute."
    if not whole:
        text = "A solution that works in part stood at the end."
    return _mark("time", share, text, [moment(seq)])
