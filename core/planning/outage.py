"""What a supplier's outage reaches, and the books as they would be with it."""

from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np

from core.domain.errors import InvalidValueError, NotFoundError
from core.planning.outcome import NetResult
from core.planning.snapshot import PURCHASE_ORDER, Days, Flags, Ints, Snapshot
from core.planning.texts import taken

LONGEST_OUTAGE = 3650


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another approved supplier of an item hit; positions, price in ten-thousandths."""

    item: int
    supplier: int
    lead_days: int
    price: int
    minimum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OutageImpact:
    """Reached, not yet hurt: open orders on the supplier, their items, every parent of these, and every open
    line of an item or parent (all positions but the order numbers)."""

    supplier: str
    days: int
    purchase_orders: tuple[str, ...]
    items: Ints
    alternatives: tuple[Alternative, ...]
    parents: Ints
    lines: Ints

    @property
    def figures(self) -> dict[str, int]:
        """The counts a report shows."""
        return {
            "purchase_orders_hit": len(self.purchase_orders),
            "items_hit": self.items.size,
            "items_with_alternative": len({other.item for other in self.alternatives}),
            "parents_reachable": self.parents.size,
            "lines_reachable": self.lines.size,
        }


def outage(snapshot: Snapshot, supplier_code: str, days: int) -> OutageImpact:
    """Everything an outage of this supplier reaches, found without netting."""
    supplier = _supplier(snapshot, supplier_code, days)
    hit = np.flatnonzero(_orders_on(snapshot, supplier))
    items = np.unique(snapshot.supply.item[hit]).astype(np.int64)
    parents = _parents_of(snapshot, items)
    concerned = np.zeros(len(snapshot.items.code), dtype=np.bool_)
    concerned[items] = concerned[parents] = True
    return OutageImpact(
        supplier=supplier_code,
        days=days,
        purchase_orders=tuple(sorted(set(taken(snapshot.supply.number, hit)))),
        items=items,
        alternatives=_alternatives(snapshot, items, supplier),
        parents=parents,
        lines=np.flatnonzero(concerned[snapshot.demand.item]),
    )


def with_outage(snapshot: Snapshot, supplier_code: str, days: int) -> Snapshot:
    """The books with the supplier out for so many days from the business date: each of its open order lines
    comes that much later than due (than today if overdue), and what is bought from it now takes that much longer."""
    supplier = _supplier(snapshot, supplier_code, days)
    supply, sources = snapshot.supply, snapshot.sources
    moved = np.maximum(supply.due, snapshot.as_of) + days
    hit, theirs = _orders_on(snapshot, supplier), sources.supplier == supplier
    lead_days = np.where(theirs, sources.lead_days + days, sources.lead_days).astype(np.int32)
    return replace(
        snapshot,
        supply=replace(
            supply,
            due=np.where(hit, moved, supply.due).astype(np.int32),
            start=np.where(hit, moved, supply.start).astype(np.int32),
        ),
        sources=replace(sources, lead_days=lead_days),
        items=replace(
            snapshot.items, lead_days=_item_leads(snapshot, lead_days, sources.item[theirs].astype(np.int64))
        ),
    )


def lines_at_risk(snapshot: Snapshot, *, before: NetResult, after: NetResult) -> Ints:
    """Lines late or short with the outage that were neither without it; `snapshot` is the one without."""
    return np.flatnonzero(_troubled(snapshot, after) & ~_troubled(snapshot, before))


def _supplier(snapshot: Snapshot, code: str, days: int) -> int:
    if not 1 <= days <= LONGEST_OUTAGE:
        raise InvalidValueError(f"an outage of {days!r} days; accepted: 1 to {LONGEST_OUTAGE}")
    known = snapshot.parties.supplier
    if code not in known:
        near = ", ".join(repr(other) for other in get_close_matches(code, known) or known[:3]) or "none is known"
        raise NotFoundError(f"no supplier {code!r}; accepted: a supplier's code, such as {near}")
    return known.index(code)


def _orders_on(snapshot: Snapshot, supplier: int) -> Flags:
    return (snapshot.supply.kind == PURCHASE_ORDER) & (snapshot.supply.supplier == supplier)


def _parents_of(snapshot: Snapshot, items: Ints) -> Ints:
    """Every item that contains one of these, at any depth."""
    reached = np.zeros(len(snapshot.items.code), dtype=np.bool_)
    front = items
    while front.size:
        inside = np.zeros(reached.size, dtype=np.bool_)
        inside[front] = True
        up = np.unique(snapshot.bom.parent[inside[snapshot.bom.component]])
        front = up[~reached[up]].astype(np.int64)
        reached[front] = True
    return np.flatnonzero(reached)


def _alternatives(snapshot: Snapshot, items: Ints, supplier: int) -> tuple[Alternative, ...]:
    sources = snapshot.sources
    rows = np.flatnonzero(np.isin(sources.item, items) & (sources.supplier != supplier))
    return tuple(
        Alternative(
            item=int(sources.item[row]),
            supplier=int(sources.supplier[row]),
            lead_days=int(sources.lead_days[row]),
            price=int(sources.price[row]),
            minimum=int(sources.minimum[row]),
        )
        for row in rows
    )


def _item_leads(snapshot: Snapshot, source_leads: Days, touched: Ints) -> Days:
    """The shortest lead of the bought items the supplier offers, over all their suppliers."""
    shortest = np.full(len(snapshot.items.code), np.iinfo(np.int32).max, dtype=np.int32)
    np.minimum.at(shortest, snapshot.sources.item, source_leads)
    lead_days = snapshot.items.lead_days.copy()
    bought = touched[~snapshot.items.make[touched]]
    lead_days[bought] = shortest[bought]
    return lead_days


def _troubled(snapshot: Snapshot, result: NetResult) -> Flags:
    return (result.line_short > 0) | (result.line_available > snapshot.demand.due)
