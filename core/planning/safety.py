"""Safety stock (E34): items whose projected balance falls below their safety stock within their lead time.

The projected balance of a day is stock on hand plus what has come less what has been needed by then, planned components
included. It is watched wherever an item is kept (a balance exists), from today for as many days as the item's lead
time: after that, supply ordered today would be there.
"""

from decimal import Decimal

import numpy as np

from core.domain.cases import DetectedCase, ExceptionType
from core.domain.ids import ItemCode
from core.planning.impacts import LOWEST_TIER, Scan
from core.planning.naming import node_name
from core.planning.ordering import stable_order
from core.planning.snapshot import Ints, date_of
from core.planning.spans import run_lengths, run_starts


def safety_cases(scan: Scan, *, besides: set[tuple[int, int]]) -> list[DetectedCase]:
    """The cases of all (item, group) nodes but those in `besides`, whose shortage is a case already."""
    groups = int(scan.result.group_of.max(initial=0)) + 1
    node, day, balance = _balances(scan, groups)
    safety = scan.snapshot.items.safety_stock[node // groups]
    breached = np.flatnonzero(balance < safety)
    first, last = _ends(node[breached])
    found: list[DetectedCase] = []
    for begin, end in zip(first.tolist(), last.tolist(), strict=True):
        at = int(node[breached[begin]])
        if (at // groups, at % groups) not in besides:
            lowest = int(balance[breached[begin:end]].min())
            found.append(
                _case(scan, item=at // groups, group=at % groups, day=int(day[breached[begin]]), lowest=lowest)
            )
    return found


def _ends(sorted_keys: Ints) -> tuple[Ints, Ints]:
    starts = run_starts(sorted_keys)
    return starts, starts + run_lengths(starts, sorted_keys.size)


def _balances(scan: Scan, groups: int) -> tuple[Ints, Ints, Ints]:
    """Node, day, projected balance at the end of each day on which it moves within the lead time, by node and day."""
    snapshot, receipts, requirements = scan.snapshot, scan.result.receipts, scan.result.requirements
    kept = np.unique(_nodes(snapshot.stock.item, scan.result.group_of[snapshot.stock.location], groups))
    node = np.concatenate(
        (
            kept,
            _nodes(receipts.item, receipts.group, groups),
            _nodes(requirements.item, requirements.group, groups),
        )
    )
    units = np.concatenate((np.zeros(kept.size, dtype=np.int64), receipts.quantity, -requirements.quantity))
    today = np.full(kept.size, snapshot.as_of)
    day = np.maximum(np.concatenate((today, receipts.eta, requirements.need)).astype(np.int64), snapshot.as_of)
    lead, safety = snapshot.items.lead_days.astype(np.int64), snapshot.items.safety_stock
    item = node // groups
    watched = (day <= snapshot.as_of + lead[item]) & (safety[item] > 0) & np.isin(node, kept)
    return _end_of_day(node[watched], day[watched], units[watched])


def _nodes(item: np.ndarray[tuple[int], np.dtype[np.int32]], group: object, groups: int) -> Ints:
    return item.astype(np.int64) * groups + np.asarray(group, dtype=np.int64)


def _end_of_day(node: Ints, day: Ints, units: Ints) -> tuple[Ints, Ints, Ints]:
    order = stable_order(node, day)
    node, day, units = node[order], day[order], units[order]
    starts = run_starts(node)
    running = np.cumsum(units)
    before = np.repeat(running[starts] - units[starts], run_lengths(starts, node.size))
    ends = np.flatnonzero(np.append((np.diff(node) != 0) | (np.diff(day) != 0), True)[: node.size])
    return node[ends], day[ends], (running - before)[ends]


def _case(scan: Scan, *, item: int, group: int, day: int, lowest: int) -> DetectedCase:
    snapshot = scan.snapshot
    name = node_name(snapshot, scan.result, item=item, group=group)
    place = _place(scan, item, group)
    code, there = snapshot.items.code[item], snapshot.locations.code[place]
    safety = int(snapshot.items.safety_stock[item])
    since = date_of(day)
    return DetectedCase(
        type=ExceptionType.SAFETY_STOCK_BREACHED,
        root=name,
        cause="below",
        title=f"{code} at {there} falls to {lowest:,}, below its safety stock of {safety:,}, from {since.isoformat()}",
        item=ItemCode(code),
        location=there,
        lacking=safety - lowest,
        needed_by=since,
        exposure=Decimal("0.00"),
        best_tier=LOWEST_TIER,
        impacts=(),
        fixes=(f"{safety - lowest:,} more {code} at {there} by {since.isoformat()}",),
    )


def _place(scan: Scan, item: int, group: int) -> int:
    """The location of the group that keeps the most of the item, the first of equals."""
    stock = scan.snapshot.stock
    here = np.flatnonzero((stock.item == item) & (scan.result.group_of[stock.location] == group))
    return int(stock.location[here[int(np.argmax(stock.available[here]))]])
