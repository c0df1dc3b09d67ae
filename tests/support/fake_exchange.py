"""HTTP/1.1 for `fake_provider`, near enough to the socket that an answer can break off anywhere."""

import asyncio
import json
import socket
from contextlib import suppress
from dataclasses import dataclass

from tests.support.fake_speech import Json


class Gone(Exception):
    """The connection is to end, or has ended."""


@dataclass
class Exchange:
    """The answer to one request."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def head(self, status: int, headers: dict[str, str]) -> None:
        headers = headers | {"set-cookie": "who=somebody; Path=/"}
        lines = [f"HTTP/1.1 {status} it is", *(f"{name}: {value}" for name, value in headers.items())]
        await self.write(("\r\n".join(lines) + "\r\n\r\n").encode())

    async def write(self, data: bytes) -> None:
        if self.writer.is_closing() or self.reader.at_eof():
            raise Gone
        self.writer.write(data)
        await self.writer.drain()

    async def chunk(self, data: bytes) -> None:
        if data:
            await self.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    async def end(self) -> None:
        await self.write(b"0\r\n\r\n")

    async def send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        await self.head(status, headers | {"content-length": str(len(body))})
        await self.write(body)

    async def json(self, status: int, body: Json, headers: dict[str, str] | None = None) -> None:
        await self.send(status, json.dumps(body).encode(), {"content-type": "application/json"} | (headers or {}))

    async def pause(self, seconds: float) -> None:
        """Let `seconds` pass, unless the client goes away meanwhile."""
        with suppress(TimeoutError):
            if not await asyncio.wait_for(self.reader.read(1), seconds):
                raise Gone


def bound(port: int) -> socket.socket:
    """The port is taken, and connections to it are refused."""
    # With the protocol's name, or asyncio does not know TCP and leaves 40 ms between two small pieces.
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    taken.bind(("127.0.0.1", port))
    return taken
