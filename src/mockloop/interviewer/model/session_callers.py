"""Who is asked for a session: its owner, with the providers of the owner's choice at this moment."""

from uuid import UUID

from sqlalchemy import select

from mockloop.db.engine import Database
from mockloop.interviewer.model.ports import Caller
from mockloop.models.service import ProviderChoice
from mockloop.sessions.tables import SessionRow


class SessionCallers:
    """`Callers` over the database. Nothing is kept: a choice counts from the next turn on."""

    def __init__(self, database: Database, choice: ProviderChoice) -> None:
        self._database = database
        self._choice = choice

    async def caller_of(self, seed: str) -> Caller | None:
        """See `Callers.caller_of`."""
        session_id = UUID(seed)
        async with self._database.begin() as db:
            owner = await db.scalar(select(SessionRow.user_id).where(SessionRow.id == session_id))
        if owner is None:
            return None
        return Caller(owner, session_id, await self._choice.providers_of(owner))
