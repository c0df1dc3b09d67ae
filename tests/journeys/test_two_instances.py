"""Several instances on one Postgres: what is said at one is seen at the other, and the interviewer answers once."""

import asyncio
from collections.abc import AsyncIterator

from mockloop.clock import ManualClock
from mockloop.interviewer.port import Delta, Passed, Reset, Said, View
from mockloop.sessions.events import InterviewerSaid
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


class HaltingInterviewer:
    """Says half of its words, and the rest when the test allows it."""

    def __init__(self) -> None:
        self.halfway = asyncio.Event()
        self.may_go_on = asyncio.Event()
        self.closed = asyncio.Event()

    async def turn(self, view: View) -> AsyncIterator[Delta | Reset | Said | Passed]:
        try:
            yield Delta("Half of it, ")
            self.halfway.set()
            await self.may_go_on.wait()
            for words in ("and ", "the ", "rest."):
                yield Delta(words)
            yield Said("Half of it, and the rest.", "acknowledge", "halting")
        finally:
            self.closed.set()


async def test_who_was_answered_elsewhere_hears_no_end_of_a_sentence(houses: Houses) -> None:
    halting = HaltingInterviewer()
    async with houses(interviewer=halting) as left, houses() as right, candidate_at(left) as ada:
        await ada.begins(QUESTION)
        await asyncio.wait_for(halting.halfway.wait(), 10)
        elsewhere = right.app.state.conductor
        room = await elsewhere.rooms.open(ada.live.session_id)
        words = InterviewerSaid(text="Welcome.", move="greet", answers_seq=room.state.trigger_seq)
        await elsewhere.append(room, lambda state: [words])
        await ada.hears("Welcome.")
        shown: list[str] = []
        ada.live.watchers.append(lambda _: shown.append(ada.live.typing))
        halting.may_go_on.set()
        await asyncio.wait_for(halting.closed.wait(), 10)
        await ada.live.drop_connection()
        connections = ada.live.connections
        await ada.live.until(lambda: ada.live.connections > connections)
        assert set(shown) <= {""}
        assert ada.live.typing == ""
