"""Budgets are checked before a call, what was used is written after it, and no text is kept."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import DBAPIError

from mockloop.accounts.tables import User
from mockloop.clock import ManualClock
from mockloop.db.engine import Database
from mockloop.llm.port import Provider, Usage
from mockloop.models.ledger import Budgets, Ledger, Price, Spending, cost_microusd, day_of, shared_on
from mockloop.models.usage import usage_by_day, usage_of
from mockloop.settings import Settings
from tests.models.conftest import People, Person

HOUSE = Provider(name="house", protocol="openai", api_key=None, models={"interviewer": "model-1"})


def used(input_tokens: int, output_tokens: int = 0, *, cached: int = 0, faults: tuple[str, ...] = ()) -> Usage:
    return Usage("house", "model-1", input_tokens, cached, output_tokens, 0.8, 2.0, faults)


async def may(ledger: Ledger, owner: UUID, session: UUID | None, estimate_tokens: int) -> bool:
    return bool(await ledger.affordable(owner, session, [HOUSE], estimate_tokens))


def ledger_of(database: Database, clock: ManualClock, **budgets: int) -> Ledger:
    prices = {"model-1": Price(input=3.0, cached=0.3, output=15.0)}
    return Ledger(database, clock, Spending(Budgets(**budgets), prices, frozenset({"house"})))


def test_the_default_is_the_estimate_of_a_day_s_practice() -> None:
    settings = Settings()
    assert (settings.llm_day_input_tokens, settings.llm_day_output_tokens) == (85_000, 20_000)
    assert (Budgets().day_input, Budgets().day_output) == (85_000, 20_000)
    assert (Budgets().session_input, Budgets().session_output) == (
        settings.llm_session_input_tokens,
        settings.llm_session_output_tokens,
    )


async def test_a_day_s_budget_ends_and_begins_again(ada: Person, database: Database, clock: ManualClock) -> None:
    ledger = ledger_of(database, clock)
    for _ in range(2):
        session = uuid4()
        assert await may(ledger, ada.id, session, 42_500)
        await ledger.record_all(ada.id, session, "live", [used(42_500, 100)])
    assert not await may(ledger, ada.id, uuid4(), 1)
    await clock.advance(timedelta(days=1))
    assert await may(ledger, ada.id, uuid4(), 42_500)


async def test_output_counts_too(ada: Person, database: Database, clock: ManualClock) -> None:
    ledger = ledger_of(database, clock)
    await ledger.record_all(ada.id, uuid4(), "live", [used(10, 19_999)])
    assert await may(ledger, ada.id, uuid4(), 10)
    await ledger.record_all(ada.id, uuid4(), "live", [used(10, 1)])
    assert not await may(ledger, ada.id, uuid4(), 10)


async def test_a_session_cannot_eat_the_day(ada: Person, database: Database, clock: ManualClock) -> None:
    ledger = ledger_of(database, clock, session_input=1000, session_output=50)
    greedy, other = uuid4(), uuid4()
    await ledger.record_all(ada.id, greedy, "live", [used(900)])
    assert not await may(ledger, ada.id, greedy, 101)
    assert await may(ledger, ada.id, greedy, 100)
    assert await may(ledger, ada.id, other, 1000)
    await ledger.record_all(ada.id, greedy, "live", [used(1, 50)])
    assert not await may(ledger, ada.id, greedy, 1)


async def test_one_user_s_spending_is_not_another_s(
    ada: Person, person: object, database: Database, clock: ManualClock
) -> None:
    bob = await person("bob")  # type: ignore[operator]
    ledger = ledger_of(database, clock)
    await ledger.record_all(bob.id, None, "live", [used(85_000)])
    assert not await may(ledger, bob.id, None, 1)
    assert await may(ledger, ada.id, None, 1)


async def test_two_instances_overspend_by_the_calls_on_their_way_at_most(
    ada: Person, database: Database, clock: ManualClock
) -> None:
    call, in_flight = 1000, 4

    async def instance(ledger: Ledger) -> int:
        made = 0
        while await may(ledger, ada.id, None, call):
            await ledger.record_all(ada.id, None, "live", [used(call)])
            made += 1
        return made

    # Four calls at once from two instances, each on a budget of 20 calls.
    ledgers = [ledger_of(database, clock, day_input=20 * call) for _ in range(2)]
    made = sum(await asyncio.gather(*(instance(ledgers[n % 2]) for n in range(in_flight))))
    assert 20 <= made < 20 + in_flight


OURS = replace(HOUSE, own=True)
"""A user calls an own provider like the installation's."""


async def test_the_installation_s_day_is_everybody_s(
    ada: Person, person: People, database: Database, clock: ManualClock
) -> None:
    bob = await person("bob")
    ledger = ledger_of(database, clock, installation_day_input=1000, installation_day_output=50)
    await ledger.record_all(ada.id, None, "live", [used(600, 20), used(300)])
    assert await ledger.affordable(bob.id, None, [HOUSE], 100) == [HOUSE]
    assert await ledger.affordable(bob.id, None, [HOUSE], 101) == ()
    await ledger.record_all(ada.id, None, "judge", [used(0, 30)])
    assert await ledger.affordable(bob.id, None, [HOUSE], 1) == (), "output counts too"
    assert await ledger_of(database, clock).affordable(bob.id, None, [HOUSE], 1) == [HOUSE], "no limit was set"
    await clock.advance(timedelta(days=1))
    assert await ledger.affordable(bob.id, None, [HOUSE], 100) == [HOUSE]


async def test_own_providers_neither_spend_the_installation_s_day_nor_end_with_it(
    ada: Person, database: Database, clock: ManualClock
) -> None:
    ledger = ledger_of(database, clock, installation_day_input=1000)
    await ledger.record_all(ada.id, None, "live", [replace(used(5000), own=True)])
    assert await ledger.affordable(ada.id, None, [HOUSE], 1000) == [HOUSE]
    await ledger.record_all(ada.id, None, "live", [used(1000)])
    assert await ledger.affordable(ada.id, None, [HOUSE, OURS], 1) == (OURS,)
    assert await ledger.affordable(ada.id, None, [OURS], 1) == [OURS]
    await ledger.record_all(ada.id, None, "live", [replace(used(85_000), own=True)])
    assert await ledger.affordable(ada.id, None, [OURS], 1) == (), "a user's own budget counts for these too"


async def test_an_account_that_is_deleted_gives_the_installation_nothing_back(
    ada: Person, person: People, database: Database, clock: ManualClock
) -> None:
    bob = await person("bob")
    ledger = ledger_of(database, clock, installation_day_input=1000)
    await ledger.record_all(ada.id, None, "live", [used(1000)])
    async with database.begin() as db:
        await db.execute(delete(User).where(User.id == ada.id))
        assert not (await usage_of(db, ada.id, now=clock.now(), budgets=Budgets())).today.lines
        assert await shared_on(db, clock.now()) == (1000, 0)
    assert await ledger.affordable(bob.id, None, [HOUSE], 1) == ()


async def test_calls_of_many_that_end_together_are_all_counted(
    ada: Person, person: People, database: Database, clock: ManualClock
) -> None:
    people = [ada, await person("bob"), await person("cleo")]
    ledgers = [ledger_of(database, clock) for _ in range(2)]
    ends = (ledgers[n % 2].record_all(people[n % 3].id, None, "live", [used(10, 1), used(1)]) for n in range(30))
    await asyncio.gather(*ends)
    async with database.begin() as db:
        assert await shared_on(db, clock.now()) == (330, 30)


def test_costs_are_estimated_where_there_is_a_price() -> None:
    price = Price(input=3.0, cached=0.3, output=15.0)
    assert cost_microusd(used(1000, 100, cached=800), price) == 200 * 3 + 240 + 1500
    assert cost_microusd(used(1000, 100), None) is None


async def test_what_was_used_by_mode_and_model(ada: Person, database: Database, clock: ManualClock) -> None:
    ledger = ledger_of(database, clock)
    session = uuid4()
    await ledger.record_all(ada.id, session, "live", [used(1000, 100, cached=800, faults=("overloaded", "cut"))])
    await ledger.record_all(ada.id, session, "live", [used(1000, 100)])
    own = Usage("ada's own name", "model-2", 5, 0, 6, None, 1.0, ("cut",))
    await ledger.record_all(ada.id, session, "judge", [own])
    async with database.begin() as db:
        view = await usage_of(db, ada.id, now=clock.now(), budgets=Budgets())
        [judge, live] = view.today.lines
        assert (live.calls, live.input_tokens, live.cached_tokens, live.output_tokens) == (2, 2000, 800, 200)
        assert live.faults == {"overloaded": 1, "cut": 1}
        assert (live.first_s, judge.first_s) == (0.8, None)
        assert (live.cost_usd, judge.cost_usd) == (0.00684, None)
        assert view.month.cost_usd == 0.00684
        lines = await usage_by_day(db, since=day_of(clock.now()))
        assert [(one.line.mode, one.line.model, one.users) for one in lines] == [
            ("judge", "model-2", 1),
            ("live", "model-1", 1),
        ]


async def test_the_ledger_does_not_know_what_a_user_calls_a_provider(
    ada: Person, database: Database, clock: ManualClock
) -> None:
    from sqlalchemy import select

    from mockloop.models.tables import UsageRow

    ledger = ledger_of(database, clock)
    await ledger.record_all(ada.id, None, "live", [used(1)])
    await ledger.record_all(ada.id, None, "live", [Usage("marker of ada", "m", 1, 0, 1, None, 1.0, ())])
    await ledger.record_all(ada.id, None, "live", [replace(used(1), own=True)])
    async with database.begin() as db:
        assert sorted(await db.scalars(select(UsageRow.provider))) == ["house", "own", "own"]


async def test_what_one_call_used_is_written_whole_or_not_at_all(
    ada: Person, database: Database, clock: ManualClock
) -> None:
    ledger = ledger_of(database, clock)
    with pytest.raises(DBAPIError):
        await ledger.record_all(ada.id, None, "live", [used(1), used(2**40)])
    async with database.begin() as db:
        assert (await usage_of(db, ada.id, now=clock.now(), budgets=Budgets())).today.lines == []
    await ledger.record_all(ada.id, None, "live", [used(1), used(2)])
    async with database.begin() as db:
        [line] = (await usage_of(db, ada.id, now=clock.now(), budgets=Budgets())).today.lines
        assert (line.calls, line.input_tokens) == (2, 3)


def test_no_owner_is_forgotten() -> None:
    """`session_id` refers to nothing on purpose: what a deleted session used stays counted."""
    from mockloop.models.tables import UsageRow

    [to_user] = UsageRow.__table__.foreign_keys
    assert to_user.column.table.name == "users"
    assert UsageRow.__table__.c.session_id.type.python_type is UUID
