"""Planned orders: supply that planning suggests, on which nothing is promised until somebody firms it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.domain.checking_values import checked
from core.domain.errors import InvalidValueError
from core.domain.ids import ItemCode, LocationCode, SupplierCode


class PlannedKind(StrEnum):
    """What a planned order becomes."""

    PURCHASE = "purchase"
    WORK = "work"
    TRANSFER = "transfer"


class PlannedState(StrEnum):
    """A planned order waits, became an order, or was dropped."""

    PLANNED = "planned"
    FIRMED = "firmed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedOrder:
    """A suggestion to buy, make or move. `firmed_as` is the number of the order it became."""

    number: str
    kind: PlannedKind
    item: ItemCode
    location: LocationCode
    quantity: int
    start: date
    due: date
    supplier: SupplierCode | None = None
    origin: LocationCode | None = None
    promisable: bool = False
    state: PlannedState = PlannedState.PLANNED
    firmed_as: str | None = None
    version: int = 1

    def __post_init__(self) -> None:
        checked(self)
        if self.quantity < 1:
            raise InvalidValueError(f"quantity {self.quantity!r} is not one; accepted is 1 or more", field="quantity")
        if self.start > self.due:
            raise InvalidValueError(
                f"start {self.start} is after due {self.due}; accepted is a start up to the due date", field="start"
            )
        if (self.kind is PlannedKind.TRANSFER) != (self.origin is not None):
            raise InvalidValueError(
                f"origin {self.origin!r} of a {self.kind.value} order means nothing; a transfer has one, no other has",
                field="origin",
            )
        if self.supplier is not None and self.kind is not PlannedKind.PURCHASE:
            raise InvalidValueError(
                f"supplier {self.supplier!r} of a {self.kind.value} order means nothing; only a purchase has one",
                field="supplier",
            )
