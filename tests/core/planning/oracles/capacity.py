"""Finite capacity in plain Python: each operation takes the first free minutes from its day on, one after the other."""

from bisect import bisect_left
from itertools import accumulate

from core.planning.free_minutes import LAST_DAY
from core.planning.snapshot import NEVER, PLANNED_WORK, WORK_ORDER, Snapshot

Job = tuple[int, int, int, int, tuple[int, ...], int]
"""Item, units, day it may begin, day it is needed, rank, day up to which its own centres do."""


class Shop:
    """The work centres with what is booked and what open work orders load."""

    def __init__(self, books: Snapshot) -> None:
        self.books = books
        self.free = [self._minutes(center) for center in range(len(books.work_centers.code))]
        self.before, self.unloaded = self.free, [list(free) for free in self.free]
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

    def minutes(self, row: int, units: int, factor: int = 1_000_000) -> int:
        """Minutes for so many good units at a centre that takes millionths of the time."""
        steps = self.books.operations
        entering = -(-units * 1_000_000 // int(steps.good[row]))
        working = int(steps.setup[row]) * 1_000_000 + entering * int(steps.unit[row])
        return -(-working * factor // 1_000_000**2)

    def ways(self, row: int, units: int) -> list[tuple[int, int]]:
        """Centre and minutes of an operation, its own first."""
        others = self.books.operation_alternates
        rows = sorted(zip(others.operation, others.priority, others.center, others.factor, strict=True))
        more = [(int(center), int(factor)) for of, _, center, factor in rows if of == row]
        own = int(self.books.operations.center[row])
        return [(center, self.minutes(row, units, factor)) for center, factor in [(own, 1_000_000), *more]]

    def _load_orders(self) -> None:
        supply, booked = self.books.supply, set(self.books.bookings.number)
        kinds = (WORK_ORDER, PLANNED_WORK)
        orders = [s for s in range(len(supply.number)) if supply.kind[s] in kinds and supply.quantity[s] > 0]
        orders = [s for s in orders if supply.kind[s] == PLANNED_WORK or supply.number[s] not in booked]
        last = {s: min(max(0, int(supply.due[s]) - self.books.as_of), LAST_DAY - 1) for s in orders}
        steps = {s: self.steps(int(supply.item[s]))[::-1] for s in orders}
        for k in range(max(map(len, steps.values()), default=0)):
            ways = {s: self.ways(steps[s][k], int(supply.quantity[s])) for s in orders if len(steps[s]) > k}
            ways = {s: found for s, found in ways.items() if found[0][1]}
            blocks: dict[tuple[int, int], list[int]] = {}
            for s, found in ways.items():
                if len(found) == 1:
                    blocks.setdefault((last[s], found[0][0]), []).append(s)
            for (day, center), block in sorted(blocks.items(), reverse=True):
                minutes = sum(ways[s][0][1] for s in block)
                last.update(dict.fromkeys(block, self._take_back(center, minutes, day)))
            for s in sorted((s for s, found in ways.items() if len(found) > 1), key=lambda s: (-last[s], s)):
                fits = [way for way in ways[s] if sum(self.free[way[0]][: last[s] + 1]) >= way[1]]
                last[s] = self._take_back(*(fits or ways[s])[0], last[s])

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
            for at in sorted(jobs, key=lambda at: (end[at], *jobs[at][3:5], at)):
                item, units, *_, wanted = jobs[at]
                if end[at] < NEVER and k < len(self.steps(item)):
                    ways = self.ways(self.steps(item)[k], units)
                    last = k == len(self.steps(item)) - 1
                    if ways[0][1]:
                        end[at] = self._best(ways, end[at], wanted if last else end[at], stuck)
        return end

    def _best(self, ways: list[tuple[int, int]], day: int, wanted: int, stuck: set[int]) -> int:
        """At its own centre, or where it ends first when that is too late there."""
        center, minutes = ways[0]
        if self._end(*ways[0], day, stuck) > wanted:
            center, minutes = min(ways, key=lambda way: self._end(*way, day, stuck))
        end = self._end(center, minutes, day, stuck)
        if end < NEVER:
            self._take(center, minutes, day)
        elif sum(self.before[center][day - self.books.as_of :]) >= minutes:
            stuck.add(center)
        return end

    def _end(self, center: int, left: int, day: int, stuck: set[int]) -> int:
        """What does not fit alone is left aside; after what finds no room beside others nobody does."""
        free = self.free[center][day - self.books.as_of :]
        if center in stuck or sum(free) < left:
            return NEVER
        return day + bisect_left(list(accumulate(free, initial=0)), left) - 1

    def _take(self, center: int, left: int, day: int) -> None:
        free, at = self.free[center], day - self.books.as_of
        while left:
            taken = min(left, free[at])
            free[at], left, at = free[at] - taken, left - taken, at + 1
