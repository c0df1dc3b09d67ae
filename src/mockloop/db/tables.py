"""Tables of the database layer itself: keys, always wrapped by a master key."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, SmallInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from mockloop.db.orm import Base


class UserKeyVersion(Base):
    """One version of a user's data key.

    No foreign key to the user: deleting these rows is what makes a user's texts unreadable, also those in
    backups, so an operator may keep this table elsewhere, with a shorter retention.
    """

    __tablename__ = "user_keys"

    user_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    kek_id: Mapped[str] = mapped_column(index=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class OwnSecret(Base):
    """A secret of this installation, such as the key that signs access tokens; survives a master key's rotation."""

    __tablename__ = "own_secrets"

    name: Mapped[str] = mapped_column(primary_key=True)
    kek_id: Mapped[str] = mapped_column(index=True)
    wrapped: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
