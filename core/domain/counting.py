"""Cycle counts: what somebody found at a place, against the books, and who may say that the books are wrong."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import ItemCode, LocationCode, LotCode, OrderNo, UserName


class CountState(StrEnum):
    """The life of a count sheet."""

    OPEN = "open"
    COUNTED = "counted"
    POSTED = "posted"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine:
    """An item, or a lot of it, to count. `expected` is what the books said when it was counted: the sheet is blind."""

    line: int
    item: ItemCode
    lot: LotCode | None = None
    expected: int | None = None
    counted: int | None = None
    reason: str = ""

    @property
    def difference(self) -> int:
        """Units found beyond what was expected, negative when some are missing."""
        return 0 if self.counted is None or self.expected is None else self.counted - self.expected


@dataclass(frozen=True, slots=True, kw_only=True)
class CountSheet:
    """A count of a location, as far as it has come."""

    code: str
    location: LocationCode
    state: CountState
    tolerance_percent: Decimal
    opened_by: UserName
    opened_at: datetime
    counted_by: UserName | None = None
    approved_by: UserName | None = None
    version: int = 1
    lines: tuple[CountLine, ...] = ()

    @property
    def needs_another(self) -> bool:
        """Whether a difference is beyond what the person who counted may post alone."""
        return any(_beyond(line, self.tolerance_percent) for line in self.lines)


def _beyond(line: CountLine, percent: Decimal) -> bool:
    return abs(line.difference) * 100 > percent * (line.expected or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StockLoss:
    """Units an order line had reserved and lost, because a count or an adjustment (`document`) found fewer."""

    document: str
    item: ItemCode
    location: LocationCode
    order: OrderNo
    line: int
    units: int
