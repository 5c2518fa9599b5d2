"""Minutes: what making an item takes of its work centres, day by day in the time nobody has booked, and overtime."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from core.planning.free_minutes import FreeMinutes
from core.planning.snapshot import PER_PARENT_SCALE, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An operation of an item at a work centre (position): minutes once, and millionths of a minute a good unit."""

    center: int
    setup: int
    unit: int

    def minutes(self, quantity: int) -> int:
        """Minutes for so many good units, rounded up."""
        return self.setup - (-quantity * self.unit // PER_PARENT_SCALE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """Work placed: the day number it ends on, and overtime minutes by (centre, day number)."""

    end: int
    overtime: Mapping[tuple[int, int], int]


def steps_of(snapshot: Snapshot, item: int) -> tuple[Step, ...]:
    """The operations of an item (position) in their order, what is lost on the way included."""
    operations = snapshot.operations
    return tuple(
        Step(
            center=int(operations.center[row]),
            setup=int(operations.setup[row]),
            unit=-(-int(operations.unit[row]) * PER_PARENT_SCALE // max(1, int(operations.good[row]))),
        )
        for row in np.flatnonzero(operations.item == item).tolist()
    )


def centers_of(snapshot: Snapshot, item: str) -> tuple[str, ...]:
    """The codes of the work centres an item goes through, sorted; none for what is not known."""
    if item not in snapshot.items.code:
        return ()
    steps = steps_of(snapshot, snapshot.items.code.index(item))
    return tuple(sorted({snapshot.work_centers.code[step.center] for step in steps}))


def worked(
    free: FreeMinutes,
    steps: tuple[Step, ...],
    quantity: int,
    *,
    start: int,
    longer: Mapping[tuple[int, int], int],
) -> Worked | None:
    """One operation after the other from a day number on: each day first in the minutes free, then in the overtime it
    may work (`longer`, by centre and day number). None where the days laid out are not enough."""
    used: dict[tuple[int, int], int] = {}
    spent: dict[tuple[int, int], int] = {}
    day = start - free.as_of
    for step in steps:
        left = step.minutes(quantity)
        while left > 0:
            if day >= free.days:
                return None
            key = step.center, free.as_of + day
            plain = max(0, int(free.by_day[step.center, day]) - spent.get(key, 0))
            usual = min(left, plain)
            more = min(left - usual, longer.get(key, 0) - used.get(key, 0))
            spent[key] = spent.get(key, 0) + usual
            if more:
                used[key] = used.get(key, 0) + more
            left -= usual + more
            day += left > 0
    return Worked(end=free.as_of + day, overtime=used)
