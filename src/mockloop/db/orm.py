"""What every table shares: names of constraints, types of columns, and "now" in SQL.

Each feature keeps its ORM classes in its own `tables.py`; relationships are declared `lazy="raise"`, so that a
query nobody wrote fails in a test instead of being slow in production.
"""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ColumnElement, DateTime, Integer, Interval, MetaData, Text, Uuid, func, literal
from sqlalchemy.orm import DeclarativeBase

from mockloop.clock import Clock


class Base(DeclarativeBase):
    """Mother of every table. Constraints have names, so that a migration can find them again."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        datetime: DateTime(timezone=True),
        timedelta: Interval(),
        str: Text(),
        int: Integer(),
        UUID: Uuid(),
    }


def sql_now(clock: Clock) -> ColumnElement[datetime]:
    """The database's wall clock, moved as far as `clock` is; one source of time for all processes."""
    now: ColumnElement[datetime] = func.clock_timestamp() + literal(clock.offset, Interval())
    return now
