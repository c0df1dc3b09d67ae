"""When a question comes again, and which criterion is called the weakest."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockloop.bank.question import CodingQuestion
from mockloop.judging.coding import judge_coding
from mockloop.judging.repetition.schedule import Memory, rating_of, reviewed
from mockloop.judging.repetition.weakest import Judged, weakest_criterion
from mockloop.judging.scorecard import Scorecard
from mockloop.judging.weights import LONGEST_PAUSE_DAYS
from tests.judging.logs import SessionLog, answering
from tests.judging.test_coding import middling, strong

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def after(*overalls: float, days_between: int = 7) -> Memory:
    memory: Memory | None = None
    for i, overall in enumerate(overalls):
        memory = reviewed(memory, overall, AT + timedelta(days=i * days_between))
    assert memory is not None
    return memory


@pytest.mark.parametrize(
    ("overall", "rating"),
    [(0, "Again"), (39.9, "Again"), (40, "Hard"), (59.9, "Hard"), (60, "Good"), (84.9, "Good"), (85, "Easy"),
     (100, "Easy")],
)  # fmt: skip
def test_the_mark_says_how_well_it_was_remembered(overall: float, rating: str) -> None:
    assert rating_of(overall) == rating


def test_the_first_time() -> None:
    assert [after(overall).in_days for overall in (20, 50, 70, 90)] == [1, 1, 2, 8]


def test_what_goes_well_again_and_again_comes_ever_later() -> None:
    pauses = [after(*[75] * times, days_between=30).in_days for times in range(1, 6)]
    assert pauses == sorted(pauses)
    assert pauses[-1] > 3 * pauses[0]


def test_what_is_forgotten_comes_soon() -> None:
    assert after(90, 90, 20).in_days < after(90, 90, 90).in_days
    assert after(90, 90, 20).in_days < after(90, 90).in_days


def test_nothing_stays_away_for_ever() -> None:
    assert after(*[100] * 12, days_between=180).in_days == LONGEST_PAUSE_DAYS


@given(st.lists(st.floats(0, 100), min_size=1, max_size=8), st.integers(0, 400))
def test_it_is_deterministic_and_in_whole_days(overalls: list[float], days_between: int) -> None:
    memory = after(*overalls, days_between=days_between)
    assert memory == after(*overalls, days_between=days_between)
    assert 1 <= memory.in_days <= LONGEST_PAUSE_DAYS
    assert memory.due_at - memory.reviewed_at == timedelta(days=memory.in_days)
    assert memory.reviews == len(overalls)


def test_sessions_judged_in_the_other_order_do_not_go_back_in_time() -> None:
    later = reviewed(None, 70, AT)
    both = reviewed(later, 70, AT - timedelta(days=1))
    assert both.reviewed_at == AT
    assert both.due_at > AT


def judged(number: int, card: Scorecard) -> Judged:
    return Judged(UUID(int=number), f"Question {number}", AT - timedelta(days=number), card)


async def card_of(log: SessionLog) -> Scorecard:
    return await judge_coding(log.ends(), log.question, answering(log.question), owner="x")


async def test_the_weakest_criterion_comes_with_the_sessions_that_show_it(question: CodingQuestion) -> None:
    good, bad = await card_of(strong(question)), await card_of(middling(question))
    found = weakest_criterion([judged(1, bad), judged(2, good), judged(3, bad)])
    assert found is not None
    assert found.kind == "weakest"
    assert found.criterion == "stated-time", "nothing said of it twice in three, and it weighs most of those"
    assert "over your last 3 sessions" in found.text
    assert "33%" in found.text
    assert [one.session_id.int for one in found.sessions] == [1, 3], "the session in which it went well does not"
    assert all(one.points < one.out_of for one in found.sessions)


async def test_nothing_is_weak_in_strong_sessions(question: CodingQuestion) -> None:
    good = await card_of(strong(question))
    assert weakest_criterion([judged(1, good), judged(2, good)]) is None
    assert weakest_criterion([]) is None


async def test_the_first_session_speaks_of_itself(question: CodingQuestion) -> None:
    found = weakest_criterion([judged(1, await card_of(middling(question)))])
    assert found is not None
    assert "in this session" in found.text
    assert len(found.sessions) == 1


async def test_only_criteria_of_every_question_are_compared(question: CodingQuestion) -> None:
    found = weakest_criterion([judged(1, await card_of(SessionLog(question)))])
    assert found is not None
    assert found.criterion not in {one.id for one in question.rubric}
