"""Sorting rows by several whole-number keys: the keys and the row number are packed into one integer."""

import numpy as np

from core.planning.snapshot import Ints

_BITS = 63


def stable_order(*keys: Ints) -> Ints:
    """Row numbers sorted by the first key, then the next; rows equal in every key keep their order."""
    rows = keys[0].size
    order = np.arange(rows, dtype=np.int64)
    if rows < 2:
        return order
    waiting = [key - key.min() for key in keys]
    while waiting:
        order = order[_sorted_by_last(waiting, order)]
    return order


def _sorted_by_last(waiting: list[Ints], order: Ints) -> Ints:
    """Sort by as many of the last keys as one word holds, and take them off the list."""
    word, used = np.arange(order.size, dtype=np.int64), _width(order.size - 1)
    mask = (1 << used) - 1
    if used + _width(int(waiting[-1].max())) > _BITS:
        return np.argsort(waiting.pop()[order], kind="stable").astype(np.int64)
    while waiting and used + (width := _width(int(waiting[-1].max()))) <= _BITS:
        word += waiting.pop()[order] << used
        used += width
    word.sort()
    return word & mask


def _width(largest: int) -> int:
    return largest.bit_length()
