"""Snapshots compared column by column."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np


def differences(found: Any, expected: Any, path: str = "snapshot") -> Iterator[str]:
    """Where two snapshots differ: values, lengths, order, and types of numbers."""
    if is_dataclass(expected):
        for column in fields(expected):
            yield from differences(getattr(found, column.name), getattr(expected, column.name), f"{path}.{column.name}")
    elif isinstance(expected, np.ndarray):
        same = found.dtype == expected.dtype and np.array_equal(found, expected)
        if not same:
            yield f"{path}: {found.dtype}{found.tolist()} is not {expected.dtype}{expected.tolist()}"
    elif found != expected:
        yield f"{path}: {found!r} is not {expected!r}"
