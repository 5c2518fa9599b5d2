"""Frozen values put together in a third of the time: past the check each of their fields goes through otherwise."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, ClassVar, Protocol, TypeVar


class _Value(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]


V = TypeVar("V", bound=_Value)


def straight(kind: type[V]) -> Callable[..., V]:
    """What makes values of a frozen dataclass with slots, which checks nothing itself, from all its fields in order.

    A promise tells of up to hundreds of pegs, and of all the time it takes making them would be the most.
    """
    assert not hasattr(kind, "__post_init__")
    new, fill = object.__new__, [kind.__dict__[field.name].__set__ for field in fields(kind)]

    def make(*values: object) -> V:
        made = new(kind)
        for put, value in zip(fill, values, strict=True):
            put(made, value)
        return made

    return make
