"""Puts the parts of this package together. Called by the composition root, once per process."""

from collections.abc import Callable
from dataclasses import dataclass

from mockloop.clock import Clock
from mockloop.db.engine import Database
from mockloop.db.vault import Vault
from mockloop.llm.port import Models, Provider
from mockloop.models.ledger import Ledger, Spending
from mockloop.models.service import ModelRules, ProviderChoice
from mockloop.models.trial import Trials


@dataclass(frozen=True)
class ModelParts:
    """What endpoints, interviewer and judge use: whose words, at whose cost."""

    rules: ModelRules
    choice: ProviderChoice
    ledger: Ledger
    trials: Trials


def open_models(
    database: Database,
    vault: Vault,
    clock: Clock,
    models: Models,
    *,
    rules: ModelRules,
    spending: Spending,
    forget: Callable[[Provider], None] | None = None,
) -> ModelParts:
    """The parts; nothing is called or imported before its first use."""
    ledger = Ledger(database, clock, spending)
    return ModelParts(
        rules=rules,
        choice=ProviderChoice(database, vault, rules),
        ledger=ledger,
        trials=Trials(database, vault, clock, models, ledger, rules, forget),
    )
