"""The built-in interviewer stood in for a model, and the candidate asks the model once more."""

from uuid import uuid4

import pytest

from mockloop.client import ApiError
from mockloop.interviewer.port import Passed, Said
from mockloop.interviewer.scripted import ScriptedInterviewer
from mockloop.rooms import protocol as p
from mockloop.sessions.state import Message
from tests.journeys.conftest import Houses
from tests.support.candidate import Candidate, candidate_at

QUESTION = "pair-within-budget"
STAND_IN = Said("Tell me more.", "probe", "a model failed", source="built-in:overloaded")
MODEL = Said("What does your loop do for an empty list?", "probe", "asked by a model", source="model:house")


async def retries(ada: Candidate, message: Message) -> None:
    await ada.live.perform(p.Retry(client_id=uuid4(), message_seq=message.seq))
    await ada.is_answered()


async def stood_in_for(ada: Candidate, words: str) -> Message:
    await ada.begins(QUESTION)
    await ada.is_answered()
    await ada.says(words)
    await ada.hears("Tell me more")
    return ada.live.state.messages[-1]


async def test_the_model_s_words_replace_those_of_the_stand_in(houses: Houses) -> None:
    script = ScriptedInterviewer([Passed("no greeting"), STAND_IN, MODEL])
    async with houses(interviewer=script) as house, candidate_at(house) as ada:
        first = await stood_in_for(ada, "I would sort it.")
        await ada.notes("written meanwhile")
        await retries(ada, first)
        before, after = ada.live.state.messages[-2:]
        assert (before.text, before.replaced_by) == (STAND_IN.text, after.seq)
        assert (after.text, after.source) == (MODEL.text, "model:house")
        # The model is asked with what the stand-in was asked with: nothing of its words, nor of what came later.
        asked_first, asked_again = script.views[-2:]
        assert asked_again.entries == asked_first.entries
        assert asked_again.state == asked_first.state


async def test_when_no_model_answers_again_nothing_is_said_twice(houses: Houses) -> None:
    script = ScriptedInterviewer([Passed("no greeting"), STAND_IN, STAND_IN, MODEL])
    async with houses(interviewer=script) as house, candidate_at(house) as ada:
        first = await stood_in_for(ada, "I would sort it.")
        await retries(ada, first)
        assert ada.live.state.messages[-1] == first
        assert ada.live.state.retried_seq is None
        await retries(ada, first)
        assert ada.live.state.messages[-1].text == MODEL.text


async def test_the_same_command_twice_asks_once(houses: Houses) -> None:
    script = ScriptedInterviewer([Passed("no greeting"), STAND_IN, MODEL])
    async with houses(interviewer=script) as house, candidate_at(house) as ada:
        first = await stood_in_for(ada, "I would sort it.")
        command = p.Retry(client_id=uuid4(), message_seq=first.seq)
        for _ in range(2):
            await ada.live.perform(command)
        await ada.is_answered()
        assert len(script.views) == 3


@pytest.mark.parametrize(
    "answer",
    [
        Said("Tell me more.", "probe", "no fault", source="built-in"),
        Said("Tell me more.", "hint", "asked", hint_level=1, source="built-in:cut"),
        Said("Tell me more.", "follow_up", "time", source="built-in:cut"),
        Said("Tell me more.", "probe", "fine", source="model:house"),
    ],
    ids=lambda said: f"{said.move} by {said.source}",
)
async def test_what_stands_is_not_asked_for_again(houses: Houses, answer: Said) -> None:
    script = ScriptedInterviewer([Passed("no greeting"), answer])
    async with houses(interviewer=script) as house, candidate_at(house) as ada:
        first = await stood_in_for(ada, "I would sort it.")
        with pytest.raises(ApiError, match="can be asked for again"):
            await retries(ada, first)
        assert len(script.views) == 2


async def test_who_goes_on_has_nothing_to_retry(houses: Houses) -> None:
    script = ScriptedInterviewer([Passed("no greeting"), STAND_IN, Passed("typing")])
    async with houses(interviewer=script) as house, candidate_at(house) as ada:
        first = await stood_in_for(ada, "I would sort it.")
        await ada.says("And then use two pointers.")
        await ada.is_answered()
        with pytest.raises(ApiError):
            await retries(ada, first)


async def test_a_segment_is_not_left_twice(houses: Houses) -> None:
    leaving = Said("Tell me more.", "move_on", "time", advance=True, source="built-in:cut")
    again = Said("Let us plan.", "move_on", "time", advance=True, source="model:house")
    async with houses(interviewer=ScriptedInterviewer([Passed("no greeting"), leaving, again])) as house:
        async with candidate_at(house) as ada:
            first = await stood_in_for(ada, "That is clear.")
            await ada.live.until(lambda: ada.live.state.segment_id != ada.live.state.schedule[0].segment_id)
            second = ada.live.state.segment_id
            await retries(ada, first)
            assert ada.live.state.messages[-1].text == "Let us plan."
            assert ada.live.state.segment_id == second
