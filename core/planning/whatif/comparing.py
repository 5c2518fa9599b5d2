"""Comparing a view with its books: the lines of the nodes touched that stand otherwise now."""

import numpy as np

from core.planning.netting import net
from core.planning.outcome import SALES_LINE
from core.planning.snapshot import Flags, Ints, Snapshot
from core.planning.whatif import columns as of
from core.planning.whatif.difference import (
    CENTS,
    DUE,
    LATE,
    ON_TIME,
    PROJECTED,
    QUANTITY,
    SHORT,
    STANDING,
    Difference,
    Named,
    Names,
)
from core.planning.whatif.node import Node
from core.planning.whatif.resident import Resident
from core.planning.whatif.standings import at_stake, late_units, standing_of
from core.planning.whatif.state import Line, State


def followed(state: State) -> Difference:
    """The difference of a view that was followed node by node."""
    parts = [part for node in state.nodes.values() for part in _of_node(state, node)]
    resident = state.resident
    gone = sorted(at for at, line in state.lines.items() if line is None and at < resident.standing.shape[1])
    at = np.concatenate([*(names for names, _ in parts), np.array(gone, dtype=np.int64)])
    after = np.concatenate([*(columns for _, columns in parts), np.zeros((STANDING, len(gone)), np.int64)], axis=1)
    is_ = np.arange(at.size) < at.size - len(gone)
    order = at.argsort(kind="stable")
    return _difference(resident, at[order], after[:, order], is_[order], _names(state))


def _of_node(state: State, node: Node) -> list[tuple[Ints, Ints]]:
    """The lines of a node that stand otherwise, and how."""
    asked = node.asked
    sales = asked[of.KIND] == SALES_LINE
    if not sales.any():
        return []
    at, was = asked[of.REF], state.resident.standing
    known = np.where(sales & (at < was.shape[1]), at, -1)  # of the others the last row is read, and not looked at
    late = late_units(asked, node.coming, state.resident.snapshot.as_of)
    other = (asked[of.SHORT] != was[SHORT, known]) | (asked[of.AVAILABLE] != was[PROJECTED, known])
    other |= late != was[LATE, known]
    lines = _still_open(state)
    for name in lines:
        other |= at == name
    rows = (other & sales).nonzero()[0]
    return [_standing(state, asked[:, rows], late[rows], known[rows], lines)] if rows.size else []


def _standing(state: State, asked: Ints, late: Ints, known: Ints, lines: dict[int, Line]) -> tuple[Ints, Ints]:
    """Which order lines these requirements are, and how they stand."""
    resident, at = state.resident, asked[of.REF]
    demand, columns = resident.snapshot.demand, np.empty((STANDING, at.size), dtype=np.int64)
    columns[QUANTITY] = resident.standing[QUANTITY, known]
    columns[DUE], columns[SHORT], columns[LATE] = asked[of.NEED], asked[of.SHORT], late
    columns[PROJECTED] = asked[of.AVAILABLE]
    columns[ON_TIME] = (asked[of.SHORT] == 0) & (asked[of.COVER] <= asked[of.NEED])
    price, penalty = demand.price[known], demand.penalty[known]
    for name, line in lines.items():
        row = at == name
        columns[QUANTITY, row], price[row], penalty[row] = line.quantity, line.price, line.penalty
    columns[CENTS] = at_stake(columns, price, penalty)
    return at, columns


def _still_open(state: State) -> dict[int, Line]:
    """The order lines a view changed that are still open."""
    return {at: line for at, line in state.lines.items() if line is not None}


def _names(state: State) -> Names:
    new = {
        at: Named(order=line.order, line=line.line, item=line.item, customer=line.customer)
        for at, line in _still_open(state).items()
    }
    return Names(demand=state.resident.snapshot.demand, new=new)


def _difference(resident: Resident, at: Ints, after: Ints, is_: Flags, names: Names, *, why: str = "") -> Difference:
    """Only lines that do stand otherwise are kept."""
    lines = resident.standing.shape[1]
    was = at < lines
    before = np.zeros(after.shape, dtype=np.int64)
    before[:, was] = resident.standing[:, at[was]]
    keep = np.flatnonzero((was != is_) | (before != after).any(axis=0))
    return Difference(
        path="full" if why else "incremental",
        why=why,
        at=at[keep],
        before=before[:, keep],
        after=after[:, keep],
        was=was[keep],
        is_=is_[keep],
        names=names,
    )


def netted_again(resident: Resident, snapshot: Snapshot, *, why: str) -> Difference:
    """The difference between books and these, netted as a whole."""
    after = standing_of(snapshot, net(snapshot, resident.rules))
    demand, old = snapshot.demand, resident.snapshot.demand
    lines = len(old.order)
    new = dict[int, Named]()
    if demand.order is old.order:
        at = np.arange(lines)
    else:
        known = {key: n for n, key in enumerate(zip(old.order, old.line.tolist(), strict=True))}
        keys = list(zip(demand.order, demand.line.tolist(), strict=True))
        born = {key: lines + n for n, key in enumerate(key for key in keys if key not in known)}
        at = np.array([known.get(key, -1) if key in known else born[key] for key in keys], dtype=np.int64)
        gone = np.setdiff1d(np.arange(lines), at)
        at = np.concatenate((at, gone))
        after = np.concatenate((after, np.zeros((STANDING, gone.size), dtype=np.int64)), axis=1)
    for row in np.flatnonzero(at[: len(demand.order)] >= 0).tolist():
        name = int(at[row])
        if name >= lines or demand.item is not old.item:
            new[name] = Named(
                order=demand.order[row],
                line=int(demand.line[row]),
                item=int(demand.item[row]),
                customer=int(demand.customer[row]),
            )
    is_ = np.arange(at.size) < len(demand.order)
    order = at.argsort(kind="stable")
    return _difference(resident, at[order], after[:, order], is_[order], Names(demand=old, new=new), why=why)
