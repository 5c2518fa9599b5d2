"""Overviews: what people and agents look up in the books, in rows of names, counts and days."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo, SupplierCode


class NameKind(StrEnum):
    """What a name can be of."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    ITEM = "item"
    LOCATION = "location"


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A code and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownNames:
    """What the books call things, each list by code and as long as asked for at most. A site stands with the code of
    the location that ships from it."""

    as_of: date
    customers: tuple[Named, ...]
    suppliers: tuple[Named, ...]
    items: tuple[Named, ...]
    locations: tuple[Named, ...]
    sites: tuple[Named, ...]
    centers: tuple[Named, ...]


class LineStatus(StrEnum):
    """Order lines that still owe units; of these the ones whose promised day is past, or that known supply does not
    bring in time; or all there ever were."""

    OPEN = "open"
    LATE = "late"
    AT_RISK = "at_risk"
    ALL = "all"


class SupplyKind(StrEnum):
    """What brings units."""

    PURCHASE = "purchase"
    WORK = "work"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFilter:
    """Which order lines are wanted: due from `due_after` to `due_before`, both days included. With `keys` only these
    lines; `limit` is how many rows at most. Lines of quotes are left out unless `quotes`."""

    customer: CustomerCode | None = None
    item: ItemCode | None = None
    status: LineStatus = LineStatus.OPEN
    due_after: date | None = None
    due_before: date | None = None
    keys: Collection[tuple[OrderNo, int]] | None = None
    quotes: bool = False
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOverview:
    """An order line. `due` is the day planning works to: the promise, else the request."""

    order: OrderNo
    line: int
    customer: CustomerCode
    customer_name: str
    item: ItemCode
    item_name: str
    ordered: int
    open: int
    requested: date
    promised: date | None
    due: date
    state: str
    location: LocationCode


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyFilter:
    """Which open supply is wanted; `late` means due before that day."""

    item: ItemCode | None = None
    supplier: SupplierCode | None = None
    kind: SupplyKind | None = None
    late: date | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyOverview:
    """A line of open supply. `origin` is where a transfer leaves from, `supplier` whom a purchase is from."""

    kind: SupplyKind
    number: str
    line: int
    item: ItemCode
    location: LocationCode
    open: int
    due: date
    stage: str
    supplier: SupplierCode | None = None
    origin: LocationCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StockOverview:
    """An item at a location: `free` is on hand less reserved and blocked, below 0 where more is taken than there is."""

    item: ItemCode
    location: LocationCode
    on_hand: int
    reserved: int
    blocked: int

    @property
    def free(self) -> int:
        """Units nobody holds."""
        return self.on_hand - self.reserved - self.blocked


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTotals:
    """Open order lines: how many, how many of them are past their day, units owed, and what they are worth."""

    lines: int
    late: int
    units: int
    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferOverview:
    """What a supplier offers for an item."""

    supplier: SupplierCode
    item: ItemCode
    lead_time_days: int
    unit_price: Decimal
    minimum_order: int
    multiple: int
    priority: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliveries:
    """How a supplier has delivered since a day: deliveries, those on the day counted on or before, days late of the
    others together."""

    since: date
    count: int
    on_time: int
    days_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AvailableStep:
    """From a day on so many units of an item at a place can be promised; `projected` is the balance itself."""

    on: date
    units: int
    projected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceDay:
    """A day on which the projected balance of an item changes: units that come, units needed, and what is left. Below
    zero so many are short until more comes. On the first day `comes` holds what lies there."""

    on: date
    comes: int
    needed: int
    balance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAvailability:
    """What can be promised of an item from a place, from the business date on, and its projected balance day by day.
    `place` names the first location of those that share their stock."""

    place: LocationCode
    steps: tuple[AvailableStep, ...]
    balance: tuple[BalanceDay, ...]
    days_left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRisk:
    """An open order line that known supply does not bring in time: when all of it is there (None: no day is known) and
    units nothing covers."""

    order: OrderNo
    line: int
    projected: date | None
    short: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSeen:
    """The last scan: the business date it was for, when it ran and what it was told to assume."""

    as_of: date
    at: datetime
    rules: tuple[tuple[str, str], ...]
    open_cases: tuple[tuple[str, int], ...]
