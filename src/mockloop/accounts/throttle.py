"""Slows down guessing of passwords without locking anybody out.

Every attempt is charged before the password is looked at, so a hundred at once do not slip through; the right
password gives the charge back. Past its free attempts, a bucket closes for 1, 2, 4 … s. Which buckets an attempt
is charged to depends on what is known about where it comes from:

| attempt                                                  | buckets                                          |
|----------------------------------------------------------|--------------------------------------------------|
| from a device that signed in to this account before      | this device                                      |
| from an address that did                                 | account at this address; address                 |
| from anywhere else                                       | account at this address; address; whole account  |

So while strangers guess at an account from many addresses, only strangers wait. The owner gets in from their device
and from their usual address, and from a new place after a minute at most.
"""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from mockloop.accounts.errors import TooManyLogins
from mockloop.clock import Clock
from mockloop.crypto import blind_index

FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Bucket:
    """Failures that are counted together. `key` is a keyed fingerprint: no name and no address is stored."""

    key: bytes
    free: int
    longest_s: int
    proven: bool = False
    """Whether the right password clears it: it counts one account in one place, and that is now known to be theirs."""


_CHARGE = text("""
    INSERT INTO login_attempts AS a (bucket, failures, last_at, blocked_until)
    VALUES (:key, 1, clock_timestamp() + :offset, '-infinity')
    ON CONFLICT (bucket) DO UPDATE SET
        failures = CASE WHEN a.last_at < excluded.last_at - CAST(:forgotten AS interval) THEN 1 ELSE a.failures + 1 END,
        last_at = excluded.last_at,
        blocked_until = CASE
            WHEN a.last_at < excluded.last_at - CAST(:forgotten AS interval) OR a.failures < :free THEN '-infinity'
            ELSE excluded.last_at + least(:longest_s, 2 ^ least(a.failures - :free, 30)) * interval '1 second' END
    WHERE a.blocked_until <= excluded.last_at
    RETURNING failures
""")

_LEFT = text("""
    SELECT extract(epoch FROM blocked_until - (clock_timestamp() + :offset)) FROM login_attempts WHERE bucket = :key
""")

_GIVE_BACK = text("""
    UPDATE login_attempts SET failures = greatest(failures - 1, 0), blocked_until = '-infinity' WHERE bucket = :key
""")

_CLEAR = text("DELETE FROM login_attempts WHERE bucket = :key")

_FORGET = text("DELETE FROM login_attempts WHERE last_at < clock_timestamp() + :offset - CAST(:forgotten AS interval)")


class Buckets:
    """Names the buckets of an attempt."""

    def __init__(self, secret: bytes) -> None:
        self._key = blind_index(secret, "login attempts")

    def address_index(self, address: str) -> bytes:
        """A fingerprint of where somebody is; an IPv6 customer has a /64 and may take any address in it."""
        return blind_index(self._key, f"address {_network(address)}")

    def of_device(self, device_token: str) -> list[Bucket]:
        return [Bucket(blind_index(self._key, f"device {device_token}"), free=10, longest_s=900, proven=True)]

    def of_place(self, username_index: bytes, address: str) -> list[Bucket]:
        network = _network(address)
        return [
            Bucket(
                blind_index(self._key, f"pair {username_index.hex()} {network}"), free=5, longest_s=900, proven=True
            ),
            Bucket(blind_index(self._key, f"place {network}"), free=50, longest_s=900),
        ]

    def of_account(self, username_index: bytes) -> list[Bucket]:
        return [Bucket(blind_index(self._key, f"account {username_index.hex()}"), free=20, longest_s=60)]


async def charge(db: AsyncSession, clock: Clock, buckets: list[Bucket]) -> None:
    """Count an attempt in each bucket. Raises `TooManyLogins` (and then nothing shall be saved) when one is closed."""
    for bucket in sorted(buckets, key=lambda one: one.key):  # the same order for all: no deadlock
        counted = await db.execute(
            _CHARGE,
            {
                "key": bucket.key,
                "free": bucket.free,
                "longest_s": bucket.longest_s,
                "offset": clock.offset,
                "forgotten": FORGOTTEN_AFTER,
            },
        )
        if counted.first() is None:
            left_s = await db.scalar(_LEFT, {"key": bucket.key, "offset": clock.offset})
            raise TooManyLogins(retry_after_s=int(left_s or 0) + 1)


async def give_back(db: AsyncSession, buckets: list[Bucket]) -> None:
    """Undo `charge` after the right password."""
    for bucket in sorted(buckets, key=lambda one: one.key):
        await db.execute(_CLEAR if bucket.proven else _GIVE_BACK, {"key": bucket.key})


async def forget_old_attempts(db: AsyncSession, clock: Clock) -> None:
    """Delete what no longer counts."""
    await db.execute(_FORGET, {"offset": clock.offset, "forgotten": FORGOTTEN_AFTER})


def _network(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
