"""Strong Hire, Hire or No Hire, and how ready one is: stated thresholds per level, the sentence that says which one
decided, and what that rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mockloop.judging.evidence import NEVER
from mockloop.judging.scorecard import CriterionMark, Dimension, Evidence, Outcome, Readiness
from mockloop.judging.weights import ALMOST_READY, HIRE, READY, STRONG_HIRE, Level, Threshold

MOST_EVIDENCE = 4


@dataclass(frozen=True)
class Missed:
    """A threshold that was not reached: in words, and the dimension or the criterion it is about."""

    text: str
    about: str


@dataclass(frozen=True)
class Reached:
    """What a session reached: marks are 0-100 per dimension, shares 0-1."""

    overall: float
    visible_share: float
    hidden_share: float
    marks: Mapping[str, float]


def decide(reached: Reached, level: Level) -> tuple[Outcome, str, tuple[Missed, ...]]:
    """The outcome, its reason in plain words with numbers, and the thresholds that decided."""
    missing_hire = [*_visible(reached), *_missing(HIRE[level], reached)]
    if missing_hire:
        return "No Hire", f"For {_AT[level]}, Hire asks for {_joined(missing_hire)}.", tuple(missing_hire)
    missing_strong = _missing(STRONG_HIRE[level], reached)
    have = f"{round(reached.overall / 10, 1)} overall with {reached.hidden_share:.0%} of the hidden tests passed"
    if missing_strong:
        reason = f"{have} is enough at {_AT[level]}. Strong Hire asks for {_joined(missing_strong)}."
        return "Hire", reason, tuple(missing_strong)
    return "Strong Hire", f"{have} meets every bar at {_AT[level]}.", ()


def readiness(reached: Reached, level: Level) -> tuple[Readiness, str, tuple[Missed, ...]]:
    """How ready this session shows one to be, by the same kind of thresholds."""
    missing = [*_visible(reached), *_missing(READY[level], reached)]
    if not missing:
        return "Ready", f"This session meets every bar of being ready at {_AT[level]}.", ()
    asks = f"Being ready at {_AT[level]} asks for {_joined(missing)}."
    return "Needs Practice" if _missing(ALMOST_READY[level], reached) else "Almost Ready", asks, tuple(missing)


def evidence_for(missed: Sequence[Missed], dimensions: Sequence[Dimension]) -> tuple[Evidence, ...]:
    """What decided, where it stands in the session: of each threshold the criterion that cost most."""
    abouts = [one.about for one in missed] or ["hidden-tests"]
    found = [evidence for about in abouts for evidence in _costliest(about, dimensions).evidence[:2]]
    real = [one for one in dict.fromkeys(found) if one.seq is not None]
    return (*real[:MOST_EVIDENCE], *((NEVER,) if len(real) < len(set(found)) else ())) or (NEVER,)


def _costliest(about: str, dimensions: Sequence[Dimension]) -> CriterionMark:
    """The criterion of that id; of a dimension, or of all for the overall mark, the one that lost most."""
    marks = [(one, mark) for one in dimensions for mark in one.criteria]
    named = [(one, mark) for one, mark in marks if about in (one.id, mark.id)] or marks

    def lost(pair: tuple[Dimension, CriterionMark]) -> float:
        dimension, mark = pair
        weight = (dimension.weight or 1) / sum(other.out_of for other in dimension.criteria)
        return 0.0 if mark.met == "not_assessed" else weight * (mark.out_of - mark.points)

    return max(named, key=lost)[1]


_AT: dict[Level, str] = {
    "junior": "junior level",
    "mid": "mid level",
    "senior": "senior level",
    "staff": "staff level",
}


def _visible(reached: Reached) -> list[Missed]:
    if reached.visible_share >= 1:
        return []
    return [Missed(f"every visible test (here {reached.visible_share:.0%})", "visible-tests")]


def _missing(asked: Threshold, reached: Reached) -> list[Missed]:
    missing = []
    if reached.hidden_share < asked.hidden_share:
        text = f"{asked.hidden_share:.0%} of the hidden tests (here {reached.hidden_share:.0%})"
        missing.append(Missed(text, "hidden-tests"))
    if reached.overall < asked.overall:
        missing.append(Missed(f"{_ten(asked.overall)} overall (here {_ten(reached.overall)})", "overall"))
    for dimension, needed in (
        ("efficiency", asked.efficiency),
        ("process", asked.process),
        ("communication", asked.communication),
    ):
        mark = reached.marks.get(dimension, 0.0)
        if mark < needed:
            missing.append(Missed(f"{_ten(needed)} in {dimension} (here {_ten(mark)})", dimension))
    return missing


def _ten(mark: float) -> str:
    """A mark as 0-10 with one decimal, rounded down: it must never seem to reach a bar it missed."""
    return f"{int(mark + 1e-9) // 1 / 10:.1f}"


def _joined(missed: Sequence[Missed]) -> str:
    parts = [one.text for one in missed]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
