"""The linear model of a problem: variables, rows and costs as arrays, for the solver alone.

Variables: units by each way, units left waiting, and shares (0 to 1) of what is decided as a whole: a source or a tier
of it opened, a charge paid, a line moved, a customer contacted. With the shares whole the model is exact; left free its
optimum is a lower bound. A way uses no more than its source is open (`x <= ub y`, the strong form of a fixed charge).
"""

from dataclasses import dataclass, field

import numpy as np

from core.planning.choosing.columns import NOWHERE, Columns
from core.planning.snapshot import Flags, Ints

INFINITY = float("inf")
Floats = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Minimise cost x within column and row bounds; the matrix by rows. `whole` marks what must be whole in the exact
    model. Ways come first, then what waits of each shortage. By position of its source, charge, line or customer: the
    shares that open a source, (share, number of lots) of each of its tiers, and the shares of what is paid, moved and
    told; NOWHERE where there is none. `parts` are (units, share) of what is all or nothing."""

    cost: Floats
    lower: Floats
    upper: Floats
    whole: Flags
    row_lower: Floats
    row_upper: Floats
    start: Ints
    index: Ints
    value: Floats
    ways: int
    shortages: int
    opens: tuple[tuple[int, ...], ...]
    tiers: tuple[tuple[tuple[int, int], ...], ...]
    paid: tuple[int, ...]
    moved: tuple[int, ...]
    told: tuple[int, ...]
    parts: tuple[tuple[int, int], ...]
    pool_rows: tuple[int, ...]


@dataclass(slots=True)
class _Draft:
    """A model as it grows."""

    cost: list[float] = field(default_factory=list[float])
    upper: list[float] = field(default_factory=list[float])
    whole: list[bool] = field(default_factory=list[bool])
    row_lower: list[float] = field(default_factory=list[float])
    row_upper: list[float] = field(default_factory=list[float])
    start: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list[int])
    value: list[float] = field(default_factory=list[float])

    def variable(self, cost: float, upper: float, *, whole: bool) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, entries: list[tuple[int, float]], *, lower: float = -INFINITY, upper: float = 0.0) -> int:
        for at, value in entries:
            self.index.append(at)
            self.value.append(value)
        return self.close(lower=lower, upper=upper)

    def close(self, *, lower: float = -INFINITY, upper: float = 0.0) -> int:
        """The entries added since the last row are one."""
        self.start.append(len(self.index))
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        return len(self.row_lower) - 1


def model_of(columns: Columns, *, exact: bool) -> Model:
    """The model of all columns. Unless `exact`, a line that only one shortage or one way can move has no share of its
    own: in the relaxation its share follows from the units."""
    return _Building(columns, exact=exact).model()


class _Building:
    def __init__(self, columns: Columns, *, exact: bool) -> None:
        self._columns = columns
        self._exact = exact
        self._movers = [0] * len(columns.customer)
        for line in (*columns.line, *(line for moves in columns.source_moves for line in moves)):
            self._movers[line] += 1
        self._draft = _Draft()
        self._ways = len(columns.way)
        self._opens: list[tuple[int, ...]] = [() for _ in columns.source]
        self._sold: list[tuple[tuple[int, int], ...]] = [() for _ in columns.source]
        self._parts: list[tuple[int, int]] = []
        self._paid = [NOWHERE] * len(columns.charge)
        self._moved = [NOWHERE] * len(columns.customer)
        self._told = [NOWHERE] * columns.customers
        self._pools: list[list[tuple[int, float]]] = [[] for _ in columns.pool]

    def model(self) -> Model:
        columns, draft = self._columns, self._draft
        for way in range(self._ways):
            draft.variable(float(columns.unit[way]), float(self._most(way)), whole=True)
        for units, waiting in zip(columns.units, columns.waiting, strict=True):
            draft.variable(float(waiting), float(units), whole=True)
        for shortage in range(len(columns.units)):
            self._cover(shortage)
        for source in range(len(columns.source)):
            self._source(source)
        for shortage in range(len(columns.units)):
            self._unrest(shortage)
        for line, variable in enumerate(self._moved):
            if columns.contacted and variable != NOWHERE:
                draft.row([(variable, 1.0), (self._told_share(columns.customer[line]), -1.0)])
        pools = [
            draft.row(entries, upper=float(capacity))
            for entries, capacity in zip(self._pools, columns.capacity, strict=True)
        ]
        return self._finished(pools)

    def _finished(self, pools: list[int]) -> Model:
        draft = self._draft
        return Model(
            cost=np.array(draft.cost),
            lower=np.zeros(len(draft.cost)),
            upper=np.array(draft.upper),
            whole=np.array(draft.whole, dtype=np.bool_),
            row_lower=np.array(draft.row_lower),
            row_upper=np.array(draft.row_upper),
            start=np.array(draft.start),
            index=np.array(draft.index),
            value=np.array(draft.value),
            ways=self._ways,
            shortages=len(self._columns.units),
            opens=tuple(self._opens),
            tiers=tuple(self._sold),
            paid=tuple(self._paid),
            moved=tuple(self._moved),
            told=tuple(self._told),
            parts=tuple(self._parts),
            pool_rows=tuple(pools),
        )

    def _most(self, way: int) -> int:
        columns = self._columns
        units, most = columns.units[columns.way_shortage[way]], columns.most[columns.way_source[way]]
        if most < units and columns.whole[columns.way_shortage[way]]:
            return 0
        return min(units, most)

    def _cover(self, shortage: int) -> None:
        draft, ways = self._draft, self._columns.ways_of[shortage]
        draft.index += (*ways, self._ways + shortage)
        draft.value += [1.0] * (len(ways) + 1)
        units = float(self._columns.units[shortage])
        draft.close(lower=units, upper=units)
        if self._exact and self._columns.whole[shortage]:
            for at in (*ways, self._ways + shortage):
                share = draft.variable(0.0, 1.0, whole=True)
                draft.row([(at, 1.0), (share, -units)], lower=0.0)
                self._parts.append((at, share))

    def _source(self, source: int) -> None:
        columns, ways = self._columns, self._columns.source_ways[source]
        if not ways:
            return
        lots, draws = columns.lots[source], columns.source_draws[source]
        charges = [self._charge(charge) for charge in columns.source_charges[source]]
        moves = self._moves(source)
        if not lots.plain:
            opened = self._tiers(source, [*charges, *moves])
        elif any(fixed for _, fixed, _ in draws):
            opened = (self._draft.variable(0.0, 1.0, whole=True),)
            for share in (*charges, *moves):
                self._draft.row([(opened[0], 1.0), (share, -1.0)])
        else:
            opened = ()
        self._opens[source] = opened or tuple(charges[:1])
        groups = [opened] if opened else [(share,) for share in (*charges, *moves)]
        self._links(source, groups)
        if lots.plain:
            for pool, fixed, unit in draws:
                self._pools[pool] += [(way, float(unit)) for way in ways if unit]
                self._pools[pool] += [(at, float(fixed)) for at in opened if fixed]
        for way in ways:
            self._draft.cost[way] += columns.unit_price[source] if lots.plain else -lots.holding

    def _links(self, source: int, groups: list[tuple[int, ...]]) -> None:
        """No way uses more than its source is open, nor all ways together."""
        draft, most = self._draft, self._columns.lots[source].most
        ways = self._columns.source_ways[source]
        for group in groups:
            for way in ways:
                upper = -draft.upper[way]
                draft.index += (way, *group)
                draft.value += (1.0, *(upper for _ in group))
                draft.close()
        if len(ways) > 1 and sum(draft.upper[way] for way in ways) > most:
            first = groups[0] if groups else ()
            upper = 0.0 if first else float(most)
            draft.row([*((way, 1.0) for way in ways), *((at, -float(most)) for at in first)], upper=upper)

    def _tiers(self, source: int, shares: list[int]) -> tuple[int, ...]:
        """A share and the lots brought for each tier; one tier at most."""
        columns, draft = self._columns, self._draft
        lots = columns.lots[source]
        opened: list[int] = []
        sold: list[tuple[int, int]] = []
        for least, price in lots.tiers:
            if least > lots.most:
                continue
            share, units = draft.variable(0.0, 1.0, whole=True), float(lots.multiple)
            number = draft.variable(float(price) * units, float(lots.most // lots.multiple), whole=True)
            draft.row([(number, units), (share, -float(lots.most))])
            draft.row([(number, -units), (share, float(least))])
            opened.append(share)
            sold.append((share, number))
            for pool, fixed, unit in columns.source_draws[source]:
                self._pools[pool] += [(number, unit * units)] if unit else []
                self._pools[pool] += [(share, float(fixed))] if fixed else []
        self._sold[source] = tuple(sold)
        ways, units = columns.source_ways[source], float(lots.multiple)
        draft.row([*((way, 1.0) for way in ways), *((number, -units) for _, number in sold)])
        if len(opened) > 1:
            draft.row([(share, 1.0) for share in opened], upper=1.0)
        for share in shares:
            draft.row([*((at, 1.0) for at in opened), (share, -1.0)])
        return tuple(opened)

    def _unrest(self, shortage: int) -> None:
        """A line moves as far as its units come late; its customer is contacted where units come late or are asked."""
        columns, draft = self._columns, self._draft
        units, ways = columns.units[shortage], columns.ways_of[shortage]
        line = columns.line[shortage]
        late = [way for way in ways if columns.late[way]]
        late += [self._ways + shortage] if columns.waits_late[shortage] else []
        if not self._exact and self._movers[line] == 1:
            for at in late:
                draft.cost[at] += columns.moved / units
        elif late and (columns.moved or columns.contacted):
            share = self._moved_share(line)
            draft.row([*((at, 1.0) for at in late), (share, -float(units))])
        told = late + [way for way in ways if columns.asks[way] >= 0 and not columns.late[way]]
        if told and columns.contacted:
            draft.row([*((at, 1.0) for at in told), (self._told_share(columns.customer[line]), -float(units))])

    def _moves(self, source: int) -> list[int]:
        """The shares of the lines a source moves."""
        columns, draft = self._columns, self._draft
        ways, shares = columns.source_ways[source], list[int]()
        for line in columns.source_moves[source]:
            if self._exact or self._movers[line] > 1 or len(ways) > 1 or not draft.upper[ways[0]]:
                shares.append(self._moved_share(line))
                continue
            draft.cost[ways[0]] += columns.moved / draft.upper[ways[0]]
            if columns.contacted:
                told = self._told_share(columns.customer[line])
                draft.row([(ways[0], 1.0), (told, -draft.upper[ways[0]])])
        return shares

    def _charge(self, charge: int) -> int:
        if self._paid[charge] == NOWHERE:
            self._paid[charge] = self._draft.variable(float(self._columns.amount[charge]), 1.0, whole=True)
        return self._paid[charge]

    def _moved_share(self, line: int) -> int:
        if self._moved[line] == NOWHERE:
            self._moved[line] = self._draft.variable(float(self._columns.moved), 1.0, whole=True)
        return self._moved[line]

    def _told_share(self, customer: int) -> int:
        if self._told[customer] == NOWHERE:
            self._told[customer] = self._draft.variable(float(self._columns.contacted), 1.0, whole=True)
        return self._told[customer]
