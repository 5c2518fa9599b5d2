"""What actions on sales order lines do to the columns."""

from collections.abc import Sequence
from dataclasses import replace

from core.domain.plans import ChangeQuantity, RePromise, ShipFrom, SplitLine, Substitute
from core.planning.effects.columns import changed
from core.planning.positions import item_position, location_position, open_line
from core.planning.snapshot import PRICE_SCALE, Snapshot, day_number


def promised(snapshot: Snapshot, actions: Sequence[RePromise]) -> Snapshot:
    """All promises at once: a plan can hold hundreds, and each copy of the column is long."""
    if not actions:
        return snapshot
    due = snapshot.demand.due.copy()
    for action in actions:
        due[open_line(snapshot, action.order, action.line)] = day_number(action.new)
    return replace(snapshot, demand=replace(snapshot.demand, due=due))


def line_changed(snapshot: Snapshot, action: SplitLine | ShipFrom | Substitute | ChangeQuantity) -> Snapshot:
    """The line promised for the day of its last part, served elsewhere, for another item, or for another quantity."""
    at = open_line(snapshot, action.order, action.line)
    match action:
        case SplitLine():
            demand = changed(snapshot.demand, at, due=day_number(action.new))
        case ShipFrom():
            demand = changed(snapshot.demand, at, location=location_position(snapshot, action.new))
        case Substitute():
            item, price = item_position(snapshot, action.alternate), int(action.new_price * PRICE_SCALE)
            demand = changed(snapshot.demand, at, item=item, quantity=action.new_quantity, price=price)
        case ChangeQuantity():
            demand = changed(snapshot.demand, at, quantity=action.new_quantity, due=day_number(action.new))
    return replace(snapshot, demand=demand)
