"""Sign-up, sign-in, refresh and sign-out. Called by `endpoints`; `current` reads the tokens that this hands out.

`Accounts` opens its transactions itself, against the habit of one per request: a failed attempt must be counted and
a stolen token must end a login although the request fails, and no transaction may wait for a slow hash.
"""

import contextlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.accounts.errors import TokenNotValid, TokenReused, UsernameNotUsable, UsernameTaken, WrongCredentials
from mockloop.accounts.passwords import Hasher, Passwords, argon2id, check_password
from mockloop.accounts.tables import Login, User
from mockloop.accounts.throttle import Bucket, Buckets, charge, give_back
from mockloop.accounts.tokens import AccessClaims, RefreshClaims, Signer
from mockloop.clock import Clock
from mockloop.crypto import Unreadable, blind_index
from mockloop.db.engine import Database
from mockloop.db.ids import new_id
from mockloop.db.orm import sql_now
from mockloop.db.sealed import place_of
from mockloop.db.vault import Vault

GRACE = timedelta(seconds=30)
"""How long the previous refresh token still works: two tabs, or an answer that was lost on its way."""
KNOWN_ADDRESS_FOR = timedelta(days=90)
SECRET = "accounts"  # noqa: S105  the name of the secret


@dataclass(frozen=True)
class AccountRules:
    """What an operator may set."""

    access_ttl: timedelta = timedelta(minutes=15)
    refresh_ttl: timedelta = timedelta(days=30)
    cookie_secure: str = "auto"
    public_url: str | None = None
    operators: frozenset[str] = frozenset()
    """Who may see what everybody uses; see `operators_in`."""


@dataclass(frozen=True)
class Origin:
    """Where a request to sign in comes from."""

    address: str
    kind: str = "browser"
    device_token: str | None = None


@dataclass(frozen=True)
class SignedIn:
    """A user with fresh tokens."""

    user_id: UUID
    username: str
    created_at: datetime
    kind: str
    access_token: str
    refresh_token: str
    device_token: str


class Accounts:
    """The accounts of one installation. One per process, at `app.state.accounts`."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        clock: Clock,
        *,
        rules: AccountRules | None = None,
        hasher: Hasher | None = None,
    ) -> None:
        self.rules = rules or AccountRules()
        self.database = database
        self.clock = clock
        self._vault = vault
        self._passwords = Passwords(hasher or argon2id())
        self._keys: tuple[Signer, Buckets, bytes] | None = None

    async def prepare(self) -> None:
        """What the first sign-in would otherwise wait for. Optional; for the start of a process."""
        await self._loaded()
        await self._passwords.prepare()

    async def signer(self) -> Signer:
        return (await self._loaded())[0]

    async def sign_up(self, username: str, password: str, origin: Origin) -> SignedIn:
        """A new user, signed in. Raises `UsernameTaken`, `UsernameNotUsable` or a `Password…`."""
        name = usable_username(username)
        check_password(password, name)
        password_hash = await self._passwords.hash(password)
        index = await self._username_index(name)
        user_id = new_id()
        async with self.database.begin() as db:
            key = await self._vault.create_key(db, user_id)
            user = User(
                id=user_id,
                username=key.seal(place_of(User.username, user_id), name),
                username_index=index,
                password_hash=password_hash,
                created_at=self.clock.now(),
            )
            db.add(user)
            try:
                await db.flush()
            except IntegrityError as error:
                raise UsernameTaken from error
            return await self._new_login(db, user, name, origin)

    async def sign_in(self, username: str, password: str, origin: Origin) -> SignedIn:
        """The user, signed in. Raises `WrongCredentials`, the same way for an unknown name, or `TooManyLogins`."""
        index = await self._username_index(username)
        async with self.database.begin() as db:
            user = await db.scalar(select(User).where(User.username_index == index))
            buckets = await self._buckets(db, user, index, origin)
            await charge(db, self.clock, buckets)
        same, better_hash = await self._passwords.matches(password, user.password_hash if user else None)
        if user is None or not same:
            raise WrongCredentials
        async with self.database.begin() as db:
            await give_back(db, buckets)
            if better_hash is not None:
                await db.execute(update(User).where(User.id == user.id).values(password_hash=better_hash))
            key = await self._vault.key_for(db, user.id)
            name = key.open(place_of(User.username, user.id), user.username)
            return await self._new_login(db, user, name, origin)

    async def refresh(self, refresh_token: str) -> SignedIn:
        """New tokens for a refresh token. Raises `TokenNotValid`, or `TokenReused` after ending the whole login."""
        signer = await self.signer()
        claims = signer.read_refresh(refresh_token)
        async with self.database.begin() as db:
            row = (
                await db.execute(
                    select(Login, User, sql_now(self.clock))
                    .join(User, User.id == Login.user_id)
                    .where(Login.id == claims.login_id)
                    .with_for_update(of=Login)
                )
            ).one_or_none()
            if row is None or row[0].revoked_at is not None or row[0].expires_at <= row[2]:
                raise TokenNotValid
            login, user, now = row
            if claims.generation == login.generation:
                login.generation += 1
                login.rotated_at = now
                login.expires_at = now + self.rules.refresh_ttl
            elif claims.generation != login.generation - 1 or now > login.rotated_at + GRACE:
                login.revoked_at, login.revoked_because = now, "reused"
            if login.revoked_at is None:
                key = await self._vault.key_for(db, user.id)
                name = key.open(place_of(User.username, user.id), user.username)
                return self._signed_in(signer, login, user, name)
        raise TokenReused  # after the commit, or the login would live on

    async def sign_out(self, *, login_id: UUID | None) -> None:
        """End a login: neither its access nor its refresh token works any more. Harmless to repeat."""
        if login_id is None:
            return
        async with self.database.begin() as db:
            await db.execute(
                update(Login)
                .where(Login.id == login_id, Login.revoked_at.is_(None))
                .values(revoked_at=sql_now(self.clock), revoked_because="signed out")
            )

    async def username_of(self, db: AsyncSession, user_id: UUID) -> tuple[str, datetime]:
        """A user's name, and since when they are here."""
        user = await db.get_one(User, user_id)
        key = await self._vault.key_for(db, user_id)
        return key.open(place_of(User.username, user_id), user.username), user.created_at

    async def usernames_of(self, db: AsyncSession, user_ids: Sequence[UUID]) -> dict[UUID, str]:
        """The names of these users, without those who are gone or whose key was destroyed."""
        found = await db.execute(select(User.id, User.username).where(User.id.in_(user_ids)))
        names = {}
        for user_id, sealed in found.all():
            with contextlib.suppress(Unreadable):
                key = await self._vault.key_for(db, user_id)
                names[user_id] = key.open(place_of(User.username, user_id), sealed)
        return names

    def is_operator(self, username: str) -> bool:
        """Whether the settings name this user as an operator."""
        return _same(username) in self.rules.operators

    async def _new_login(self, db: AsyncSession, user: User, name: str, origin: Origin) -> SignedIn:
        signer, buckets, _ = await self._loaded()
        now = self.clock.now()
        login = Login(
            id=new_id(),
            user_id=user.id,
            kind=origin.kind,
            generation=1,
            rotated_at=now,
            expires_at=now + self.rules.refresh_ttl,
            address_index=buckets.address_index(origin.address),
            created_at=now,
        )
        db.add(login)
        await db.flush()
        return self._signed_in(signer, login, user, name, device_token=origin.device_token)

    def _signed_in(
        self, signer: Signer, login: Login, user: User, name: str, *, device_token: str | None = None
    ) -> SignedIn:
        known = device_token is not None and signer.is_device_of(device_token, user.id)
        return SignedIn(
            user_id=user.id,
            username=name,
            created_at=user.created_at,
            kind=login.kind,
            access_token=signer.access_token(AccessClaims(user.id, login.id), self.clock.now(), self.rules.access_ttl),
            refresh_token=signer.refresh_token(RefreshClaims(login.id, login.generation)),
            device_token=device_token if known and device_token else signer.device_token(user.id),
        )

    async def _buckets(self, db: AsyncSession, user: User | None, index: bytes, origin: Origin) -> list[Bucket]:
        signer, buckets, _ = await self._loaded()
        if user and origin.device_token and signer.is_device_of(origin.device_token, user.id):
            return buckets.of_device(origin.device_token)
        seen_here = await db.scalar(
            select(Login.id)
            .where(
                Login.user_id == (user.id if user else UUID(int=0)),
                Login.address_index == buckets.address_index(origin.address),
                Login.created_at > sql_now(self.clock) - KNOWN_ADDRESS_FOR,
            )
            .limit(1)
        )
        place = buckets.of_place(index, origin.address)
        return place if seen_here else place + buckets.of_account(index)

    async def _username_index(self, name: str) -> bytes:
        return blind_index((await self._loaded())[2], _same(name))

    async def _loaded(self) -> tuple[Signer, Buckets, bytes]:
        if self._keys is None:
            secret = await self._vault.load_secret(self.database, SECRET)
            self._keys = Signer(secret), Buckets(secret), blind_index(secret, "usernames")
        return self._keys


def usable_username(username: str) -> str:
    """The username as it is kept; upper and lower case are the same when it is looked up. May raise."""
    name = _normal(username)
    if not 3 <= len(name) <= 254 or not name.isprintable() or any(c.isspace() for c in name):
        raise UsernameNotUsable
    if not any(c.isalnum() for c in name):
        raise UsernameNotUsable
    return name


def operators_in(names: str) -> frozenset[str]:
    """The names in a list with commas, as `AccountRules` has them."""
    return frozenset(filter(None, map(_same, names.split(","))))


def _same(username: str) -> str:
    """Equal for names that are one when somebody signs in."""
    return _normal(username).casefold()


def _normal(username: str) -> str:
    return unicodedata.normalize("NFKC", username).strip()


async def forget_old_logins(db: AsyncSession, clock: Clock) -> None:
    """Delete logins that ended long ago. Until then they tell which addresses belong to their user."""
    long_ago = sql_now(clock) - KNOWN_ADDRESS_FOR
    await db.execute(delete(Login).where(Login.expires_at < long_ago))
    await db.execute(delete(Login).where(Login.revoked_at < long_ago))
