"""A trial of an address that led somewhere else when it was saved, over the wire."""

import ipaddress
from collections.abc import AsyncIterator

import pytest

from mockloop.clock import ManualClock
from mockloop.db.engine import Database
from mockloop.db.vault import Vault
from mockloop.llm.orchestrator import ModelCalls
from mockloop.models.addresses import AddressRules
from mockloop.models.ledger import Spending
from mockloop.models.opening import ModelParts, open_models
from mockloop.models.service import ModelRules
from tests.models.conftest import Names, Person
from tests.support.fake_provider import fake_provider

PUBLIC = ipaddress.ip_address("93.184.215.14")
HERE = ipaddress.ip_address("127.0.0.1")


class TwoFaced(Names):
    """Every second answer leads into the own network."""

    asked = 0

    async def look_up(self, host: str) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
        self.asked += 1
        return [HERE if self.asked % 2 == 0 else PUBLIC]


@pytest.fixture
async def calls(names: Names) -> AsyncIterator[ModelCalls]:
    calls = ModelCalls(resolve=AddressRules(private=False, look_up=names.look_up).resolve)
    yield calls
    await calls.aclose()


@pytest.fixture
def names() -> Names:
    return TwoFaced()


@pytest.fixture
def parts(database: Database, vault: Vault, clock: ManualClock, calls: ModelCalls, names: Names) -> ModelParts:
    rules = ModelRules(addresses=AddressRules(private=False, look_up=names.look_up))
    return open_models(database, vault, clock, calls, rules=rules, spending=Spending(), forget=calls.forget)


async def test_a_trial_says_why_the_address_is_not_called(ada: Person, names: TwoFaced) -> None:
    async with fake_provider() as fake:
        saved = await ada.adds(protocol="openai", base_url=f"http://two-faced.test:{fake.port}/v1")
        names.asked = 0
        trial = (await ada.http.post(f"/api/me/models/providers/{saved['id']}/trial")).json()
        assert names.asked == 2, "once before the call, and once by the connection"
        assert (trial["works"], trial["fault"]) == (False, "unreachable")
        assert trial["message"].startswith("This address cannot be used: it is private")
        assert not fake.journal
        usage = (await ada.http.get("/api/me/models/usage")).json()
        assert [line["faults"] for line in usage["today"]["lines"]] == [{"unreachable": 1}]
