"""Bad input and other people's sessions: a clear error in one shape, and nothing is lost."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import websockets

from mockloop.client import ApiError
from mockloop.clock import ManualClock
from mockloop.rooms import protocol as p
from mockloop.rooms.answers import LONGEST_LOG
from mockloop.rooms.socket import LOGIN_CHECK_S
from mockloop.settings import Settings
from tests.journeys.conftest import Houses
from tests.support.candidate import Candidate, House, candidate_at

QUESTION = "pair-within-budget"


async def refused(person: Candidate, method: str, path: str, json: Any = None) -> ApiError:
    with pytest.raises(ApiError) as error:
        await person.client.request(method, path, json)
    assert error.value.message
    return error.value


async def test_one_open_session_of_a_type(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        first = await ada.sets_up(QUESTION)
        error = await refused(ada, "POST", "/api/sessions", {})
        assert (error.status, error.code) == (409, "session_already_open")
        assert error.details["session_id"] == first["id"]
        drill = await ada.client.create_session(format="drill-15")
        assert drill["type"] == "drill"
        await ada.ends()
        assert (await ada.sets_up(QUESTION))["id"] != first["id"]


async def test_a_limit_of_new_sessions_an_hour(houses: Houses, settings: Settings, clock: ManualClock) -> None:
    async with houses(settings=settings.model_copy(update={"sessions_per_hour": 2})) as house:
        async with candidate_at(house) as ada:
            for _ in range(2):
                await ada.sets_up(QUESTION)
                await ada.ends()
            error = await refused(ada, "POST", "/api/sessions", {})
            assert (error.status, error.code) == (429, "too_many_sessions")
            assert 3500 < error.details["retry_after_s"] <= 3601
            await clock.advance(timedelta(minutes=14))
            error = await refused(ada, "POST", "/api/sessions", {})
            assert error.details["retry_after_s"] < 2800


async def test_a_limit_of_runs_a_minute(houses: Houses, settings: Settings) -> None:
    async with houses(settings=settings.model_copy(update={"runs_per_minute": 2})) as house:
        async with candidate_at(house) as ada:
            await ada.begins(QUESTION)
            for _ in range(2):
                assert (await ada.runs("print(1)", kind="script"))["stdout"] == "1\n"
            with pytest.raises(ApiError) as error:
                await ada.runs("print(1)", kind="script")
            assert (error.value.status, error.value.code) == (429, "too_many_runs")


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"format": "opera-90"}, "unknown_format"),
        ({"question": "no-such-question"}, "unknown_question"),
        ({"company_style": "pirates"}, "unknown_company_style"),
        ({"language": "cobol"}, "invalid_request"),
        ({"segment_minutes": {"plan": 99}}, "segment_minutes_out_of_range"),
        ({"segment_minutes": {"lunch": 5}}, "unknown_segment"),
        ({"difficulty": 7}, "invalid_request"),
        ({"surprise": True}, "invalid_request"),
    ],
)
async def test_what_does_not_exist_cannot_be_practised(quiet_house: House, wanted: dict[str, Any], code: str) -> None:
    async with candidate_at(quiet_house) as ada:
        error = await refused(ada, "POST", "/api/sessions", wanted)
        assert (error.status, error.code) == (422, code)


async def test_other_peoples_sessions_are_not_found(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada, candidate_at(quiet_house, "eve") as eve:
        await ada.begins(QUESTION)
        path = f"/api/sessions/{ada.session_id}"
        for method, rest, body in (
            ("GET", "", None),
            ("GET", "/events", None),
            ("GET", "/feedback", None),
            ("PATCH", "/start", None),
            ("PATCH", "/end", None),
            ("POST", "/code", {"code": "1", "language": "python"}),
            ("POST", "/drawing", {"drawing": {}}),
        ):
            error = await refused(eve, method, path + rest, body)
            assert (error.status, error.code) == (404, "session_not_found")
            nowhere = await refused(eve, method, f"/api/sessions/{uuid4()}{rest}", body)
            assert (nowhere.status, nowhere.code) == (404, "session_not_found")
        eve.session = ada.session
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await eve.comes_in()
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == p.CLOSE_NOT_FOUND


async def test_the_socket_wants_a_token(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        address = f"{quiet_house.url.replace('http', 'ws')}/ws/{ada.session_id}"
        for query in ("", "?token=", "?token=nonsense"):
            async with websockets.connect(address + query) as socket:
                with pytest.raises(websockets.ConnectionClosed) as closed:
                    await socket.recv()
                assert closed.value.rcvd is not None
                assert closed.value.rcvd.code == p.CLOSE_NOT_SIGNED_IN


async def test_signing_out_closes_the_open_socket(quiet_house: House, clock: ManualClock) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        address = f"{quiet_house.url.replace('http', 'ws')}/ws/{ada.session_id}?token={ada.client.token}"
        async with websockets.connect(address) as socket:
            await socket.recv()
            await clock.advance(timedelta(seconds=LOGIN_CHECK_S + 1))
            await socket.send(p.Ping().model_dump_json())  # still signed in: still in the room
            await ada.client.request("POST", "/api/users/logout")
            await clock.advance(timedelta(seconds=LOGIN_CHECK_S + 1))
            async with asyncio.timeout(10):
                await socket.wait_closed()
            assert socket.close_code == p.CLOSE_NOT_SIGNED_IN


async def test_before_the_start_and_after_the_end_nothing_is_accepted(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.sets_up(QUESTION)
        await ada.comes_in()
        for expected in ("session_not_started", "session_over"):
            commands: list[p.Command] = [
                p.Say(client_id=uuid4(), text="hello"),
                p.AskHint(client_id=uuid4()),
                p.AskRepeat(client_id=uuid4()),
                p.EditFile(client_id=uuid4(), file="notes", text="x", base_seq=0),
                p.ChooseLanguage(client_id=uuid4(), language="typescript"),
                p.ResizeSegment(client_id=uuid4(), minutes=1),
                p.EnterNextSegment(client_id=uuid4()),
            ]
            for command in commands:
                with pytest.raises(ApiError) as error:
                    await ada.live.perform(command)
                assert error.value.code == expected, command.type
            path = f"/api/sessions/{ada.session_id}"
            error_of_run = await refused(ada, "POST", f"{path}/code", {"code": "1", "language": "python"})
            assert (error_of_run.status, error_of_run.code) == (409, expected)
            error_of_drawing = await refused(ada, "POST", f"{path}/drawing", {"drawing": {}})
            assert (error_of_drawing.status, error_of_drawing.code) == (409, expected)
            if expected == "session_not_started":
                await ada.client.request("PATCH", f"{path}/start")
                await ada.ends()
                await ada.sees("completed")
        over = await refused(ada, "PATCH", f"/api/sessions/{ada.session_id}/start")
        assert (over.status, over.code) == (409, "session_over")


async def test_sizes(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        await ada.says("x" * 8192)
        with pytest.raises(ApiError) as error:
            await ada.says("é" * 5000)
        assert error.value.code == "message_too_long"
        await ada.writes("#" * 65536)
        path = f"/api/sessions/{ada.session_id}"
        run = await refused(ada, "POST", f"{path}/code", {"code": "#" * 65537, "language": "python"})
        assert (run.status, run.code) == (422, "invalid_request")
        wide = await refused(ada, "POST", f"{path}/code", {"code": "é" * 40000, "language": "python"})
        assert (wide.status, wide.code) == (413, "code_too_long")
        drawing = await refused(ada, "POST", f"{path}/drawing", {"drawing": {"a": "x" * 600_000}})
        assert (drawing.status, drawing.code) == (413, "drawing_too_large")
        huge = await refused(ada, "POST", f"{path}/drawing", {"drawing": {"a": "x" * 1_100_000}})
        assert (huge.status, huge.code) == (413, "body_too_large")
        saved = await ada.client.request("POST", f"{path}/drawing", {"drawing": {"elements": []}})
        assert saved["seq"] > 0


@pytest.mark.parametrize("frame", ["", "{", "[]", '{"type":"Sing"}', '{"type":"Say"}', "null", '"' * 10, "\x00"])
async def test_a_frame_that_cannot_be_read_is_refused_and_the_socket_stays(quiet_house: House, frame: str) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        assert ada.live._socket is not None
        await ada.live._socket.send(frame)
        await ada.live.until(lambda: bool(ada.live.refusals))
        assert ada.live.refusals[0].code == "frame_unreadable"
        assert ada.live.connections == 1
        await ada.says("Still here.")


async def test_a_flood_is_held_back_and_nothing_of_it_is_half_said(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        sent = [await ada.live.send(p.Say(client_id=uuid4(), text=f"flood {i}")) for i in range(300)]
        await ada.live.until(lambda: ada.live.unsaved == 0, timeout_s=60)
        refused_ids = {r.client_id for r in ada.live.refusals}
        assert {r.code for r in ada.live.refusals} == {"too_many_commands"}
        said = {entry.client_id for entry in ada.live.entries if entry.event.type == "CandidateSaid"}
        assert said | refused_ids == set(sent)
        assert not said & refused_ids
        await ada.is_answered()


async def test_a_log_that_is_full_takes_no_more_but_can_be_ended(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.begins(QUESTION)
        await ada.is_answered()
        room = await quiet_house.app.state.conductor.rooms.open(ada.live.session_id)
        room.state = room.state.model_copy(update={"last_seq": LONGEST_LOG})
        with pytest.raises(ApiError) as error:
            await ada.says("too much")
        assert error.value.code == "log_full"
        room.state = room.state.model_copy(update={"last_seq": len(room.entries)})
        await ada.ends()
        await ada.sees("completed")
