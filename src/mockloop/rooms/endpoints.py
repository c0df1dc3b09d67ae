"""The live part of `/api/sessions`: start, end, run code, save a drawing. All of it goes through the conductor."""

import json
from uuid import UUID, uuid4

from fastapi import APIRouter, Request

from mockloop.accounts.current import CurrentUser
from mockloop.errors import documented
from mockloop.rooms import errors
from mockloop.rooms.answers import require_open
from mockloop.rooms.room import Room
from mockloop.rooms.schemas import DrawingSavedView, RunCode, RunReport, SaveDrawing, SessionStatusView
from mockloop.sessions import errors as session_errors
from mockloop.sessions.access import session_for
from mockloop.sessions.events import DRAWING_LIMIT_BYTES, CodeRunAsked, DrawingSaved, Event
from mockloop.sessions.state import SessionState

router = APIRouter(prefix="/api/sessions/{session_id}", tags=["room"])

LIVE = documented(
    session_errors.SessionNotFound,
    session_errors.SessionOver,
    session_errors.SessionNotStarted,
    errors.RoomBusy,
)


async def _require_mine(request: Request, user: CurrentUser, session_id: UUID) -> None:
    """Raise `SessionNotFound` unless it is the user's; a short transaction, over before anything slow."""
    async with request.app.state.database.begin() as db:
        await session_for(db, user.id, session_id)


def _status(room: Room) -> SessionStatusView:
    return SessionStatusView(id=room.session_id, status=room.state.status, last_seq=room.state.last_seq)


@router.patch("/start", responses=LIVE)
async def start(request: Request, user: CurrentUser, session_id: UUID) -> SessionStatusView:
    """Let the clock run. Harmless to repeat."""
    await _require_mine(request, user, session_id)
    return _status(await request.app.state.conductor.start(session_id))


@router.patch("/end", responses=LIVE)
async def end(request: Request, user: CurrentUser, session_id: UUID) -> SessionStatusView:
    """End it now. Harmless to repeat; nothing is accepted afterwards."""
    await _require_mine(request, user, session_id)
    return _status(await request.app.state.conductor.end(session_id))


@router.post(
    "/code",
    responses={
        **LIVE,
        **documented(
            session_errors.SessionNotFound,
            session_errors.SessionOver,
            session_errors.SessionNotStarted,
            errors.ClientIdReused,
            errors.LogFull,
            errors.CodeTooLong,
            errors.TooManyRuns,
            errors.RunnerDown,
            errors.RunInterrupted,
            errors.RoomBusy,
        ),
    },
)
async def run_code(request: Request, user: CurrentUser, session_id: UUID, wanted: RunCode) -> RunReport:
    """Run code in the sandbox and wait for what comes of it. A program that fails is a result, not an error."""
    await _require_mine(request, user, session_id)
    asked = CodeRunAsked(
        run_id=wanted.client_id or uuid4(),
        kind=wanted.kind,
        language=wanted.language,
        source=wanted.code,
        stdin=wanted.stdin,
    )
    result = await request.app.state.runs.run(session_id, asked)
    return RunReport.model_validate(result.model_dump())


@router.post(
    "/drawing",
    responses={
        **LIVE,
        **documented(
            session_errors.SessionOver,
            session_errors.SessionNotStarted,
            errors.ClientIdReused,
            errors.LogFull,
            errors.DrawingTooLarge,
            errors.DrawingUnreadable,
        ),
    },
)
async def save_drawing(request: Request, user: CurrentUser, session_id: UUID, wanted: SaveDrawing) -> DrawingSavedView:
    """Save the canvas."""
    await _require_mine(request, user, session_id)
    drawing, size = _as_text(wanted.drawing)
    if size > DRAWING_LIMIT_BYTES:
        raise errors.DrawingTooLarge(bytes=size, limit_bytes=DRAWING_LIMIT_BYTES)

    def save(state: SessionState) -> list[Event]:
        require_open(state)
        return [DrawingSaved(drawing=drawing)]

    conductor = request.app.state.conductor
    room = await conductor.rooms.open(session_id)
    entries = await conductor.append(room, save, client_id=wanted.client_id)
    if entries[0].event != DrawingSaved(drawing=drawing):
        raise errors.ClientIdReused
    return DrawingSavedView(seq=entries[0].seq)


def _as_text(drawing: dict[str, object]) -> tuple[str, int]:
    """The drawing as JSON text, and its size in bytes. Raises `DrawingUnreadable` for what JSON has no words for."""
    try:
        text = json.dumps(drawing, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return text, len(text.encode())
    except ValueError as error:  # not a number, or half a character
        raise errors.DrawingUnreadable from error
