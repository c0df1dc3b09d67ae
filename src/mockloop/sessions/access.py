"""The only way from a session's id to its row. Not yours is not found."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.sessions.errors import SessionNotFound
from mockloop.sessions.tables import SessionRow


async def session_for(db: AsyncSession, user_id: UUID, session_id: UUID) -> SessionRow:
    """The user's session. Raises `SessionNotFound`."""
    row = (
        await db.execute(select(SessionRow).where(SessionRow.id == session_id, SessionRow.user_id == user_id))
    ).scalar_one_or_none()
    if row is None:
        raise SessionNotFound
    return row
