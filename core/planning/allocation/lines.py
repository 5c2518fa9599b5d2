"""A line in a backorder run: what it wants, what it has, and what a run may do with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.domain.order_terms import Strategy
from core.planning.allocation.ledger import Portion


@dataclass(frozen=True, slots=True, kw_only=True)
class Backorder:
    """A line in a run: what it wants from which day on, and what is confirmed to it now.

    Lower `rank` is served first where lines are served in turn. Where they share, `weight` is that of the quota it is
    in, and `shipped` counts for the percent of its order that it ends at. `allowed` caps what it may have; a locked
    line is skipped whatever its strategy.
    """

    key: str
    quantity: int
    requested: int
    confirmed: tuple[Portion, ...]
    strategy: Strategy
    rank: tuple[int, ...] = ()
    locked: bool = False
    allowed: int | None = None
    weight: int = 0
    shipped: int = 0

    @property
    def way(self) -> Strategy:
        """The strategy it is treated by."""
        return Strategy.SKIP if self.locked else self.strategy

    @property
    def most(self) -> int:
        """The units it may have at most."""
        return self.quantity if self.allowed is None else min(self.quantity, self.allowed)


def units_of(portions: Iterable[Portion]) -> int:
    """All units of these portions."""
    return sum(portion.quantity for portion in portions)


def first_day(line: Backorder, floor: Sequence[Portion]) -> int:
    """The first day the line may be given units: the one wanted, or an earlier one it has already."""
    return min((line.requested, *(portion.day for portion in floor)))
