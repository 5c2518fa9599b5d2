"""The scan once more in plain Python, one unit of logic at a time: what net() must agree with."""

from dataclasses import dataclass, field
from functools import cache

from core.planning.rules import OverdueSupply, Policy, ScanRules
from core.planning.snapshot import NEVER, PER_PARENT_SCALE, WORK_ORDER, Snapshot
from tests.core.planning.oracles.fair import fair


@dataclass
class Need:
    """A requirement; `pegs` are (position in supply or -1 for stock, units)."""

    kind: int
    ref: int
    item: int
    group: int
    need: int
    quantity: int
    rank: tuple[int, ...]
    short: int = 0
    cover: int = NEVER
    available: int = NEVER
    fetched: int = 0
    pegs: list[tuple[int, int]] = field(default_factory=list)


class Oracle:
    """Nets a snapshot; `needs` then hold the answer in the order of net()'s requirements, `etas` that of supply."""

    def __init__(self, snapshot: Snapshot, rules: ScanRules) -> None:
        self.books, self.rules = snapshot, rules
        self.group_of, self.production = _groups(snapshot, rules)
        edges = zip(snapshot.bom.parent, snapshot.bom.component, snapshot.bom.per_parent, strict=True)
        self.bom = [(int(p), int(c), int(n)) for p, c, n in edges if rules.use_bom and n > 0]
        self.supplied = [s for s in range(len(snapshot.supply.number)) if self._believed(s)]
        self.etas = {s: self._eta(s) for s in self.supplied}
        self.needs: list[Need] = []
        self._sales()
        self._work_orders()
        levels = sorted({self.level(item) for item in range(len(snapshot.items.code))})
        for level in levels:
            self._down(level)
        for level in reversed(levels):
            self._up(level)

    @cache  # noqa: B019 - an oracle lives as long as its test
    def level(self, item: int) -> int:
        """The longest way down from an item that nothing contains."""
        return max((self.level(p) + 1 for p, c, _ in self.bom if c == item), default=0)

    def queue(self, item: int, group: int) -> list[Need]:
        """The requirements of a node in the order served."""
        here = [n for n in self.needs if (n.item, n.group) == (item, group)]
        if self.rules.policy.by_day:
            return sorted(here, key=lambda n: (n.need, n.rank))
        return sorted(here, key=lambda n: n.rank)

    def receipts(self, item: int, group: int) -> list[tuple[int, int, int]]:
        """(day, supply or -1, units) of a node in the order they are eaten: stock first, then by day."""
        stock = self.books.stock
        held = zip(stock.item, stock.location, stock.available, strict=True)
        units = sum(int(n) for i, place, n in held if (i, self.group_of[place]) == (item, group))
        supply = self.books.supply
        there = [s for s in self.supplied if (supply.item[s], self.group_of[supply.location[s]]) == (item, group)]
        coming = sorted((self.etas[s], s, int(supply.quantity[s])) for s in there)
        return [(self.books.as_of, -1, units)] * (units > 0) + coming

    def _believed(self, s: int) -> bool:
        late = self.books.supply.due[s] < self.books.as_of
        return bool(self.books.supply.quantity[s] > 0 and not (late and self.rules.overdue is OverdueSupply.IGNORE))

    def _eta(self, s: int) -> int:
        due = int(self.books.supply.due[s])
        return max(due, self.books.as_of) if self.rules.overdue is OverdueSupply.FROM_TODAY else due

    def _sales(self) -> None:
        demand, ship = self.books.demand, self.rules.ship_from
        for n in range(len(demand.order)):
            key = {
                Policy.FIRST_COME: (demand.due[n], demand.order_date[n]),
                Policy.BY_ENTRY: (demand.entry[n],),
                Policy.PRIORITY: (demand.priority[n], demand.due[n], demand.order_date[n]),
                Policy.FAIR_SHARE: (demand.due[n], demand.order_date[n]),
            }[self.rules.policy]
            place = demand.location[n] if ship is None else self.books.locations.code.index(ship)
            group, rank = self.group_of[place], (2, *map(int, key), n)
            item, due, quantity = int(demand.item[n]), int(demand.due[n]), int(demand.quantity[n])
            self.needs.append(Need(0, n, item, group, due, quantity, rank))

    def _work_orders(self) -> None:
        supply = self.books.supply
        for s in self.supplied:
            if supply.kind[s] == WORK_ORDER and not supply.issued[s]:
                group, start = self.production[self.group_of[supply.location[s]]], int(supply.start[s])
                for component, units in self._exploded(int(supply.item[s]), int(supply.quantity[s])):
                    self.needs.append(Need(1, s, component, group, start, units, (0, start, s)))

    def _exploded(self, item: int, units: int) -> list[tuple[int, int]]:
        return [(c, -(-units * per // PER_PARENT_SCALE)) for p, c, per in self.bom if p == item]

    def _nodes(self, level: int) -> list[tuple[int, int]]:
        return sorted({(n.item, n.group) for n in self.needs if self.level(n.item) == level})

    def _down(self, level: int) -> None:
        nodes = self._nodes(level)
        for node in nodes:
            for parent, given in zip(self.queue(*node), self._given(*node), strict=True):
                parent.short = parent.quantity - given
        self._fetch(level)
        for parent in [parent for node in nodes for parent in self.queue(*node)]:
            if parent.short > parent.fetched and self.books.items.make[parent.item]:
                self._plan(parent)

    def _given(self, item: int, group: int) -> list[int]:
        """Units each in the queue of a node is covered of."""
        wanted, receipts = self.queue(item, group), self.receipts(item, group)
        if self.rules.policy is Policy.FAIR_SHARE:
            coming = [(day, units) for day, _, units in receipts]
            return fair([(need.need, need.quantity) for need in wanted], coming, today=self.books.as_of)
        given, left = list[int](), sum(units for _, _, units in receipts)
        for need in wanted:
            given.append(min(left, need.quantity))
            left -= given[-1]
        return given

    def _fetch(self, level: int) -> None:
        """Nothing comes from elsewhere."""

    def _plan(self, parent: Need) -> None:
        day, group = max(self._begin(parent), self.books.as_of), self.production[parent.group]
        rank = (max(parent.rank[0], 1), *parent.rank[1:])
        ref = next(n for n, one in enumerate(self.needs) if one is parent)
        for component, units in self._exploded(parent.item, parent.short - parent.fetched):
            self.needs.append(Need(2, ref, component, group, day, units, rank))

    def _begin(self, parent: Need) -> int:
        return parent.need - int(self.books.items.lead_days[parent.item])

    def _up(self, level: int) -> None:
        supply = self.books.supply
        for s in self.supplied:
            ready = [n.available for n in self.needs if n.kind == 1 and n.ref == s]
            if ready and self.level(int(supply.item[s])) == level and max(ready) > supply.start[s]:
                self.etas[s] = max(self.etas[s], self._pushed(s, max(ready)))
        for node in self._nodes(level):
            coming = [list(receipt) for receipt in self.receipts(*node)]
            for need in self.queue(*node):
                self._serve(need, coming)

    def _pushed(self, s: int, ready: int) -> int:
        return later(ready, max(0, int(self.books.supply.due[s] - self.books.supply.start[s])))

    def _serve(self, need: Need, coming: list[list[int]]) -> None:
        left, days = need.quantity - need.short, list[int]()
        while left:
            day, supply, units = coming[0]
            eaten = min(left, units)
            left, coming[0][2] = left - eaten, units - eaten
            days.append(day)
            need.pegs.append((supply, eaten))
            if coming[0][2] == 0:
                coming.pop(0)
        need.cover = max(days, default=NEVER if need.short else self.books.as_of)
        need.available = max(self._planned(need), *days, 0) if need.short else need.cover

    def _planned(self, need: Need) -> int:
        items, here = self.books.items, next(n for n, one in enumerate(self.needs) if one is need)
        components = [n.available for n in self.needs if n.kind == 2 and n.ref == here]
        if not items.make[need.item] and need.item not in self.books.sources.item:
            return NEVER
        return self._ends(need, max([self.books.as_of, *components]))

    def _ends(self, need: Need, begin: int) -> int:
        return later(begin, int(self.books.items.lead_days[need.item]))


def later(day: int, days: int) -> int:
    """The day so many days on; never plus anything is never."""
    return NEVER if day == NEVER else day + days


def _groups(books: Snapshot, rules: ScanRules) -> tuple[list[int], dict[int, int]]:
    """The group of each location, and of each group the one whose stock making there uses."""
    places = books.locations
    keys: list[tuple[str, int]] = []
    for n, code in enumerate(places.code):
        alone = places.may_ship[n] if rules.ship_from is None else code == rules.ship_from
        keys.append(("all", 0) if rules.pool_locations else ("own", n) if alone else ("site", int(places.site[n])))
    numbers = {key: n for n, key in enumerate(dict.fromkeys(keys))}
    production = {numbers[key]: numbers.get(("site", int(places.site[n])), numbers[key]) for n, key in enumerate(keys)}
    return [numbers[key] for key in keys], production
