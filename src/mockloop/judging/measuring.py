"""Measures how the running time of the final code grows, and says which class that is, or that it cannot tell.

Timing on a busy machine is noisy, so only coarse classes are told apart: linear and linearithmic count as one, and
what lies between two classes is called unclear and costs nothing.
"""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from mockloop.bank.growth import arguments_for
from mockloop.bank.question import CodingQuestion, GrowthClass
from mockloop.judging.checking import solution_job
from mockloop.judging.record import Version
from mockloop.judging.weights import GROWTH_BUDGET_S, GROWTH_LIMIT_PER_CALL_S
from mockloop.runner.contract import CallResult, Limits, Runner

BANDS: dict[GrowthClass, int] = {
    "constant": 0,
    "logarithmic": 0,
    "linear": 1,
    "linearithmic": 1,
    "quadratic": 2,
    "cubic": 3,
    "exponential": 4,
}
"""What timing can tell apart. Handing a list over is linear work itself, so bands 0 and 1 look alike."""

_NOISE_S = 0.0015
_CLEAR_S = 0.04
"""A call that takes this long is well above the noise; there is no need for a larger one."""

_FASTEST_STEP_S = 2e-10
"""No program does a step of work in less; so a short time at a large size rules the slow classes out."""


@dataclass(frozen=True)
class Measured:
    """`growth` is None when unclear, `reason` then says why. `timings`: (size, best seconds) of calls that ended.

    `cut` is the smallest size whose call was stopped, None when all ended.
    """

    growth: GrowthClass | None
    timings: tuple[tuple[int, float], ...] = ()
    cut: int | None = None
    reason: str = ""
    too_slow: bool = False
    """Whether it was stopped on a size that the reference solution finished, here and now, many times faster."""


async def measure_growth(
    question: CodingQuestion, version: Version, runner: Runner, owner: str, budget_s: float = GROWTH_BUDGET_S
) -> Measured:
    """Run the code on growing inputs within the budget. Raises `RunnerUnavailable`.

    First the small sizes once; what they took decides which larger ones fit, and how often the cheap are repeated.
    """
    sizes = question.growth.sizes
    first = sizes[:3]
    results = await _time(question, version, runner, owner, first)
    best = _best(results, {})
    cut = _first_cut(results)
    failed = _first_failure(results)
    if cut is None and failed is None:
        spent = sum(seconds for _, seconds in results)
        later = plan_sizes(best, sizes, budget_s - spent)
        if later:
            more = await _time(question, version, runner, owner, later)
            best = _best(more, best)
            cut, failed = _first_cut(more), _first_failure(more)
    timings = tuple(sorted(best.items()))
    if failed is not None:
        return Measured(None, timings, cut, f"the code stopped with an error on an input of size {failed}")
    if question.growth.target in ("constant", "logarithmic"):
        return Measured(None, timings, cut, "handing the input over takes longer than the work itself")
    measured = classify(timings, cut)
    if measured.growth is None and cut is not None and await _reference_is_fast(question, version, runner, owner, cut):
        return Measured(None, timings, cut, measured.reason, too_slow=True)
    return measured


async def _reference_is_fast(question: CodingQuestion, version: Version, runner: Runner, owner: str, size: int) -> bool:
    """Whether the reference needs less than a tenth of the time at which the candidate's call was stopped."""
    source = question.references.get(version.language)
    if source is None:
        return False
    reference = Version(version.seq, version.at, version.language, source)
    results = await _time(question, reference, runner, owner, [size, size])
    return _best(results, {}).get(size, math.inf) < GROWTH_LIMIT_PER_CALL_S / 10


Timed = list[tuple[tuple[int, CallResult | None], float]]


async def _time(question: CodingQuestion, version: Version, runner: Runner, owner: str, sizes: Sequence[int]) -> Timed:
    arguments: dict[int, list[Any]] = {}
    for size in set(sizes):  # in a thread: large inputs take a while to make, and sockets are waiting
        arguments[size] = await asyncio.to_thread(arguments_for, question.growth.recipe, size)
    job = solution_job(question, version, [arguments[size] for size in sizes], GROWTH_LIMIT_PER_CALL_S)
    # The runner lets a solution take four times `wall_s` over all its calls.
    job = job.model_copy(update={"limits": Limits(wall_s=GROWTH_LIMIT_PER_CALL_S, cpu_s=5.0)})
    result = await runner.run(job, owner=owner)
    calls = {call.index: call for call in result.calls}
    return [((size, calls.get(index)), _seconds(calls.get(index))) for index, size in enumerate(sizes)]


def _seconds(call: CallResult | None) -> float:
    return call.wall_s if call else 0.0


def _best(results: Timed, known: dict[int, float]) -> dict[int, float]:
    best = dict(known)
    for (size, call), seconds in results:
        if call is not None and call.outcome == "returned":
            best[size] = min(seconds, best.get(size, math.inf))
    return best


def _first_cut(results: Timed) -> int | None:
    return min((size for (size, call), _ in results if call and call.outcome == "timed_out"), default=None)


def _first_failure(results: Timed) -> int | None:
    bad = ("crashed", "out_of_memory", "too_much_output")
    return min((size for (size, call), _ in results if call and call.outcome in bad), default=None)


def plan_sizes(best: dict[int, float], sizes: Sequence[int], left_s: float) -> list[int]:
    """Which sizes to time next, the small before the large: larger ones until one is clear, then repeats of all."""
    known = sorted(best)
    if not known or left_s <= 0:
        return []
    steepness = _steepness(best)
    planned: list[int] = []
    expected = {size: best[size] for size in known}
    for size in sizes:
        if size <= known[-1] or expected[max(expected)] > _CLEAR_S:
            continue
        guess = max(best[known[-1]], _NOISE_S / 2) * (size / known[-1]) ** steepness
        if guess > left_s:
            break
        expected[size] = guess
        planned.append(size)
        left_s -= guess
    repeats = [size for size in sorted(expected, reverse=True)[:4] for _ in range(2)]
    for size in repeats:
        if expected[size] <= left_s:
            planned.append(size)
            left_s -= expected[size]
    return planned


def _steepness(best: dict[int, float]) -> float:
    """A cautious guess of the exponent from few and noisy points, between 1 and 3."""
    (small, fast), (large, slow) = min(best.items()), max(best.items())
    if large <= small or slow < 2 * _NOISE_S:
        return 1.15
    return min(3.0, max(1.15, math.log(slow / max(fast, 1e-5)) / math.log(large / small)))


def classify(timings: Sequence[tuple[int, float]], cut: int | None = None) -> Measured:
    """The class of growth that (size, seconds) pairs show. `cut` is a size whose call was stopped.

    Each class is fitted as constant + factor * f(n), by relative error; a class must be clearly better than its
    neighbours, and the steepness of the last points must agree with it.
    """
    points = sorted(timings)
    made = tuple(points)
    if len(points) < 2:
        if cut is not None and points:
            return Measured(None, made, cut, f"it finished size {points[0][0]} and not size {cut}")
        if cut is not None:
            return Measured(None, made, cut, f"it did not finish the smallest input, of size {cut}")
        return Measured(None, made, cut, "too few calls could be timed")
    size, seconds = points[-1]
    if cut is None and seconds < 4 * _NOISE_S:
        if seconds / _FASTEST_STEP_S < float(size) ** 2:
            return Measured("linear", made, cut)
        return Measured(None, made, cut, "it was too quick at every size to see how the time grows")
    exponent = steepness_above_constant(points)
    if exponent is None:
        return Measured(None, made, cut, "the times were too close to the noise of the machine")
    return Measured(*_class_of(points, exponent, cut))


def steepness_above_constant(points: Sequence[tuple[int, float]]) -> float | None:
    """d log(time) / d log(size) over the larger points, after taking off the constant part; None when unclear."""
    constant = _constant_part(points)
    clear = [(n, t - constant) for n, t in points if t - constant > _NOISE_S][-4:]
    if len(clear) < 2:
        return None
    (n0, t0), (n1, t1) = clear[0], clear[-1]
    if len(clear) == 2 or n1 / n0 < 3:
        return math.log(t1 / t0) / math.log(n1 / n0)
    xs, ys = [math.log(n) for n, _ in clear], [math.log(t) for _, t in clear]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def _constant_part(points: Sequence[tuple[int, float]]) -> float:
    """What a call costs whatever its size: never more than the fastest call, and found by a straight line."""
    (n0, t0), (n1, t1) = points[0], points[1]
    if n1 == n0:
        return 0.0
    return min(max(0.0, t0 - n0 * max(0.0, t1 - t0) / (n1 - n0)), 0.9 * t0)


def _class_of(
    points: Sequence[tuple[int, float]], exponent: float, cut: int | None
) -> tuple[GrowthClass | None, tuple[tuple[int, float], ...], int | None, str]:
    made = tuple(points)
    if _is_exponential(points, exponent):
        return "exponential", made, cut, ""
    for growth, low, high in (("linear", 0.35, 1.42), ("quadratic", 1.6, 2.4), ("cubic", 2.6, 3.4)):
        if low <= exponent <= high:
            return growth, made, cut, ""  # type: ignore[return-value]
    if exponent < 0.35:
        return "constant", made, cut, ""
    if exponent > 3.4:
        return "exponential", made, cut, ""
    return None, made, cut, "the times lie between two classes"


def _is_exponential(points: Sequence[tuple[int, float]], exponent: float) -> bool:
    """Whether equal steps of the size multiply the time: the steepness itself then grows with the size."""
    if exponent < 3.4 or len(points) < 3:
        return False
    slopes = [math.log(max(t1, 1e-6) / max(t0, 1e-6)) / math.log(n1 / n0) for (n0, t0), (n1, t1) in pairwise(points)]
    return slopes[-1] > slopes[0]
