"""What is needed: open order lines, components of work orders, and components of what would have to be
made.

A requirement's `rank` is its place in line under the policy; a component stands where the thing it is
for stands. Components of work orders come first, by start, kind, number and line of the order; then what
those components would have to be made of; then sales lines with all that would have to be made for them,
first-come by (due, order date, order, line), by-entry by (entry, order, line), priority by (priority,
due, order date, order, line). First-come puts the day of need before the rank. Rows equal in all of that
(one thing needed twice for one line) go in order of position: as their parents were served.
"""

from dataclasses import dataclass, fields

import numpy as np

from core.domain.errors import InvalidValueError
from core.domain.quantity import LARGEST_QUANTITY
from core.planning.grouping import Grouping
from core.planning.lowlevel import Structure
from core.planning.ordering import stable_order
from core.planning.outcome import PLANNED_COMPONENT, SALES_LINE, WORK_ORDER_COMPONENT
from core.planning.rules import Policy
from core.planning.snapshot import PER_PARENT_SCALE, Demand, Ints, Snapshot
from core.planning.spans import rows_of

_WRAPS = 2e18


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Requirements as columns, `position` first: their number in the result, rising."""

    position: Ints
    kind: Ints
    ref: Ints
    item: Ints
    group: Ints
    need: Ints
    quantity: Ints
    rank: Ints

    def take(self, rows: Ints) -> "Needs":
        """These rows only."""
        return Needs(**{column.name: getattr(self, column.name)[rows] for column in fields(self)})


def joined(parts: list[Needs]) -> Needs:
    """The rows of all parts, in that order."""
    if len(parts) == 1:
        return parts[0]
    return Needs(**{c.name: np.concatenate([getattr(part, c.name) for part in parts]) for c in fields(Needs)})


def sales_needs(demand: Demand, grouping: Grouping, *, policy: Policy, ahead: int) -> Needs:
    """One requirement a line, in the order of the lines; `ahead` ranks stand before them."""
    lines = demand.quantity.size
    rank = np.empty(lines, dtype=np.int64)
    rank[_line_order(demand, policy)] = np.arange(ahead, ahead + lines)
    group = grouping.group_of[demand.location] if grouping.ship < 0 else np.full(lines, grouping.ship)
    position = np.arange(lines, dtype=np.int64)
    return Needs(
        position=position,
        kind=np.full(lines, SALES_LINE),
        ref=position,
        item=demand.item.astype(np.int64),
        group=group,
        need=demand.due.astype(np.int64),
        quantity=demand.quantity,
        rank=rank,
    )


def work_order_needs(
    snapshot: Snapshot, grouping: Grouping, structure: Structure, *, orders: Ints, position: int
) -> Needs:
    """The components of these work orders (positions in supply), order by order; ranked by start."""
    supply = snapshot.supply
    item = supply.item[orders].astype(np.int64)
    start = supply.start[orders].astype(np.int64)
    rank = np.empty(orders.size, dtype=np.int64)
    rank[stable_order(start)] = np.arange(orders.size)
    group = grouping.production[grouping.group_of[supply.location[orders]]]
    parent, component, quantity = exploded(item, supply.quantity[orders], structure, snapshot.items.code)
    return Needs(
        position=np.arange(position, position + parent.size, dtype=np.int64),
        kind=np.full(parent.size, WORK_ORDER_COMPONENT),
        ref=orders[parent],
        item=component,
        group=group[parent],
        need=start[parent],
        quantity=quantity,
        rank=rank[parent],
    )


def planned_needs(
    snapshot: Snapshot,
    grouping: Grouping,
    structure: Structure,
    *,
    parents: Needs,
    short: Ints,
    position: int,
    firm: int,
) -> Needs:
    """The components for making the short units of these parents, parent by parent."""
    lead = snapshot.items.lead_days[parents.item]
    need = np.maximum(parents.need - lead, snapshot.as_of)
    parent, component, quantity = exploded(parents.item, short, structure, snapshot.items.code)
    rank = np.where(parents.rank < firm, parents.rank + firm, parents.rank)
    return Needs(
        position=np.arange(position, position + parent.size, dtype=np.int64),
        kind=np.full(parent.size, PLANNED_COMPONENT),
        ref=parents.position[parent],
        item=component,
        group=grouping.production[parents.group][parent],
        need=need[parent],
        quantity=quantity,
        rank=rank[parent],
    )


def exploded(items: Ints, units: Ints, structure: Structure, codes: tuple[str, ...]) -> tuple[Ints, Ints, Ints]:
    """Row of the parent, component and units needed, rounded up, for making so many units of these
    items."""
    count = structure.counts(items)
    rows = rows_of(structure.first[items], count)
    parent = np.repeat(np.arange(items.size, dtype=np.int64), count)
    component, per_parent, made = structure.component[rows], structure.per_parent[rows], units[parent]
    quantity = (made * per_parent + (PER_PARENT_SCALE - 1)) // PER_PARENT_SCALE
    wraps = made.astype(np.float64) * per_parent.astype(np.float64) > _WRAPS
    wrong = np.flatnonzero(wraps | (quantity > LARGEST_QUANTITY))
    if wrong.size:
        row = int(wrong[0])
        what = f"{int(made[row])!r} of {codes[items[parent[row]]]!r} need more {codes[component[row]]!r}"
        raise InvalidValueError(f"{what} than the limit of {LARGEST_QUANTITY}; accepted: less")
    return parent, component, quantity


def _line_order(demand: Demand, policy: Policy) -> Ints:
    due, ordered = demand.due.astype(np.int64), demand.order_date.astype(np.int64)
    match policy:
        case Policy.FIRST_COME:
            return stable_order(due, ordered)
        case Policy.BY_ENTRY:
            return stable_order(demand.entry)
        case Policy.PRIORITY:
            return stable_order(demand.priority.astype(np.int64), due, ordered)
