"""When a provider is left alone, for how long, and what ends it."""

from dataclasses import replace

import pytest
from pydantic import SecretStr

from mockloop.llm import breaker as b
from mockloop.llm.breaker import Breakers
from mockloop.llm.faults import Failed, Fault
from mockloop.llm.port import Provider

PROVIDER = Provider(name="mine", protocol="openai", api_key=SecretStr("secret"), models={"judge": "m"})


class Time:
    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def breakers(time: Time) -> Breakers:
    return Breakers(time)


def fail(breakers: Breakers, fault: Fault, retry_after_s: float | None = None, times: int = 1) -> None:
    for _ in range(times):
        breakers.failed(PROVIDER, Failed(fault, retry_after_s))


@pytest.mark.parametrize(
    ("fault", "retry_after_s", "rest_s"),
    [
        ("unauthorised", None, b.UNAUTHORISED_S),
        ("unauthorised", 1.0, b.UNAUTHORISED_S),
        ("rate_limited", 30.0, 30.0),
        ("rate_limited", 1e9, b.LONGEST_S),
        ("rate_limited", None, b.RATE_LIMITED_S),
        ("overloaded", 12.0, 12.0),
    ],
)
def test_one_fault_is_enough(
    breakers: Breakers, time: Time, fault: Fault, retry_after_s: float | None, rest_s: float
) -> None:
    fail(breakers, fault, retry_after_s)
    time.now_s += rest_s - 0.1
    assert breakers.fault_of(PROVIDER) == fault
    time.now_s += 0.2
    assert breakers.fault_of(PROVIDER) is None


@pytest.mark.parametrize("fault", ["server_error", "timed_out", "cut", "unreachable", "malformed", "unfinished"])
def test_faults_in_a_row(breakers: Breakers, time: Time, fault: Fault) -> None:
    fail(breakers, fault, times=b.FAULTS_IN_A_ROW - 1)
    assert breakers.fault_of(PROVIDER) is None
    fail(breakers, fault)
    assert breakers.fault_of(PROVIDER) == fault
    time.now_s += b.FIRST_REST_S
    assert breakers.fault_of(PROVIDER) is None, "the probe"
    assert breakers.fault_of(PROVIDER) == fault, "only one"
    fail(breakers, fault)
    time.now_s += 2 * b.FIRST_REST_S - 0.1
    assert breakers.fault_of(PROVIDER) == fault, "twice as long"
    time.now_s += 0.2
    assert breakers.fault_of(PROVIDER) is None
    breakers.answered(PROVIDER)
    fail(breakers, fault, times=b.FAULTS_IN_A_ROW - 1)
    assert breakers.fault_of(PROVIDER) is None, "an answer ends it"


def test_a_rest_has_an_end(breakers: Breakers, time: Time) -> None:
    fail(breakers, "server_error", times=100)
    time.now_s += b.LONGEST_REST_S
    assert breakers.fault_of(PROVIDER) is None


@pytest.mark.parametrize("fault", ["bad_request", "too_long", "refused", "empty", "invalid_output"])
def test_a_prompt_that_was_answered_with_no(breakers: Breakers, fault: Fault) -> None:
    fail(breakers, fault, times=20)
    assert breakers.fault_of(PROVIDER) is None


def test_a_probe_that_never_ends(breakers: Breakers, time: Time) -> None:
    fail(breakers, "rate_limited", 30.0)
    time.now_s += 30.0
    assert breakers.fault_of(PROVIDER) is None
    time.now_s += b.PROBE_S
    assert breakers.fault_of(PROVIDER) is None, "another one goes"


def test_each_name_address_and_key_for_itself(breakers: Breakers) -> None:
    fail(breakers, "unauthorised")
    others = (
        {"name": "other"},
        {"base_url": "http://localhost:1/v1"},
        {"api_key": SecretStr("new")},
        {"api_key": None},
    )
    assert all(breakers.fault_of(replace(PROVIDER, **change)) is None for change in others)
    assert breakers.fault_of(replace(PROVIDER, models={"judge": "another"})) == "unauthorised"
    assert "secret" not in repr(vars(breakers))
    breakers.forget(PROVIDER)
    assert breakers.fault_of(PROVIDER) is None


def test_memory_is_bounded(breakers: Breakers) -> None:
    for number in range(b.MOST + 50):
        breakers.failed(replace(PROVIDER, name=str(number)), Failed("unauthorised"))
    assert len(breakers._breakers) == b.MOST
    assert breakers.fault_of(replace(PROVIDER, name=str(b.MOST))) == "unauthorised"
