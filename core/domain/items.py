"""Items, the places they are kept, what they are made of and the lanes between places."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import CalendarCode, CustomerCode, ItemCode, LocationCode


class LotControl(StrEnum):
    """How units of an item are told apart: not at all, by lot, or each by its serial number."""

    NONE = "none"
    LOT = "lot"
    SERIAL = "serial"


class LocationKind(StrEnum):
    """What a location is; a store takes pick-ups, a third party keeps and ships for us."""

    PLANT = "plant"
    WAREHOUSE = "warehouse"
    STORE = "store"
    THIRD_PARTY = "third_party"


class AlternateScope(StrEnum):
    """Where an alternate may take an item's place: sold to a customer, or built into a parent."""

    FINISHED = "finished"
    COMPONENT = "component"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something sold, made or bought. `lead_time_days` is the make or default buy lead time in days.

    `safety_days` is safety lead time: supply is wanted so many days before its need. Made lots are of at least
    `minimum_lot`, in steps of `lot_multiple`. Inside the planning fence nothing new is planned, inside the demand fence
    orders are frozen. A phantom is never stocked: its components go straight into its parent. Weight is grams a unit.
    """

    code: ItemCode
    name: str
    unit: str = "EA"
    make: bool = False
    finished_good: bool = False
    standard_cost: Decimal = Decimal(0)
    list_price: Decimal = Decimal(0)
    safety_stock: int = 0
    lead_time_days: int = 0
    lot_control: LotControl = LotControl.NONE
    shelf_life_days: int | None = None
    minimum_lot: int = 1
    lot_multiple: int = 1
    maximum_lot: int | None = None
    safety_days: int = 0
    planning_fence_days: int = 0
    demand_fence_days: int = 0
    made_to_order: bool = False
    phantom: bool = False
    weight: int = 0
    tariff_code: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place that holds stock. Locations of one `site` share stock for production without a transfer order.

    What is released by `cut_off` ("16:00", site time) leaves the same working day; at most `lines_a_day` order lines
    are picked a day. Handling is charged a shipment, an order line and a unit. The lower `node_priority` is preferred.
    """

    code: LocationCode
    site: str
    name: str
    may_ship: bool = False
    kind: LocationKind = LocationKind.WAREHOUSE
    calendar: CalendarCode | None = None
    cut_off: str = "16:00"
    lines_a_day: int | None = None
    region: str = ""
    country: str = ""
    node_priority: int = 1
    pick_up: bool = False
    takes_returns: bool = False
    shipment_cost: Decimal = Decimal(0)
    line_cost: Decimal = Decimal(0)
    handling_cost: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class StockBalance:
    """Units of an item at a location: on hand, and of these reserved."""

    item: ItemCode
    location: LocationCode
    on_hand: int
    reserved: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BomComponent:
    """One unit of `parent` takes `quantity_per` of `component`, more by the scrap fraction."""

    parent: ItemCode
    component: ItemCode
    quantity_per: Decimal
    scrap: Decimal = Decimal(0)
    revision: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    operation: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAlternate:
    """`ratio` units of `alternate` do the work of one `item`; the lowest priority is tried first."""

    item: ItemCode
    alternate: ItemCode
    scope: AlternateScope
    ratio: Decimal = Decimal(1)
    priority: int = 1
    valid_from: date | None = None
    valid_to: date | None = None
    approval_needed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitConversion:
    """One `unit` of an item, such as CTN, is `base_units` of its base unit, exactly."""

    item: ItemCode
    unit: str
    base_units: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerItem:
    """A customer's own number for one of our items."""

    customer: CustomerCode
    number: str
    item: ItemCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A way to move stock between two locations: days in transit, a fixed charge and a charge a unit."""

    origin: LocationCode
    destination: LocationCode
    days: int
    fixed_cost: Decimal
    unit_cost: Decimal
