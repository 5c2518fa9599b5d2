"""The rows of the large tables: each a column's name and its values in PostgreSQL's binary form, end to end."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.db.snapshot.keys import Lookup
from core.planning.snapshot import Flags, Ints, Positions
from core.planning.texts import Texts

# Bytes of a part: whole values of every width, and few beside the columns of a large table.
PART = 1 << 20
_DATE_OFFSET = 10_957


class Large:
    """The columns as they come in, in parts: each is waited for and turned into an array when it is asked for, once,
    part by part and not kept. So no column is in memory twice, and the database reads on meanwhile."""

    def __init__(self, parts: Iterator[tuple[str, int, bytes]]) -> None:
        """The parts of the columns, those of a column one after the other: its name, all of its bytes and these; one
        part without any for a table of no rows."""
        self._coming = parts
        self._waiting: dict[str, tuple[int, list[bytes]]] = {}

    def longs(self, name: str) -> Ints:
        """A column of bigint; empty for a table of no rows."""
        return self._column(name, ">i8", np.int64)

    def ints(self, name: str) -> NDArray[np.int32]:
        """A column of integer."""
        return self._column(name, ">i4", np.int32)

    def days(self, name: str) -> NDArray[np.int32]:
        """A column of dates as days since 1970-01-01."""
        days = self.ints(name)
        days += np.int32(_DATE_OFFSET)
        return days

    def flags(self, name: str) -> Flags:
        """A column of booleans."""
        return self._column(name, "?", np.bool_)

    def at(self, name: str, lookup: Lookup) -> Positions:
        """A column of keys as their positions."""
        return self._column(name, ">i8", np.int32, turned=lookup.at)

    def texts(self, name: str, lengths: str) -> Texts:
        """A column of texts from their bytes and the lengths of these."""
        return Texts.of_lengths(b"".join(self._parts(name)[1]), self.ints(lengths))

    def _column(
        self, name: str, stored: str, kind: Any, *, turned: Callable[[NDArray[Any]], NDArray[Any]] | None = None
    ) -> NDArray[Any]:
        size, parts = self._parts(name)
        width = np.dtype(stored).itemsize
        column = np.empty(size // width, dtype=kind)
        row = 0
        for part in parts:
            values = np.frombuffer(part, dtype=stored)
            column[row : row + values.size] = values if turned is None else turned(values)
            row += values.size
        return column

    def _parts(self, name: str) -> tuple[int, Iterator[bytes]]:
        """The bytes of a column in all, and its parts as they come in."""
        while name not in self._waiting:
            other, size, part = next(self._coming)
            if other == name:
                return size, self._rest(size, part)
            self._waiting[other] = size, list(self._rest(size, part))
        size, parts = self._waiting.pop(name)
        return size, iter(parts)

    def _rest(self, size: int, part: bytes) -> Iterator[bytes]:
        yield part
        left = size - len(part)
        while left > 0:
            _, _, part = next(self._coming)
            left -= len(part)
            yield part
