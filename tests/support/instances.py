"""Instances as processes of their own, to be killed: `mockloop serve` on one Postgres that belongs to the test.

Used by `journeys/test_chaos.py`, `journeys/test_crashes.py` and the benches.
"""

import asyncio
import ctypes
import os
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg

from mockloop.db.embedded import EmbeddedPostgres, start_embedded
from mockloop.settings import Settings
from tests.support.database import migrated, new_server_folder

ROOT = Path(__file__).parents[2]
SERVE = ("-m", "mockloop", "serve")
STALLED = ("-m", "tests.support.stalled_instance")
"""An instance whose interviewer never ends a turn."""

UP_TIMEOUT_S = 60.0
LISTENERS = "mockloop hints"
PR_SET_PDEATHSIG = 1

DISK_IS_FULL = """
CREATE OR REPLACE FUNCTION disk_is_full() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$
"""


@dataclass
class Grounds:
    """One Postgres, one data folder, and the instances that share them."""

    folder: Path
    postgres: EmbeddedPostgres
    environment: Mapping[str, str]
    instances: list["Instance"] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The database, for a look behind the instances' backs."""
        return self.postgres.url

    @property
    def settings(self) -> Settings:
        """The settings that the instances have, as far as a reader of the database needs them."""
        return Settings(data_dir=self.folder)

    def instance(self, command: Sequence[str] = SERVE, **settings: str) -> "Instance":
        """One more instance, not started yet. `settings` as in `MOCKLOOP_…`, in lower case."""
        named = {f"MOCKLOOP_{name.upper()}": value for name, value in settings.items()}
        instance = Instance(free_port(), {**self.environment, **named}, command, self.folder)
        self.instances.append(instance)
        return instance

    def sql(self, *statements: str) -> list[tuple[object, ...]]:
        """Run statements as an operator would; the rows of the last one."""
        with psycopg.connect(self.postgres.url_of("mockloop"), autocommit=True, connect_timeout=10) as connection:
            for statement in statements[:-1]:
                connection.execute(statement)
            cursor = connection.execute(statements[-1])
            return cursor.fetchall() if cursor.description else []

    def listeners(self, application: str = LISTENERS) -> list[int]:
        """The backends of the connections on which an application's instances listen."""
        rows = self.sql(
            f"SELECT pid FROM pg_stat_activity WHERE application_name = '{application}' AND query LIKE '%LISTEN%'"
        )
        return [int(str(pid)) for (pid,) in rows]

    def terminate_listeners(self) -> int:
        """Cut every connection that carries hints, as a failover does; how many there were."""
        rows = self.sql(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{LISTENERS}'"
        )
        return len(rows)

    @contextmanager
    def postgres_away(self, *, spare: Sequence[int] = ()) -> Iterator[None]:
        """Nobody is let in meanwhile, and whoever was in is cut off, but for the backends to `spare`."""
        away = [
            "ALTER DATABASE mockloop ALLOW_CONNECTIONS false",
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            f"WHERE datname = 'mockloop' AND pid <> ALL (ARRAY{list(spare)!r}::int[])",
        ]
        with psycopg.connect(self.postgres.url_of("postgres"), autocommit=True) as operator:
            for statement in away:
                operator.execute(statement)
            try:
                yield
            finally:
                operator.execute("ALTER DATABASE mockloop ALLOW_CONNECTIONS true")

    @contextmanager
    def disk_full(self, table: str) -> Iterator[None]:
        """No row can be added to a table meanwhile, for the reason that Postgres gives when its disk is full."""
        self.sql(DISK_IS_FULL, f"CREATE TRIGGER disk_full BEFORE INSERT ON {table} EXECUTE FUNCTION disk_is_full()")
        try:
            yield
        finally:
            self.sql(f"DROP TRIGGER disk_full ON {table}")

    def kill_postgres(self) -> None:
        """kill -9 of the server and of everything it started; this process starts it again."""
        pid = self.postgres.pid
        if pid is None:
            return
        for victim in (pid, *_children(pid)):
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)


class Instance:
    """A server process on a port that it keeps over restarts."""

    def __init__(self, port: int, environment: Mapping[str, str], command: Sequence[str], folder: Path) -> None:
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.kills = 0
        self.log = folder / f"instance-{port}.log"
        self._environment = environment
        self._command = command
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None, "start the instance first"
        return self._process.pid

    async def start(self) -> None:
        """Start it, as often as it takes, until it serves: what a supervisor does."""
        async with asyncio.timeout(UP_TIMEOUT_S), httpx.AsyncClient(base_url=self.url) as http:
            while True:
                if self._process is None or self._process.returncode is not None:
                    await self._spawn()
                with suppress(httpx.TransportError):
                    if (await http.get("/api/health", timeout=5)).status_code == 200:
                        return
                await asyncio.sleep(0.02)

    async def _spawn(self) -> None:
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, *self._command, "--port", str(self.port),
                cwd=ROOT, env=dict(self._environment), stdin=asyncio.subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=_die_with_parent(),
            )  # fmt: skip

    async def kill(self) -> None:
        """kill -9, at once."""
        if self._process is not None and self._process.returncode is None:
            self.kills += 1
            self._process.kill()
            await self._process.wait()

    async def stop(self) -> None:
        """Ask it to stop, as an operator does."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), 20)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()


@contextmanager
def grounds() -> Iterator[Grounds]:
    """A durable Postgres in a new folder, stopped and removed at the end. Call it outside of an event loop."""
    folder = new_server_folder()
    try:
        with start_embedded(folder / "postgres") as postgres:
            asyncio.run(migrated(postgres.url))
            environment = {
                **{name: value for name, value in os.environ.items() if not name.startswith("MOCKLOOP_")},
                "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
                "MOCKLOOP_DATA_DIR": str(folder),
                "MOCKLOOP_DATABASE_URL": postgres.url,
                "MOCKLOOP_LOG_LEVEL": "warning",
                "MOCKLOOP_LOG_FORMAT": "json",
                "MOCKLOOP_SESSIONS_PER_HOUR": "1000",
                "MOCKLOOP_RUNS_PER_MINUTE": "1000",
            }
            ground = Grounds(folder, postgres, environment)
            ground.settings.load_master_keys()  # made now, so that instances may start side by side
            yield ground
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def running(*instances: Instance) -> AsyncIterator[None]:
    """The instances, up; killed at the end, whatever has become of them."""
    try:
        await asyncio.gather(*(instance.start() for instance in instances))
        yield
    finally:
        for instance in instances:
            await instance.kill()


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def _die_with_parent() -> Callable[[], int] | None:
    """A killed test run leaves no server behind (Linux)."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: int(prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0))
