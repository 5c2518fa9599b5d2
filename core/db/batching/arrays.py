"""Columns of a batch as PostgreSQL's binary arrays, made at once instead of value by value, and read again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from struct import Struct, unpack_from

from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEAD = Struct(">iiIii")
_LENGTH = Struct(">i")
_MOMENT = Struct(">q")
_NULL = _LENGTH.pack(-1)
_SHORT = [_LENGTH.pack(size) for size in range(512)]
_TEXT, _WHOLE, _SMALL, _TIME = 25, 20, 23, 1184
_TEXTS, _WHOLES = 1009, 1016
_EPOCH, _TICK = datetime(2000, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


class Texts(bytes):
    """A column of type text[]."""


class Wholes(bytes):
    """A column of type bigint[]."""


def cell(value: str | None) -> bytes:
    """One text as columns hold it."""
    if value is None:
        return _NULL
    encoded = value.encode()
    size = len(encoded)
    return (_SHORT[size] if size < len(_SHORT) else _LENGTH.pack(size)) + encoded


def column(cells: Sequence[bytes]) -> Texts:
    """A column of texts that are `cell`s already."""
    return Texts(_HEAD.pack(1, 1, _TEXT, len(cells), 1) + b"".join(cells))


def texts(values: Sequence[str | None]) -> Texts:
    """A column of texts, some of which may be null."""
    return column([cell(value) for value in values])


def wholes(values: Sequence[int]) -> Wholes:
    """A column of whole numbers, none of which is null."""
    each = [part for value in values for part in (8, value)]
    return Wholes(_HEAD.pack(1, 0, _WHOLE, len(values), 1) + _pairs(len(values)).pack(*each))


def moments(values: Sequence[datetime | None]) -> bytes:
    """A column of times, some of which may be null."""
    cells = [_NULL if value is None else _SHORT[_MOMENT.size] + moment(value) for value in values]
    return _HEAD.pack(1, 1, _TIME, len(cells), 1) + b"".join(cells)


def moment(value: datetime) -> bytes:
    """A time as PostgreSQL has it: microseconds since the year 2000."""
    return _MOMENT.pack((value - _EPOCH) // _TICK)


def truth(value: bool) -> bytes:
    """Whether or not."""
    return b"\x01" if value else b"\x00"


def numbers(value: bytes | None) -> Sequence[int]:
    """The whole numbers of a column of type integer[] or bigint[] without nulls; none of nothing."""
    if value is None or len(value) < _HEAD.size:
        return ()
    _, _, of, count, _ = _HEAD.unpack_from(value)
    return unpack_from(f">{('ii' if of == _SMALL else 'iq') * count}", value, _HEAD.size)[1::2]


def teach(connection: AdaptContext) -> None:
    """Let a connection send such columns as they are."""
    connection.adapters.register_dumper(Texts, _TextsDumper)
    connection.adapters.register_dumper(Wholes, _WholesDumper)


@lru_cache(maxsize=1024)
def _pairs(count: int) -> Struct:
    return Struct(f">{'iq' * count}")


class _AsItIs(Dumper):
    format = Format.BINARY

    def dump(self, obj: bytes) -> Buffer:
        return obj


class _TextsDumper(_AsItIs):
    oid = _TEXTS


class _WholesDumper(_AsItIs):
    oid = _WHOLES
