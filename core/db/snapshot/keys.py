"""Keys of the database as positions in a table, and rows sorted by pairs of positions."""

from collections.abc import Callable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.planning.snapshot import Ints, Positions

_SPARSE = 4
_BITS = 32
N = TypeVar("N", bound=np.generic)


class Lookup:
    """The position of each key of a table; a key that is not there has none, which is -1."""

    def __init__(self, keys: NDArray[np.int64]) -> None:
        """Different keys, in the order of their rows; none is negative."""
        self._first = int(keys.min(initial=0)) if keys.size == 0 else int(keys.min())
        span = int(keys.max(initial=-1)) - self._first + 1
        self._table: Positions | None = None
        if span <= _SPARSE * keys.size + 1024:
            # One row more, for whatever lies outside.
            self._table = np.full(max(span, 0) + 1, -1, dtype=np.int32)
            self._table[keys - self._first] = np.arange(keys.size, dtype=np.int32)
        else:
            self._order = np.argsort(keys, kind="stable")
            self._sorted = keys[self._order]

    def at(self, keys: NDArray[np.int64]) -> Positions:
        """The positions of the keys."""
        if self._table is not None:
            last = self._table.size - 1
            places = keys - self._first
            if places.size and (int(places.min()) < 0 or int(places.max()) > last):
                places = np.where((places < 0) | (places > last), last, places)
            return self._table[places]
        places = np.minimum(np.searchsorted(self._sorted, keys), self._sorted.size - 1)
        return np.where(self._sorted[places] == keys, self._order[places], -1).astype(np.int32)


def pairs(first: Positions, second: Positions) -> Ints:
    """Two positions as one number, sorted as the pairs are; negative where the first is -1."""
    return (first.astype(np.int64) << _BITS) | second


def in_order(keys: Ints) -> "Callable[[NDArray[N]], NDArray[N]]":
    """What sorts a column by these keys and leaves out rows whose key is negative."""
    if keys.size == 0 or (int(keys[0]) >= 0 and bool((keys[1:] > keys[:-1]).all())):
        return lambda column: column
    rows = np.argsort(keys, kind="stable")
    rows = rows[int(np.searchsorted(keys[rows], 0)) :]
    return lambda column: column[rows]


def taking(order: NDArray[np.intp]) -> "Callable[[NDArray[N]], NDArray[N]]":
    """What puts a column into this order of all its rows; the column itself where it is."""
    if bool((order[1:] > order[:-1]).all()):
        return lambda column: column
    return lambda column: column[order]
