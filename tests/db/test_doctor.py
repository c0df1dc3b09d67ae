"""The doctor says what is wrong with the database, and touches nothing."""

import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mockloop.db.doctor import check
from mockloop.db.embedded import EmbeddedPostgres
from mockloop.diagnosis import Diagnosis
from mockloop.settings import Settings, load_settings
from tests.support.database import new_server_folder


def by_name(settings: Settings) -> dict[str, Diagnosis]:
    return {finding.name: finding for finding in check(settings)}


@pytest.fixture
def data_dir() -> Iterator[Path]:
    folder = new_server_folder()
    yield folder / "data"
    shutil.rmtree(folder)


def test_a_fresh_machine_is_fine_and_stays_untouched(data_dir: Path) -> None:
    findings = by_name(load_settings(data_dir=data_dir))
    assert all(finding.ok for finding in findings.values()), findings
    assert "not created yet" in findings["database state"].detail
    assert "not created yet" in findings["master key"].detail
    assert not data_dir.exists()


def test_a_folder_that_cannot_be_used_is_named(data_dir: Path) -> None:
    data_dir.parent.chmod(0o600)
    finding = by_name(load_settings(data_dir=data_dir))["data folder"]
    assert not finding.ok
    assert str(data_dir.parent) in finding.detail
    assert "MOCKLOOP_DATA_DIR" in finding.mend


def test_a_broken_master_key_is_not_replaced(data_dir: Path) -> None:
    settings = load_settings(data_dir=data_dir)
    settings.load_master_keys()
    assert by_name(settings)["master key"].ok
    settings.master_key_path.write_text("damaged")
    finding = by_name(settings)["master key"]
    assert not finding.ok
    assert "backup" in finding.mend
    assert settings.master_key_path.read_text() == "damaged"


def test_data_of_a_version_that_is_not_here(data_dir: Path) -> None:
    (data_dir / "postgres" / "pgdata").mkdir(parents=True)
    (data_dir / "postgres" / "pgdata" / "PG_VERSION").write_text("99")
    finding = by_name(load_settings(data_dir=data_dir))["database"]
    assert not finding.ok
    assert "Postgres 99" in finding.mend


def test_a_given_database_is_reached_and_delivers_notifications(postgres: EmbeddedPostgres) -> None:
    findings = by_name(load_settings(database_url=postgres.url))
    assert findings["database"].ok
    assert findings["live updates"].ok


def test_a_given_database_that_is_not_there() -> None:
    finding = by_name(load_settings(database_url="postgresql://ada:geheim@127.0.0.1:1/name"))["database"]
    assert not finding.ok
    assert "geheim" not in f"{finding}"
    assert "MOCKLOOP_DATABASE_URL" in finding.mend


@pytest.fixture
def deaf_url(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The same database behind a relay that swallows notifications, as a transaction pooler does."""
    upstream = f"{postgres.root}/socket/.s.PGSQL.5432"
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_relay_connections, args=(listener, upstream), daemon=True).start()
    password = (postgres.root / "password").read_text()
    yield f"postgresql://mockloop:{password}@127.0.0.1:{listener.getsockname()[1]}/mockloop?sslmode=disable&gssencmode=disable"
    listener.close()


def _relay_connections(listener: socket.socket, upstream: str) -> None:
    while True:
        try:
            client, _ = listener.accept()
        except OSError:
            return
        server = socket.socket(socket.AF_UNIX)
        server.connect(upstream)
        threading.Thread(target=_forward, args=(client, server), daemon=True).start()
        threading.Thread(target=_forward_all_but_notifications, args=(server, client), daemon=True).start()


def _forward(source: socket.socket, target: socket.socket) -> None:
    try:
        while received := source.recv(65536):
            target.sendall(received)
    except OSError:
        pass
    target.close()


def _forward_all_but_notifications(server: socket.socket, client: socket.socket) -> None:
    """Messages of the protocol: a type of one byte, a length of four, a body. `A` is a notification."""
    stream = server.makefile("rb")
    try:
        while kind := stream.read(1):
            length = stream.read(4)
            body = stream.read(int.from_bytes(length, "big") - 4)
            if kind != b"A":
                client.sendall(kind + length + body)
    except OSError:
        pass
    client.close()


def test_a_pooler_that_swallows_notifications_is_found_out(postgres: EmbeddedPostgres, deaf_url: str) -> None:
    finding = by_name(load_settings(database_url=postgres.url, database_direct_url=deaf_url))["live updates"]
    assert not finding.ok
    assert "pooler" in finding.detail
    assert "MOCKLOOP_DATABASE_DIRECT_URL" in finding.mend
