"""The criterion that went worst over the last sessions of a user, with the sessions that show it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from mockloop.judging.feedback import advice_for
from mockloop.judging.scorecard import CriterionMark, Dimension, Recommendation, Scorecard, ShownBy
from mockloop.judging.weights import POINTS, WEAK_BELOW

_COMMON = frozenset(id for table in POINTS.values() for id in table)
"""Criteria of every question; one question's own cannot be compared over sessions."""


@dataclass(frozen=True)
class Judged:
    """One judged session; `title` is its question's."""

    session_id: UUID
    title: str
    ended_at: datetime
    card: Scorecard


def weakest_criterion(sessions: Sequence[Judged]) -> Recommendation | None:
    """The common criterion with the lowest mean share of its points, if that is low. `sessions`: newest first.

    Of equals the one that weighs most in the overall mark. A criterion seen in a single session only counts while
    there is only one.
    """
    seen: dict[str, list[tuple[Judged, Dimension, CriterionMark]]] = {}
    for one in sessions:
        for dimension in one.card.dimensions:
            for mark in dimension.criteria:
                if mark.id in _COMMON and mark.met != "not_assessed":
                    seen.setdefault(mark.id, []).append((one, dimension, mark))
    enough = min(2, len(sessions))
    means = {id: _mean(marks) for id, marks in seen.items() if len(marks) >= enough}
    if not means:
        return None
    id = min(means, key=lambda id: (round(means[id], 2), -_worth(seen[id][0]), id))
    return _recommendation(id, means[id], seen[id], len(sessions)) if means[id] < WEAK_BELOW else None


def _mean(marks: Sequence[tuple[Judged, Dimension, CriterionMark]]) -> float:
    return sum(mark.points / mark.out_of for _, _, mark in marks) / len(marks)


def _worth(shown: tuple[Judged, Dimension, CriterionMark]) -> float:
    _, dimension, mark = shown
    return dimension.weight * mark.out_of / sum(one.out_of for one in dimension.criteria)


def _recommendation(
    id: str, mean: float, shown: Sequence[tuple[Judged, Dimension, CriterionMark]], count: int
) -> Recommendation:
    _, _, newest = shown[0]
    when = "in this session" if count == 1 else f"over your last {count} sessions"
    earned = f"{mean:.0%}" if mean >= 0.005 else "none"
    text = f"Weakest {when}: “{newest.text}”, with {earned} of its points. {advice_for(id)}"
    worst = sorted(shown, key=lambda one: one[2].points / one[2].out_of)
    return Recommendation(
        kind="weakest",
        text=text,
        criterion=id,
        evidence=newest.evidence[:2],
        sessions=tuple(
            ShownBy(session_id=one.session_id, title=one.title, at=one.ended_at, points=mark.points, out_of=mark.out_of)
            for one, _, mark in worst
            if mark.points < mark.out_of
        ),
    )
