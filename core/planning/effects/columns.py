"""Columns with one value changed, one row more or one row less; what was there is never touched."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar, cast

import numpy as np

from core.planning.snapshot import Demand, Stock, Supply

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
            (*column[:at], value, *column[at:]) if isinstance(column, tuple) else np.insert(column, at, value)
        )
    return replace(table, **columns)


def without(table: T, at: int) -> T:
    """The table with one row less."""
    size = int(cast(Any, table.item).size)
    columns: dict[str, Any] = {}
    for field in fields(table):
        column: Any = getattr(table, field.name)
        if len(column) == size:
            columns[field.name] = (
                (*column[:at], *column[at + 1 :]) if isinstance(column, tuple) else np.delete(column, at)
            )
    return replace(table, **columns)
