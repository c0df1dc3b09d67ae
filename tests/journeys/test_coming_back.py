"""Reloads, tunnels, second tabs, phones: everything is there, and both tabs agree."""

import asyncio
from uuid import uuid4

import pytest

from mockloop.client import ApiError
from mockloop.rooms import protocol as p
from tests.support.candidate import House, candidate_at

QUESTION = "pair-within-budget"


async def test_a_reload_shows_everything(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        await ada.says("Hello there.")
        await ada.writes("def f(): pass\n")
        await ada.notes("ask about duplicates")
        await ada.is_answered()
        before = ada.live.state
        await ada.goes_away()
        await ada.comes_in()
        await ada.live.until(lambda: ada.live.state.last_seq >= before.last_seq)
        assert ada.live.state == before


async def test_two_tabs_agree_and_a_stale_edit_is_refused_not_lost(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as laptop, candidate_at(quiet_house, sign_up=False) as phone:
        await laptop.begins(QUESTION)
        phone.session = laptop.session
        await phone.comes_in()
        await laptop.writes("first = 1\n")
        await phone.live.until(lambda: phone.live.state.solutions.get("python") is not None)
        await phone.writes("second = 2\n")
        await laptop.live.until(lambda: laptop.live.state.solutions["python"].text == "second = 2\n")

        stale = p.EditFile(client_id=uuid4(), file="solution", language="python", text="third = 3\n", base_seq=0)
        with pytest.raises(ApiError) as refused:
            await laptop.live.perform(stale)
        assert refused.value.code == "stale_edit"
        await laptop.live.perform(stale.model_copy(update={"client_id": uuid4(), "force": True}))
        await phone.live.until(lambda: phone.live.state.solutions["python"].text == "third = 3\n")
        texts = [x.event.text for x in laptop.live.entries if x.event.type == "FileEdited"]
        assert texts == ["first = 1\n", "second = 2\n", "third = 3\n"]
        await laptop.is_answered()
        await phone.live.until(lambda: phone.live.state.last_seq == laptop.live.state.last_seq)
        assert laptop.live.state == phone.live.state


async def test_a_message_sent_twice_is_said_once(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        command = p.Say(client_id=uuid4(), text="Only once, please.")
        for _ in range(3):
            await ada.live.perform(command)
        await ada.is_answered()
        said = [m.text for m in ada.live.state.messages if m.speaker == "candidate"]
        assert said == ["Only once, please."]


async def test_words_said_in_a_tunnel_arrive_once(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        for number in range(5):
            cut = asyncio.create_task(ada.live.drop_connection())
            await ada.says(f"message {number}")
            await cut
        await ada.is_answered()
        assert ada.live.connections > 1
        said = [m.text for m in ada.live.state.messages if m.speaker == "candidate"]
        assert said == [f"message {number}" for number in range(5)]


async def test_resuming_sends_only_what_is_new(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        await ada.says("one")
        await ada.is_answered()
        cursor = ada.live.state.last_seq
        events = await ada.client.request("GET", f"/api/sessions/{ada.session_id}/events", after=cursor)
        assert events["entries"] == []
        await ada.says("two")
        events = await ada.client.request("GET", f"/api/sessions/{ada.session_id}/events", after=cursor)
        assert next(entry["seq"] for entry in events["entries"]) == cursor + 1
