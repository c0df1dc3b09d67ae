"""Several instances on one Postgres: what is said at one is seen at the other, and the interviewer answers once."""

import asyncio
from collections.abc import AsyncIterator

from mockloop.clock import ManualClock
from mockloop.interviewer.port import Delta, Passed, Reset, Said, View
from tests.journeys.conftest import Houses
from tests.support.candidate import candidate_at

QUESTION = "pair-within-budget"


async def test_instances_agree(houses: Houses) -> None:
    async with houses() as left, houses() as right:
        async with candidate_at(left) as ada, candidate_at(right, sign_up=False) as same:
            await ada.begins(QUESTION)
            same.session = ada.session
            await same.comes_in()
            for turn in range(4):
                speaker = (ada, same)[turn % 2]
                await speaker.says(f"Thought number {turn}: can the list be empty?")
                await speaker.is_answered()
            await asyncio.gather(ada.says("From the left."), same.says("From the right."))
            await ada.is_answered()
            await same.live.until(lambda: same.live.state.last_seq == ada.live.state.last_seq)
            assert same.live.state == ada.live.state
            answers = [x.event.answers_seq for x in ada.live.entries if hasattr(x.event, "answers_seq")]
            assert len(answers) == len(set(answers)), "no event was answered twice"


async def test_a_hint_that_was_lost_is_made_good_by_polling(houses: Houses) -> None:
    async with houses() as left, houses() as right:
        async with candidate_at(left) as ada, candidate_at(right, sign_up=False) as same:
            await ada.begins(QUESTION)
            same.session = ada.session
            await same.comes_in()
            left.app.state.conductor._hints.tell = lambda *_: None
            await ada.says("Nobody hears the hint of this.")
            await same.live.until(lambda: any("hint of this" in m.text for m in same.live.state.messages), timeout_s=10)


class SlowInterviewer:
    """Takes as long as the test wants, and counts how often it is asked."""

    def __init__(self) -> None:
        self.turns = 0
        self.may_speak = asyncio.Event()

    async def turn(self, view: View) -> AsyncIterator[Delta | Reset | Said | Passed]:
        self.turns += 1
        await self.may_speak.wait()
        yield Said("At last.", "acknowledge", "slow")


async def test_a_long_turn_is_taken_by_one_instance(houses: Houses, clock: ManualClock) -> None:
    """A model may well speak for longer than a turn is leased; another instance would pay for it again."""
    slow = SlowInterviewer()
    async with houses(interviewer=slow) as left, houses(interviewer=slow), candidate_at(left) as ada:
        await ada.begins(QUESTION)
        for _ in range(10):
            await clock.advance(2)
            await asyncio.sleep(0.1)
        assert slow.turns == 1
        slow.may_speak.set()
        await ada.hears("At last")
        assert slow.turns == 1
