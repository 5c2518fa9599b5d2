"""What is needed: open order lines, components of work orders, and components of what would have to be
made.

A requirement's `rank` is its place in line under the policy; a component stands where the thing it is
for stands. Components of work orders come first, by start, kind, number and line of the order; then what
those components would have to be made of; then sales lines with all that would have to be made for them,
first-come by (due, order date, order, line), by-entry by (entry, order, line), priority by (priority,
due, order date, order, line). First-come puts the day of need before the rank, and so does fair share, which has the
ranks of first-come. Rows equal in all of that
(one thing needed twice for one line) go in order of position: as their parents were served.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from core.domain.errors import InvalidValueError
from core.domain.quantity import LARGEST_QUANTITY
from core.planning.grouping import Grouping
from core.planning.instead import built_with
from core.planning.lowlevel import Structure
from core.planning.ordering import stable_order
from core.planning.outcome import PLANNED_COMPONENT, SALES_LINE, WORK_ORDER_COMPONENT
from core.planning.rules import Policy
from core.planning.snapshot import PER_PARENT_SCALE, Days, Demand, Ints, Positions, Snapshot
from core.planning.spans import rows_of, values_at

_WRAPS = 2e18


@dataclass(slots=True, kw_only=True)
class Needs:
    """Requirements as columns; a row's number is its position in the result. When they are served, `short` is written,
    and `last` says what each eats last (serving.py), until that has become a day."""

    kind: NDArray[np.int8]
    ref: Positions
    item: Positions
    group: Positions
    need: Days
    quantity: Ints
    rank: Positions
    short: Ints
    last: Positions

    def take_in(self, parts: Sequence["Needs"]) -> None:
        """Append the rows of these parts, which lose them: column by column, so that only one is in memory twice, the
        widest first, while the others are short."""
        some = [part for part in parts if part.quantity.size]
        names = sorted((column.name for column in fields(Needs)), key=lambda name: -getattr(self, name).itemsize)
        for name in names if some else ():
            values = np.concatenate([getattr(each, name) for each in (self, *some)])
            setattr(self, name, values)
            for part in some:
                setattr(part, name, values[:0])


def sales_needs(demand: Demand, grouping: Grouping, *, policy: Policy, ahead: int) -> Needs:
    """One requirement a line for what it does not hold already, in the order of the lines; `ahead` ranks stand before
    them."""
    lines = demand.quantity.size
    rank = np.empty(lines, dtype=np.int32)
    rank[_line_order(demand, policy)] = np.arange(ahead, ahead + lines, dtype=np.int32)
    group_of = grouping.group_of.astype(np.int32)
    group = values_at(group_of, demand.location) if grouping.ship < 0 else np.full(lines, grouping.ship, dtype=np.int32)
    return Needs(
        kind=np.full(lines, SALES_LINE, dtype=np.int8),
        ref=np.arange(lines, dtype=np.int32),
        item=demand.item,
        group=group,
        need=demand.due,
        quantity=demand.quantity - demand.held if demand.held.size else demand.quantity,
        rank=rank,
        short=np.zeros(lines, dtype=np.int64),
        last=np.zeros(lines, dtype=np.int32),
    )


def order_needs(
    snapshot: Snapshot, grouping: Grouping, structure: Structure, *, orders: Ints, moves: Ints, origins: Ints
) -> Needs:
    """The components of these work orders, order by order, then what these planned transfers take (both positions in
    supply) in the groups they leave from; ranked by start."""
    supply = snapshot.supply
    every = np.concatenate((orders, moves))
    start = supply.start[every]
    rank = np.empty(every.size, dtype=np.int32)
    rank[stable_order(start)] = np.arange(every.size)
    group = grouping.production[grouping.group_of[supply.location[orders]]].astype(np.int32)
    parent, component, quantity = exploded(supply.item[orders], supply.quantity[orders], structure, snapshot.items.code)
    component, quantity = built_with(snapshot, structure, orders, parent=parent, component=component, quantity=quantity)
    taker = np.concatenate((parent, np.arange(orders.size, every.size)))
    return Needs(
        kind=np.full(taker.size, WORK_ORDER_COMPONENT, dtype=np.int8),
        ref=every.astype(np.int32)[taker],
        item=np.concatenate((component, supply.item[moves])),
        group=np.concatenate((group[parent], origins.astype(np.int32))),
        need=start[taker],
        quantity=np.concatenate((quantity, supply.quantity[moves])),
        rank=rank[taker],
        short=np.zeros(taker.size, dtype=np.int64),
        last=np.zeros(taker.size, dtype=np.int32),
    )


def planned_needs(
    snapshot: Snapshot,
    grouping: Grouping,
    structure: Structure,
    *,
    needs: Needs,
    parents: Positions,
    short: Ints,
    begin: Days,
    firm: int,
) -> Needs:
    """The components for making the short units of these parents (positions in needs), each begun on its day, parent
    by parent."""
    item = needs.item[parents]
    parent, component, quantity = exploded(item, short, structure, snapshot.items.code)
    group = grouping.production[needs.group[parents]].astype(np.int32)
    rank = needs.rank[parents]
    rank = np.where(rank < firm, rank + firm, rank)
    return Needs(
        kind=np.full(parent.size, PLANNED_COMPONENT, dtype=np.int8),
        ref=parents[parent],
        item=component,
        group=group[parent],
        need=begin[parent],
        quantity=quantity,
        rank=rank[parent],
        short=np.zeros(parent.size, dtype=np.int64),
        last=np.zeros(parent.size, dtype=np.int32),
    )


def exploded(
    items: Positions, units: Ints, structure: Structure, codes: tuple[str, ...]
) -> tuple[Ints, Positions, Ints]:
    """Row of the parent, component and units needed, rounded up, for making so many units of these
    items."""
    count = structure.counts(items)
    rows = rows_of(structure.first[items], count)
    parent = np.repeat(np.arange(items.size, dtype=np.int64), count)
    component, per_parent, made = structure.component[rows], structure.per_parent[rows], units[parent]
    if int(made.max(initial=0)) * int(per_parent.max(initial=0)) <= LARGEST_QUANTITY:
        return parent, component, -(-made * per_parent // PER_PARENT_SCALE)
    quantity = (made * per_parent + (PER_PARENT_SCALE - 1)) // PER_PARENT_SCALE
    wraps = made.astype(np.float64) * per_parent.astype(np.float64) > _WRAPS
    wrong = np.flatnonzero(wraps | (quantity > LARGEST_QUANTITY))
    if wrong.size:
        row = int(wrong[0])
        what = f"{int(made[row])!r} of {codes[items[parent[row]]]!r} need more {codes[component[row]]!r}"
        raise InvalidValueError(f"{what} than the limit of {LARGEST_QUANTITY}; accepted: less")
    return parent, component, quantity


def _line_order(demand: Demand, policy: Policy) -> Ints:
    due, ordered = demand.due, demand.order_date
    match policy:
        case Policy.FIRST_COME | Policy.FAIR_SHARE:
            return stable_order(due, ordered)
        case Policy.BY_ENTRY:
            return stable_order(demand.entry)
        case Policy.PRIORITY:
            return stable_order(demand.priority, due, ordered)
