"""How balances differ between two readings of the books: order lines, claims and stock, node by node."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from core.planning.snapshot import Claims, Demand, Ints, Snapshot, Stock
from core.planning.texts import taken

Rows: TypeAlias = NDArray[np.intp]
_NONE: Final = np.zeros(0, dtype=np.intp)
_SERVED: Final = ("line", "item", "location", "quantity", "due", "order_date", "entry", "priority", "held")
_LINES: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """By node (item * groups + group) what became more (or less, below zero): on each day, and of stock; and the units
    now available at each (item, location) where that differs. `lines` are order lines (order, line) that differ."""

    days: defaultdict[int, defaultdict[int, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    stock: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    available: dict[tuple[int, int], int] = field(default_factory=dict[tuple[int, int], int])
    lines: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])

    def nodes(self) -> set[int]:
        """Every node where something differs, if only the order in which it is wanted."""
        return self.days.keys() | self.stock.keys()


def moved_between(old: Snapshot, new: Snapshot, *, group_of: Ints, groups: int, most: int) -> Moved | None:
    """What differs in demand, claims and stock, all else being the same; None where more than `most` rows do, or where
    they cannot be told apart."""
    lines = _differing(old.demand, new.demand)
    if lines is None or lines[0].size + lines[1].size > most:
        return None
    moved = Moved()
    for demand, rows, sign in ((old.demand, lines[0], 1), (new.demand, lines[1], -1)):
        wanted = demand.quantity[rows] - demand.held[rows] if demand.held.size else demand.quantity[rows]
        node = demand.item[rows].astype(np.int64) * groups + group_of[demand.location[rows]]
        columns = (node.tolist(), demand.due[rows].tolist(), wanted.tolist())
        for at, due, units in zip(*columns, strict=True):
            moved.days[at][max(due, new.as_of)] += sign * units
        moved.lines.update(zip(taken(demand.order, rows), demand.line[rows].tolist(), strict=True))
    _move_claims(moved, old, new, group_of=group_of, groups=groups)
    for item, location, before, after in _stock(old.stock, new.stock):
        moved.stock[item * groups + int(group_of[location])] += after - before
        moved.available[item, location] = after
    return moved


def _differing(old: Demand, new: Demand) -> tuple[Rows, Rows] | None:
    """The rows of each that the other has not, or has otherwise; None where lines cannot be told apart."""
    if old is new:
        return _NONE, _NONE
    if bool(old.held.size) != bool(new.held.size):
        return None
    names = _SERVED if old.held.size else _SERVED[:-1]
    one, other = [getattr(old, name) for name in names], [getattr(new, name) for name in names]
    size, larger = old.line.size, new.line.size
    shorter = min(size, larger)
    head = _agreeing([a[:shorter] for a in one], [b[:shorter] for b in other])
    rest = shorter - head
    tail = _agreeing([a[size - rest :][::-1] for a in one], [b[larger - rest :][::-1] for b in other])
    mine, theirs = np.arange(head, size - tail), np.arange(head, larger - tail)
    if not mine.size or not theirs.size:
        return mine, theirs
    keys, others = _keys(old, mine), _keys(new, theirs)
    if np.unique(keys).size < keys.size or np.unique(others).size < others.size:
        return None
    _, at, there = np.intersect1d(keys, others, assume_unique=True, return_indices=True)
    order = np.argsort(at)
    at, there = at[order], there[order]
    if there.size and bool((np.diff(there) < 0).any()):
        return None
    same = np.ones(at.size, dtype=np.bool_)
    for a, b in zip(one, other, strict=True):
        same &= a[mine[at]] == b[theirs[there]]
    return np.delete(mine, at[same]), np.delete(theirs, there[same])


def _agreeing(one: list[Ints], other: list[Ints]) -> int:
    """How many rows agree from the first on."""
    differ = np.zeros(one[0].size, dtype=np.bool_)
    for a, b in zip(one, other, strict=True):
        differ |= a != b
    return int(differ.argmax()) if differ.any() else differ.size


def _keys(demand: Demand, rows: Rows) -> Ints:
    """One number a line, as the order's place among all orders and the line."""
    return demand.entry[rows] * _LINES + demand.line[rows]


def _move_claims(moved: Moved, old: Snapshot, new: Snapshot, *, group_of: Ints, groups: int) -> None:
    if old.claims is new.claims:
        return
    before, after = _claimed(old.claims, group_of, groups), _claimed(new.claims, group_of, groups)
    for node in before.keys() | after.keys():
        if before.get(node) != after.get(node):
            for due, units in before.get(node, ()):
                moved.days[node][max(due, new.as_of)] += units
            for due, units in after.get(node, ()):
                moved.days[node][max(due, new.as_of)] -= units


def _claimed(claims: Claims, group_of: Ints, groups: int) -> dict[int, list[tuple[int, int]]]:
    """Day and units of the claims of each node, in their order."""
    found = defaultdict[int, list[tuple[int, int]]](list)
    node = claims.item.astype(np.int64) * groups + group_of[claims.location]
    for at, due, units in zip(node.tolist(), claims.due.tolist(), claims.quantity.tolist(), strict=True):
        found[at].append((due, units))
    return found


def _stock(old: Stock, new: Stock) -> list[tuple[int, int, int, int]]:
    """Item, location, units before and units now, where they differ."""
    if old is new:
        return []
    if np.array_equal(old.item, new.item) and np.array_equal(old.location, new.location):
        rows = np.flatnonzero(old.available != new.available)
        columns = (old.item, old.location, old.available, new.available)
        return list(zip(*(column[rows].tolist() for column in columns), strict=True))
    before, after = _units(old), _units(new)
    return [
        (*key, before.get(key, 0), after.get(key, 0))
        for key in sorted(before.keys() | after.keys())
        if before.get(key, 0) != after.get(key, 0)
    ]


def _units(stock: Stock) -> dict[tuple[int, int], int]:
    keys = zip(stock.item.tolist(), stock.location.tolist(), strict=True)
    return dict(zip(keys, stock.available.tolist(), strict=True))
