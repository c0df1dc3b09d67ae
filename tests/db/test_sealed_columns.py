"""What users write is unreadable in the database and in a dump of it; proved by looking for it."""

import subprocess
from base64 import b64encode
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from anyio import to_thread
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from mockloop.accounts.service import Accounts, Origin
from mockloop.accounts.tables import User
from mockloop.bank.loader import load_bank
from mockloop.clock import ManualClock
from mockloop.crypto import Unreadable
from mockloop.db.embedded_binaries import find_binaries
from mockloop.db.engine import Database
from mockloop.db.migrate import all_tables
from mockloop.db.sealed import SealedText, place_of
from mockloop.db.tables import OwnSecret
from mockloop.db.vault import Vault
from mockloop.judging.answers.opinion import CriterionVerdict, Opinion, Verdicts
from mockloop.judging.answers.task import Task
from mockloop.judging.opinions.kept import Kept, KeptOpinions, fingerprint_of
from mockloop.models.addresses import AddressRules
from mockloop.models.schemas import ProviderForm, RoleModels
from mockloop.models.service import ModelRules, add_provider
from mockloop.sessions.events import (
    CandidateSaid,
    CodeRunAsked,
    DrawingSaved,
    Event,
    FileEdited,
    SessionStarted,
)
from mockloop.sessions.formats import load_formats
from mockloop.sessions.log import Log, New
from mockloop.sessions.schemas import NewSession
from mockloop.sessions.service import SessionRules, create_session

MESSAGE = "marker: I would walk from both ends with two pointers"
CODE = "def solve(marker):\n    return sorted(marker)[::-1]\n"
NOTES = "marker: ask about duplicates"
DRAWING = '{"elements": ["marker box"]}'
STDIN = "marker 1 2 3"
ANSWERED = fingerprint_of(Task(question="And then?", answer=MESSAGE))
PROVIDER = "marker of a model"
ADDRESS = "http://127.0.0.1:11434/marker"
API_KEY = "sk-marker-0123456789abcdef"
NAME = "ada.lovelace.marker@example.org"
PASSWORD = "marker: seven green bottles"


async def signed_up(accounts: Accounts) -> UUID:
    return (await accounts.sign_up(NAME, PASSWORD, Origin("203.0.113.7"))).user_id


async def test_plain_text_cannot_be_written_into_a_sealed_column(database: Database, accounts: Accounts) -> None:
    user_id = await signed_up(accounts)

    async def write() -> None:
        async with database.begin() as db:
            user = await db.get_one(User, user_id)
            user.username = "plain"  # type: ignore[assignment]

    with pytest.raises(StatementError, match="takes Sealed, not str"):
        await write()


async def test_a_text_moved_to_another_row_does_not_open(database: Database, accounts: Accounts, vault: Vault) -> None:
    user_id = await signed_up(accounts)
    other_id = (await accounts.sign_up("eve", PASSWORD, Origin("203.0.113.7"))).user_id
    async with database.begin() as db:
        moved = text("UPDATE users SET username = (SELECT username FROM users WHERE id = :one) WHERE id = :other")
        await db.execute(moved, {"one": user_id, "other": other_id})
    async with database.begin() as db:
        sealed = (await db.scalars(select(User.username).where(User.id == other_id))).one()
        with pytest.raises(Unreadable):
            (await vault.key_for(db, other_id)).open(place_of(User.username, other_id), sealed)


async def practised(database: Database, accounts: Accounts, vault: Vault, clock: ManualClock) -> None:
    """Somebody signs up, says something, writes code and notes, draws, and a model has its opinion."""
    user_id = await signed_up(accounts)
    wanted = NewSession(format="coding-30", language="python")
    async with database.begin() as db:
        row = await create_session(
            db,
            user_id,
            wanted,
            formats=load_formats(),
            bank=load_bank(),
            vault=vault,
            clock=clock,
            rules=SessionRules(per_hour=5),
        )
        log = Log(row.id, await vault.key_for(db, user_id), clock)
        later = clock.now() + timedelta(minutes=30)
        await log.start(
            db, SessionStarted(schedule=(), deadline_at=later), after=row.last_seq, deadline_at=later, look_at=later
        )
        said: list[Event] = [
            CandidateSaid(text=MESSAGE),
            FileEdited(file="solution", language="python", text=CODE, base_seq=0),
            FileEdited(file="notes", text=NOTES, base_seq=0),
            DrawingSaved(drawing=DRAWING),
            CodeRunAsked(run_id=uuid4(), kind="script", language="python", source=CODE, stdin=STDIN),
        ]
        await log.append(db, [New(event) for event in said], after=2, look_at=later)
        form = ProviderForm(
            name=PROVIDER, protocol="openai", base_url=ADDRESS, models=RoleModels(interviewer="m"), api_key=API_KEY
        )
        rules = ModelRules(addresses=AddressRules(private=True))
        added = await add_provider(db, user_id, form, vault=vault, rules=rules)
        assert added.key_ends == API_KEY[-4:]
    opinion = Opinion(
        mark=50,
        mark10=5,
        verdicts=Verdicts(criteria=[CriterionVerdict(id="c", quotes=[MESSAGE], reasoning=MESSAGE, met="yes")]),
        provider=PROVIDER,
        model="m",
        prompt_version="v",
    )
    kept = KeptOpinions(database, log.key, log.session_id)
    await kept.claim("unsettled", ANSWERED, again=True)
    await kept.claim("settled", ANSWERED, again=True)
    await kept.settle("settled", Kept(asked=ANSWERED, opinion=opinion))
    assert await kept.claim("settled", ANSWERED, again=False) == Kept(asked=ANSWERED, opinion=opinion)


async def test_neither_rows_nor_a_dump_hold_what_the_user_typed(
    database: Database, database_url: str, accounts: Accounts, vault: Vault, clock: ManualClock
) -> None:
    await practised(database, accounts, vault, clock)
    dump = await to_thread.run_sync(dump_of, database_url)
    assert b"session_events" in dump
    assert b"unsettled" in dump
    assert dump.count(b"CandidateSaid") == 1, "the dump does not hold the rows that this test is about"
    for typed in (
        NAME,
        PASSWORD,
        MESSAGE,
        CODE,
        NOTES,
        DRAWING,
        STDIN,
        ANSWERED,
        PROVIDER,
        ADDRESS,
        API_KEY,
        "marker",
        "203.0.113.7",
    ):
        for spelling in (typed.encode(), typed.encode().hex().encode(), b64encode(typed.encode())[:-4]):
            assert spelling not in dump, f"{typed!r} is in the dump"
    async with database.begin() as db:
        for table in all_tables().sorted_tables:
            for row in await db.execute(text(f"SELECT {table.name}::text FROM {table.name}")):
                assert "marker" not in str(row)


async def test_the_same_search_finds_a_text_that_is_not_sealed(database: Database, database_url: str) -> None:
    async with database.begin() as db:
        db.add(OwnSecret(name=NAME, kek_id="k", wrapped=MESSAGE.encode()))
    dump = await to_thread.run_sync(dump_of, database_url)
    assert NAME.encode() in dump
    assert MESSAGE.encode().hex().encode() in dump


def dump_of(url: str) -> bytes:
    """What a backup holds: the rows, and nothing of the write-ahead log."""
    program = find_binaries().bin_dir / "pg_dump"
    return subprocess.run([program, "--inserts", url], capture_output=True, check=True).stdout


# What a column may hold in plain: ids, counts, times, fingerprints, names from our own lists. A new column of text or
# bytes must either be sealed or be argued for here.
PLAIN = {
    "users.username_index": "a keyed fingerprint",
    "users.password_hash": "Argon2id",
    "user_keys.kek_id": "the name of a master key",
    "user_keys.wrapped": "encrypted by the master key",
    "own_secrets.name": "our own name for it",
    "own_secrets.kek_id": "the name of a master key",
    "own_secrets.wrapped": "encrypted by the master key",
    "logins.kind": "browser or program",
    "logins.revoked_because": "our own words",
    "logins.address_index": "a keyed fingerprint",
    "login_attempts.bucket": "a keyed fingerprint",
    "interview_sessions.type": "from the format",
    "interview_sessions.format_id": "must be one of the formats",
    "interview_sessions.question_id": "must be in the bank",
    "interview_sessions.company_style": "must be in the bank",
    "interview_sessions.difficulty": "from the question",
    "interview_sessions.language": "must be offered by the format",
    "interview_sessions.status": "our own words",
    "interview_sessions.outcome": "our own words",
    "session_events.type": "the name of a class of ours",
    "scorecards.judge": "the name and version of a judge of ours",
    "appeals.status": "our own words",
    "opinions.follow_up_id": "must be in the bank",
    "written_feedback.status": "our own words",
    "review_cards.question_id": "must be in the bank",
    "model_usage.mode": "our own name of what a model was asked for",
    "model_usage.provider": "a name from the settings, or `own`",
    "model_usage.model": "the name of a model: letters, digits and ._:/@+- by a pattern, for the operator's table",
    "model_usage.faults": "our own names of faults",
}


def test_every_column_that_could_hold_a_user_s_text_is_sealed_or_argued_for() -> None:
    loose = [
        f"{table.name}.{column.name}"
        for table in all_tables().sorted_tables
        for column in table.columns
        if column.type.python_type in (str, bytes, dict, list) and not isinstance(column.type, SealedText)
    ]
    assert sorted(set(loose) - set(PLAIN)) == []
