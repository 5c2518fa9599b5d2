"""PostgreSQL's binary arrays as numpy arrays, without a Python step an element.

The wire format (PostgreSQL source, `array_send`): five 4-byte integers (dimensions, has-null flag, element type,
length, lower bound), then for each element its 4-byte length and its bytes. A column of a fixed-width type without
nulls is therefore a table of equal records, which numpy reads in place.
"""

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from psycopg import Connection, Cursor
from psycopg.abc import Buffer
from psycopg.adapt import Dumper, Loader
from psycopg.pq import Format

_HEADER = 20
_DATE_OFFSET = 10_957
_INT8 = 20
_BOOL_ARRAY, _INT2_ARRAY, _INT4_ARRAY, _INT8_ARRAY, _DATE_ARRAY = 1000, 1005, 1007, 1016, 1182


class _FixedWidthLoader(Loader):
    format = Format.BINARY
    element: ClassVar[str]

    def load(self, data: Buffer) -> NDArray[Any]:
        """The values of a binary array, in order; empty for an empty array."""
        record = np.dtype([("length", ">i4"), ("value", self.element)])
        if len(data) < _HEADER:
            return np.empty(0, dtype=record["value"].newbyteorder("="))
        values = np.frombuffer(data, dtype=record, offset=_HEADER)["value"]
        return values.astype(values.dtype.newbyteorder("="))


class _SmallInts(_FixedWidthLoader):
    element = ">i2"


class _Ints(_FixedWidthLoader):
    element = ">i4"


class _BigInts(_FixedWidthLoader):
    element = ">i8"


class _Booleans(_FixedWidthLoader):
    element = "?"


class _Dates(_FixedWidthLoader):
    element = ">i4"

    def load(self, data: Buffer) -> NDArray[Any]:
        """Day numbers since 1970-01-01."""
        return super().load(data) + np.int32(_DATE_OFFSET)


def read_numpy_arrays(cursor: Cursor[Any]) -> None:
    """Make this cursor load arrays of booleans, integers and dates as numpy arrays."""
    loaders = {
        _BOOL_ARRAY: _Booleans,
        _INT2_ARRAY: _SmallInts,
        _INT4_ARRAY: _Ints,
        _INT8_ARRAY: _BigInts,
        _DATE_ARRAY: _Dates,
    }
    for oid, loader in loaders.items():
        cursor.adapters.register_loader(oid, loader)


class _NumpyBigInts(Dumper):
    format = Format.BINARY
    oid = _INT8_ARRAY

    def dump(self, obj: NDArray[Any]) -> bytes:
        """A column of whole numbers as an array of bigint."""
        head = np.array([1, 0, _INT8, obj.size, 1], dtype=">i4").tobytes()
        cells = np.empty(obj.size, dtype=[("length", ">i4"), ("value", ">i8")])
        cells["length"], cells["value"] = 8, obj
        return head + cells.tobytes()


def write_numpy_arrays(connection: Connection[Any]) -> None:
    """Make this connection take numpy arrays of whole numbers as parameters."""
    connection.adapters.register_dumper(np.ndarray, _NumpyBigInts)
