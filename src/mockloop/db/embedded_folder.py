"""The data folder of the embedded Postgres: who may use it, and where its parts are. Called by `db.embedded`.

Two locks, both by the kernel, so neither outlives its holder. `owner.lock` is held by the process that runs the
server. `server.lock` is inherited by Postgres and held exactly as long as any process of it lives; only when it is
free may the leftovers of a crash be removed, or a second server could write to the same files.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import os
import platform
import secrets
import shutil
import signal
import stat
import subprocess
import tempfile
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mockloop.db.embedded_binaries import Account, first_closed_folder

HEARTBEAT_S = 2.0
WATCH_OTHER_MACHINE_S = 3 * HEARTBEAT_S
LEFTOVER_PATIENCE_S = 3.0
LEFTOVER_LIMIT_S = 60.0
SOCKET_PATH_LIMIT = 100  # sun_path holds 104 bytes on macOS, 108 on Linux
PORT = 5432


class DataFolderUnusable(RuntimeError):
    """The data folder cannot be used; the message says why and what to do."""


class DataFolderInUse(DataFolderUnusable):
    """Another process or machine runs a server on this folder."""


@dataclass
class Folder:
    """Paths and locks of one data folder."""

    root: Path
    account: Account | None
    watch_other_machine_s: float = WATCH_OTHER_MACHINE_S
    _owner_lock: int | None = field(default=None, repr=False)

    @property
    def pgdata(self) -> Path:
        return self.root / "pgdata"

    @property
    def log(self) -> Path:
        return self.root / "postgres.log"

    @property
    def record(self) -> Path:
        return self.root / "owner.json"

    @property
    def socket_dir(self) -> Path:
        """Beside the data, or a short folder named after them when that path is too long for a socket."""
        inside = self.root / "socket"
        if len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_LIMIT:
            return inside
        digest = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"mockloop-{digest}"

    def create(self) -> None:
        """Make what is missing. The root stays closed to all but a way through for Postgres' own user."""
        try:
            self.root.mkdir(parents=True, exist_ok=True, mode=0o711 if self.account else 0o700)
        except OSError as error:
            raise DataFolderUnusable(f"cannot create {self.root}: {error.strerror}") from error
        if self.account and self.root.stat().st_uid == os.geteuid():
            self.root.chmod(0o711)
        closed = first_closed_folder(self.root, self.account)
        if closed is not None and self.account is not None:
            raise DataFolderUnusable(
                f"Postgres runs as the user {self.account.name}, who may not enter {closed}; set MOCKLOOP_DATA_DIR "
                "to a folder that every user can reach, such as /var/lib/mockloop"
            )
        self._create_private(self.socket_dir)

    def _create_private(self, folder: Path) -> None:
        """A folder of mode 0700 that belongs to Postgres' user, and is nobody else's trap in a shared /tmp."""
        folder.mkdir(mode=0o700, exist_ok=True)
        entry = folder.lstat()
        wanted_uid = self.account.uid if self.account else os.geteuid()
        if not stat.S_ISDIR(entry.st_mode) or entry.st_uid not in (wanted_uid, os.geteuid()):
            raise DataFolderUnusable(f"{folder} belongs to somebody else; remove it")
        self.give_to_postgres(folder)
        folder.chmod(0o700)

    def give_to_postgres(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)

    def password(self) -> str:
        """The server's password, made once, in a file of mode 0600."""
        path = self.root / "password"
        with contextlib.suppress(FileExistsError):
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(32))
        return path.read_text().strip()

    def own(self) -> bool:
        """Become the owner; False when another process of this machine is. Raises `DataFolderInUse` for another
        machine that shows signs of life (a folder on a shared disk, where locks may not reach)."""
        lock = _lock_file(self.root / "owner.lock")
        if lock is None:
            return False
        self._owner_lock = lock
        try:
            self._refuse_other_machine()
        except DataFolderInUse:
            self.disown()
            raise
        self.write_record(ready=False)
        return True

    def disown(self) -> None:
        if self._owner_lock is not None:
            os.close(self._owner_lock)
            self._owner_lock = None

    def owner(self) -> dict[str, Any]:
        """What the last owner wrote down: machine, host and pid; empty when it stopped in good order."""
        try:
            record = json.loads(self.record.read_text())
        except (OSError, ValueError):
            return {}
        return record if isinstance(record, dict) else {}

    def write_record(self, *, ready: bool) -> None:
        """`ready`: the server has all it needs; others may attach."""
        record = {"machine": machine_id(), "host": platform.node(), "pid": os.getpid(), "ready": ready}
        draft = self.record.with_suffix(".draft")
        draft.write_text(json.dumps(record))
        draft.replace(self.record)

    def beat(self) -> None:
        """Show other machines that this one is alive; a full or failing disk is no reason to stop."""
        with contextlib.suppress(OSError):
            os.utime(self.record)

    def in_use_message(self) -> str:
        owner = self.owner()
        who = f"process {owner['pid']} on {owner['host']}" if {"pid", "host"} <= owner.keys() else "another process"
        return (
            f"the data folder {self.root} is in use by {who}; stop that one, or set MOCKLOOP_DATA_DIR to another folder"
        )

    def _refuse_other_machine(self) -> None:
        """Clocks of two machines differ, so watch whether the record is touched instead of reading its age."""
        if self.owner().get("machine", machine_id()) == machine_id():
            return
        before = self.record.stat().st_mtime_ns
        end = time.monotonic() + self.watch_other_machine_s
        while time.monotonic() < end:
            time.sleep(self.watch_other_machine_s / 12)
            if self.record.stat().st_mtime_ns != before:
                raise DataFolderInUse(self.in_use_message())

    def lock_for_server(self) -> int:
        """The descriptor to hand to Postgres, once no process of an earlier one is left; then crash leftovers go.

        After a kill -9 of the owner, Postgres needs a moment to stop by itself. Where it was not told (macOS), it is
        asked to.
        """
        begun, asked = time.monotonic(), False
        while (lock := _lock_file(self.root / "server.lock")) is None:
            waited_s = time.monotonic() - begun
            if waited_s > LEFTOVER_LIMIT_S:
                raise DataFolderInUse(f"an earlier Postgres still runs on {self.root}; stop it")
            if waited_s > LEFTOVER_PATIENCE_S and not asked:
                asked = self._ask_leftover_to_stop()
            time.sleep(0.01)
        for leftover in (self.pgdata / "postmaster.pid", *self.socket_dir.glob(".s.PGSQL.*")):
            leftover.unlink(missing_ok=True)
        return lock

    def _ask_leftover_to_stop(self) -> bool:
        pid = self.postmaster_pid()
        if pid is None:
            return False
        name = subprocess.run(["ps", "-o", "comm=", "-p", str(pid)], capture_output=True, text=True).stdout
        if "postgres" not in name:
            return False
        with contextlib.suppress(OSError):
            os.kill(pid, signal.SIGINT)
        return True

    def postmaster_pid(self) -> int | None:
        lines = self._pid_file()
        return int(lines[0]) if lines and lines[0].isdigit() else None

    def can_be_attached_to(self) -> bool:
        return self.owner().get("ready") is True and self.accepts_connections()

    def accepts_connections(self) -> bool:
        """Postgres writes its state into the eighth line of its pid file."""
        lines = self._pid_file()
        return len(lines) > 7 and lines[7].strip() == "ready"

    def _pid_file(self) -> list[str]:
        try:
            return (self.pgdata / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []

    def data_major(self) -> int | None:
        """The Postgres version that wrote the data; None when there are none yet."""
        try:
            return int((self.pgdata / "PG_VERSION").read_text())
        except FileNotFoundError:
            return None

    def discard(self, path: Path) -> None:
        shutil.rmtree(path, ignore_errors=True)


def machine_id() -> str:
    """The same for every process of one running machine, different on another."""
    for path in ("/etc/machine-id", "/proc/sys/kernel/random/boot_id"):
        with contextlib.suppress(OSError):
            found = Path(path).read_text().strip()
            if found:
                return hashlib.sha256(f"{found} {platform.node()}".encode()).hexdigest()[:16]
    return hashlib.sha256(f"{uuid.getnode()} {platform.node()}".encode()).hexdigest()[:16]


def _lock_file(path: Path) -> int | None:
    """An open descriptor that holds the lock; None when another process holds it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
            return None
        raise DataFolderUnusable(
            f"the disk of {path.parent} knows no locks ({error.strerror}); use a local one"
        ) from error
    return descriptor
