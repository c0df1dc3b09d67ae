"""Users and their logins. A user's key lives in `db.tables.UserKeyVersion`."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, LargeBinary, func
from sqlalchemy.orm import Mapped, mapped_column

from mockloop.crypto import Sealed
from mockloop.db.ids import new_id
from mockloop.db.orm import Base
from mockloop.db.sealed import SealedText


class User(Base):
    """A person. The username (it may be an e-mail address) is sealed; `username_index` finds it."""

    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    username: Mapped[Sealed] = mapped_column(SealedText())
    username_index: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    password_hash: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Login(Base):
    """One signed-in browser or program: a family of refresh tokens, of which only the newest is good.

    A refresh token names its login and its generation, and is signed; no token is stored.
    """

    __tablename__ = "logins"
    __table_args__ = (CheckConstraint("kind IN ('browser', 'program')", name="kind_known"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    generation: Mapped[int] = mapped_column(default=1)
    rotated_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    revoked_at: Mapped[datetime | None]
    revoked_because: Mapped[str | None]
    address_index: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class LoginAttempts(Base):
    """How often a login failed lately: for an account, an address, or both. `bucket` is a keyed fingerprint."""

    __tablename__ = "login_attempts"

    bucket: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    failures: Mapped[int] = mapped_column(BigInteger)
    last_at: Mapped[datetime] = mapped_column(index=True)
    blocked_until: Mapped[datetime]
