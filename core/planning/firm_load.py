"""What open work orders take of the work centres: the minutes they have booked, or else as late as they are due.

An order that has booked nothing loads its operations from the last to the first, each as late as the next one begins;
what is due last is placed last, and what does not fit takes all that is free from today to then. This is the queue of
what must be made (capacity_queue.py) with the days counted backwards.
"""

import numpy as np

from core.planning.capacity_queue import minutes_of
from core.planning.free_minutes import LAST_DAY, FreeMinutes, free_minutes
from core.planning.ordering import stable_order
from core.planning.queueing import Step, line_of, taken_minutes
from core.planning.snapshot import PLANNED_WORK, WORK_ORDER, Ints, Snapshot


def left_by_orders(snapshot: Snapshot) -> FreeMinutes:
    """Free minutes of all centres beside what open work orders take."""
    free, operations, supply = free_minutes(snapshot), snapshot.operations, snapshot.supply
    orders = _without_bookings(snapshot)
    if orders.size == 0:
        return free
    first = np.searchsorted(operations.item, supply.item[orders], side="left")
    count = np.searchsorted(operations.item, supply.item[orders], side="right") - first
    last = np.clip(supply.due[orders].astype(np.int64) - snapshot.as_of, 0, LAST_DAY - 1)
    free = free.until(int(last.max()) + 1)
    for step in range(int(count.max())):
        at = np.flatnonzero(count > step)
        row = first[at] + count[at] - 1 - step
        load = minutes_of(operations, row, supply.quantity[orders[at]])
        at, row, load = at[load > 0], row[load > 0], load[load > 0]
        center = operations.center[row].astype(np.int64)
        order = stable_order(center, free.days - last[at], -at)
        queue = Step(at=at[order], center=center[order], begin=free.days - 1 - last[at[order]], load=load[order])
        free, last[queue.at] = _loaded(free, queue)
    return free


def _without_bookings(snapshot: Snapshot) -> Ints:
    """Work orders (positions in supply) of items with operations that have booked no minutes."""
    supply, booked = snapshot.supply, frozenset(snapshot.bookings.number)
    stepped = np.zeros(len(snapshot.items.code), dtype=np.bool_)
    stepped[snapshot.operations.item] = True
    placed, planned = supply.kind == WORK_ORDER, supply.kind == PLANNED_WORK
    found = np.flatnonzero((placed | planned) & (supply.quantity > 0) & stepped[supply.item])
    if not booked:
        return found
    kept = [row for row in found.tolist() if supply.kind[row] == PLANNED_WORK or supply.number[row] not in booked]
    return np.array(kept, dtype=np.int64)


def _loaded(free: FreeMinutes, queue: Step) -> tuple[FreeMinutes, Ints]:
    """What is left free, and the day each operation begins on, counted from today."""
    if queue.at.size == 0:
        return free, queue.begin
    backwards = free.reversed()
    every = np.arange(queue.at.size)
    line = line_of(backwards, queue, every)
    left = backwards.less(line.centers, taken_minutes(line, every)).reversed()
    return left, np.where(line.fits, free.days - 1 - line.day, 0)
