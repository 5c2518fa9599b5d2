"""The ledger of a plan being made: what each way brings, what is shared by whom, and what it all costs, to the unit."""

from collections.abc import Sequence

from core.planning.choosing.columns import Columns


class Ledger:
    """Starts with everything waiting. Every change keeps what is shared within its limits and `total` exact, in whole
    money; what must be whole is `lawful` or not.

    What a source brings depends on what its pools have left when it is asked for. Changes since a `mark` can be taken
    back to exactly what was.
    """

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.use = [0] * len(columns.way)
        self.left = list(columns.units)
        self.needed = [0] * len(columns.source)
        self.brought = [0] * len(columns.source)
        self.drawn = [0] * len(columns.pool)
        self._paid = [0] * len(columns.source)
        self.charged = [0] * len(columns.charge)
        self.reasons = [0] * len(columns.customer)
        self.contacts = [int(told) for told in columns.told]
        self._done: list[tuple[int, int, int]] = []
        self.total = 0
        for shortage, units in enumerate(columns.units):
            self.total += units * columns.waiting[shortage]
            if columns.waits_late[shortage]:
                self._move(columns.line[shortage], 1)

    def cap(self, source: int) -> int:
        """The most the source may bring in all, as its pools stand, drawing as at its first tier."""
        columns = self.columns
        cap, brought, opened = columns.most[source], self.brought[source], self.needed[source]
        for pool, fixed, unit in columns.source_draws[source]:
            spare = columns.capacity[pool] - self.drawn[pool]
            if not opened:
                spare -= fixed
                if spare < 0:
                    return 0
            if unit and brought + spare // unit < cap:
                cap = brought + spare // unit
        return cap

    def _caps(self, source: int) -> Sequence[int]:
        """The most it may bring in all at each of its tiers."""
        columns, brought = self.columns, self.brought[source]
        tiers, lots = columns.tier_draws[source], columns.lots[source]
        if not tiers:
            return (self.cap(source),) * len(lots.tiers)
        own = self._drawn(source, brought)
        caps: list[int] = []
        for draws in tiers:
            cap = columns.most[source]
            for pool, fixed, unit in draws:
                spare = columns.capacity[pool] - self.drawn[pool] + own.get(pool, 0) - fixed
                cap = 0 if spare < 0 else min(cap, spare // unit) if unit else cap
            caps.append(cap)
        return caps

    def used_up(self, source: int) -> set[int]:
        """The pools that leave the source no unit more, at any of its tiers."""
        columns, lots = self.columns, self.columns.lots[source]
        own, found = self._drawn(source, self.brought[source]), list[set[int]]()
        more = -(-(self.needed[source] + 1) // lots.multiple) * lots.multiple
        draws_of = columns.tier_draws[source] or (columns.source_draws[source],) * len(lots.tiers)
        for (least, _), draws in zip(lots.tiers, draws_of, strict=True):
            units = max(least, more)
            left = {pool: columns.capacity[pool] - self.drawn[pool] + own.get(pool, 0) for pool, _, _ in draws}
            found.append({pool for pool, fixed, unit in draws if left[pool] < fixed + unit * units})
        return found[0] if all(found) else set()

    def _drawn(self, source: int, brought: int) -> dict[int, int]:
        """What bringing so many takes from each pool."""
        if not brought:
            return {}
        columns = self.columns
        tiers = columns.tier_draws[source]
        draws = tiers[columns.lots[source].tier(brought)] if tiers else columns.source_draws[source]
        found: dict[int, int] = {}
        for pool, fixed, unit in draws:
            found[pool] = found.get(pool, 0) + fixed + unit * brought
        return found

    def room(self, way: int) -> int:
        """How many more units the way can bring its shortage; all or nothing where it is late for one that must be
        covered whole."""
        return self._fit(way)[0]

    def offer(self, way: int) -> tuple[int, int]:
        """The same, and what the total would grow by if it brought them."""
        units, paid = self._fit(way)
        return (units, self._grows(way, units, paid)) if units else (0, 0)

    def lawful(self, shortage: int) -> bool:
        """Whether what must be whole is: it waits, one way covers it, or several that are all in time."""
        columns, left = self.columns, self.left[shortage]
        if not columns.whole[shortage] or left == columns.units[shortage]:
            return True
        used = [way for way in columns.ways_of[shortage] if self.use[way]]
        return not left and (len(used) == 1 or not any(columns.late[way] for way in used))

    def _fit(self, way: int) -> tuple[int, int]:
        """The units there is room for, and what their source would be paid in all."""
        columns = self.columns
        shortage, source = columns.way_shortage[way], columns.way_source[way]
        wanted = self.left[shortage]
        if not wanted:
            return 0, 0
        needed, caps = self.needed[source], ()
        if columns.plain[source]:
            most = self.cap(source) - needed
        else:
            caps = self._caps(source)
            most = columns.lots[source].room(caps) - needed
        if most < wanted:
            wanted = most
        if wanted < 1 or (columns.whole[shortage] and columns.late[way] and wanted < columns.units[shortage]):
            return 0, 0
        if not caps:
            return wanted, (needed + wanted) * columns.unit_price[source]
        bought = columns.lots[source].bought(needed + wanted, caps)
        return (wanted, bought[1]) if bought is not None else (0, 0)

    def _grows(self, way: int, units: int, paid: int) -> int:
        columns = self.columns
        shortage, source = columns.way_shortage[way], columns.way_source[way]
        grows = units * (columns.unit[way] - columns.waiting[shortage]) + paid - self._paid[source]
        if not self.needed[source]:
            for charge in columns.source_charges[source]:
                if not self.charged[charge]:
                    grows += columns.amount[charge]
            for line in columns.source_moves[source]:
                grows += self._moving(line, 1)
        return grows + self._unrest(way, units)

    def _unrest(self, way: int, units: int) -> int:
        columns = self.columns
        shortage = columns.way_shortage[way]
        line, grows, reasons = columns.line[shortage], 0, 0
        if not self.use[way]:
            reasons += columns.late[way]
            asked = columns.asks[way]
            if asked >= 0 and not self.contacts[asked]:
                grows += columns.contacted
        if columns.waits_late[shortage] and units == self.left[shortage]:
            reasons -= 1
        return grows + self._moving(line, reasons) if reasons else grows

    def _moving(self, line: int, reasons: int) -> int:
        """What so many more reasons for the line to move would cost."""
        before = self.reasons[line]
        if (before > 0) == (before + reasons > 0):
            return 0
        columns, step = self.columns, 1 if reasons > 0 else -1
        contacts = self.contacts[columns.customer[line]]
        told = (contacts + step > 0) != (contacts > 0)
        return step * (columns.moved + columns.contacted * told)

    def change(self, way: int, units: int) -> None:
        """The way brings so many units more, or fewer when negative; they must fit."""
        self._done.append((way, units, self.brought[self.columns.way_source[way]]))
        self._change(way, units, None)

    def _change(self, way: int, units: int, exactly: int | None) -> None:
        columns = self.columns
        shortage, source = columns.way_shortage[way], columns.way_source[way]
        self.total += units * (columns.unit[way] - columns.waiting[shortage])
        was, left = self.use[way], self.left[shortage]
        self.use[way] = now = was + units
        self.left[shortage] = left - units
        if columns.late[way] and (was > 0) != (now > 0):
            self._move(columns.line[shortage], 1 if now else -1)
        if columns.asks[way] >= 0 and (was > 0) != (now > 0):
            self._contact(columns.asks[way], 1 if now else -1)
        if columns.waits_late[shortage] and (left > 0) != (left > units):
            self._move(columns.line[shortage], 1 if left > units else -1)
        self._draw(source, units, exactly)

    def _draw(self, source: int, units: int, exactly: int | None) -> None:
        columns = self.columns
        needed, brought = self.needed[source], self.brought[source]
        self.needed[source] = now = needed + units
        step = (now > 0) - (needed > 0)
        if columns.plain[source]:
            after, paid = now, now * columns.unit_price[source]
        elif exactly is not None:
            after, paid = exactly, columns.lots[source].money(now, exactly)
        else:
            self.needed[source] = needed
            after, paid = self._bought(source, now, most=None if units > 0 else brought)
            self.needed[source] = now
        self.brought[source] = after
        self.total += paid - self._paid[source]
        self._paid[source] = paid
        if columns.tier_draws[source]:
            self._redraw(source, brought, after)
        else:
            for pool, fixed, unit in columns.source_draws[source]:
                self.drawn[pool] += unit * (after - brought) + step * fixed
        if step:
            for charge in columns.source_charges[source]:
                self.charged[charge] += step
                if self.charged[charge] == (step > 0):
                    self.total += step * columns.amount[charge]
            for line in columns.source_moves[source]:
                self._move(line, step)

    def _bought(self, source: int, needed: int, *, most: int | None) -> tuple[int, int]:
        lots = self.columns.lots[source]
        if most is None:
            caps = self._caps(source)
        elif self.columns.tier_draws[source]:
            caps = [min(most, cap) for cap in self._caps(source)]
        else:
            caps = (most,) * len(lots.tiers)
        bought = lots.bought(needed, caps)
        assert bought is not None, "the caller saw that there is room"
        return bought

    def _redraw(self, source: int, brought: int, after: int) -> None:
        for pool, amount in self._drawn(source, brought).items():
            self.drawn[pool] -= amount
        for pool, amount in self._drawn(source, after).items():
            self.drawn[pool] += amount

    def _move(self, line: int, step: int) -> None:
        self.reasons[line] += step
        if self.reasons[line] == (step > 0):
            self.total += step * self.columns.moved
            self._contact(self.columns.customer[line], step)

    def _contact(self, customer: int, step: int) -> None:
        self.contacts[customer] += step
        if self.contacts[customer] == (step > 0):
            self.total += step * self.columns.contacted

    def clear(self, shortage: int) -> None:
        """Leave the shortage waiting."""
        for way in self.columns.ways_of[shortage]:
            if self.use[way]:
                self.change(way, -self.use[way])

    def mark(self) -> int:
        """Where the ledger stands, for `back`."""
        return len(self._done)

    def back(self, mark: int) -> None:
        """All since the mark undone, the last first: every source brings what it did."""
        while len(self._done) > mark:
            way, units, brought = self._done.pop()
            self._change(way, -units, brought)
