"""Correctness: what the tests say of the final code, edge case by edge case."""

from collections.abc import Sequence

from mockloop.bank.question import TestCase
from mockloop.judging.checking import Checked
from mockloop.judging.evidence import NEVER, code_at, criterion, mark_of, run_at
from mockloop.judging.record import Record
from mockloop.judging.scorecard import Dimension, EdgeResult, Evidence
from mockloop.judging.weights import POINTS, STALE_SHARE, TITLES
from mockloop.runner.verdicts import Verdict

Tested = tuple[TestCase, Verdict]
_POINTS = POINTS["correctness"]


def mark_correctness(record: Record, checked: Checked | None) -> tuple[Dimension, tuple[EdgeResult, ...]]:
    """The dimension, and one result per edge case of the question. Passing one more test never lowers the mark."""
    title = TITLES["correctness"]
    if checked is None:
        why = "There is no code beyond the starter code, so there is nothing to test."
        criteria = [
            criterion(id, text, 0.0, _POINTS[id], why, [NEVER])
            for id, text in (("visible-tests", _VISIBLE), ("hidden-tests", _HIDDEN))
        ]
        edges = tuple(
            EdgeResult(edge=edge, passed=False, why=_first_why(tests), evidence=(NEVER,))
            for edge, tests in _by_edge([(test, None) for test in record.question.hidden_tests]).items()
        )
        return Dimension(id="correctness", title=title, mark=0, explanation=why, criteria=tuple(criteria)), edges
    factor = STALE_SHARE if checked.stale else 1.0
    evidence = _evidence(record, checked)
    criteria = [
        criterion("visible-tests", _VISIBLE, _share(checked.visible) * factor, _POINTS["visible-tests"],
                  _sentence(checked.visible, "visible"), evidence),
        criterion("hidden-tests", _HIDDEN, _share(checked.hidden) * factor, _POINTS["hidden-tests"],
                  _hidden_sentence(checked), evidence),
    ]  # fmt: skip
    return (
        Dimension(
            id="correctness",
            title=title,
            mark=mark_of(criteria),
            explanation=_summary(checked),
            criteria=tuple(criteria),
        ),
        _edge_results(checked),
    )


_VISIBLE = "The examples of the statement come out right"
_HIDDEN = "Every edge case of the question comes out right; each case counts the same"


def _by_edge(tests: Sequence[tuple[TestCase, Verdict | None]]) -> dict[str, list[tuple[TestCase, Verdict | None]]]:
    edges: dict[str, list[tuple[TestCase, Verdict | None]]] = {}
    for test, verdict in tests:
        edges.setdefault(test.edge, []).append((test, verdict))
    return edges


def _share(tests: Sequence[Tested]) -> float:
    """The mean over the edge cases of the share of their tests that passed."""
    shares = [
        sum(verdict is not None and verdict.outcome == "passed" for _, verdict in group) / len(group)
        for group in _by_edge(tests).values()
    ]
    return sum(shares) / len(shares) if shares else 0.0


def _edge_results(checked: Checked) -> tuple[EdgeResult, ...]:
    results = []
    for edge, group in _by_edge(checked.all).items():
        failed = next(((test, verdict) for test, verdict in group if verdict and verdict.outcome != "passed"), None)
        passed = failed is None and not checked.stale
        why = _why(*failed) if failed else _first_why(group)
        line = failed[1].line if failed and failed[1] else None
        tested = code_at(checked.version.seq, checked.version.text, line)
        results.append(EdgeResult(edge=edge, passed=passed, why=why, evidence=(tested,)))
    return tuple(results)


def _first_why(group: Sequence[tuple[TestCase, Verdict | None]]) -> str:
    return next((test.why for test, _ in group if test.why), "")


_OUTCOMES = {
    "failed": "it returned something else",
    "crashed": "it stopped with an error",
    "timed_out": "it took too long",
    "out_of_memory": "it used too much memory",
    "too_much_output": "it printed too much",
    "not_run": "it was not reached",
}


def _why(test: TestCase, verdict: Verdict | None) -> str:
    outcome = _OUTCOMES.get(verdict.outcome, "") if verdict else ""
    return f"{test.why}: {outcome}" if test.why else outcome


def _sentence(tests: Sequence[Tested], kind: str) -> str:
    passed = sum(verdict.outcome == "passed" for _, verdict in tests)
    return f"{passed} of {len(tests)} {kind} tests pass."


def _hidden_sentence(checked: Checked) -> str:
    missed = [edge for edge, group in _by_edge(checked.hidden).items() if _failed(group)]
    text = _sentence(checked.hidden, "hidden")
    if missed:
        text += f" Missed: {', '.join(edge.replace('-', ' ') for edge in missed)}."
    return text


def _failed(group: Sequence[tuple[TestCase, Verdict | None]]) -> bool:
    return any(verdict is None or verdict.outcome != "passed" for _, verdict in group)


def _summary(checked: Checked) -> str:
    text = f"{checked.passed} of {len(checked.all)} tests pass."
    if checked.stale:
        return (
            f"The final code does not load ({checked.reason}). The last version that ran passes "
            f"{checked.passed} of {len(checked.all)} tests and earns {STALE_SHARE:.0%} of that."
        )
    if checked.reason:
        return f"The final code does not load: {checked.reason}."
    return text


def _evidence(record: Record, checked: Checked) -> list[Evidence]:
    """The code that was tested, and the last run in the session that shows the same."""
    line = next((verdict.line for _, verdict in checked.all if verdict.outcome != "passed" and verdict.line), None)
    evidence = [code_at(checked.version.seq, checked.version.text, line)]
    last = next(
        (run for run in reversed(record.runs) if run.kind == "tests" and run.source == checked.version.text), None
    )
    if last is not None:
        evidence.append(run_at(last.seq))
    return evidence
