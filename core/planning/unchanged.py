"""What two readings of the books have in common, table by table."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Final, TypeAlias, cast

import numpy as np
from numpy.typing import NDArray

from core.planning.snapshot import Items, Snapshot

MASTER_DATA: Final = (
    "items",
    "locations",
    "bom",
    "lanes",
    "lane_terms",
    "sources",
    "source_terms",
    "item_terms",
    "operations",
    "operation_alternates",
    "alternates",
)
"""The tables that the ways of getting things are looked up in."""

_Column: TypeAlias = NDArray[np.generic]
_Table: TypeAlias = Items


def same_books(before: Snapshot, after: Snapshot, *, besides: frozenset[str] = frozenset()) -> bool:
    """Whether two readings say the same of everything but these tables."""
    names = [field.name for field in fields(Snapshot) if field.name not in besides]
    return all(_same(getattr(before, name), getattr(after, name)) for name in names)


class Unchanged:
    """Whether tables of a reading are as in an earlier one; none is where there was no earlier one."""

    def __init__(self, before: Snapshot | None, after: Snapshot) -> None:
        self._before, self._after = before, after

    def __call__(self, *tables: str) -> bool:
        """Whether all these tables are the same."""
        before = self._before
        return before is not None and all(_same(getattr(before, name), getattr(self._after, name)) for name in tables)


def _same(before: object, after: object) -> bool:
    if before is after:
        return True
    if isinstance(before, np.ndarray):
        return np.array_equal(cast(_Column, before), cast(_Column, after))
    if isinstance(before, Sequence | int):
        return bool(before == after)
    names = [field.name for field in fields(cast(_Table, before))]
    columns = [(getattr(before, name), getattr(after, name)) for name in names]
    columns.sort(key=lambda pair: not isinstance(pair[0], np.ndarray))  # texts take a hundred times as long as numbers
    return all(_same(one, other) for one, other in columns)
