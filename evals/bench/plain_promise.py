"""A promise in plain Python: the search of domain.md's g3 step by step, with nothing kept and nothing hurried.

It is the baseline of `bench ctp`, and what promising must agree with in tests: dates, what has no day, orders to place.
"""

from typing import Any

from core.domain.promising import Ask
from core.planning.positions import item_position, location_position
from core.planning.promising.rules import PromisingRules
from core.planning.snapshot import NEVER, Snapshot, day_number
from evals.bench.plain_answers import Got, Need, Plain, Sizes
from evals.bench.plain_world import FREE, MILLION, TEN_YEARS, World, rows

MOST_DATES, MOST_TRIALS, MOST_NEEDS, WEEKS = 400, 5_000, 2_000, 520


class Plainly:
    """Promises one after the other on a world of their own."""

    def __init__(self, snapshot: Snapshot, rules: PromisingRules) -> None:
        self.world, self.books, self.rules = World(snapshot, rules), snapshot, rules
        self.today = snapshot.as_of

    def promise(self, ask: Ask) -> Plain:
        """As much as can be on the day asked for, the rest as soon as it can. What it takes stays taken."""
        world, books = self.world, self.books
        item, location = item_position(books, ask.item), location_position(books, ask.location)
        self.ask, self.trials, self.needs, self.visiting = ask, 0, 0, list[tuple[int, int]]()
        self.sent: tuple[int, int] | None = None
        before, dates, rest = len(world.tried.orders), list[tuple[int, int]](), ask.quantity
        day, limit = world.after(location, max(day_number(ask.requested), self.today)), self.today + self.rules.horizon
        if ask.max_lateness is not None:
            limit = min(limit, day_number(ask.requested) + ask.max_lateness)
        for _ in range(MOST_DATES):
            if not rest or day > limit:
                break
            got = self.part(Need(item, world.group_of[location], rest, day, 0))
            dates += [(day, got.units)] if got.units else []
            rest -= got.units
            if got.next_day >= NEVER:
                break
            day = world.after(location, max(got.next_day, day + 1))
        return Plain(dates, rest, sorted(world.tried.orders[before:]))

    def part(self, need: Need) -> Got:
        """What is sent on a day: never fewer than the least shipment, and never so many that fewer are left."""
        saved, least = self.world.tried.copy(), min(self.ask.minimum_shipment, need.units)
        got = self.supply(need)
        if got.units == need.units:
            return Got(got.units)
        if self.ask.partial and got.units >= least:
            if need.units - got.units >= self.ask.minimum_shipment:
                return got
            self.world.tried = saved.copy()
            fewer = need.units - self.ask.minimum_shipment
            if fewer >= self.ask.minimum_shipment:
                return Got(self.supply(need._replace(units=fewer)).units, got.next_day)
        self.world.tried = saved
        return Got(0, got.next_day)

    def supply(self, need: Need) -> Got:
        """What is free, then what can be got, then what can be lent."""
        world, rules = self.world, self.rules
        item, group, units, day, level = need
        got = min(units, world.free(item, group, day))
        world.change(item, group, day, -got)
        if got == units:
            return Got(got)
        later, short = world.next_free(item, group, day), need._replace(units=units - got)
        awaited = rules.await_days and world.free(item, group, day + rules.await_days) >= short.units
        self.needs += not awaited
        if awaited or self.needs > MOST_NEEDS or (item, group) in self.visiting or level >= rules.depth:
            return Got(got, later)
        self.visiting.append((item, group))
        found, next_day = self.alternates(short)
        if found < short.units and rules.borrow:
            found += self.borrow(short._replace(units=short.units - found))
        self.visiting.pop()
        return Got(got + found, NEVER if got + found == units else min(later, next_day))

    def alternates(self, need: Need) -> Got:
        """Stock elsewhere, making, buying, other places getting it, other items: each for what is still missing."""
        got, next_day = 0, NEVER
        for way, *its in self.ways(need):
            answer = getattr(self, way)(need._replace(units=need.units - got), *its)
            got, next_day = got + answer.units, min(next_day, answer.next_day)
            if got == need.units:
                return Got(got)
        return Got(got, next_day)

    def ways(self, need: Need) -> list[tuple[Any, ...]]:
        """The ways in the order they are tried."""
        world, books, item = self.world, self.books, need.item
        sites, lanes = books.locations.site, self.lanes(need)
        here = sites[world.place(need.group)]
        get: list[tuple[Any, ...]] = [
            (lane[0], 2, n, "move_new", lane) for n, lane in enumerate(lanes) if sites[world.place(lane[3])] != here
        ]
        if world.make[item]:
            get.append((1, 0, 0, "make"))
        elif sources := self.sources(item):
            get.append((sources[0][0], 1, 0, "buy"))
        found: list[tuple[Any, ...]] = [("move_stock", lane) for lane in lanes] + [one[3:] for one in sorted(get)]
        table = books.alternates
        columns = (table.item, table.priority, table.alternate, table.component, table.ratio, table.valid_from)
        for of, _, other, component, ratio, opens, closes, approval in sorted(
            rows(*columns, table.valid_to, table.approval)
        ):
            sent = (item, need.group) == self.sent
            allowed = not approval and not sent if need.level else self.ask.substitutes
            if of == item and component == (need.level > 0) and allowed and opens <= self.today <= closes:
                found.append(("instead", other, ratio))
        return found

    def lanes(self, need: Need) -> list[tuple[int, ...]]:
        """Priority, days, origin, its group, destination of the lanes into a group, best first."""
        table, terms, group_of = self.books.lanes, self.books.lane_terms, self.world.group_of
        own = rows(terms.priority, terms.item) or [(1, -1)] * table.origin.size
        found = [
            (priority, days, origin, group_of[origin], destination)
            for (origin, destination, days), (priority, only) in zip(
                rows(table.origin, table.destination, table.days), own, strict=True
            )
            if group_of[destination] == need.group != group_of[origin] and only in (-1, need.item)
        ]
        return sorted(found)

    def move_stock(self, need: Need, lane: tuple[int, ...]) -> Got:
        """What the other place has and need not keep; of several locations, what lies where the lane leaves."""
        world = self.world
        origin, group = lane[2:4]
        leaves = self.leaves(need, lane)
        units = min(need.units, world.free(need.item, group, max(leaves, self.today)))
        units = units if world.alone(group) else min(units, world.on_hand(need.item, origin))
        if leaves < self.today:
            return Got(0, self.arrival(need, lane, self.today) if units else NEVER)
        world.change(need.item, group, leaves, -units)
        self.send(need, lane, leaves=leaves, units=units)
        later = world.next_free(need.item, group, leaves) if world.alone(group) else NEVER
        return Got(units, self.arrival(need, lane, later))

    def leaves(self, need: Need, lane: tuple[int, ...]) -> int:
        """The last day to leave on in order to be there when it is needed."""
        return self.world.leaves(lane[2], self.world.back(self.world.place(need.group), need.day, 0) - lane[1])

    def arrival(self, need: Need, lane: tuple[int, ...], there: int) -> int:
        """When what the other place has on a day is here."""
        if there >= NEVER:
            return NEVER
        return self.world.there(self.world.place(need.group), self.world.after(lane[2], there) + lane[1])

    def move_new(self, need: Need, lane: tuple[int, ...]) -> Got:
        """What the other place gets for it and sends on."""
        world = self.world
        group, leaves, saved, sent = lane[3], self.leaves(need, lane), world.tried.copy(), self.sent
        on_time, self.sent = leaves >= self.today, (need.item, lane[3])
        got = self.supply(Need(need.item, group, need.units, max(leaves, self.today), need.level + 1))
        self.sent = sent
        later = got.next_day if on_time or not got.units else self.today
        if on_time and got.units:
            self.send(need, lane, leaves=leaves, units=got.units)
        else:
            world.tried = saved
        return Got(got.units if on_time else 0, self.arrival(need, lane, later))

    def send(self, need: Need, lane: tuple[int, ...], *, leaves: int, units: int) -> None:
        """A transfer, and its units used."""
        _, days, origin, group, destination = lane
        if units:
            pool = "stock", origin, need.item
            if not self.world.alone(group):
                self.world.tried.drawn[pool] = self.world.tried.drawn.get(pool, 0) + units
            self.order("move", need, destination, units, leaves, leaves + days, origin=origin, used=units)

    def order(
        self, kind: str, need: Need, place: int, units: int, begin: int, due: int, *, used: int, **who: int
    ) -> None:
        """An order whose units are there on its due day, with the safety days, and what is used of them."""
        order = (kind, need.item, place, units, begin, due, who.get("origin", -1), who.get("supplier", -1))
        self.world.tried.orders.append(order)
        there = self.world.there(self.world.place(need.group), due) if kind != "make" else due
        self.world.change(need.item, need.group, there + who.get("safety", 0), units)
        self.world.change(need.item, need.group, need.day, -used)

    def term(self, name: str, item: int, otherwise: int) -> int:
        """A term of an item, the usual one where the books have none."""
        column = getattr(self.books.item_terms, name)
        return int(column[item]) if column.size else otherwise

    def make(self, need: Need) -> Got:
        """Work orders of the largest lot at most."""
        sizes = Sizes(*(self.term(name, need.item, usual) for name, usual in _LOT))
        got, next_day, fence = 0, NEVER, self.today + self.term("fence", need.item, 0)
        if fence > self.today:
            fence = self.world.there(self.world.place(need.group), fence)
        if fence > need.day:
            return Got(0, fence)
        while got < need.units and (largest := sizes.down(FREE)):
            self.trials += 1
            if self.trials > MOST_TRIALS:
                return Got(got)
            wanted = min(need.units - got, largest)
            answer = self.with_safety(need._replace(units=wanted), sizes, fence)
            got, next_day = got + answer.units, answer.next_day
            if answer.units < wanted:
                break
        return Got(got, NEVER if got == need.units else next_day)

    def with_safety(self, need: Need, sizes: Sizes, fence: int) -> Got:
        """Done some days early where all of it can be, else on the day."""
        early, saved = max(need.day - self.term("safety_days", need.item, 0), fence), self.world.tried.copy()
        if early < need.day:
            answer = self.one_lot(need, sizes, early)
            if answer.units == need.units:
                return answer
            self.world.tried = saved
        return self.one_lot(need, sizes, need.day)

    def one_lot(self, need: Need, sizes: Sizes, due: int) -> Got:
        """One work order, of fewer units where minutes or components do not do."""
        world, next_day, units = self.world, NEVER, sizes.up(need.units)
        due = world.back(world.place(need.group), due, 0)
        while units > 0:
            slots = self.scheduled(need, units, due)
            if slots is None:
                fitting, later = self.too_late(need, sizes, units, due)
                next_day, units = min(next_day, later), min(units - 1, sizes.down(fitting))
                continue
            begin, saved = slots[0], world.tried.copy()
            for (center, day), minutes in slots[1].items():
                world.work(center, day, minutes)
            enough = self.components(need, units, begin)
            if enough.units >= units:
                used = min(units, need.units)
                self.order("make", need, world.place(need.group), units, begin, due, used=used)
                return Got(used, next_day)
            world.tried = saved
            next_day = min(next_day, self.finished(need, units, max(enough.next_day, begin)))
            units = sizes.down(enough.units)
        return Got(0, next_day)

    def components(self, need: Need, units: int, day: int) -> Got:
        """For how many units the components do, and when they do for all."""
        enough, ready = units, 0
        for component, each in self.world.parts_of.get(need.item, []):
            wanted = -(-units * each // MILLION)
            got = self.supply(Need(component, self.world.production[need.group], wanted, day, need.level + 1))
            if got.units < wanted:
                enough, ready = min(enough, got.units * MILLION // each), max(ready, got.next_day)
        return Got(enough, ready)

    def timed(self, item: int) -> bool:
        """Whether making it takes minutes of work centres, not days."""
        return item in self.world.steps and not self.term("phantom", item, 0)

    def scheduled(self, need: Need, units: int, due: int) -> tuple[int, dict[tuple[int, int], int]] | None:
        """The latest begin that has them done by a day, with the minutes it takes; None before today."""
        item, place = need.item, self.world.place(need.group)
        if not self.timed(item):
            begin = self.world.back(place, due, 0 if self.term("phantom", item, 0) else self.world.lead[item])
            return (begin, {}) if begin >= self.today else None
        slots = self.world.placed(item, units, first=self.today, last=due, by=-1)
        return None if slots is None else (min((day for _, day in slots), default=due), slots)

    def finished(self, need: Need, units: int, begin: int) -> int:
        """When so many are done if they are begun on a day."""
        if begin >= NEVER:
            return NEVER
        item, place = need.item, self.world.place(need.group)
        if not self.timed(item):
            return self.world.forth(place, begin, 0 if self.term("phantom", item, 0) else self.world.lead[item])
        slots = self.world.placed(item, units, first=begin, last=self.today + TEN_YEARS, by=1)
        return NEVER if slots is None else self.world.there(place, max((day for _, day in slots), default=begin))

    def too_late(self, need: Need, sizes: Sizes, units: int, due: int) -> tuple[int, int]:
        """How many fit after all, and when the lot can be with components as soon as they can be."""
        saved = self.world.tried.copy()
        got = self.components(need, units, self.today)
        self.world.tried = saved
        least = min(units, sizes.up(1)) if self.ask.partial else units
        next_day = self.finished(need, least, self.today if got.units else got.next_day)
        if not self.timed(need.item):
            return 0, next_day
        low, high = 0, units
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.scheduled(need, middle, due) is None else (middle, high)
        return low, next_day

    def sources(self, item: int) -> list[tuple[int, ...]]:
        """Priority, lead, price, supplier, row, safety, least, step, most, weekly, opens, closes, location."""
        table, terms = self.books.sources, self.books.source_terms
        own = rows(
            terms.priority, terms.safety_days, terms.weekly_capacity, terms.valid_from, terms.valid_to, terms.location
        )
        columns = (table.supplier, table.lead_days, table.price, table.minimum, table.multiple, table.maximum)
        found = list[tuple[int, ...]]()
        for n, (of, supplier, lead, price, least, step, most) in enumerate(rows(table.item, *columns)):
            priority, safety, weekly, opens, closes, where = own[n] if own else (1, 0, FREE, 0, NEVER, -1)
            if of == item:
                sizes = max(1, least), max(1, step), most
                found.append((priority, lead, price, supplier, n, safety, *sizes, weekly, opens, closes, where))
        return sorted(found)

    def buy(self, need: Need) -> Got:
        """Purchases from the suppliers that deliver here, best first."""
        got, next_day = 0, NEVER
        for source in self.sources(need.item):
            if source[-1] < 0 or self.world.group_of[source[-1]] == need.group:
                answer = self.bought(need._replace(units=need.units - got), source)
                got, next_day = got + answer.units, min(next_day, answer.next_day)
            if got == need.units:
                break
        return Got(got, next_day)

    def bought(self, need: Need, source: tuple[int, ...]) -> Got:
        """Orders as late as they may come; a week earlier where the supplier's week is full."""
        _, lead, _, supplier, row, safety, least, step, most, weekly, opens, closes, _ = source
        sizes, got, fence = Sizes(least, step, most), 0, self.today + self.term("fence", need.item, 0)
        first = max(self.today, opens) + lead
        if first - lead > closes or not sizes.down(FREE):
            return Got(0)
        place, earliest = self.world.place(need.group), max(first, fence - safety)
        there = self.world.there(place, earliest) + safety
        if there > need.day:
            return Got(0, there)
        latest = min(self.world.back(place, need.day - safety, 0), closes + lead)
        arrival = max(earliest, latest - self.term("safety_days", need.item, 0))
        while got < need.units and arrival >= earliest:
            size = self.size(sizes, need.units - got, weekly, row, arrival)
            if size:
                self.trials += 1
                if self.trials > MOST_TRIALS:
                    return Got(got)
                used = min(size, need.units - got)
                drawn = self.world.tried.drawn
                drawn["week", row, arrival // 7] = drawn.get(("week", row, arrival // 7), 0) + size
                self.order(
                    "buy", need, place, size, arrival - lead, arrival, used=used, supplier=supplier, safety=safety
                )
                got += used
            elif weekly >= FREE:
                break
            else:
                arrival = arrival // 7 * 7 - 1
        if got == need.units:
            return Got(got)
        for week in range(max(latest, earliest) // 7 + 1, max(latest, earliest) // 7 + 1 + WEEKS):
            if self.size(sizes, need.units, weekly, row, week * 7) and week * 7 - lead <= closes:
                return Got(got, self.world.there(place, week * 7) + safety)
        return Got(got)

    def size(self, sizes: Sizes, wanted: int, weekly: int, row: int, arrival: int) -> int:
        """The size of one order for so many units that comes on a day."""
        room = FREE if weekly >= FREE else weekly - self.world.tried.drawn.get(("week", row, arrival // 7), 0)
        up = sizes.up(wanted)
        return up if up <= min(room, sizes.most) else sizes.down(room)

    def instead(self, need: Need, other: int, ratio: int) -> Got:
        """Another item in its place, `ratio` millionths of it for one."""
        got = self.supply(need._replace(item=other, units=-(-need.units * ratio // MILLION)))
        return Got(min(need.units, got.units * MILLION // ratio), got.next_day)

    def borrow(self, need: Need) -> int:
        """Units promised for later, when new ones can take their place in time."""
        world, (item, group, wanted, day, level) = self.world, need
        while wanted > 0:
            known = world.changes(item, group)
            balance = {on: sum(units for d, units in known if d <= on) for on in {day, *(d for d, _ in known)}}
            lent = min(wanted, balance[day])
            missed = min((on for on, units in balance.items() if on > day and units < lent), default=NEVER)
            if lent <= 0 or missed >= NEVER:
                return 0
            saved = world.tried.copy()
            repaid = self.alternates(Need(item, group, lent, missed, level + 1)).units
            if repaid == lent:
                world.change(item, group, missed, lent)
                world.change(item, group, day, -lent)
                return lent
            world.tried, wanted = saved, repaid
        return 0


_LOT = (("minimum", 1), ("multiple", 1), ("maximum", FREE))
