"""`/ws/{session_id}`: one socket, one seat in a room. Parses, checks the right to it, and holds no database connection.

`?after=41` resumes: entries 42 and on follow the welcome. `?token=` signs in a program; browsers send their cookie.
"""

import asyncio
import contextlib
from time import monotonic
from uuid import UUID

import structlog
from fastapi import APIRouter, WebSocket, WebSocketDisconnect
from pydantic import ValidationError

from mockloop.accounts.current import SignedInUser, is_signed_in, user_from_websocket
from mockloop.accounts.service import Accounts
from mockloop.errors import Forbidden, Invalid, MockLoopError, NotSignedIn, TooLarge
from mockloop.rooms import protocol as p
from mockloop.rooms.conductor import Conductor
from mockloop.rooms.errors import TooManyCommands
from mockloop.rooms.room import Room, Seat
from mockloop.sessions.access import session_for
from mockloop.sessions.errors import SessionNotFound
from mockloop.sessions.events import for_candidate

SEND_TIMEOUT_S = 20.0
LOGIN_CHECK_S = 30.0
"""How often an open socket asks whether its login still stands."""

COMMANDS_A_SECOND = 10.0
COMMANDS_AT_ONCE = 100
"""What one socket may send: a burst when a client comes back with what it kept, then as fast as a fast person."""
FIRST_AFTER = 0

log = structlog.get_logger(__name__)
router = APIRouter()


class FrameUnreadable(Invalid):
    """This message is not one that the socket understands: {reason}"""


class FrameTooLarge(TooLarge):
    """A message to the socket may have at most {limit_bytes} bytes."""


@router.websocket("/ws/{session_id}")
async def follow_session(socket: WebSocket, session_id: str) -> None:
    """Follow one session and take part in it."""
    await socket.accept()
    conductor: Conductor = socket.app.state.conductor
    try:
        room, user = await _entered_room(socket, conductor, session_id)
    except (NotSignedIn, Forbidden):
        await socket.close(p.CLOSE_NOT_SIGNED_IN, "sign in first")
        return
    except SessionNotFound:
        await socket.close(p.CLOSE_NOT_FOUND, "no such session")
        return
    except MockLoopError as error:
        await socket.close(p.CLOSE_RESTARTING, error.message[:100])
        return
    await _follow(socket, conductor, room, user)


async def _entered_room(socket: WebSocket, conductor: Conductor, session_id: str) -> tuple[Room, SignedInUser]:
    """The room, if the session is this user's, and the user. The transaction is over before the first notice."""
    user = await user_from_websocket(socket)
    try:
        wanted = UUID(session_id)
    except ValueError as error:
        raise SessionNotFound from error
    async with socket.app.state.database.begin() as db:
        await session_for(db, user.id, wanted)
    room = await conductor.rooms.open(wanted)
    await conductor.rooms.catch_up(room)
    return room, user


async def _follow(socket: WebSocket, conductor: Conductor, room: Room, user: SignedInUser) -> None:
    seat = room.join(_after(socket))
    clock = socket.app.state.clock
    welcome = p.Welcome(session_id=room.session_id, last_seq=room.state.last_seq, now=clock.now())
    try:
        await socket.send_text(welcome.model_dump_json())
    except BaseException as error:
        room.leave(seat)  # gone before it sat down: nobody would ever read what is put before it
        if isinstance(error, WebSocketDisconnect):
            return
        raise
    if room.state.owes_turn:
        conductor.go_on(room)
    sender = asyncio.create_task(_send(socket, seat))
    receiver = asyncio.create_task(_receive(socket, conductor, room, seat))
    watcher = asyncio.create_task(_until_signed_out(socket.app.state.accounts, user))
    tasks = (sender, receiver, watcher)
    signed_out = False
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        signed_out = watcher.done() and not watcher.cancelled()
    finally:
        room.leave(seat)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with contextlib.suppress(RuntimeError, WebSocketDisconnect):  # the client has closed it already
            if seat.overflowed:
                await socket.close(p.CLOSE_TOO_SLOW, "too far behind; resume")
            elif signed_out:
                await socket.close(p.CLOSE_NOT_SIGNED_IN, "signed out")
            else:
                await socket.close(p.CLOSE_RESTARTING, "come back and resume")


async def _until_signed_out(accounts: Accounts, user: SignedInUser) -> None:
    """Returns once the login is no more: whoever signs out elsewhere is out of the room too."""
    while True:
        await accounts.clock.sleep(LOGIN_CHECK_S)
        try:
            if not await is_signed_in(accounts, user):
                return
        except Exception:
            log.warning("socket.login_unknown", exc_info=True)  # the database is away; ask again later


async def _send(socket: WebSocket, seat: Seat) -> None:
    while (notice := await seat.take()) is not None:
        async with asyncio.timeout(SEND_TIMEOUT_S):
            await socket.send_text(notice.model_dump_json())


class _Allowance:
    """A bucket of commands that fills again with time."""

    def __init__(self) -> None:
        self._left = float(COMMANDS_AT_ONCE)
        self._at = monotonic()

    def take_one(self) -> None:
        """Raise `TooManyCommands` when the bucket is empty."""
        now = monotonic()
        self._left = min(COMMANDS_AT_ONCE, self._left + (now - self._at) * COMMANDS_A_SECOND)
        self._at = now
        if self._left < 1:
            raise TooManyCommands(retry_after_s=1)
        self._left -= 1


async def _receive(socket: WebSocket, conductor: Conductor, room: Room, seat: Seat) -> None:
    allowance = _Allowance()
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            frame = await socket.receive()
            if frame["type"] == "websocket.disconnect":
                return
            await _handle_frame(socket, conductor, room, seat, frame.get("text"), allowance)


async def _handle_frame(
    socket: WebSocket, conductor: Conductor, room: Room, seat: Seat, text: str | None, allowance: _Allowance
) -> None:
    client_id: UUID | None = None
    try:
        message = _parsed(text)
        if isinstance(message, p.Ping):
            seat.put(p.Pong(now=socket.app.state.clock.now()))
            return
        client_id = message.client_id
        allowance.take_one()
        sent = seat.sent
        entries = await conductor.perform(room.session_id, message)
        if entries and entries[-1].seq <= sent:
            # A repeated command: its entry went by before. Show it again, so that the client can tick it off.
            ended = room.state.ended
            seat.put(p.Happened(entries=tuple(for_candidate(entry, ended=ended) for entry in entries)))
    except MockLoopError as error:
        body = error.body()
        seat.put(p.Refused(client_id=client_id, **body))
    except Exception:
        log.exception("socket.command_failed", session_id=str(room.session_id))
        failed = MockLoopError()
        seat.put(p.Refused(client_id=client_id, **failed.body()))


def _parsed(text: str | None) -> p.Command | p.Ping:
    if text is None:
        raise FrameUnreadable(reason="send text, not bytes")
    if len(text) > p.FRAME_LIMIT_BYTES:
        raise FrameTooLarge(limit_bytes=p.FRAME_LIMIT_BYTES)
    try:
        return p.INCOMING.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise FrameUnreadable(reason=f"{where}: {first['msg']}" if where else str(first["msg"])) from error


def _after(socket: WebSocket) -> int:
    wanted = socket.query_params.get("after", "")
    return int(wanted) if wanted.isdecimal() and len(wanted) < 10 else FIRST_AFTER
