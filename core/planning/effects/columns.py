"""Columns with one value changed, one row more or one row less; what was there is never touched."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from core.planning.snapshot import Bookings, Demand, Flags, Stock, Supply
from core.planning.texts import Texts, taken

T = TypeVar("T", Supply, Demand, Stock)


def changed(table: T, at: int, **values: Any) -> T:
    """The table with these values in one row."""
    columns: dict[str, Any] = {}
    for name, value in values.items():
        columns[name] = getattr(table, name).copy()
        columns[name][at] = value
    return replace(table, **columns)


def inserted(table: T, at: int, row: Mapping[str, Any]) -> T:
    """The table with one more row; a column that the row does not name gets nothing of its kind."""
    size = int(cast(Any, table.item).size)
    columns: dict[str, Any] = {}
    for field in fields(table):
        column: Any = getattr(table, field.name)
        if len(column) != size:
            continue  # a column of a newer kind of book that these books do not fill
        value = row.get(field.name, 0)
        columns[field.name] = (
            _with_text(column, at, str(value)) if isinstance(value, str) else np.insert(column, at, value)
        )
    return replace(table, **columns)


def without(table: T, at: int) -> T:
    """The table with one row less."""
    size = int(cast(Any, table.item).size)
    columns: dict[str, Any] = {}
    for field in fields(table):
        column: Any = getattr(table, field.name)
        if len(column) == size:
            columns[field.name] = kept_rows(column, np.arange(size) != at)
    return replace(table, **columns)


def booked(table: Bookings, number: str, rows: Sequence[tuple[int, int, int]]) -> Bookings:
    """The bookings with these (work centre, day, minutes) of a work order instead of those it had."""
    first, last = bisect_left(table.number, number), bisect_right(table.number, number)
    if first == last and not rows:
        return table
    center, day, minutes = ([row[part] for row in rows] for part in range(3))

    def put(column: NDArray[Any], values: Sequence[int]) -> NDArray[Any]:
        return np.concatenate((column[:first], np.array(values, dtype=column.dtype), column[last:]))

    return Bookings(
        number=(*table.number[:first], *[number] * len(rows), *table.number[last:]),
        center=put(table.center, center),
        day=put(table.day, day),
        minutes=put(table.minutes, minutes),
    )


def kept_rows(column: Any, kept: Flags) -> Any:
    """These rows of a column of numbers or of texts."""
    return taken(cast("Sequence[str]", column), kept) if isinstance(column, (tuple, Texts)) else column[kept]


def _with_text(column: Sequence[str], at: int, text: str) -> Sequence[str]:
    if isinstance(column, Texts):
        return Texts.joined((column, Texts.of((text,)))).take(np.insert(np.arange(len(column)), at, len(column)))
    return (*column[:at], text, *column[at:])
