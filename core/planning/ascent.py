"""Up the bill of materials: real dates of receipts, cover of requirements, and the day everything is
there."""

from dataclasses import dataclass, replace

import numpy as np

from core.planning.descent import Descent
from core.planning.earmarking import Earmarks
from core.planning.elsewhere import arrival_days
from core.planning.frame import Frame
from core.planning.free_minutes import FreeMinutes
from core.planning.making_room import room_for
from core.planning.obtaining import obtainable
from core.planning.receiving import Arrivals
from core.planning.rerouted import NO_REROUTED, Rerouted
from core.planning.serving import Queue, serve
from core.planning.snapshot import NEVER, Days, Ints, Positions
from core.planning.spans import largest_in
from core.planning.takings import Takings
from core.planning.timing import ends, ends_after


@dataclass(slots=True, kw_only=True)
class Ascent:
    """Filled from the bottom level up. By requirement position: short units, cover, all there, and the work centre that
    makes it later than its lead time says (-1 none; empty where capacity is infinite). `eta` is by receipt row,
    `takings` by level; `free` are the minutes left at the work centres; `rerouted` by level what is done at another one
    than its own."""

    short: Ints
    cover: Days
    available: Days
    eta: Days
    free: FreeMinutes | None
    center: Positions
    takings: list[Takings]
    rerouted: list[Rerouted]


def ascend(frame: Frame, descent: Descent) -> Ascent:
    """Find when everything is there."""
    requirements, levels = descent.needs.quantity.size, frame.structure.levels
    up = Ascent(
        short=np.zeros(requirements, dtype=np.int64),
        cover=np.zeros(requirements, dtype=np.int32),
        available=np.zeros(requirements, dtype=np.int32),
        eta=frame.coming.eta.copy(),
        free=frame.free,
        center=np.full(requirements if frame.free is not None else 0, -1, dtype=np.int32),
        takings=list(descent.takings),
        rerouted=[NO_REROUTED] * levels,
    )
    orders_by_level = _split(_level_of(frame, frame.orders), levels)
    moves_by_level = _split(_level_of(frame, frame.moves), levels)
    parents_by_level = _split(frame.structure.level[descent.needs.item[descent.parents]], levels)
    for level in reversed(range(levels)):
        pushed = _push_orders(frame, descent, up, orders_by_level[level])
        moves = moves_by_level[level] + frame.orders.size
        arrivals, free = descent.arrivals, up.free
        # What is moved may have been moved before: one pass for each link of the longest chain of transfers.
        for _ in range(moves.size + 1):
            if pushed:
                arrivals = _arrivals(frame, descent, up, level)
            _cover(frame, descent, up, queue=descent.queues[level], arrivals=arrivals)
            up.free = free
            _make_or_buy(frame, descent, up, level=level, parents=parents_by_level[level], arrivals=arrivals)
            pushed = _push_orders(frame, descent, up, moves)
            if not pushed:
                break
    return up


def _arrivals(frame: Frame, descent: Descent, up: Ascent, level: int) -> Arrivals:
    """The supply of a level as it really comes."""
    rows = frame.coming.supplied()
    return frame.coming.arrivals(rows[frame.structure.level[frame.coming.item[rows]] == level], up.eta, descent.free)


def _split(level: Ints, levels: int) -> list[Ints]:
    """The rows of each level, rising."""
    return [np.flatnonzero(level == one) for one in range(levels)]


def _level_of(frame: Frame, supplies: Ints) -> Ints:
    return frame.structure.level[frame.snapshot.supply.item[supplies]]


def _push_orders(frame: Frame, descent: Descent, up: Ascent, orders: Ints) -> bool:
    """An order (row of the frame's orders and moves) that gets what it takes after its start ends as many days later as
    it takes; whether one does that was not known to."""
    if orders.size == 0:
        return False
    position = np.concatenate((frame.orders, frame.moves))[orders]
    ready = largest_in(up.available, descent.order_first[orders], descent.order_count[orders])
    waits = np.flatnonzero(ready > frame.snapshot.supply.start[position])
    position, taken = position[waits], descent.order_first[orders[waits]]
    row = frame.rows_of(position)
    pushed = np.maximum(up.eta[row], ends_after(frame, position, descent.needs.group[taken], ready[waits]))
    known = bool((pushed == up.eta[row]).all())
    up.eta[row] = pushed
    return not known


def _cover(frame: Frame, descent: Descent, up: Ascent, *, queue: Queue, arrivals: Arrivals) -> None:
    """Lay the queue along the arrivals; a requirement is covered when the last of what it eats has come, and what is
    kept for it."""
    as_of = frame.snapshot.as_of
    cover = np.full(queue.at.size, as_of, dtype=np.int32)
    cover[(queue.short > 0) & (queue.high == queue.low)] = NEVER
    served = serve(queue, arrivals)
    day = up.eta[arrivals.rows[served.last]]
    cover[served.place] = np.where(served.from_stock, np.maximum(day, as_of), day)
    up.cover[queue.at] = cover
    marks = descent.earmarks
    if marks.units.size:
        _keep(frame, queue, marks, up)
        cover = up.cover[queue.at]
    up.available[queue.at] = cover


def _keep(frame: Frame, queue: Queue, marks: Earmarks, up: Ascent) -> None:
    """What is kept for a requirement has come too; one that has nothing else is covered by that alone."""
    alone = np.zeros(up.cover.size, dtype=np.bool_)
    alone[queue.at] = queue.high == queue.low
    here = marks.requirement[alone[marks.requirement]]
    up.cover[here] = frame.snapshot.as_of
    np.maximum.at(up.cover, marks.requirement, up.eta[marks.row])


def _make_or_buy(frame: Frame, descent: Descent, up: Ascent, *, level: int, parents: Ints, arrivals: Arrivals) -> None:
    """Short units are there a lead time after today, or after the last component; never where nobody supplies. Those
    from elsewhere are there when they have come."""
    as_of, queue, takings = frame.snapshot.as_of, descent.queues[level], descent.takings[level]
    short = np.flatnonzero(queue.short > 0)
    position, rest = queue.at[short], queue.short[short]
    item = descent.needs.item[position]
    components = largest_in(up.available, descent.parent_first[parents], descent.parent_count[parents])
    up.short[position] = rest
    if takings.units.size:
        rest = rest - takings.of_each(up.short.size)[position]
    up.available[position] = np.where(obtainable(frame.snapshot)[item], as_of, NEVER)
    up.available[descent.parents[parents]] = np.maximum(components, as_of)
    there = ends(frame, item, descent.needs.group[position], up.available[position])
    if up.free is not None:
        there = _with_room(frame, descent, up, level, position=position, units=rest, there=there)
    if takings.units.size:
        day, come = arrival_days(frame, takings, descent.needs, arrivals, up.eta), np.full(up.short.size, as_of)
        np.maximum.at(come, takings.requirement, day)
        up.takings[level] = replace(takings, day=day)
        there = np.maximum(np.where(rest > 0, there, as_of), come[position])
    partly = queue.high[short] > queue.low[short]
    if descent.kept.size:
        partly |= descent.kept[position] > 0
    up.available[position] = np.where(partly, np.maximum(up.cover[position], there), there)


def _with_room(
    frame: Frame, descent: Descent, up: Ascent, level: int, *, position: Ints, units: Ints, there: Ints
) -> Ints:
    """The days made units are there when work centres must have room for them: never before their lead time says."""
    assert up.free is not None
    begin = up.available[position]
    room = room_for(frame, up.free, descent.needs, position=position, units=units, begin=begin, there=there)
    up.free, up.center[position] = room.free, np.where(room.end > there, room.center, -1)
    up.rerouted[level] = room.rerouted
    return np.maximum(there, room.end)
