"""Safety stock (E34): items whose projected balance falls below their safety stock within their lead time.

The projected balance of a day is stock on hand plus what has come less what has been needed by then, planned components
included. Safety stock is one figure of the item, so the balance is that of all places together. Items that are kept,
coming or needed are watched, from today for as many days as the item's lead time: after that, supply ordered today
would be there.
"""

from decimal import Decimal

import numpy as np

from core.domain.cases import DetectedCase, ExceptionType
from core.domain.ids import ItemCode
from core.planning.impacts import LOWEST_TIER, Scan
from core.planning.ordering import stable_order
from core.planning.outcome import NetResult
from core.planning.snapshot import Ints, Snapshot, date_of
from core.planning.spans import run_lengths, run_starts


def safety_cases(scan: Scan, *, besides: set[int]) -> list[DetectedCase]:
    """The cases of all items (positions) but those in `besides`, whose shortage is a case already."""
    item, day, balance = _balances(scan.snapshot, scan.result)
    breached = np.flatnonzero(balance < scan.snapshot.items.safety_stock[item])
    found: dict[int, tuple[int, int]] = {}
    for at in breached.tolist():
        since, lowest = found.get(int(item[at]), (int(day[at]), int(balance[at])))
        found[int(item[at])] = since, min(lowest, int(balance[at]))
    return [
        _case(scan, item=at, day=since, lowest=lowest) for at, (since, lowest) in found.items() if at not in besides
    ]


def missing_unit_days(snapshot: Snapshot, result: NetResult, item: int) -> int:
    """Units missing from an item's safety stock, each counted for every day of the lead time on which it is missing."""
    items, days, balance = _balances(snapshot, result)
    own = np.flatnonzero(items == item)
    end = snapshot.as_of + int(snapshot.items.lead_days[item]) + 1
    lasting = np.diff(days[own], append=end)
    return int((np.maximum(snapshot.items.safety_stock[item] - balance[own], 0) * lasting).sum())


def _balances(snapshot: Snapshot, result: NetResult) -> tuple[Ints, Ints, Ints]:
    """Item, day and projected balance at the end of today and of each day it moves within the lead time, sorted."""
    receipts, requirements = result.receipts, result.requirements
    lead, safety = snapshot.items.lead_days.astype(np.int64), snapshot.items.safety_stock
    kept = np.unique(np.concatenate((snapshot.stock.item, receipts.item, requirements.item)))
    item = np.concatenate((kept, receipts.item, requirements.item)).astype(np.int64)
    units = np.concatenate((np.zeros(kept.size, dtype=np.int64), receipts.quantity, -requirements.quantity))
    today = np.full(kept.size, snapshot.as_of)
    day = np.maximum(np.concatenate((today, receipts.eta, requirements.need)).astype(np.int64), snapshot.as_of)
    watched = np.flatnonzero((day <= snapshot.as_of + lead[item]) & (safety[item] > 0))
    order = watched[stable_order(item[watched], day[watched])]
    return _end_of_day(item[order], day[order], units[order])


def _end_of_day(item: Ints, day: Ints, units: Ints) -> tuple[Ints, Ints, Ints]:
    starts = run_starts(item)
    running = np.cumsum(units)
    before = np.repeat(running[starts] - units[starts], run_lengths(starts, item.size))
    ends = np.flatnonzero(np.append((np.diff(item) != 0) | (np.diff(day) != 0), True)[: item.size])
    return item[ends], day[ends], (running - before)[ends]


def _case(scan: Scan, *, item: int, day: int, lowest: int) -> DetectedCase:
    snapshot = scan.snapshot
    code, there = snapshot.items.code[item], snapshot.locations.code[_place(scan, item)]
    safety = int(snapshot.items.safety_stock[item])
    since = date_of(day)
    return DetectedCase(
        type=ExceptionType.SAFETY_STOCK_BREACHED,
        root=f"item {code}",
        cause="below",
        title=f"{code} falls to {lowest:,}, below its safety stock of {safety:,}, from {since.isoformat()}",
        item=ItemCode(code),
        location=there,
        lacking=safety - lowest,
        needed_by=since,
        exposure=Decimal("0.00"),
        best_tier=LOWEST_TIER,
        impacts=(),
        fixes=(f"{safety - lowest:,} more {code} at {there} by {since.isoformat()}",),
    )


def _place(scan: Scan, item: int) -> int:
    """The location that keeps the most of the item, else the first that ships, else the first."""
    stock, locations = scan.snapshot.stock, scan.snapshot.locations
    here = np.flatnonzero(stock.item == item)
    if here.size:
        return int(stock.location[here[int(np.argmax(stock.available[here]))]])
    ships = np.flatnonzero(locations.may_ship)
    return int(ships[0]) if ships.size else 0
