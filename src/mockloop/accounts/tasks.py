"""Jobs of accounts, as thin as can be."""

from mockloop.accounts.service import forget_old_logins
from mockloop.accounts.throttle import forget_old_attempts
from mockloop.clock import Clock
from mockloop.db.engine import Database
from mockloop.jobs.worker import Task


def account_tasks(database: Database, clock: Clock) -> list[Task]:
    """For the composition root's list of tasks."""

    async def forget_old() -> None:
        async with database.begin() as db:
            await forget_old_attempts(db, clock)
            await forget_old_logins(db, clock)

    return [Task("logins.forget_old", forget_old, every_s=3600)]
