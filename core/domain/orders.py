"""Sales, purchase, work and transfer orders, and the promises made on order lines."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import (
    CustomerCode,
    ItemCode,
    LocationCode,
    OrderNo,
    PurchaseOrderNo,
    SupplierCode,
    TransferOrderNo,
    WorkOrderNo,
)
from core.domain.order_life import OrderState
from core.domain.order_terms import Channel, OrderKind, PaymentState, SetRule, Strategy


class SupplyState(StrEnum):
    """What a purchase, work or transfer order is to planning, which counts the open ones; a draft is not sent yet."""

    DRAFT = "draft"
    OPEN = "open"
    RECEIVED = "received"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesOrder:
    """A customer's order; its lines carry the dates. `entry_sequence` is the order in which orders were taken.

    `version` counts what the order said; its state moves without a new one. `address` is the customer's code of the
    place it goes to (an unknown one is a reason to hold it), `minimum_value` the least a shipment may be worth.
    `source` is the recurring order it comes from.
    """

    number: OrderNo
    customer: CustomerCode
    customer_po: str
    channel: Channel
    order_date: date
    currency: str
    ship_from: LocationCode
    priority: int
    entry_sequence: int
    state: OrderState = OrderState.DRAFT
    version: int = 1
    kind: OrderKind = OrderKind.ORDER
    address: str | None = None
    ship_complete: bool = False
    allow_partial: bool = True
    allow_substitution: bool = False
    minimum_value: Decimal = Decimal(0)
    payment_terms: str = ""
    payment_state: PaymentState = PaymentState.OPEN
    quote_expires_on: date | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesOrderLine:
    """One line: what, how many, at what price and by when. `first_promised` never changes once set.

    Later than `latest_acceptable` the customer does not want it; open after `cancel_after` it is cancelled. Lines of
    one `line_set` leave or arrive together. Fewer than `minimum_shipment` units are not sent on their own. `node` is
    the place it leaves from when that is not the order's. `held_from` is the state a line on hold was in before.
    """

    order: OrderNo
    line: int
    item: ItemCode
    ordered: int
    shipped: int = 0
    cancelled: int = 0
    unit_price: Decimal
    requested: date
    first_promised: date | None = None
    promised: date | None = None
    state: OrderState = OrderState.DRAFT
    held_from: OrderState | None = None
    latest_acceptable: date | None = None
    cancel_after: date | None = None
    line_set: str | None = None
    set_rule: SetRule | None = None
    minimum_shipment: int = 1
    strategy: Strategy = Strategy.IMPROVE
    node: LocationCode | None = None
    delivered: int = 0
    invoiced: int = 0
    returned: int = 0

    @property
    def open_quantity(self) -> int:
        """Units still owed."""
        return self.ordered - self.shipped - self.cancelled

    @property
    def due(self) -> date:
        """The date planning works to: the current promise, else the request."""
        return self.promised or self.requested


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseOrder:
    """An order on a supplier."""

    number: PurchaseOrderNo
    supplier: SupplierCode
    order_date: date
    currency: str
    state: SupplyState = SupplyState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseOrderLine:
    """What is coming from the supplier, where it arrives and when it is due there."""

    order: PurchaseOrderNo
    line: int
    item: ItemCode
    location: LocationCode
    ordered: int
    received: int = 0
    unit_price: Decimal
    due: date

    @property
    def open_quantity(self) -> int:
        """Units still to come."""
        return self.ordered - self.received


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOrder:
    """An order to make an item. With `components_issued` its components have left stock already."""

    number: WorkOrderNo
    item: ItemCode
    location: LocationCode
    ordered: int
    completed: int = 0
    start: date
    due: date
    components_issued: bool = False
    state: SupplyState = SupplyState.OPEN

    @property
    def open_quantity(self) -> int:
        """Units still to be made."""
        return self.ordered - self.completed


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferOrder:
    """Units on their way, or waiting to leave (reserved at the origin), from one location to another."""

    number: TransferOrderNo
    item: ItemCode
    origin: LocationCode
    destination: LocationCode
    quantity: int
    ship_on: date
    due: date
    shipped: bool = False
    state: SupplyState = SupplyState.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseRecord:
    """One entry of the append-only history of a line's promise."""

    order: OrderNo
    line: int
    old: date | None
    new: date
    reason: str
    proposal: str | None = None
