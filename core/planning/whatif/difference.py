"""Differences: the order lines that stand otherwise than before, by line, customer, money and date."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from core.planning.snapshot import NEVER, Demand, Flags, Ints

DUE, QUANTITY, SHORT, LATE, PROJECTED, ON_TIME, CENTS = range(7)
"""How a line stands, one column a line: the promised day, units, those short and those late, the day everything is
there, whether it is on time, and what is at stake in cents."""
STANDING = 7

Path = Literal["incremental", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Whose a line is; item and customer are positions."""

    order: str
    line: int
    item: int
    customer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Whose each line is, by position: those of the books, and new ones behind them."""

    demand: Demand
    new: Mapping[int, Named]

    def of(self, at: int) -> Named:
        """Whose a line is."""
        demand = self.demand
        return self.new.get(at) or Named(
            order=demand.order[at],
            line=int(demand.line[at]),
            item=int(demand.item[at]),
            customer=int(demand.customer[at]),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How an order line stands; days are day numbers, NEVER where nothing known brings it."""

    due: int
    quantity: int
    short: int
    late: int
    projected: int
    on_time: bool
    cents: int

    @property
    def state(self) -> str:
        """On time, late or uncovered."""
        return "uncovered" if self.short else "on time" if self.on_time else "late"

    @property
    def days_late(self) -> int:
        """Days after the promised one, 0 where it is kept or no day is known."""
        return 0 if self.on_time or self.projected == NEVER else max(0, self.projected - self.due)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDifference:
    """One order line before and after; None where it is not open."""

    name: Named
    before: Stand | None
    after: Stand | None

    @property
    def cents(self) -> int:
        """What more is at stake."""
        return _cents(self.after) - _cents(self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a change does, compared with the books. `at` are positions of lines (new ones behind those of the books),
    `before` and `after` how they stand, `was` and `is_` whether they are open; `path` says whether the change was
    followed node by node or the books were netted again as a whole, and `why` they were."""

    path: Path
    why: str
    at: Ints
    before: Ints
    after: Ints
    was: Flags
    is_: Flags
    names: Names

    @property
    def lines(self) -> int:
        """How many lines stand otherwise."""
        return self.at.size

    @property
    def cents(self) -> int:
        """What more is at stake on all lines together."""
        return sum(self._cents().tolist())

    def count(self, state: str) -> int:
        """How many more lines are late, uncovered or on time."""
        return int(self._in(state, self.after, self.is_).sum()) - int(self._in(state, self.before, self.was).sum())

    def newly(self, state: str) -> int:
        """How many lines are in this state that were not."""
        return int((self._in(state, self.after, self.is_) & ~self._in(state, self.before, self.was)).sum())

    @property
    def saved(self) -> int:
        """How many lines that were not on time are."""
        now, before = self._in("on time", self.after, self.is_), self._in("on time", self.before, self.was)
        return int((now & self.was & ~before).sum())

    def worst(self, limit: int) -> tuple[LineDifference, ...]:
        """The lines that lose most money, then most days, first; equal ones by position."""
        days = np.where(self.is_, self.after[PROJECTED], 0) - np.where(self.was, self.before[PROJECTED], 0)
        order = np.lexsort((self.at, -days, -self._cents()))[:limit]
        return tuple(self._line(row) for row in order.tolist())

    def by_customer(self) -> dict[int, tuple[int, int]]:
        """Of each customer (position): how many lines stand otherwise, and what more is at stake in cents."""
        found = dict[int, tuple[int, int]]()
        for at, cents in zip(self.at.tolist(), self._cents().tolist(), strict=True):
            customer = self.names.of(at).customer
            lines, total = found.get(customer, (0, 0))
            found[customer] = lines + 1, total + cents
        return dict(sorted(found.items()))

    def _cents(self) -> Ints:
        return np.where(self.is_, self.after[CENTS], 0) - np.where(self.was, self.before[CENTS], 0)

    def _line(self, row: int) -> LineDifference:
        return LineDifference(
            name=self.names.of(int(self.at[row])),
            before=_stand(self.before[:, row]) if self.was[row] else None,
            after=_stand(self.after[:, row]) if self.is_[row] else None,
        )

    def _in(self, state: str, columns: Ints, there: Flags) -> Flags:
        match state:
            case "uncovered":
                return there & (columns[SHORT] > 0)
            case "late":
                return there & (columns[SHORT] == 0) & (columns[ON_TIME] == 0)
            case _:
                return there & (columns[ON_TIME] == 1)


def _stand(column: Ints) -> Stand:
    due, quantity, short, late, projected, on_time, cents = column.tolist()
    return Stand(
        due=due,
        quantity=quantity,
        short=short,
        late=late,
        projected=projected,
        on_time=bool(on_time),
        cents=cents,
    )


def _cents(stand: Stand | None) -> int:
    return stand.cents if stand else 0
