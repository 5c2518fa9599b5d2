"""The books of a promise in plain Python: a balance is a sum over all changes, going back is putting a copy back.

Nothing is kept that can be counted again, so that it is easy to see that it is right. The promise itself is in
plain_promise.py.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.planning.grouping import group_locations
from core.planning.netting import net
from core.planning.promising.claims import with_claims
from core.planning.promising.rules import PromisingRules
from core.planning.rules import ScanRules
from core.planning.snapshot import (
    NEVER,
    PLANNED_PURCHASE,
    PLANNED_WORK,
    PURCHASE_ORDER,
    WORK_ORDER,
    Snapshot,
)

MILLION = 1_000_000
FREE = 10**12
TEN_YEARS = 3650
Order = tuple[str, int, int, int, int, int, int, int]
"""Kind, item, place, units, begin, due, origin and supplier of an order to place; -1 for none."""


@dataclass
class Tried:
    """What a promise has done so far: changes of balance, minutes and limited units taken, orders to place."""

    changes: list[tuple[int, int, int, int]] = field(default_factory=list)
    minutes: dict[tuple[int, int], int] = field(default_factory=dict)
    drawn: dict[tuple[str, int, int], int] = field(default_factory=dict)
    orders: list[Order] = field(default_factory=list)

    def copy(self) -> "Tried":
        """The same, on its own."""
        return Tried(list(self.changes), dict(self.minutes), dict(self.drawn), list(self.orders))


class World:
    """A reading of the books, and what was tried on it."""

    def __init__(self, snapshot: Snapshot, rules: PromisingRules) -> None:
        self.books, self.rules, self.today = snapshot, rules, snapshot.as_of
        groups = group_locations(snapshot.locations, ScanRules())
        self.group_of: list[int] = listed(groups.group_of)
        self.production: list[int] = listed(groups.production)
        self.make: list[bool] = listed(snapshot.items.make)
        self.lead: list[int] = listed(snapshot.items.lead_days)
        self.safety_stock: list[int] = listed(snapshot.items.safety_stock)
        self.working: list[list[bool]] = listed(snapshot.working_days)
        self.parts = [
            row for row in rows(snapshot.bom.parent, snapshot.bom.component, snapshot.bom.per_parent) if row[2]
        ]
        self.parts_of: dict[int, list[tuple[int, int]]] = {}
        for parent, component, units in self.parts:
            self.parts_of.setdefault(parent, []).append((component, units))
        self.steps = steps_of(snapshot)
        self.known: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self.tried = Tried()
        self._promised()
        self._on_order()
        self._loaded()

    def place(self, group: int) -> int:
        """The location a group receives at: its first."""
        return self.group_of.index(group)

    def alone(self, group: int) -> bool:
        """Whether the group is one location."""
        return self.group_of.count(group) == 1

    def free(self, item: int, group: int, day: int) -> int:
        """ATP(t) = max(0, the least balance from t on), less the safety stock where it is kept."""
        changes = self.changes(item, group)
        days = {day, *(on for on, _ in changes if on > day)}
        least = min(sum(units for on, units in changes if on <= until) for until in days)
        return max(0, least - (self.safety_stock[item] if self.rules.keep_safety_stock else 0))

    def next_free(self, item: int, group: int, day: int) -> int:
        """The first later day on which something is free."""
        later = sorted({on for on, _ in self.changes(item, group) if on > day})
        return next((on for on in later if self.free(item, group, on)), NEVER)

    def change(self, item: int, group: int, day: int, units: int) -> None:
        """Units more or less from a day on."""
        self.tried.changes.append((item, group, day, units))

    def on_hand(self, item: int, location: int) -> int:
        """What lies at a location and was not moved away."""
        stock = self.books.stock
        there = sum(
            n for i, place, n in rows(stock.item, stock.location, stock.available) if (i, place) == (item, location)
        )
        return max(0, there - self.tried.drawn.get(("stock", location, item), 0))

    def works(self, location: int, day: int) -> bool:
        """Whether a location works on a day; on days nobody knows of it does."""
        days = self.working[location] if self.working else []
        return not 0 <= day - self.today < len(days) or days[day - self.today]

    def before(self, location: int, day: int) -> int:
        """The day, or the last working one before it from today on."""
        return next((on for on in range(day, self.today - 1, -1) if self.works(location, on)), day)

    def after(self, location: int, day: int) -> int:
        """The day, or the first working one after it."""
        return next(on for on in range(day, day + TEN_YEARS) if self.works(location, on))

    def there(self, place: int, day: int) -> int:
        """The day on which what comes on a day is there: that day, or where working days count the next one."""
        return self.forth(place, day, 0) if day < NEVER else NEVER

    def forth(self, place: int, day: int, days: int) -> int:
        """So many days on; of working days where those count, the first of them that day or the next working one."""
        if not self.rules.calendars:
            return day + days
        while days or not self.works(place, day):
            days -= self.works(place, day)
            day += 1
        return day

    def back(self, place: int, day: int, days: int) -> int:
        """So many days back, in the same way; of the days before today every one is a working day."""
        if not self.rules.calendars:
            return day - days
        while days or not self.works(place, day):
            days -= self.works(place, day)
            day -= 1
        return day

    def leaves(self, place: int, day: int) -> int:
        """The last day by a day on which something leaves a place."""
        return self.back(place, day, 0) if self.rules.calendars else self.before(place, day)

    def minutes(self, center: int, day: int) -> int:
        """Free minutes of a work centre; its last week is repeated for ever."""
        days = self.books.work_centers.minutes[center]
        at = day - self.today
        if at < 0:
            return 0
        if at >= len(days):
            at = len(days) - 7 + (at - len(days)) % 7 if len(days) >= 7 else 0
        return max(0, int(days[at]) - self.tried.minutes.get((center, day), 0)) if len(days) else 0

    def work(self, center: int, day: int, minutes: int) -> None:
        """Take minutes."""
        self.tried.minutes[center, day] = self.tried.minutes.get((center, day), 0) + minutes

    def placed(self, item: int, units: int, *, first: int, last: int, by: int) -> dict[tuple[int, int], int] | None:
        """Minutes by (centre, day) for all operations of so many units, from the last day backward (`by` -1) or from
        the first forward; None where they do not fit between the two. Forward each is done where it ends first;
        backward at its first centre with room, and only if that does not do for all where it begins the latest."""
        for nearest in (True,) if by > 0 else (False, True):
            taken, day = dict[tuple[int, int], int](), last if by < 0 else first
            for choices, setup, unit, good in self.steps[item][::by]:
                entering, found = -(-units * MILLION // good), list[tuple[int, dict[tuple[int, int], int]]]()
                for center, factor in choices:
                    left = -(-(setup * MILLION + entering * unit) * factor // MILLION**2)
                    trial, on = dict(taken), day
                    while left and first <= on <= last:
                        room = min(left, max(0, self.minutes(center, on) - trial.get((center, on), 0)))
                        if room:
                            trial[center, on] = trial.get((center, on), 0) + room
                        left -= room
                        on += by if left else 0
                    if not left:
                        found.append((on, trial))
                if not found:
                    break
                day, taken = min(found, key=lambda one: by * one[0]) if nearest else found[0]
            else:
                return taken
        return None

    def changes(self, item: int, group: int) -> list[tuple[int, int]]:
        own = [(day, units) for i, g, day, units in self.tried.changes if (i, g) == (item, group)]
        return self.known.get((item, group), []) + own

    def _promised(self) -> None:
        """What netting finds is needed and comes, claims among it."""
        found = net(with_claims(self.books), ScanRules(overdue=self.rules.overdue, calendars=self.rules.calendars))
        needs, coming = found.requirements, found.receipts
        for item, group, day, units in rows(needs.item, needs.group, needs.need, needs.quantity):
            self.known.setdefault((item, group), []).append((max(day, self.today), -units))
        for item, group, day, units in rows(coming.item, coming.group, coming.eta, coming.quantity):
            if day < NEVER:
                self.known.setdefault((item, group), []).append((max(day, self.today), units))

    def _on_order(self) -> None:
        """What is on order fills the weeks of its supplier."""
        sources, supply = self.books.sources, self.books.supply
        pairs = rows(sources.item, sources.supplier)
        if not self.books.source_terms.weekly_capacity.size:
            return
        for kind, item, supplier, due, units in rows(
            supply.kind, supply.item, supply.supplier, supply.due, supply.quantity
        ):
            if kind in (PURCHASE_ORDER, PLANNED_PURCHASE) and (item, supplier) in pairs:
                week = "week", pairs.index((item, supplier)), due // 7
                self.tried.drawn[week] = self.tried.drawn.get(week, 0) + units

    def _loaded(self) -> None:
        """Minutes that are booked, and those of open work orders that are not, as late as they are due."""
        bookings, supply = self.books.bookings, self.books.supply
        if not self.steps:
            return
        for center, day, minutes in rows(bookings.center, bookings.day, bookings.minutes):
            self.work(center, day, minutes)
        columns = rows(supply.kind, supply.item, supply.quantity, supply.due)
        for number, (kind, item, units, due) in zip(supply.number, columns, strict=True):
            booked = kind == WORK_ORDER and number in bookings.number
            if kind not in (WORK_ORDER, PLANNED_WORK) or item not in self.steps or booked:
                continue
            slots = self.placed(item, units, first=self.today, last=max(due, self.today), by=-1)
            if slots is None:
                slots = self._today_s(item, units)
            for (center, day), minutes in slots.items():
                self.work(center, day, minutes)

    def _today_s(self, item: int, units: int) -> dict[tuple[int, int], int]:
        """What does not fit loads today, each operation at its first centre."""
        slots = dict[tuple[int, int], int]()
        for choices, setup, unit, good in self.steps[item]:
            center, entering = choices[0][0], -(-units * MILLION // good)
            slots[center, self.today] = slots.get((center, self.today), 0) + -(
                -(setup * MILLION + entering * unit) // MILLION
            )
        return slots


def steps_of(books: Snapshot) -> dict[int, list[tuple[list[tuple[int, int]], int, int, int]]]:
    """Operations of each item in their sequence: centres with their factors, set-up, minutes a unit, share that is
    good."""
    found: dict[int, list[tuple[list[tuple[int, int]], int, int, int]]] = {}
    table, others = books.operations, books.operation_alternates
    more = sorted(rows(others.operation, others.priority, others.center, others.factor))
    steps = rows(table.item, table.sequence, table.center, table.setup, table.unit, table.good)
    for n, (item, _, center, setup, unit, good) in sorted(enumerate(steps), key=lambda one: one[1][:2]):
        choices = [(center, MILLION), *((c, factor) for operation, _, c, factor in more if operation == n)]
        found.setdefault(item, []).append((choices, setup, unit, good))
    return found


def rows(*columns: NDArray[Any]) -> list[tuple[Any, ...]]:
    """Columns as rows of plain numbers."""
    return list(zip(*(column.tolist() for column in columns), strict=True))


def listed(values: NDArray[np.generic]) -> Any:
    """A column as a plain list."""
    return values.tolist()
