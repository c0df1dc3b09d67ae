"""Measures how the running time of the final code grows, and says which class that is, or that it cannot tell.

Timing on a busy machine is noisy, so only coarse classes are told apart: linear and linearithmic count as one, and
what lies between two classes is called unclear and costs nothing.
"""

import asyncio
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

from mockloop.bank.growth import arguments_for
from mockloop.bank.question import CodingQuestion, GrowthClass
from mockloop.judging.checking import solution_job
from mockloop.judging.record import Version
from mockloop.judging.weights import GROWTH_BUDGET_S, GROWTH_LIMIT_PER_CALL_S
from mockloop.runner.contract import CallResult, Runner

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

_EXPONENTS: tuple[tuple[GrowthClass, float, float], ...] = (
    ("linear", -math.inf, 1.45),
    ("quadratic", 1.6, 2.7),
    ("cubic", 2.7, 3.7),
    ("exponential", 3.7, math.inf),
)
"""(class, from, to): steepness of time over size on logarithmic axes. What lies between is called unclear."""

_ROUNDS = 3
_REPEATS = 3
_START_S = 0.03
_NOISE_S = 0.0015
_CLEAR_S = 0.04
"""A call that takes this long is well above the noise; there is no need for a larger one."""

_FASTEST_STEP_S = 3e-11
"""Even copying memory takes longer per element; so a short time at a large size rules the slower classes out."""


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
    failed: int | None = None
    """The smallest size at which the code stopped with an error or ran out of memory."""


async def measure_growth(
    question: CodingQuestion, version: Version, runner: Runner, owner: str, budget_s: float = GROWTH_BUDGET_S
) -> Measured:
    """Run the code on growing inputs within the budget. Raises `RunnerUnavailable`.

    First the small sizes; what they took decides which larger ones fit. Code that looks slower than the target is
    timed once more against the reference solution before anybody is told so.
    """
    sizes, target = question.growth.sizes, question.growth.target
    planned = [sizes[0], *sizes[:3]]  # the very first call also warms the interpreter up
    best: dict[int, float] = {}
    cut = failed = None
    least_s = budget_s / 2  # a slow start of the sandbox leaves time for the larger sizes
    for _ in range(_ROUNDS):
        begun = perf_counter()
        results = await _time(question, version, runner, owner, planned)
        best = _best(results, best)
        cut, failed = _first_cut(results), _first_failure(results)
        called_s = sum(seconds for _, seconds in results)
        around_s = max(0.0, perf_counter() - begun - called_s)  # making and handing over the inputs
        budget_s = max(budget_s - called_s - around_s, least_s - called_s)
        least_s = 0.0
        planned = plan_sizes(best, sizes, budget_s, target, max(0.0, around_s - _START_S) / sum(planned))
        if cut is not None or failed is not None or not planned or keeps_up(best, target):
            break
    timings = never_falling(sorted(best.items()))
    if failed is not None:
        reason = f"the code stopped with an error on an input of size {failed}"
        return Measured(None, timings, cut, reason, failed=failed)
    if target in ("constant", "logarithmic"):
        return Measured(None, timings, cut, "handing the input over takes longer than the work itself")
    if keeps_up(best, target) and cut is None:
        return Measured(target, timings)
    measured = classify(timings, cut)
    seems_fine = measured.growth is not None and BANDS[measured.growth] <= BANDS[target]
    if cut is not None and (seems_fine or measured.growth is None):
        if await _stays_behind(question, version, runner, owner, cut):
            return Measured(None, timings, cut, measured.reason, too_slow=True)
        return measured
    if measured.growth is None or (seems_fine and not _looks_steep(timings)):
        return measured
    return await _confirmed(question, version, runner, owner, measured)


def keeps_up(best: Mapping[int, float], target: GrowthClass) -> bool:
    """Whether a call was so quick at a large size that no program of the next slower class could have made it.

    Noise only ever adds time, so this holds on the busiest machine.
    """
    degree = BANDS[target] + 1
    return degree <= 3 and any(seconds < _FASTEST_STEP_S * float(size) ** degree for size, seconds in best.items())


async def _stays_behind(question: CodingQuestion, version: Version, runner: Runner, owner: str, size: int) -> bool:
    """Whether the code is stopped on this size every time, and the reference needs less than a tenth of that."""
    again = await _time(question, version, runner, owner, [size] * _REPEATS)
    if size in _best(again, {}):
        return False
    times = await _reference_times(question, version, runner, owner, [size] * _REPEATS)
    return times.get(size, math.inf) < GROWTH_LIMIT_PER_CALL_S / 10


async def _confirmed(
    question: CodingQuestion, version: Version, runner: Runner, owner: str, measured: Measured
) -> Measured:
    """A slower class only when the reference, timed beside it on the same inputs, leaves the code ever further behind.

    The code must be several times slower at the large size, and that factor must grow with the size.
    """
    target = question.growth.target
    unclear = Measured(None, measured.timings, measured.cut, "the times vary too much on this machine to be sure")
    if measured.growth is not None and BANDS[measured.growth] <= BANDS[target]:
        unclear = measured
    large = measured.timings[-1][0]
    small = max((size for size, _ in measured.timings if size <= large / 4), default=measured.timings[0][0])
    if small == large:
        return unclear
    code, reference = dict(measured.timings), dict.fromkeys((small, large), 0.0)
    for _ in range(2):  # in turns: a busy moment must not hit one of the two alone
        code = _best(await _time(question, version, runner, owner, [small, large] * 2), code)
        times = await _reference_times(question, version, runner, owner, [small, large] * 2)
        reference = {size: max(slowest, times.get(size, math.inf)) for size, slowest in reference.items()}
    factor = {size: code[size] / max(reference[size], _NOISE_S / 3) for size in (small, large)}
    clearly_slower = code[large] > 3 * reference[large] + 2 * _NOISE_S
    if not clearly_slower or factor[large] / factor[small] < (large / small) ** 0.4:
        return unclear
    again = classify([(size, code[size]) for size in (small, large)]).growth or measured.growth
    if again is None or BANDS[again] <= BANDS[target]:
        return unclear
    first = measured.growth
    milder = first if first and BANDS[target] < BANDS[first] < BANDS[again] else again
    return replace(measured, growth=milder)


def _looks_steep(timings: Sequence[tuple[int, float]]) -> bool:
    """Whether flat times are to be doubted: the last step or all of them together are steep, or few sizes took long.

    Noise lifts the small sizes most, which hides steepness.
    """
    (n0, t0), (n1, t1) = timings[-2], timings[-1]
    steep_end = t0 > 2 * _NOISE_S and math.log(t1 / t0) / math.log(n1 / n0) > _EXPONENTS[1][1]
    (first_n, first_t) = timings[0]
    rise = math.log(t1 / max(first_t, _NOISE_S / 3)) / math.log(n1 / first_n)
    steep_in_all = t1 > 4 * _NOISE_S and rise > _EXPONENTS[1][1]
    return steep_end or steep_in_all or (len(timings) <= 3 and t1 > _CLEAR_S)


async def _reference_times(
    question: CodingQuestion, version: Version, runner: Runner, owner: str, sizes: Sequence[int]
) -> dict[int, float]:
    source = question.references.get(version.language)
    if source is None:
        return {}
    reference = Version(version.seq, version.at, version.language, source)
    return _best(await _time(question, reference, runner, owner, sizes), {})


Timed = list[tuple[tuple[int, CallResult | None], float]]


async def _time(question: CodingQuestion, version: Version, runner: Runner, owner: str, sizes: Sequence[int]) -> Timed:
    arguments: dict[int, list[Any]] = {}
    for size in set(sizes):  # in a thread: large inputs take a while to make, and sockets are waiting
        arguments[size] = await asyncio.to_thread(arguments_for, question.growth.recipe, size)
    job = solution_job(question, version, [arguments[size] for size in sizes], GROWTH_LIMIT_PER_CALL_S)
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


def plan_sizes(
    best: Mapping[int, float],
    sizes: Sequence[int],
    left_s: float,
    target: GrowthClass,
    around_s_per_item: float = 0.0,
) -> list[int]:
    """Which sizes to time next: the one that should decide, else larger ones until one stands clear of the noise.

    Empty when nothing more fits into `left_s`. `around_s_per_item` is what making an input costs besides the call.
    """
    if not best or left_s <= 0:
        return []
    known = max(best)
    steepness = _steepness(best)
    planned: list[int] = []
    expected = dict(best)
    for size in (size for size in sizes if size > known):
        guess = max(best[known], _NOISE_S / 3) * (size / known) ** steepness
        if guess + around_s_per_item * size > left_s or expected[max(expected)] > _CLEAR_S:
            break
        if keeps_up({size: 2 * guess}, target):
            return [size, size] if 2 * guess + around_s_per_item * size <= left_s else [size]
        expected[size] = guess
        planned.append(size)
        left_s -= guess + around_s_per_item * size
    for size in sorted(expected, reverse=True)[:3]:
        if expected[size] <= left_s:
            planned.append(size)
            left_s -= expected[size]
    return planned


def _steepness(best: Mapping[int, float]) -> float:
    """A cautious guess of the exponent from few and noisy points, between 1 and 3."""
    (small, fast), (large, slow) = min(best.items()), max(best.items())
    if large <= small or slow < 2 * _NOISE_S:
        return 1.15
    return min(3.0, max(1.15, math.log(slow / max(fast, 1e-5)) / math.log(large / small)))


def never_falling(timings: Sequence[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    """The times with the noise taken off that can be: no size takes longer than a larger one."""
    lowest, kept = math.inf, []
    for size, seconds in reversed(timings):
        lowest = min(lowest, seconds)
        kept.append((size, lowest))
    return tuple(reversed(kept))


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
    if cut is None and points[-1][1] < 4 * _NOISE_S:
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
    for growth, low, high in _EXPONENTS:
        if low <= exponent <= high:
            return growth, made, cut, ""
    return None, made, cut, "the times lie between two classes"
