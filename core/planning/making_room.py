"""What must be made in the work centres there are: when its operations can be done after its components are there."""

from dataclasses import dataclass, replace

import numpy as np

from core.planning.capacity_queue import Jobs, book
from core.planning.frame import Frame
from core.planning.free_minutes import FreeMinutes
from core.planning.requirements import Needs
from core.planning.rerouted import Rerouted
from core.planning.snapshot import NEVER, Days, Ints, Positions


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Per position the day its operations end (the day they may begin where it has none), the work centre that took
    the longest (-1 none), and what is left free; the operations done at another centre than their own."""

    end: Ints
    center: Ints
    free: FreeMinutes
    rerouted: Rerouted


def room_for(
    frame: Frame, free: FreeMinutes, needs: Needs, *, position: Positions, units: Ints, begin: Days, there: Ints
) -> Room:
    """Book making so many units of the requirements at these positions, which may begin on these days and are `there`
    on those by their lead time. What is bought goes through no work centre, and a phantom is made as its parent is.
    Their own centres do as long as they end it by the day it is needed, or there by its lead time."""
    item = needs.item[position]
    made = frame.snapshot.items.make[item] & (begin < NEVER) & (units > 0)
    if frame.snapshot.item_terms.phantom.size:
        made &= ~frame.snapshot.item_terms.phantom[item]
    rows = np.flatnonzero(made)
    rows = rows[np.argsort(position[rows], kind="stable")]
    at = position[rows].astype(np.int64)
    jobs = Jobs(
        item=needs.item[at].astype(np.int64),
        units=units[rows],
        begin=begin[rows].astype(np.int64),
        need=needs.need[at].astype(np.int64),
        wanted=np.maximum(needs.need[at], there[rows]),
        rank=needs.rank[at].astype(np.int64),
    )
    booked = book(free, frame.snapshot.operations, jobs, frame.others)
    end, center = begin.astype(np.int64), np.full(position.size, -1, dtype=np.int64)
    end[rows], center[rows] = booked.end, booked.center
    moved = replace(booked.rerouted, requirement=at[booked.rerouted.requirement])
    return Room(end=end, center=center, free=booked.free, rerouted=moved)
