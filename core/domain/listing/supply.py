"""Lists of purchase, work, transfer and planned orders."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import ItemCode, LocationCode, OrderNo, PurchaseOrderNo, SupplierCode, TransferOrderNo, WorkOrderNo
from core.domain.orders import SupplyState
from core.domain.planned_orders import PlannedKind, PlannedState
from core.domain.supply_life import PurchaseStage, TransferStage, WorkStage


class SupplySort(StrEnum):
    """What orders on supply may be sorted by: their number, the day they are due. Of a purchase order that is the
    earliest day a line of it is still to come."""

    NUMBER = "number"
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseFilter:
    """Which purchase orders are wanted. `item`, `location`, the days due and `late_only` are of one line that meets
    them all and, where it is due or late, is still to come."""

    number: PurchaseOrderNo | None = None
    supplier: SupplierCode | None = None
    item: ItemCode | None = None
    location: LocationCode | None = None
    stage: PurchaseStage | None = None
    state: SupplyState | None = None
    due_after: date | None = None
    due_before: date | None = None
    late_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPurchase:
    """A purchase order with the sums of its lines: `open` units still to come, `due` the earliest day of them, `value`
    what all of it costs, in its own currency."""

    number: PurchaseOrderNo
    supplier: SupplierCode
    supplier_name: str
    order_date: date
    currency: str
    state: SupplyState
    stage: PurchaseStage
    version: int
    lines: int
    open: int
    due: date | None
    late: bool
    value: Decimal


class PurchaseLineSort(StrEnum):
    """What lines of purchase orders may be sorted by."""

    ORDER = "order"
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseLineFilter:
    """Which lines of purchase orders are wanted; `open_only` those still to come."""

    order: PurchaseOrderNo | None = None
    supplier: SupplierCode | None = None
    item: ItemCode | None = None
    location: LocationCode | None = None
    open_only: bool = False
    due_after: date | None = None
    due_before: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPurchaseLine:
    """A line of a purchase order: `due` is the day counted on, `requested` the one first asked for where it moved.
    With a sales order the supplier ships to the customer."""

    order: PurchaseOrderNo
    line: int
    supplier: SupplierCode
    item: ItemCode
    location: LocationCode
    ordered: int
    received: int
    confirmed: int | None
    unit_price: Decimal
    due: date
    requested: date | None
    sales_order: OrderNo | None
    sales_line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFilter:
    """Which work orders are wanted; `late_only` those not finished past their day."""

    number: WorkOrderNo | None = None
    item: ItemCode | None = None
    location: LocationCode | None = None
    stage: WorkStage | None = None
    state: SupplyState | None = None
    due_after: date | None = None
    due_before: date | None = None
    late_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedWork:
    """A work order."""

    number: WorkOrderNo
    item: ItemCode
    location: LocationCode
    ordered: int
    completed: int
    scrapped: int
    start: date
    due: date
    late: bool
    state: SupplyState
    stage: WorkStage
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferFilter:
    """Which transfer orders are wanted; `location` is where from or where to."""

    number: TransferOrderNo | None = None
    item: ItemCode | None = None
    location: LocationCode | None = None
    stage: TransferStage | None = None
    state: SupplyState | None = None
    due_after: date | None = None
    due_before: date | None = None
    late_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedTransfer:
    """A transfer order; `lost` units went missing on the way."""

    number: TransferOrderNo
    item: ItemCode
    origin: LocationCode
    destination: LocationCode
    quantity: int
    received: int
    lost: int
    ship_on: date
    due: date
    late: bool
    state: SupplyState
    stage: TransferStage
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFilter:
    """Which planned orders are wanted."""

    number: str | None = None
    kind: PlannedKind | None = None
    item: ItemCode | None = None
    location: LocationCode | None = None
    supplier: SupplierCode | None = None
    state: PlannedState | None = None
    due_after: date | None = None
    due_before: date | None = None
