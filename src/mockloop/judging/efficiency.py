"""Efficiency: how the running time grows as measured, and whether the candidate said it right."""

import re
from collections.abc import Sequence

from mockloop.bank.question import Approach, GrowthClass
from mockloop.judging.checking import Checked
from mockloop.judging.evidence import NEVER, code_at, criterion, mark_of, said
from mockloop.judging.measuring import BANDS, Measured
from mockloop.judging.record import Record
from mockloop.judging.scorecard import Complexity, CriterionMark, Dimension
from mockloop.judging.spoken import Named, Spoken, Stated, accepted, best_named, stated
from mockloop.judging.weights import CAP_FACTOR, FLUENT_SHARE, OUTGROWN_SHARE, POINTS, TITLES
from mockloop.language import same_complexity

_POINTS = POINTS["efficiency"]
_GROWTH = "The running time grows no faster than the best known approach"
_TIME = "States the running time of the code correctly"
_SPACE = "States the memory use of the code correctly"
_SORTS = re.compile(r"\bsort(?:ed)?\s*\(|\bheapq\b|\.toSorted\s*\(|\bbisect\b")

IN_WORDS: dict[GrowthClass, str] = {
    "constant": "not at all",
    "logarithmic": "logarithmically",
    "linear": "linearly",
    "linearithmic": "like n log n",
    "quadratic": "quadratically",
    "cubic": "cubically",
    "exponential": "exponentially",
}


def mark_efficiency(
    record: Record,
    checked: Checked | None,
    measured: Measured | None,
    messages: Sequence[Spoken],
    correctness: float,
) -> tuple[Dimension, Complexity]:
    """The dimension, capped by `correctness` (0-100), and what the scorecard shows of complexity.

    `measured` is None when nothing could be timed.
    """
    title = TITLES["efficiency"]
    times, spaces = stated(messages, "time"), stated(messages, "space")
    target = record.question.growth.target
    complexity = Complexity(
        stated=f"O({times[-1].claim.bound})" if times else None,
        stated_seq=times[-1].message.seq if times else None,
        measured=shown_growth(measured, target),
        measured_seq=checked.version.seq if checked and measured else None,
        target=target,
        timings=measured.timings if measured else (),
    )
    if checked is None or checked.share < FLUENT_SHARE:
        why = (
            "There is no code to measure."
            if checked is None
            else "Fewer than half of the tests pass; the speed of a wrong answer is worth nothing."
        )
        criteria = [criterion(i, t, 0.0, _POINTS[i], why, [NEVER]) for i, t in _ALL]
    else:
        named = best_named(record.question, messages)
        criteria = [
            _growth_mark(checked, measured, target),
            _stated_mark("stated-time", times, _right_times(record, checked, measured, named)),
            _stated_mark("stated-space", spaces, _right_spaces(record, measured, named)),
        ]
    mark, cap = mark_of(criteria), round(min(100.0, correctness * CAP_FACTOR), 1)
    explanations = dict.fromkeys(mark.explanation for mark in criteria[:2])
    if mark > cap:
        explanations[f"It is held at {cap:.0f} because of what the code gets wrong."] = None
    dimension = Dimension(
        id="efficiency",
        title=title,
        mark=min(mark, cap),
        explanation=" ".join(explanations),
        criteria=tuple(criteria),
    )
    return dimension, complexity


_ALL = (("measured-growth", _GROWTH), ("stated-time", _TIME), ("stated-space", _SPACE))


def shown_growth(measured: Measured | None, target: GrowthClass) -> GrowthClass | None:
    """The class to show: timing cannot tell linear from n log n, so within one band the target's name is used."""
    if measured is None or measured.growth is None:
        return None
    return target if BANDS[measured.growth] == BANDS[target] else measured.growth


def growth_share(measured: Measured | None, target: GrowthClass) -> float | None:
    """Share of the growth points; None when the measurement is unclear, which costs nothing."""
    if measured is None:
        return None
    if measured.too_slow or measured.failed is not None:
        return 0.0
    if measured.growth is None:
        return None
    above = BANDS[measured.growth] - max(1, BANDS[target])  # handing the input over is linear itself
    return 1.0 if above <= 0 else OUTGROWN_SHARE if above == 1 else 0.0


def _growth_mark(checked: Checked, measured: Measured | None, target: GrowthClass) -> CriterionMark:
    share = growth_share(measured, target)
    points = _POINTS["measured-growth"]
    evidence = [code_at(checked.version.seq, checked.version.text)]
    if measured is None or share is None:
        reason = measured.reason if measured else "the code could not be timed"
        text = f"How the running time grows could not be measured: {reason}. This costs nothing."
        return criterion("measured-growth", _GROWTH, None, points, text, evidence)
    if measured.failed is not None:
        text = f"On a growing input of size {measured.failed} the code stopped with an error."
    elif measured.too_slow:
        text = f"Stopped on an input of size {measured.cut}, which the reference solution handles many times faster."
    else:
        shown = shown_growth(measured, target)
        assert shown is not None
        text = f"Measured on growing inputs, the running time grows {IN_WORDS[shown]}"
        if share < 1:
            text += f"; the best known approach reaches {IN_WORDS[target].removeprefix('like ')}."
        else:
            text += ", as well as the best known approach."
    return criterion("measured-growth", _GROWTH, share, points, text, evidence)


def _stated_mark(id: str, claims: Sequence[Stated], right: tuple[str, ...]) -> CriterionMark:
    text, out_of = (_TIME if id == "stated-time" else _SPACE), _POINTS[id]
    what = "running time" if id == "stated-time" else "memory use"
    if not claims:
        return criterion(id, text, 0.0, out_of, f"The {what} was never stated.", [NEVER])
    last = claims[-1]
    evidence = [said(last.message, last.claim.start, last.claim.end)]
    if any(same_complexity(last.claim.bound, bound) for bound in right):
        return criterion(id, text, 1.0, out_of, f"O({last.claim.bound}) is right for this code.", evidence)
    expected = f" O({right[0]}) would be." if right else ""
    return criterion(
        id, text, 0.0, out_of, f"O({last.claim.bound}) is not the {what} of this code.{expected}", evidence
    )


def _fitting(record: Record, measured: Measured | None, named: Named | None) -> list[Approach]:
    """The known approaches that the code can be: of the measured class; the one the candidate described first."""
    known = [approach for approach in record.question.approaches if approach.standing != "wrong"]
    if measured is not None and measured.growth is not None:
        band = max(1, BANDS[measured.growth])
        known = [approach for approach in known if max(1, BANDS[approach.growth]) == band]
    return sorted(known, key=lambda approach: named is None or approach.id != named.approach.id)


def _right_times(record: Record, checked: Checked, measured: Measured | None, named: Named | None) -> tuple[str, ...]:
    """Bounds that are right for the code. Code that sorts is not linear, though no clock could tell."""
    fitting = _fitting(record, measured, named)
    if _SORTS.search(checked.version.text):
        sorting = [approach for approach in fitting if approach.growth != "linear"]
        fitting = sorting or fitting
    bounds = [bound for approach in fitting for bound in accepted(approach.time)]
    if not bounds and measured is not None and measured.growth is not None:
        bounds = {"linear": ["n", "n log n"], "quadratic": ["n^2"], "cubic": ["n^3"], "exponential": ["2^n"]}.get(
            measured.growth, []
        )
    return tuple(bounds)


def _right_spaces(record: Record, measured: Measured | None, named: Named | None) -> tuple[str, ...]:
    return tuple(b for approach in _fitting(record, measured, named) for b in accepted(approach.space))
