"""Places in line, with room between: a number for each row by which it stands before or after every other.

Rows of the books are numbered once, far enough apart that a row that comes later finds a number between its neighbours.
"""

from bisect import bisect_right, insort
from dataclasses import dataclass, field

import numpy as np

from core.planning.snapshot import Ints
from core.planning.whatif.errors import NotFollowed

Key = tuple[int | str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Rows in order of their `columns` (the first counts most, all sorted together); row n stands at
    (n + 1) * `gap`. `at` is the place of each row by its position in the books."""

    columns: tuple[Ints, ...]
    gap: int
    at: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomers:
    """Rows that found a place since: their keys and numbers, in order."""

    taken: list[tuple[Key, int]] = field(default_factory=list[tuple[Key, int]])


def places(*keys: Ints, gap: int) -> Places:
    """The places of rows sorted by these keys, then by their position, which counts double so that a row that stands
    nowhere in the books comes between two that do."""
    rows = keys[0].size
    order = np.lexsort((np.arange(rows), *reversed(keys)))
    at = np.empty(rows, dtype=np.int64)
    at[order] = (np.arange(rows) + 1) * gap
    return Places(columns=(*(key.astype(np.int64)[order] for key in keys), 2 * order), gap=gap, at=at)


def place_for(here: Places, newcomers: Newcomers, key: Key) -> int:
    """A number for a row with this key (a value for each column, then what orders newcomers among themselves) behind
    the rows before it; NotFollowed where there is no room left."""
    low, high = 0, int(here.columns[0].size)
    for column, value in zip(here.columns, key, strict=False):
        part = column[low:high]
        low, high = low + int(part.searchsorted(value)), low + int(part.searchsorted(value, "right"))
    before, after = low * here.gap, (low + 1) * here.gap
    at = bisect_right(newcomers.taken, key, key=lambda one: one[0])
    if at and newcomers.taken[at - 1][1] > before:
        before = newcomers.taken[at - 1][1]
    if at < len(newcomers.taken) and newcomers.taken[at][1] < after:
        after = newcomers.taken[at][1]
    if after - before < 2:
        raise NotFollowed("no room between two rows")
    number = (before + after) // 2
    insort(newcomers.taken, (key, number))
    return number
