"""The embedded server: through kill -9 of either side, and never two on one folder."""

import json
import os
import shutil
import signal
import socket
import threading
from pathlib import Path

import psycopg
import pytest

from mockloop.db.embedded import start_embedded
from mockloop.db.embedded_binaries import Binaries, NoPostgres, account_for_postgres, all_binaries, find_binaries
from mockloop.db.embedded_folder import DataFolderInUse, DataFolderUnusable, Folder
from mockloop.db.engine import open_database
from mockloop.db.migrate import migrate, schema_revisions
from tests.support.servers import answers, is_gone, notes, owner_process, until, write_note

pytestmark = pytest.mark.chaos


def test_it_starts_stops_and_starts_with_its_data(fresh: Path) -> None:
    with start_embedded(fresh) as server:
        write_note(server.url, "first")
        pid = server.pid
        assert pid is not None
    assert is_gone(pid)
    assert not (fresh / "owner.json").exists()
    with start_embedded(fresh) as server:
        assert notes(server.url) == ["first"]


@pytest.mark.parametrize("binaries", all_binaries(), ids=lambda binaries: f"{binaries.version} in {binaries.bin_dir}")
async def test_every_postgres_of_this_machine_will_do(fresh: Path, binaries: Binaries) -> None:
    with start_embedded(fresh, binaries=binaries) as server:
        database = open_database(server.url)
        await migrate(database)
        current, newest = await schema_revisions(database)
        assert current == newest
        await database.close()
    with start_embedded(fresh) as server, psycopg.connect(server.url) as connection:
        assert connection.info.server_version // 10_000 == binaries.major, "the data decide the version from then on"


def test_only_the_owner_s_user_with_the_password_gets_in(root: Path) -> None:
    with start_embedded(root) as server:
        assert (root / "password").stat().st_mode & 0o777 == 0o600
        assert (root / "socket").stat().st_mode & 0o777 == 0o700
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(server.url.replace("mockloop:", "mockloop:x"))
        with psycopg.connect(server.url) as connection:
            shown = connection.execute(
                "SELECT current_setting('listen_addresses'), current_setting('password_encryption')"
            )
            assert shown.fetchone() == ("", "scram-sha-256")
        with socket.socket() as tcp:
            tcp.settimeout(1)
            assert tcp.connect_ex(("127.0.0.1", 5432)) != 0 or not _is_ours(server.url)


def _is_ours(url: str) -> bool:
    """Whether whatever listens on the usual TCP port is the server under test (another may be installed)."""
    try:
        psycopg.connect(url.split("?")[0].replace("@/", "@127.0.0.1/"), connect_timeout=1).close()
    except psycopg.OperationalError:
        return False
    return True


def test_its_log_is_for_the_owner_and_repeats_neither_statements_nor_rows(root: Path) -> None:
    with start_embedded(root) as server:
        write_note(server.url, "marker")
        with psycopg.connect(server.url) as connection:
            with pytest.raises(psycopg.errors.UniqueViolation):
                connection.execute("CREATE UNIQUE INDEX ON notes (note); INSERT INTO notes VALUES ('marker')")
    log = root / "postgres.log"
    assert "duplicate key" in log.read_text()
    assert "marker" not in log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_our_secrets_are_not_in_its_environment(root: Path) -> None:
    with owner_process(root) as owner:
        seen = Path(f"/proc/{owner.postgres_pid}/environ").read_bytes()
    assert b"PATH=" in seen
    assert b"geheim" not in seen


def test_a_killed_postgres_is_started_again_with_what_was_saved(root: Path) -> None:
    with start_embedded(root) as server:
        write_note(server.url, "saved")
        killed = server.pid
        assert killed is not None
        os.kill(killed, signal.SIGKILL)
        until(lambda: server.pid not in (None, killed) and answers(server.url))
        write_note(server.url, "afterwards")
        assert notes(server.url) == ["saved", "afterwards"]


def test_it_is_started_again_as_often_as_it_is_killed(root: Path) -> None:
    with start_embedded(root) as server:
        write_note(server.url, "saved")
        for _ in range(3):
            killed = server.pid
            assert killed is not None
            os.kill(killed, signal.SIGKILL)
            until(lambda killed=killed: server.pid not in (None, killed) and answers(server.url))  # type: ignore[misc]


def test_when_the_owner_is_killed_postgres_ends_and_the_next_owner_starts(root: Path) -> None:
    with owner_process(root) as owner:
        write_note(owner.url, "saved")
        owner.process.kill()
        until(lambda: is_gone(owner.postgres_pid))
    with start_embedded(root) as server:
        assert notes(server.url) == ["saved"]


def test_when_both_are_killed_at_once_the_next_owner_starts(root: Path) -> None:
    with owner_process(root) as owner:
        write_note(owner.url, "saved")
        owner.process.kill()
        os.kill(owner.postgres_pid, signal.SIGKILL)
    with start_embedded(root) as server:
        assert notes(server.url) == ["saved"]


def test_ctrl_c_reaches_the_owner_only(root: Path) -> None:
    with owner_process(root) as owner:
        assert os.getpgid(owner.postgres_pid) == owner.postgres_pid
        assert os.getpgid(owner.postgres_pid) != os.getpgid(owner.process.pid)


def test_a_folder_in_use_is_refused_and_says_by_whom(root: Path) -> None:
    with owner_process(root) as owner:
        with pytest.raises(DataFolderInUse, match=f"in use by process {owner.process.pid} on .*MOCKLOOP_DATA_DIR"):
            start_embedded(root)
        write_note(owner.url, "undisturbed")
        with start_embedded(root, attach=True) as attached:
            assert not attached.owned
            assert notes(attached.url) == ["undisturbed"]
        assert answers(owner.url)


def test_of_five_that_start_together_one_owns_and_all_can_use_it(fresh: Path) -> None:
    roles: list[str] = []

    def start() -> None:
        with owner_process(fresh, "--attach") as owner:
            with psycopg.connect(owner.url) as connection:
                connection.execute("SELECT 1")
            roles.append(owner.role)
            everybody_started.wait(60)

    everybody_started = threading.Barrier(5)
    threads = [threading.Thread(target=start) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(roles) == ["attached"] * 4 + ["owner"]


def test_a_stale_pid_that_now_belongs_to_somebody_else_is_no_server(root: Path) -> None:
    with start_embedded(root) as server:
        write_note(server.url, "saved")
        pid_file = (root / "pgdata" / "postmaster.pid").read_text()
    stale = [str(os.getpid()), *pid_file.splitlines()[1:]]
    (root / "pgdata" / "postmaster.pid").write_text("\n".join(stale) + "\n")
    (root / "socket" / ".s.PGSQL.5432.lock").write_text("\n".join(stale) + "\n")
    with start_embedded(root) as server:
        assert notes(server.url) == ["saved"]


def test_an_initialisation_that_was_killed_is_done_again(fresh: Path) -> None:
    (fresh / "pgdata.init" / "base").mkdir(parents=True)
    (fresh / "pgdata.init" / "PG_VERSION").write_text("18")
    with start_embedded(fresh) as server:
        write_note(server.url, "works")


def test_data_of_another_version_are_left_alone_and_named(root: Path) -> None:
    with start_embedded(root):
        pass
    (root / "pgdata" / "PG_VERSION").write_text("99\n")
    with pytest.raises(NoPostgres, match="written by Postgres 99"):
        start_embedded(root)
    (root / "pgdata" / "PG_VERSION").write_text(f"{find_binaries().major}\n")
    with start_embedded(root) as server:
        assert server.owned, "the refusal kept the lock"


def test_a_log_says_why_when_postgres_cannot_start(root: Path) -> None:
    with start_embedded(root):
        pass
    with (root / "pgdata" / "postgresql.conf").open("a") as configuration:
        configuration.write("\nno_such_setting = 1\n")
    with pytest.raises(DataFolderUnusable, match="no_such_setting"):
        start_embedded(root)


def test_a_path_too_long_for_a_socket_is_no_obstacle(fresh: Path) -> None:
    deep = fresh / ("d" * 60) / ("e" * 60)
    deep.parent.parent.mkdir(mode=0o711)
    with start_embedded(deep) as server:
        write_note(server.url, "works")
        assert "socket" not in os.listdir(deep)
    shutil.rmtree(Folder(deep, None).socket_dir)


class TestAnotherMachine:
    """The folder is on a disk that two machines share, and locks do not reach the other one."""

    @pytest.fixture
    def folder(self, fresh: Path) -> Folder:
        folder = Folder(fresh, account_for_postgres(), watch_other_machine_s=0.6)
        folder.create()
        folder.record.write_text(json.dumps({"machine": "another", "host": "elsewhere", "pid": 7}))
        return folder

    def test_that_is_alive_is_respected(self, folder: Folder) -> None:
        over = threading.Event()

        def beat() -> None:
            while not over.wait(0.05):
                folder.beat()

        beating = threading.Thread(target=beat)
        beating.start()
        try:
            with pytest.raises(DataFolderInUse, match="process 7 on elsewhere"):
                folder.own()
        finally:
            over.set()
            beating.join()
        assert folder.own(), "once it is silent, the folder is free"
        folder.disown()

    def test_that_is_gone_is_not_waited_for(self, folder: Folder) -> None:
        assert folder.own()
        folder.disown()
