"""Ids that sort by the time they were made (UUIDv7, RFC 9562), so that indexes grow at their end."""

import secrets
import time
from uuid import UUID


def new_id() -> UUID:
    """A fresh UUIDv7: 48 bits of milliseconds, 12 bits of the fraction of the millisecond, 62 random bits."""
    ms, rest_ns = divmod(time.time_ns(), 1_000_000)
    value = (ms & (1 << 48) - 1) << 80
    value |= 0x7 << 76 | (rest_ns << 12) // 1_000_000 << 64
    value |= 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)
