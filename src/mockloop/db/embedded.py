"""Runs a Postgres of our own in the data folder, so that one command is enough. Used by `mockloop serve` and tests.

    with start_embedded(settings.postgres_dir) as postgres:
        database = open_database(postgres.url)

The server listens on a Unix socket only, dies with its owner (also after kill -9), and is started again when it
dies under a living owner. `start_embedded` blocks and uses a thread: call it before the event loop starts.
"""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote, urlencode

import psycopg

from mockloop.db.embedded_binaries import (
    Binaries,
    NoPostgres,
    account_for_postgres,
    find_binaries,
    reachable_binaries,
)
from mockloop.db.embedded_folder import HEARTBEAT_S, PORT, DataFolderInUse, DataFolderUnusable, Folder

logger = logging.getLogger(__name__)

USER = "mockloop"
DATABASE = "mockloop"
LOG_LIMIT_BYTES = 10_000_000
STOP_TIMEOUT_S = 30
ATTACH_TIMEOUT_S = 60
RESTART_PAUSES_S = (0.0, 0.2, 0.5, 1.0, 2.0, 5.0)
STEADY_AFTER_S = 30  # a server that lived this long starts over with the first pause
PR_SET_PDEATHSIG = 1


class EmbeddedPostgres:
    """A running server: ours (`owned`), or one that another process runs on the same folder."""

    def __init__(self, folder: Folder, server: "_Server | None") -> None:
        self._folder = folder
        self._server = server
        self.owned = server is not None
        self.root = folder.root
        self.url = _url(folder, DATABASE)

    def url_of(self, database: str) -> str:
        """The URL of another database of this server."""
        return _url(self._folder, database)

    @property
    def pid(self) -> int | None:
        """The process id of the server; None while it is being started again."""
        return self._folder.postmaster_pid()

    def stop(self) -> None:
        """Stop the server, if it is ours; running transactions are rolled back. May be called twice."""
        if self._server is not None:
            self._server.stop()
            self._server = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start_embedded(
    root: Path,
    *,
    attach: bool = False,
    options: Mapping[str, str] | None = None,
    binaries: Binaries | None = None,
) -> EmbeddedPostgres:
    """Start Postgres on the folder `root`, which is created when missing; returns when it accepts connections.

    `attach`: use the server that another process runs on this folder, instead of refusing. `options`: settings of
    Postgres. `binaries`: which Postgres to run, else `find_binaries` chooses. Raises `DataFolderInUse`,
    `DataFolderUnusable` or `NoPostgres`; the message is for the operator.
    """
    if sys.platform == "win32":
        raise NoPostgres("the embedded Postgres does not run on Windows; set MOCKLOOP_DATABASE_URL")
    folder = Folder(root.absolute(), account_for_postgres())
    folder.create()
    deadline = time.monotonic() + ATTACH_TIMEOUT_S
    while not folder.own():
        if not attach:
            raise DataFolderInUse(folder.in_use_message())
        if folder.can_be_attached_to():
            return EmbeddedPostgres(folder, None)
        if time.monotonic() > deadline:
            raise DataFolderUnusable(f"the server on {folder.root} does not come up; see {folder.log}")
        time.sleep(0.02)
    try:
        server = _Server(folder, options or {}, binaries)
        server.start()
    except BaseException:
        folder.disown()
        raise
    return EmbeddedPostgres(folder, server)


def _url(folder: Folder, database: str) -> str:
    query = urlencode({"host": str(folder.socket_dir), "port": PORT})
    return f"postgresql://{USER}:{quote(folder.password())}@/{database}?{query}"


class _Server:
    """The server process and the thread that keeps it running.

    The thread lives as long as the owner: the kernel sends the death signal when the *thread* that started the
    child is gone.
    """

    def __init__(self, folder: Folder, options: Mapping[str, str], binaries: Binaries | None) -> None:
        self._folder = folder
        self._options = options
        self._wanted = binaries
        self._stopping = threading.Event()
        self._started = threading.Event()
        self._failure: Exception | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep_running, name="embedded postgres", daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._started.wait()
        if self._failure is not None:
            self._thread.join()
            raise self._failure

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()
        self._folder.record.unlink(missing_ok=True)
        self._folder.disown()

    def _keep_running(self) -> None:
        try:
            found = self._wanted or find_binaries(self._folder.data_major())
            binaries = reachable_binaries(found, self._folder.account, self._folder.root / "binaries")
            self._initialise(binaries)
            self._process = self._spawn(binaries)
            self._wait_until_ready(self._process)
            _create_database(self._folder)
            self._folder.write_record(ready=True)
        except Exception as error:
            self._end_process()
            self._failure = error
            return
        finally:
            self._started.set()
        try:
            self._watch(binaries)
        finally:
            self._end_process()

    def _watch(self, binaries: Binaries) -> None:
        failures, since = 0, time.monotonic()
        while not self._stopping.wait(0.05):
            self._beat_sometimes()
            if self._process is not None and self._process.poll() is None:
                continue
            if time.monotonic() - since > STEADY_AFTER_S:
                failures = 0
            pause_s = RESTART_PAUSES_S[min(failures, len(RESTART_PAUSES_S) - 1)]
            code = self._process.returncode if self._process else None
            logger.error("Postgres ended (%s); starting it again in %s s; see %s", code, pause_s, self._folder.log)
            if self._stopping.wait(pause_s):
                return
            failures, since = failures + 1, time.monotonic()
            try:
                self._process = self._spawn(binaries)
                self._wait_until_ready(self._process)
                logger.warning("Postgres runs again")
            except Exception:
                logger.exception("Postgres could not be started again")

    _last_beat = 0.0

    def _beat_sometimes(self) -> None:
        if time.monotonic() - self._last_beat > HEARTBEAT_S:
            self._last_beat = time.monotonic()
            self._folder.beat()

    def _initialise(self, binaries: Binaries) -> None:
        """Create the data beside their place and move them there: a killed `initdb` never looks finished."""
        folder = self._folder
        if folder.pgdata.exists():
            return
        draft = folder.root / "pgdata.init"
        folder.discard(draft)
        draft.mkdir(mode=0o700)
        folder.give_to_postgres(draft)
        password_file = folder.root / "password.init"
        password_file.unlink(missing_ok=True)
        descriptor = os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(folder.password())
        folder.give_to_postgres(password_file)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if binaries.major >= 17 else []
        command = [
            str(binaries.bin_dir / "initdb"), "--pgdata", str(draft), "--username", USER, "--encoding=UTF8",
            "--no-locale", *locale, "--auth=scram-sha-256", f"--pwfile={password_file}", "--no-instructions",
        ]  # fmt: skip
        try:
            done = self._popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            output, _ = done.communicate()
        finally:
            password_file.unlink()
        if done.returncode != 0:
            raise DataFolderUnusable(f"initdb failed in {draft}: {output.decode(errors='replace').strip()[-1000:]}")
        draft.rename(folder.pgdata)

    def _spawn(self, binaries: Binaries) -> "subprocess.Popen[bytes]":
        folder = self._folder
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": str(folder.socket_dir),
            "unix_socket_permissions": "0700",
            "max_connections": "100",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_min_error_statement": "panic",  # a failed statement's text may hold what a user wrote
            "log_parameter_max_length_on_error": "0",
            "log_error_verbosity": "terse",
            **self._options,
        }
        arguments = [argument for name, value in settings.items() for argument in ("-c", f"{name}={value}")]
        if folder.log.exists() and folder.log.stat().st_size > LOG_LIMIT_BYTES:
            folder.log.replace(folder.log.with_suffix(".log.old"))
        lock = folder.lock_for_server()
        try:
            with open(folder.log, "ab", opener=_only_for_us) as log:
                return self._popen(
                    [str(binaries.bin_dir / "postgres"), "-D", str(folder.pgdata), *arguments],
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    pass_fds=(lock,),
                )
        finally:
            os.close(lock)  # from here on only Postgres and its children hold it

    def _popen(
        self, command: list[str], *, stdout: int | IO[bytes], stderr: int, pass_fds: tuple[int, ...] = ()
    ) -> "subprocess.Popen[bytes]":
        account = self._folder.account
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            pass_fds=pass_fds,
            cwd=self._folder.root,
            # Nothing of ours (keys, passwords) and nothing that would turn Postgres' behaviour (PGDATA, PGOPTIONS).
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": str(self._folder.root)},
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            start_new_session=True,  # Ctrl-C is for the owner, who stops Postgres last
            preexec_fn=_die_with_parent(),
        )

    def _wait_until_ready(self, process: "subprocess.Popen[bytes]") -> None:
        """No time limit: recovery after a crash takes as long as it takes, and killing it would not help."""
        begun, told = time.monotonic(), False
        while not self._folder.accepts_connections():
            if process.poll() is not None:
                raise DataFolderUnusable(
                    f"Postgres ended while starting ({process.returncode}): {self._log_tail()}\nsee {self._folder.log}"
                )
            if self._stopping.is_set():
                return
            if time.monotonic() - begun > 10 and not told:
                told = True
                logger.warning("Postgres is still starting, probably recovering after a crash")
            self._beat_sometimes()
            time.sleep(0.005)

    def _log_tail(self) -> str:
        try:
            return "\n".join(self._folder.log.read_text(errors="replace").splitlines()[-5:])
        except OSError:
            return ""

    def _end_process(self) -> None:
        """Fast shutdown, then a harder one; in the end nothing of it is left."""
        if self._process is None or self._process.poll() is not None:
            return
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            self._process.send_signal(number)
            try:
                self._process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                continue
            return


def _die_with_parent() -> Callable[[], None] | None:
    """On Linux the kernel stops Postgres in good order when its owner is gone. Set after the change of user, which
    would clear it; everything that the child needs is loaded before the fork."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def arm() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    return arm


def _only_for_us(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _create_database(folder: Folder) -> None:
    with psycopg.connect(_url(folder, "postgres"), autocommit=True) as connection:
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not exists:
            connection.execute(f"CREATE DATABASE {DATABASE}")
