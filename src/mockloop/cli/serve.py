"""`mockloop serve`, `work`, `migrate` and `rotate-keys`: the commands that run on the database."""

import asyncio
import gc
import os
import sys
from typing import Annotated

import typer

from mockloop.settings import Settings, load_settings, unknown_settings


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on (MOCKLOOP_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on (MOCKLOOP_PORT).")] = None,
) -> None:
    """Start the product: web pages, sockets, timers and jobs, with its own database unless one is set."""
    settings = load_settings(host=host, port=port)
    _begin(settings)
    gc.disable()  # nothing becomes garbage while modules are imported; `run_web_server` turns it on again
    from mockloop.cli.web_server import run_web_server

    run_web_server(settings)


def work() -> None:
    """Only work on jobs (judging, mostly), beside any number of `mockloop serve` on the same database."""
    settings = load_settings()
    _begin(settings)
    from mockloop.cli.database import running_database
    from mockloop.worker import work_forever

    with running_database(settings, attach=True) as address:
        try:
            asyncio.run(work_forever(settings, address.url, address.direct_url))
        except KeyboardInterrupt:
            return


def migrate_database() -> None:
    """Bring the database up to date, and say so. `serve` and `work` do this by themselves."""
    settings = load_settings()
    _begin(settings)
    from mockloop.cli.database import running_database

    with running_database(settings, attach=True):
        print("The database is up to date.")


def rotate_keys() -> None:
    """Wrap every user's key anew with the first of MOCKLOOP_MASTER_KEYS; texts stay as they are."""
    settings = load_settings()
    _begin(settings)
    from mockloop.cli.database import running_database
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
    from mockloop.cli.logs import configure_logs

    configure_logs(settings)
    for line in unknown_settings(os.environ):
        print(f"mockloop: {line}", file=sys.stderr)
