"""Every number of the judge in one place: weights, points, thresholds. `docs/scoring.md` shows the same tables.

Changing a mark is changing a line here; `tests/judging/test_documented.py` holds the page to it.
"""

from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["junior", "mid", "senior", "staff"]

TITLES: Final[dict[str, str]] = {
    "correctness": "Correctness",
    "efficiency": "Efficiency",
    "quality": "Code quality",
    "process": "Problem-solving process",
    "communication": "Communication",
}

WEIGHTS: Final[dict[str, dict[str, int]]] = {
    "coding-30": {"correctness": 40, "efficiency": 20, "quality": 20, "process": 20, "communication": 0},
    "drill-15": {"correctness": 40, "efficiency": 20, "quality": 20, "process": 20, "communication": 0},
}
"""Share of the overall mark in percent, per format (its id, else its type); a new format is a new row.

What has 0 stands beside the mark.
"""


def weights_of(format_id: str, format_type: str) -> dict[str, int]:
    """The row of a format. One that has left the product is weighed like a coding interview."""
    return WEIGHTS.get(format_id) or WEIGHTS.get(format_type) or WEIGHTS["coding-30"]


POINTS: Final[dict[str, dict[str, float]]] = {
    "correctness": {"visible-tests": 20, "hidden-tests": 80},
    "efficiency": {"measured-growth": 60, "stated-time": 25, "stated-space": 15},
    "quality": {"complexity": 30, "naming": 20, "structure": 25, "cleanliness": 25},
    "process": {
        "clarified": 15,
        "planned": 20,
        "tested": 20,
        "debugged": 20,
        "independence": 15,
        "time": 10,
    },
    "communication": {"rubric": 56, "reasons": 12, "clarity": 12, "follow-ups": 20},
}
"""Points per criterion. A dimension's mark is the points reached per points that could be assessed, times 100."""

FOLLOW_UP_MET: Final = 70
FOLLOW_UP_PARTLY: Final = 30
"""From these marks on, 0-100, an answer to a follow-up question is called met, or partly met."""

LOW_CONFIDENCE: Final = 0.5
"""A mark of less confidence is said to be a guess."""

TOO_LATE_TO_ANSWER_S: Final = 60
"""A follow-up question that was asked so shortly before the end, and not answered, costs nothing."""

PARTLY: Final = 0.5
"""What a partly met criterion gives, where its own rule does not say more exactly."""

STALE_SHARE: Final = 0.5
"""What the last version that ran is worth when the final code does not even load."""

FLUENT_SHARE: Final = 0.5
"""Speed, and the process points for independence, time and debugging, need this share of the tests passed for all."""

CAP_FACTOR: Final = 1.25
"""Efficiency and quality never exceed correctness times this: fast or tidy code that is wrong earns little."""

HINT_COST: Final = 0.25
"""Share of the independence points that each hint costs."""

OUTGROWN_SHARE: Final = 0.25
"""Share of the growth points for code one class slower than the target; two classes slower earn none."""

TEST_LIMIT_PER_CALL_S: Final = 2.0
"""Wall seconds per test, as in the room."""

GROWTH_BUDGET_S: Final = 0.4
"""Seconds that timing on growing inputs may take altogether; code that looks slow is timed once more after that."""

GROWTH_LIMIT_PER_CALL_S: Final = 0.25
"""Wall seconds a single measured call may take; longer ones count as "more than this"."""

STUCK_AFTER_S: Final = 180
"""Silence of the candidate that is noted as being stuck."""

EARLY_SHARE: Final = 0.8
"""Whoever has a working solution within this share of the session was in good time."""

SHORT_SESSION_S: Final = 60
"""Below this a scorecard says that there was little to judge."""


@dataclass(frozen=True)
class Threshold:
    """What an outcome asks for: marks of 0-100, and the share of hidden tests passed."""

    overall: float
    hidden_share: float
    efficiency: float = 0.0
    process: float = 0.0
    communication: float = 0.0


HIRE: Final[dict[Level, Threshold]] = {
    "junior": Threshold(overall=55, hidden_share=0.7),
    "mid": Threshold(overall=62, hidden_share=0.8),
    "senior": Threshold(overall=68, hidden_share=0.9, efficiency=30),
    "staff": Threshold(overall=72, hidden_share=0.95, efficiency=50, communication=30),
}
STRONG_HIRE: Final[dict[Level, Threshold]] = {
    "junior": Threshold(overall=75, hidden_share=0.9, process=50, communication=30),
    "mid": Threshold(overall=80, hidden_share=0.9, efficiency=60, process=60, communication=40),
    "senior": Threshold(overall=85, hidden_share=1.0, efficiency=60, process=60, communication=50),
    "staff": Threshold(overall=88, hidden_share=1.0, efficiency=75, process=70, communication=60),
}
"""An outcome needs all of its thresholds, and every visible test: no level hires code that fails an example in plain
sight."""

READY: Final[dict[Level, Threshold]] = {
    "junior": Threshold(overall=65, hidden_share=0.8),
    "mid": Threshold(overall=70, hidden_share=0.9, process=40),
    "senior": Threshold(overall=75, hidden_share=0.95, efficiency=50, process=50),
    "staff": Threshold(overall=80, hidden_share=0.95, efficiency=60, process=50, communication=40),
}
"""Ready needs all of its thresholds and every visible test: a Hire with room to spare."""

ALMOST_READY: Final[dict[Level, Threshold]] = {
    "junior": Threshold(overall=45, hidden_share=0.5),
    "mid": Threshold(overall=52, hidden_share=0.6),
    "senior": Threshold(overall=58, hidden_share=0.7),
    "staff": Threshold(overall=64, hidden_share=0.8),
}
"""Almost Ready needs all of these; below them it is Needs Practice."""

RATINGS: Final[tuple[tuple[float, Literal["Again", "Hard", "Good", "Easy"]], ...]] = (
    (40, "Again"),
    (60, "Hard"),
    (85, "Good"),
    (101, "Easy"),
)
"""(below this overall mark, what a session counts as in spaced repetition)."""

RETENTION: Final = 0.9
"""A question comes again when the chance to remember it has fallen to this."""

LONGEST_PAUSE_DAYS: Final = 180
"""However well it went, a question comes again after so many days."""

SESSIONS_LOOKED_AT: Final = 5
"""The weakest criterion is looked for in so many of the last sessions."""

WEAK_BELOW: Final = 0.7
"""A criterion with a larger mean share of its points than this is not called weak."""
