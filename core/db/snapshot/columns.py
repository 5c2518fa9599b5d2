"""The small tables of the statement: one row of arrays, keys as positions."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.db.snapshot.keys import Lookup
from core.planning.snapshot import Positions, day_number


class Columns:
    """The row read; a column of no rows comes as NULL and reads as empty."""

    def __init__(self, row: Mapping[str, Any], item: Lookup) -> None:
        """What was read, and where the items stand."""
        self._row = row
        self.as_of = day_number(row["as_of"])
        self.currency: str = row["currency"]
        self.buffer_days: int = row["buffer_days"]
        self.item = item
        self.place = Lookup(self.longs("place_id"))
        self.customer = Lookup(self.longs("customer_id"))
        self.supplier = Lookup(self.longs("supplier_id"))
        buffer = self.ints("supplier_buffer")
        self.buffer = buffer if buffer.any() else buffer[:0].copy()

    def with_moving(self, row: Mapping[str, Any]) -> "Columns":
        """The same with what a later row has read."""
        return Columns({**self._row, **row}, self.item)

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self._row[name] or ())

    def longs(self, name: str) -> NDArray[np.int64]:
        return self._numbers(name, np.int64)

    def ints(self, name: str) -> NDArray[np.int32]:
        return self._numbers(name, np.int32)

    def flags(self, name: str) -> NDArray[np.bool_]:
        return self._numbers(name, np.bool_)

    def at(self, name: str, lookup: Lookup) -> Positions:
        """The positions of the keys in a column."""
        return lookup.at(self.longs(name))

    def _numbers(self, name: str, kind: Any) -> NDArray[Any]:
        values = self._row[name]
        return np.empty(0, dtype=kind) if values is None else values.astype(kind, copy=False)
