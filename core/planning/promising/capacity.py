"""Finite capacity: minutes of each work centre by day, and operations placed into what is free of them."""

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.planning.promising.terms import Step
from core.planning.snapshot import PLANNED_WORK, WORK_ORDER, Snapshot
from core.planning.texts import taken

_MILLION = 1_000_000
_NONE: Final = np.zeros(0, dtype=np.intp)
MOST_DAYS = 3650


class Slot(NamedTuple):
    """Minutes of a work centre on a day."""

    center: int
    day: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """Operations in their slots: the first day and the last one worked on."""

    slots: tuple[Slot, ...]
    first: int
    last: int


class WorkLoad:
    """Free minutes a day; past the days the snapshot resolves, its days are repeated week by week."""

    def __init__(self, today: int, minutes: list[list[int]]) -> None:
        self._today = today
        self._minutes = minutes
        self._closed = [not any(days) for days in minutes]
        self._left = list(minutes)
        self._own = [False] * len(minutes)
        self._far: dict[tuple[int, int], int] = {}
        self._last = today + MOST_DAYS

    def copy(self) -> "WorkLoad":
        """The same, to be taken from without changing this one."""
        same = WorkLoad(self._today, self._minutes)
        same._left, same._far = list(self._left), dict(self._far)
        return same

    def free(self, center: int, day: int) -> int:
        """Minutes still free."""
        at = day - self._today
        if at < 0:
            return 0
        left = self._left[center]
        return max(0, left[at] if at < len(left) else self._whole(center, at) - self._far.get((center, at), 0))

    def take(self, center: int, day: int, minutes: int) -> None:
        """Take minutes, or give them back with the sign turned; what was taken in the past is gone."""
        at = day - self._today
        if at >= max(MOST_DAYS, len(self._minutes[center])):
            self._far[center, at] = self._far.get((center, at), 0) + minutes
        elif at >= 0:
            if not self._own[center]:
                self._left[center], self._own[center] = list(self._left[center]), True
            left = self._left[center]
            while len(left) <= at:
                left.append(self._whole(center, len(left)))
            left[at] -= minutes

    def _whole(self, center: int, at: int) -> int:
        """Minutes there are in all on a day, counted from today."""
        days = self._minutes[center]
        if at >= len(days):
            at = len(days) - 7 + (at - len(days)) % 7 if len(days) >= 7 else 0
        return days[at] if days else 0

    def backward(self, steps: list[Step], units: int, *, last: int, first: int) -> Placed | None:
        """The latest place for all operations between two days, each at the first of its centres where it fits; where
        that leaves no room for those before it, each where it begins the latest. None where they do not fit."""
        placed = self._backward(steps, units, last=last, first=first, nearest=False)
        if placed is None and any(len(step.centers) > 1 for step in steps):
            placed = self._backward(steps, units, last=last, first=first, nearest=True)
        return placed

    def _backward(self, steps: list[Step], units: int, *, last: int, first: int, nearest: bool) -> Placed | None:
        slots, day, own = list[Slot](), last, dict[tuple[int, int], int]()
        for step in reversed(steps):
            placed = self._place(step, units, own, day=day, end=first, by=-1, nearest=nearest)
            if placed is None:
                return None
            slots += placed
            day = placed[-1].day if placed else day
        return Placed(slots=tuple(slots), first=day, last=max((slot.day for slot in slots), default=last))

    def forward(self, steps: list[Step], units: int, *, first: int) -> int | None:
        """The first day by which all operations can be done when begun on a day, each at the centre that ends it first;
        None beyond ten years."""
        day, own = first, dict[tuple[int, int], int]()
        for step in steps:
            placed = self._place(step, units, own, day=day, end=self._last, by=1, nearest=True)
            if placed is None:
                return None
            day = placed[-1].day if placed else day
        return day

    def _place(
        self,
        step: Step,
        units: int,
        own: dict[tuple[int, int], int],
        *,
        day: int,
        end: int,
        by: int,
        nearest: bool,
    ) -> list[Slot] | None:
        """The operation at the first of its centres where it fits beside the `own` minutes of the others, which it
        joins, or (`nearest`) at the first of those where its last minutes are nearest to the day; else nowhere."""
        best: list[Slot] | None = None
        for center, factor in step.centers:
            slots = self._fill(center, minutes_of(step, units, factor), own, day=day, end=end, by=by)
            if slots is None:
                continue
            best = slots
            if not nearest or not slots:
                break
            end = slots[-1].day - by
        for slot in best or ():
            own[slot.center, slot.day] = own.get((slot.center, slot.day), 0) + slot.minutes
        return best

    def _fill(
        self, center: int, minutes: int, own: dict[tuple[int, int], int], *, day: int, end: int, by: int
    ) -> list[Slot] | None:
        """Minutes of one centre from a day on, forward or backward to the `end`, beside the `own` ones."""
        slots, left, today = list[Slot](), self._left[center], self._today
        known = today + len(left)
        while minutes > 0:
            if (day - end) * by > 0 or self._closed[center]:
                return None
            here = left[day - today] if today <= day < known else self.free(center, day)
            if here > 0 and own:
                here -= own.get((center, day), 0)
            if here > 0:
                used = min(here, minutes)
                slots.append(Slot(center, day, used))
                minutes -= used
            day += by
        return slots


def work_load(snapshot: Snapshot, steps: dict[int, list[Step]], firm: WorkLoad) -> WorkLoad:
    """What is free beside all orders: what the planned ones take, after the placed ones, which are `firm`."""
    load = firm.copy()
    _place(load, snapshot, steps, np.flatnonzero(snapshot.supply.kind == PLANNED_WORK) if steps else _NONE)
    return load


def firm_load(snapshot: Snapshot, steps: dict[int, list[Step]]) -> WorkLoad:
    """What is free beside placed orders: they keep the minutes they have booked, others load as late as their due day
    allows; what does not fit loads today."""
    load = WorkLoad(snapshot.as_of, snapshot.work_centers.minutes.tolist())
    if not steps:
        return load
    bookings = snapshot.bookings
    columns = (bookings.center.tolist(), bookings.day.tolist(), bookings.minutes.tolist())
    for center, day, minutes in zip(*columns, strict=True):
        load.take(center, day, minutes)
    booked, rows = frozenset(bookings.number), np.flatnonzero(snapshot.supply.kind == WORK_ORDER)
    if booked:
        rows = rows[[number not in booked for number in taken(snapshot.supply.number, rows)]]
    _place(load, snapshot, steps, rows)
    return load


def same_work(before: Snapshot, after: Snapshot) -> bool:
    """Whether two readings with the same bookings have the same placed work orders, as far as load goes."""
    one, other = before.supply, after.supply
    rows, others = np.flatnonzero(one.kind == WORK_ORDER), np.flatnonzero(other.kind == WORK_ORDER)
    columns = ((one.item, other.item), (one.quantity, other.quantity), (one.due, other.due))
    return (
        rows.size == others.size
        and all(np.array_equal(a[rows], b[others]) for a, b in columns)
        and (not after.bookings.number or taken(one.number, rows) == taken(other.number, others))
    )


def _place(load: WorkLoad, snapshot: Snapshot, steps: dict[int, list[Step]], rows: NDArray[np.intp]) -> None:
    """These orders (positions in supply), one after the other, as late as they may be."""
    supply, today = snapshot.supply, snapshot.as_of
    columns = (supply.item[rows].tolist(), supply.quantity[rows].tolist(), supply.due[rows].tolist())
    for item, quantity, due in zip(*columns, strict=True):
        if item not in steps:
            continue
        placed = load.backward(steps[item], quantity, last=max(due, today), first=today)
        if placed is None:
            for step in steps[item]:
                load.take(step.centers[0][0], today, minutes_of(step, quantity, _MILLION))
            continue
        for slot in placed.slots:
            load.take(slot.center, slot.day, slot.minutes)


def minutes_of(step: Step, units: int, factor: int) -> int:
    """Minutes for making so many good units, set-up included, rounded up."""
    entering = -(-units * _MILLION // step.good)
    working = step.setup * _MILLION + entering * step.unit
    return -(-working * factor // (_MILLION * _MILLION))
