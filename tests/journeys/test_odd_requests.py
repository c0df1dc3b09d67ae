"""Requests that are odd but not random: half characters, ids used twice, bodies without a length. Never a 500."""

from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx
import pytest

from mockloop.client import ApiError
from mockloop.interviewer.port import Said
from mockloop.interviewer.scripted import ScriptedInterviewer
from mockloop.rooms import protocol as p
from tests.journeys.conftest import Houses
from tests.support.candidate import Candidate, House, candidate_at

QUESTION = "pair-within-budget"


async def sent(person: Candidate, method: str, path: str, content: Any = None) -> httpx.Response:
    headers = {"Authorization": f"Bearer {person.client.token}", "Content-Type": "application/json"}
    return await person.client.http.request(method, path, content=content, headers=headers)


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/drawing", '{"drawing": {"a": "\\ud800"}}', "drawing_unreadable"),
        ("/drawing", '{"drawing": {"\\udfff": 1}}', "drawing_unreadable"),
        ("/drawing", '{"drawing": {"a": NaN}}', "drawing_unreadable"),
        ("/drawing", '{"drawing": {"a": 1e999}}', "drawing_unreadable"),
        ("/drawing", '{"drawing": {"a": ' + "[" * 5000 + "]" * 5000 + "}}", "invalid_request"),
        ("/drawing", '{"drawing": {"a": ' + "9" * 9000 + "}}", "invalid_request"),
        ("/code", '{"code": "\\ud800", "language": "python"}', "invalid_request"),
        ("/code", '{"code": "1", "language": "python", "\\ud800": 1}', "invalid_request"),
        ("", '{"segment_minutes": {"\\ud800": 1}}', "invalid_request"),
        ("", '{"segment_minutes": {"plan": NaN}}', "invalid_request"),
        ("", '{"format": "\\u0000"}', "unknown_format"),
        ("", b"\xff\xfe", "invalid_request"),
    ],
    ids=range(12),  # their own texts are no names
)
async def test_what_is_not_text_or_not_json_is_invalid(quiet_house: House, path: str, body: Any, code: str) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        address = f"/api/sessions/{ada.session_id}{path}" if path else "/api/sessions"
        answer = await sent(ada, "POST", address, body)
        assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize(
    "query",
    ["events?after=9999999999999999999", "events?after=" + "9" * 5000, "events?limit=-1", "events?after=%00"],
    ids=range(4),
)
async def test_numbers_out_of_range_are_invalid(quiet_house: House, query: str) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.sets_up(QUESTION)
        answer = await sent(ada, "GET", f"/api/sessions/{ada.session_id}/{query}")
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


@pytest.mark.parametrize("before", ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-23:59"])
async def test_moments_at_the_edges_of_time_are_moments(quiet_house: House, before: str) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.sets_up(QUESTION)
        answer = await sent(ada, "GET", f"/api/sessions?before={before}")
        assert answer.status_code == 200
        assert len(answer.json()["sessions"]) == (before > "2026")


async def test_a_long_body_without_a_length_is_too_large(quiet_house: House) -> None:
    async def endless() -> Any:
        for _ in range(20):
            yield b" " * 100_000

    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        answer = await sent(ada, "POST", f"/api/sessions/{ada.session_id}/drawing", endless())
        assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_an_id_used_for_another_command_is_refused_and_nothing_counts_as_saved(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        await ada.is_answered()
        used = uuid4()
        await ada.live.perform(p.Say(client_id=used, text="one"))
        await ada.live.perform(p.Say(client_id=used, text="one"))
        for command in (
            p.Say(client_id=used, text="two"),
            p.AskHint(client_id=used),
            p.EditFile(client_id=used, file="notes", text="mine", base_seq=0),
        ):
            with pytest.raises(ApiError) as error:
                await ada.live.perform(command)
            assert error.value.code == "client_id_reused"
        for path, body in (
            ("drawing", {"drawing": {}, "client_id": str(used)}),
            ("code", {"code": "print(1)", "language": "python", "client_id": str(used)}),
        ):
            with pytest.raises(ApiError) as error:
                await ada.client.request("POST", f"/api/sessions/{ada.session_id}/{path}", body)
            assert (error.value.status, error.value.code) == (409, "client_id_reused")
        await ada.is_answered()
        types = [entry.event.type for entry in ada.live.entries]
        assert types.count("CandidateSaid") == 1
        assert not {"CodeRan", "FileEdited", "DrawingSaved", "HintAsked"} & set(types)


async def test_no_id_shows_what_the_interviewer_keeps_to_itself(houses: Houses) -> None:
    line = Said("Try an edge.", "nudge", "because the test of ties failed", about="edge:ties")
    interviewer = ScriptedInterviewer([line])
    async with houses(interviewer=interviewer) as house, candidate_at(house) as ada:
        await ada.begins(QUESTION)
        await ada.is_answered()
        seen: list[str] = []
        ada.live.watchers.append(lambda notice: seen.append(notice.model_dump_json()))
        for trigger in range(1, 8):  # ids that could be guessed to be the interviewer's, also for turns to come
            await ada.live.perform(p.Say(client_id=uuid5(UUID(ada.session_id), f"turn {trigger}"), text=f"{trigger}"))
        await ada.is_answered()
        events = await ada.client.request("GET", f"/api/sessions/{ada.session_id}/events")
        for text in (*seen, str(events)):
            assert "ties" not in text
        assert len(interviewer.views) <= 9, "an id took the interviewer's turn away"
        await ada.ends()
        events = await ada.client.request("GET", f"/api/sessions/{ada.session_id}/events")
        assert "because the test of ties failed" in str(events)


async def test_what_one_does_is_shown_once(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        seen: list[int] = []
        ada.live.watchers.append(lambda n: seen.extend(x.seq for x in n.entries) if n.type == "Happened" else None)
        await ada.writes("x = 1")
        await ada.says("Written.")
        await ada.is_answered()
        assert seen == sorted(set(seen))
