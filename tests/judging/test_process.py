"""How one works: what counts as asking, planning, testing, mending, and what does not."""

import pytest

from mockloop.bank.question import CodingQuestion
from mockloop.judging.scorecard import CriterionMark
from tests.judging.logs import SessionLog
from tests.judging.test_coding import PLAN, judged, line


async def mark(log: SessionLog, id: str) -> CriterionMark:
    return line(await judged(log), id)


@pytest.mark.parametrize(
    ("said", "points"),
    [
        (["Is the list sorted? And can it be empty?"], 15),
        (["is the list sorted"], 10.5),
        (["The list is sorted."], 0),
        (["sorted, empty, negative, duplicates"], 0),
        (["What is your name?"], 0),
    ],
)
async def test_clarifying_before_code(question: CodingQuestion, said: list[str], points: float) -> None:
    log = SessionLog(question)
    for text in said:
        log.says(text)
    log.writes(question.references["python"])
    assert (await mark(log, "clarified")).points == points


async def test_asking_after_code_is_late(question: CodingQuestion) -> None:
    log = SessionLog(question)
    log.writes(question.references["python"])
    log.says("Is the list sorted? And can it be empty?")
    assert (await mark(log, "clarified")).points == pytest.approx(15 * 0.35)


async def test_a_plan_counts_more_before_the_code_than_after(question: CodingQuestion) -> None:
    before, after, never = SessionLog(question), SessionLog(question), SessionLog(question)
    before.says(PLAN)
    before.writes(question.references["python"])
    after.writes(question.references["python"])
    after.says(PLAN)
    never.writes(question.references["python"])
    points = [(await mark(log, "planned")).points for log in (before, after, never)]
    assert points == [20, 8, 0]


async def test_a_comment_before_the_plan_is_not_yet_code(question: CodingQuestion) -> None:
    log = SessionLog(question)
    log.writes("# my notes\n" + question.starter["python"])
    log.says(PLAN)
    log.writes(question.references["python"])
    assert (await mark(log, "planned")).points == 20


async def test_an_approach_that_does_not_work_is_no_full_plan(question: CodingQuestion) -> None:
    log = SessionLog(question)
    log.says("I would merge the overlapping bookings and then count how many merged blocks there are in the list.")
    log.writes(question.references["python"])
    planned = await mark(log, "planned")
    assert planned.points == 6
    assert "does not solve" in planned.explanation


async def test_own_cases_count_beside_the_tests(question: CodingQuestion) -> None:
    code = question.references["python"]
    points = []
    for tests, own in ((False, False), (True, False), (False, True), (True, True)):
        log = SessionLog(question)
        log.writes(code)
        if tests:
            log.runs_tests(code, [True, True, True], 14, 14)
        if own:
            log.runs_script(code + "\nprint(rooms_needed([]))\n")
        points.append((await mark(log, "tested")).points)
    assert points == [0, 12, 8, 20]


async def test_running_the_bare_file_tries_nothing(question: CodingQuestion) -> None:
    log = SessionLog(question)
    log.writes(question.references["python"])
    log.runs_script(question.references["python"])
    assert (await mark(log, "tested")).points == 4


@pytest.mark.parametrize(
    ("runs", "points"),
    [
        ([], 0),
        ([14], 20),
        ([5], 0),
        ([5, 5], 0),
        ([5, 9], 12),
        ([5, 14], 20),
        ([9, 5], 0),
        ([9, 5, 7], 0),
        ([5, 14, 9], 12),
    ],
)
async def test_mending_shows_in_the_runs(question: CodingQuestion, runs: list[int], points: float) -> None:
    log = SessionLog(question)
    code = question.references["python"]
    log.writes(code)
    for hidden in runs:
        log.runs_tests(code, [True, True, True], hidden, 14)
    assert (await mark(log, "debugged")).points == points


async def test_each_hint_costs_the_same_and_is_said(question: CodingQuestion) -> None:
    points = []
    for hints in range(6):
        log = SessionLog(question)
        for level in range(hints):
            log.hint(level + 1)
        log.writes(question.references["python"])
        independence = await mark(log, "independence")
        points.append(independence.points)
        assert ("hint" in independence.explanation) is True
    assert points == [15, 11.25, 7.5, 3.75, 0, 0]


async def test_late_is_less_than_early(question: CodingQuestion) -> None:
    early, late = SessionLog(question), SessionLog(question)
    early.writes(question.references["python"])
    late.wait(26).writes(question.references["python"])
    assert (await mark(early, "time")).points == 10
    assert (await mark(late, "time")).points == 6
