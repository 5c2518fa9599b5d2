"""Domain values as JSON columns and back, checked against their types on the way in."""

from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def to_json(shape: type[T], value: T) -> Any:
    """The value as JSON values: decimals and dates as strings."""
    return _adapter(shape).dump_python(value, mode="json")


def to_json_text(shape: type[T], value: T) -> str:
    """The same as one text."""
    return _adapter(shape).dump_json(value).decode()


def to_text(shape: type[T], value: T) -> str:
    """The same as JSON text: equal values give equal text."""
    return _adapter(shape).dump_json(value).decode()


def from_json(shape: type[T], stored: Any) -> T:
    """The value a JSON column holds; a pydantic.ValidationError means that the row was tampered with."""
    return _adapter(shape).validate_python(stored)
