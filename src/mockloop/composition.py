"""Puts the parts of a process together, once, from the settings. `app` and `worker` share it; tests pass fakes."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from mockloop.accounts.passwords import Hasher
from mockloop.accounts.service import AccountRules, Accounts, operators_in
from mockloop.accounts.tasks import account_tasks
from mockloop.bank.loader import Bank, load_bank
from mockloop.clock import Clock
from mockloop.db.engine import Database, open_database
from mockloop.db.vault import Vault
from mockloop.interviewer.model.interviewer import ModelInterviewer
from mockloop.interviewer.model.session_callers import SessionCallers
from mockloop.interviewer.port import Interviewer
from mockloop.jobs.queue import Jobs, open_jobs
from mockloop.jobs.worker import Task
from mockloop.judging.appeals import service as appeals
from mockloop.judging.asking import Opinions
from mockloop.judging.opinions.service import TASK as OPINIONS_TASK
from mockloop.judging.opinions.service import OpinionsInTime
from mockloop.judging.service import judge_session
from mockloop.judging.written.service import TASK as WRITE_TASK
from mockloop.judging.written.service import WrittenFeedbacks
from mockloop.llm.orchestrator import ModelCalls
from mockloop.llm.port import Models, Provider
from mockloop.models.addresses import AddressRules
from mockloop.models.ledger import Budgets, Price, Spending
from mockloop.models.opening import ModelParts, open_models
from mockloop.models.service import ModelRules, ProviderChoice
from mockloop.modes.asking import ModeCalls
from mockloop.rooms.conductor import Conductor
from mockloop.rooms.hints import PostgresHints
from mockloop.rooms.rooms import Rooms
from mockloop.rooms.runs import Runs
from mockloop.rooms.timers import Timers
from mockloop.runner.contract import Runner
from mockloop.runner.opening import open_runner
from mockloop.runner.queue import QueuedRunner
from mockloop.sessions.formats import Format, load_formats
from mockloop.sessions.service import SessionRules
from mockloop.settings import ModelProvider, Settings

JUDGE_ATTEMPTS = 12
"""With growing pauses about twenty minutes: as long as a runner that is down may take to come back."""

WRITE_ATTEMPTS = 3
"""Of a job that failed by our fault; a model that does not answer is an outcome, and the user may ask again."""


@dataclass(frozen=True)
class Parts:
    """What a process is made of."""

    settings: Settings
    database: Database
    vault: Vault
    accounts: Accounts
    jobs: Jobs
    bank: Bank
    formats: Mapping[str, Format]
    runner: Runner
    clock: Clock
    hints: PostgresHints
    rooms: Rooms
    conductor: Conductor
    runs: Runs
    timers: Timers
    session_rules: SessionRules
    models: ModelParts
    opinions: OpinionsInTime
    written: WrittenFeedbacks


@asynccontextmanager
async def open_parts(
    settings: Settings,
    database_url: str,
    database_direct_url: str | None = None,
    *,
    interviewer: Interviewer | None = None,
    runner: Runner | None = None,
    clock: Clock | None = None,
    hasher: Hasher | None = None,
    models: Models | None = None,
) -> AsyncIterator[Parts]:
    """Everything a process needs, on a database that is up and migrated; closed again at the end."""
    clock = clock or Clock()
    database = open_database(database_url, direct_url=database_direct_url, pool_size=settings.database_pool_size)
    own_runner = runner_of(settings) if runner is None else None
    calls = models or ModelCalls(resolve=_addresses(settings).resolve)
    warming = [asyncio.create_task(own_runner.warm_up())] if own_runner is not None else []
    try:
        async with open_jobs(database.direct_url) as jobs:
            vault = Vault(settings.load_master_keys())
            bank = load_bank()
            hints = PostgresHints(database.direct_url)
            rooms = Rooms(database, vault, bank, clock)
            spoken = _models(settings, database, vault, clock, calls)
            warming.append(asyncio.create_task(_warm_up(calls, spoken.choice)))
            if interviewer is None:
                interviewer = ModelInterviewer(calls, SessionCallers(database, spoken.choice), spoken.ledger)
            mode_calls = ModeCalls(calls, spoken.choice, spoken.ledger)
            conductor = Conductor(database, rooms, hints, interviewer, jobs, clock)
            runner = runner or own_runner
            assert runner is not None
            yield Parts(
                settings=settings,
                database=database,
                vault=vault,
                accounts=Accounts(database, vault, clock, rules=_account_rules(settings), hasher=hasher),
                jobs=jobs,
                bank=bank,
                formats=load_formats(),
                runner=runner,
                clock=clock,
                hints=hints,
                rooms=rooms,
                conductor=conductor,
                runs=Runs(database, conductor, runner, clock, per_minute=settings.runs_per_minute),
                timers=Timers(database, conductor, rooms, clock),
                session_rules=SessionRules(per_hour=settings.sessions_per_hour),
                models=spoken,
                opinions=OpinionsInTime(Opinions(calls, spoken.choice, spoken.ledger), database, vault, bank, clock),
                written=WrittenFeedbacks(mode_calls, database, vault, bank, jobs, clock),
            )
            rooms.close()
            await conductor.aclose()
            if isinstance(calls, ModelCalls):
                await calls.aclose()
    finally:
        await _give_up(warming)
        if own_runner is not None:
            await own_runner.aclose()
        await database.close()


async def _warm_up(calls: Models, choice: ProviderChoice) -> None:
    """Nobody should wait for the libraries of vendors; where nobody has a model they are never read."""
    if isinstance(calls, ModelCalls) and await choice.anybody_has_one():
        await calls.warm_up()


async def _give_up(warming: list[asyncio.Task[None]]) -> None:
    for task in warming:
        task.cancel()
    await asyncio.gather(*warming, return_exceptions=True)


def runner_of(settings: Settings) -> QueuedRunner:
    """The runner that the settings name. Nothing starts before its first job or `warm_up`."""
    secret = settings.runner_secret
    return open_runner(
        settings.runner_backend,
        remote_url=settings.runner_url or "",
        remote_secret=secret.get_secret_value() if secret else "",
        docker_runtime=settings.runner_docker_runtime,
    )


def _account_rules(settings: Settings) -> AccountRules:
    return AccountRules(
        access_ttl=timedelta(minutes=settings.access_token_minutes),
        refresh_ttl=timedelta(days=settings.refresh_days),
        cookie_secure=settings.cookie_secure,
        public_url=settings.public_url,
        operators=operators_in(settings.operators),
    )


def _addresses(settings: Settings) -> AddressRules:
    return AddressRules(private=settings.private_addresses_allowed)


def _models(settings: Settings, database: Database, vault: Vault, clock: Clock, calls: Models) -> ModelParts:
    budgets = Budgets(
        day_input=settings.llm_day_input_tokens,
        day_output=settings.llm_day_output_tokens,
        session_input=settings.llm_session_input_tokens,
        session_output=settings.llm_session_output_tokens,
        installation_day_input=settings.llm_installation_day_input_tokens,
        installation_day_output=settings.llm_installation_day_output_tokens,
    )
    prices = {model: Price(*price) for model, price in settings.llm_prices.items()}
    rules = ModelRules(shared=tuple(map(provider_of, settings.model_providers)), addresses=_addresses(settings))
    shared = frozenset(provider.name for provider in rules.shared)
    spending = Spending(budgets, prices, shared)
    forget = calls.forget if isinstance(calls, ModelCalls) else None
    return open_models(database, vault, clock, calls, rules=rules, spending=spending, forget=forget)


def provider_of(chosen: ModelProvider) -> Provider:
    """A provider of the settings, for everybody."""
    return Provider(
        name=chosen.name,
        protocol=chosen.protocol,
        api_key=chosen.api_key,
        base_url=chosen.base_url,
        models={
            "interviewer": chosen.model,
            "judge": chosen.judge_model or chosen.model,
            "writer": chosen.writer_model or chosen.model,
        },
        structured=chosen.structured,
        first_text_s=chosen.first_text_s,
        turn_s=chosen.turn_s,
    )


def tasks_of(parts: Parts) -> list[Task]:
    """What jobs call, with their collaborators bound."""

    async def show(session_id: UUID, seq: int) -> None:
        parts.hints.tell(session_id, seq)
        await parts.rooms.hinted([(session_id, seq)])

    async def judge(session_id: UUID) -> None:
        seq = await judge_session(
            session_id,
            database=parts.database,
            vault=parts.vault,
            bank=parts.bank,
            runner=parts.runner,
            clock=parts.clock,
            opinions_for=parts.opinions.for_session,
            writing=parts.written,
        )
        if seq is not None:
            await show(session_id, seq)

    async def decide(appeal_id: UUID) -> None:
        changed = await appeals.decide(
            appeal_id,
            database=parts.database,
            vault=parts.vault,
            bank=parts.bank,
            runner=parts.runner,
            clock=parts.clock,
        )
        if changed is not None:
            await show(*changed)

    return [
        Task("session.judge", judge, attempts=JUDGE_ATTEMPTS),
        Task(appeals.TASK, decide, attempts=JUDGE_ATTEMPTS),
        # Once: a job that failed or was killed would be asked for again beside the next one, and the judge asks anyhow.
        Task(OPINIONS_TASK, parts.opinions.ask_meanwhile, attempts=1),
        Task(WRITE_TASK, parts.written.write, attempts=WRITE_ATTEMPTS),
        *account_tasks(parts.database, parts.clock),
    ]
