"""Events: what one thing changes in the books, small enough to be followed without reading the books again.

Items, locations, customers and suppliers are positions in the snapshot; orders are named by their keys. What an event
leaves out (None) stays as it is.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAdded:
    """An open order line more; prices in ten-thousandths, days as day numbers, penalty in hundredths of a percent."""

    order: str
    line: int
    item: int
    location: int
    quantity: int
    due: int
    requested: int
    order_date: int
    entry: int
    priority: int
    price: int
    penalty: int
    customer: int
    held: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChanged:
    """An open order line is for something else, elsewhere, another day or another price, or holds other units."""

    order: str
    line: int
    item: int | None = None
    location: int | None = None
    quantity: int | None = None
    due: int | None = None
    price: int | None = None
    held: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRemoved:
    """An order line is open no more."""

    order: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StockSet:
    """So many units of an item are available at a location from now on."""

    item: int
    location: int
    available: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyAdded:
    """A supply line more; `start` is the day a work order takes its components, the due day for other kinds."""

    kind: int
    number: str
    item: int
    location: int
    quantity: int
    due: int
    start: int
    line: int = 1
    supplier: int = -1
    issued: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyChanged:
    """An open supply line brings other units or comes, or starts, on another day."""

    kind: int
    number: str
    line: int = 1
    quantity: int | None = None
    due: int | None = None
    start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyRemoved:
    """A supply line is open no more."""

    kind: int
    number: str
    line: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltWith:
    """A work order takes another component: `ratio` millionths of the alternate do the work of one."""

    number: str
    component: int
    alternate: int
    ratio: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLead:
    """Buying an item from a supplier takes so many days; `lead_days` is the shortest over all its suppliers."""

    item: int
    supplier: int
    days: int
    lead_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesSet:
    """A work centre works so many minutes on a day, counted from the business date."""

    center: int
    day: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """A work order has booked these minutes (work centre, day number, minutes, rising) instead of those it had."""

    number: str
    rows: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedDropped:
    """Orders that were planned for promises, and placed by nobody, go."""

    numbers: frozenset[str]


Event: TypeAlias = (
    LineAdded
    | LineChanged
    | LineRemoved
    | StockSet
    | SupplyAdded
    | SupplyChanged
    | SupplyRemoved
    | BuiltWith
    | SourceLead
    | MinutesSet
    | Booked
    | PlannedDropped
)
