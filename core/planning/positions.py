"""Where things stand in a snapshot: the row of an item, a location, an order line or a supply."""

from bisect import bisect_left

import numpy as np

from core.domain.errors import NotFoundError
from core.planning.snapshot import WORK_ORDER, Snapshot, Supply


def supply_position(supply: Supply, kind: int, number: str, line: int) -> int | None:
    """Where the supply row of a key is, None when it is not open."""
    at = first_not_before(supply, kind, number, line)
    found = at < len(supply.number) and (supply.kind[at], supply.number[at], supply.line[at]) == (kind, number, line)
    return at if found else None


def first_not_before(supply: Supply, kind: int, number: str, line: int) -> int:
    """The place of a key in (kind, number, line)."""
    low, high = (int(np.searchsorted(supply.kind, kind, side)) for side in ("left", "right"))
    at = bisect_left(supply.number, number, low, high)
    while at < high and supply.number[at] == number and supply.line[at] < line:
        at += 1
    return at


def open_supply(snapshot: Snapshot, kind: int, number: str, line: int) -> int:
    """Where an open supply is; NotFoundError when it is not open."""
    at = supply_position(snapshot.supply, kind, number, line)
    if at is None:
        what = f"work order {number!r}" if kind == WORK_ORDER else f"purchase order line '{number}/{line}'"
        raise NotFoundError(f"{what} is not open")
    return at


def line_position(snapshot: Snapshot, order: str, line: int) -> int | None:
    """Where the order line is among the open ones, None when it is not open."""
    demand = snapshot.demand
    at = bisect_left(demand.order, order)
    while at < len(demand.order) and demand.order[at] == order:
        if demand.line[at] == line:
            return at
        at += 1
    return None


def open_line(snapshot: Snapshot, order: str, line: int) -> int:
    """Where an open order line is; NotFoundError when it is not open."""
    at = line_position(snapshot, order, line)
    if at is None:
        raise NotFoundError(f"order line '{order}/{line}' is not open")
    return at


def item_position(snapshot: Snapshot, code: str) -> int:
    """Where the item is in the snapshot."""
    return _position(snapshot.items.code, code, "item")


def location_position(snapshot: Snapshot, code: str) -> int:
    """Where the location is in the snapshot."""
    return _position(snapshot.locations.code, code, "location")


def supplier_position(snapshot: Snapshot, code: str) -> int:
    """Where the supplier is in the snapshot."""
    return _position(snapshot.parties.supplier, code, "supplier")


def stock_position(snapshot: Snapshot, item: int, location: int) -> int | None:
    """Where the stock of an item at a location is, None when none was ever kept there."""
    here = np.flatnonzero((snapshot.stock.item == item) & (snapshot.stock.location == location))
    return int(here[0]) if here.size else None


def _position(codes: tuple[str, ...], code: str, kind: str) -> int:
    at = bisect_left(codes, code)
    if at == len(codes) or codes[at] != code:
        raise NotFoundError(f"{kind} {code!r} is not in the books")
    return at
