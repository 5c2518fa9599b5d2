"""Simulation: what the actions of a plan do to the books, on a copy, row for row as execution would write them."""

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import assert_never

import numpy as np

from core.domain.errors import ConflictError, InsufficientStockError, NotFoundError
from core.domain.plans import Action, Buy, Expedite, RePromise, Transfer, Wait
from core.planning.snapshot import PURCHASE_ORDER, TRANSFER_ORDER, Snapshot, Supply, day_number


@dataclass(frozen=True, slots=True, kw_only=True)
class _NewSupply:
    kind: int
    number: str
    item: int
    location: int
    quantity: int
    due: int
    start: int
    supplier: int


def apply(snapshot: Snapshot, actions: tuple[Action, ...]) -> Snapshot:
    """The snapshot the database would give after the actions; tables no action touches are shared with the old one."""
    after = _promised(snapshot, [action for action in actions if isinstance(action, RePromise)])
    for action in actions:
        after = _applied(after, action)
    return after


def _applied(snapshot: Snapshot, action: Action) -> Snapshot:
    match action:
        case Wait() | RePromise():
            return snapshot
        case Transfer():
            return _transferred(snapshot, action)
        case Expedite():
            return _expedited(snapshot, action)
        case Buy():
            return _bought(snapshot, action)
        case _:
            assert_never(action)


def _transferred(snapshot: Snapshot, action: Transfer) -> Snapshot:
    item = item_position(snapshot, action.item)
    origin = location_position(snapshot, action.origin)
    stock = snapshot.stock
    here = np.flatnonzero((stock.item == item) & (stock.location == origin))
    held = int(stock.available[here[0]]) if here.size else 0
    if held < action.quantity or action.quantity < 1:
        raise InsufficientStockError(
            f"a transfer of {action.quantity} {action.item!r} from {action.origin!r} needs 1 to {held} units, "
            f"those available there",
            item=action.item,
            location=action.origin,
            available=held,
        )
    available = stock.available.copy()
    available[here[0]] -= action.quantity
    row = _NewSupply(
        kind=TRANSFER_ORDER,
        number=action.reference,
        item=item,
        location=location_position(snapshot, action.destination),
        quantity=action.quantity,
        due=day_number(action.arrive_on),
        start=day_number(action.arrive_on),
        supplier=-1,
    )
    return replace(snapshot, stock=replace(stock, available=available), supply=_with_row(snapshot.supply, row))


def _bought(snapshot: Snapshot, action: Buy) -> Snapshot:
    arrival = day_number(action.arrive_on)
    row = _NewSupply(
        kind=PURCHASE_ORDER,
        number=action.reference,
        item=item_position(snapshot, action.item),
        location=location_position(snapshot, action.location),
        quantity=action.quantity,
        due=arrival,
        start=arrival,
        supplier=_position(snapshot.parties.supplier, action.supplier, "supplier"),
    )
    return replace(snapshot, supply=_with_row(snapshot.supply, row))


def _expedited(snapshot: Snapshot, action: Expedite) -> Snapshot:
    supply = snapshot.supply
    at = supply_position(supply, PURCHASE_ORDER, action.purchase_order, action.line)
    if at is None:
        raise NotFoundError(f"purchase order line '{action.purchase_order}/{action.line}' is not open")
    due, start = supply.due.copy(), supply.start.copy()
    due[at] = start[at] = day_number(action.new_due)
    return replace(snapshot, supply=replace(supply, due=due, start=start))


def _promised(snapshot: Snapshot, actions: list[RePromise]) -> Snapshot:
    """All promises at once: a plan can hold hundreds, and each copy of the column is long."""
    if not actions:
        return snapshot
    demand = snapshot.demand
    due = demand.due.copy()
    for action in actions:
        at = line_position(snapshot, action.order, action.line)
        if at is None:
            raise NotFoundError(f"order line '{action.order}/{action.line}' is not open")
        due[at] = day_number(action.new)
    return replace(snapshot, demand=replace(demand, due=due))


def _with_row(supply: Supply, row: _NewSupply) -> Supply:
    """The supply with one more row at its place in (kind, number, line)."""
    at = _first_not_before(supply, row.kind, row.number, 1)
    if at < len(supply.number) and (supply.kind[at], supply.number[at], supply.line[at]) == (row.kind, row.number, 1):
        raise ConflictError(f"order line '{row.number}/1' exists already; a new order needs a number of its own")
    return Supply(
        kind=np.insert(supply.kind, at, row.kind),
        number=(*supply.number[:at], row.number, *supply.number[at:]),
        line=np.insert(supply.line, at, 1),
        item=np.insert(supply.item, at, row.item),
        location=np.insert(supply.location, at, row.location),
        quantity=np.insert(supply.quantity, at, row.quantity),
        due=np.insert(supply.due, at, row.due),
        start=np.insert(supply.start, at, row.start),
        supplier=np.insert(supply.supplier, at, row.supplier),
        issued=np.insert(supply.issued, at, False),
    )


def _first_not_before(supply: Supply, kind: int, number: str, line: int) -> int:
    low, high = (int(np.searchsorted(supply.kind, kind, side)) for side in ("left", "right"))
    at = bisect_left(supply.number, number, low, high)
    while at < high and supply.number[at] == number and supply.line[at] < line:
        at += 1
    return at


def supply_position(supply: Supply, kind: int, number: str, line: int) -> int | None:
    """Where the supply row of a key is, None when it is not open."""
    at = _first_not_before(supply, kind, number, line)
    found = at < len(supply.number) and (supply.kind[at], supply.number[at], supply.line[at]) == (kind, number, line)
    return at if found else None


def line_position(snapshot: Snapshot, order: str, line: int) -> int | None:
    """Where the order line is among the open ones, None when it is not open."""
    demand = snapshot.demand
    at = bisect_left(demand.order, order)
    while at < len(demand.order) and demand.order[at] == order:
        if demand.line[at] == line:
            return at
        at += 1
    return None


def item_position(snapshot: Snapshot, code: str) -> int:
    """Where the item is in the snapshot."""
    return _position(snapshot.items.code, code, "item")


def location_position(snapshot: Snapshot, code: str) -> int:
    """Where the location is in the snapshot."""
    return _position(snapshot.locations.code, code, "location")


def _position(codes: tuple[str, ...], code: str, kind: str) -> int:
    at = bisect_left(codes, code)
    if at == len(codes) or codes[at] != code:
        raise NotFoundError(f"{kind} {code!r} is not in the books")
    return at
