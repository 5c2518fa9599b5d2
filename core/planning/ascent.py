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
from core.planning.serving import NOTHING_NEEDED, NOTHING_THERE, Queue, stretches
from core.planning.snapshot import NEVER, Days, Ints, Positions
from core.planning.spans import blocks, largest_in
from core.planning.takings import Takings
from core.planning.timing import ends, ends_after


@dataclass(slots=True, kw_only=True)
class Ascent:
    """Filled from the bottom level up. By requirement position: cover, all there, and the work centre that
    makes it later than its lead time says (-1 none; empty where capacity is infinite). `eta` is by receipt row,
    `takings` by level; `free` are the minutes left at the work centres; `rerouted` by level what is done at another one
    than its own."""

    cover: Days
    available: Days
    eta: Days
    free: FreeMinutes | None
    center: Positions
    takings: list[Takings]
    rerouted: list[Rerouted]


def ascend(frame: Frame, descent: Descent) -> Ascent:
    """Find when everything is there."""
    levels, cover = frame.structure.levels, _believed(frame, descent)
    up = Ascent(
        cover=cover,
        available=cover.copy(),
        eta=frame.coming.eta.copy() if frame.orders.size + frame.moves.size else frame.coming.eta,
        free=frame.free,
        center=np.full(cover.size if frame.free is not None else 0, -1, dtype=np.int32),
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


def _believed(frame: Frame, descent: Descent) -> Days:
    """The day each requirement is covered when supply comes as it is believed to, which takes the place of what it eats
    last."""
    needs, eta = descent.needs, frame.coming.eta
    cover = np.empty(needs.last.size, dtype=np.int32)
    for block in blocks(cover.size):
        cover[block] = _days(frame.snapshot.as_of, needs.last[block], descent.arrivals, eta)
    _keep(frame, descent.earmarks, needs.last, cover, eta)
    needs.last = np.zeros(0, dtype=np.int32)
    return cover


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
    """Lay the queue along the arrivals as they really come."""
    eaten = np.zeros(up.cover.size if descent.earmarks.units.size else 0, dtype=np.int32)
    for stretch in stretches(queue, descent.needs, frame.coming, arrivals, kept=descent.kept):
        last = stretch.last_eaten(arrivals)
        up.cover[stretch.at] = _days(frame.snapshot.as_of, last, arrivals, up.eta)
        if eaten.size:
            eaten[stretch.at] = last
    _keep(frame, descent.earmarks, eaten, up.cover, up.eta)
    up.available[queue.at] = up.cover[queue.at]


def _days(as_of: int, last: Positions, arrivals: Arrivals, eta: Days) -> Days:
    """The day each requirement is covered by what is kept for nobody: when the last of what it eats has come."""
    cover = np.full(last.size, as_of, dtype=np.int32)
    cover[last == NOTHING_THERE] = NEVER
    place = np.flatnonzero(last >= 0)
    eaten = last[place]
    day = eta[arrivals.rows[eaten >> 1]]
    cover[place] = np.where(eaten & 1, np.maximum(day, as_of), day)
    return cover


def _keep(frame: Frame, marks: Earmarks, last: Positions, cover: Days, eta: Days) -> None:
    """What is kept for a requirement has come too; one that eats nothing else is covered by that alone."""
    if marks.units.size:
        alone = (last[marks.requirement] == NOTHING_THERE) | (last[marks.requirement] == NOTHING_NEEDED)
        cover[marks.requirement[alone]] = frame.snapshot.as_of
        np.maximum.at(cover, marks.requirement, eta[marks.row])


def _make_or_buy(frame: Frame, descent: Descent, up: Ascent, *, level: int, parents: Ints, arrivals: Arrivals) -> None:
    """Short units are there a lead time after today, or after the last component; never where nobody supplies. Those
    from elsewhere are there when they have come."""
    as_of, queue, takings, needs = frame.snapshot.as_of, descent.queues[level], descent.takings[level], descent.needs
    position = queue.short
    components = largest_in(up.available, descent.parent_first[parents], descent.parent_count[parents])
    up.available[position] = np.where(obtainable(frame.snapshot)[needs.item[position]], as_of, NEVER)
    up.available[descent.parents[parents]] = np.maximum(components, as_of)
    # Work centres are booked by all together.
    together = [slice(None)] if up.free is not None or takings.units.size else blocks(position.size)
    for block in together:
        at = position[block]
        there = _made_or_bought(frame, descent, up, level=level, position=at, arrivals=arrivals)
        partly = needs.quantity[at] > needs.short[at]
        up.available[at] = np.where(partly, np.maximum(up.cover[at], there), there)


def _made_or_bought(
    frame: Frame, descent: Descent, up: Ascent, *, level: int, position: Positions, arrivals: Arrivals
) -> Ints:
    """The days the short units of these requirements are there, where making or ordering them begins when `available`
    says."""
    as_of, takings, needs = frame.snapshot.as_of, descent.takings[level], descent.needs
    there = ends(frame, needs.item[position], needs.group[position], up.available[position])
    if up.free is None and not takings.units.size:
        return there
    rest = needs.short[position]
    if takings.units.size:
        rest -= takings.of_each(up.cover.size)[position]
    if up.free is not None:
        there = _with_room(frame, descent, up, level, position=position, units=rest, there=there)
    if takings.units.size:
        day, come = arrival_days(frame, takings, needs, arrivals, up.eta), np.full(up.cover.size, as_of)
        np.maximum.at(come, takings.requirement, day)
        up.takings[level] = replace(takings, day=day)
        there = np.maximum(np.where(rest > 0, there, as_of), come[position])
    return there


def _with_room(
    frame: Frame, descent: Descent, up: Ascent, level: int, *, position: Positions, units: Ints, there: Ints
) -> Ints:
    """The days made units are there when work centres must have room for them: never before their lead time says."""
    assert up.free is not None
    begin = up.available[position]
    room = room_for(frame, up.free, descent.needs, position=position, units=units, begin=begin, there=there)
    up.free, up.center[position] = room.free, np.where(room.end > there, room.center, -1)
    up.rerouted[level] = room.rerouted
    return np.maximum(there, room.end)
