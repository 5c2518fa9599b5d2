"""What comes: stock on hand, one receipt a node, and open supply on the day it is believed to come."""

from dataclasses import dataclass

import numpy as np

from core.planning.grouping import Grouping
from core.planning.ordering import stable_order
from core.planning.rules import OverdueSupply
from core.planning.snapshot import NEVER, PLANNED_WORK, WORK_ORDER, Ints, Snapshot
from core.planning.spans import run_starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Receipts as columns: stock by (item, group), then supply in its own order. `node` is item * groups
    + group."""

    supply: Ints
    node: Ints
    item: Ints
    group: Ints
    quantity: Ints
    eta: Ints

    def in_order(self, rows: Ints, eta: Ints) -> Ints:
        """These rows by node, stock first, then by day; equal days by kind, number and line."""
        day = eta[rows]
        known = day < NEVER
        beyond = int(day[known].max(initial=0)) + 1
        on_order = (self.supply[rows] >= 0).astype(np.int64)
        return rows[stable_order(self.node[rows], on_order, np.where(known, day, beyond))]


def receipts_coming(snapshot: Snapshot, grouping: Grouping, overdue: OverdueSupply, *, kept: Ints) -> Coming:
    """Stock, and the supply kept (positions) under this rule for overdue supply."""
    supply, groups = snapshot.supply, grouping.production.size
    node, units = _stock_by_node(snapshot, grouping)
    due = supply.due[kept].astype(np.int64)
    item = np.concatenate((node // groups, supply.item[kept].astype(np.int64)))
    group = np.concatenate((node % groups, grouping.group_of[supply.location[kept]]))
    eta = np.maximum(due, snapshot.as_of) if overdue is OverdueSupply.FROM_TODAY else due
    return Coming(
        supply=np.concatenate((np.full(node.size, -1), kept)),
        node=item * groups + group,
        item=item,
        group=group,
        quantity=np.concatenate((units, supply.quantity[kept])),
        eta=np.concatenate((np.full(node.size, snapshot.as_of), eta)),
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
    node = stock.item[held].astype(np.int64) * groups + grouping.group_of[stock.location[held]]
    order = stable_order(node)
    node, units = node[order], stock.available[held][order]
    starts = run_starts(node)
    if starts.size == 0:
        return node, units
    return node[starts], np.add.reduceat(units, starts)
