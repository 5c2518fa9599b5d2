"""The scan with its features on, in plain Python."""

from functools import cache

from core.planning.rules import ScanRules
from core.planning.snapshot import NEVER, Snapshot
from tests.core.planning.oracle import Need, Oracle, later
from tests.core.planning.oracles.capacity import Job, Shop
from tests.core.planning.oracles.elsewhere import Taking, arrival, fetched, side_by_side, usable_alternates
from tests.core.planning.oracles.working import after, back, works


class FeatureOracle(Oracle):
    """The plain oracle with the features its rules turn on."""

    def __init__(self, snapshot: Snapshot, rules: ScanRules) -> None:
        self.shop = Shop(snapshot) if rules.capacity else None
        self.takings: list[Taking] = []
        self.alternates = usable_alternates(snapshot) if rules.alternates else []
        self.levels: dict[int, int] = {}
        if self.alternates:
            self.alternates, self.levels = side_by_side(snapshot, self.alternates, use_bom=rules.use_bom)
        super().__init__(snapshot, rules)

    @cache  # noqa: B019 - an oracle lives as long as its test
    def level(self, item: int) -> int:
        """The longest way down from an item that nothing contains; with alternates those stand side by side."""
        return self.levels[item] if self.levels else super().level(item)

    def _fetch(self, level: int) -> None:
        if self.rules.lanes or self.rules.alternates:
            short = {at: n for at, n in enumerate(self.needs) if n.short and self.level(n.item) == level}
            self.takings += fetched(self, short)

    def _up(self, level: int) -> None:
        super()._up(level)
        here = {at: need for at, need in enumerate(self.needs) if need.short and self.level(need.item) == level}
        made = {at: self._planned(need) for at, need in here.items() if need.short > need.fetched}
        if self.shop is not None:
            own = {at: need for at, need in here.items() if at in made and self.makes(need.item)}
            jobs = {at: self._job(at, need, made[at]) for at, need in own.items()}
            made |= {at: max(made[at], end) for at, end in self.shop.book(jobs).items()}
        for at, need in here.items():
            come = [arrival(self, taking) for taking in self.takings if taking.requirement == at]
            cover = need.cover if need.short < need.quantity else 0
            need.available = max([cover, *come, *([made[at]] if at in made else [])])

    def makes(self, item: int) -> bool:
        """Whether an item is made."""
        return bool(self.books.items.make[item])

    def ends(self, need: Need) -> int:
        """The day new units could be there by their lead time."""
        known = self.makes(need.item) or need.item in self.books.sources.item
        return self._ends(need, self.books.as_of) if known else NEVER

    def _job(self, at: int, need: Need, there: int) -> Job:
        components = [n.available for n in self.needs if n.kind == 2 and n.ref == at]
        units = need.short - need.fetched
        return need.item, units, max([self.books.as_of, *components]), need.need, need.rank, max(there, need.need)

    def place(self, group: int) -> int:
        """Where a group receives and makes."""
        return self.group_of.index(group)

    def _eta(self, s: int) -> int:
        day = super()._eta(s)
        place = self.place(self.group_of[self.books.supply.location[s]])
        return after(self.books, place, day, 0) if self.rules.calendars else day

    def _begin(self, parent: Need) -> int:
        if not self.rules.calendars:
            return super()._begin(parent)
        return back(self.books, self.place(parent.group), parent.need, int(self.books.items.lead_days[parent.item]))

    def _pushed(self, s: int, ready: int) -> int:
        if not self.rules.calendars:
            return super()._pushed(s, ready)
        supply, place = self.books.supply, self.place(self.group_of[self.books.supply.location[s]])
        takes = sum(works(self.books, place, day) for day in range(supply.start[s], supply.due[s]))
        return after(self.books, place, ready, takes)

    def _ends(self, need: Need, begin: int) -> int:
        if not self.rules.calendars:
            return super()._ends(need, begin)
        place, lead = self.place(need.group), int(self.books.items.lead_days[need.item])
        if self.books.items.make[need.item]:
            return after(self.books, place, begin, lead)
        return after(self.books, place, later(begin, lead), 0)
