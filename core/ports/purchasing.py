"""What the services need of buying: orders and their lines, answers, prices to decide, notices and receipts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from core.domain.ids import PurchaseOrderNo, SupplierCode, UserName
from core.domain.purchasing import (
    ConfirmedLine,
    DecisionState,
    PriceChange,
    Purchase,
    PurchaseLine,
    Receipt,
)
from core.domain.robustness import PlaceRecord, TrackRecord
from core.domain.scorecards import BoughtLine
from core.domain.shipping_notices import ShippingNotice
from core.domain.supply_life import PurchaseStage


class PurchasingStore(Protocol):
    """Purchase orders as they are worked on; `lock` holds the order until the transaction ends."""

    def order(self, number: PurchaseOrderNo) -> Purchase: ...
    def lock(self, number: PurchaseOrderNo, *, version: int | None = None) -> Purchase:
        """The order; ConflictError when it is not at the version any more."""
        ...

    def lines(self, number: PurchaseOrderNo) -> tuple[PurchaseLine, ...]: ...
    def add(self, order: Purchase, lines: Sequence[PurchaseLine]) -> None: ...
    def advance(self, number: PurchaseOrderNo, *, to: PurchaseStage, why: str) -> None:
        """A step in the life of an order; to where it is already changes nothing. IllegalTransitionError."""
        ...

    def save_lines(self, number: PurchaseOrderNo, lines: Sequence[PurchaseLine], *, why: str) -> None:
        """What lines say from now on, and the next version of the order."""
        ...

    def record_answer(
        self, number: PurchaseOrderNo, *, reference: str, source: str, lines: Sequence[ConfirmedLine]
    ) -> None:
        """Keep a supplier's answer; ConflictError when there is one of that reference."""
        ...

    def answers(self, number: PurchaseOrderNo) -> tuple[tuple[str, datetime, tuple[ConfirmedLine, ...]], ...]: ...


class PriceChangeStore(Protocol):
    """Prices that differ from what was ordered at."""

    def add(self, change: PriceChange) -> None:
        """Keep a change; it takes the place of one of the line that is pending."""
        ...

    def of_order(self, number: PurchaseOrderNo) -> tuple[PriceChange, ...]: ...
    def pending(self) -> tuple[PriceChange, ...]: ...
    def decide(self, change: PriceChange, *, to: DecisionState, by: UserName, comment: str) -> None:
        """Settle the pending change of the line; ConflictError when it is not pending any more."""
        ...


class ReceivingStore(Protocol):
    """What is on its way from suppliers and what arrived."""

    def announce(self, notice: ShippingNotice) -> None:
        """A new notice; ConflictError when the supplier sent one of that number before."""
        ...

    def notice(self, supplier: SupplierCode, number: str) -> ShippingNotice: ...
    def notices_of(self, number: PurchaseOrderNo) -> tuple[ShippingNotice, ...]: ...
    def withdraw(self, supplier: SupplierCode, number: str) -> None: ...
    def receive(self, receipt: Receipt, *, most: int, supplier: SupplierCode, notice: str | None) -> None:
        """Count units on the line, and on the notice; ConflictError beyond `most` units in all."""
        ...

    def receipts(self, number: PurchaseOrderNo) -> tuple[Receipt, ...]: ...
    def track_records(self, *, since: date) -> tuple[TrackRecord, ...]:
        """How every supplier has delivered since a day, by code; the parts of a line that came on one day are one
        delivery."""
        ...

    def bought_lines(self, *, first: date, last: date, supplier: SupplierCode | None = None) -> tuple[BoughtLine, ...]:
        """The lines of purchase orders that were sent, counted on from the first to the last day, with what was
        answered, charged and brought; of a supplier or of all, by order and line."""
        ...

    def place_records(self, *, since: date) -> tuple[PlaceRecord, ...]:
        """How work orders and transfers have come at every location since a day, by code; the parts of an order that
        came on one day are one."""
        ...
