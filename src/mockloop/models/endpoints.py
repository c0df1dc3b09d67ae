"""`/api/me/models`: a user's own providers, their order, a trial, and what was used."""

from uuid import UUID

from fastapi import APIRouter, Request

from mockloop.accounts.current import CurrentUser
from mockloop.db.engine import Db
from mockloop.errors import documented
from mockloop.models import errors, service
from mockloop.models.schemas import ModelChoice, ModelSettings, ProviderForm, ProviderView, Trial, UsageView
from mockloop.models.usage import usage_of

router = APIRouter(prefix="/api/me/models", tags=["models"])

_SAVING = (errors.AddressNotUsable, errors.KeyNeeded)


@router.get("")
async def read_models(request: Request, db: Db, user: CurrentUser) -> ModelSettings:
    """Your providers and your choice. Keys are never sent; you see how each one ends."""
    state = request.app.state
    return await service.settings_of(db, user.id, vault=state.vault, rules=state.models.rules)


@router.put("", responses=documented(errors.OrderIncomplete))
async def choose_models(request: Request, db: Db, user: CurrentUser, choice: ModelChoice) -> ModelSettings:
    """Choose the order, or the built-in interviewer only: then nothing leaves this machine."""
    await service.choose(db, user.id, choice)
    state = request.app.state
    return await service.settings_of(db, user.id, vault=state.vault, rules=state.models.rules)


@router.post("/providers", status_code=201, responses=documented(*_SAVING, errors.TooManyProviders))
async def add_provider(request: Request, db: Db, user: CurrentUser, form: ProviderForm) -> ProviderView:
    """Add a provider of your own. Its key is sealed with your key before it is saved."""
    state = request.app.state
    return await service.add_provider(db, user.id, form, vault=state.vault, rules=state.models.rules)


@router.put(
    "/providers/{provider_id}",
    responses=documented(*_SAVING, errors.KeyNeededForNewAddress, errors.ProviderUnknown),
)
async def change_provider(
    request: Request, db: Db, user: CurrentUser, provider_id: UUID, form: ProviderForm
) -> ProviderView:
    """Change a provider of yours."""
    state = request.app.state
    return await service.change_provider(db, user.id, provider_id, form, vault=state.vault, rules=state.models.rules)


@router.delete("/providers/{provider_id}", status_code=204, responses=documented(errors.ProviderUnknown))
async def remove_provider(db: Db, user: CurrentUser, provider_id: UUID) -> None:
    """Remove a provider and its key."""
    await service.remove_provider(db, user.id, provider_id)


@router.post("/providers/{provider_id}/trial", responses=documented(errors.ProviderUnknown, errors.TooManyTrials))
async def try_provider(request: Request, user: CurrentUser, provider_id: UUID) -> Trial:
    """Make one tiny call to a provider of yours, and say what came of it."""
    trial: Trial = await request.app.state.models.trials.try_out(user.id, provider_id)
    return trial


@router.get("/usage")
async def read_usage(request: Request, db: Db, user: CurrentUser) -> UsageView:
    """What you have used today and this month, by mode and model."""
    state = request.app.state
    return await usage_of(db, user.id, now=state.clock.now(), budgets=state.models.ledger.spending.budgets)
