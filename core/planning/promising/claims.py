"""What is promised, as demand: order lines taken out of it, and claims that no order line asks for put in."""

from collections.abc import Collection
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.planning.snapshot import NO_CLAIMS, Demand, Snapshot
from core.planning.texts import Texts, taken

_NO_ORDER = "\uffff"


def without_lines(snapshot: Snapshot, without: Collection[tuple[str, int]]) -> Snapshot:
    """The books without some order lines, as (order, line)."""
    if not without:
        return snapshot
    demand, left_out = snapshot.demand, frozenset(without)
    keys = zip(demand.order, demand.line.tolist(), strict=True)
    kept = np.array([key not in left_out for key in keys], dtype=np.bool_)
    columns = {f.name: getattr(demand, f.name) for f in fields(Demand) if f.name != "order"}
    columns = {name: column[kept] if column.size else column for name, column in columns.items()}
    return replace(snapshot, demand=Demand(order=taken(demand.order, kept), **columns))


def with_claims(snapshot: Snapshot) -> Snapshot:
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

    joined = Demand(order=Texts.joined((demand.order, [_NO_ORDER] * count)), **{name: column(name) for name in there})
    return replace(snapshot, demand=joined, claims=NO_CLAIMS)
