"""What comes: stock on hand, one receipt a node, and open supply on the day it is believed to come."""

from dataclasses import dataclass

import numpy as np

from core.planning.grouping import Grouping
from core.planning.ordering import grouped_order, stable_order
from core.planning.rules import OverdueSupply
from core.planning.snapshot import NEVER, PLANNED_WORK, WORK_ORDER, Days, Ints, Positions, Snapshot
from core.planning.spans import run_bounds, run_starts, worth_a_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Supply node by node in the order it comes: its rows in what comes, the node of each, and the units `before` it,
    which end with those of all. `bounds` say by node where it starts, if they are worth keeping."""

    rows: Positions
    node: Ints
    before: Ints
    bounds: Ints | None

    def first(self, nodes: Ints) -> Ints:
        """Where the supply of each node starts."""
        return np.searchsorted(self.node, nodes) if self.bounds is None else self.bounds[nodes]

    def units(self, nodes: Ints) -> Ints:
        """What each node receives in all."""
        end = np.searchsorted(self.node, nodes, side="right") if self.bounds is None else self.bounds[nodes + 1]
        return self.before[end] - self.before[self.first(nodes)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Receipts as columns: stock by (item, group), its first `held` rows, then supply in its own order. `node` is
    item * groups + group, of which there are `nodes`; `stocked` says by node which of those rows it is (-1 none), if
    that is worth keeping."""

    nodes: int
    groups: int
    held: int
    stocked: Positions | None
    supply: Positions
    node: Ints
    quantity: Ints
    eta: Days

    @property
    def item(self) -> Positions:
        """The item of each row."""
        return (self.node // self.groups).astype(np.int32)

    @property
    def group(self) -> Positions:
        """The group of each row."""
        return (self.node % self.groups).astype(np.int32)

    def stock(self, nodes: Ints) -> Ints:
        """Units each node has in stock."""
        if self.held == 0:
            return np.zeros(nodes.size, dtype=np.int64)
        if self.stocked is not None:
            row = self.stocked[nodes]
            return np.where(row >= 0, self.quantity[row], 0)
        here = self.node[: self.held]
        row = np.minimum(np.searchsorted(here, nodes), self.held - 1)
        return np.where(here[row] == nodes, self.quantity[row], 0)

    def supplied(self) -> Positions:
        """The rows that are supply."""
        return np.arange(self.held, self.node.size, dtype=np.int32)

    def arrivals(self, rows: Positions, eta: Days, free: Ints) -> Arrivals:
        """These rows of supply by node, then by day; equal days by kind, number and line. `eta` and the units that are
        `free` are by row."""
        day, node = eta[rows], self.node[rows]
        known = day < NEVER
        if not known.all():
            day = np.where(known, day, int(day[known].max(initial=0)) + 1)
        order, node = grouped_order(node, day)
        rows = rows[order]
        return Arrivals(rows=rows, node=node, before=_before(free[rows]), bounds=run_bounds(node, self.nodes))


def receipts_coming(snapshot: Snapshot, grouping: Grouping, overdue: OverdueSupply, *, kept: Ints) -> Coming:
    """Stock, and the supply kept (positions) under this rule for overdue supply."""
    supply, groups = snapshot.supply, grouping.production.size
    nodes = len(snapshot.items.code) * groups
    node, units = _stock_by_node(snapshot, grouping)
    due = supply.due[kept]
    if overdue is OverdueSupply.FROM_TODAY:
        due = np.maximum(due, snapshot.as_of)
    ordered = supply.item[kept].astype(np.int64)
    ordered *= groups
    ordered += grouping.group_of[supply.location[kept]]
    return Coming(
        nodes=nodes,
        groups=groups,
        held=node.size,
        stocked=_rows_by_node(node, nodes),
        supply=_joined(np.full(node.size, -1), kept),
        node=np.concatenate((node, ordered)),
        quantity=np.concatenate((units, supply.quantity[kept])),
        eta=_joined(np.full(node.size, snapshot.as_of), due),
    )


def believed(snapshot: Snapshot, overdue: OverdueSupply) -> Ints:
    """Positions of the supply that counts."""
    supply = snapshot.supply
    counts = supply.quantity > 0
    if overdue is OverdueSupply.IGNORE:
        counts = counts & (supply.due >= snapshot.as_of)
    return np.flatnonzero(counts)


def taking_components(snapshot: Snapshot, kept: Ints, component_counts: Ints) -> Ints:
    """Of the supply kept (positions): the work orders whose components are still to be taken."""
    supply = snapshot.supply
    kind = supply.kind[kept]
    open_ = ((kind == WORK_ORDER) | (kind == PLANNED_WORK)) & ~supply.issued[kept]
    return kept[open_ & (component_counts > 0)]


def _stock_by_node(snapshot: Snapshot, grouping: Grouping) -> tuple[Ints, Ints]:
    stock, groups = snapshot.stock, grouping.production.size
    held = np.flatnonzero(stock.available > 0)
    node, units = stock.item[held].astype(np.int64), stock.available[held]
    node *= groups
    node += grouping.group_of[stock.location[held]]
    if bool((node[1:] > node[:-1]).all()):
        return node, units
    order = stable_order(node)
    node, units = node[order], units[order]
    starts = run_starts(node)
    return node[starts], np.add.reduceat(units, starts)


def _rows_by_node(node: Ints, nodes: int) -> Positions | None:
    if not worth_a_table(nodes, node.size):
        return None
    rows = np.full(nodes, -1, dtype=np.int32)
    rows[node] = np.arange(node.size, dtype=np.int32)
    return rows


def _joined(stock: Ints, supply: Ints | Positions) -> Positions:
    return np.concatenate((stock.astype(np.int32), supply.astype(np.int32)))


def _before(units: Ints) -> Ints:
    before = np.zeros(units.size + 1, dtype=np.int64)
    np.cumsum(units, out=before[1:])
    return before
