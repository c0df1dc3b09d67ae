"""Connections to the very addresses that were checked: a name that leads elsewhere a moment later changes nothing.

A new connection looks the name up once, through a `Resolve` that refuses what may not be called, and goes to what came
out of that. TLS and the Host header keep the name. Imported with the vendors' libraries, never before.
"""

import asyncio
from collections.abc import Coroutine, Iterable, Sequence
from typing import Any

import httpcore2
import httpx2

from mockloop.llm.port import AddressRefused, Resolve

HEAD_START_S = 0.25
"""After so long the next address of a name is tried beside the one before (RFC 8305)."""
MOST_ADDRESSES = 8
"""Of one name that are tried; all are checked."""


class RefusedConnection(httpcore2.ConnectError):
    """The name leads to an address that may not be called; the cause says why."""


class CheckedDialling(httpcore2.AsyncNetworkBackend):
    """Connects to checked addresses alone. `resolve`: see `Resolve`."""

    def __init__(self, resolve: Resolve, network: httpcore2.AsyncNetworkBackend) -> None:
        self._resolve = resolve
        self._network = network

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolve(host)
                if not addresses:
                    raise httpcore2.ConnectError(f"nobody knows {host}")
                return await _first(
                    [
                        self._network.connect_tcp(str(one), port, None, local_address, socket_options)
                        for one in addresses[:MOST_ADDRESSES]
                    ]
                )
        except AddressRefused as refused:
            raise RefusedConnection(refused.reason) from refused
        except TimeoutError as late:
            raise httpcore2.ConnectTimeout from late

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        raise RefusedConnection("a socket of this machine is nobody's address")

    async def sleep(self, seconds: float) -> None:
        await self._network.sleep(seconds)


def check_addresses(client: httpx2.AsyncClient, resolve: Resolve) -> None:
    """Make every direct connection of `client` ask `resolve` first. Those through a proxy stay what they are.

    The libraries have no public way to this that keeps their proxies. Raises `TypeError` when they have changed.
    """
    transport = client._transport
    pool = transport._pool if isinstance(transport, httpx2.AsyncHTTPTransport) else None
    network = pool._network_backend if isinstance(pool, httpcore2.AsyncConnectionPool) else None
    if not isinstance(pool, httpcore2.AsyncConnectionPool) or not isinstance(network, httpcore2.AsyncNetworkBackend):
        raise TypeError("addresses cannot be checked with this version of httpx2")
    pool._network_backend = CheckedDialling(resolve, network)


async def _first(attempts: Sequence[Coroutine[Any, Any, httpcore2.AsyncNetworkStream]]) -> httpcore2.AsyncNetworkStream:
    """The first connection that stands; the others are closed. Raises what the last of them raised."""
    waiting = list(attempts)
    running: set[asyncio.Task[httpcore2.AsyncNetworkStream]] = set()
    failure: BaseException | None = None
    try:
        while waiting or running:
            if waiting:
                running.add(asyncio.ensure_future(waiting.pop(0)))
            done, running = await asyncio.wait(
                running, timeout=HEAD_START_S if waiting else None, return_when=asyncio.FIRST_COMPLETED
            )
            stand = [task for task in done if task.exception() is None]
            if stand:
                running |= set(stand[1:])
                return stand[0].result()
            failure = next((task.exception() for task in done), failure)
        assert failure is not None
        raise failure
    finally:
        for attempt in waiting:
            attempt.close()
        for task in running:
            task.cancel()
        for late in await asyncio.gather(*running, return_exceptions=True):
            if not isinstance(late, BaseException):
                await late.aclose()
