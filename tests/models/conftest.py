"""The endpoints of models on a real database, with models that say what a test tells them."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from mockloop.accounts import endpoints as accounts_endpoints
from mockloop.accounts.service import Accounts
from mockloop.clock import ManualClock
from mockloop.db.engine import Database
from mockloop.db.vault import Vault
from mockloop.errors import MockLoopError
from mockloop.llm.port import Address, AllFailed, Done, Prompt, Provider, Restart, Role, Text, Usage
from mockloop.models import endpoints
from mockloop.models.addresses import AddressRules
from mockloop.models.ledger import Spending
from mockloop.models.opening import ModelParts, open_models
from mockloop.models.service import ModelRules

PASSWORD = "seven green bottles"


@dataclass
class ToldModels:
    """Answers “ready”, or fails with the fault that it was told. Keeps whom it was asked to call."""

    fault: str | None = None
    asked: list[Provider] = field(default_factory=list)

    async def stream(
        self, providers: Sequence[Provider], role: Role, prompt: Prompt
    ) -> AsyncIterator[Text | Restart | Done]:
        provider = providers[0]
        self.asked.append(provider)
        usage = Usage(provider.name, provider.models[role], 30, 0, 2, 0.4, 0.5, (self.fault,) if self.fault else ())
        if self.fault:
            raise AllFailed((self.fault,), (usage,))
        yield Text("ready")
        yield Done("ready", usage)

    async def ask(
        self,
        providers: Sequence[Provider],
        role: Role,
        prompt: Prompt,
        output: type[Any],
        check: Callable[[Any], None] | None = None,
    ) -> tuple[Any, Usage]:
        raise AllFailed(("bad_request",))


@dataclass
class Names:
    """What names lead to, in the test's hands; unknown ones lead nowhere."""

    known: dict[str, list[Address]] = field(default_factory=dict)

    async def look_up(self, host: str) -> Sequence[Address]:
        return self.known.get(host, [])


@pytest.fixture
def told() -> ToldModels:
    return ToldModels()


@pytest.fixture
def names() -> Names:
    return Names()


@pytest.fixture
def parts(database: Database, vault: Vault, clock: ManualClock, told: ToldModels, names: Names) -> ModelParts:
    rules = ModelRules(addresses=AddressRules(private=True, look_up=names.look_up))
    return open_models(database, vault, clock, told, rules=rules, spending=Spending())


@pytest.fixture
def app(accounts: Accounts, vault: Vault, clock: ManualClock, parts: ModelParts) -> FastAPI:
    app = FastAPI()
    app.state.accounts, app.state.database, app.state.vault = accounts, accounts.database, vault
    app.state.clock, app.state.models = clock, parts
    app.include_router(accounts_endpoints.router)
    app.include_router(endpoints.router)

    @app.exception_handler(MockLoopError)
    async def ours(request: Request, error: MockLoopError) -> JSONResponse:
        return JSONResponse(error.body(), error.status, headers=error.headers())

    return app


@dataclass
class Person:
    """Somebody who is signed in."""

    id: UUID
    http: httpx.AsyncClient

    async def adds(self, **wanted: Any) -> dict[str, Any]:
        answer = await self.http.post("/api/me/models/providers", json=form(**wanted))
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    async def sees(self) -> dict[str, Any]:
        return dict((await self.http.get("/api/me/models")).json())


People = Callable[[str], Any]


@pytest.fixture
async def person(app: FastAPI) -> AsyncIterator[People]:
    clients: list[httpx.AsyncClient] = []

    async def come(name: str) -> Person:
        http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://mockloop.test")
        clients.append(http)
        body = {"username": name, "password": PASSWORD, "client": "program"}
        signed_up = (await http.post("/api/users/create", json=body)).json()
        http.headers["Authorization"] = f"Bearer {signed_up['access_token']}"
        return Person(UUID(signed_up["user"]["id"]), http)

    yield come
    for http in clients:
        await http.aclose()


@pytest.fixture
async def ada(person: People) -> Person:
    return await person("ada")  # type: ignore[no-any-return]


def form(**wanted: Any) -> dict[str, Any]:
    """A provider as the settings screen sends it."""
    return {
        "name": "my claude",
        "protocol": "anthropic",
        "models": {"interviewer": "claude-test-1"},
        "api_key": "sk-test-marker-0123456789-WXYZ",
        **wanted,
    }
