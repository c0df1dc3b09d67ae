"""Strong Hire, Hire or No Hire: stated thresholds per level, and the sentence that says which one decided."""

from collections.abc import Mapping

from mockloop.judging.scorecard import Outcome
from mockloop.judging.weights import HIRE, STRONG_HIRE, Level, Threshold


def decide(
    overall: float, *, visible_share: float, hidden_share: float, marks: Mapping[str, float], level: Level
) -> tuple[Outcome, str]:
    """The outcome and its reason in plain words with numbers. `marks` are 0-100 per dimension, shares 0-1."""
    missing_hire = _missing(HIRE[level], overall, hidden_share, marks)
    if visible_share < 1:
        missing_hire.insert(0, f"every visible test (here {visible_share:.0%})")
    if missing_hire:
        return "No Hire", f"For {_AT[level]}, Hire asks for {_joined(missing_hire)}."
    missing_strong = _missing(STRONG_HIRE[level], overall, hidden_share, marks)
    have = f"{round(overall / 10, 1)} overall with {hidden_share:.0%} of the hidden tests passed"
    if missing_strong:
        return "Hire", f"{have} is enough at {_AT[level]}. Strong Hire asks for {_joined(missing_strong)}."
    return "Strong Hire", f"{have} meets every bar at {_AT[level]}."


_AT: dict[Level, str] = {
    "junior": "junior level",
    "mid": "mid level",
    "senior": "senior level",
    "staff": "staff level",
}


def _missing(asked: Threshold, overall: float, hidden_share: float, marks: Mapping[str, float]) -> list[str]:
    missing = []
    if hidden_share < asked.hidden_share:
        missing.append(f"{asked.hidden_share:.0%} of the hidden tests (here {hidden_share:.0%})")
    if overall < asked.overall:
        missing.append(f"{_ten(asked.overall)} overall (here {_ten(overall)})")
    for dimension, needed in (
        ("efficiency", asked.efficiency),
        ("process", asked.process),
        ("communication", asked.communication),
    ):
        if marks.get(dimension, 0.0) < needed:
            missing.append(f"{_ten(needed)} in {dimension} (here {_ten(marks.get(dimension, 0.0))})")
    return missing


def _ten(mark: float) -> str:
    """A mark as 0-10 with one decimal, rounded down: it must never seem to reach a bar it missed."""
    return f"{int(mark + 1e-9) // 1 / 10:.1f}"


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
