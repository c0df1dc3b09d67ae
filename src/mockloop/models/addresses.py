"""Which addresses a provider may have: a server that calls what users type must not be led into its own network.

Checked when an address is saved, before every use, and by every new connection, which goes to the addresses that were
checked (`llm/dialling.py`). Through a proxy of the environment it is the proxy that looks names up, by its own rules.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

from mockloop.llm.port import Address, AddressRefused
from mockloop.models.errors import AddressNotUsable

Lookup = Callable[[str], Awaitable[Sequence[Address]]]

LOOKUP_LIMIT_S = 3.0

METADATA_NAMES = frozenset({"metadata", "metadata.google.internal", "metadata.goog", "instance-data"})
METADATA_ADDRESSES = frozenset(
    ipaddress.ip_address(text)
    for text in ("169.254.169.254", "fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16", "192.0.0.192")
)
_SHARED = ipaddress.ip_network("100.64.0.0/10")
_SITE = ipaddress.ip_network("fec0::/10")
_CARRIES_IPV4 = ipaddress.ip_network("64:ff9b::/96")


async def look_up(host: str) -> Sequence[Address]:
    """Every address of a name; none when it cannot be found within 3 s."""
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(LOOKUP_LIMIT_S):
            found = await loop.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, TimeoutError, UnicodeError):
        return ()
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


class AddressRules:
    """The rules of this installation. `private`: whether addresses of the own machine and network are allowed."""

    def __init__(self, *, private: bool, look_up: Lookup = look_up) -> None:
        self.private = private
        self._look_up = look_up

    async def check(self, url: str) -> None:
        """Raise `AddressNotUsable` unless `url` may be called. A name that nobody knows yet is no reason."""
        try:
            await self.resolve(host_of(url))
        except AddressRefused as refused:
            raise AddressNotUsable(reason=refused.reason) from refused

    async def resolve(self, host: str) -> Sequence[Address]:
        """See `llm.port.Resolve`: one address that may not be called is enough to refuse its name."""
        if host.rstrip(".").lower() in METADATA_NAMES:
            raise AddressRefused("it is for the machines of a cloud alone")
        literal = _literal(host)
        found = [literal] if literal else await self._look_up(host)
        for address in found:
            reason = self._reason_against(address)
            if reason:
                raise AddressRefused(reason)
        return found

    def _reason_against(self, address: Address) -> str | None:
        plain = _plain(address)
        if plain in METADATA_ADDRESSES or plain.is_link_local:
            return "it leads to the machine's own surroundings (link-local or cloud metadata)"
        if plain.is_unspecified or plain.is_multicast:
            return "it is nobody's address"
        own = plain.is_private or plain.is_loopback or plain.is_reserved or plain in _SHARED or plain in _SITE
        if own and not self.private:
            return "it is private, and this installation allows public addresses only (MOCKLOOP_LLM_PRIVATE_ADDRESSES)"
        return None


def host_of(url: str) -> str:
    """The host of an http or https address. Raises `AddressNotUsable` for anything else, also for one with a login."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise AddressNotUsable(reason="it cannot be read") from error
    if parts.scheme not in ("http", "https") or not host:
        raise AddressNotUsable(reason="write http:// or https:// and a host, such as http://localhost:11434/v1")
    if parts.username is not None or parts.password is not None:
        raise AddressNotUsable(reason="a name or password does not belong into it; use the field for the key")
    if parts.query or parts.fragment:
        raise AddressNotUsable(reason="leave out what follows ? or #")
    return host


def _literal(host: str) -> Address | None:
    """The address that a host is by itself, also in the odd spellings (`127.1`, `0x7f000001`) that sockets take."""
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.ip_address(socket.inet_aton(host))
    except (OSError, UnicodeError, ValueError):
        return None


def _plain(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one, if it carries one."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped or address.sixtofour:
            return address.ipv4_mapped or address.sixtofour or address
        if address in _CARRIES_IPV4:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address
