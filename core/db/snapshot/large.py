"""The rows of the large tables: each a column's name and its values in PostgreSQL's binary form, end to end."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from core.planning.texts import Texts

_DATE_OFFSET = 10_957


class Large:
    """The columns as they come in; each is waited for and turned into an array when it is asked for, once, and not
    kept: so a column is not in memory twice for longer than that takes, and the database reads on meanwhile."""

    def __init__(self, columns: Iterator[tuple[str, bytes]]) -> None:
        """The name of each column and its bytes, none for a table of no rows."""
        self._coming = columns
        self._waiting: dict[str, bytes] = {}

    def longs(self, name: str) -> NDArray[np.int64]:
        """A column of bigint; empty for a table of no rows."""
        return np.frombuffer(self._data(name), dtype=">i8").astype(np.int64)

    def ints(self, name: str) -> NDArray[np.int32]:
        """A column of integer."""
        return np.frombuffer(self._data(name), dtype=">i4").astype(np.int32)

    def days(self, name: str) -> NDArray[np.int32]:
        """A column of dates as days since 1970-01-01."""
        days = self.ints(name)
        days += np.int32(_DATE_OFFSET)
        return days

    def flags(self, name: str) -> NDArray[np.bool_]:
        """A column of booleans."""
        return np.frombuffer(self._data(name), dtype=np.bool_).copy()

    def texts(self, name: str, lengths: str) -> Texts:
        """A column of texts from their bytes and the lengths of these."""
        return Texts.of_lengths(self._data(name), self.ints(lengths))

    def _data(self, name: str) -> bytes:
        while name not in self._waiting:
            other, data = next(self._coming)
            self._waiting[other] = data
        return self._waiting.pop(name)
