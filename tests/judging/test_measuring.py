"""Growth of running time: classes told apart through noise, and never a punishment for a busy machine."""

import math
import random
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockloop.bank.question import CodingQuestion, GrowthClass
from mockloop.judging.measuring import (
    BANDS,
    classify,
    keeps_up,
    measure_growth,
    never_falling,
    plan_sizes,
)
from mockloop.judging.record import Version
from mockloop.runner.contract import CallResult, RunResult
from mockloop.runner.scripted import ScriptedRunner
from tests.judging.logs import answering

SIZES = (500, 1000, 2000, 4000, 8000, 16000, 32000, 64000)
VERSION = Version(3, datetime(2026, 1, 1, tzinfo=UTC), "python", "def rooms_needed(bookings): ...")

GROWTHS: dict[GrowthClass, list[tuple[int, float]]] = {
    "linear": [(n, 0.001 + 1e-6 * n) for n in SIZES],
    "quadratic": [(n, 0.001 + 2e-8 * n**2) for n in SIZES[:5]],
    "cubic": [(n, 0.0001 + 1e-9 * n**3) for n in (75, 150, 300, 600)],
    "exponential": [(n, 0.001 + 1e-8 * 2**n) for n in (16, 18, 20, 22, 24)],
}


@pytest.mark.parametrize("growth", list(GROWTHS))
def test_clean_times_give_their_class(growth: GrowthClass) -> None:
    assert classify(GROWTHS[growth]).growth == growth


def test_n_log_n_counts_as_linear() -> None:
    points = [(n, 0.001 + 1e-7 * n * math.log2(n)) for n in SIZES]
    measured = classify(points).growth
    assert measured is not None
    assert BANDS[measured] == BANDS["linearithmic"]


@given(st.integers(0, 10**6))
def test_noise_that_only_adds_does_not_hide_that_linear_code_keeps_up(seed: int) -> None:
    rng = random.Random(seed)
    best = [(n, min(t * (1 + abs(rng.gauss(0, 0.25))) for _ in range(3))) for n, t in GROWTHS["linear"]]
    assert keeps_up(dict(best), "linear")


@given(st.integers(0, 10**6))
def test_quadratic_code_is_never_called_linear(seed: int) -> None:
    rng = random.Random(seed)
    best = [(n, t * rng.uniform(0.9, 1.3)) for n, t in GROWTHS["quadratic"]]
    assert classify(never_falling(best)).growth != "linear"
    assert not keeps_up(dict(best), "linear")


def test_no_size_takes_longer_than_a_larger_one() -> None:
    assert never_falling([(1, 0.5), (2, 0.1), (3, 0.2)]) == ((1, 0.1), (2, 0.1), (3, 0.2))


def test_too_few_points_are_unclear_and_say_so() -> None:
    for points, cut in (([], None), ([], 500), ([(500, 0.01)], 1000), ([(500, 0.0001), (1000, 0.0001)], None)):
        measured = classify(points, cut)
        assert measured.growth is None
        assert measured.reason


@given(
    st.dictionaries(st.sampled_from(SIZES[:3]), st.floats(1e-5, 0.3), min_size=1),
    st.floats(0, 0.5),
)
def test_planned_calls_fit_into_the_budget(best: dict[int, float], left_s: float) -> None:
    planned = plan_sizes(best, SIZES, left_s, "linear")
    known = sum(best.get(size, 0.0) for size in planned)
    assert known <= left_s + 1e-9
    assert all(size in SIZES for size in planned)


async def test_linear_code_keeps_up(question: CodingQuestion) -> None:
    measured = await measure_growth(question, VERSION, answering(question), "")
    assert measured.growth is not None
    assert BANDS[measured.growth] == BANDS["linearithmic"]
    assert measured.timings


async def test_quadratic_code_is_confirmed_against_the_reference(question: CodingQuestion) -> None:
    runner = answering(question, seconds=lambda n: 2e-8 * n**2)
    assert (await measure_growth(question, VERSION, runner, "")).growth == "quadratic"


async def test_a_machine_that_slows_everybody_down_is_nobodys_fault(question: CodingQuestion) -> None:
    runner = answering(question, seconds=lambda n: 2e-8 * n**2, reference_seconds=lambda n: 2e-8 * n**2)
    measured = await measure_growth(question, VERSION, runner, "")
    assert measured.growth is None
    assert not measured.too_slow
    assert "machine" in measured.reason


async def test_code_that_does_not_finish_the_smallest_input_is_too_slow(question: CodingQuestion) -> None:
    runner = answering(question, seconds=lambda n: 60.0)
    measured = await measure_growth(question, VERSION, runner, "")
    assert measured.too_slow
    assert measured.cut == 500
    slow_too = answering(question, seconds=lambda n: 60.0, reference_seconds=lambda n: 60.0)
    assert not (await measure_growth(question, VERSION, slow_too, "")).too_slow


async def test_being_stopped_once_on_a_busy_machine_is_no_verdict(question: CodingQuestion) -> None:
    seen: list[int] = []

    def hiccup(size: int) -> float:
        seen.append(size)
        return 60.0 if len(seen) <= 4 else 2e-6 * size

    measured = await measure_growth(question, VERSION, answering(question, seconds=hiccup), "")
    assert not measured.too_slow
    assert measured.growth is None


async def test_exponential_code_costs_a_bounded_time(question: CodingQuestion) -> None:
    runner = answering(question, seconds=lambda n: 1e-9 * 2.0 ** min(n, 900))
    await measure_growth(question, VERSION, runner, "")
    assert sum(len(job.calls) for job in runner.jobs if job.kind == "solution") <= 16


async def test_a_crash_on_a_larger_input_is_told(question: CodingQuestion) -> None:
    def crash(job: object) -> RunResult:
        return RunResult(outcome="ok", calls=tuple(CallResult(index=i, outcome="crashed") for i in range(9)))

    measured = await measure_growth(question, VERSION, ScriptedRunner([crash]), "")
    assert measured.failed == 500
    assert measured.growth is None
