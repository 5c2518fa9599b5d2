"""Items, the places they are kept, what they are made of and the lanes between places."""

from dataclasses import dataclass
from decimal import Decimal

from core.domain.ids import ItemCode, LocationCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something sold, made or bought. `lead_time_days` is the make or default buy lead time in days."""

    code: ItemCode
    name: str
    unit: str = "EA"
    make: bool = False
    finished_good: bool = False
    standard_cost: Decimal = Decimal(0)
    list_price: Decimal = Decimal(0)
    safety_stock: int = 0
    lead_time_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place that holds stock. Locations of one `site` share stock for production without a transfer order."""

    code: LocationCode
    site: str
    name: str
    may_ship: bool = False


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """A way to move stock between two locations: days in transit, a fixed charge and a charge a unit."""

    origin: LocationCode
    destination: LocationCode
    days: int
    fixed_cost: Decimal
    unit_cost: Decimal
