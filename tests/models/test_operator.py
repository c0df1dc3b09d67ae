"""The operator's report: who may read it, what it adds up and where it ends, on rows that are known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import delete, insert

from mockloop.accounts.passwords import Hasher
from mockloop.accounts.service import AccountRules, Accounts, operators_in
from mockloop.accounts.tables import User
from mockloop.clock import ManualClock
from mockloop.crypto import Sealed
from mockloop.db.engine import Database
from mockloop.db.ids import new_id
from mockloop.db.vault import Vault
from mockloop.errors import NothingHere
from mockloop.llm.port import Usage
from mockloop.models.ledger import Budgets, Price, Spending, day_of
from mockloop.models.opening import ModelParts, open_models
from mockloop.models.operator import endpoints, report
from mockloop.models.service import ModelRules
from mockloop.models.usage import usage_by_day
from tests.models.conftest import People, Person, ToldModels

ADDRESS = "/api/operator/models"


@pytest.fixture
def accounts(database: Database, vault: Vault, clock: ManualClock, hasher: Hasher) -> Accounts:
    rules = AccountRules(access_ttl=timedelta(days=60), operators=operators_in("root-of-it, ADA ,"))
    return Accounts(database, vault, clock, rules=rules, hasher=hasher)


@pytest.fixture
def parts(database: Database, vault: Vault, clock: ManualClock, told: ToldModels) -> ModelParts:
    spending = Spending(
        Budgets(installation_day_input=50_000), {"model-1": Price(3.0, 0.3, 15.0)}, frozenset({"house", "barn"})
    )
    return open_models(database, vault, clock, told, rules=ModelRules(), spending=spending)


@pytest.fixture
def app(app: FastAPI) -> FastAPI:
    app.include_router(endpoints.router)
    return app


@pytest.fixture
def clock() -> ManualClock:
    """No midnight between what a test writes down and what it reads."""
    return ManualClock(still=True)


def used(
    model: str = "model-1",
    *,
    tokens: tuple[int, int, int] = (1000, 800, 100),
    own: bool = False,
    first_s: float | None = 0.5,
    total_s: float = 1.0,
    faults: Sequence[str] = (),
    faults_before: int = 0,
) -> Usage:
    """`tokens`: read, of them cached, written."""
    return Usage("house", model, *tokens, first_s, total_s, tuple(faults), own=own, faults_before=faults_before)


async def reads(person: Person, **asked: int) -> dict[str, Any]:
    answer = await person.http.get(ADDRESS, params=asked)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_only_operators_learn_that_it_is_there(ada: Person, person: People, app: FastAPI) -> None:
    bob = await person("bob")
    for address in (ADDRESS, f"{ADDRESS}?days=0", f"{ADDRESS}?days=many"):
        answer = await bob.http.get(address)
        assert (answer.status_code, answer.json()) == (404, NothingHere().body())
    assert (await ada.http.get(ADDRESS)).status_code == 200
    bob.http.headers.pop("authorization")
    assert (await bob.http.get(ADDRESS)).status_code == 401


async def test_a_user_is_told_whether_they_are_one(ada: Person, person: People) -> None:
    bob = await person("bob")
    for one, expected in ((ada, True), (bob, False)):
        assert (await one.http.get("/api/users/me")).json()["operator"] is expected


@pytest.mark.parametrize("name", ["ada-lovelace", "ad", "root-of-it,", "ädа"])
async def test_names_that_are_only_alike_are_not_the_same(name: str, accounts: Accounts) -> None:
    assert not accounts.is_operator(name)
    assert accounts.is_operator("Ada")
    assert accounts.is_operator("ＡＤＡ"), "the same name for who signs in"


async def test_where_nobody_is_named_nobody_is_an_operator(
    database: Database, vault: Vault, clock: ManualClock, hasher: Hasher
) -> None:
    accounts = Accounts(database, vault, clock, rules=AccountRules(operators=operators_in("")), hasher=hasher)
    assert not accounts.is_operator("")


@pytest.mark.parametrize("days", [0, 32, -1])
async def test_days_have_bounds(days: int, ada: Person) -> None:
    assert (await ada.http.get(ADDRESS, params={"days": days})).status_code == 422


async def test_nothing_was_called(ada: Person) -> None:
    seen = await reads(ada)
    assert (seen["days"], seen["models"], seen["users"]) == ([], [], [])
    assert (seen["models_in_all"], seen["users_in_all"], seen["total"]["calls"]) == (0, 0, 0)
    assert seen["today"] == {
        "input_tokens": 0, "output_tokens": 0, "most_input_tokens": 50_000, "most_output_tokens": None,
    }  # fmt: skip


async def test_sums_by_day_model_and_user(
    ada: Person, person: People, parts: ModelParts, clock: ManualClock, database: Database
) -> None:
    bob = await person("bob")
    ledger = parts.ledger
    await ledger.record_all(ada.id, None, "live", [used()])
    await clock.advance(timedelta(days=1))
    await ledger.record_all(ada.id, None, "live", [used(), used(tokens=(10, 0, 5), own=True)])
    await ledger.record_all(bob.id, None, "judge", [used("local", tokens=(7000, 0, 700), own=True, first_s=None)])
    seen = await reads(ada)

    today, yesterday = seen["days"]
    assert [today["day"], yesterday["day"]] == [
        (clock.now() - timedelta(days=ago)).date().isoformat() for ago in (0, 1)
    ]
    amount = {"calls": 1, "input_tokens": 1000, "cached_tokens": 800, "output_tokens": 100, "cost_usd": 0.00234}
    assert yesterday == {**amount, "day": yesterday["day"], "users": 1, "faulty_calls": 0}
    assert (today["calls"], today["users"]) == (3, 2)
    assert (today["input_tokens"], today["cached_tokens"], today["output_tokens"]) == (8010, 800, 805)
    assert today["cost_usd"] == pytest.approx(0.00234 + 0.000105)
    total = {name: today[name] + yesterday[name] for name in ("calls", "input_tokens", "output_tokens", "cost_usd")}
    assert {name: seen["total"][name] for name in total} == pytest.approx(total)

    lines = [(one["mode"], one["model"], one["own"], one["calls"], one["input_tokens"]) for one in seen["models"]]
    assert lines == [
        ("judge", "local", True, 1, 7000),
        ("live", "model-1", False, 2, 2000),
        ("live", "model-1", True, 1, 10),
    ]
    assert seen["models"][0]["cost_usd"] is None
    assert seen["models"][0]["first_text"] is None

    first, second = seen["users"]
    nothing = {"calls": 0, "input_tokens": 0, "cached_tokens": 0, "output_tokens": 0, "cost_usd": None}
    assert (first["username"], first["shared"], first["own"]["input_tokens"]) == ("bob", nothing, 7000)
    assert (second["username"], second["shared"]["calls"], second["own"]["calls"]) == ("ada", 2, 1)
    assert (seen["today"]["input_tokens"], seen["today"]["output_tokens"]) == (1000, 100), "own providers do not count"

    async with database.begin() as db:
        printed = await usage_by_day(db, since=day_of(clock.now()) - timedelta(days=6))
    assert sum(one.line.input_tokens for one in printed) == seen["total"]["input_tokens"]


async def test_the_range_ends_where_a_day_in_utc_begins(ada: Person, parts: ModelParts, clock: ManualClock) -> None:
    midnight = day_of(clock.now()) + timedelta(days=1)
    await clock.advance(midnight - timedelta(seconds=1) - clock.now())
    await parts.ledger.record_all(ada.id, None, "live", [used()])
    await clock.advance(timedelta(seconds=2))
    await parts.ledger.record_all(ada.id, None, "live", [used()])
    assert [len((await reads(ada, days=days))["days"]) for days in (1, 2)] == [1, 2]
    await clock.advance(timedelta(days=29))
    assert [(await reads(ada, days=days))["total"]["calls"] for days in (29, 30, 31)] == [0, 1, 2]


async def test_percentiles_of_known_rows(ada: Person, parts: ModelParts) -> None:
    # 1 to 21 s: the middle one is 11, and 95 of a hundred are within 20. First words at a tenth of that, twice not.
    calls = [used(first_s=None if s in (5, 15) else s / 10, total_s=float(s)) for s in range(1, 22)]
    in_vain = used(first_s=None, total_s=500.0, faults=["thrown_away"])
    await parts.ledger.record_all(ada.id, None, "live", [*calls, in_vain])
    [line] = (await reads(ada))["models"]
    assert line["whole_call"] == {"p50_s": 11.0, "p95_s": 20.0}
    assert line["first_text"] == pytest.approx({"p50_s": 1.1, "p95_s": 2.01})
    assert (line["calls"], line["thrown_away"], line["faulty_calls"], line["faults"]) == (22, 1, 0, {})


async def test_which_faults_and_whose(ada: Person, parts: ModelParts) -> None:
    first = used("broken", tokens=(0, 0, 0), faults=["overloaded", "cut"])
    second = used(faults=["overloaded", "cut", "rate_limited"], faults_before=2)
    await parts.ledger.record_all(ada.id, None, "live", [first, second])
    await parts.ledger.record_all(ada.id, None, "live", [used(), used("broken", faults=["cut"]), used("broken")])
    seen = await reads(ada)
    by_model = {one["model"]: (one["calls"], one["faulty_calls"], one["faults"]) for one in seen["models"]}
    assert by_model == {
        "broken": (3, 2, {"cut": 2, "overloaded": 1}),
        "model-1": (2, 1, {"rate_limited": 1}),
    }
    assert seen["total"]["faulty_calls"] == seen["days"][0]["faulty_calls"] == 3


async def test_a_model_that_two_shared_providers_have_is_one_line(ada: Person, parts: ModelParts) -> None:
    await parts.ledger.record_all(ada.id, None, "live", [used(), replace(used(), provider="barn")])
    [line] = (await reads(ada))["models"]
    assert (line["calls"], line["own"]) == (2, False)


async def test_an_account_that_was_deleted_is_gone_from_the_tables_and_not_from_the_budget(
    ada: Person, person: People, parts: ModelParts, database: Database
) -> None:
    bob = await person("bob")
    await parts.ledger.record_all(bob.id, None, "live", [used()])
    async with database.begin() as db:
        await db.execute(delete(User).where(User.id == bob.id))
    seen = await reads(ada)
    assert (seen["users"], seen["models"], seen["days"]) == ([], [], [])
    assert seen["today"]["input_tokens"] == 1000


async def test_a_user_whose_key_was_destroyed_has_no_name(
    ada: Person, person: People, parts: ModelParts, database: Database, vault: Vault
) -> None:
    bob = await person("bob")
    await parts.ledger.record_all(bob.id, None, "live", [used()])
    async with database.begin() as db:
        await vault.destroy_key(db, bob.id)
    [line] = (await reads(ada))["users"]
    assert (line["username"], line["shared"]["calls"]) == (None, 1)


async def test_the_tables_end_and_say_how_much_there_is(ada: Person, parts: ModelParts, database: Database) -> None:
    names = [f"model-{n}" for n in range(report.MODELS_AT_MOST + 3)]
    await parts.ledger.record_all(ada.id, None, "live", [used(name, tokens=(n, 0, 1)) for n, name in enumerate(names)])
    crowd = [await _somebody(database) for _ in range(report.USERS_AT_MOST + 1)]
    for n, one in enumerate(crowd):
        await parts.ledger.record_all(one, None, "live", [used(tokens=(10_000 + n, 0, 0))])
    seen = await reads(ada)
    assert (len(seen["models"]), seen["models_in_all"]) == (report.MODELS_AT_MOST, len(names))
    assert seen["models"][1]["model"] == names[-1]
    assert (len(seen["users"]), seen["users_in_all"]) == (report.USERS_AT_MOST, len(crowd) + 1)
    assert [one["shared"]["input_tokens"] for one in seen["users"]] == [10_020 - n for n in range(20)]


async def _somebody(database: Database) -> UUID:
    """A user without a name: for tests of how many there are."""
    user_id = new_id()
    async with database.begin() as db:
        await db.execute(
            insert(User).values(id=user_id, username=Sealed(b"-"), username_index=user_id.bytes, password_hash="none")
        )
    return user_id


async def test_what_a_user_calls_a_provider_is_not_shown(
    ada: Person, parts: ModelParts, database: Database, clock: ManualClock
) -> None:
    await parts.ledger.record_all(ada.id, None, "live", [Usage("marker of bob", "m", 1, 0, 1, None, 1.0, ())])
    answer = await ada.http.get(ADDRESS)
    assert "marker" not in answer.text
    assert "house" not in answer.text
