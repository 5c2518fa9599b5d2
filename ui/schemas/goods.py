"""What travels when goods are listed: items, locations, stock, its moves, reservations, and what can be promised."""

from datetime import date, datetime
from decimal import Decimal

from pydantic import Field

from core.domain.items import LocationKind
from core.domain.stock import ReservationKind, ReservationState
from ui.schemas import Reply
from ui.schemas.listing import Code, Filters, ListReply, Told
from ui.values import Day


class ItemQuery(Filters):
    """Which items are wanted."""

    said: Code | None = Field(default=None, description="Part of a code or name, in any case.", examples=["valve"])
    make: bool | None = Field(default=None, description="Made here, or bought.")
    finished_good: bool | None = None
    in_use: bool | None = None


class ItemReply(Told):
    """An item."""

    code: str
    name: str
    unit: str = Field(description="The base unit all quantities are in.", examples=["EA"])
    make: bool
    finished_good: bool
    list_price: Decimal = Field(description="Of one base unit, in the company's currency.")
    safety_stock: int
    lead_time_days: int
    lot_control: str
    in_use: bool


class ItemList(ListReply):
    """Items."""

    items: tuple[ItemReply, ...]


class LocationQuery(Filters):
    """Which locations are wanted."""

    site: Code | None = None
    kind: LocationKind | None = None
    may_ship: bool | None = None
    in_use: bool | None = None


class LocationReply(Told):
    """A location."""

    code: str
    site: str
    name: str
    kind: LocationKind
    may_ship: bool
    pick_up: bool
    takes_returns: bool
    region: str
    country: str
    in_use: bool


class LocationList(ListReply):
    """Locations."""

    items: tuple[LocationReply, ...]


class BalanceQuery(Filters):
    """Which balances are wanted."""

    item: Code | None = Field(default=None, examples=["V-300"])
    location: Code | None = Field(default=None, examples=["RENO"])
    site: Code | None = None
    below_safety: bool = Field(default=False, description="Only where fewer are free than the item's safety stock.")


class BalanceReply(Told):
    """Units of an item at a location."""

    item: str
    item_name: str
    unit: str
    location: str
    site: str
    on_hand: int
    reserved: int
    blocked: int = Field(description="On hand in lots that may not be used.")
    free: int = Field(description="On hand less reserved and blocked.")
    safety_stock: int


class BalanceList(ListReply):
    """What lies where."""

    items: tuple[BalanceReply, ...]


class MoveQuery(Filters):
    """Which moves of stock are wanted."""

    item: Code | None = None
    location: Code | None = Field(default=None, description="Where from or where to.")
    document: Code | None = Field(default=None, description="What it was moved for.", examples=["SHP-12"])
    reason: Code | None = None
    order: Code | None = None
    moved_after: Day | None = None
    moved_before: Day | None = None


class MoveReply(Told):
    """Units that went from one location to another; those in brackets, such as (supplier), are outside."""

    number: int
    item: str
    origin: str
    destination: str
    quantity: int
    reason: str
    document: str
    lot: str | None
    order: str | None
    line: int | None
    moved_on: date
    recorded_at: datetime


class MoveList(ListReply):
    """The ledger of stock."""

    items: tuple[MoveReply, ...]


class ReservationQuery(Filters):
    """Which reservations are wanted."""

    item: Code | None = None
    location: Code | None = None
    document: Code | None = Field(default=None, description="The reference it is known by.", examples=["CART-7/1"])
    order: Code | None = None
    kind: ReservationKind | None = None
    state: ReservationState | None = None


class ReservationEntry(Told):
    """A claim on stock; `taken` of its units have left stock for it already."""

    number: int
    item: str
    location: str
    quantity: int
    taken: int
    kind: ReservationKind
    state: ReservationState
    document: str
    order: str | None
    line: int | None
    lot: str | None
    expires_at: datetime | None
    recorded_at: datetime


class ReservationList(ListReply):
    """Claims on stock."""

    items: tuple[ReservationEntry, ...]


class StepReply(Told):
    """From a day on so many units can be promised; `projected` is the balance itself."""

    on: date
    units: int
    projected: int


class BalanceDayReply(Told):
    """A day on which the projected balance changes: what comes (on the first day also what lies there), what is needed,
    and what is left. Below zero so many units are short."""

    on: date
    comes: int
    needed: int
    balance: int


class PlaceReply(Told):
    """What can be promised from a place, and its projected balance; it names the first location of those that share
    their stock."""

    place: str
    steps: tuple[StepReply, ...]
    balance: tuple[BalanceDayReply, ...]
    days_left_out: int


class AvailabilityReply(Reply):
    """What can be promised of an item by known supply, day by day, without breaking a later promise."""

    item: str
    unit: str
    as_of: date
    until: date
    places: tuple[PlaceReply, ...]
    places_left_out: int
