"""Root runs Postgres as somebody else and opens nothing for it; an ordinary user runs it as themselves."""

import os
import pwd
import stat
import subprocess
from pathlib import Path

import pytest

from mockloop.db.embedded import start_embedded
from mockloop.db.embedded_binaries import (
    Binaries,
    NoPostgres,
    account_for_postgres,
    find_binaries,
    reachable_binaries,
)
from mockloop.db.embedded_folder import DataFolderUnusable
from tests.support.servers import NOBODY, is_gone, notes, owner_process, until, write_note

pytestmark = pytest.mark.chaos
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@as_root
def test_root_runs_it_as_somebody_else_and_opens_no_folder_for_it(fresh: Path) -> None:
    account = account_for_postgres()
    assert account is not None
    users_before, parent_before = len(pwd.getpwall()), fresh.parent.stat().st_mode
    with owner_process(fresh, groups=[4]) as owner:
        status = Path(f"/proc/{owner.postgres_pid}/status").read_text().splitlines()
        ids = {line.split()[0]: line.split()[1:] for line in status if line.startswith(("Uid:", "Gid:", "Groups:"))}
        assert ids == {"Uid:": [str(account.uid)] * 4, "Gid:": [str(account.gid)] * 4, "Groups:": []}
        write_note(owner.url, "works")
    assert len(pwd.getpwall()) == users_before
    assert fresh.parent.stat().st_mode == parent_before
    assert stat.S_IMODE((fresh / "pgdata").stat().st_mode) == 0o700


@as_root
def test_root_s_own_closed_home_is_explained_and_stays_closed(fresh: Path) -> None:
    closed = fresh.parent / "home"
    closed.mkdir(mode=0o700)
    with pytest.raises(DataFolderUnusable, match=rf"may not enter {closed}.*MOCKLOOP_DATA_DIR"):
        start_embedded(closed / "data")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_programs_that_its_user_cannot_reach_are_copied(fresh: Path) -> None:
    installed = find_binaries()
    if installed.site_dir is None:
        pytest.skip("the wheel is not installed")
    home = fresh.parent / "home"
    home.mkdir(mode=0o700)
    (home / "site").symlink_to(installed.site_dir)
    bin_dir = home / "site" / installed.bin_dir.relative_to(installed.site_dir)
    below_root = Binaries(bin_dir, installed.major, installed.version, home / "site")
    store = fresh.parent / "binaries"
    account = account_for_postgres()
    assert account is not None

    copied = reachable_binaries(below_root, account, store)
    assert store in copied.bin_dir.parents
    size = sum(file.stat().st_size for file in store.rglob("*") if file.is_file() and not file.is_symlink())
    assert size < 40_000_000
    for program in ("postgres", "initdb", "pg_dump"):
        shown = subprocess.run(
            [copied.bin_dir / program, "--version"], user=account.uid, group=account.gid, capture_output=True, text=True
        )
        assert installed.version in shown.stdout, shown.stderr


def test_programs_within_reach_are_used_where_they_are(tmp_path: Path) -> None:
    installed = find_binaries()
    assert reachable_binaries(installed, None, tmp_path) is installed
    assert list(tmp_path.iterdir()) == []


@as_root
def test_an_ordinary_user_needs_nobody_s_help(fresh: Path) -> None:
    nobody = pwd.getpwnam("nobody")
    fresh.mkdir()
    os.chown(fresh, nobody.pw_uid, nobody.pw_gid)
    with owner_process(fresh, user="nobody") as owner:
        assert owner.role == "owner"
        assert Path(f"/proc/{owner.postgres_pid}").stat().st_uid == nobody.pw_uid
        write_note(owner.url, "saved")
        owner.process.kill()
        until(lambda: is_gone(owner.postgres_pid))
    with owner_process(fresh, user="nobody") as owner:
        assert notes(owner.url) == ["saved"]


@as_root
def test_without_a_user_to_become_root_is_told_what_to_do() -> None:
    with pytest.raises(NoPostgres, match="may not enter"):
        reachable_binaries(Binaries(Path("/root"), 18, "18.4"), NOBODY, Path("/nowhere"))
