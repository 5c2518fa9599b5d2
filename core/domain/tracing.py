"""One step of the way of material: from a supplier's receipt through production to a customer, or back."""

from dataclasses import dataclass
from datetime import date

from core.domain.ids import ItemCode, LocationCode, LotCode, OrderNo, SerialNo


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceStep:
    """A move of a lot or serial number; `depth` is how many times something was made in between."""

    depth: int
    item: ItemCode
    lot: LotCode | None
    serials: tuple[SerialNo, ...]
    origin: LocationCode
    destination: LocationCode
    quantity: int
    document: str
    moved_on: date
    order: OrderNo | None = None
    line: int | None = None
