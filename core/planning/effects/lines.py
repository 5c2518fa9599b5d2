"""What actions on sales order lines do to the books."""

from collections.abc import Sequence

from core.domain.plans import ApplyChange, RePromise, ShipFrom, SplitLine, Substitute
from core.planning.effects.events import Event, LineChanged, LineRemoved, PlannedDropped, StockSet
from core.planning.positions import item_position, line_position, location_position, open_line, stock_position
from core.planning.snapshot import PRICE_SCALE, Snapshot, day_number


def promised(snapshot: Snapshot, actions: Sequence[RePromise]) -> list[Event]:
    """The lines promised for other days; NotFoundError for one that is not open."""
    for action in actions:
        open_line(snapshot, action.order, action.line)
    return [LineChanged(order=one.order, line=one.line, due=day_number(one.new)) for one in actions]


def line_changed(snapshot: Snapshot, action: SplitLine | ShipFrom | Substitute | ApplyChange) -> list[Event]:
    """The line promised for the day of its last part, served elsewhere, for another item, or as its customer asked.
    It holds no more than it has open.
    Orders that were planned for its promise stay planned, as they do when the plan is done; people drop them."""
    if isinstance(action, ApplyChange):
        return _change_applied(snapshot, action)
    at, demand = open_line(snapshot, action.order, action.line), snapshot.demand
    match action:
        case SplitLine():
            return [LineChanged(order=action.order, line=action.line, due=day_number(action.new))]
        case ShipFrom():
            place = location_position(snapshot, action.new)
            return [LineChanged(order=action.order, line=action.line, location=place)]
        case Substitute():
            other = LineChanged(
                order=action.order,
                line=action.line,
                item=item_position(snapshot, action.alternate),
                quantity=action.new_quantity,
                price=int(action.new_price * PRICE_SCALE),
                held=min(int(demand.held[at]), action.new_quantity) if demand.held.size else None,
            )
            return [other]


def _change_applied(snapshot: Snapshot, action: ApplyChange) -> list[Event]:
    """The line for so many units, or gone until it is confirmed again; what it gives back is available."""
    found = list[Event]()
    if action.freed:
        item, location = item_position(snapshot, action.item), location_position(snapshot, action.location)
        at = stock_position(snapshot, item, location)
        assert at is not None, "what is given back was reserved there"
        available = int(snapshot.stock.available[at]) + action.freed
        found.append(StockSet(item=item, location=location, available=available))
    if action.dropped:
        found.append(PlannedDropped(numbers=frozenset(action.dropped.split(", "))))
    if line_position(snapshot, action.order, action.line) is None:
        return found
    if not action.open_units:
        return [*found, LineRemoved(order=action.order, line=action.line)]
    changed = LineChanged(
        order=action.order,
        line=action.line,
        quantity=action.open_units,
        price=int(action.unit_price * PRICE_SCALE),
        held=action.held,
    )
    return [*found, changed]
