"""Access, refresh and device tokens: signed, never stored. Pure; `service` and `current` call it.

An access token is a JWT that names a user and a login. A refresh token names a login and a generation; each use
moves the login to the next generation, so an older one that turns up later was copied. A device token only says
that somebody once signed in to this account here; it opens nothing.
"""

import base64
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import UUID

import jwt

from mockloop.accounts.errors import TokenNotValid
from mockloop.crypto import blind_index
from mockloop.db.ids import new_id

ALGORITHM = "HS256"
AUDIENCE = "mockloop"


@dataclass(frozen=True)
class AccessClaims:
    """What an access token says."""

    user_id: UUID
    login_id: UUID


@dataclass(frozen=True)
class RefreshClaims:
    """What a refresh token says."""

    login_id: UUID
    generation: int


class Signer:
    """Signs and reads tokens, each kind with a key of its own derived from one secret."""

    def __init__(self, secret: bytes) -> None:
        self._access_key = blind_index(secret, "access tokens")
        self._refresh_key = blind_index(secret, "refresh tokens")
        self._device_key = blind_index(secret, "device tokens")

    def access_token(self, claims: AccessClaims, now: datetime, valid_for: timedelta) -> str:
        payload = {
            "sub": str(claims.user_id),
            "sid": str(claims.login_id),
            "aud": AUDIENCE,
            "iat": int(now.timestamp()),
            "exp": int((now + valid_for).timestamp()),
        }
        return jwt.encode(payload, self._access_key, algorithm=ALGORITHM)

    def read_access(self, token: str, now: datetime) -> AccessClaims:
        """Raises `TokenNotValid` for anything but an unchanged token that has not expired at `now`."""
        try:
            payload = jwt.decode(
                token,
                self._access_key,
                algorithms=[ALGORITHM],
                audience=AUDIENCE,
                # The library would ask the machine for the time; we were given ours.
                options={"require": ["sub", "sid", "exp", "aud"], "verify_exp": False, "verify_iat": False},
            )
            claims = AccessClaims(UUID(payload["sub"]), UUID(payload["sid"]))
            expires_at = datetime.fromtimestamp(payload["exp"], UTC)
        except (jwt.InvalidTokenError, ValueError, TypeError, AttributeError) as error:
            raise TokenNotValid from error
        if now >= expires_at:
            raise TokenNotValid
        return claims

    def refresh_token(self, claims: RefreshClaims) -> str:
        """The same for the same claims, so that two tabs that refresh at once end up with the same one."""
        body = f"{claims.login_id}.{claims.generation}"
        return f"{body}.{_mac(self._refresh_key, body)}"

    def read_refresh(self, token: str) -> RefreshClaims:
        """Raises `TokenNotValid` for a token that we did not sign; whether it is the newest, the login knows."""
        body, _, mac = token.rpartition(".")
        if not _same(mac, _mac(self._refresh_key, body)):
            raise TokenNotValid
        login_id, _, generation = body.partition(".")
        return RefreshClaims(UUID(login_id), int(generation))

    def device_token(self, user_id: UUID) -> str:
        """A fresh device token; each device has its own, and its own count of failures."""
        body = f"{user_id}.{new_id()}"
        return f"{body}.{_mac(self._device_key, body)}"

    def is_device_of(self, token: str | None, user_id: UUID) -> bool:
        body, _, mac = (token or "").rpartition(".")
        return _same(mac, _mac(self._device_key, body)) and body.startswith(f"{user_id}.")


def _mac(key: bytes, body: str) -> str:
    digest = hmac.digest(key, body.encode(errors="surrogateescape"), sha256)
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(errors="surrogateescape"), other.encode())
