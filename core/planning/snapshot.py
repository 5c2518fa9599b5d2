"""The columns the engine works on: one consistent reading of the books as numpy arrays.

Units: dates are day numbers (days since 1970-01-01, int32), quantities are base units (int64), prices and costs are
ten-thousandths of the company's currency (int64), quantities per parent are millionths (int64). References between
tables are positions (int32), never database keys, and -1 means none. Every table is sorted by its key, so that equal
books give equal arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Days: TypeAlias = NDArray[np.int32]
Positions: TypeAlias = NDArray[np.int32]
Flags: TypeAlias = NDArray[np.bool_]

PRICE_SCALE = 10_000
PER_PARENT_SCALE = 1_000_000
NEVER = 2**31 - 1
WORK_ORDER, PURCHASE_ORDER, TRANSFER_ORDER = 1, 2, 3
PLANNED_WORK, PLANNED_PURCHASE, PLANNED_TRANSFER = 4, 5, 6

_EPOCH = date(1970, 1, 1)
_LAST_DAY = (date.max - _EPOCH).days


def day_number(on: date) -> int:
    """Days since 1970-01-01."""
    return (on - _EPOCH).days


def day_of(number: int) -> date | None:
    """The date of a day number, None for NEVER and for a day after the year 9999, which no calendar has."""
    return None if number > _LAST_DAY else date_of(number)


def date_of(number: int) -> date:
    """The date of a day number that is not NEVER."""
    return _EPOCH + timedelta(days=int(number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """Per item, sorted by code. `lead_days` is days to make, or the shortest lead time of an approved supplier."""

    code: tuple[str, ...]
    make: Flags
    finished_good: Flags
    lead_days: Days
    safety_stock: Ints
    unit_cost: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Locations:
    """Per location, sorted by code. `site` numbers the sites; a site's stock serves production without a transfer."""

    code: tuple[str, ...]
    site: Positions
    may_ship: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Per open order line, sorted by (order, line). `penalty` is hundredths of a percent of the value a day late.
    `held` are units of the line reserved in stock, which nothing else need cover; where it is empty, none are."""

    order: Sequence[str]
    line: Positions
    item: Positions
    location: Positions
    quantity: Ints
    due: Days
    requested: Days
    order_date: Days
    entry: Ints
    priority: Positions
    price: Ints
    penalty: Ints
    customer: Positions
    held: Ints = field(default_factory=lambda: np.zeros(0, np.int64))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """Per (item, location), sorted: units on hand less those reserved for transfers."""

    item: Positions
    location: Positions
    available: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Per open work, purchase and transfer order line, sorted by (kind, number, line). `start` is the day a work order
    takes its components and a planned transfer leaves (the due day for the others); `issued` says that components were
    taken. The planned kinds are orders that promises rest on and that there is still time to place."""

    kind: NDArray[np.int8]
    number: Sequence[str]
    line: Positions
    item: Positions
    location: Positions
    quantity: Ints
    due: Days
    start: Days
    supplier: Positions
    issued: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Bom:
    """Per (parent, component), sorted. `per_parent` is millionths and includes scrap."""

    parent: Positions
    component: Positions
    per_parent: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """Per (origin, destination), sorted."""

    origin: Positions
    destination: Positions
    days: Days
    fixed_cost: Ints
    unit_cost: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Per (item, supplier) of approved and active suppliers, sorted."""

    item: Positions
    supplier: Positions
    lead_days: Days
    price: Ints
    minimum: Ints
    multiple: Ints
    maximum: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """Customers (code, name, tier) and suppliers (code, name), each sorted by code. `supplier_buffer` are the days that
    supply and lead times of each supplier are counted on after its word, already added to them; empty where none is."""

    customer: tuple[str, ...]
    customer_name: tuple[str, ...]
    customer_tier: Positions
    supplier: tuple[str, ...]
    supplier_name: tuple[str, ...]
    supplier_buffer: Days = field(default_factory=lambda: np.zeros(0, np.int32))


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTerms:
    """Row for row with Items, or empty: lots of one and no fence. Made lots are of `minimum` at least, in steps of
    `multiple`, of `maximum` at most; nothing new comes in before `fence` days from the business date; supply is wanted
    `safety_days` before its need where that can be had. A phantom is made as its parent is: it takes no time."""

    minimum: Ints
    multiple: Ints
    maximum: Ints
    safety_days: Days
    fence: Days
    phantom: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceTerms:
    """Row for row with Sources, or empty: all equal and open-ended. The lowest `priority` is tried first; `safety_days`
    come on top of the lead time; orders are placed from `valid_from` to `valid_to`; `location` is the only one
    delivered to, -1 for any."""

    priority: Positions
    safety_days: Days
    weekly_capacity: Ints
    valid_from: Days
    valid_to: Days
    location: Positions


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneTerms:
    """Row for row with Lanes, or empty: all equal. Lowest `priority` first; `item` is the only one moved, -1 any."""

    priority: Positions
    item: Positions


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAlternates:
    """Per (item, priority, alternate), sorted: `ratio` millionths of the alternate do the work of one item, sold
    (`component` false) or built in (true)."""

    item: Positions
    alternate: Positions
    component: Flags
    ratio: Ints
    priority: Positions
    valid_from: Days
    valid_to: Days
    approval: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltInstead:
    """Per (number, component) of open work orders that are built with another item than their bill of materials says,
    sorted: `ratio` millionths of the alternate do the work of one component."""

    number: tuple[str, ...]
    component: Positions
    alternate: Positions
    ratio: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCenters:
    """Per work centre, sorted by code: `minutes[centre, day]` of work on each day from the business date on, with the
    overtime decided."""

    code: tuple[str, ...]
    location: Positions
    minutes: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Operations:
    """Per (item, sequence), sorted. `unit` is millionths of a minute, `good` millionths of what goes in."""

    item: Positions
    sequence: Positions
    center: Positions
    setup: Ints
    unit: Ints
    good: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationAlternates:
    """Per (operation, priority, centre), sorted: `operation` is a row of Operations, `factor` millionths of its
    time."""

    operation: Positions
    center: Positions
    priority: Positions
    factor: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookings:
    """Per (work order, work centre, day from the business date on), sorted: minutes that are booked."""

    number: tuple[str, ...]
    center: Positions
    day: Days
    minutes: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Units promised that no open order line asks for, such as quotes: counted when promising, never scanned."""

    item: Positions
    location: Positions
    quantity: Ints
    due: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Per order that a promise rests on and nobody has placed, sorted by (kind, number); `kind` is one of the planned
    ones. It is to be placed by `start`; until then it is a row of Supply too. `order` and `line` name the order line it
    was promised to ("" and 0: none); `origin` is where a transfer leaves from on its `start`, -1 for the others."""

    kind: NDArray[np.int8]
    number: tuple[str, ...]
    order: tuple[str, ...]
    line: Positions
    item: Positions
    location: Positions
    quantity: Ints
    start: Days
    due: Days
    supplier: Positions
    origin: Positions


_NO_UNITS, _NO_ROWS, _NO_FLAGS = np.zeros(0, np.int64), np.zeros(0, np.int32), np.zeros(0, np.bool_)
NO_ITEM_TERMS = ItemTerms(
    minimum=_NO_UNITS,
    multiple=_NO_UNITS,
    maximum=_NO_UNITS,
    safety_days=_NO_ROWS,
    fence=_NO_ROWS,
    phantom=_NO_FLAGS,
)
NO_SOURCE_TERMS = SourceTerms(
    priority=_NO_ROWS,
    safety_days=_NO_ROWS,
    weekly_capacity=_NO_UNITS,
    valid_from=_NO_ROWS,
    valid_to=_NO_ROWS,
    location=_NO_ROWS,
)
NO_LANE_TERMS = LaneTerms(priority=_NO_ROWS, item=_NO_ROWS)
NO_ALTERNATES = ItemAlternates(
    item=_NO_ROWS,
    alternate=_NO_ROWS,
    component=_NO_FLAGS,
    ratio=_NO_UNITS,
    priority=_NO_ROWS,
    valid_from=_NO_ROWS,
    valid_to=_NO_ROWS,
    approval=_NO_FLAGS,
)
NO_BUILT_INSTEAD = BuiltInstead(number=(), component=_NO_ROWS, alternate=_NO_ROWS, ratio=_NO_UNITS)
NO_WORK_CENTERS = WorkCenters(code=(), location=_NO_ROWS, minutes=np.zeros((0, 0), np.int64))
NO_OPERATIONS = Operations(
    item=_NO_ROWS, sequence=_NO_ROWS, center=_NO_ROWS, setup=_NO_UNITS, unit=_NO_UNITS, good=_NO_UNITS
)
NO_OPERATION_ALTERNATES = OperationAlternates(operation=_NO_ROWS, center=_NO_ROWS, priority=_NO_ROWS, factor=_NO_UNITS)
NO_BOOKINGS = Bookings(number=(), center=_NO_ROWS, day=_NO_ROWS, minutes=_NO_UNITS)
NO_CLAIMS = Claims(item=_NO_ROWS, location=_NO_ROWS, quantity=_NO_UNITS, due=_NO_ROWS)
NO_PLANNED = Planned(
    kind=np.zeros(0, np.int8),
    number=(),
    order=(),
    line=_NO_ROWS,
    item=_NO_ROWS,
    location=_NO_ROWS,
    quantity=_NO_UNITS,
    start=_NO_ROWS,
    due=_NO_ROWS,
    supplier=_NO_ROWS,
    origin=_NO_ROWS,
)
NO_WORKING_DAYS: Flags = np.zeros((0, 0), np.bool_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything a scan and a promise read. A what-if replaces a table and shares the others.

    `working_days[location, day]` says whether a location works on each day from the business date on; where it has no
    rows, or past its last day, every day is one. The tables with defaults are read by promising only.
    """

    as_of: int
    currency: str
    buffer_days: int
    items: Items
    locations: Locations
    parties: Parties
    demand: Demand
    stock: Stock
    supply: Supply
    bom: Bom
    lanes: Lanes
    sources: Sources
    item_terms: ItemTerms = NO_ITEM_TERMS
    source_terms: SourceTerms = NO_SOURCE_TERMS
    lane_terms: LaneTerms = NO_LANE_TERMS
    alternates: ItemAlternates = NO_ALTERNATES
    built_instead: BuiltInstead = NO_BUILT_INSTEAD
    work_centers: WorkCenters = NO_WORK_CENTERS
    operations: Operations = NO_OPERATIONS
    operation_alternates: OperationAlternates = NO_OPERATION_ALTERNATES
    bookings: Bookings = NO_BOOKINGS
    claims: Claims = NO_CLAIMS
    planned: Planned = NO_PLANNED
    working_days: Flags = field(default_factory=lambda: NO_WORKING_DAYS)
