"""Tracing: from a requirement that is late or short down its pegs to the one thing that holds it back."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from core.planning.buffers import word_day, word_days
from core.planning.exposure import positions
from core.planning.ordering import stable_order
from core.planning.outcome import PLANNED_COMPONENT, WORK_ORDER_COMPONENT, NetResult
from core.planning.rules import OverdueSupply
from core.planning.snapshot import PURCHASE_ORDER, Ints, Snapshot


class Hold(StrEnum):
    """What can hold a requirement back: nothing covers it, its purchase order is past due, its supply is dated too
    late, or everything is in stock and only the date has passed."""

    UNCOVERED = "uncovered"
    OVERDUE = "overdue"
    LATE = "late"
    IN_STOCK = "in stock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step down: `requirement` waits for component `below`, through work order `supply` or (-1) planned making."""

    requirement: int
    supply: int
    below: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """The links from a requirement to `root`, the requirement that is held back, by what and by which supply (-1
    none)."""

    links: tuple[Link, ...]
    root: int
    hold: Hold
    supply: int


class Paths:
    """The critical path of any requirement of one netting, found once and remembered."""

    def __init__(self, snapshot: Snapshot, result: NetResult) -> None:
        requirements = result.requirements
        self._snapshot = snapshot
        self._need = requirements.need
        self._short = requirements.short
        self._available = requirements.available
        self._last_receipt = _last_receipts(result)
        self._supply = result.receipts.supply
        supplies = snapshot.supply.kind.size
        self._planned = _worst(result, PLANNED_COMPONENT, self._last_receipt, owners=self._need.size)
        self._taken = _worst(result, WORK_ORDER_COMPONENT, self._last_receipt, owners=supplies)
        self._uncounted = _uncounted_orders(snapshot, result)
        self._known: dict[int, Path] = {}

    def of(self, requirement: int) -> Path:
        """The path of a requirement; it ends, as a bill of materials has no loops."""
        if requirement not in self._known:
            # Transfers back and forth could lead here again: then the way ends.
            self._known[requirement] = _end(requirement, Hold.LATE, self.last_supply(requirement))
            self._known[requirement] = self._found(requirement)
        return self._known[requirement]

    def last_supply(self, requirement: int) -> int:
        """The supply (position) that the last of the covered units rests on; -1 for stock or none."""
        receipt = self._last_receipt[requirement]
        return -1 if receipt < 0 else int(self._supply[receipt])

    def components_there(self, requirement: int) -> int:
        """The day the last component is there that planned making of a requirement needs; 0 where it needs none."""
        below = int(self._planned[requirement])
        return int(self._available[below]) if below >= 0 else 0

    def _found(self, at: int) -> Path:
        if self._short[at] > 0:
            below = int(self._planned[at])
            behind = below >= 0 and self._available[below] > self._need[below]
            if behind and self._available[at] > self._need[at]:
                return self._through(Link(requirement=at, supply=-1, below=below))
            order = self._uncounted.get(at, -1)
            return _end(at, Hold.UNCOVERED if order < 0 else Hold.OVERDUE, order)
        supply = self.last_supply(at)
        if supply < 0:
            return _end(at, Hold.IN_STOCK, -1)
        below = int(self._taken[supply])
        if below >= 0 and self._pushes(below, supply):
            return self._through(Link(requirement=at, supply=supply, below=below))
        return _end(at, Hold.OVERDUE if self._is_overdue_purchase(supply) else Hold.LATE, supply)

    def _pushes(self, component: int, work_order: int) -> bool:
        """Whether the order waits for the component. One that should have begun has to begin today; it waited until
        then for a component that an overdue purchase order is believed to bring today."""
        start, today = int(self._snapshot.supply.start[work_order]), self._snapshot.as_of
        if self._available[component] > max(start, today):
            return True
        return start < today and self._is_overdue_purchase(self.last_supply(component))

    def _is_overdue_purchase(self, supply: int) -> bool:
        snapshot = self._snapshot
        bought = supply >= 0 and int(snapshot.supply.kind[supply]) == PURCHASE_ORDER
        return bought and word_day(snapshot, supply) < snapshot.as_of

    def _through(self, link: Link) -> Path:
        rest = self.of(link.below)
        return Path(links=(link, *rest.links), root=rest.root, hold=rest.hold, supply=rest.supply)


def _end(at: int, hold: Hold, supply: int) -> Path:
    return Path(links=(), root=at, hold=hold, supply=supply)


def _last_receipts(result: NetResult) -> Ints:
    """Per requirement: the receipt of its pegs that comes last, -1 where none serves it."""
    pegs = result.pegs
    order = stable_order(pegs.requirement.astype(np.int64), result.receipts.eta[pegs.receipt].astype(np.int64))
    last = np.full(result.requirements.need.size, -1, dtype=np.int64)
    last[pegs.requirement[order]] = pegs.receipt[order]
    return last


def _worst(result: NetResult, kind: int, last_receipt: Ints, *, owners: int) -> Ints:
    """Per owner (work order or parent requirement): its component requirement that is there last, -1 where it has none;
    of equals one that waits for supply, then the first."""
    requirements, on_order = result.requirements, result.receipts.supply >= 0
    of_kind = np.flatnonzero(requirements.kind == kind)[::-1].astype(np.int64)
    receipt = last_receipt[of_kind]
    waits = np.where(receipt >= 0, on_order[receipt], False) if on_order.size else receipt >= 0
    order = of_kind[stable_order(requirements.available[of_kind].astype(np.int64), waits.astype(np.int64))]
    worst = np.full(owners, -1, dtype=np.int64)
    worst[requirements.ref[order]] = order
    return worst


def _uncounted_orders(snapshot: Snapshot, result: NetResult) -> dict[int, int]:
    """Where overdue supply is ignored: short requirements to the overdue purchase order they would have waited for.

    The units of the orders, oldest first, are laid against the short units of the node, needed first, as pegs are.
    """
    if result.rules.overdue is not OverdueSupply.IGNORE:
        return {}
    supply, requirements, word = snapshot.supply, result.requirements, word_days(snapshot)
    overdue = positions((supply.kind == PURCHASE_ORDER) & (word < snapshot.as_of) & (supply.quantity > 0))
    by_node: dict[tuple[int, int], list[int]] = {}
    for at in sorted(overdue, key=lambda at: (int(word[at]), at)):
        node = int(supply.item[at]), int(result.group_of[supply.location[at]])
        by_node.setdefault(node, []).append(at)
    found: dict[int, int] = {}
    for (item, group), orders in by_node.items():
        short = np.flatnonzero((requirements.item == item) & (requirements.group == group) & (requirements.short > 0))
        short = short[np.argsort(requirements.need[short], kind="stable")]
        ends = np.cumsum(supply.quantity[orders])
        found |= _laid(short, before=_running_before(requirements.short[short]), ends=ends, orders=orders)
    return found


def _running_before(units: Ints) -> Ints:
    return np.cumsum(units) - units


def _laid(short: Ints, *, before: Ints, ends: Ints, orders: list[int]) -> dict[int, int]:
    place = np.searchsorted(ends, before, side="right").tolist()
    return {int(at): orders[p] for at, p in zip(short.tolist(), place, strict=True) if p < len(orders)}
