"""Finite capacity: minutes of each work centre by day, and operations placed into what is free of them."""

from dataclasses import dataclass

from core.planning.promising.terms import Step
from core.planning.snapshot import PLANNED_WORK, WORK_ORDER, Snapshot

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Slot:
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

    def __init__(self, snapshot: Snapshot, steps: dict[int, list[Step]]) -> None:
        self._today = snapshot.as_of
        self._minutes: list[list[int]] = snapshot.work_centers.minutes.tolist()
        self._taken: dict[tuple[int, int], int] = {}
        self._last = self._today + 3650
        if steps:
            self._load_open_orders(snapshot, steps)

    def free(self, center: int, day: int) -> int:
        """Minutes still free."""
        if day < self._today:
            return 0
        days = self._minutes[center]
        at = day - self._today
        if at >= len(days):
            at = len(days) - 7 + (at - len(days)) % 7 if len(days) >= 7 else 0
        whole = days[at] if days else 0
        return max(0, whole - self._taken.get((center, day), 0))

    def take(self, center: int, day: int, minutes: int) -> None:
        """Take minutes, or give them back with the sign turned."""
        left = self._taken.get((center, day), 0) + minutes
        if left:
            self._taken[center, day] = left
        else:
            self._taken.pop((center, day), None)

    def backward(self, steps: list[Step], units: int, *, last: int, first: int) -> Placed | None:
        """The latest place for all operations between two days; None where they do not fit."""
        slots, day, own = list[Slot](), last, dict[tuple[int, int], int]()
        for step in reversed(steps):
            placed = self._place(step, units, own, day=day, end=first, by=-1)
            if placed is None:
                return None
            slots += placed
            day = placed[-1].day if placed else day
        return Placed(slots=tuple(slots), first=day, last=max((slot.day for slot in slots), default=last))

    def forward(self, steps: list[Step], units: int, *, first: int) -> int | None:
        """The first day by which all operations can be done when begun on a day; None beyond ten years."""
        day, own = first, dict[tuple[int, int], int]()
        for step in steps:
            placed = self._place(step, units, own, day=day, end=self._last, by=1)
            if placed is None:
                return None
            day = placed[-1].day if placed else day
        return day

    def _place(
        self, step: Step, units: int, own: dict[tuple[int, int], int], *, day: int, end: int, by: int
    ) -> list[Slot] | None:
        """The operation at the first of its centres where it fits beside the `own` minutes of the others, which it
        joins; else nowhere."""
        for center, factor in step.centers:
            slots = self._fill(center, minutes_of(step, units, factor), own, day=day, end=end, by=by)
            if slots is not None:
                for slot in slots:
                    own[slot.center, slot.day] = own.get((slot.center, slot.day), 0) + slot.minutes
                return slots
        return None

    def _fill(
        self, center: int, minutes: int, own: dict[tuple[int, int], int], *, day: int, end: int, by: int
    ) -> list[Slot] | None:
        slots = list[Slot]()
        while minutes > 0:
            if (day - end) * by > 0:
                return None
            here = self.free(center, day) - own.get((center, day), 0)
            if here > 0:
                used = min(here, minutes)
                slots.append(Slot(center, day, used))
                minutes -= used
            day += by
        return slots

    def _load_bookings(self, snapshot: Snapshot) -> None:
        bookings = snapshot.bookings
        columns = (bookings.center.tolist(), bookings.day.tolist(), bookings.minutes.tolist())
        for center, day, minutes in zip(*columns, strict=True):
            self.take(center, day, minutes)

    def _load_open_orders(self, snapshot: Snapshot, steps: dict[int, list[Step]]) -> None:
        """Open work orders keep the minutes they have booked, others as late as their due day allows; what does not fit
        loads today."""
        self._load_bookings(snapshot)
        supply, booked = snapshot.supply, frozenset(snapshot.bookings.number)
        columns = (supply.kind, supply.item, supply.quantity, supply.due)
        rows = zip(supply.number, *(column.tolist() for column in columns), strict=True)
        for number, kind, item, quantity, due in rows:
            if kind not in (WORK_ORDER, PLANNED_WORK) or item not in steps or (kind == WORK_ORDER and number in booked):
                continue
            placed = self.backward(steps[item], quantity, last=max(due, self._today), first=self._today)
            if placed is None:
                for step in steps[item]:
                    self.take(step.centers[0][0], self._today, minutes_of(step, quantity, _MILLION))
                continue
            for slot in placed.slots:
                self.take(slot.center, slot.day, slot.minutes)


def minutes_of(step: Step, units: int, factor: int) -> int:
    """Minutes for making so many good units, set-up included, rounded up."""
    entering = -(-units * _MILLION // step.good)
    working = step.setup * _MILLION + entering * step.unit
    return -(-working * factor // (_MILLION * _MILLION))
