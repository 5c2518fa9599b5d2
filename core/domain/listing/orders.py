"""Lists of sales orders, their lines and promises, holds, and customers."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.holds import HoldKind
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.order_life import OrderState
from core.domain.order_terms import Channel, OrderKind
from core.domain.overviews import LineStatus
from core.domain.promises import PromiseMade


class OrderSort(StrEnum):
    """What sales orders may be sorted by: their number, when they were entered, their own date, the earliest day a
    line was asked for, their value."""

    NUMBER = "number"
    ENTRY = "entry"
    ORDER_DATE = "order_date"
    REQUESTED = "requested"
    VALUE = "value"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFilter:
    """Which sales orders are wanted. `item`, the days due and `late_only` are of one line that meets them all: one
    that still owes units where it is due or late. Spans have both days in them."""

    number: OrderNo | None = None
    customer: CustomerCode | None = None
    customer_po: str | None = None
    state: OrderState | None = None
    kind: OrderKind | None = None
    channel: Channel | None = None
    ship_from: LocationCode | None = None
    item: ItemCode | None = None
    ordered_after: date | None = None
    ordered_before: date | None = None
    due_after: date | None = None
    due_before: date | None = None
    late_only: bool = False
    changed_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedOrder:
    """A sales order with the sums of its lines: `open` units still owed, `due` the earliest day one is due by, `late`
    how many lines are past it, `value` what all of it is worth that is not cancelled."""

    number: OrderNo
    customer: CustomerCode
    customer_name: str
    customer_po: str
    kind: OrderKind
    state: OrderState
    channel: Channel
    order_date: date
    currency: str
    ship_from: LocationCode
    priority: int
    version: int
    lines: int
    late: int
    open: int
    requested: date | None
    due: date | None
    value: Decimal


class LineSort(StrEnum):
    """What order lines may be sorted by: the day they are due, the day asked for, their order, their item."""

    DUE = "due"
    REQUESTED = "requested"
    ORDER = "order"
    ITEM = "item"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLineFilter:
    """Which lines are wanted: of orders, and of a quote where that is the `order`. Which are at risk is not here to be
    asked, planning finds those."""

    order: OrderNo | None = None
    line: int | None = None
    customer: CustomerCode | None = None
    item: ItemCode | None = None
    location: LocationCode | None = None
    status: LineStatus = LineStatus.ALL
    state: OrderState | None = None
    due_after: date | None = None
    due_before: date | None = None


class PromiseSort(StrEnum):
    """Promises come in the order they were made."""

    MADE = "made"


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseFilter:
    """Which entries of the history of promises are wanted."""

    order: OrderNo | None = None
    line: int | None = None
    customer: CustomerCode | None = None
    made_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPromise:
    """An entry of the history of a line's promise, and when it was made."""

    promise: PromiseMade
    made_at: datetime


class HoldSort(StrEnum):
    """What holds may be sorted by: when they were set, when they should be settled."""

    SET = "set"
    DUE = "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldFilter:
    """Which holds are wanted; `open` True those not released, False the others."""

    order: OrderNo | None = None
    customer: CustomerCode | None = None
    kind: HoldKind | None = None
    open: bool | None = None
    due_before: datetime | None = None


class CustomerSort(StrEnum):
    """What customers may be sorted by."""

    CODE = "code"
    NAME = "name"
    TIER = "tier"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerFilter:
    """Which customers are wanted; `said` is part of a code or a name, in any case; `in_use` False are those that a
    later pack no longer had."""

    code: CustomerCode | None = None
    said: str | None = None
    in_use: bool | None = None
    tier: int | None = None
    region: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCustomer:
    """A customer and its terms."""

    code: CustomerCode
    name: str
    tier: int
    region: str
    country: str
    ship_complete: bool
    allow_partial: bool
    allow_substitution: bool
    otif_target: Decimal
    payment_days: int
    in_use: bool
