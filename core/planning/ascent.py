"""Up the bill of materials: real dates of receipts, cover of requirements, and the day everything is
there."""

from dataclasses import dataclass

import numpy as np

from core.planning.daycount import later
from core.planning.descent import Descent
from core.planning.earmarking import Earmarks
from core.planning.frame import Frame
from core.planning.ordering import stable_order
from core.planning.serving import Queue, serve
from core.planning.snapshot import NEVER, Flags, Ints
from core.planning.spans import largest_in


@dataclass(slots=True, kw_only=True)
class Ascent:
    """Filled from the bottom level up. By requirement position: short units, the interval covered,
    cover, all there, and the first and last receipt row eaten (-1 none). `eta` is by receipt row;
    `served` are the rows level by level, in order."""

    short: Ints
    low: Ints
    high: Ints
    cover: Ints
    available: Ints
    first: Ints
    last: Ints
    eta: Ints
    served: list[Ints]


def ascend(frame: Frame, descent: Descent) -> Ascent:
    """Find when everything is there."""
    up = _empty(descent, frame.coming.eta)
    rows_by_level = _split(frame.structure.level[frame.coming.item], frame.structure.levels)
    orders_by_level = _split(_level_of(frame, frame.orders), frame.structure.levels)
    moves_by_level = _split(_level_of(frame, frame.moves), frame.structure.levels)
    parents_by_level = _split(frame.structure.level[descent.needs.item[descent.parents]], frame.structure.levels)
    for level in reversed(range(frame.structure.levels)):
        _push_orders(frame, descent, up, orders_by_level[level])
        moves = moves_by_level[level] + frame.orders.size
        rows = rows_by_level[level]
        # What is moved may have been moved before: one pass for each link of the longest chain of transfers.
        for _ in range(moves.size + 1):
            rows = frame.coming.in_order(rows_by_level[level], up.eta)
            _cover(frame, descent, up, queue=descent.queues[level], rows=rows)
            _make_or_buy(frame, descent, up, queue=descent.queues[level], parents=parents_by_level[level])
            if not _push_orders(frame, descent, up, moves):
                break
        up.served.append(rows)
    return up


def _empty(descent: Descent, eta: Ints) -> Ascent:
    requirements = descent.needs.quantity.size
    zeros, none = np.zeros(requirements, dtype=np.int64), np.full(requirements, -1)
    return Ascent(
        short=zeros.copy(),
        low=zeros.copy(),
        high=zeros.copy(),
        cover=zeros.copy(),
        available=zeros,
        first=none.copy(),
        last=none,
        eta=eta.copy(),
        served=[],
    )


def _split(level: Ints, levels: int) -> list[Ints]:
    """The rows of each level, rising."""
    order = stable_order(level)
    ends = np.cumsum(np.bincount(level, minlength=levels))
    return np.split(order, ends[:-1])


def _level_of(frame: Frame, supplies: Ints) -> Ints:
    return frame.structure.level[frame.snapshot.supply.item[supplies]]


def _push_orders(frame: Frame, descent: Descent, up: Ascent, orders: Ints) -> bool:
    """An order (row of the frame's orders and moves) that gets what it takes after its start ends as many days later as
    it takes; whether one does that was not known to."""
    if orders.size == 0:
        return False
    supply, position = frame.snapshot.supply, np.concatenate((frame.orders, frame.moves))[orders]
    ready = largest_in(up.available, descent.order_first[orders], descent.order_count[orders])
    start = supply.start[position].astype(np.int64)
    takes = np.maximum(supply.due[position] - start, 0)
    row = frame.rows_of(position)
    pushed = np.where(ready > start, np.maximum(up.eta[row], later(ready, takes)), up.eta[row])
    known = bool((pushed == up.eta[row]).all())
    up.eta[row] = pushed
    return not known


def _cover(frame: Frame, descent: Descent, up: Ascent, *, queue: Queue, rows: Ints) -> None:
    """Peg the queue to the ordered receipts; a requirement is covered when the later of its ends has come, and what is
    kept for it."""
    eaten, first, last = serve(queue, frame.coming, rows, descent.free)
    first, last, position = rows[first], rows[last], queue.at[eaten]
    cover = np.where(queue.short > 0, NEVER, frame.snapshot.as_of)
    cover[eaten] = np.maximum(up.eta[first], up.eta[last])
    up.first[position], up.last[position] = first, last
    up.short[queue.at], up.low[queue.at], up.high[queue.at] = queue.short, queue.low, queue.high
    up.cover[queue.at] = cover
    marks = descent.earmarks
    if marks.units.size:
        _keep(frame, marks, up)
    up.available[queue.at] = up.cover[queue.at]


def _keep(frame: Frame, marks: Earmarks, up: Ascent) -> None:
    """What is kept for a requirement has come too; one that has nothing else is covered by that alone."""
    alone = marks.requirement[up.first[marks.requirement] < 0]
    up.cover[alone] = frame.snapshot.as_of
    np.maximum.at(up.cover, marks.requirement, up.eta[marks.row])


def _make_or_buy(frame: Frame, descent: Descent, up: Ascent, *, queue: Queue, parents: Ints) -> None:
    """Short units are there a lead time after today, or after the last component; never where nobody supplies."""
    as_of, short = frame.snapshot.as_of, np.flatnonzero(queue.short > 0)
    position = queue.at[short]
    item = descent.needs.item[position]
    components = largest_in(up.available, descent.parent_first[parents], descent.parent_count[parents])
    up.available[position] = np.where(_obtainable(frame)[item], as_of, NEVER)
    up.available[descent.parents[parents]] = np.maximum(components, as_of)
    there = later(up.available[position], frame.snapshot.items.lead_days[item].astype(np.int64))
    partly = (queue.high[short] > queue.low[short]) | (descent.kept[position] > 0)
    up.available[position] = np.where(partly, np.maximum(up.cover[position], there), there)


def _obtainable(frame: Frame) -> Flags:
    """Items that are made, or that an approved supplier sells."""
    obtainable = frame.snapshot.items.make.copy()
    obtainable[frame.snapshot.sources.item] = True
    return obtainable
