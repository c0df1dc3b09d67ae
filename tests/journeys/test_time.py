"""The server's clock: notices, transitions, silence, and the end at zero."""

from datetime import timedelta

import pytest

from mockloop.client import ApiError
from mockloop.clock import ManualClock
from tests.support.candidate import House, candidate_at

QUESTION = "pair-within-budget"


async def test_segments_are_announced_and_entered(house: House, clock: ManualClock) -> None:
    async with candidate_at(house) as ada:
        await ada.begins(QUESTION)
        await ada.is_answered()
        await clock.advance(timedelta(minutes=3, seconds=1))
        await ada.live.until(lambda: ada.live.state.noticed_segment_id == "understand")
        await clock.advance(timedelta(minutes=1))
        await ada.live.until(lambda: ada.live.state.segment_id == "plan")
        await ada.moves_on()
        assert ada.live.state.segment_id == "code"
        assert ada.live.state.schedule[-1].ends_at == ada.live.state.deadline_at


async def test_a_segment_can_be_made_longer_within_the_session(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        before = ada.live.state.schedule
        await ada.resizes(+2)
        after = ada.live.state.schedule
        assert after[0].ends_at - before[0].ends_at == timedelta(minutes=2)
        assert after[-1].ends_at == before[-1].ends_at


async def test_silence_is_asked_about(house: House, clock: ManualClock) -> None:
    async with candidate_at(house) as ada:
        await ada.begins(QUESTION)
        await ada.is_answered()
        await clock.advance(timedelta(seconds=151))
        await ada.live.until(lambda: ada.live.state.quiet_notices == 1)
        await ada.is_answered()
        assert ada.live.state.messages[-1].move == "check_in"


async def test_at_zero_the_server_ends_it(quiet_house: House, clock: ManualClock) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        await clock.advance(timedelta(minutes=31))
        await ada.sees("expired")
        with pytest.raises(ApiError) as refused:
            await ada.says("One more thing")
        assert refused.value.code == "session_over"
        card = await ada.reads_scorecard()
        assert card["outcome"] == "No Hire"


async def test_nothing_is_written_after_the_deadline_even_if_no_timer_runs(
    quiet_house: House, clock: ManualClock
) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        await ada.is_answered()
        room = quiet_house.app.state.conductor.rooms
        # The deadline passes; the timers have not woken yet when the words arrive.
        clock._offset += timedelta(minutes=31)
        with pytest.raises(ApiError) as refused:
            await ada.says("Just in time?")
        assert refused.value.code == "session_over"
        assert room is not None
        await ada.sees("expired")


async def test_a_clock_that_jumps_back_keeps_the_order(quiet_house: House, clock: ManualClock) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        await ada.says("before")
        clock._offset -= timedelta(minutes=5)
        await ada.says("after")
        await ada.is_answered()
        times = [entry.at for entry in ada.live.entries]
        assert times == sorted(times)


async def test_a_session_that_is_never_started_goes_away(quiet_house: House, clock: ManualClock) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.sets_up(QUESTION)
        await ada.comes_in()
        await clock.advance(timedelta(hours=25))
        await ada.sees("expired")
        await ada.goes_away()
        with pytest.raises(ApiError) as nothing:
            await ada.client.request("GET", f"/api/sessions/{ada.session_id}/feedback")
        assert nothing.value.code in ("token_not_valid", "nothing_to_judge")
