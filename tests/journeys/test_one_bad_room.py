"""What goes wrong for one session, one turn or one socket stays there."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import text
from starlette.types import Message

from mockloop.interviewer.port import Delta, Passed, Said, View
from mockloop.interviewer.scripted import ScriptedInterviewer
from tests.journeys.conftest import Houses
from tests.support.candidate import House, candidate_at

QUESTION = "pair-within-budget"


async def test_a_log_that_cannot_be_read_keeps_no_other_room_behind(houses: Houses) -> None:
    async with (
        houses(interviewer=ScriptedInterviewer()) as left,
        houses(interviewer=ScriptedInterviewer()) as right,
        candidate_at(left) as ada,
        candidate_at(left, "bob") as bob,
        candidate_at(right, "bob", sign_up=False) as bob_elsewhere,
    ):
        await ada.begins(QUESTION)
        await bob.begins(QUESTION)
        await ada.is_answered()
        await bob.is_answered()
        bob_elsewhere.session = bob.session
        rooms = right.app.state.rooms
        bad = await rooms.open(ada.live.session_id)  # the first to be looked at
        await bob_elsewhere.comes_in()
        async with left.app.state.database.begin() as db:
            await db.execute(
                text(
                    "INSERT INTO session_events (session_id, seq, type, body, at)"
                    " SELECT id, last_seq + 1, 'FromTheFuture', '\\x00', now() FROM interview_sessions WHERE id = :id"
                ),
                {"id": ada.live.session_id},
            )
            await db.execute(
                text("UPDATE interview_sessions SET last_seq = last_seq + 1 WHERE id = :id"),
                {"id": ada.live.session_id},
            )
        await rooms.hinted([(bad.session_id, bad.state.last_seq + 1), (bob.live.session_id, 99)])
        left.app.state.conductor._hints.tell = lambda *_: None
        await bob.says("Does this arrive?")
        await bob_elsewhere.live.until(
            lambda: any("arrive" in message.text for message in bob_elsewhere.live.state.messages), timeout_s=10
        )


async def test_a_turn_that_breaks_off_leaves_no_half_words(houses: Houses) -> None:
    class BreaksOff:
        turns = 0

        async def turn(self, view: View) -> AsyncIterator[Delta | Passed]:
            self.turns += 1
            yield Delta("Half a sen")
            await asyncio.sleep(0.05)
            if self.turns == 1:
                raise RuntimeError("the line is cut")
            yield Passed("nothing to say")

    interviewer = BreaksOff()
    async with houses(interviewer=interviewer) as house, candidate_at(house) as ada:
        seen: list[str] = []
        await ada.sets_up(QUESTION)
        await ada.comes_in()
        ada.live.watchers.append(lambda notice: seen.append(notice.type))
        await ada.client.request("PATCH", f"/api/sessions/{ada.session_id}/start")
        await ada.live.until(lambda: "Delta" in seen and ada.live.typing == "")
        assert seen[seen.index("Delta") + 1] == "Reset"


async def test_coming_in_the_middle_of_a_long_turn(houses: Houses) -> None:
    said = asyncio.Event()
    heard = asyncio.Event()

    class Talkative:
        async def turn(self, view: View) -> AsyncIterator[Delta | Said]:
            for i in range(600):
                yield Delta(f"word{i} ")
            said.set()
            await heard.wait()
            yield Said("Done.", "greet", "talks a lot")

    async with houses(interviewer=Talkative()) as house, candidate_at(house) as ada:
        await ada.sets_up(QUESTION)
        await ada.client.request("PATCH", f"/api/sessions/{ada.session_id}/start")
        await asyncio.wait_for(said.wait(), 10)
        await ada.comes_in()
        await ada.live.until(lambda: ada.live.typing.endswith("word599 "))
        assert ada.live.typing.startswith("word0 ")
        heard.set()
        await ada.is_answered()
        assert ada.live.connections == 1


async def test_a_socket_that_is_gone_before_the_welcome_leaves_nothing(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.sets_up(QUESTION)
        incoming: list[Message] = [{"type": "websocket.connect"}]

        async def receive() -> Message:
            return incoming.pop() if incoming else {"type": "websocket.disconnect", "code": 1006}

        async def send(message: Message) -> None:
            if message["type"] == "websocket.send":
                raise OSError

        scope: dict[str, Any] = {
            "type": "websocket",
            "path": f"/ws/{ada.session_id}",
            "raw_path": b"",
            "query_string": f"token={ada.client.token}".encode(),
            "headers": [],
            "scheme": "ws",
            "subprotocols": [],
        }
        await quiet_house.app(scope, receive, send)
        (room,) = quiet_house.app.state.rooms._rooms.values()
        assert room.empty


async def test_a_question_that_left_the_bank_hides_no_other_session(quiet_house: House) -> None:
    async with candidate_at(quiet_house) as ada:
        await ada.sets_up(QUESTION)
        async with quiet_house.app.state.database.begin() as db:
            await db.execute(text("UPDATE interview_sessions SET question_id = 'long-gone'"))
        await ada.client.create_session(format="drill-15")
        listed = await ada.client.request("GET", "/api/sessions")
        assert [session["question"]["title"] for session in listed["sessions"]][1] == "long-gone"
