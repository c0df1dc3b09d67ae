"""The column type for what users write: it takes a `Sealed` and nothing else, so plain text cannot slip in."""

from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, LargeBinary
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeDecorator

from mockloop.crypto import Place, Sealed


class SealedText(TypeDecorator[Sealed]):
    """`bytea` that holds an envelope. Seal before writing and open after reading: a type sees no row and no key."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"a sealed column takes Sealed, not {type(value).__name__}")
        return None if value is None else bytes(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Sealed | None:
        return None if value is None else Sealed(value)


def place_of(column: InstrumentedAttribute[Any], row: UUID | str | int) -> Place:
    """The place of a sealed text: `place_of(User.username, user.id)`. `row` is the row's primary key."""
    return Place(column.class_.__tablename__, column.key, row)
