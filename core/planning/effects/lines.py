"""What actions on sales order lines do to the columns."""

from collections.abc import Collection, Sequence
from dataclasses import fields, replace
from typing import Any, cast

import numpy as np

from core.domain.plans import ApplyChange, RePromise, ShipFrom, SplitLine, Substitute
from core.planning.effects.columns import changed, without
from core.planning.positions import item_position, line_position, location_position, open_line, stock_position
from core.planning.snapshot import PRICE_SCALE, Planned, Snapshot, day_number


def promised(snapshot: Snapshot, actions: Sequence[RePromise]) -> Snapshot:
    """All promises at once: a plan can hold hundreds, and each copy of the column is long."""
    if not actions:
        return snapshot
    due = snapshot.demand.due.copy()
    for action in actions:
        due[open_line(snapshot, action.order, action.line)] = day_number(action.new)
    return replace(snapshot, demand=replace(snapshot.demand, due=due))


def line_changed(snapshot: Snapshot, action: SplitLine | ShipFrom | Substitute | ApplyChange) -> Snapshot:
    """The line promised for the day of its last part, served elsewhere, for another item, or as its customer asked."""
    if isinstance(action, ApplyChange):
        return _change_applied(snapshot, action)
    at = open_line(snapshot, action.order, action.line)
    match action:
        case SplitLine():
            demand = changed(snapshot.demand, at, due=day_number(action.new))
        case ShipFrom():
            demand = changed(snapshot.demand, at, location=location_position(snapshot, action.new))
        case Substitute():
            item, price = item_position(snapshot, action.alternate), int(action.new_price * PRICE_SCALE)
            demand = changed(snapshot.demand, at, item=item, quantity=action.new_quantity, price=price)
    return replace(snapshot, demand=demand)


def _change_applied(snapshot: Snapshot, action: ApplyChange) -> Snapshot:
    """The line for so many units, or gone until it is confirmed again; what it gives back is available."""
    after = _freed(snapshot, action)
    if action.dropped:
        after = replace(after, planned=_less(after.planned, action.dropped.split(", ")))
    at = line_position(after, action.order, action.line)
    if at is None:
        return after
    if not action.open_units:
        return replace(after, demand=without(after.demand, at))
    price = int(action.unit_price * PRICE_SCALE)
    demand = changed(after.demand, at, quantity=action.open_units, price=price)
    if demand.held.size:
        demand = changed(demand, at, held=action.held)
    return replace(after, demand=demand)


def _freed(snapshot: Snapshot, action: ApplyChange) -> Snapshot:
    if not action.freed:
        return snapshot
    item, location = item_position(snapshot, action.item), location_position(snapshot, action.location)
    at = stock_position(snapshot, item, location)
    assert at is not None, "what is given back was reserved there"
    available = int(snapshot.stock.available[at]) + action.freed
    return replace(snapshot, stock=changed(snapshot.stock, at, available=available))


def _less(planned: Planned, dropped: Collection[str]) -> Planned:
    """The planned orders without these."""
    kept = np.array([number not in dropped for number in planned.number], dtype=np.bool_)
    columns: dict[str, Any] = {}
    for field in fields(planned):
        column: Any = getattr(planned, field.name)
        if isinstance(column, tuple):
            values = cast(tuple[object, ...], column)
            columns[field.name] = tuple(value for value, keep in zip(values, kept.tolist(), strict=True) if keep)
        else:
            columns[field.name] = column[kept] if column.size == kept.size else column
    return replace(planned, **columns)
