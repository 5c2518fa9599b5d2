"""The largest numbers the engine computes with, refused by name before they could wrap around."""

from collections.abc import Callable

import numpy as np

from core.domain.errors import InvalidValueError
from core.domain.quantity import LARGEST_QUANTITY
from core.planning.snapshot import Ints, Snapshot

_SUM_LIMIT = 9e18


def check_limits(snapshot: Snapshot) -> None:
    """Every quantity lies between 0 and the largest quantity."""
    items, demand, supply, stock, bom = (
        snapshot.items.code,
        snapshot.demand,
        snapshot.supply,
        snapshot.stock,
        snapshot.bom,
    )
    _check(demand.quantity, lambda row: f"quantity of order {demand.order[row]!r} line {demand.line[row]}")
    _check(supply.quantity, lambda row: f"quantity of supply {supply.number[row]!r} line {supply.line[row]}")
    _check(stock.available, lambda row: f"stock of item {items[stock.item[row]]!r}")
    _check(bom.per_parent, lambda row: f"millionths of {items[bom.component[row]]!r} per {items[bom.parent[row]]!r}")


def check_sum(quantity: Ints, what: str) -> None:
    """The total of these quantities can be counted."""
    if sum_could_wrap(quantity, quantity.size) and float(quantity.sum(dtype=np.float64)) > _SUM_LIMIT:
        raise InvalidValueError(f"the quantities of {what} add up to more than {_SUM_LIMIT:.0f}")


def sum_could_wrap(quantity: Ints, rows: int) -> bool:
    """Whether so many of these quantities may add up to more than can be counted."""
    return int(quantity.max(initial=0)) * rows > _SUM_LIMIT


def _check(values: Ints, name: Callable[[int], str]) -> None:
    if values.size and (values.min() < 0 or values.max() > LARGEST_QUANTITY):
        row = int(np.flatnonzero((values < 0) | (values > LARGEST_QUANTITY))[0])
        raise InvalidValueError(f"{name(row)} is {int(values[row])!r}; accepted: 0 to {LARGEST_QUANTITY}")
