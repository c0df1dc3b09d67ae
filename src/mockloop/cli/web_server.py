"""Serves the product over HTTP in this process. Called by `mockloop serve`."""

import gc
import signal
from types import FrameType

import uvicorn

from mockloop.app import create_app
from mockloop.cli.database import running_database
from mockloop.settings import Settings

PING_INTERVAL_S = 20.0
PING_TIMEOUT_S = 40.0
SHUTDOWN_S = 8
ANY_OR_LOCAL = ("127.0.0.1", "::1", "0.0.0.0", "::")  # noqa: S104 — compared with, not bound to


def run_web_server(settings: Settings) -> None:
    """Bring the database up and serve until a signal ends it; exit status 1 if the port cannot be had."""
    with running_database(settings) as address:
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
        server = _Server(config)
        # The server gives the signal back once it has shut down; then the database has yet to be stopped in order.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _leave)
        server.run()
        if not server.started:
            raise SystemExit(1)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


class _Server(uvicorn.Server):
    """Says in one line where to point the browser."""

    async def startup(self, sockets: object = None) -> None:
        await super().startup(sockets)  # type: ignore[arg-type]
        # What is there by now stays. Looking through it again with every full collection would stop all sessions for
        # a tenth of a second.
        gc.freeze()
        gc.enable()
        if self.started and self.servers:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            shown = "localhost" if host in ANY_OR_LOCAL else host
            print(f"MockLoop is running on http://{shown}:{port}", flush=True)
