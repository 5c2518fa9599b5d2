"""What actions on stock do to the books."""

from core.domain.errors import InsufficientStockError
from core.domain.plans import CorrectLedger, Reallocate, Reship, Transfer
from core.planning.effects.events import Event, LineChanged, StockSet, SupplyAdded
from core.planning.positions import item_position, location_position, open_line, stock_position
from core.planning.snapshot import TRANSFER_ORDER, Snapshot, day_number


def transferred(snapshot: Snapshot, action: Transfer) -> list[Event]:
    """The units leave what is available at the origin and come as a transfer order."""
    item, origin = item_position(snapshot, action.item), location_position(snapshot, action.origin)
    at = stock_position(snapshot, item, origin)
    held = 0 if at is None else int(snapshot.stock.available[at])
    if at is None or held < action.quantity or action.quantity < 1:
        raise InsufficientStockError(
            f"a transfer of {action.quantity} {action.item!r} from {action.origin!r} needs 1 to {held} units, "
            f"those available there",
            item=action.item,
            location=action.origin,
            available=held,
        )
    day = day_number(action.arrive_on)
    moved = SupplyAdded(
        kind=TRANSFER_ORDER,
        number=action.reference,
        item=item,
        location=location_position(snapshot, action.destination),
        quantity=action.quantity,
        due=day,
        start=day,
    )
    return [StockSet(item=item, location=origin, available=held - action.quantity), moved]


def corrected(snapshot: Snapshot, action: CorrectLedger) -> list[Event]:
    """The units more or less at the place, less what the plan took there before; a balance that was never there is
    made. Where more is reserved than is there, `free` is below zero and nothing is available."""
    item, location = item_position(snapshot, action.item), location_position(snapshot, action.location)
    at = stock_position(snapshot, item, location)
    taken = max(0, action.free) - (0 if at is None else int(snapshot.stock.available[at]))
    return [StockSet(item=item, location=location, available=max(0, action.free - taken + action.change))]


def sent_again(snapshot: Snapshot, action: Reship) -> list[Event]:
    """The units leave what is available; the line they were for owes nothing any more."""
    return [_taken(snapshot, action, "sent from")]


def reallocated(snapshot: Snapshot, action: Reallocate) -> list[Event]:
    """The units leave what is available and are held for the line, whose need is as much less; a line has no use for
    more than it has open, whoever reserves more for it."""
    taken, demand = _taken(snapshot, action, "held at"), snapshot.demand
    row = open_line(snapshot, action.to_order, action.to_line)
    held = (int(demand.held[row]) if demand.held.size else 0) + action.quantity
    return [taken, LineChanged(order=action.to_order, line=action.to_line, held=min(held, int(demand.quantity[row])))]


def _taken(snapshot: Snapshot, action: Reship | Reallocate, how: str) -> StockSet:
    item, location = item_position(snapshot, action.item), location_position(snapshot, action.location)
    at = stock_position(snapshot, item, location)
    there = 0 if at is None else int(snapshot.stock.available[at])
    if at is None or there < action.quantity:
        raise InsufficientStockError(
            f"{action.quantity} of {action.item!r} are to be {how} {action.location!r}, {there} are available there",
            item=action.item,
            location=action.location,
            available=there,
        )
    return StockSet(item=item, location=location, available=there - action.quantity)
