"""What a promise must leave alone: everything already promised, with what it will need, and what comes for it."""

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.planning.netting import net
from core.planning.ordering import stable_order
from core.planning.promising.ledger import Ledger, Receipt
from core.planning.promising.rules import PromisingRules
from core.planning.rules import ScanRules
from core.planning.snapshot import NEVER, NO_CLAIMS, Demand, Ints, Snapshot

_NO_ORDER = "\uffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitments:
    """Changes of balance as columns, sorted by node (item * groups + group) and day; `at` are the rows of a node."""

    groups: int
    at: dict[int, tuple[int, int]]
    day: Ints
    change: Ints
    receipt_at: dict[int, tuple[int, int]]
    receipt_day: Ints
    receipt_units: Ints
    receipt_source: Ints

    def ledger(self, item: int, group: int) -> Ledger:
        """A ledger of one node, to be written in; the columns stay as they are."""
        node = item * self.groups + group
        first, last = self.at.get(node, (0, 0))
        days, changes = list[int](), list[int]()
        for day, change in zip(self.day[first:last].tolist(), self.change[first:last].tolist(), strict=True):
            if days and days[-1] == day:
                changes[-1] += change
            else:
                days.append(day)
                changes.append(change)
        first, last = self.receipt_at.get(node, (0, 0))
        columns = (self.receipt_day, self.receipt_source, self.receipt_units)
        rows = zip(*(column[first:last].tolist() for column in columns), strict=True)
        return Ledger(days, changes, sorted(Receipt(*row) for row in rows))


def commitments(snapshot: Snapshot, rules: PromisingRules, without: Collection[tuple[str, int]]) -> Commitments:
    """What netting finds, counting claims as demand and leaving the order lines `without` aside."""
    seen = _with_claims(_less(snapshot, without))
    result = net(seen, ScanRules(overdue=rules.overdue))
    groups = int(result.group_of.max(initial=-1)) + 1
    needs, receipts = result.requirements, result.receipts
    known = receipts.eta < NEVER
    needed = needs.item.astype(np.int64) * groups + needs.group
    coming = receipts.item[known].astype(np.int64) * groups + receipts.group[known]
    node = np.concatenate((needed, coming))
    day = np.maximum(np.concatenate((needs.need, receipts.eta[known])).astype(np.int64), snapshot.as_of)
    change = np.concatenate((-needs.quantity, receipts.quantity[known]))
    order = stable_order(node, day)
    in_order = stable_order(coming, receipts.eta[known].astype(np.int64))
    return Commitments(
        groups=groups,
        at=_runs(node[order]),
        day=day[order],
        change=change[order],
        receipt_at=_runs(coming[in_order]),
        receipt_day=np.maximum(receipts.eta[known].astype(np.int64), snapshot.as_of)[in_order],
        receipt_units=receipts.quantity[known][in_order],
        receipt_source=receipts.supply[known].astype(np.int64)[in_order],
    )


def _runs(node: Ints) -> dict[int, tuple[int, int]]:
    """First row and the one after the last of each node."""
    first = np.flatnonzero(np.diff(node, prepend=-1))
    last = np.append(first, node.size)[1:]
    return dict(zip(node[first].tolist(), zip(first.tolist(), last.tolist(), strict=True), strict=True))


def _less(snapshot: Snapshot, without: Collection[tuple[str, int]]) -> Snapshot:
    if not without:
        return snapshot
    demand, left_out = snapshot.demand, frozenset(without)
    keys = zip(demand.order, demand.line.tolist(), strict=True)
    kept = np.array([key not in left_out for key in keys], dtype=np.bool_)
    orders = tuple(order for order, keep in zip(demand.order, kept.tolist(), strict=True) if keep)
    columns = {f.name: getattr(demand, f.name) for f in fields(Demand) if f.name != "order"}
    columns = {name: column[kept] if column.size else column for name, column in columns.items()}
    return replace(snapshot, demand=Demand(order=orders, **columns))


def _with_claims(snapshot: Snapshot) -> Snapshot:
    """Claims as demand after all order lines, served last of those due on a day."""
    claims, demand = snapshot.claims, snapshot.demand
    count = claims.quantity.size
    if count == 0:
        return snapshot

    held = demand.held if demand.held.size else np.zeros(demand.quantity.size, dtype=np.int64)
    there = {f.name: getattr(demand, f.name) for f in fields(Demand) if f.name != "order"} | {"held": held}

    def column(name: str) -> NDArray[Any]:
        own = {"line": np.arange(count), "item": claims.item, "location": claims.location, "quantity": claims.quantity}
        dates = dict.fromkeys(("due", "requested", "order_date"), claims.due)
        default = np.full(count, 0 if name == "held" else there[name].max(initial=0))
        return np.concatenate((there[name], (own | dates).get(name, default))).astype(there[name].dtype)

    joined = Demand(order=(*demand.order, *[_NO_ORDER] * count), **{name: column(name) for name in there})
    return replace(snapshot, demand=joined, claims=NO_CLAIMS)
