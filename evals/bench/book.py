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

LOCATIONS = 20
FINISHED, PARTS, BOUGHT = 8_000, 6_000, 6_000
ITEMS = FINISHED + PARTS + BOUGHT
TAKES = 4
CUSTOMERS, SUPPLIERS, CENTERS = 500, 200, 60
LINES_AN_ORDER = 4
LEAD_FINISHED, LEAD_PARTS = 3, 5
SPARE_SHARE = 0.08
ITEM_ZIPF, LOCATION_ZIPF = 0.9, 0.7
HORIZON = 90
AS_OF = 20_514  # 2026-03-02, a Monday
SETUP_MINUTES, SHIFT_MINUTES, STATIONS = 15, 960, 40

Numbers: TypeAlias = NDArray[np.int64]


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
    """Everything drawn. `component[p]` are the four components of made item p, `per_parent` how many units each;
    `lead` is days by item; the first supplier of bought item b is `supplier[b]`."""

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


def draw(lines: int, *, seed: int = 1) -> Book:
    """A book of so many open lines; the same seed draws the same book."""
    dice = np.random.default_rng(seed)
    component, per_parent = _structure(dice)
    lead = np.concatenate(
        (np.full(FINISHED, LEAD_FINISHED), np.full(PARTS, LEAD_PARTS), dice.integers(15, 26, size=BOUGHT))
    ).astype(np.int64)
    asked = _lines(dice, lines)
    stock = _stock(dice, asked)
    return Book(
        lines=asked,
        receipts=_receipts(dice, lines),
        stock_item=stock // LOCATIONS,
        stock_location=stock % LOCATIONS,
        stock_units=dice.integers(10, 90, size=stock.size) * np.where(stock // LOCATIONS < FINISHED, 1, 8),
        component=component,
        per_parent=per_parent,
        lead=lead,
        supplier=dice.integers(0, SUPPLIERS, size=BOUGHT),
        cost=np.concatenate(
            (dice.integers(200, 900, FINISHED), dice.integers(30, 120, PARTS), dice.integers(2, 20, BOUGHT))
        ),
    )


def _structure(dice: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Four different components of each made item, the components of a level drawn from the next."""
    of_finished = FINISHED + _distinct(dice, FINISHED, PARTS)
    of_parts = FINISHED + PARTS + _distinct(dice, PARTS, BOUGHT)
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


def _places(dice: np.random.Generator, size: int) -> tuple[Numbers, Numbers]:
    """Items and locations as they are asked for: finished goods, and some spare parts."""
    item = _zipf(dice, choices=FINISHED, exponent=ITEM_ZIPF, size=size)
    spare = dice.random(size) < SPARE_SHARE
    item[spare] = FINISHED + dice.integers(0, PARTS + BOUGHT, size=int(spare.sum()))
    return item, _zipf(dice, choices=LOCATIONS, exponent=LOCATION_ZIPF, size=size)


def _lines(dice: np.random.Generator, size: int) -> Lines:
    item, location = _places(dice, size)
    orders = -(-size // LINES_AN_ORDER)
    order = np.arange(size) // LINES_AN_ORDER
    priority, customer = dice.integers(1, 6, orders), dice.integers(0, CUSTOMERS, orders)
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


def _receipts(dice: np.random.Generator, lines: int) -> Receipts:
    half = lines // 2
    finished = _zipf(dice, choices=FINISHED, exponent=ITEM_ZIPF, size=half)
    item = np.concatenate((finished, FINISHED + dice.integers(0, PARTS + BOUGHT, size=half)))
    location = _zipf(dice, choices=LOCATIONS, exponent=LOCATION_ZIPF, size=2 * half)
    made = item < FINISHED + PARTS
    order = np.argsort(~made, kind="stable")
    return Receipts(
        made=made[order],
        item=item[order],
        location=location[order],
        quantity=dice.integers(20, 70, size=2 * half),
        due=AS_OF + dice.integers(1, HORIZON // 2, size=2 * half),
    )


def _stock(dice: np.random.Generator, lines: Lines) -> Numbers:
    """Item-locations with stock, as one number each: most that are asked for, and half of all parts."""
    asked = np.unique(lines.item * LOCATIONS + lines.location)
    parts = np.arange(FINISHED * LOCATIONS, ITEMS * LOCATIONS)
    kept = np.concatenate((asked[dice.random(asked.size) < 0.8], parts[dice.random(parts.size) < 0.5]))
    return np.unique(kept)
