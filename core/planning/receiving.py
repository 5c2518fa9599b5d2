"""What comes: stock on hand, one receipt a node, and open supply on the day it is believed to come."""

from dataclasses import dataclass

import numpy as np

from core.planning.buffers import word_days
from core.planning.grouping import Grouping
from core.planning.lowlevel import Structure
from core.planning.ordering import grouped_order, stable_order
from core.planning.rules import OverdueSupply
from core.planning.snapshot import NEVER, PLANNED_WORK, WORK_ORDER, Days, Ints, Positions, Snapshot, Supply
from core.planning.spans import blocks, run_bounds, run_starts, values_at, worth_a_table


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """Supply node by node in the order it comes: its rows in what comes, and the units `before` it, which end with
    those of all. `bounds` say by node where it starts, if they are worth keeping; otherwise `node` is that of each."""

    rows: Positions
    before: Ints
    bounds: Positions | None
    node: Ints

    def first(self, nodes: Ints) -> Ints | Positions:
        """Where the supply of each node starts."""
        return np.searchsorted(self.node, nodes) if self.bounds is None else self.bounds[nodes]

    def spans(self, nodes: Ints) -> tuple[Ints, Ints]:
        """The units before what each node receives, and what it receives in all."""
        end = np.searchsorted(self.node, nodes, side="right") if self.bounds is None else self.bounds[nodes + 1]
        before = self.before[self.first(nodes)]
        return before, self.before[end] - before


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Receipts by row: stock by (item, group), its first rows, then the supply that is `kept` (positions) in its own
    order, on the day `eta`. `stock_node` and `stock_units` are by row of stock, node being item * groups + group, of
    which there are `nodes`; `stocked` says by node which of those rows it is (-1 none), if that is worth keeping.
    What a row of supply brings where is looked up there, and not kept twice."""

    open: Supply
    group_of: Ints
    nodes: int
    groups: int
    stocked: Positions | None
    stock_node: Ints
    stock_units: Ints
    kept: Positions
    eta: Days

    @property
    def held(self) -> int:
        """How many rows are stock."""
        return self.stock_node.size

    @property
    def supply(self) -> Positions:
        """The position of each row in the supply, -1 for stock."""
        return np.concatenate((np.full(self.held, -1, dtype=np.int32), self.kept))

    @property
    def node(self) -> Ints:
        """The node of each row."""
        return np.concatenate((self.stock_node, self.node_of(self.kept)))

    @property
    def quantity(self) -> Ints:
        """The units of each row."""
        return np.concatenate((self.stock_units, values_at(self.open.quantity, self.kept)))

    @property
    def item(self) -> Positions:
        """The item of each row."""
        return (self.node // self.groups).astype(np.int32)

    @property
    def group(self) -> Positions:
        """The group of each row."""
        return (self.node % self.groups).astype(np.int32)

    def node_of(self, supplies: Positions) -> Ints:
        """The nodes of these positions in the supply."""
        node = np.empty(supplies.size, dtype=np.int64)
        for block in blocks(node.size):
            at = supplies[block]
            node[block] = self.open.item[at].astype(np.int64) * self.groups + self.group_of[self.open.location[at]]
        return node

    def stock(self, nodes: Ints) -> Ints:
        """Units each node has in stock."""
        if self.held == 0:
            return np.zeros(nodes.size, dtype=np.int64)
        if self.stocked is not None:
            row = self.stocked[nodes]
            return np.where(row >= 0, self.stock_units[row], 0)
        row = np.minimum(np.searchsorted(self.stock_node, nodes), self.held - 1)
        return np.where(self.stock_node[row] == nodes, self.stock_units[row], 0)

    def supplied(self) -> Positions:
        """The rows that are supply."""
        return np.arange(self.held, self.eta.size, dtype=np.int32)

    def arrivals(self, rows: Positions, eta: Days, units: Ints | None = None) -> Arrivals:
        """These rows of supply by node, then by day; equal days by kind, number and line. `eta` is by row, as are the
        `units` that count, where these are not all of them."""
        day = values_at(eta, rows)
        known = day < NEVER
        if not known.all():
            day = np.where(known, day, int(day[known].max(initial=0)) + 1)
        order, node = grouped_order(self.node_of(values_at(self.kept, rows - np.int32(self.held))), day)
        rows = values_at(rows, order)
        if units is None:
            free = values_at(self.open.quantity, values_at(self.kept, rows - np.int32(self.held)))
        else:
            free = values_at(units, rows)
        bounds = run_bounds(node, self.nodes)
        return Arrivals(
            rows=rows, before=_before(free), bounds=bounds, node=node if bounds is None else node[:0].copy()
        )


def receipts_coming(snapshot: Snapshot, grouping: Grouping, overdue: OverdueSupply, *, kept: Ints) -> Coming:
    """Stock, and the supply kept (positions) under this rule for overdue supply."""
    supply, groups = snapshot.supply, grouping.production.size
    nodes = len(snapshot.items.code) * groups
    node, units = _stock_by_node(snapshot, grouping)
    due = supply.due[kept]
    if overdue is OverdueSupply.FROM_TODAY:
        due = np.maximum(due, snapshot.as_of)
    return Coming(
        open=supply,
        group_of=grouping.group_of,
        nodes=nodes,
        groups=groups,
        stocked=_rows_by_node(node, nodes),
        stock_node=node,
        stock_units=units,
        kept=kept.astype(np.int32),
        eta=np.concatenate((np.full(node.size, snapshot.as_of, dtype=np.int32), due)),
    )


def believed(snapshot: Snapshot, overdue: OverdueSupply) -> Ints:
    """Positions of the supply that counts."""
    supply = snapshot.supply
    counts = supply.quantity > 0
    if overdue is OverdueSupply.IGNORE:
        counts = counts & (word_days(snapshot) >= snapshot.as_of)
    return np.flatnonzero(counts)


def taking_components(snapshot: Snapshot, kept: Ints, structure: Structure) -> Ints:
    """Of the supply kept (positions): the work orders whose components are still to be taken."""
    supply = snapshot.supply
    takes = ((supply.kind == WORK_ORDER) | (supply.kind == PLANNED_WORK)) & ~supply.issued
    orders = kept[takes[kept]]
    return orders[structure.counts(supply.item[orders]) > 0]


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


def _before(units: Ints) -> Ints:
    before = np.zeros(units.size + 1, dtype=np.int64)
    np.cumsum(units, out=before[1:])
    return before
