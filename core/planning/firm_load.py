"""What open work orders take of the work centres: the minutes they have booked, or else as late as they are due.

An order that has booked nothing loads its operations from the last to the first, each as late as the next one begins.
What is wanted of a centre on one day is one block of work: what is wanted last is placed last, and what does not fit
takes all that is free from today to then. This is the queue of what must be made (capacity_queue.py) with the days
counted backwards.

Operations that have alternative work centres come after those that have none, one by one, what is wanted last first.
Each goes to the first of its centres, its own before the others by priority and code, where all of it fits by then.
Where it fits at none it takes all that is free at its own.
"""

import numpy as np

from core.planning.capacity_queue import first_steps, minutes_of
from core.planning.free_minutes import LAST_DAY, FreeMinutes, free_minutes
from core.planning.latest_first import LatestFirst
from core.planning.queueing import Step, line_of, taken_minutes
from core.planning.rerouting import Rerouting
from core.planning.snapshot import PLANNED_WORK, WORK_ORDER, Ints, Snapshot

_MOST = 2**40


def left_by_orders(snapshot: Snapshot, others: Rerouting | None = None) -> FreeMinutes:
    """Free minutes of all centres beside what open work orders take, which may be at `others` than their own."""
    free, operations, supply = free_minutes(snapshot), snapshot.operations, snapshot.supply
    first = first_steps(operations, len(snapshot.items.code))
    orders = _without_bookings(snapshot, first)
    if orders.size == 0:
        return free
    item = supply.item[orders]
    count, last = first[item + 1] - first[item], supply.due[orders].astype(np.int64) - snapshot.as_of
    last = np.minimum(np.maximum(last, 0), LAST_DAY - 1)
    free = free.until(int(last.max()) + 1)
    for step in range(int(count.max())):
        at = np.flatnonzero(count > step)
        row = first[item[at] + 1] - 1 - step
        load = minutes_of(operations, row, supply.quantity[orders[at]])
        at, row, load = at[load > 0], row[load > 0], load[load > 0]
        fixed = np.ones(row.size, dtype=np.bool_) if others is None else ~others.may[row]
        stay = at[fixed]
        free, last[stay] = _loaded(free, operations.center[row[fixed]].astype(np.int64), last[stay], load[fixed])
        if others is not None and stay.size < at.size:
            go = at[~fixed]
            free, last[go] = _chosen(free, others, row[~fixed], supply.quantity[orders[go]], last[go], load[~fixed])
    return free


def _without_bookings(snapshot: Snapshot, first: Ints) -> Ints:
    """Work orders (positions in supply) of items with operations that have booked no minutes."""
    supply, booked = snapshot.supply, frozenset(snapshot.bookings.number)
    placed, planned = supply.kind == WORK_ORDER, supply.kind == PLANNED_WORK
    found = np.flatnonzero((placed | planned) & (supply.quantity > 0) & (np.diff(first)[supply.item] > 0))
    if not booked:
        return found
    kept = [row for row in found.tolist() if supply.kind[row] == PLANNED_WORK or supply.number[row] not in booked]
    return np.array(kept, dtype=np.int64)


def _loaded(free: FreeMinutes, center: Ints, last: Ints, load: Ints) -> tuple[FreeMinutes, Ints]:
    """What is left free, and the day the block of each operation begins on; days are counted from today."""
    if load.size == 0:
        return free, last
    blocks = np.zeros(free.by_day.shape, dtype=np.int64)
    np.add.at(blocks, (center, free.days - 1 - last), np.minimum(load, _MOST))
    row, begin = np.nonzero(blocks)
    queue = Step(at=np.arange(row.size), center=row, begin=begin, load=blocks[row, begin])
    backwards = free.reversed()
    line = line_of(backwards, queue, queue.at)
    left = backwards.less(line.centers, taken_minutes(line, queue.at)).reversed()
    begun = np.zeros(free.by_day.shape, dtype=np.int64)
    begun[row, free.days - 1 - begin] = np.where(line.fits, free.days - 1 - line.day, 0)
    return left, begun[center, last]


def _chosen(
    free: FreeMinutes, others: Rerouting, row: Ints, units: Ints, last: Ints, load: Ints
) -> tuple[FreeMinutes, Ints]:
    """What is left free, and the day each of these operations begins on, that have a choice of centres."""
    lines, begun = LatestFirst(free), np.empty_like(last)
    order = np.argsort(-last, kind="stable")
    columns = (order, row[order], others.own[row[order]], units[order], last[order], load[order])
    for at, step, center, pieces, day, minutes in zip(*(column.tolist() for column in columns), strict=True):
        way = center, minutes
        if not lines.fits(center, day, minutes):
            fits = (other for other in others.elsewhere(step, pieces) if lines.fits(other[0], day, other[1]))
            way = next(fits, way)
        begun[at] = lines.take(way[0], day, way[1])
    return lines.left(), begun
