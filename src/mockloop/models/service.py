"""A user's own providers: saved sealed, listed without their keys, and put together for a call."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

import structlog
from pydantic import SecretStr
from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.accounts.tables import User
from mockloop.crypto import UserKey
from mockloop.db.engine import Database
from mockloop.db.ids import new_id
from mockloop.db.sealed import place_of
from mockloop.db.vault import Vault
from mockloop.llm.port import Provider, Role
from mockloop.models.addresses import AddressRules
from mockloop.models.errors import (
    AddressNotUsable,
    KeyNeeded,
    KeyNeededForNewAddress,
    OrderIncomplete,
    ProviderUnknown,
    TooManyProviders,
)
from mockloop.models.schemas import (
    PROVIDERS_AT_MOST,
    ModelChoice,
    ModelSettings,
    ProviderForm,
    ProviderView,
    RoleModels,
    Saved,
)
from mockloop.models.tables import ChoiceRow, ProviderRow

KEY_SHOWN = 4
KEY_LONG_ENOUGH = 12
"""The end of a shorter key would give too much of it away."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class ModelRules:
    """What an operator sets: providers for everybody, and where own ones may lead."""

    shared: tuple[Provider, ...] = ()
    addresses: AddressRules = field(default_factory=lambda: AddressRules(private=False))


class ProviderChoice:
    """Which providers speak for a user, in order. Interviewer and judge ask before each call."""

    def __init__(self, database: Database, vault: Vault, rules: ModelRules) -> None:
        self._database = database
        self._vault = vault
        self._rules = rules

    async def providers_of(self, user_id: UUID) -> tuple[Provider, ...]:
        """The user's own, else the installation's; none when the user wants the built-in voices only.

        An own one whose address may not be called any more is left out.
        """
        async with self._database.begin() as db:
            if await _built_in_only(db, user_id):
                return ()
            rows = await _rows(db, user_id)
            if not rows:
                return self._rules.shared
            key = await self._vault.key_for(db, user_id)
        found = [provider_of(row, key) for row in rows]
        return tuple([provider for provider in found if await self._usable(provider)])

    async def anybody_has_one(self) -> bool:
        """Whether the installation or any user has a provider."""
        if self._rules.shared:
            return True
        async with self._database.begin() as db:
            return await db.scalar(select(ProviderRow.id).limit(1)) is not None

    async def _usable(self, provider: Provider) -> bool:
        try:
            if provider.base_url is not None:
                await self._rules.addresses.check(provider.base_url)
        except AddressNotUsable as error:
            log.warning("models.address_refused", reason=error.details["reason"])
            return False
        return True


async def settings_of(db: AsyncSession, user_id: UUID, *, vault: Vault, rules: ModelRules) -> ModelSettings:
    """What the settings screen shows."""
    key = await vault.key_for(db, user_id)
    return ModelSettings(
        built_in_only=await _built_in_only(db, user_id),
        providers=[view_of(row, key) for row in await _rows(db, user_id)],
        shared=[provider.name for provider in rules.shared],
        private_addresses=rules.addresses.private,
    )


async def add_provider(
    db: AsyncSession, user_id: UUID, form: ProviderForm, *, vault: Vault, rules: ModelRules
) -> ProviderView:
    """Save a new provider after those that are there. Raises `TooManyProviders`, `KeyNeeded`, `AddressNotUsable`."""
    await _check(form, rules)
    await _alone_with(db, user_id)
    count, last = (
        await db.execute(select(func.count(), func.max(ProviderRow.position)).where(ProviderRow.user_id == user_id))
    ).one()
    if count >= PROVIDERS_AT_MOST:
        raise TooManyProviders(at_most=PROVIDERS_AT_MOST)
    row = ProviderRow(id=new_id(), user_id=user_id, position=(last or 0) + 1)
    return await _save(db, row, form, kept=None, key=await vault.key_for(db, user_id))


async def change_provider(
    db: AsyncSession, user_id: UUID, provider_id: UUID, form: ProviderForm, *, vault: Vault, rules: ModelRules
) -> ProviderView:
    """Save a provider anew. The saved key stays, unless another one comes or it shall go.

    Raises `ProviderUnknown`, `KeyNeeded`, `AddressNotUsable`, `KeyNeededForNewAddress`.
    """
    await _check(form, rules)
    await _alone_with(db, user_id)
    row = await provider_for(db, user_id, provider_id)
    key = await vault.key_for(db, user_id)
    before = provider_of(row, key)
    kept = None if form.api_key or form.forget_key else before.api_key
    if kept and (before.base_url, before.protocol) != (form.base_url, form.protocol):
        raise KeyNeededForNewAddress
    return await _save(db, row, form, kept=kept, key=key)


async def remove_provider(db: AsyncSession, user_id: UUID, provider_id: UUID) -> None:
    """Delete a provider with its key. Raises `ProviderUnknown`."""
    row = await provider_for(db, user_id, provider_id)
    await db.execute(delete(ProviderRow).where(ProviderRow.id == row.id))


async def choose(db: AsyncSession, user_id: UUID, choice: ModelChoice) -> None:
    """Save the order, and whether only the built-in voices shall be heard. Raises `OrderIncomplete`."""
    await _alone_with(db, user_id)
    rows = {row.id: row for row in await _rows(db, user_id)}
    if sorted(rows) != sorted(choice.order):
        raise OrderIncomplete
    for position, provider_id in enumerate(choice.order, 1):
        rows[provider_id].position = position
    wanted = insert(ChoiceRow).values(user_id=user_id, built_in_only=choice.built_in_only)
    await db.execute(
        wanted.on_conflict_do_update(
            index_elements=[ChoiceRow.user_id], set_={"built_in_only": wanted.excluded.built_in_only}
        )
    )


async def provider_for(db: AsyncSession, user_id: UUID, provider_id: UUID) -> ProviderRow:
    """The row, if it is the user's. Raises `ProviderUnknown`."""
    row = await db.scalar(select(ProviderRow).where(ProviderRow.id == provider_id, ProviderRow.user_id == user_id))
    if row is None:
        raise ProviderUnknown
    return row


def provider_of(row: ProviderRow, key: UserKey) -> Provider:
    """A row as the layer of models takes it, with its key."""
    saved = _opened(row, key)
    return Provider(
        name=saved.name,
        protocol=saved.protocol,
        api_key=SecretStr(key.open(place_of(ProviderRow.api_key, row.id), row.api_key)) if row.api_key else None,
        base_url=saved.base_url,
        models=models_by_role(saved.models),
        structured=saved.structured,
        first_text_s=saved.first_text_s,
        turn_s=saved.turn_s,
        own=True,
    )


def models_by_role(models: RoleModels) -> dict[Role, str]:
    """A model for every role."""
    first = models.interviewer
    return {"interviewer": first, "judge": models.judge or first, "writer": models.writer or first}


def view_of(row: ProviderRow, key: UserKey) -> ProviderView:
    """A row as its user sees it."""
    secret = key.open(place_of(ProviderRow.api_key, row.id), row.api_key) if row.api_key else ""
    return ProviderView(
        id=row.id,
        has_key=bool(secret),
        key_ends=secret[-KEY_SHOWN:] if len(secret) >= KEY_LONG_ENOUGH else None,
        **_opened(row, key).model_dump(),
    )


def _opened(row: ProviderRow, key: UserKey) -> Saved:
    return Saved.model_validate_json(key.open(place_of(ProviderRow.body, row.id), row.body))


async def _check(form: ProviderForm, rules: ModelRules) -> None:
    """Before the first query: a slow look-up of a name must hold no connection."""
    if form.base_url is not None:
        await rules.addresses.check(form.base_url)


async def _save(
    db: AsyncSession, row: ProviderRow, form: ProviderForm, *, kept: SecretStr | None, key: UserKey
) -> ProviderView:
    secret = form.api_key or (kept.get_secret_value() if kept else None)
    if form.base_url is None and secret is None:
        raise KeyNeeded
    saved = Saved.model_validate(form.model_dump(exclude={"api_key", "forget_key"}))
    row.body = key.seal(place_of(ProviderRow.body, row.id), saved.model_dump_json())
    row.api_key = key.seal(place_of(ProviderRow.api_key, row.id), secret) if secret else None
    db.add(row)
    await db.flush()
    return view_of(row, key)


async def _alone_with(db: AsyncSession, user_id: UUID) -> None:
    """One change of a user's models at a time."""
    await db.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))


async def _built_in_only(db: AsyncSession, user_id: UUID) -> bool:
    return bool(await db.scalar(select(ChoiceRow.built_in_only).where(ChoiceRow.user_id == user_id)))


async def _rows(db: AsyncSession, user_id: UUID) -> Sequence[ProviderRow]:
    found = await db.scalars(
        select(ProviderRow).where(ProviderRow.user_id == user_id).order_by(ProviderRow.position, ProviderRow.id)
    )
    return found.all()
