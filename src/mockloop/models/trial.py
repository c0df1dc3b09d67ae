"""Tries a provider with one tiny call, and says in words what is wrong with it. Each trial is in the ledger."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select, update

from mockloop.accounts.tables import User
from mockloop.clock import Clock
from mockloop.db.engine import Database
from mockloop.db.ids import new_id
from mockloop.db.vault import Vault
from mockloop.llm.port import AllFailed, Done, Models, Prompt, Provider, Usage
from mockloop.models.errors import AddressNotUsable, TooManyTrials
from mockloop.models.ledger import Ledger, columns_of
from mockloop.models.schemas import Trial
from mockloop.models.service import ModelRules, provider_for, provider_of
from mockloop.models.tables import UsageRow

MODE = "trial"
PER_MINUTE = 6

PROMPT = Prompt(
    instructions="You are being checked for whether you answer at all.",
    parts=("Answer with the single word: ready",),
    max_tokens=200,  # models that think first spend some of it before they say a word
    mode=MODE,
)

WORDS = {
    "rate_limited": "The provider says that there were too many requests, or that the credit is used up. Try later.",
    "overloaded": "The provider is overloaded at the moment. Try again in a few minutes.",
    "server_error": "The provider had a fault of its own. Try again in a few minutes.",
    "refused": "The model refused to answer even this. Choose another model.",
    "unauthorised": "The provider does not accept the key, or the key may not use this model.",
    "too_long": "The model calls a line of ten words too long. It cannot hold an interview.",
    "bad_request": "The provider does not understand the request. Check the name of the model and the protocol.",
    "malformed": "Something answers there, but not in this protocol. Check the address (for OpenAI's it often ends in "
    "/v1) and the protocol.",
    "cut": "The connection broke while the model was answering.",
    "empty": "The model answered without a word.",
    "unfinished": "The answer stopped before its end.",
    "timed_out": "No answer came in time. A local model may still be loading: try again, or allow more seconds.",
    "invalid_output": "The model does not keep to the form that was asked for. Choose “prompted”, or another model.",
    "unreachable": "Nothing answers at this address. Check the address, and that the server behind it runs.",
}


class Trials:
    """Carries them out. One per process."""

    def __init__(
        self,
        database: Database,
        vault: Vault,
        clock: Clock,
        models: Models,
        ledger: Ledger,
        rules: ModelRules,
        forget: Callable[[Provider], None] | None = None,
    ) -> None:
        """`forget`: lets go of what is known of a provider's faults, so that a trial asks it and not our memory."""
        self._database = database
        self._vault = vault
        self._clock = clock
        self._models = models
        self._ledger = ledger
        self._rules = rules
        self._forget = forget

    async def try_out(self, user_id: UUID, provider_id: UUID) -> Trial:
        """One call to this provider alone. Raises `ProviderUnknown`, `TooManyTrials`."""
        usage_id, provider = await self._begin(user_id, provider_id)
        model = provider.models["interviewer"]
        try:
            if provider.base_url is not None:
                await self._rules.addresses.check(provider.base_url)
        except AddressNotUsable as error:
            return Trial(works=False, message=error.message, fault=None, model=model, total_s=None)
        try:
            usage = await self._call(provider)
        except AllFailed as failed:
            for one in failed.usage[-1:]:
                await self._write(usage_id, one)
            fault = failed.faults[-1] if failed.faults else "unreachable"
            message = WORDS.get(fault, "It does not work.")
            if failed.refused is not None:
                message = AddressNotUsable(reason=failed.refused.reason).message
            return Trial(works=False, message=message, fault=fault, model=model, total_s=None)
        await self._write(usage_id, usage)
        seconds = round(usage.total_s, 2)
        return Trial(
            works=True, message=f"{model} answered in {seconds:.1f} s.", fault=None, model=model, total_s=seconds
        )

    async def _begin(self, user_id: UUID, provider_id: UUID) -> tuple[UUID, Provider]:
        """Written down before the call, so that a hundred at once are seen as a hundred."""
        async with self._database.begin() as db:
            await db.execute(select(User.id).where(User.id == user_id).with_for_update(key_share=True))
            row = await provider_for(db, user_id, provider_id)
            provider = provider_of(row, await self._vault.key_for(db, user_id))
            now = self._clock.now()
            lately = now - timedelta(minutes=1)
            count, oldest = (
                await db.execute(
                    select(func.count(), func.min(UsageRow.at)).where(
                        UsageRow.user_id == user_id, UsageRow.mode == MODE, UsageRow.at > lately
                    )
                )
            ).one()
            if count >= PER_MINUTE:
                raise TooManyTrials(retry_after_s=int((oldest - lately).total_seconds()) + 1)
            usage_id = new_id()
            nothing = Usage(provider.name, provider.models["interviewer"], 0, 0, 0, None, 0.0, (), own=True)
            columns = columns_of(nothing, self._ledger.spending)
            db.add(UsageRow(id=usage_id, user_id=user_id, session_id=None, mode=MODE, at=now, **columns))
        return usage_id, provider

    async def _call(self, provider: Provider) -> Usage:
        if self._forget is not None:
            self._forget(provider)
        async for piece in self._models.stream([provider], "interviewer", PROMPT):
            if isinstance(piece, Done):
                return piece.usage
        raise AllFailed(("unfinished",), ())

    async def _write(self, usage_id: UUID, usage: Usage) -> None:
        async with self._database.begin() as db:
            columns = columns_of(usage, self._ledger.spending)
            await db.execute(update(UsageRow).where(UsageRow.id == usage_id).values(**columns))
