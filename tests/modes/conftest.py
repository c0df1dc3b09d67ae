"""Somebody who may ask models by a mode, over real HTTP, with a real ledger."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from mockloop.accounts.service import Accounts, Origin
from mockloop.clock import ManualClock
from mockloop.db.engine import Database
from mockloop.db.vault import Vault
from mockloop.llm.orchestrator import ModelCalls
from mockloop.llm.port import Provider
from mockloop.models.ledger import Budgets, Spending
from mockloop.models.opening import ModelParts, open_models
from mockloop.models.service import ModelRules
from mockloop.models.tables import UsageRow
from mockloop.modes.asking import ModeCalls, Reply
from mockloop.modes.mode import Mode
from tests.modes.a_mode import INPUTS, MATERIAL, praise
from tests.support.fake_provider import FakeProvider, fake_provider

SESSION = UUID(int=8)


@dataclass
class Asker:
    """A user, whose installation has these providers."""

    id: UUID
    parts: ModelParts
    calls: ModeCalls
    database: Database

    async def asks(self, mode: Mode | None = None, **more: Any) -> Reply:
        told: dict[str, Any] = {"inputs": INPUTS, "material": MATERIAL} | more
        return await self.calls.ask(self.id, SESSION, mode or praise(), **told)

    async def used(self) -> list[UsageRow]:
        async with self.database.begin() as db:
            rows = await db.scalars(select(UsageRow).where(UsageRow.user_id == self.id).order_by(UsageRow.id))
            return list(rows)


Askers = Callable[..., Any]


@pytest.fixture(scope="module")
async def fake() -> AsyncIterator[FakeProvider]:
    async with fake_provider() as fake:
        yield fake


@pytest.fixture(autouse=True)
def nothing_asked(request: pytest.FixtureRequest) -> None:
    if "fake" in request.fixturenames:
        fake: FakeProvider = request.getfixturevalue("fake")
        fake.journal.clear()
        fake.replies.clear()


@pytest.fixture(scope="module")
async def models() -> AsyncIterator[ModelCalls]:
    models = ModelCalls()
    await models.warm_up()
    yield models
    await models.aclose()


@pytest.fixture
async def asker(database: Database, vault: Vault, clock: ManualClock, accounts: Accounts, models: ModelCalls) -> Askers:
    async def come(*providers: Provider, limit_s: float = 20.0, **budgets: int) -> Asker:
        signed_in = await accounts.sign_up("ada", "seven green bottles", Origin("127.0.0.1"))
        spending = Spending(Budgets(**budgets), {}, frozenset(one.name for one in providers))
        parts = open_models(database, vault, clock, models, rules=ModelRules(shared=providers), spending=spending)
        calls = ModeCalls(models, parts.choice, parts.ledger, limit_s=limit_s)
        return Asker(signed_in.user_id, parts, calls, database)

    return come
