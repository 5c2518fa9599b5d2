"""Variables and rows of a linear model as they grow: arrays added in blocks, put together once at the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from core.planning.choosing.columns import NOWHERE, Columns
from core.planning.snapshot import Flags, Ints
from core.planning.spans import rows_of

INFINITY = float("inf")
Floats = np.ndarray[tuple[int], np.dtype[np.float64]]


class Variables:
    """Costs and upper bounds; every variable is whole in the exact model and none is below nothing."""

    def __init__(self) -> None:
        self.count = 0
        self._cost: list[Floats] = []
        self._upper: list[Floats] = []

    def more(self, cost: Floats, upper: Floats) -> Ints:
        """The positions of as many more."""
        first, self.count = self.count, self.count + cost.size
        self._cost.append(cost)
        self._upper.append(upper)
        return np.arange(first, self.count)

    def shares(self, cost: Floats) -> Ints:
        """The positions of as many shares (0 to 1)."""
        return self.more(cost, np.ones(cost.size))

    @property
    def cost(self) -> Floats:
        """What a unit of each costs."""
        return np.concatenate(self._cost)

    @property
    def upper(self) -> Floats:
        """The most of each."""
        return np.concatenate(self._upper)


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Rows with their bounds: entries of row r are those from start[r] to start[r + 1]."""

    lower: Floats
    upper: Floats
    start: Ints
    index: Ints
    value: Floats


class Rows:
    """Rows as they grow; entries may be added to any of them at any time."""

    def __init__(self) -> None:
        self.count = 0
        self._lower: list[Floats] = []
        self._upper: list[Floats] = []
        self._row: list[Ints] = []
        self._column: list[Ints] = []
        self._value: list[Floats] = []

    def more(self, upper: Floats, lower: Floats | None = None) -> Ints:
        """The positions of as many more; without `lower` they have no lower bound."""
        first, self.count = self.count, self.count + upper.size
        self._upper.append(upper)
        self._lower.append(np.full(upper.size, -INFINITY) if lower is None else lower)
        return np.arange(first, self.count)

    def below(self, count: int) -> Ints:
        """The positions of so many more that may not exceed nothing."""
        return self.more(np.zeros(count))

    def put(self, row: Ints, column: Ints, value: Floats) -> None:
        """Entries of rows, one for each row named."""
        self._row.append(row)
        self._column.append(column)
        self._value.append(value)

    def put_ones(self, row: Ints, column: Ints, *, sign: float = 1.0) -> None:
        """Entries of one, or of minus one."""
        self.put(row, column, np.full(row.size, sign))

    def followed(self, others: "Rows") -> Matrix:
        """All rows, those of others after these; the entries of each in the order they were put."""
        row = joined([*self._row, *(at + self.count for at in others._row)])
        order = _order(row)
        sizes = np.bincount(row, minlength=self.count + others.count)
        return Matrix(
            lower=np.concatenate([*self._lower, *others._lower, np.zeros(0)]),
            upper=np.concatenate([*self._upper, *others._upper, np.zeros(0)]),
            start=joined([np.zeros(1, dtype=np.int64), np.cumsum(sizes)]),
            index=joined([*self._column, *others._column])[order],
            value=np.concatenate([*self._value, *others._value, np.zeros(0)])[order],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """Members by group: those of group g are members[start[g] : start[g + 1]]."""

    start: Ints
    members: Ints

    @property
    def sizes(self) -> Ints:
        """How many members each group has."""
        return np.diff(self.start)

    def pairs(self, groups: Ints) -> tuple[Ints, Ints]:
        """For each member of each of the groups named: the position in `groups`, and the member."""
        sizes = self.sizes[groups]
        return np.repeat(np.arange(groups.size), sizes), self.members[rows_of(self.start[groups], sizes)]


def gathered(group: Ints, members: Ints, size: int) -> Groups:
    """Members with the group of each, in any order, as so many groups; those of a group stay in their order."""
    sizes = np.bincount(group, minlength=size)
    return Groups(start=joined([np.zeros(1, dtype=np.int64), np.cumsum(sizes)]), members=members[_order(group)])


def _order(keys: Ints) -> Ints:
    return np.argsort(keys, kind="stable")


def grouped(lists: Sequence[Sequence[int]]) -> Groups:
    """Lists of members as groups."""
    sizes = whole(map(len, lists))
    return Groups(start=joined([np.zeros(1, dtype=np.int64), np.cumsum(sizes)]), members=flat(lists))


def flat(lists: Iterable[Sequence[int]]) -> Ints:
    """All members, group after group."""
    return whole(chain.from_iterable(lists))


def whole(numbers: Iterable[int]) -> Ints:
    """Positions as an array."""
    return np.fromiter(numbers, dtype=np.int64)


def floats(numbers: Sequence[int]) -> Floats:
    """Money and units as the solver takes them, however large."""
    return np.array(numbers, dtype=np.float64)


def flags(given: Sequence[bool]) -> Flags:
    """Marks as an array."""
    return np.array(given, dtype=np.bool_)


def numbered(at: Ints, values: Ints, *, size: int) -> Ints:
    """The values at these of so many places, of several at one place the last; NOWHERE at all others."""
    found = np.full(size, NOWHERE, dtype=np.int64)
    found[at] = values
    return found


def joined(arrays: Sequence[Ints]) -> Ints:
    """Positions one after the other; no arrays make an empty one."""
    return np.concatenate([np.zeros(0, dtype=np.int64), *arrays])


class Draws:
    """What sources take from pools: so much when opened, so much for each unit."""

    def __init__(self, columns: Columns) -> None:
        draws, self._by_tier = columns.source_draws, columns.tier_draws
        each = list(chain.from_iterable(draws))
        self.source = np.repeat(np.arange(len(draws)), whole(map(len, draws)))
        self.pool = whole(pool for pool, _, _ in each)
        self.fixed, self.unit = floats([fixed for _, fixed, _ in each]), floats([unit for _, _, unit in each])
        sizes = whole(map(len, draws))
        self._first = np.cumsum(sizes) - sizes

    def at_tiers(self, draws: Ints, tiers: Ints) -> Floats:
        """What each of these draws takes for a unit at the tier (the how manieth of its source)."""
        units = self.unit[draws].copy()
        several = flags([bool(tiers) for tiers in self._by_tier])[self.source[draws]]
        for at in np.flatnonzero(several).tolist():
            source = int(self.source[draws[at]])
            units[at] = self._by_tier[source][int(tiers[at])][int(draws[at] - self._first[source])][2]
        return units


class Draft:
    """A model as it grows, and the columns of its problem as arrays. The relaxation begins with the `core` rows; the
    `links` join it when they are broken."""

    def __init__(self, columns: Columns, *, exact: bool) -> None:
        self.columns, self.exact = columns, exact
        self.variables, self.core, self.links = Variables(), Rows(), Rows()
        self.shortage, self.source = whole(columns.way_shortage), whole(columns.way_source)
        self.line, self.customer = whole(columns.line), whole(columns.customer)
        self.units, self.most = floats(columns.units), floats(columns.most)
        self.plain, self.whole = flags(columns.plain), flags(columns.whole)
        self.ways_of = grouped(columns.source_ways)
        self.used = self.ways_of.sizes > 0
        units, most = self.units[self.shortage], self.most[self.source]
        self.upper = np.minimum(units, most)
        """The most units of each way; none where its shortage must be covered whole and it cannot, nor with others."""
        late = flags(columns.late)
        together = np.bincount(self.shortage, np.where(late, 0.0, self.upper), self.units.size)[self.shortage]
        self.upper[self.whole[self.shortage] & (np.where(late, self.upper, together) < units)] = 0.0
        held = -floats([lots.holding for lots in columns.lots])
        self.cost = floats(columns.unit) + np.where(self.plain, floats(columns.unit_price), held)[self.source]
        self.waiting = floats(columns.waiting)
