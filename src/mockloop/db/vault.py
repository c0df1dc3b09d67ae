"""Keeps the wrapped keys: hands out a user's key, destroys it, and re-wraps all when the master key changes.

Called by whoever writes or reads a sealed column. One `Vault` per process, made by the composition root.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.crypto import MasterKeys, Unreadable, UserKey, Wrapped, new_secret
from mockloop.db.engine import Database
from mockloop.db.tables import OwnSecret, UserKeyVersion

CACHE_SECONDS = 300  # a key destroyed on another instance works here for at most this long
CACHE_KEYS = 10_000
ROTATION_BATCH = 500


class Vault:
    """The keys of users and of the installation, unwrapped on demand and kept in memory for five minutes."""

    def __init__(self, master_keys: MasterKeys, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.master_keys = master_keys
        self._monotonic = monotonic
        self._cache: OrderedDict[UUID, tuple[float, UserKey]] = OrderedDict()
        self._secrets: dict[str, bytes] = {}

    async def create_key(self, db: AsyncSession, user_id: UUID) -> UserKey:
        """The first key of a new user, saved with `db`'s transaction."""
        secret = new_secret()
        kek_id, wrapped = self.master_keys.wrap(user_id, 1, secret)
        db.add(UserKeyVersion(user_id=user_id, version=1, kek_id=kek_id, wrapped=wrapped))
        await db.flush()
        return UserKey(user_id, {1: AESGCM(secret)})

    async def key_for(self, db: AsyncSession, user_id: UUID) -> UserKey:
        """The user's key. `Unreadable` when it was destroyed, or no master key of ours opens it."""
        known = self._cache.get(user_id)
        if known is not None and self._monotonic() - known[0] < CACHE_SECONDS:
            self._cache.move_to_end(user_id)
            return known[1]
        rows = await db.execute(
            select(UserKeyVersion.version, UserKeyVersion.kek_id, UserKeyVersion.wrapped).where(
                UserKeyVersion.user_id == user_id
            )
        )
        versions = {
            version: AESGCM(self.master_keys.unwrap(user_id, version, Wrapped(kek_id, wrapped)))
            for version, kek_id, wrapped in rows
        }
        if not versions:
            self._cache.pop(user_id, None)
            raise Unreadable
        key = UserKey(user_id, versions)
        self._cache[user_id] = (self._monotonic(), key)
        self._cache.move_to_end(user_id)
        if len(self._cache) > CACHE_KEYS:
            self._cache.popitem(last=False)
        return key

    async def destroy_key(self, db: AsyncSession, user_id: UUID) -> None:
        """Make everything the user wrote unreadable, for good. Backups follow when they age out."""
        await db.execute(delete(UserKeyVersion).where(UserKeyVersion.user_id == user_id))
        self.forget(user_id)

    def forget(self, user_id: UUID) -> None:
        """Drop a key from memory; call it on every instance that hears of a destroyed key."""
        self._cache.pop(user_id, None)

    async def secret_for(self, db: AsyncSession, name: str) -> bytes:
        """The installation's own secret of that name (32 bytes), created at the first call, the same everywhere."""
        if name in self._secrets:
            return self._secrets[name]
        kek_id, wrapped = self.master_keys.wrap(name, 0, new_secret())
        await db.execute(insert(OwnSecret).values(name=name, kek_id=kek_id, wrapped=wrapped).on_conflict_do_nothing())
        row = (await db.execute(select(OwnSecret.kek_id, OwnSecret.wrapped).where(OwnSecret.name == name))).one()
        return self.master_keys.unwrap(name, 0, Wrapped(row.kek_id, row.wrapped))

    async def load_secret(self, database: Database, name: str) -> bytes:
        """`secret_for` in a transaction of its own, remembered for the life of the process."""
        if name not in self._secrets:
            async with database.begin() as db:
                secret = await self.secret_for(db, name)
            self._secrets[name] = secret  # only now is it certain to be saved
        return self._secrets[name]


async def rotate_master_key(database: Database, vault: Vault) -> int:
    """Wrap every key anew with the first master key; returns how many were. Texts stay as they are.

    Safe beside running instances (they know all master keys) and beside a second rotation (SKIP LOCKED).
    """
    total = 0
    while True:
        async with database.begin() as db:
            count = await _rewrap_user_keys(db, vault.master_keys) + await _rewrap_secrets(db, vault.master_keys)
        if count == 0:
            return total
        total += count


async def _rewrap_user_keys(db: AsyncSession, keys: MasterKeys) -> int:
    table = UserKeyVersion
    rows = (
        await db.execute(
            select(table.user_id, table.version, table.kek_id, table.wrapped)
            .where(table.kek_id != keys.first_id)
            .limit(ROTATION_BATCH)
            .with_for_update(skip_locked=True)
        )
    ).all()
    changes = []
    for user_id, version, kek_id, wrapped in rows:
        secret = keys.unwrap(user_id, version, Wrapped(kek_id, wrapped))
        again = keys.wrap(user_id, version, secret)
        changes.append({"user_id": user_id, "version": version, "kek_id": again.kek_id, "wrapped": again.blob})
    if changes:
        await db.execute(update(table), changes)
    return len(changes)


async def _rewrap_secrets(db: AsyncSession, keys: MasterKeys) -> int:
    rows = (
        await db.execute(
            select(OwnSecret.name, OwnSecret.kek_id, OwnSecret.wrapped)
            .where(OwnSecret.kek_id != keys.first_id)
            .with_for_update(skip_locked=True)
        )
    ).all()
    changes = []
    for name, kek_id, wrapped in rows:
        again = keys.wrap(name, 0, keys.unwrap(name, 0, Wrapped(kek_id, wrapped)))
        changes.append({"name": name, "kek_id": again.kek_id, "wrapped": again.blob})
    if changes:
        await db.execute(update(OwnSecret), changes)
    return len(changes)
