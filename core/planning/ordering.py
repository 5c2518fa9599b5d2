"""Sorting rows by several whole-number keys: the keys and the row number are packed into one integer."""

import numpy as np

from core.planning.snapshot import Ints, Positions
from core.planning.spans import blocks

_BITS = 63


def stable_order(*keys: Ints | Positions) -> Ints:
    """Row numbers sorted by the first key, then the next; rows equal in every key keep their order."""
    rows = keys[0].size
    if rows < 2 or (len(keys) == 1 and bool((keys[0][1:] >= keys[0][:-1]).all())):
        return np.arange(rows, dtype=np.int64)
    widths = [_range(key).bit_length() for key in keys]
    used = _width(rows)
    if sum(widths) + used <= _BITS:
        word = _packed(keys, widths)
        word &= (1 << used) - 1
        return word
    order = np.arange(rows, dtype=np.int64)
    waiting = [key.astype(np.int64) - int(key.min()) for key in keys]
    while waiting:
        order = order[_sorted_by_last(waiting, order)]
    return order


def grouped_order(first: Ints, *keys: Ints | Positions) -> tuple[Positions, Ints]:
    """The same order, and the first key in it."""
    widths = [_range(key).bit_length() for key in (first, *keys)]
    used = _width(first.size)
    if first.size == 0 or sum(widths) + used > _BITS:
        order = stable_order(first, *keys)
        return order.astype(np.int32), first[order]
    word = _packed((first, *keys), widths)
    order = np.empty(word.size, dtype=np.int32)
    np.bitwise_and(word, (1 << used) - 1, out=order, casting="same_kind")
    word >>= sum(widths[1:]) + used
    word += first.min()
    return order, word


def _packed(keys: tuple[Ints | Positions, ...], widths: list[int]) -> Ints:
    """Keys above one another, less the smallest of each, with the row in the lowest bits; sorted."""
    word, least, rows = keys[0].astype(np.int64), int(keys[0].min()), keys[0].size
    for key, width in zip(keys[1:], widths[1:], strict=True):
        word <<= width
        word += key
        least = (least << width) + int(key.min())
    # Where a key is far from zero both may have left 64 bits; their difference never does.
    word -= np.int64((least + (1 << 63)) % (1 << 64) - (1 << 63))
    word <<= _width(rows)
    for block in blocks(rows):
        word[block] += np.arange(block.start, block.stop)
    word.sort()
    return word


def _sorted_by_last(waiting: list[Ints], order: Ints) -> Ints:
    """Sort by as many of the last keys as one word holds, and take them off the list."""
    word, used = np.arange(order.size, dtype=np.int64), _width(order.size)
    mask = (1 << used) - 1
    if used + int(waiting[-1].max()).bit_length() > _BITS:
        return np.argsort(waiting.pop()[order], kind="stable").astype(np.int64)
    while waiting and used + (width := int(waiting[-1].max()).bit_length()) <= _BITS:
        word += waiting.pop()[order] << used
        used += width
    word.sort()
    return word & mask


def _range(key: Ints | Positions) -> int:
    return int(key.max()) - int(key.min()) if key.size else 0


def _width(rows: int) -> int:
    """Bits of the largest row number."""
    return max(rows - 1, 0).bit_length()
