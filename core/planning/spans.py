"""Runs of neighbouring rows: where they start, all the rows of several runs, the largest value in each."""

from collections.abc import Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from core.planning.snapshot import Days, Ints, Positions

# Rows whose columns stay in the processor's cache while they are worked on, and take little memory.
BLOCK = 1 << 16
N = TypeVar("N", bound=np.generic)
_SPARSE, _FEW = 8, 1024


def run_starts(sorted_keys: Ints) -> Ints:
    """The row at which each run of equal keys starts."""
    if sorted_keys.size == 0:
        return np.zeros(0, dtype=np.int64)
    return np.concatenate(([0], np.flatnonzero(sorted_keys[1:] != sorted_keys[:-1]) + 1)).astype(np.int64)


def run_lengths(starts: Ints, rows: int) -> Ints:
    """How many rows each run has."""
    return np.diff(starts, append=rows)


def worth_a_table(keys: int, rows: int) -> bool:
    """Whether a table by key is no larger than the rows that are looked up in it warrant."""
    return keys <= _SPARSE * rows + _FEW


def run_bounds(sorted_keys: Ints, keys: int) -> Positions | None:
    """Where the run of each key below `keys` starts, and after the last one where it ends; None where the keys are many
    beside the rows, so that searching takes less."""
    if not worth_a_table(keys, sorted_keys.size):
        return None
    bounds = np.zeros(keys + 1, dtype=np.int32)
    np.cumsum(np.bincount(sorted_keys, minlength=keys), out=bounds[1:])
    return bounds


def blocks(rows: int) -> Iterator[slice]:
    """So many rows, a block at a time."""
    return (slice(first, min(first + BLOCK, rows)) for first in range(0, rows, BLOCK))


def values_at(values: NDArray[N], rows: Positions) -> NDArray[N]:
    """The values of these rows; numpy alone would widen all row numbers at once."""
    if rows.size <= BLOCK:
        return values[rows]
    found = np.empty(rows.size, dtype=values.dtype)
    for block in blocks(rows.size):
        found[block] = values[rows[block]]
    return found


def rows_of(first: Ints, count: Ints) -> Ints:
    """All rows of the runs first[k] .. first[k] + count[k] - 1, one run after the other."""
    before = np.cumsum(count) - count
    return np.repeat(first - before, count) + np.arange(int(count.sum()), dtype=np.int64)


def largest_in(values: Days, first: Ints, count: Ints) -> Days:
    """The largest value in each run; no run may be empty."""
    if first.size == 0:
        return np.zeros(0, dtype=np.int32)
    if (first[:-1] + count[:-1] == first[1:]).all():
        start = int(first[0])
        return np.maximum.reduceat(values[start : int(first[-1] + count[-1])], first - start)
    return np.maximum.reduceat(values[rows_of(first, count)], np.cumsum(count) - count)
