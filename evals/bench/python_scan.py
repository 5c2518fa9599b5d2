"""The scan in plain Python: dictionaries and loops over rows, the same rules as core/planning on its plain features.

Demand is served by (priority, due, order date, order, line) from stock, then from supply by day; every location stands
alone; overdue supply comes today. What is short of a made item becomes needs of its components, level by level, and
dates come back up. It is the baseline of `bench scan` and, in tests, what the engine must agree with line by line.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

NEVER = 2**31 - 1
MILLION = 1_000_000
Node = tuple[int, int]


class Line(NamedTuple):
    """An open order line; days are day numbers."""

    order: str
    line: int
    item: int
    place: int
    quantity: int
    due: int
    order_date: int
    priority: int


class Receipt(NamedTuple):
    """Open supply; `takes` says that it is a work order that has not taken its components, which it does at `start`."""

    item: int
    place: int
    quantity: int
    due: int
    start: int
    takes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The books: lines and receipts in order of their keys, stock by (item, place), and of each item the components
    (item, millionths per unit), the lead time, whether it is made and whether it can be had at all. Items and places
    are numbered in the order of their codes."""

    as_of: int
    lines: list[Line]
    receipts: list[Receipt]
    stock: dict[Node, int]
    parts: dict[int, list[tuple[int, int]]]
    lead: list[int]
    made: list[bool]
    obtainable: list[bool]


class Standing(NamedTuple):
    """Where a line stands: its state, units without supply, and the day everything is there."""

    state: str
    short: int
    available: int


@dataclass(slots=True)
class Need:
    """Units needed at a node by a day; `waits` are the needs of components for what is short."""

    node: Node
    day: int
    quantity: int
    rank: tuple[int, ...]
    short: int = 0
    cover: int = 0
    available: int = 0
    waits: list["Need"] = field(default_factory=list["Need"])


def scan(rows: Rows) -> list[Standing]:
    """Where every line stands, in the order of the lines."""
    level = _levels(rows)
    needs: list[dict[Node, list[Need]]] = [defaultdict(list) for _ in range(max(level, default=0) + 1)]
    lines = [_line_need(line, at) for at, line in enumerate(rows.lines)]
    taken = {at: _taken(rows, at) for at, receipt in enumerate(rows.receipts) if receipt.takes}
    for need in (*lines, *(need for taking in taken.values() for need in taking)):
        needs[level[need.node[0]]][need.node].append(need)
    coming = _coming(rows)
    for here in needs:
        for node in sorted(here):
            for need in _serve_units(rows, here[node], coming.get(node, [])):
                needs[level[need.node[0]]][need.node].append(need)
    for depth in range(len(needs) - 1, -1, -1):
        for node, receipts in coming.items():
            if level[node[0]] == depth:
                _push(rows, receipts, taken)
        for node, queue in needs[depth].items():
            _serve_days(rows, queue, coming.get(node, []))
    return [_standing(need, rows.lines[at]) for at, need in enumerate(lines)]


def _levels(rows: Rows) -> list[int]:
    """The longest way down to each item from one that nothing contains."""
    level, queue = [0] * len(rows.lead), list(rows.parts)
    while queue:
        parent = queue.pop()
        for part, _ in rows.parts.get(parent, ()):
            if level[part] <= level[parent]:
                level[part] = level[parent] + 1
                queue.append(part)
    return level


def _line_need(line: Line, at: int) -> Need:
    rank = (2, line.priority, line.due, line.order_date, at)
    return Need((line.item, line.place), line.due, line.quantity, rank)


def _taken(rows: Rows, at: int) -> list[Need]:
    item, place, quantity, _, start, _ = rows.receipts[at]
    return [
        Need((part, place), start, -(-quantity * per // MILLION), (0, start, at))
        for part, per in rows.parts.get(item, ())
    ]


def _coming(rows: Rows) -> dict[Node, list[list[int]]]:
    """Of each node [day, number, units]; stock is number -1 and comes first."""
    coming = {node: [[rows.as_of, -1, units]] for node, units in rows.stock.items() if units > 0}
    for at, receipt in enumerate(rows.receipts):
        coming.setdefault((receipt.item, receipt.place), []).append(
            [max(receipt.due, rows.as_of), at, receipt.quantity]
        )
    return coming


def _serve_units(rows: Rows, queue: list[Need], receipts: list[list[int]]) -> list[Need]:
    """Find what is short at a node; the needs of components that follow from it."""
    queue.sort(key=lambda need: need.rank)
    left, below = sum(units for _, _, units in receipts), list[Need]()
    for need in queue:
        need.short = max(0, need.quantity - left)
        left = max(0, left - need.quantity)
        item, place = need.node
        if need.short and rows.made[item]:
            day, rank = max(need.day - rows.lead[item], rows.as_of), (max(need.rank[0], 1), *need.rank[1:])
            for part, per in rows.parts.get(item, ()):
                need.waits.append(Need((part, place), day, -(-need.short * per // MILLION), rank))
            below += need.waits
    return below


def _push(rows: Rows, receipts: list[list[int]], taken: dict[int, list[Need]]) -> None:
    """A work order whose components come after its start ends as many days later as it takes."""
    for receipt in receipts:
        waits = taken.get(receipt[1])
        if not waits:
            continue
        ready, one = max(need.available for need in waits), rows.receipts[receipt[1]]
        if ready > one.start:
            receipt[0] = max(receipt[0], _later(ready, max(0, one.due - one.start)))
    receipts.sort(key=lambda receipt: (receipt[1] >= 0, receipt[0], receipt[1]))


def _serve_days(rows: Rows, queue: list[Need], receipts: list[list[int]]) -> None:
    """Walk along the receipts of a node and find the day each need is covered and everything is there."""
    at, left = 0, receipts[0][2] if receipts else 0
    for need in queue:
        units, need.cover = need.quantity - need.short, rows.as_of if not need.short else NEVER
        last = 0
        while units:
            if left == 0:
                at += 1
                left = receipts[at][2]
            eaten = min(units, left)
            units, left, last = units - eaten, left - eaten, max(last, receipts[at][0])
            need.cover = last
        need.available = need.cover if not need.short else max(last, _planned(rows, need))


def _planned(rows: Rows, need: Need) -> int:
    """The day what is short could be there: made once its components are, or bought today."""
    item = need.node[0]
    if not rows.obtainable[item]:
        return NEVER
    ready = max((part.available for part in need.waits), default=rows.as_of)
    return _later(max(ready, rows.as_of), rows.lead[item])


def _later(day: int, days: int) -> int:
    return NEVER if day == NEVER else day + days


def _standing(need: Need, line: Line) -> Standing:
    state = "uncovered" if need.short else "late" if need.cover > line.due else "on time"
    return Standing(state, need.short, need.available)
