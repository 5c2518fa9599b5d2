"""Lists of items, locations, stock, its moves and what is reserved."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import ItemCode, LocationCode, LotCode, OrderNo
from core.domain.items import LocationKind
from core.domain.stock import ReservationKind, ReservationState


class ItemSort(StrEnum):
    """What items may be sorted by."""

    CODE = "code"
    NAME = "name"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFilter:
    """Which items are wanted; `said` is part of a code or a name, in any case; `in_use` False are those that a later
    pack no longer had."""

    code: ItemCode | None = None
    said: str | None = None
    make: bool | None = None
    finished_good: bool | None = None
    in_use: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedItem:
    """An item: `lead_time_days` are calendar days, `list_price` is a unit's, in the company's currency."""

    code: ItemCode
    name: str
    unit: str
    make: bool
    finished_good: bool
    list_price: Decimal
    safety_stock: int
    lead_time_days: int
    lot_control: str
    in_use: bool


class LocationSort(StrEnum):
    """What locations may be sorted by."""

    CODE = "code"
    SITE = "site"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationFilter:
    """Which locations are wanted; those that only balance the ledger are none. `sites` are those somebody sees."""

    code: LocationCode | None = None
    site: str | None = None
    sites: frozenset[str] | None = None
    kind: LocationKind | None = None
    may_ship: bool | None = None
    in_use: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedLocation:
    """A location of the company, or of somebody who keeps its stock."""

    code: LocationCode
    site: str
    name: str
    kind: LocationKind
    may_ship: bool
    pick_up: bool
    takes_returns: bool
    region: str
    country: str
    in_use: bool


class BalanceSort(StrEnum):
    """What balances may be sorted by: item and location, location and item, units nobody holds."""

    ITEM = "item"
    LOCATION = "location"
    FREE = "free"


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceFilter:
    """Which balances are wanted; with `below_safety` those where fewer units are free than the item's safety stock."""

    item: ItemCode | None = None
    location: LocationCode | None = None
    site: str | None = None
    below_safety: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedBalance:
    """Units of an item at a location. `free` is on hand less reserved and blocked."""

    item: ItemCode
    item_name: str
    unit: str
    location: LocationCode
    site: str
    on_hand: int
    reserved: int
    blocked: int
    free: int
    safety_stock: int


class MoveSort(StrEnum):
    """Moves come in the order they were recorded."""

    RECORDED = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFilter:
    """Which moves are wanted: `location` is where from or where to, `document` what the move was for."""

    item: ItemCode | None = None
    location: LocationCode | None = None
    document: str | None = None
    reason: str | None = None
    order: OrderNo | None = None
    moved_after: date | None = None
    moved_before: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedMove:
    """Units that went from one location to another; places such as SUPPLIER and CUSTOMER are outside the company."""

    number: int
    item: ItemCode
    origin: LocationCode
    destination: LocationCode
    quantity: int
    reason: str
    document: str
    lot: LotCode | None
    order: OrderNo | None
    line: int | None
    moved_on: date
    recorded_at: datetime


class ReservationSort(StrEnum):
    """Reservations come in the order they were made."""

    RECORDED = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservationFilter:
    """Which reservations are wanted; `document` is the reference each is known by."""

    item: ItemCode | None = None
    location: LocationCode | None = None
    document: str | None = None
    order: OrderNo | None = None
    kind: ReservationKind | None = None
    state: ReservationState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedReservation:
    """A claim on stock: `taken` of its units have left stock for it already."""

    number: int
    item: ItemCode
    location: LocationCode
    quantity: int
    taken: int
    kind: ReservationKind
    state: ReservationState
    document: str
    order: OrderNo | None
    line: int | None
    lot: LotCode | None
    expires_at: datetime | None
    recorded_at: datetime
