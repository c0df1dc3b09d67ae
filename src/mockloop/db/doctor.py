"""What works about the database on this machine, and how to mend what does not. Called by `mockloop doctor`.

Looks only: starts no server, creates no folder and no key, and may run beside a server that is up.
"""

import os
import shutil
from pathlib import Path

import psycopg

from mockloop.db.embedded_binaries import (
    OLDEST_MAJOR,
    Account,
    NoPostgres,
    account_for_postgres,
    find_binaries,
    first_closed_folder,
)
from mockloop.db.embedded_folder import Folder
from mockloop.diagnosis import Diagnosis
from mockloop.settings import BadSettings, Settings

LEAST_FREE_MB = 500
CONNECT_TIMEOUT_S = 5


def check(settings: Settings) -> list[Diagnosis]:
    """Findings on the database that these settings lead to, and on the master key."""
    if settings.database_url is not None:
        url = settings.database_url.get_secret_value()
        direct = settings.database_direct_url
        findings = _given_database(url, direct.get_secret_value() if direct else url)
    else:
        findings = _embedded_database(settings)
    return [*findings, _master_key(settings)]


def _embedded_database(settings: Settings) -> list[Diagnosis]:
    folder = Folder(settings.postgres_dir, None)
    try:
        binaries = find_binaries(folder.data_major())
        account = account_for_postgres()
    except NoPostgres as error:
        return [Diagnosis("database", False, "no usable Postgres", str(error))]
    origin = "embedded" if binaries.site_dir else "of the system"
    runs_as = f", runs as {account.name}" if account else ""
    return [
        Diagnosis("database", True, f"Postgres {binaries.version} ({origin}{runs_as})"),
        _data_folder(settings.data_dir, account),
        _embedded_state(folder),
    ]


def _data_folder(data_dir: Path, account: Account | None) -> Diagnosis:
    existing = next(path for path in (data_dir, *data_dir.parents) if path.exists())
    closed = first_closed_folder(existing, account)
    if closed is not None and account is not None:
        mend = "set MOCKLOOP_DATA_DIR to a folder that every user can reach, such as /var/lib/mockloop"
        return Diagnosis("data folder", False, f"the user {account.name} may not enter {closed}", mend)
    if not os.access(existing, os.W_OK | os.X_OK):
        return Diagnosis(
            "data folder", False, f"{existing} cannot be written to", "set MOCKLOOP_DATA_DIR to another one"
        )
    free_mb = shutil.disk_usage(existing).free // 1_000_000
    if free_mb < LEAST_FREE_MB:
        return Diagnosis("data folder", False, f"{existing} has {free_mb} MB left", "make room, or use another disk")
    return Diagnosis("data folder", True, f"{data_dir} ({free_mb} MB free)")


def _embedded_state(folder: Folder) -> Diagnosis:
    owner = folder.owner()
    if folder.data_major() is None:
        return Diagnosis("database state", True, "not created yet; the first start does it")
    if owner.get("ready") and folder.accepts_connections():
        return Diagnosis("database state", True, f"running, owned by process {owner.get('pid')} on {owner.get('host')}")
    return Diagnosis("database state", True, "stopped")


def _given_database(url: str, direct_url: str) -> list[Diagnosis]:
    try:
        with psycopg.connect(url, connect_timeout=CONNECT_TIMEOUT_S, prepare_threshold=None) as connection:
            major = connection.info.server_version // 10_000
    except psycopg.Error as error:
        return [Diagnosis("database", False, _one_line(error), "check MOCKLOOP_DATABASE_URL, and that Postgres is up")]
    if major < OLDEST_MAJOR:
        return [Diagnosis("database", False, f"Postgres {major}", f"use Postgres {OLDEST_MAJOR} or newer")]
    return [Diagnosis("database", True, f"Postgres {major} at MOCKLOOP_DATABASE_URL"), _listening(direct_url)]


def _listening(direct_url: str) -> Diagnosis:
    """A transaction pooler takes LISTEN and then delivers nothing, without an error: so try it."""
    mend = "set MOCKLOOP_DATABASE_DIRECT_URL to the same database without the pooler"
    try:
        with psycopg.connect(
            direct_url, autocommit=True, connect_timeout=CONNECT_TIMEOUT_S, prepare_threshold=None
        ) as connection:
            connection.execute("LISTEN mockloop_doctor")
            connection.execute("NOTIFY mockloop_doctor")
            heard = any(True for _ in connection.notifies(timeout=2, stop_after=1))
    except psycopg.Error as error:
        return Diagnosis("live updates", False, _one_line(error), mend)
    if not heard:
        return Diagnosis("live updates", False, "NOTIFY does not arrive: a transaction pooler is between", mend)
    return Diagnosis("live updates", True, "LISTEN and NOTIFY arrive")


def _master_key(settings: Settings) -> Diagnosis:
    if settings.master_keys is not None:
        return Diagnosis("master key", True, "from MOCKLOOP_MASTER_KEYS")
    path = settings.master_key_path
    if not path.exists():
        return Diagnosis("master key", True, f"not created yet; the first start makes {path}")
    try:
        settings.load_master_keys()
    except BadSettings as error:
        return Diagnosis("master key", False, str(error), "restore it from your backup: without it nothing can be read")
    return Diagnosis("master key", True, f"{path} (back it up apart from the database)")


def _one_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
