"""Asks the models of a user's choice for opinions: within the budgets, written down, and never in the judge's way."""

import asyncio
from uuid import UUID

import structlog

from mockloop.judging.answers.opinion import Opinion, ask_opinion, estimate_of
from mockloop.judging.answers.task import Task
from mockloop.judging.follow_ups import AskOpinion
from mockloop.llm.port import AllFailed, Models, Provider, Usage
from mockloop.models.ledger import Ledger
from mockloop.models.service import ProviderChoice

MODE = "judge"
OPINION_S = 60.0
"""After this long the built-in mark stands alone; the scorecard does not wait any longer."""

log = structlog.get_logger(__name__)


class Opinions:
    """`OpinionsFor` over the user's own providers, or those of the settings. `limit_s`: for one opinion."""

    def __init__(self, models: Models, choice: ProviderChoice, ledger: Ledger, *, limit_s: float = OPINION_S) -> None:
        self._models = models
        self._choice = choice
        self._ledger = ledger
        self._limit_s = limit_s

    async def for_session(self, user_id: UUID, session_id: UUID) -> AskOpinion | None:
        """Whom to ask for this session; None when the user wants, or has, the built-in judge only."""
        providers = [one for one in await self._choice.providers_of(user_id) if "judge" in one.models]
        if not providers:
            return None

        async def ask(task: Task) -> Opinion | None:
            left = await self._ledger.affordable(user_id, session_id, providers, estimate_of(task))
            if not left:
                return None
            try:
                async with asyncio.timeout(self._limit_s):
                    answered = await ask_opinion(self._models, left, task)
            except AllFailed as failed:
                log.warning("judge.no_opinion", session_id=str(session_id), faults=failed.faults)
                await self._ledger.record_all(user_id, session_id, MODE, failed.usage)
                return None
            except TimeoutError:
                log.warning("judge.opinion_timed_out", session_id=str(session_id))
                await self._ledger.record_all(user_id, session_id, MODE, [_cut_short(left[0], task, self._limit_s)])
                return None
            if answered is None:
                return None
            opinion, usage = answered
            await self._ledger.record_all(user_id, session_id, MODE, (*usage.earlier, usage))
            return opinion

        return ask


def _cut_short(provider: Provider, task: Task, seconds: float) -> Usage:
    """What a call cost that was left before the provider gave figures."""
    return Usage(
        provider=provider.name,
        model=provider.models["judge"],
        input_tokens=estimate_of(task),
        cached_tokens=0,
        output_tokens=0,
        first_s=None,
        total_s=seconds,
        faults=("timed_out",),
        own=provider.own,
    )
