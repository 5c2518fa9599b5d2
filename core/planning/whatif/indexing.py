"""The answer of a netting laid out by node, so that what one node holds is a slice of every column."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.planning.lowlevel import Structure
from core.planning.ordering import stable_order
from core.planning.outcome import PLANNED_COMPONENT, SALES_LINE, WORK_ORDER_COMPONENT, NetResult
from core.planning.rules import Policy
from core.planning.snapshot import Flags, Ints, Positions, Snapshot
from core.planning.spans import largest_in, run_starts
from core.planning.whatif import columns as of
from core.planning.whatif.places import Places, places

KEYS = {
    Policy.FIRST_COME: ("due", "order_date"),
    Policy.BY_ENTRY: ("entry",),
    Policy.PRIORITY: ("priority", "due", "order_date"),
    Policy.FAIR_SHARE: ("due", "order_date"),
}
"""What order lines are sorted by under each policy, their position apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Requirements and receipts as columns (columns.py), by node (item * groups + group) as served; `nodes` are by
    requirement. Node n has rows edges[0, spans[n]] to edges[1, spans[n]] of the one, edges[2] to edges[3] of the other.

    `children` of requirement n are child_rows[child_first[n]] and on, one for each component of its item (-1: none);
    `taken` by supply s are taken_rows[taken_first[s]:taken_first[s + 1]]; `line_rows` are by order line. The places say
    where order lines, orders that take components and supply stand in line.
    """

    spans: dict[int, int]
    edges: Ints
    nodes: Ints
    requirements: Ints
    receipts: Ints
    line_rows: Ints
    child_first: Ints
    child_rows: Ints
    taken_first: Ints
    taken_rows: Ints
    lines: Places
    orders: Places
    supplies: Places


@dataclass(frozen=True, slots=True, kw_only=True)
class _Served:
    """Requirements by position in the result: node, place in line; `order` are positions as served, `row` the row of
    each."""

    node: Ints
    key: Ints
    order: Ints
    row: Ints


def index_of(snapshot: Snapshot, structure: Structure, result: NetResult, *, groups: int) -> Index:
    """Lay the answer out; its policy must be one of KEYS."""
    demand, supplies = snapshot.demand, len(snapshot.supply.number)
    keys = (getattr(demand, name).astype(np.int64) for name in KEYS[result.rules.policy])
    lines = places(*keys, gap=_gap(of.PLACE_BITS, demand.quantity.size))
    orders = places(snapshot.supply.start.astype(np.int64), gap=_gap(of.PLACE_BITS, supplies))
    turns = places(np.zeros(supplies, dtype=np.int64), gap=_gap(of.TURN_BITS - 1, supplies))
    served = _served(snapshot, result, lines=lines.at, orders=orders.at, groups=groups)
    child_first, child_rows = _children(result, served)
    taken_first, taken_rows = _taken(snapshot, result, served)
    receipts = _receipts(result, turns.at)
    node = result.receipts.item.astype(np.int64) * groups + result.receipts.group
    needed = served.node[served.order]
    nodes = np.union1d(needed, node)
    return Index(
        spans={name: at for at, name in enumerate(nodes.tolist())},
        edges=_edges(nodes, needed, node),
        nodes=needed,
        requirements=_requirements(snapshot, structure, result, served, runs=(child_first, child_rows)),
        receipts=receipts,
        line_rows=served.row[result.line_requirement],
        child_first=child_first,
        child_rows=child_rows,
        taken_first=taken_first,
        taken_rows=taken_rows,
        lines=lines,
        orders=orders,
        supplies=turns,
    )


def _gap(bits: int, rows: int) -> int:
    return 1 << (bits - (rows + 1).bit_length())


def _served(snapshot: Snapshot, result: NetResult, *, lines: Ints, orders: Ints, groups: int) -> _Served:
    needs = result.requirements
    node = needs.item.astype(np.int64) * groups + needs.group
    rank = np.zeros(needs.kind.size, dtype=np.int64)
    sales, taken = needs.kind == SALES_LINE, needs.kind == WORK_ORDER_COMPONENT
    rank[sales] = of.LINES + lines[needs.ref[sales]]
    rank[taken] = orders[needs.ref[taken]]
    _hand_down(rank, needs.kind == PLANNED_COMPONENT, needs.ref)
    key = rank
    if result.rules.policy.by_day:
        key = ((needs.need.astype(np.int64) - snapshot.as_of + of.FURTHEST) << of.RANK_BITS) + rank
    order = stable_order(node, key - key.min(initial=0))
    row = np.empty(order.size, dtype=np.int64)
    row[order] = np.arange(order.size)
    return _Served(node=node, key=key, order=order, row=row)


def _hand_down(rank: Ints, planned: Flags, ref: Positions) -> None:
    """What is made for a requirement stands where that stands, but behind all that orders take."""
    at = np.flatnonzero(planned)
    while at.size:
        above = rank[ref[at]]
        known = above > 0
        rank[at[known]] = np.where(above[known] < of.MADE_FOR_ORDERS, above[known] + of.MADE_FOR_ORDERS, above[known])
        at = at[~known]


def _children(result: NetResult, served: _Served) -> tuple[Ints, Ints]:
    """Where the components of each row begin, and all of them, in order of their parents."""
    needs = result.requirements
    planned = np.flatnonzero(needs.kind == PLANNED_COMPONENT)
    parent = needs.ref[planned].astype(np.int64)
    starts = run_starts(parent)
    first = np.full(needs.kind.size, -1, dtype=np.int64)
    first[served.row[parent[starts]]] = starts
    return first, served.row[planned]


def _taken(snapshot: Snapshot, result: NetResult, served: _Served) -> tuple[Ints, Ints]:
    needs, supplies = result.requirements, len(snapshot.supply.number)
    at = np.flatnonzero(needs.kind == WORK_ORDER_COMPONENT)
    at = at[stable_order(needs.ref[at].astype(np.int64))]
    first = np.concatenate(([0], np.cumsum(np.bincount(needs.ref[at], minlength=supplies)))).astype(np.int64)
    return first, served.row[at]


def _requirements(
    snapshot: Snapshot, structure: Structure, result: NetResult, served: _Served, *, runs: tuple[Ints, Ints]
) -> Ints:
    needs, order, rows = result.requirements, served.order, served.order.size
    columns = np.empty((of.REQUIREMENT, rows), dtype=np.int64)
    ref = needs.ref.astype(np.int64)
    planned = needs.kind == PLANNED_COMPONENT
    ref[planned] = served.row[ref[planned]]
    columns[of.ID] = np.arange(rows)
    for at, column in (
        (of.KEY, served.key),
        (of.NEED, needs.need),
        (of.QUANTITY, needs.quantity),
        (of.KIND, needs.kind),
        (of.REF, ref),
        (of.SHORT, needs.short),
        (of.COVER, needs.cover),
        (of.AVAILABLE, needs.available),
    ):
        columns[at] = column[order]
    columns[of.HIGH] = _covered_to(columns, served.node[order])
    columns[of.READY] = snapshot.as_of
    first, children = runs
    parents = np.flatnonzero(first >= 0)
    count = structure.counts(needs.item[order[parents]]).astype(np.int64)
    columns[of.READY, parents] = largest_in(columns[of.AVAILABLE, children].astype(np.int32), first[parents], count)
    return columns


def _covered_to(columns: Ints, node: Ints) -> Ints:
    """The end of the interval of each row that is covered: what is covered before it in its node, and itself."""
    covered = columns[of.QUANTITY] - columns[of.SHORT]
    running = np.cumsum(covered)
    starts = run_starts(node)
    before = running[starts] - covered[starts]
    return running - np.repeat(before, np.diff(starts, append=node.size))


def _receipts(result: NetResult, turns: Ints) -> Ints:
    receipts = result.receipts
    columns = np.empty((of.RECEIPT, receipts.eta.size), dtype=np.int64)
    columns[of.SUPPLY], columns[of.UNITS], columns[of.ETA] = receipts.supply, receipts.quantity, receipts.eta
    ordered = receipts.supply >= 0
    columns[of.TURN] = of.STOCK_TURN
    columns[of.TURN, ordered] = of.turn(columns[of.ETA, ordered], turns[receipts.supply[ordered]])
    return columns


def _edges(nodes: Ints, needed: Ints, coming: Ints) -> Ints:
    """Of each node the first row asked and the one behind the last, and those of what comes."""
    sides: tuple[Literal["left", "right"], ...] = ("left", "right")
    return np.array([column.searchsorted(nodes, side) for column in (needed, coming) for side in sides])
