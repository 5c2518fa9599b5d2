"""What actions on stock do to the columns."""

from dataclasses import replace

import numpy as np

from core.domain.errors import InsufficientStockError
from core.domain.plans import CorrectLedger, Reallocate, Reship, Transfer
from core.planning.effects.columns import changed, inserted
from core.planning.effects.supply import NewSupply, with_supply
from core.planning.positions import item_position, location_position, open_line, stock_position
from core.planning.snapshot import TRANSFER_ORDER, Snapshot, day_number


def transferred(snapshot: Snapshot, action: Transfer) -> Snapshot:
    """The units leave what is available at the origin and come as a transfer order."""
    item = item_position(snapshot, action.item)
    at = stock_position(snapshot, item, location_position(snapshot, action.origin))
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
    row = NewSupply(
        kind=TRANSFER_ORDER,
        number=action.reference,
        item=item,
        location=location_position(snapshot, action.destination),
        quantity=action.quantity,
        due=day,
        start=day,
    )
    stock = changed(snapshot.stock, at, available=held - action.quantity)
    return replace(snapshot, stock=stock, supply=with_supply(snapshot.supply, row))


def corrected(snapshot: Snapshot, action: CorrectLedger) -> Snapshot:
    """The units more or less at the place; a balance that was never there is made."""
    item, location = item_position(snapshot, action.item), location_position(snapshot, action.location)
    at = stock_position(snapshot, item, location)
    stock = snapshot.stock
    if at is not None:
        units = max(0, action.free + action.change)
        return replace(snapshot, stock=changed(stock, at, available=units))
    place = sum((int(i), int(p)) < (item, location) for i, p in zip(stock.item, stock.location, strict=True))
    row = {"item": item, "location": location, "available": max(0, action.free + action.change)}
    return replace(snapshot, stock=inserted(stock, place, row))


def sent_again(snapshot: Snapshot, action: Reship) -> Snapshot:
    """The units leave what is available; the line they were for owes nothing any more."""
    item, location = item_position(snapshot, action.item), location_position(snapshot, action.location)
    at = stock_position(snapshot, item, location)
    there = 0 if at is None else int(snapshot.stock.available[at])
    if at is None or there < action.quantity:
        raise InsufficientStockError(
            f"{action.quantity} of {action.item!r} are to be sent from {action.location!r}, {there} are available",
            item=action.item,
            location=action.location,
            available=there,
        )
    return replace(snapshot, stock=changed(snapshot.stock, at, available=there - action.quantity))


def reallocated(snapshot: Snapshot, action: Reallocate) -> Snapshot:
    """The units leave what is available and are held for the line, whose need is as much less."""
    item, location = item_position(snapshot, action.item), location_position(snapshot, action.location)
    at = stock_position(snapshot, item, location)
    there = 0 if at is None else int(snapshot.stock.available[at])
    if at is None or there < action.quantity:
        raise InsufficientStockError(
            f"{action.quantity} of {action.item!r} are to be held at {action.location!r}, {there} are available there",
            item=action.item,
            location=action.location,
            available=there,
        )
    row, demand = open_line(snapshot, action.to_order, action.to_line), snapshot.demand
    if not demand.held.size:
        demand = replace(demand, held=np.zeros(demand.quantity.size, dtype=np.int64))
    demand = changed(demand, row, held=int(demand.held[row]) + action.quantity)
    stock = changed(snapshot.stock, at, available=there - action.quantity)
    return replace(snapshot, stock=stock, demand=demand)
