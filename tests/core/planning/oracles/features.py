"""The scan with its features on, in plain Python: working days walked one by one."""

from core.planning.rules import ScanRules
from core.planning.snapshot import NEVER, Snapshot
from tests.core.planning.oracle import Need, Oracle, later
from tests.core.planning.oracles.capacity import Job, Shop


def first_place(group_of: list[int], group: int) -> int:
    """Where a group receives and makes."""
    return group_of.index(group)


def works(books: Snapshot, place: int, day: int) -> bool:
    """Whether a place works on a day; every day beyond those known is one."""
    known, at = books.working_days, day - books.as_of
    return known.size == 0 or not 0 <= at < known.shape[1] or bool(known[place, at])


def after(books: Snapshot, place: int, day: int, days: int) -> int:
    """So many working days on, from the first working day."""
    if day == NEVER:
        return NEVER
    while not works(books, place, day):
        day += 1
    for _ in range(days):
        day += 1
        while not works(books, place, day):
            day += 1
    return day


def back(books: Snapshot, place: int, day: int, days: int) -> int:
    """The last working day from which so many lead to the day at the latest."""
    while not works(books, place, day):
        day -= 1
    for _ in range(days):
        day -= 1
        while not works(books, place, day):
            day -= 1
    return day


class FeatureOracle(Oracle):
    """The plain oracle with the features its rules turn on."""

    def __init__(self, snapshot: Snapshot, rules: ScanRules) -> None:
        self.shop = Shop(snapshot) if rules.capacity else None
        super().__init__(snapshot, rules)

    def _up(self, level: int) -> None:
        super()._up(level)
        if self.shop is not None:
            jobs = {at: self._job(at, need) for at, need in enumerate(self.needs) if self._is_made(need, level)}
            for at, end in self.shop.book(jobs).items():
                self.needs[at].available = max(self.needs[at].available, end)

    def _is_made(self, need: Need, level: int) -> bool:
        return need.short > 0 and self.level(need.item) == level and bool(self.books.items.make[need.item])

    def _job(self, at: int, need: Need) -> Job:
        components = [n.available for n in self.needs if n.kind == 2 and n.ref == at]
        return need.item, need.short, max([self.books.as_of, *components]), need.need, need.rank

    def _place(self, group: int) -> int:
        return first_place(self.group_of, group)

    def _eta(self, s: int) -> int:
        day = super()._eta(s)
        place = self._place(self.group_of[self.books.supply.location[s]])
        return after(self.books, place, day, 0) if self.rules.calendars else day

    def _begin(self, parent: Need) -> int:
        if not self.rules.calendars:
            return super()._begin(parent)
        return back(self.books, self._place(parent.group), parent.need, int(self.books.items.lead_days[parent.item]))

    def _pushed(self, s: int, ready: int) -> int:
        if not self.rules.calendars:
            return super()._pushed(s, ready)
        supply, place = self.books.supply, self._place(self.group_of[self.books.supply.location[s]])
        takes = sum(works(self.books, place, day) for day in range(supply.start[s], supply.due[s]))
        return after(self.books, place, ready, takes)

    def _ends(self, need: Need, begin: int) -> int:
        if not self.rules.calendars:
            return super()._ends(need, begin)
        place, lead = self._place(need.group), int(self.books.items.lead_days[need.item])
        if self.books.items.make[need.item]:
            return after(self.books, place, begin, lead)
        return after(self.books, place, later(begin, lead), 0)
