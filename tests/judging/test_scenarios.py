"""The judge on the bank's own solutions, run in the real sandbox: right code earns all, slow and wrong code lose."""

from collections.abc import AsyncIterator
from functools import lru_cache

import pytest

from mockloop.bank.loader import Bank, bank_root, load_bank, question_ids
from mockloop.bank.question import CodingQuestion
from mockloop.judging.coding import judge_coding
from mockloop.judging.scorecard import Scorecard
from mockloop.runner.bubblewrap import BubblewrapBackend
from mockloop.runner.contract import Language, Runner
from mockloop.runner.queue import QueuedRunner
from tests.judging.logs import SessionLog

IDS = question_ids(bank_root())
LANGUAGES: tuple[Language, ...] = ("python", "javascript", "typescript")
TRIES = 3
"""Other programs on the machine can hide slowness, never make it up; so a slow one is looked at up to three times."""

UNCLEAR_ON_A_BUSY_MACHINE = 4
"""Of all slow solutions, how many may come out as "could not be measured" while other work fills the machine."""


@lru_cache(maxsize=1)
def bank() -> Bank:
    return load_bank()


@pytest.fixture(scope="module")
async def runner() -> AsyncIterator[Runner]:
    backend = BubblewrapBackend()
    yield QueuedRunner(backend)
    await backend.aclose()


async def judged(question: CodingQuestion, language: Language, source: str, runner: Runner) -> Scorecard:
    """A session in which everything but the code is as good as it can be."""
    log = SessionLog(question, language)
    for fact in question.facts[:2]:
        log.says(fact.asks[0])
    log.says(max(question.examples, key=lambda example: example.mark).answer)
    log.writes(source)
    best = next(approach for approach in question.approaches if approach.standing == "best")
    log.says(f"The time is {best.time[0]} and the space is {best.space[0]}.")
    return await judge_coding(log.ends(), question, runner, owner="test")


def mark(card: Scorecard, id: str) -> float:
    return next(dimension.mark for dimension in card.dimensions if dimension.id == id)


@pytest.mark.parametrize("id", IDS)
async def test_the_reference_is_right_fast_and_tidy(id: str, runner: Runner) -> None:
    question = bank().question(id)
    language = LANGUAGES[IDS.index(id) % 3]
    card = await judged(question, language, question.references[language], runner)
    assert mark(card, "correctness") == 100
    assert mark(card, "efficiency") == 100, card.complexity
    assert mark(card, "quality") >= 90
    assert mark(card, "communication") >= 65
    assert card.tests_passed == card.tests_total


@pytest.mark.parametrize("id", IDS)
async def test_wrong_solutions_lose_correctness(id: str, runner: Runner) -> None:
    question = bank().question(id)
    for planted in (planted for planted in question.planted if planted.flaw == "wrong"):
        card = await judged(question, planted.language, planted.source, runner)
        assert mark(card, "correctness") < 97, planted.name
        assert not next(edge.passed for edge in card.edges if edge.edge == planted.caught_by), planted.name


def seen_slow(card: Scorecard) -> bool:
    measured = not any("could not be measured" in caveat.text for caveat in card.caveats)
    return measured and mark(card, "efficiency") <= 60


async def test_slow_solutions_lose_efficiency(runner: Runner) -> None:
    unclear = []
    for id in IDS:
        question = bank().question(id)
        for planted in (planted for planted in question.planted if planted.flaw == "slow"):
            cards: list[Scorecard] = []
            while len(cards) < TRIES and not any(seen_slow(card) for card in cards):
                cards.append(await judged(question, planted.language, planted.source, runner))
            if not any(seen_slow(card) for card in cards):
                assert any("could not be measured" in caveat.text for caveat in cards[-1].caveats), planted.name
                unclear.append(planted.name)
    assert len(unclear) <= UNCLEAR_ON_A_BUSY_MACHINE, unclear


@pytest.mark.parametrize("language", LANGUAGES)
async def test_hostile_code_is_judged_like_any_other(language: Language, runner: Runner) -> None:
    question = bank().question("rooms-for-bookings")
    endless = {
        "python": "def rooms_needed(bookings):\n    while True:\n        pass\n",
        "javascript": "function rooms_needed(bookings) { while (true) {} }\n",
        "typescript": "function rooms_needed(bookings: number[][]): number { while (true) {} }\n",
    }
    card = await judged(question, language, endless[language], runner)
    assert mark(card, "correctness") == 0
    assert card.outcome == "No Hire"


async def test_a_loop_in_one_test_costs_that_test(runner: Runner) -> None:
    question = bank().question("rooms-for-bookings")
    source = question.references["python"].replace(
        "    rooms = 0\n", "    while not bookings:\n        pass\n    rooms = 0\n"
    )
    assert source != question.references["python"]
    card = await judged(question, "python", source, runner)
    assert [edge.edge for edge in card.edges if not edge.passed] == ["empty"]


async def test_a_crash_while_loading_is_told_in_words(runner: Runner) -> None:
    question = bank().question("rooms-for-bookings")
    card = await judged(question, "python", "import nothing_like_this\n" + question.references["python"], runner)
    assert mark(card, "correctness") == 0
    assert "nothing_like_this" in card.dimensions[0].explanation


async def test_sixty_four_kilobytes_of_code_are_judged(runner: Runner) -> None:
    question = bank().question("rooms-for-bookings")
    code = question.references["python"]
    padding = "# a line of nothing\n" * ((64 * 1024 - len(code)) // 20 - 1)
    card = await judged(question, "python", code + padding, runner)
    assert mark(card, "correctness") == 100
    assert any("very long" in caveat.text for caveat in card.caveats)
