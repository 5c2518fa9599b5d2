"""Components: the parts of a problem that share nothing, so that each can be solved for itself."""

import numpy as np

from core.planning.choosing.columns import Columns
from core.planning.choosing.drafting import Draws, flags, grouped, joined, whole
from core.planning.choosing.problem import Problem
from core.planning.snapshot import Ints


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
    told = np.arange(len(columns.customer)) if columns.contacted else whole(())
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
