"""A column of texts: one run of bytes and where each begins, read as strings only where somebody looks."""

from collections.abc import Iterable, Iterator, Sequence
from typing import cast, overload

import numpy as np
from numpy.typing import NDArray

_WIDEST_COMPARED = 64
_FEW = 1_000
_MOST_NARROW = 2**31 - 1


class Texts(Sequence[str]):
    """Texts by row; rows may share a text. Equal to any sequence of the same strings, as their tuple is.

    A million order numbers take 4 bytes a row and each different number its bytes and 4 more, where strings take 60.
    """

    __slots__ = ("_bounds", "_bytes", "_rows")

    def __init__(self, data: bytes, bounds: NDArray[np.integer], rows: NDArray[np.int32]) -> None:
        """Text n is `data[bounds[n]:bounds[n + 1]]` in UTF-8; row r holds text `rows[r]`."""
        self._bytes, self._bounds, self._rows = data, bounds, rows

    @staticmethod
    def of_lengths(data: bytes, lengths: NDArray[np.integer]) -> "Texts":
        """Texts that follow each other in `data`, of these lengths in bytes."""
        bounds = np.zeros(lengths.size + 1, dtype=_width(len(data)))
        np.cumsum(lengths, out=bounds[1:])
        return Texts(data, bounds, np.arange(lengths.size, dtype=np.int32))

    @staticmethod
    def of(values: Iterable[str]) -> "Texts":
        """The column of these strings."""
        encoded = [value.encode() for value in values]
        return Texts.of_lengths(b"".join(encoded), np.array([len(each) for each in encoded], dtype=np.int64))

    @staticmethod
    def joined(columns: Iterable[Sequence[str]]) -> "Texts":
        """The rows of columns one after the other."""
        parts = [part if isinstance(part, Texts) else Texts.of(part) for part in columns if len(part)]
        if len(parts) == 1:
            return parts[0]
        width = _width(sum(len(part._bytes) for part in parts))
        data, bounds, rows = list[bytes](), [np.zeros(1, dtype=width)], [np.zeros(0, dtype=np.int32)]
        texts, length = 0, 0
        for part in parts:
            rows.append(part._rows + np.int32(texts))
            bounds.append(part._bounds[1:].astype(width) + length)
            data.append(part._bytes)
            texts, length = texts + part._bounds.size - 1, length + len(part._bytes)
        return Texts(b"".join(data), np.concatenate(bounds), np.concatenate(rows))

    def take(self, rows: NDArray[np.integer] | NDArray[np.bool_]) -> "Texts":
        """The column of these rows, by position or by mask; the bytes are shared."""
        return Texts(self._bytes, self._bounds, self._rows[rows])

    def compact(self) -> "Texts":
        """The same column, without the texts no row holds once they are more than the rows."""
        return self if self._bounds.size <= 2 * self._rows.size + _FEW else Texts.of(self)

    def ascending(self) -> NDArray[np.intp]:
        """The rows in ascending order of their bytes, which is that of code points; equal ones as they were."""
        if int(np.diff(self._bounds).max(initial=0)) > _WIDEST_COMPARED:
            encoded = [text.encode() for text in self]
            return np.array(sorted(range(len(encoded)), key=encoded.__getitem__), dtype=np.intp)
        words = self._padded()[self._rows]
        if bool((words[1:] >= words[:-1]).all()):
            return np.arange(words.size, dtype=np.intp)
        return np.argsort(words, kind="stable")

    def _padded(self) -> NDArray[np.bytes_]:
        """The texts as words of one width; zeros fill up, which no text of a database holds."""
        lengths = np.diff(self._bounds)
        width = max(1, int(lengths.max(initial=0)))
        flat = np.frombuffer(self._bytes, dtype=np.uint8)[int(self._bounds[0]) : int(self._bounds[-1])]
        if bool((lengths == width).all()):
            return np.ascontiguousarray(flat).view(f"S{width}")
        words = np.zeros((lengths.size, width), dtype=np.uint8)
        words[np.arange(width) < lengths[:, None]] = flat
        return words.reshape(-1).view(f"S{width}")

    def __len__(self) -> int:
        return self._rows.size

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> "Texts": ...
    def __getitem__(self, index: int | slice) -> "str | Texts":
        if isinstance(index, slice):
            return Texts(self._bytes, self._bounds, self._rows[index])
        text = self._rows[index]
        return self._bytes[self._bounds[text] : self._bounds[text + 1]].decode()

    def __iter__(self) -> Iterator[str]:
        data, rows = self._bytes, self._rows
        begins, ends = self._bounds[rows].tolist(), self._bounds[rows + 1].tolist()
        return (data[begin:end].decode() for begin, end in zip(begins, ends, strict=True))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Texts, tuple, list)):
            return NotImplemented
        there = cast("Sequence[object]", other)
        return len(self) == len(there) and all(mine == its for mine, its in zip(self, there, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Texts.of({tuple(self)!r})"


def _width(length: int) -> type[np.int32 | np.int64]:
    """What counts so many bytes."""
    return np.int32 if length <= _MOST_NARROW else np.int64


def taken(column: Sequence[str], rows: NDArray[np.integer] | NDArray[np.bool_]) -> Sequence[str]:
    """These rows of a column of texts, by position or by mask, in the kind the column is."""
    if isinstance(column, Texts):
        return column.take(rows)
    positions: list[int] = np.arange(len(column))[rows].tolist()
    return tuple(column[row] for row in positions)
