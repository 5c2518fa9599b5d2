"""Components: the parts of a problem that share nothing, so that each can be solved for itself."""

import numpy as np

from core.planning.choosing.columns import Columns
from core.planning.choosing.drafting import Draws, flags, grouped, joined, whole
from core.planning.choosing.problem import Problem
from core.planning.snapshot import Flags, Ints


def components_of(columns: Columns, *, most: int) -> list[Problem]:
    """The problem in parts that share no source, pool, charge, line or customer; small parts together up to `most`
    shortages, so that the solver is not called for each. A pool that could never run out joins nothing, nor does a
    customer who is told in any case: the first part with a line that surely moves counts it."""
    parts = _parts(columns)
    packed: list[list[int]] = []
    for part in parts:
        if packed and len(packed[-1]) + len(part) <= most:
            packed[-1] += part
        else:
            packed.append(list(part))
    if len(packed) < 2:
        return [columns.problem]
    counts = _counting(columns, packed)
    customers = sorted({line.customer for line in columns.problem.lines})
    return [
        _part(
            columns.problem,
            frozenset(columns.shortage[at] for at in part),
            told=frozenset(customers[customer] for customer, counting in counts.items() if counting != number),
        )
        for number, part in enumerate(packed)
    ]


def _counting(columns: Columns, parts: list[list[int]]) -> dict[int, int]:
    """By customer who is told in any case the first part in which that is sure."""
    late = _surely_late(columns)
    found: dict[int, int] = {}
    for number, part in enumerate(parts):
        for shortage in part:
            if late[shortage]:
                found.setdefault(columns.customer[columns.line[shortage]], number)
    return found


def _surely_late(columns: Columns) -> Flags:
    """Shortages of which units come late or wait past their day whatever is chosen."""
    late, units = flags(columns.late), whole(columns.units)
    shortage, most = whole(columns.way_shortage)[~late], whole(columns.most)[whole(columns.way_source)[~late]]
    in_time = np.bincount(shortage, np.minimum(units[shortage], most), units.size)
    return flags(columns.waits_late) & (in_time < units)


def _surely_told(columns: Columns) -> Ints:
    """Customers who are contacted whatever is chosen: a line of theirs surely moves."""
    line = whole(columns.line)[_surely_late(columns)]
    return np.unique(whole(columns.customer)[line])


def _part(problem: Problem, shortages: frozenset[str], *, told: frozenset[str]) -> Problem:
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
        told=problem.told | told,
    )


def _parts(columns: Columns) -> list[list[int]]:
    """Shortages by part, each sorted, the part with the first shortage first."""
    count = len(columns.shortage)
    labels = _labels(*_edges(columns))[:count]
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order])) + 1
    return [part.tolist() for part in np.split(order, starts) if part.size]


def _edges(columns: Columns) -> tuple[int, Ints, Ints]:
    """How many nodes there are - shortages, then sources, lines, customers, pools and charges - and what joins two."""
    source = len(columns.shortage)
    line = source + len(columns.source)
    customer = line + len(columns.customer)
    pool = customer + columns.customers
    charge = pool + len(columns.pool)
    used = np.unique(whole(columns.way_source))
    draws = Draws(columns)
    scarce = flags(_scarce(columns))[draws.pool] & np.isin(draws.source, used)
    charges, paid = grouped(columns.source_charges).pairs(used)
    moves, moved = grouped(columns.source_moves).pairs(used)
    joins = ~flags(columns.told)
    joins[_surely_told(columns)] = False
    told = np.flatnonzero(joins[whole(columns.customer)] & bool(columns.contacted))
    ends = [
        (np.arange(source), line + whole(columns.line)),
        (whole(columns.way_shortage), source + whole(columns.way_source)),
        (line + told, customer + whole(columns.customer)[told]),
        (source + draws.source[scarce], pool + draws.pool[scarce]),
        (source + used[charges], charge + paid),
        (source + used[moves], line + moved),
    ]
    return charge + len(columns.charge), joined([one for one, _ in ends]), joined([other for _, other in ends])


def _labels(nodes: int, one: Ints, other: Ints) -> Ints:
    """The first node of the part that each node belongs to: every part takes the label of the least it touches, until
    the two ends of all edges have the same."""
    labels = np.arange(nodes)
    while (labels[one] != labels[other]).any():
        least = np.minimum(labels[one], labels[other])
        np.minimum.at(labels, labels[one], least)
        np.minimum.at(labels, labels[other], least)
        while (labels[labels] != labels).any():
            labels = labels[labels]
    return labels


def _scarce(columns: Columns) -> list[bool]:
    """Pools that all sources together could take more from than there is."""
    wanted = [0] * len(columns.pool)
    for source, draws in enumerate(columns.source_draws):
        for pool, fixed, unit in draws:
            wanted[pool] += fixed + unit * columns.most[source]
    return [total > capacity for total, capacity in zip(wanted, columns.capacity, strict=True)]
