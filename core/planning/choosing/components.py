"""Components: the parts of a problem that share nothing, so that each can be solved for itself."""

from core.planning.choosing.columns import Columns
from core.planning.choosing.problem import Problem


def components_of(columns: Columns, *, most: int) -> list[Problem]:
    """The problem in parts that share no source, pool, charge, line or customer; small parts together up to `most`
    shortages, so that the solver is not called for each. A pool that could never run out joins nothing."""
    parts = _parts(columns)
    packed: list[list[int]] = []
    for part in parts:
        if packed and len(packed[-1]) + len(part) <= most:
            packed[-1] += part
        else:
            packed.append(list(part))
    if len(packed) < 2:
        return [columns.problem]
    return [_part(columns.problem, frozenset(columns.shortage[at] for at in part)) for part in packed]


def _part(problem: Problem, shortages: frozenset[str]) -> Problem:
    ways = tuple(way for way in problem.ways if way.shortage in shortages)
    names = {way.source for way in ways}
    sources = tuple(source for source in problem.sources if source.id in names)
    pools = {draw.pool for source in sources for draw in source.draws}
    charges = {name for source in sources for name in source.charges}
    kept = tuple(one for one in problem.shortages if one.id in shortages)
    lines = {one.line for one in kept} | {line for source in sources for line in source.moves}
    return Problem(
        lines=tuple(line for line in problem.lines if line.id in lines),
        shortages=kept,
        sources=sources,
        ways=ways,
        pools=tuple(pool for pool in problem.pools if pool.id in pools),
        charges=tuple(charge for charge in problem.charges if charge.id in charges),
        stability=problem.stability,
    )


def _parts(columns: Columns) -> list[list[int]]:
    """Shortages by part, each sorted, the part with the first shortage first."""
    sets = _Sets(columns)
    for shortage, line in enumerate(columns.line):
        sets.join(shortage, sets.line(line))
    scarce = _scarce(columns)
    for source, ways in enumerate(columns.source_ways):
        if ways:
            first = columns.way_shortage[ways[0]]
            for way in ways[1:]:
                sets.join(first, columns.way_shortage[way])
            for node in sets.shared(source, scarce):
                sets.join(first, node)
    parts: dict[int, list[int]] = {}
    for shortage in range(len(columns.shortage)):
        parts.setdefault(sets.root(shortage), []).append(shortage)
    return list(parts.values())


def _scarce(columns: Columns) -> list[bool]:
    """Pools that all sources together could take more from than there is."""
    wanted = [0] * len(columns.pool)
    for source, draws in enumerate(columns.source_draws):
        for pool, fixed, unit in draws:
            wanted[pool] += fixed + unit * columns.most[source]
    return [total > capacity for total, capacity in zip(wanted, columns.capacity, strict=True)]


class _Sets:
    """Sets of nodes that are joined: shortages, then lines, customers, pools and charges; each has a root."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._lines = len(columns.shortage)
        self._customers = self._lines + len(columns.customer)
        self._pools = self._customers + columns.customers
        self._charges = self._pools + len(columns.pool)
        self._above = list(range(self._charges + len(columns.charge)))

    def line(self, line: int) -> int:
        """The node of a line: that of its customer where telling one counts."""
        columns = self._columns
        return self._customers + columns.customer[line] if columns.contacted else self._lines + line

    def shared(self, source: int, scarce: list[bool]) -> list[int]:
        """The nodes of what a source shares with others."""
        columns = self._columns
        pools = [self._pools + pool for pool, _, _ in columns.source_draws[source] if scarce[pool]]
        charges = [self._charges + charge for charge in columns.source_charges[source]]
        return [*pools, *charges, *(self.line(line) for line in columns.source_moves[source])]

    def root(self, node: int) -> int:
        above = self._above
        while above[node] != node:
            above[node] = node = above[above[node]]
        return node

    def join(self, one: int, other: int) -> None:
        first, second = self.root(one), self.root(other)
        self._above[max(first, second)] = min(first, second)
