"""Keys in the database: created, cached, rotated, destroyed."""

import asyncio
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from mockloop.crypto import Place, Sealed, Unreadable, new_master_key_entry, parse_master_keys
from mockloop.db.engine import Database
from mockloop.db.vault import CACHE_SECONDS, ROTATION_BATCH, Vault, rotate_master_key

PLACE = Place("session_events", "body", "s1/7")


async def seal(database: Database, vault: Vault, user_id: UUID) -> Sealed:
    async with database.begin() as db:
        key = await vault.create_key(db, user_id)
        return key.seal(PLACE, "two pointers")


async def opened(database: Database, vault: Vault, user_id: UUID, sealed: Sealed) -> str:
    async with database.begin() as db:
        return (await vault.key_for(db, user_id)).open(PLACE, sealed)


async def test_a_key_is_there_for_the_next_process(database: Database, vault: Vault) -> None:
    user_id = uuid4()
    sealed = await seal(database, vault, user_id)
    assert await opened(database, Vault(vault.master_keys), user_id, sealed) == "two pointers"


async def test_a_user_without_a_key_is_not_given_one_by_the_way(database: Database, vault: Vault) -> None:
    with pytest.raises(Unreadable):
        await opened(database, vault, uuid4(), Sealed(bytes(60)))


async def test_a_destroyed_key_makes_the_text_unreadable(database: Database, vault: Vault) -> None:
    user_id = uuid4()
    sealed = await seal(database, vault, user_id)
    assert await opened(database, vault, user_id, sealed) == "two pointers"
    async with database.begin() as db:
        await vault.destroy_key(db, user_id)
    with pytest.raises(Unreadable):
        await opened(database, vault, user_id, sealed)


async def test_another_instance_forgets_a_destroyed_key_after_five_minutes_or_when_told(
    database: Database, vault: Vault
) -> None:
    now = 0.0
    late = Vault(vault.master_keys, monotonic=lambda: now)
    told = Vault(vault.master_keys, monotonic=lambda: now)
    user_id = uuid4()
    sealed = await seal(database, vault, user_id)
    for other in (late, told):
        await opened(database, other, user_id, sealed)
    async with database.begin() as db:
        await vault.destroy_key(db, user_id)
    told.forget(user_id)
    with pytest.raises(Unreadable):
        await opened(database, told, user_id, sealed)
    assert await opened(database, late, user_id, sealed) == "two pointers"
    now = CACHE_SECONDS + 0.1
    assert CACHE_SECONDS <= 300
    with pytest.raises(Unreadable):
        await opened(database, late, user_id, sealed)


async def test_rotation_rewraps_every_key_and_changes_no_text(database: Database) -> None:
    old, new = new_master_key_entry("old"), new_master_key_entry("new")
    before = Vault(parse_master_keys(old))
    users = [uuid4() for _ in range(ROTATION_BATCH + 20)]
    sealed = {}
    for user_id in users[:3]:
        sealed[user_id] = await seal(database, before, user_id)
    async with database.begin() as db:
        for user_id in users[3:]:
            await before.create_key(db, user_id)
    secret = await before.load_secret(database, "accounts")

    both = Vault(parse_master_keys(f"{new},{old}"))
    counts = await asyncio.gather(*(rotate_master_key(database, both) for _ in range(2)))
    assert sum(counts) == len(users) + 1
    assert await rotate_master_key(database, both) == 0

    after = Vault(parse_master_keys(new))
    for user_id in users[:3]:
        assert await opened(database, after, user_id, sealed[user_id]) == "two pointers"
    assert await after.load_secret(database, "accounts") == secret
    with pytest.raises(Unreadable):
        await opened(database, Vault(parse_master_keys(old)), users[0], sealed[users[0]])


async def test_instances_that_start_together_agree_on_a_secret(database: Database, vault: Vault) -> None:
    vaults = [Vault(vault.master_keys) for _ in range(5)]
    secrets = await asyncio.gather(*(one.load_secret(database, "accounts") for one in vaults))
    assert len(set(secrets)) == 1
    assert len(secrets[0]) == 32


async def test_a_secret_in_the_database_is_wrapped(database: Database, vault: Vault) -> None:
    secret = await vault.load_secret(database, "accounts")
    async with database.begin() as db:
        stored = (await db.execute(text("SELECT wrapped FROM own_secrets"))).scalar_one()
    assert secret not in bytes(stored)
