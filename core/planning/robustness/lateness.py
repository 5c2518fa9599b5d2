"""Lateness: how many days after the promised date a delivery comes, as chances of whole days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import InvalidValueError
from core.planning.snapshot import Ints

Floats: TypeAlias = NDArray[np.float64]

EARLIEST, LATEST = -60, 180
SPAN = LATEST - EARLIEST + 1
_CERTAIN = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """The chances of one supplier: `chance[k]` that a delivery comes EARLIEST + k days after the promised date
    (negative: before it); what is earlier or later than the span counts as its end. The chances add up to 1."""

    chance: Floats

    def __post_init__(self) -> None:
        assert self.chance.shape == (SPAN,)
        assert bool((self.chance >= 0).all())
        assert abs(float(self.chance.sum()) - 1) < _CERTAIN

    def within(self, days: int) -> float:
        """The chance that it comes by so many days after the promised date."""
        return float(self.chance[: max(0, min(days, LATEST) - EARLIEST + 1)].sum())

    def days_for(self, percent: int) -> int:
        """The fewest whole days, 0 or more, after the promised date by which this percent of deliveries has come."""
        reached = np.cumsum(self.chance[-EARLIEST:]) + self.chance[:-EARLIEST].sum()
        enough = reached >= percent / 100 - _CERTAIN
        return int(enough.argmax()) if bool(enough.any()) else LATEST

    def expected_days_late(self) -> float:
        """Mean days after the promised date, early and punctual deliveries counting 0."""
        return float(self.chance[1 - EARLIEST :] @ np.arange(1, LATEST + 1))

    def expected_after(self, days: int) -> float:
        """Mean days later than so many (0 or more) after the promised date, what comes by then counting 0."""
        after = np.maximum(np.arange(EARLIEST, LATEST + 1) - days, 0)
        return float(self.chance @ after)

    def days(self, uniform: Floats, *, at_least: int) -> Ints:
        """The days late at these uniform numbers of [0, 1), given that it has not come before `at_least` days after
        the promised date: the inverse of the distribution that is left. Beyond the span it comes on that day."""
        low = max(EARLIEST, at_least)
        left = np.cumsum(self.chance[low - EARLIEST :]) if low <= LATEST else np.zeros(0)
        if left.size == 0 or left[-1] < _CERTAIN:
            return np.full(uniform.shape, low, dtype=np.int64)
        found = np.asarray(np.searchsorted(left, uniform * left[-1], side="right"), dtype=np.int64)
        return low + np.minimum(found, left.size - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierLateness:
    """The lateness of each supplier known by its code, and of all others."""

    pool: Lateness
    suppliers: Mapping[str, Lateness] = field(default_factory=dict[str, Lateness])

    def of(self, supplier: str) -> Lateness:
        """Of a supplier; the pool's where nothing is known of it."""
        return self.suppliers.get(supplier, self.pool)

    def expected_days_late(self, supplier: str) -> float:
        """Mean days a supplier is late, early and punctual deliveries counting 0."""
        return self.of(supplier).expected_days_late()


def lateness_of(points: Sequence[tuple[int, int]]) -> Lateness:
    """From points (days, millionths of deliveries that come by then), rising, the last of them all; what lies between
    two points is spread evenly over the days between. Everything up to the first point comes on its day."""
    days = [day for day, _ in points]
    shares = [share for _, share in points]
    rising = all(a < b for a, b in pairwise(days)) and shares == sorted(shares)
    if not rising or shares[:1] < [0] or shares[-1:] != [1_000_000] or days[0] < EARLIEST or days[-1] > LATEST:
        raise InvalidValueError(
            f"points {list(points)!r} are no distribution; days rise within {EARLIEST} to {LATEST}, shares to 1000000"
        )
    reached = np.interp(np.arange(EARLIEST, LATEST + 1), days, shares, left=0, right=shares[-1]) / 1_000_000
    return Lateness(chance=np.diff(reached, prepend=0.0))


def stated(chance: Floats, on_time: float) -> Floats:
    """The chances with another share on time, 0 to 1: of a supplier of whom only this share is said. Chances that are
    all on time, or all late, are left as they are."""
    punctual = float(chance[: 1 - EARLIEST].sum())
    if punctual <= 0 or punctual >= 1:
        return chance
    days = np.arange(EARLIEST, LATEST + 1)
    return chance * np.where(days <= 0, on_time / punctual, (1 - on_time) / (1 - punctual))


AS_PLANNED = lateness_of([(-1, 0), (0, 1_000_000)])
"""Everything comes on the day promised."""
