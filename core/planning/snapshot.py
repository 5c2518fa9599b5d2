"""The columns the engine works on: one consistent reading of the books as numpy arrays.

Units: dates are day numbers (days since 1970-01-01, int32), quantities are base units (int64), prices and costs are
ten-thousandths of the company's currency (int64), quantities per parent are millionths (int64). References between
tables are positions (int32), never database keys, and -1 means none. Every table is sorted by its key, so that equal
books give equal arrays.
"""

from dataclasses import dataclass
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

_EPOCH = date(1970, 1, 1)


def day_number(on: date) -> int:
    """Days since 1970-01-01."""
    return (on - _EPOCH).days


def day_of(number: int) -> date | None:
    """The date of a day number, None for NEVER."""
    return None if number == NEVER else date_of(number)


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
    """Per open order line, sorted by (order, line). `penalty` is hundredths of a percent of the value a day late."""

    order: tuple[str, ...]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """Per (item, location), sorted: units on hand less those reserved for transfers."""

    item: Positions
    location: Positions
    available: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Per open work, purchase and transfer order line, sorted by (kind, number, line). `start` is the day a work order
    takes its components (the due day for the others); `issued` says that it has taken them."""

    kind: NDArray[np.int8]
    number: tuple[str, ...]
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
    """Customers (code, name, tier) and suppliers (code, name), each sorted by code."""

    customer: tuple[str, ...]
    customer_name: tuple[str, ...]
    customer_tier: Positions
    supplier: tuple[str, ...]
    supplier_name: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything a scan reads. A what-if replaces a table and shares the others."""

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
