"""Sealing what users write: AES-256-GCM, a data key per user, wrapped by a master key. Pure: no database.

`db.vault` keeps the wrapped keys and hands out `UserKey`s; `db.sealed` is the column type for a `Sealed`.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mockloop.errors import MockLoopError

KEY_BYTES = 32
NONCE_BYTES = 12
ENVELOPE_VERSION = 1
HEADER_BYTES = 3  # envelope version, then the version of the user's key as two bytes


class Unreadable(MockLoopError):
    """This text cannot be read: its key is gone, or it is not where it was written."""


class BadMasterKeys(ValueError):
    """The master keys that were given cannot be used; the message says why, and never shows a key."""


class Place(NamedTuple):
    """Where a sealed text lives. A ciphertext moved to any other place does not open."""

    table: str
    column: str
    row: str | UUID | int


class Sealed(bytes):
    """An envelope `01 | key version | nonce | ciphertext and tag`: 31 bytes longer than the text."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Sealed({len(self)} bytes)"

    __str__ = __repr__

    @property
    def key_version(self) -> int:
        """Which version of the user's key opens this; `Unreadable` when it is no envelope of ours."""
        if len(self) < HEADER_BYTES + NONCE_BYTES + 16 or self[0] != ENVELOPE_VERSION:
            raise Unreadable
        return int.from_bytes(self[1:HEADER_BYTES], "big")


def _bound_to(*parts: object) -> bytes:
    """Associated data from several values, each with its length, so that no two lists give the same bytes."""
    encoded = [str(part).encode() for part in parts]
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


@dataclass(frozen=True, slots=True)
class UserKey:
    """One user's data key, in all its versions; the newest seals, each opens what it sealed."""

    user_id: UUID
    versions: dict[int, AESGCM] = field(repr=False)

    def seal(self, place: Place, text: str) -> Sealed:
        """`text`, unreadable without this key and outside of `place`."""
        version = max(self.versions)
        nonce = os.urandom(NONCE_BYTES)
        sealed = self.versions[version].encrypt(nonce, text.encode(), _bound_to(self.user_id, *place))
        return Sealed(bytes([ENVELOPE_VERSION]) + version.to_bytes(2, "big") + nonce + sealed)

    def open(self, place: Place, sealed: Sealed) -> str:
        """The text again. `Unreadable` when it was sealed by another key, for another place, or changed."""
        cipher = self.versions.get(sealed.key_version)
        if cipher is None:
            raise Unreadable
        nonce, body = sealed[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES], sealed[HEADER_BYTES + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, body, _bound_to(self.user_id, *place)).decode()
        except InvalidTag as error:
            raise Unreadable from error


@dataclass(frozen=True, slots=True)
class MasterKey:
    """A key that only wraps other keys. `id` is public and stored beside what it wrapped."""

    id: str
    secret: bytes = field(repr=False)


class Wrapped(NamedTuple):
    """A key, encrypted by the master key named `kek_id`."""

    kek_id: str
    blob: bytes


class MasterKeys:
    """The master keys of this installation: the first wraps, each unwraps what it wrapped."""

    def __init__(self, keys: Sequence[MasterKey]) -> None:
        if not keys:
            raise BadMasterKeys("at least one master key is needed")
        if len({key.id for key in keys}) != len(keys):
            raise BadMasterKeys("two master keys have the same id")
        self.first_id = keys[0].id
        self._ciphers = {key.id: AESGCM(key.secret) for key in keys}

    def __repr__(self) -> str:
        return f"MasterKeys({', '.join(self._ciphers)})"

    def wrap(self, owner: UUID | str, version: int, secret: bytes) -> Wrapped:
        """Encrypt a key that belongs to `owner` (a user's id, or the name of an own secret)."""
        nonce = os.urandom(NONCE_BYTES)
        bound_to = _bound_to("wrapped key", self.first_id, owner, version)
        return Wrapped(self.first_id, nonce + self._ciphers[self.first_id].encrypt(nonce, secret, bound_to))

    def unwrap(self, owner: UUID | str, version: int, wrapped: Wrapped) -> bytes:
        """The key again. `Unreadable` when its master key is not among ours, or it belongs to another owner."""
        cipher = self._ciphers.get(wrapped.kek_id)
        if cipher is None:
            raise Unreadable
        nonce, body = wrapped.blob[:NONCE_BYTES], wrapped.blob[NONCE_BYTES:]
        try:
            return cipher.decrypt(nonce, body, _bound_to("wrapped key", wrapped.kek_id, owner, version))
        except InvalidTag as error:
            raise Unreadable from error


def new_secret() -> bytes:
    """A fresh 256-bit key."""
    return secrets.token_bytes(KEY_BYTES)


def blind_index(secret: bytes, text: str) -> bytes:
    """A keyed fingerprint by which a sealed text can be looked up; equal texts have equal fingerprints."""
    return hmac.digest(secret, text.encode(), hashlib.sha256)


def parse_master_keys(text: str) -> MasterKeys:
    """Read `id:base64key[,id:base64key…]`; each key is 32 random bytes. Raises `BadMasterKeys`."""
    keys = []
    for entry in filter(None, re.split(r"[,\s]+", text)):
        key_id, colon, encoded = entry.partition(":")
        if not colon or not re.fullmatch(r"[A-Za-z0-9_.-]{1,40}", key_id):
            raise BadMasterKeys("write each master key as id:base64key, the id in letters, digits, - _ .")
        try:
            secret = base64.b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
        except binascii.Error as error:
            raise BadMasterKeys(f"the master key {key_id!r} is not base64") from error
        if len(secret) != KEY_BYTES:
            raise BadMasterKeys(f"the master key {key_id!r} has {len(secret)} bytes instead of {KEY_BYTES}")
        keys.append(MasterKey(key_id, secret))
    return MasterKeys(keys)


def new_master_key_entry(key_id: str) -> str:
    """A fresh `id:base64key` entry for the setting or the file."""
    return f"{key_id}:{base64.b64encode(new_secret()).decode()}"


def master_keys_in(path: Path) -> MasterKeys:
    """The master keys in a file of mode 0600, which is created with one key when it is missing.

    Two processes that start together agree: a complete file appears under its name at once, or not at all.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(new_master_key_entry("k1") + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)  # unlike a rename, this leaves a key that another process wrote first
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    if path.stat().st_mode & 0o077:
        raise BadMasterKeys(f"{path} can be read by others; run: chmod 600 {path}")
    return parse_master_keys(path.read_text())
