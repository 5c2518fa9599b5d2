"""How one need may be shared out among suppliers: bounds of the policy."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How an award may be shared out, in percent of all its units: no supplier gets more than `largest_share`, and each
    that gets any gets `least_share`."""

    largest_share: int = 100
    least_share: int = 0

    def allow(self, units: Sequence[int]) -> bool:
        """Whether the units by supplier keep to them."""
        total = sum(units)
        return all(
            100 * one <= self.largest_share * total and 100 * one >= self.least_share * total for one in units if one
        )


FREE = Bounds()
