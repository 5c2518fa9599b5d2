"""The synthetic book of the benchmarks: many locations, three levels of parts, popularity as sales have it.

20 locations, each a site; 20,000 items (8,000 finished, 6,000 made parts, 6,000 bought ones); every finished item takes
four parts and every made part four bought ones. Of N open order lines 92 % ask for finished goods and the rest for
parts. N/2 receipts are of finished goods and N/2 of parts; work orders among them have taken their components. What is
asked for follows a Zipf law, so the hottest item and location holds about one line in a hundred. Five-day weeks, work
centres that are mostly busy enough, and lanes between neighbours are there for scans that look at them.

The same arrays become the columns of the engine (`snapshot_of`) or a company for the database (`company_of`).
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

TAKES = 4
LINES_AN_ORDER = 4
LEAD_FINISHED, LEAD_PARTS = 3, 5
SPARE_SHARE = 0.08
ITEM_ZIPF, LOCATION_ZIPF = 0.9, 0.7
HORIZON = 90
AS_OF = 20_514  # 2026-03-02, a Monday
SETUP_MINUTES, SHIFT_MINUTES, STATIONS = 15, 960, 40

Numbers: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How large the company is that the book is of; parts made and bought come in multiples of four."""

    locations: int = 20
    finished: int = 8_000
    parts: int = 6_000
    bought: int = 6_000
    customers: int = 500
    suppliers: int = 200
    centers: int = 60

    @property
    def made(self) -> int:
        """Items that are made: the first so many."""
        return self.finished + self.parts

    @property
    def items(self) -> int:
        """All items."""
        return self.made + self.bought


WHOLE = Shape()
SMALL = Shape(locations=4, finished=80, parts=60, bought=60, customers=10, suppliers=8, centers=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Per open order line, in order: `order` numbers the orders from 0; days are day numbers, prices whole units of
    money."""

    order: Numbers
    item: Numbers
    location: Numbers
    quantity: Numbers
    due: Numbers
    priority: Numbers
    customer: Numbers
    price: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """Per open work order (`made`) or purchase order line, in order of what it is."""

    made: NDArray[np.bool_]
    item: Numbers
    location: Numbers
    quantity: Numbers
    due: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """Everything drawn for a company of a shape. `component[p]` are the four components of made item p, `per_parent`
    how many units each; `lead` is days by item; the first supplier of the b-th bought item is `supplier[b]`."""

    shape: Shape
    lines: Lines
    receipts: Receipts
    stock_item: Numbers
    stock_location: Numbers
    stock_units: Numbers
    component: Numbers
    per_parent: Numbers
    lead: Numbers
    supplier: Numbers
    cost: Numbers


def draw(lines: int, *, seed: int = 1, shape: Shape = WHOLE) -> Book:
    """A book of so many open lines; the same seed draws the same book."""
    dice = np.random.default_rng(seed)
    component, per_parent = _structure(dice, shape)
    lead = np.concatenate(
        (
            np.full(shape.finished, LEAD_FINISHED),
            np.full(shape.parts, LEAD_PARTS),
            dice.integers(15, 26, size=shape.bought),
        )
    ).astype(np.int64)
    asked = _lines(dice, lines, shape)
    stock = _stock(dice, asked, shape)
    return Book(
        shape=shape,
        lines=asked,
        receipts=_receipts(dice, lines, shape),
        stock_item=stock // shape.locations,
        stock_location=stock % shape.locations,
        stock_units=dice.integers(10, 90, size=stock.size) * np.where(stock // shape.locations < shape.finished, 1, 8),
        component=component,
        per_parent=per_parent,
        lead=lead,
        supplier=dice.integers(0, shape.suppliers, size=shape.bought),
        cost=np.concatenate(
            (
                dice.integers(200, 900, shape.finished),
                dice.integers(30, 120, shape.parts),
                dice.integers(2, 20, shape.bought),
            )
        ),
    )


def _structure(dice: np.random.Generator, shape: Shape) -> tuple[Numbers, Numbers]:
    """Four different components of each made item, the components of a level drawn from the next."""
    of_finished = shape.finished + _distinct(dice, shape.finished, shape.parts)
    of_parts = shape.made + _distinct(dice, shape.parts, shape.bought)
    component = np.sort(np.concatenate((of_finished, of_parts)), axis=1)
    return component, dice.integers(1, 4, size=component.shape)


def _distinct(dice: np.random.Generator, rows: int, choices: int) -> Numbers:
    """Per row four different numbers: one of each quarter, so that none comes twice."""
    quarter = choices // TAKES
    return dice.integers(0, quarter, size=(rows, TAKES)) + quarter * np.arange(TAKES)


def _zipf(dice: np.random.Generator, *, choices: int, exponent: float, size: int) -> Numbers:
    """Popular choices first: the k-th is asked for in proportion to k to the minus exponent."""
    weight = np.arange(1, choices + 1, dtype=np.float64) ** -exponent
    return np.searchsorted(np.cumsum(weight / weight.sum()), dice.random(size), side="left").clip(0, choices - 1)


def _places(dice: np.random.Generator, size: int, shape: Shape) -> tuple[Numbers, Numbers]:
    """Items and locations as they are asked for: finished goods, and some spare parts."""
    item = _zipf(dice, choices=shape.finished, exponent=ITEM_ZIPF, size=size)
    spare = dice.random(size) < SPARE_SHARE
    item[spare] = shape.finished + dice.integers(0, shape.parts + shape.bought, size=int(spare.sum()))
    return item, _zipf(dice, choices=shape.locations, exponent=LOCATION_ZIPF, size=size)


def _lines(dice: np.random.Generator, size: int, shape: Shape) -> Lines:
    item, location = _places(dice, size, shape)
    orders = -(-size // LINES_AN_ORDER)
    order = np.arange(size) // LINES_AN_ORDER
    priority, customer = dice.integers(1, 6, orders), dice.integers(0, shape.customers, orders)
    return Lines(
        order=order,
        item=item,
        location=location,
        quantity=dice.integers(1, 40, size=size),
        due=AS_OF + dice.integers(0, HORIZON, size=size),
        priority=priority[order],
        customer=customer[order],
        price=dice.integers(10, 1_500, size=size),
    )


def _receipts(dice: np.random.Generator, lines: int, shape: Shape) -> Receipts:
    half = lines // 2
    finished = _zipf(dice, choices=shape.finished, exponent=ITEM_ZIPF, size=half)
    item = np.concatenate((finished, shape.finished + dice.integers(0, shape.parts + shape.bought, size=half)))
    location = _zipf(dice, choices=shape.locations, exponent=LOCATION_ZIPF, size=2 * half)
    made = item < shape.made
    order = np.argsort(~made, kind="stable")
    return Receipts(
        made=made[order],
        item=item[order],
        location=location[order],
        quantity=dice.integers(20, 70, size=2 * half),
        due=AS_OF + dice.integers(1, HORIZON // 2, size=2 * half),
    )


def _stock(dice: np.random.Generator, lines: Lines, shape: Shape) -> Numbers:
    """Item-locations with stock, as one number each: most that are asked for, and half of all parts."""
    asked = np.unique(lines.item * shape.locations + lines.location)
    parts = np.arange(shape.finished * shape.locations, shape.items * shape.locations)
    kept = np.concatenate((asked[dice.random(asked.size) < 0.8], parts[dice.random(parts.size) < 0.5]))
    return np.unique(kept)
