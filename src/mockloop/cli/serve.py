"""`mockloop serve`, `work`, `migrate` and `rotate-keys`: the commands that run on the database."""

import asyncio
import os
import sys
from typing import Annotated

import typer
import uvicorn

from mockloop.cli.database import running_database
from mockloop.cli.logs import configure_logs
from mockloop.settings import Settings, load_settings, unknown_settings

PING_INTERVAL_S = 20.0
PING_TIMEOUT_S = 40.0
SHUTDOWN_S = 8
ANY_OR_LOCAL = ("127.0.0.1", "::1", "0.0.0.0", "::")  # noqa: S104 — compared with, not bound to


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on (MOCKLOOP_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (MOCKLOOP_PORT).")] = None,
) -> None:
    """Start the product: web pages, sockets, timers and jobs, with its own database unless one is set."""
    settings = load_settings(host=host, port=port)
    _begin(settings)
    with running_database(settings) as address:
        from mockloop.app import create_app  # the web stack takes a second to import; the database starts meanwhile

        config = uvicorn.Config(
            create_app(settings, address.url, address.direct_url),
            host=settings.host,
            port=settings.port,
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            ws_max_size=1024 * 1024,
            ws_ping_interval=PING_INTERVAL_S,
            ws_ping_timeout=PING_TIMEOUT_S,
            proxy_headers=True,
            forwarded_allow_ips=settings.trusted_proxies,
            timeout_graceful_shutdown=SHUTDOWN_S,
            server_header=False,
            access_log=False,
            log_config=None,
        )
        _run(config, settings)


def _run(config: uvicorn.Config, settings: Settings) -> None:
    server = _Server(config)
    server.run()
    if not server.started:
        raise SystemExit(1)


class _Server(uvicorn.Server):
    """Says in one line where to point the browser."""

    async def startup(self, sockets: object = None) -> None:
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started and self.servers:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            shown = "localhost" if host in ANY_OR_LOCAL else host
            print(f"MockLoop is running on http://{shown}:{port}", flush=True)


def work() -> None:
    """Only work on jobs (judging, mostly), beside any number of `mockloop serve` on the same database."""
    settings = load_settings()
    _begin(settings)
    with running_database(settings, attach=True) as address:
        from mockloop.worker import work_forever

        try:
            asyncio.run(work_forever(settings, address.url, address.direct_url))
        except KeyboardInterrupt:
            return


def migrate_database() -> None:
    """Bring the database up to date, and say so. `serve` and `work` do this by themselves."""
    settings = load_settings()
    _begin(settings)
    with running_database(settings, attach=True):
        print("The database is up to date.")


def rotate_keys() -> None:
    """Wrap every user's key anew with the first of MOCKLOOP_MASTER_KEYS; texts stay as they are."""
    settings = load_settings()
    _begin(settings)
    from mockloop.db.engine import open_database
    from mockloop.db.vault import Vault, rotate_master_key

    async def rotate(url: str) -> int:
        database = open_database(url, pool_size=2)
        try:
            return await rotate_master_key(database, Vault(settings.load_master_keys()))
        finally:
            await database.close()

    with running_database(settings, attach=True) as address:
        count = asyncio.run(rotate(address.direct_url or address.url))
    print(f"{count} keys are now wrapped by the first master key.")


def _begin(settings: Settings) -> None:
    configure_logs(settings)
    for line in unknown_settings(os.environ):
        print(f"mockloop: {line}", file=sys.stderr)
