"""What the judge asks of models is paid from the same budgets, also when nobody waits for the answer any longer."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from mockloop.clock import ManualClock
from mockloop.db.engine import Database
from mockloop.db.vault import Vault
from mockloop.judging.answers.opinion import estimate_of
from mockloop.judging.asking import Opinions, Reply
from mockloop.llm.port import Prompt, Provider, Role, Usage
from mockloop.models.ledger import Budgets, Ledger, Spending
from mockloop.models.service import ModelRules, ProviderChoice
from mockloop.models.usage import usage_of
from tests.judging.answers.test_opinion import TASK
from tests.models.conftest import Person, ToldModels

HOUSE = Provider(name="house", protocol="openai", api_key=None, models={"judge": "model-1"})


class SilentModels(ToldModels):
    async def ask(
        self,
        providers: Sequence[Provider],
        role: Role,
        prompt: Prompt,
        output: type[Any],
        check: Callable[[Any], None] | None = None,
    ) -> tuple[Any, Usage]:
        self.asked.extend(providers)
        await asyncio.Event().wait()
        raise AssertionError


async def test_an_opinion_that_comes_too_late_is_paid_and_the_budget_ends(
    ada: Person, database: Database, vault: Vault, clock: ManualClock
) -> None:
    budgets = Budgets(installation_day_input=estimate_of(TASK) + 1)
    ledger = Ledger(database, clock, Spending(budgets, shared=frozenset({"house"})))
    models = SilentModels()
    choice = ProviderChoice(database, vault, ModelRules(shared=(HOUSE,)))
    ask = await Opinions(models, choice, ledger).for_session(ada.id, uuid4())
    assert ask is not None
    assert await ask(TASK, 0.05) == Reply(None, charged=True)
    async with database.begin() as db:
        [line] = (await usage_of(db, ada.id, now=clock.now(), budgets=budgets)).today.lines
    assert (line.mode, line.input_tokens, line.faults) == ("judge", estimate_of(TASK), {"timed_out": 1})
    assert await ask(TASK, 0.05) == Reply(None, charged=False)
    assert models.asked == [HOUSE], "what is left does not pay for a second one"
