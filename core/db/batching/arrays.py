"""Columns of a batch as PostgreSQL's binary arrays, made at once instead of value by value."""

from collections.abc import Sequence
from struct import Struct, pack

from psycopg.abc import AdaptContext, Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format

_HEAD = Struct(">iiIii")
_LENGTH = Struct(">i")
_NULL, _NOTHING = _LENGTH.pack(-1), b""
_SHORT = [_LENGTH.pack(size) for size in range(512)]
_TEXT, _WHOLE = 25, 20
_TEXTS, _WHOLES = 1009, 1016


class Texts(bytes):
    """A column of type text[]."""


class Wholes(bytes):
    """A column of type bigint[]."""


def texts(values: Sequence[str | None]) -> Texts:
    """A column of texts, some of which may be null."""
    encoded = [_NOTHING if value is None else value.encode() for value in values]
    parts = [_NOTHING] * (2 * len(encoded) + 1)
    parts[0] = _HEAD.pack(1, 1, _TEXT, len(encoded), 1)
    parts[1::2] = [_SHORT[size] if size < len(_SHORT) else _LENGTH.pack(size) for size in map(len, encoded)]
    parts[2::2] = encoded
    if None in values:
        parts[1::2] = [_NULL if value is None else part for value, part in zip(values, parts[1::2], strict=True)]
    return Texts(b"".join(parts))


def wholes(values: Sequence[int]) -> Wholes:
    """A column of whole numbers, none of which is null."""
    each = [part for value in values for part in (8, value)]
    return Wholes(_HEAD.pack(1, 0, _WHOLE, len(values), 1) + pack(">" + "iq" * len(values), *each))


def teach(connection: AdaptContext) -> None:
    """Let a connection send such columns as they are."""
    connection.adapters.register_dumper(Texts, _TextsDumper)
    connection.adapters.register_dumper(Wholes, _WholesDumper)


class _AsItIs(Dumper):
    format = Format.BINARY

    def dump(self, obj: bytes) -> Buffer:
        return obj


class _TextsDumper(_AsItIs):
    oid = _TEXTS


class _WholesDumper(_AsItIs):
    oid = _WHOLES
