"""Asks the models of a user's choice for opinions: within the budgets, written down, and never in the judge's way."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple
from uuid import UUID

import structlog

from mockloop.judging.answers.opinion import Opinion, ask_opinion, estimate_of
from mockloop.judging.answers.task import Task
from mockloop.llm.port import AllFailed, Models, Usage
from mockloop.models.ledger import Ledger
from mockloop.models.service import ProviderChoice

MODE = "judge"

log = structlog.get_logger(__name__)


class Reply(NamedTuple):
    """What came of asking. `charged`: the user has paid for it, also where no opinion came."""

    opinion: Opinion | None
    charged: bool


Ask = Callable[[Task, float], Awaitable[Reply]]
"""Asks the models of one user about an answer, for so many seconds at most."""


class Opinions:
    """Over the user's own providers, or those of the settings."""

    def __init__(self, models: Models, choice: ProviderChoice, ledger: Ledger) -> None:
        self._models = models
        self._choice = choice
        self._ledger = ledger

    async def for_session(self, user_id: UUID, session_id: UUID) -> Ask | None:
        """How to ask for this session; None when the user wants, or has, the built-in judge only."""
        providers = [one for one in await self._choice.providers_of(user_id) if "judge" in one.models]
        if not providers:
            return None

        async def ask(task: Task, limit_s: float) -> Reply:
            left = await self._ledger.affordable(user_id, session_id, providers, estimate_of(task))
            if not left:
                return Reply(None, charged=False)
            try:
                async with asyncio.timeout(limit_s):
                    answered = await ask_opinion(self._models, left, task)
            except AllFailed as failed:
                log.warning("judge.no_opinion", session_id=str(session_id), faults=failed.faults)
                await self._ledger.record_all(user_id, session_id, MODE, failed.usage)
                return Reply(None, charged=any(one.input_tokens or one.output_tokens for one in failed.usage))
            except TimeoutError:
                log.warning("judge.opinion_timed_out", session_id=str(session_id))
                cut_short = Usage.of_cut_short(
                    left[0], "judge", input_tokens=estimate_of(task), seconds=limit_s, fault="timed_out"
                )
                await self._ledger.record_all(user_id, session_id, MODE, [cut_short])
                return Reply(None, charged=True)
            if answered is None:
                return Reply(None, charged=False)
            opinion, usage = answered
            await self._ledger.record_all(user_id, session_id, MODE, (*usage.earlier, usage))
            return Reply(opinion, charged=True)

        return ask
