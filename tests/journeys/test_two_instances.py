"""Several instances on one Postgres: what is said at one is seen at the other, and the interviewer answers once."""

import asyncio

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
