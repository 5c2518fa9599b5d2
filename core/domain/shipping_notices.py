"""Advance ship notices: what a supplier says has left, on which carrier, and when it arrives."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.domain.ids import PurchaseOrderNo, SupplierCode


class NoticeState(StrEnum):
    """A notice was announced, all of it was received, or it was taken back."""

    ANNOUNCED = "announced"
    RECEIVED = "received"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """Units of a purchase order line, of one lot where the supplier names it."""

    order: PurchaseOrderNo
    line: int
    quantity: int
    received: int = 0
    lot: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippingNotice:
    """One notice of a supplier; `number` is the supplier's."""

    supplier: SupplierCode
    number: str
    carrier: str
    tracking: str = ""
    shipped_on: date
    eta: date
    lines: tuple[NoticeLine, ...]
    state: NoticeState = NoticeState.ANNOUNCED

    def on_the_way(self, order: PurchaseOrderNo) -> int:
        """Units of a purchase order that were announced and have not arrived."""
        if self.state is not NoticeState.ANNOUNCED:
            return 0
        return sum(x.quantity - x.received for x in self.lines if x.order == order)

    def announced(self, order: PurchaseOrderNo, line: int) -> int:
        """Units of a purchase order line that were announced and have not arrived."""
        if self.state is not NoticeState.ANNOUNCED:
            return 0
        mine = (x for x in self.lines if (x.order, x.line) == (order, line))
        return sum(x.quantity - x.received for x in mine)
