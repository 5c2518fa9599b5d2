"""Finite capacity: what must be made waits for free minutes of the work centres it goes through.

All operations that come k-th in their item's sequence are booked together, after those that come before. At a work
centre they form a queue in which what is ready first goes first; of what is ready on one day what is needed first, then
rank, then position. In cumulative free minutes an operation ends at F_i = max(F_(i-1), Cap(begin_i)) + load_i, where
Cap(d) is what was free before day d: a running sum, a running maximum and a search. What one booking leaves free is
open to the next, gaps before what had to wait included. The next operation may begin on the day the last one ends.

An operation with alternative work centres may be done at one of them (rerouting.py): the last one of an item where its
own centre would end it after the day it is wanted, those before it where that would not end them on the day they begin.
"""

from dataclasses import dataclass

import numpy as np

from core.planning.free_minutes import FreeMinutes
from core.planning.ordering import stable_order
from core.planning.queueing import Step, standing, taken_minutes
from core.planning.rerouted import Rerouted, joined_rerouted
from core.planning.rerouting import Rerouting, Work
from core.planning.snapshot import NEVER, Ints, Operations

_MILLION = 1_000_000
_WRAPS = 4e18


@dataclass(frozen=True, slots=True, kw_only=True)
class Jobs:
    """What is to be made, in order of position: units of an item, the day number on which it may begin, the day it is
    needed, the day up to which no other centre need do it, and its place in line."""

    item: Ints
    units: Ints
    begin: Ints
    need: Ints
    wanted: Ints
    rank: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """Per job the day it ends (NEVER beyond ten years) and the work centre where it is the longest, waiting included
    (-1 where it goes to none); what is free afterwards, and the operations done elsewhere, by row of the jobs."""

    end: Ints
    center: Ints
    free: FreeMinutes
    rerouted: Rerouted


def book(free: FreeMinutes, operations: Operations, jobs: Jobs, others: Rerouting | None = None) -> Booked:
    """Book all jobs, operation by operation; with `others` what need not stay at its own centre."""
    steps = first_steps(operations, int(jobs.item.max(initial=-1)) + 1)
    first, count = steps[jobs.item], np.diff(steps)[jobs.item]
    end, center = jobs.begin.copy(), np.full(jobs.item.size, -1, dtype=np.int64)
    longest, rerouted = np.full(jobs.item.size, -1, dtype=np.int64), list[Rerouted]()
    for step in range(int(count.max(initial=0))):
        at = np.flatnonzero((count > step) & (end < NEVER))
        row = first[at] + step
        load = minutes_of(operations, row, jobs.units[at])
        at, row, load = at[load > 0], row[load > 0], load[load > 0]
        center_of = operations.center[row].astype(np.int64)
        if others is not None and others.may[row].any():
            wanted = np.where(count[at] == step + 1, jobs.wanted[at], end[at])
            center_of, load = _placed(free, others, jobs, (at, row, load, end[at]), wanted)
        queue = _queue(free, jobs, (at, center_of, load, end[at]))
        free, ended = _booked(free, queue)
        longer = np.flatnonzero(ended - end[queue.at] > longest[queue.at])
        slow = queue.at[longer]
        longest[slow], center[slow] = (ended - end[queue.at])[longer], queue.center[longer]
        end[queue.at] = ended
        rerouted.append(_elsewhere(operations, (at, row, center_of, load), end))
    return Booked(end=end, center=center, free=free, rerouted=joined_rerouted(rerouted))


def first_steps(operations: Operations, items: int) -> Ints:
    """The first operation of each of so many items; those of item i end where those of item i + 1 start."""
    return np.searchsorted(operations.item, np.arange(items + 1)).astype(np.int64)


def minutes_of(operations: Operations, row: Ints, units: Ints) -> Ints:
    """Minutes of these operations for so many good units each, set-up included, rounded up; as many as can be counted
    where there are more."""
    entering = -(-units * _MILLION // operations.good[row])
    wraps = entering.astype(np.float64) * operations.unit[row] > _WRAPS
    working = np.where(wraps, 0, entering) * operations.unit[row]
    minutes = operations.setup[row] - (-working // _MILLION)
    return np.where(wraps, int(_WRAPS) // _MILLION, minutes)


def _placed(
    free: FreeMinutes, others: Rerouting, jobs: Jobs, step: tuple[Ints, Ints, Ints, Ints], wanted: Ints
) -> tuple[Ints, Ints]:
    """The centre and the minutes of each operation of a step."""
    at, row, load, begin = step
    order = stable_order(begin, jobs.need[at], jobs.rank[at])
    work = Work(
        row=row[order],
        units=jobs.units[at[order]],
        center=others.own[row[order]],
        load=load[order],
        begin=begin[order] - free.as_of,
        wanted=wanted[order] - free.as_of,
    )
    center, minutes = np.empty_like(at), np.empty_like(load)
    center[order], minutes[order] = others.placed(free, work)
    return center, minutes


def _elsewhere(operations: Operations, step: tuple[Ints, Ints, Ints, Ints], end: Ints) -> Rerouted:
    """The operations of a step that are not done at their own centre."""
    at, row, center, load = step
    some = np.flatnonzero(center != operations.center[row])
    return Rerouted(
        requirement=at[some], operation=row[some], center=center[some], minutes=load[some], end=end[at[some]]
    )


def _queue(free: FreeMinutes, jobs: Jobs, step: tuple[Ints, Ints, Ints, Ints]) -> Step:
    """By centre, then in the order the work is begun."""
    at, center, load, begin = step
    order = stable_order(center, begin, jobs.need[at], jobs.rank[at])
    return Step(at=at[order], center=center[order], begin=begin[order] - free.as_of, load=load[order])


def _booked(free: FreeMinutes, queue: Step) -> tuple[FreeMinutes, Ints]:
    """What is left free, and the day number each operation ends on; with as many days laid out as that takes."""
    if queue.at.size == 0:
        return free, queue.begin
    free, line, day = standing(free, queue)
    left = free.less(line.centers, taken_minutes(line, np.flatnonzero(line.fits)))
    return left, np.where(day < NEVER, free.as_of + day, NEVER)
