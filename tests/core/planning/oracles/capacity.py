"""Finite capacity in plain Python: each operation takes the first free minutes from its day on, one after the other."""

from core.planning.free_minutes import LAST_DAY
from core.planning.snapshot import NEVER, PLANNED_WORK, WORK_ORDER, Snapshot

Job = tuple[int, int, int, int, tuple[int, ...]]
"""Item, units, day it may begin, day it is needed, rank."""


class Shop:
    """The work centres with what is booked and what open work orders load."""

    def __init__(self, books: Snapshot) -> None:
        self.books = books
        self.free = [self._minutes(center) for center in range(len(books.work_centers.code))]
        self.before = self.free
        self._load_orders()

    def _minutes(self, center: int) -> list[int]:
        minutes, known = self.books.work_centers.minutes[center].tolist(), self.books.work_centers.minutes.shape[1]
        again = minutes[-7:] if known >= 7 else minutes[:1] or [0]
        free = (minutes + again * (LAST_DAY // len(again) + 1))[:LAST_DAY]
        rows = self.books.bookings
        for at, day, booked in zip(rows.center, rows.day - self.books.as_of, rows.minutes, strict=True):
            if at == center and 0 <= day < LAST_DAY:
                free[day] -= int(booked)
        return [max(0, left) for left in free]

    def steps(self, item: int) -> list[int]:
        """The operations of an item, in order."""
        return [row for row, of in enumerate(self.books.operations.item) if of == item]

    def minutes(self, row: int, units: int) -> int:
        """Minutes for so many good units."""
        steps = self.books.operations
        entering = -(-units * 1_000_000 // int(steps.good[row]))
        return int(steps.setup[row]) - (-entering * int(steps.unit[row]) // 1_000_000)

    def _load_orders(self) -> None:
        supply, booked = self.books.supply, set(self.books.bookings.number)
        kinds = (WORK_ORDER, PLANNED_WORK)
        orders = [s for s in range(len(supply.number)) if supply.kind[s] in kinds and supply.quantity[s] > 0]
        orders = [s for s in orders if supply.kind[s] == PLANNED_WORK or supply.number[s] not in booked]
        last = {s: min(max(0, int(supply.due[s]) - self.books.as_of), LAST_DAY - 1) for s in orders}
        steps = {s: self.steps(int(supply.item[s]))[::-1] for s in orders}
        for k in range(max(map(len, steps.values()), default=0)):
            blocks: dict[tuple[int, int], list[int]] = {}
            for s in orders:
                if len(steps[s]) > k and self.minutes(steps[s][k], int(supply.quantity[s])):
                    blocks.setdefault((last[s], int(self.books.operations.center[steps[s][k]])), []).append(s)
            for (day, center), block in sorted(blocks.items(), reverse=True):
                minutes = sum(self.minutes(steps[s][k], int(supply.quantity[s])) for s in block)
                last.update(dict.fromkeys(block, self._take_back(center, minutes, day)))

    def _take_back(self, center: int, left: int, day: int) -> int:
        free, begun = self.free[center], day
        while left and day >= 0:
            taken = min(left, free[day])
            free[day], left = free[day] - taken, left - taken
            begun, day = (day if taken else begun), day - 1
        return 0 if left else begun

    def book(self, jobs: dict[int, Job]) -> dict[int, int]:
        """The day each job (by position) ends; each operation of all jobs before the next."""
        end = {at: job[2] for at, job in jobs.items()}
        for k in range(max((len(self.steps(job[0])) for job in jobs.values()), default=0)):
            stuck, self.before = set[int](), [list(free) for free in self.free]
            for at in sorted(jobs, key=lambda at: (end[at], *jobs[at][3:], at)):
                item, units = jobs[at][:2]
                if end[at] < NEVER and k < len(self.steps(item)):
                    row = self.steps(item)[k]
                    end[at] = self._take(row, self.minutes(row, units), end[at], stuck)
        return end

    def _take(self, row: int, left: int, day: int, stuck: set[int]) -> int:
        """What does not fit alone is left aside; after what finds no room beside others nobody does."""
        center, at = int(self.books.operations.center[row]), day - self.books.as_of
        free = self.free[center]
        if left == 0:
            return day
        if sum(self.before[center][at:]) < left:
            return NEVER
        if center in stuck or sum(free[at:]) < left:
            stuck.add(center)
            return NEVER
        while left:
            taken = min(left, free[at])
            free[at], left, at = free[at] - taken, left - taken, at + 1
        return self.books.as_of + at - 1
