"""From credits to marks."""

from itertools import pairwise
from math import floor

from mockloop.judging.answers import weights as w


def mark10(mark: float) -> int:
    """The integer from 1 to 10 for a mark from 0 to 100; a half rounds up."""
    return min(10, max(1, floor(mark / 10 + 0.5)))


def scaled(credit: float) -> float:
    """The share of the full mark for a mean credit, by `weights.SCALE`; it never falls as the credit rises."""
    for (low, below), (high, above) in pairwise(w.SCALE):
        if credit <= high:
            return below + (above - below) * (credit - low) / (high - low)
    return 1.0


def ramp(value: float, low: float, high: float) -> float:
    """0 at `low`, 1 at `high`, a straight line between."""
    return min(1.0, max(0.0, (value - low) / (high - low)))
