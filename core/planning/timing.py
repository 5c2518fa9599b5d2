"""When making begins and ends: in calendar days, or by the calendars of the places where the rules count those."""

import numpy as np

from core.planning.daycount import later
from core.planning.frame import Frame
from core.planning.snapshot import PLANNED_TRANSFER, Days, Ints, Positions


def begins(frame: Frame, item: Positions, group: Positions, need: Days) -> Days:
    """The day making these items at these groups must begin at the latest; the business date where that has passed."""
    lead = frame.snapshot.items.lead_days[item]
    if frame.workdays is None:
        return np.maximum(need - lead, frame.snapshot.as_of).astype(np.int32)
    begin = frame.workdays.back(group.astype(np.int64), need.astype(np.int64), lead.astype(np.int64))
    return np.maximum(begin, frame.snapshot.as_of).astype(np.int32)


def ends(frame: Frame, item: Positions, group: Positions, begin: Days) -> Ints:
    """The day these items are there when they are made or ordered from a day on. A supplier's days are calendar days;
    what it brings arrives on a working day."""
    lead, begin_day = frame.snapshot.items.lead_days[item].astype(np.int64), begin.astype(np.int64)
    if frame.workdays is None:
        return later(begin_day, lead)
    place = group.astype(np.int64)
    made = frame.workdays.after(place, begin_day, lead)
    return np.where(frame.snapshot.items.make[item], made, frame.workdays.after(place, later(begin_day, lead), 0))


def ends_after(frame: Frame, supplies: Ints, taken_at: Positions, ready: Days) -> Ints:
    """The day these orders (positions in supply) end that get what they take, at these groups, on these days. A
    transfer leaves on a working day of where it is taken and is on the way for calendar days."""
    supply, ready_day = frame.snapshot.supply, ready.astype(np.int64)
    start, due = supply.start[supplies].astype(np.int64), supply.due[supplies].astype(np.int64)
    takes = np.maximum(due - start, 0)
    if frame.workdays is None:
        return later(ready_day, takes)
    group = frame.grouping.group_of[supply.location[supplies]]
    made = frame.workdays.after(group, ready_day, frame.workdays.between(group, start, due))
    leaves = frame.workdays.after(taken_at.astype(np.int64), ready_day, 0)
    moved = frame.workdays.after(group, later(leaves, takes), 0)
    return np.where(supply.kind[supplies] == PLANNED_TRANSFER, moved, made)
