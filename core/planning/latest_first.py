"""Work placed at work centres as late as it may be, one piece after the other, what is wanted last first.

As nothing is wanted later than what came before it, what is taken of a centre only moves towards today: in its
cumulative free minutes each piece is an interval that ends where the one before begins, or with the day it is wanted.
"""

from bisect import bisect_right

import numpy as np

from core.planning.free_minutes import FreeMinutes
from core.planning.snapshot import Ints


class LatestFirst:
    """The centres as they fill up."""

    def __init__(self, free: FreeMinutes) -> None:
        self._free = free
        self._before: dict[int, list[int]] = {}
        self._reached: dict[int, int] = {}
        self._taken: dict[int, list[tuple[int, int]]] = {}

    def fits(self, center: int, last: int, minutes: int) -> bool:
        """Whether all of it can be done by the end of a day, counted from the business date."""
        return self._end(center, last) >= minutes

    def take(self, center: int, last: int, minutes: int) -> int:
        """Take the minutes, or all there are by then where they are too few; gives the day the work begins (0 then)."""
        end = self._end(center, last)
        begin = max(0, end - minutes)
        if end > begin:
            self._taken[center].append((begin, end))
        self._reached[center] = begin
        return bisect_right(self._before[center], begin) - 1 if end >= minutes else 0

    def left(self) -> FreeMinutes:
        """What is left free."""
        used = np.zeros((len(self._taken), self._free.days), dtype=np.int64)
        for row, (center, taken) in zip(used, self._taken.items(), strict=True):
            within = np.array(taken[::-1], dtype=np.int64).reshape(-1, 2)
            row[:] = np.diff(_within(within, np.array(self._before[center])))
        return self._free.less(np.array(list(self._taken), dtype=np.int64), used)

    def _end(self, center: int, last: int) -> int:
        """How many free minutes there are up to the end of a day that nobody has taken from their end."""
        before = self._before.get(center)
        if before is None:
            own = self._free.by_day[center]
            before = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(own))).tolist()
            self._before[center], self._taken[center], self._reached[center] = before, [], before[-1]
        return min(self._reached[center], before[last + 1])


def _within(taken: Ints, bounds: Ints) -> Ints:
    """How much of some intervals, which rise and do not overlap, lies below each bound."""
    if taken.size == 0:
        return np.zeros_like(bounds)
    low, high = taken.T
    length = high - low
    whole = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(length)))
    ended = np.searchsorted(high, bounds, side="right")
    open_ = np.minimum(ended, length.size - 1)
    part = np.clip(bounds - low[open_], 0, length[open_])
    return whole[ended] + np.where(ended < length.size, part, 0)
