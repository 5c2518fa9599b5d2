"""Alternative work centres: where an operation goes that its own centre would end too late.

An operation is wanted by a day. It stays at its own centre as long as it ends there by that day. Else it goes where it
ends first; of centres that end it on one day to its own, then to that of the best priority, then of the first code.
All stand in the line of the centre they go to, in the order in which work is begun, so those who come later in it see
what those before them have taken. Who goes elsewhere depends on all before, so from the first operation on that would
end too late, those of the centres concerned are looked at one by one; a book in which none would pays for one look.
"""

from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from core.planning.free_minutes import LAST_DAY, FreeMinutes
from core.planning.ordering import stable_order
from core.planning.queueing import Line, Step, standing
from core.planning.snapshot import NEVER, PER_PARENT_SCALE, Flags, Ints, OperationAlternates, Operations, Snapshot

_MOST = 2**45


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One operation of each of some jobs, in the order in which they are begun: the row of the operations, the units,
    the centre and minutes if it stays, the days (from the business date on) on which it may begin and is wanted."""

    row: Ints
    units: Ints
    center: Ints
    load: Ints
    begin: Ints
    wanted: Ints


class _Way(NamedTuple):
    center: int
    factor: int


class Rerouting:
    """Where operations may be done instead, best first; by operation `own` is its centre, and `may` whether it may be
    done at another one."""

    def __init__(self, operations: Operations, others: OperationAlternates) -> None:
        self._operations = operations
        self.own: Ints = operations.center.astype(np.int64)
        self._ways: dict[int, list[_Way]] = {}
        columns = (others.operation, others.priority, others.center, others.factor)
        for row, _, center, factor in sorted(zip(*(column.tolist() for column in columns), strict=True)):
            self._ways.setdefault(row, []).append(_Way(center, factor))
        self.may: Flags = np.zeros(operations.item.size, dtype=np.bool_)
        self.may[list(self._ways)] = True
        self._kin = _kin(self.own, self._ways)

    def minutes(self, row: int, units: int, factor: int) -> int:
        """Minutes of an operation, set-up included, for so many good units at a centre that takes `factor` millionths
        of its time; rounded up, and as many as can be counted where there are more."""
        steps = self._operations
        entering = -(-units * PER_PARENT_SCALE // int(steps.good[row]))
        working = int(steps.setup[row]) * PER_PARENT_SCALE + entering * int(steps.unit[row])
        return min(_MOST, -(-working * factor // PER_PARENT_SCALE**2))

    def elsewhere(self, row: int, units: int) -> list[tuple[int, int]]:
        """The other centres an operation may be done at and the minutes it takes there."""
        return [(way.center, self.minutes(row, units, way.factor)) for way in self._ways.get(row, ())]

    def placed(self, free: FreeMinutes, work: Work) -> tuple[Ints, Ints]:
        """The centre and the minutes of each operation."""
        order = stable_order(work.center)
        queue = Step(at=order, center=work.center[order], begin=work.begin[order], load=work.load[order])
        free, line, day = standing(free, queue)
        end = np.empty_like(day)
        end[order] = day
        late = np.flatnonzero(self.may[work.row] & (end > work.wanted))
        if late.size == 0:
            return work.center, work.load
        return self._one_by_one(free, work, late, _reached(line, order, before=int(late[0])))

    def _one_by_one(self, free: FreeMinutes, work: Work, late: Ints, reached: dict[int, int]) -> tuple[Ints, Ints]:
        """From the first that would be late on, those at centres that may change places with those of the late."""
        center, load = work.center.copy(), work.load.copy()
        concerned = np.isin(self._kin[work.center], self._kin[work.center[late]])
        rows = np.flatnonzero(concerned)
        rows, lines = rows[rows >= late[0]], _Lines(free, reached)
        may = self.may[work.row[rows]].tolist()
        columns = (work.center, work.load, work.begin, work.wanted, work.row, work.units)
        asked = zip(rows.tolist(), may, *(column[rows].tolist() for column in columns), strict=True)
        for at, others, own, minutes, begin, wanted, row, units in asked:
            best = lines.tried(own, begin, minutes)
            if others and best.end > wanted:
                for way in self._ways[row]:
                    tried = lines.tried(way.center, begin, self.minutes(row, units, way.factor))
                    best = tried if tried.end < best.end else best
                center[at], load[at] = best.center, best.load
            lines.take(best)
        return center, load


class _Tried(NamedTuple):
    """An operation at the end of the line of a centre: the day it ends (NEVER beyond ten years), and the free minutes
    of the centre used up by then."""

    end: int
    center: int
    load: int
    reached: int


class _Lines:
    """The lines of the centres: how far into the free minutes of each the work reaches that stands in it."""

    def __init__(self, free: FreeMinutes, reached: dict[int, int]) -> None:
        self._free, self._reached = free, reached
        self._before: dict[int, list[int]] = {}

    def tried(self, center: int, begin: int, load: int) -> _Tried:
        """The operation there, after all that stands there already."""
        before = self._laid_out(center, begin + 1)
        ready, line = before[min(begin, len(before) - 1)], self._reached.get(center, 0)
        finish = max(line, ready) + load
        while finish > before[-1] and len(before) <= LAST_DAY:
            before = self._laid_out(center, 2 * (len(before) - 1))
        if finish <= before[-1]:
            return _Tried(bisect_left(before, finish) - 1, center, load, finish)
        # What would not fit alone keeps nobody waiting.
        return _Tried(NEVER, center, load, finish if ready + load <= before[-1] else line)

    def take(self, tried: _Tried) -> None:
        """The operation stands there now."""
        self._reached[tried.center] = tried.reached

    def _laid_out(self, center: int, days: int) -> list[int]:
        """Free minutes before each day, so many days at the least."""
        before = self._before.get(center)
        days = min(days, LAST_DAY)
        if before is None or len(before) <= days:
            self._free = self._free.until(days)
            own = self._free.by_day[center]
            before = self._before[center] = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(own))).tolist()
        return before


def _reached(line: Line, order: Ints, *, before: int) -> dict[int, int]:
    """How far the line of each centre reaches with the operations before one of them."""
    first = np.flatnonzero(order[line.rows] < before)
    return dict(zip(line.centers[line.place[first]].tolist(), line.finish[first].tolist(), strict=True))


def _kin(own: Ints, ways: dict[int, list[_Way]]) -> Ints:
    """One number for all centres that an operation may go to from one another."""
    pairs = sorted({(int(own[row]), way.center) for row, found in ways.items() for way in found})
    kin = np.arange(1 + max(int(own.max(initial=-1)), max((other for _, other in pairs), default=-1)))
    for pair in pairs:
        one, other = kin[list(pair)].tolist()
        kin[kin == max(one, other)] = min(one, other)
    return kin


def rerouting_of(snapshot: Snapshot) -> Rerouting | None:
    """Where the operations of these books may be done instead; None where each has its own centre only."""
    if snapshot.operation_alternates.operation.size == 0:
        return None
    return Rerouting(snapshot.operations, snapshot.operation_alternates)
