"""The row of the one statement: its columns as numpy arrays, its keys as positions."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


class Columns:
    """The row read; a column of no rows comes as NULL and reads as empty."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self._row = row
        self.item = self._positions("item_id")
        self.place = self._positions("place_id")
        self.customer = self._positions("customer_id")
        self.supplier = self._positions("supplier_id")

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self._row[name] or ())

    def longs(self, name: str) -> NDArray[np.int64]:
        return self._numbers(name, np.int64)

    def ints(self, name: str) -> NDArray[np.int32]:
        return self._numbers(name, np.int32)

    def flags(self, name: str) -> NDArray[np.bool_]:
        return self._numbers(name, np.bool_)

    def at(self, name: str, lookup: NDArray[np.int32]) -> NDArray[np.int32]:
        """The positions of the keys in a column."""
        return lookup[self.longs(name)]

    def _numbers(self, name: str, kind: Any) -> NDArray[Any]:
        values = self._row[name]
        return np.empty(0, dtype=kind) if values is None else values.astype(kind, copy=False)

    def _positions(self, name: str) -> NDArray[np.int32]:
        keys = self.longs(name)
        lookup = np.full(int(keys.max(initial=0)) + 1, -1, dtype=np.int32)
        lookup[keys] = np.arange(len(keys), dtype=np.int32)
        return lookup
