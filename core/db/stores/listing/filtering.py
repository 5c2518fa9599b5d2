"""The conditions of filters: each says nothing where nothing was asked."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from core.db.stores.listing.keyset import Column


def same(column: Column, value: object) -> ColumnElement[bool]:
    """It is this."""
    if value is None:
        return true()
    return column == (value.value if isinstance(value, StrEnum) else value)


def least(column: Column, value: date | datetime | Decimal | None) -> ColumnElement[bool]:
    """It is this or more."""
    return true() if value is None else column >= value


def within(
    column: Column,
    first: date | datetime | None,
    last: date | datetime | None,
) -> ColumnElement[bool]:
    """It is from the one to the other, both included."""
    return and_(least(column, first), true() if last is None else column <= last)


def keyed(
    column: Column,
    key: InstrumentedAttribute[int],
    code: InstrumentedAttribute[str],
    value: str | None,
) -> ColumnElement[bool]:
    """It is the key of the row of this code: nothing is, where nobody has the code."""
    return true() if value is None else column == select(key).where(code == value).scalar_subquery()


def present(column: Column, wanted: bool | None) -> ColumnElement[bool]:
    """It has a value, or has none."""
    if wanted is None:
        return true()
    return column.is_not(None) if wanted else column.is_(None)


def said(word: str | None, *columns: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """One of these contains the word, in any case."""
    return true() if word is None else or_(*(func.strpos(func.lower(one), word.lower()) > 0 for one in columns))
