"""Lots: units that came or were made together, whether they may be used, and which to take first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import ItemCode, LocationCode, LotCode, PurchaseOrderNo, SupplierCode, WorkOrderNo


class LotStatus(StrEnum):
    """Whether a lot may be used. Only an available one is reserved, shipped or built in."""

    AVAILABLE = "available"
    HOLD = "hold"
    EXPIRED = "expired"
    SCRAPPED = "scrapped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """A lot and where it is from; `expires_on` is its last good day. `origin` is the country of its material."""

    code: LotCode
    item: ItemCode
    status: LotStatus = LotStatus.AVAILABLE
    received_on: date | None = None
    expires_on: date | None = None
    supplier: SupplierCode | None = None
    supplier_lot: str = ""
    purchase_order: PurchaseOrderNo | None = None
    work_order: WorkOrderNo | None = None
    origin: str = ""
    unit_cost: Decimal | None = None

    def usable_on(self, day: date, *, remaining_days: int = 0) -> bool:
        """Whether the lot may be used and still has so many days to live on the day."""
        if self.status is not LotStatus.AVAILABLE:
            return False
        return self.expires_on is None or self.expires_on >= day + timedelta(days=remaining_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class LotUnits:
    """How many units of a lot are at a location, as another system counts them."""

    lot: LotCode
    location: LocationCode
    on_hand: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LotStock:
    """Units of a lot at a location."""

    lot: Lot
    location: LocationCode
    on_hand: int
    reserved: int = 0

    @property
    def free(self) -> int:
        """Units not reserved."""
        return self.on_hand - self.reserved


def first_expired_first_out(
    stock: Iterable[LotStock], quantity: int, *, on: date, remaining_days: int = 0
) -> tuple[tuple[tuple[LotCode, int], ...], int]:
    """Which units of which lots to take, and how many are missing.

    The lot that expires first is taken first, then the one received first, then by code;
    one without an end comes last. `remaining_days` is the shelf life a customer wants to have left on the day.
    """
    usable = (part for part in stock if part.free > 0 and part.lot.usable_on(on, remaining_days=remaining_days))
    taken, missing = list[tuple[LotCode, int]](), quantity
    for part in sorted(usable, key=_age):
        if missing == 0:
            break
        units = min(part.free, missing)
        taken.append((part.lot.code, units))
        missing -= units
    return tuple(taken), missing


def _age(part: LotStock) -> tuple[date, date, LotCode]:
    return (part.lot.expires_on or date.max, part.lot.received_on or date.min, part.lot.code)
