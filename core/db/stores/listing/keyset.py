"""A page of any list: rows after a key in a full order, never by counting rows off.

A list is sorted by columns, the last of which tell any two rows apart. The rows after a key are those whose values come
after it: found by an index where there is one, and the same whatever was inserted before them meanwhile.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias, TypeVar, TypeVarTuple, cast

from sqlalchemy import BigInteger, ColumnElement, Numeric, Select, and_, false, literal, or_, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from core.domain.errors import InvalidValueError
from core.domain.listing.paging import LONGEST_PAGE, By, Key, Page, Reading
from core.domain.showing import shown

Columns = TypeVarTuple("Columns")
Column: TypeAlias = ColumnElement[Any] | InstrumentedAttribute[Any]
T = TypeVar("T")
_LONGEST_TEXT = 1_000
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_DECIMAL = re.compile(r"-?\d{1,20}(\.\d{1,8})?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """A column that a list is sorted by. With `nullable` the rows without a value come last, both ways."""

    column: Column
    descending: bool = False
    nullable: bool = False


def along(*columns: Column) -> tuple[Along, ...]:
    """Columns that always have a value, upwards."""
    return tuple(Along(column=column) for column in columns)


def code(column: Column) -> Along:
    """A column of codes, upwards: byte by byte, the same on every server."""
    return Along(column=column.collate("C"))


def perhaps(column: Column) -> Along:
    """A column that may have no value, upwards."""
    return Along(column=column, nullable=True)


def ordered(sorts: Mapping[By, tuple[Along, ...]], asked: Reading[By], *ties: Along) -> tuple[Along, ...]:
    """The full order of a list: what was asked for, then the ties, all the same way."""
    order = (*sorts[asked.sort.by], *ties)
    if not asked.sort.descending:
        return order
    return tuple(replace(one, descending=not one.descending) for one in order)


def read_page(
    session: Session,
    query: Select[*Columns],
    order: Sequence[Along],
    asked: Reading[Any],
    show: Callable[[*Columns], T],
) -> Page[T]:
    """A page of what a query finds. The columns of `order` together must tell any two of its rows apart."""
    if not 1 <= asked.limit <= LONGEST_PAGE:
        raise InvalidValueError(f"limit is {asked.limit!r}; accepted: 1 to {LONGEST_PAGE}", field="limit")
    if asked.after is not None:
        query = query.where(_after(order, _values(order, asked.after)))
    query = query.order_by(*(_direction(one) for one in order)).limit(asked.limit + 1)
    keyed = query.add_columns(*(one.column for one in order)).execution_options(populate_existing=True)
    found = [tuple[Any, ...](row) for row in session.execute(cast(Select[Any], keyed))]
    rows, keys = found[: asked.limit], len(order)
    each = cast(Callable[..., T], show)
    return Page(
        items=tuple(each(*row[:-keys]) for row in rows),
        next=tuple(_text(value) for value in rows[-1][-keys:]) if len(found) > len(rows) else None,
    )


def _direction(one: Along) -> ColumnElement[Any]:
    way = one.column.desc() if one.descending else one.column.asc()
    return way.nulls_last() if one.nullable else way


def _after(order: Sequence[Along], values: Sequence[object]) -> ColumnElement[bool]:
    """The rows after these values. Where all columns go one way and have values, as one comparison of rows, which an
    index over them answers; else column by column."""
    ways = {one.descending for one in order}
    if len(ways) == 1 and not any(one.nullable for one in order):
        row = tuple_(*(one.column for one in order))
        last = tuple_(*(_bound(one, value) for one, value in zip(order, values, strict=True)))
        return row < last if ways.pop() else row > last
    one, value, rest = order[0], values[0], order[1:]
    beyond = _beyond(one, value)
    if not rest:
        return beyond
    same = one.column.is_(None) if value is None else one.column == _bound(one, value)
    return or_(beyond, and_(same, _after(rest, values[1:])))


def _beyond(one: Along, value: object) -> ColumnElement[bool]:
    if value is None:
        return false()
    last = _bound(one, value)
    further = one.column < last if one.descending else one.column > last
    return or_(further, one.column.is_(None)) if one.nullable else further


def _bound(one: Along, value: object) -> ColumnElement[Any]:
    """The value of the widest type there is for it: none that was read from a key overflows in a comparison."""
    match value:
        case int():
            return literal(value, BigInteger())
        case Decimal():
            return literal(value, Numeric())
        case _:
            return literal(value, one.column.type)


def _text(value: object) -> str | None:
    match value:
        case None:
            return None
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _values(order: Sequence[Along], key: Key) -> list[object]:
    if len(key) != len(order):
        raise _refusal(key)
    try:
        return [_value(one, text) for one, text in zip(order, key, strict=True)]
    except ValueError as error:
        raise _refusal(key) from error


def _value(one: Along, text: str | None) -> object:
    """A value of a key as the column has it; ValueError where it is none."""
    if text is None:
        if one.nullable:
            return None
        raise ValueError("a column that always has a value")
    kind = one.column.type.python_type
    if kind is int and _WHOLE.fullmatch(text):
        return int(text)
    if kind is Decimal and _DECIMAL.fullmatch(text):
        return Decimal(text)
    if kind is date:
        return date.fromisoformat(text)
    if kind is datetime and (moment := datetime.fromisoformat(text)).tzinfo is not None:
        return moment
    if kind is str and len(text) <= _LONGEST_TEXT and "\0" not in text:
        text.encode()
        return text
    raise ValueError("not a value of the column")


def _refusal(key: Key) -> InvalidValueError:
    return InvalidValueError(
        f"no page of this list ended with {shown(list(key))}; accepted: the cursor of the page before, sorted the same",
        field="cursor",
    )
