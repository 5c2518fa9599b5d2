"""Columns with some of their rows replaced: what was handed out before stays as it was, and shares what is the same."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from core.db.snapshot.keys import pairs
from core.planning.snapshot import Demand, Ints, Stock, Supply
from core.planning.texts import Texts, taken

Rows = NDArray[np.intp]
_TEXTS = ("order", "number")
Table = TypeVar("Table", Demand, Stock, Supply)


def demand_with(old: Demand, keys: Ints, new: Demand, new_keys: Ints, *, changed: Ints) -> tuple[Demand, Ints]:
    """Open lines and the keys of their orders, where those of the orders `changed` are the new ones."""
    out = np.flatnonzero(np.isin(keys, changed))
    same = (
        np.array_equal(keys[out], new_keys)
        and np.array_equal(old.line[out], new.line)
        and taken(old.order, out) == new.order
    )
    if same:
        return _assigned(old, out, new), keys
    left = taken(old.order, _rest(len(keys), out))
    at = np.array([bisect_left(left, number) for number in new.order], dtype=np.intp)
    return _spliced(old, out, new, at), np.insert(np.delete(keys, out), at, new_keys)


def supply_with(old: Supply, keys: Ints, new: Supply, new_keys: Ints, *, out: Rows) -> tuple[Supply, Ints]:
    """Receipts and the keys of their orders, where the rows `out` have made way for the new ones."""
    same = (
        np.array_equal(keys[out], new_keys)
        and np.array_equal(old.kind[out], new.kind)
        and np.array_equal(old.line[out], new.line)
        and taken(old.number, out) == new.number
    )
    if same:
        return _assigned(old, out, new), keys
    rest = _rest(len(keys), out)
    at = np.array(list(_places(old.kind[rest], taken(old.number, rest), new)), dtype=np.intp)
    return _spliced(old, out, new, at), np.insert(np.delete(keys, out), at, new_keys)


def stock_with(old: Stock, new: Stock, *, out: Rows) -> Stock:
    """Balances, where the rows `out` have made way for the new ones."""
    if np.array_equal(old.item[out], new.item) and np.array_equal(old.location[out], new.location):
        return _assigned(old, out, new)
    left = np.delete(pairs(old.item, old.location), out)
    return _spliced(old, out, new, np.searchsorted(left, pairs(new.item, new.location)))


def _places(kind: NDArray[np.int8], number: Any, new: Supply) -> Iterator[int]:
    """Where each new receipt goes among those that stay; none of these is of the same order."""
    for row, word in enumerate(new.number):
        first, last = np.searchsorted(kind, [new.kind[row], new.kind[row] + 1]).tolist()
        yield bisect_left(number, word, first, last)


def _rest(count: int, out: Rows) -> Rows:
    return np.delete(np.arange(count, dtype=np.intp), out)


def _assigned(old: Table, rows: Rows, new: Table) -> Table:
    """The same rows with other values: only columns that differ are copied."""
    columns = dict[str, Any]()
    for column in fields(old):
        values: Any = getattr(old, column.name)
        after: Any = getattr(new, column.name)
        if column.name not in _TEXTS and not np.array_equal(values[rows], after):
            values = values.copy()
            values[rows] = after
        columns[column.name] = values
    return type(old)(**columns)


def _spliced(old: Table, out: Rows, new: Table, at: NDArray[np.intp]) -> Table:
    """Rows gone, and new ones inserted before these places among those that stay."""
    columns = dict[str, Any]()
    for column in fields(old):
        before: Any = getattr(old, column.name)
        after: Any = getattr(new, column.name)
        if column.name not in _TEXTS:
            columns[column.name] = np.insert(np.delete(before, out), at, after)
            continue
        rows = np.delete(np.arange(len(before)), out)
        order = np.insert(rows, at, np.arange(len(before), len(before) + len(after)))
        columns[column.name] = Texts.joined((before, after)).take(order).compact()
    return type(old)(**columns)
