"""Passwords: what is accepted at sign-up, and Argon2id off the event loop.

The rules are those of NIST SP 800-63B in spirit: length counts, composition does not, and what everybody tries first
is refused.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import partial
from typing import Protocol, TypeVar

import anyio
import anyio.to_thread
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from mockloop.accounts.errors import PasswordLikeUsername, PasswordTooCommon, PasswordTooLong, PasswordTooShort

SHORTEST = 10
LONGEST = 256
SHORTEST_RUN = 3
LONG_NUMBER = 16
HASHES_AT_ONCE = 2  # each takes 64 MiB and most of a core for about 50 ms

T = TypeVar("T")

_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "azertyuiop")
_RUNS_BOTH_WAYS = tuple(run[::step] for run in _RUNS for step in (1, -1))
_LOOKALIKES = str.maketrans("@4031!$57", "aaoeiisst")
_FAVOURITES = """
abc access admin administrator adobe angel apple asdf ashley autumn baby bailey baseball basketball batman best boss
buster changeme charlie chelsea chocolate coffee computer cookie correcthorsebatterystaple daniel default demo donald
dragon easy family fish flower football forever freedom friend fuckyou george ginger girl god golf google guest hallo
happy harley hello hockey hunter i iloveyou interview iloveu is it jennifer jessica jesus job jordan justin killer
king letmein linkedin live liverpool login london love lovely loveyou maggie mammoth master matrix me merlin michael
michelle microsoft mock mockloop monday money monkey mother mustang my mypassword nicole ninja nothing orange pa pass
passe passphrase passw passwd password passwort pepper please pokemon princess purple qazwsx qwert qwerty qwertz
rainbow root samsung secret security service shadow soccer spring starwars student summer sunday sunshine super
superman superuser taylor temp temporary tequiero test tester testing the thomas tigger toor trustno trustnoone user
username welcome whatever william winter word world you your zaq zxcvbn
"""
_WORDS = frozenset(_FAVOURITES.split())


class Hasher(Protocol):
    """A slow hash. pwdlib's `PasswordHash` is one; tests count the calls of another."""

    def hash(self, password: str) -> str: ...

    def verify_and_update(self, password: str, hash: str) -> tuple[bool, str | None]: ...


def argon2id(*, passes: int = 3, memory_kib: int = 65536, lanes: int = 4) -> Hasher:
    """By default the second choice of RFC 9106, for machines that do other things too. Tests take less."""
    return PasswordHash((Argon2Hasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes),))


class Passwords:
    """Hashes and compares in threads, a few at once, so that a crowd of logins neither blocks nor exhausts us."""

    def __init__(self, hasher: Hasher) -> None:
        self._hasher = hasher
        self._limiter: anyio.CapacityLimiter | None = None
        self._nobodys_hash: str | None = None

    async def hash(self, password: str) -> str:
        return await self._in_thread(partial(self._hasher.hash, _normal(password)))

    async def matches(self, password: str, known: str | None) -> tuple[bool, str | None]:
        """Whether `known` is this password's hash, and a better hash if `known` is of an older kind.

        `known=None` (no such user) takes the same single comparison, against a hash that nothing matches.
        """
        if self._nobodys_hash is None:
            self._nobodys_hash = await self._in_thread(partial(self._hasher.hash, "nobody"))
        verify = partial(self._hasher.verify_and_update, _normal(password), known or self._nobodys_hash)
        same, better = await self._in_thread(verify)
        return (same, better) if known is not None else (False, None)

    async def prepare(self) -> None:
        """Hash for nobody once at start, so that the first login of an unknown name is not the slower one."""
        await self.matches("", None)

    async def _in_thread(self, call: Callable[[], T]) -> T:
        if self._limiter is None:  # belongs to the event loop, which does not run yet when this object is made
            self._limiter = anyio.CapacityLimiter(HASHES_AT_ONCE)
        return await anyio.to_thread.run_sync(call, limiter=self._limiter)


def _normal(password: str) -> str:
    """The same letters typed on two keyboards are the same password."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, username: str) -> None:
    """Raise the `Invalid` that says what is wrong with a new password."""
    normal = _normal(password)
    if len(normal) < SHORTEST:
        raise PasswordTooShort(at_least=SHORTEST)
    if len(normal) > LONGEST:
        raise PasswordTooLong(at_most=LONGEST)
    folded = normal.casefold()
    if is_common(folded):
        raise PasswordTooCommon
    for part in {username.casefold(), username.casefold().split("@")[0]}:
        if len(part) >= 4 and part in folded and len(folded) - len(part) < SHORTEST - 2:
            raise PasswordLikeUsername


def is_common(folded: str) -> bool:
    """A repetition, runs of a keyboard or an alphabet, or favourite words with digits around them."""
    if re.fullmatch(r"(.{1,5}?)\1+.{0,2}", folded):
        return True
    if _length_of_runs(folded) >= 0.8 * len(folded):
        return True
    if re.fullmatch(r"[\d\W_]+", folded, re.ASCII) and folded.isascii() and len(folded) < LONG_NUMBER:
        return True  # a date or a telephone number
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    return any(
        _made_of_words(_letters(word)) for word in (core, core.translate(_LOOKALIKES), folded.translate(_LOOKALIKES))
    )


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text)


def _length_of_runs(text: str) -> int:
    total = position = 0
    while position < len(text):
        length = 0
        while position + length < len(text) and any(
            text[position : position + length + 1] in run for run in _RUNS_BOTH_WAYS
        ):
            length += 1
        total += length if length >= SHORTEST_RUN else 0
        position += max(1, length)
    return total


def _made_of_words(letters: str) -> bool:
    """Whether at most three favourite words spell all of it."""
    if not letters:
        return False
    reachable = {0}
    for _ in range(3):
        reachable |= {
            end for start in reachable for end in range(start + 1, len(letters) + 1) if letters[start:end] in _WORDS
        }
        if len(letters) in reachable:
            return True
    return False
