"""The ledger of a plan being made: what each way brings, what is shared by whom, and what it all costs, to the unit."""

from core.planning.choosing.columns import Columns

Undo = list[tuple[int, int, int]]
"""(way, units, what its source brought) of what was taken back, to be given again the last first."""


class Ledger:
    """Starts with everything waiting. Every change keeps the plan allowed and `total` exact, in whole money.

    What a source brings depends on what its pools have left when it is asked for; a plan undone step by step costs what
    it did or less.
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
        self.contacts = [0] * columns.customers
        self.total = 0
        for shortage, units in enumerate(columns.units):
            self.total += units * columns.waiting[shortage]
            if columns.waits_late[shortage]:
                self._move(columns.line[shortage], 1)

    def cap(self, source: int) -> int:
        """The most the source may bring in all, as its pools stand."""
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

    def room(self, way: int) -> int:
        """How many more units the way can bring its shortage; all or nothing for one that must be covered whole."""
        return self._fit(way)[0]

    def offer(self, way: int) -> tuple[int, int]:
        """The same, and what the total would grow by if it brought them."""
        units, paid = self._fit(way)
        return (units, self._grows(way, units, paid)) if units else (0, 0)

    def _fit(self, way: int) -> tuple[int, int]:
        """The units there is room for, and what their source would be paid in all."""
        columns = self.columns
        shortage, source = columns.way_shortage[way], columns.way_source[way]
        wanted = self.left[shortage]
        if not wanted:
            return 0, 0
        cap, needed = self.cap(source), self.needed[source]
        plain, multiple = columns.plain[source], columns.multiple[source]
        most = cap - needed if plain else cap // multiple * multiple - needed
        if most < wanted:
            wanted = most
        if wanted < 1 or (columns.whole[shortage] and wanted < columns.units[shortage]):
            return 0, 0
        if plain:
            return wanted, (needed + wanted) * columns.unit_price[source]
        bought = columns.lots[source].bought(needed + wanted, cap)
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

    def change(self, way: int, units: int, *, most: int | None = None) -> None:
        """The way brings so many units more, or fewer when negative; they must fit, with at most so many brought."""
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
        self._draw(source, units, most)

    def _draw(self, source: int, units: int, most: int | None) -> None:
        columns = self.columns
        needed, brought = self.needed[source], self.brought[source]
        self.needed[source] = now = needed + units
        if columns.plain[source]:
            after, paid = now, now * columns.unit_price[source]
        else:
            cap = most if most is not None else self.cap(source) if units > 0 else brought
            bought = columns.lots[source].bought(now, cap)
            assert bought is not None, "the caller saw that there is room"
            after, paid = bought
        self.brought[source] = after
        self.total += paid - self._paid[source]
        self._paid[source] = paid
        step = (now > 0) - (needed > 0)
        for pool, fixed, unit in columns.source_draws[source]:
            self.drawn[pool] += unit * (after - brought) + step * fixed
        if step:
            for charge in columns.source_charges[source]:
                self.charged[charge] += step
                if self.charged[charge] == (step > 0):
                    self.total += step * columns.amount[charge]
            for line in columns.source_moves[source]:
                self._move(line, step)

    def _move(self, line: int, step: int) -> None:
        self.reasons[line] += step
        if self.reasons[line] == (step > 0):
            self.total += step * self.columns.moved
            self._contact(self.columns.customer[line], step)

    def _contact(self, customer: int, step: int) -> None:
        self.contacts[customer] += step
        if self.contacts[customer] == (step > 0):
            self.total += step * self.columns.contacted

    def clear(self, shortage: int) -> Undo:
        """Leave the shortage waiting; what it had."""
        columns, had = self.columns, Undo()
        for way in columns.ways_of[shortage]:
            if self.use[way]:
                had.append((way, self.use[way], self.brought[columns.way_source[way]]))
                self.change(way, -self.use[way])
        return had

    def restore(self, had: Undo) -> None:
        """Give back what was cleared, where nothing else has changed since; no source brings more than it did."""
        for way, units, brought in reversed(had):
            self.change(way, units, most=brought)
