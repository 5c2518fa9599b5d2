"""Down the bill of materials: serve each level and hand what its short units need to the levels below."""

from dataclasses import dataclass

import numpy as np

from core.planning.earmarking import Earmarks, earmarks_of
from core.planning.elsewhere import fetch
from core.planning.fair_sharing import shared_fairly
from core.planning.frame import Frame
from core.planning.receiving import Arrivals
from core.planning.requirements import Needs, order_needs, planned_needs, sales_needs
from core.planning.rules import Policy
from core.planning.serving import Queue, line_up
from core.planning.snapshot import Ints, Positions
from core.planning.spans import blocks
from core.planning.takings import NO_TAKINGS, Takings
from core.planning.timing import begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Descent:
    """All requirements by position, the queue of each level, and the runs of positions that hold the components of each
    of the frame's orders, then its moves, and of each of the `parents` (positions with short units to make). `kept` are
    the units of each requirement that are kept for it, empty where none are; `free` the units of each receipt that are
    kept for nobody, None where all are: the queues are served from those. `arrivals` are all supply as it is believed
    to come; `takings` what the short units of each level get from elsewhere."""

    needs: Needs
    earmarks: Earmarks
    kept: Ints
    free: Ints | None
    arrivals: Arrivals
    queues: tuple[Queue, ...]
    order_first: Ints
    order_count: Ints
    parents: Positions
    parent_first: Ints
    parent_count: Ints
    takings: tuple[Takings, ...]


def descend(frame: Frame) -> Descent:
    """Find every requirement and how many of its units are short."""
    needs = _independent(frame)
    earmarks = earmarks_of(frame, needs)
    free = None
    if earmarks.units.size:
        free = frame.coming.quantity - earmarks.kept_of(frame.coming.eta.size)
    arrivals = frame.coming.arrivals(frame.coming.supplied(), frame.coming.eta, free)
    queues, takings, parents = list[Queue](), list[Takings](), list[Positions]()
    waiting: list[list[Positions]] = [[] for _ in range(frame.structure.levels)]
    _hand_down(needs, 0, frame, waiting)
    for level in range(frame.structure.levels):
        kept = _kept(earmarks, needs)
        queue = _queue(frame, needs, waiting[level], arrivals, kept)
        fetched = NO_TAKINGS
        if frame.ways is not None:
            fetched = fetch(frame, frame.ways, needs, queue, arrivals, kept=kept)
        made, rest = _to_make(frame, needs, queue.short, fetched)
        planned = [_planned(frame, needs, made[block], rest[block]) for block in blocks(made.size)]
        position = needs.quantity.size
        for part in planned:
            _hand_down(part, position, frame, waiting)
            position += part.quantity.size
        needs.take_in(planned)
        queues.append(queue)
        takings.append(fetched)
        parents.append(made)
    return _descent(
        frame,
        needs,
        tuple(queues),
        np.concatenate(parents),
        earmarks=earmarks,
        free=free,
        arrivals=arrivals,
        takings=tuple(takings),
    )


def _kept(earmarks: Earmarks, needs: Needs) -> Ints:
    """The units of each requirement that are kept for it, empty where none are."""
    return earmarks.kept_for(needs.quantity.size) if earmarks.units.size else earmarks.units


def _planned(frame: Frame, needs: Needs, parents: Positions, short: Ints) -> Needs:
    """The components for making the short units of these parents (positions in needs)."""
    return planned_needs(
        frame.snapshot,
        frame.grouping,
        frame.structure,
        needs=needs,
        parents=parents,
        short=short,
        begin=begins(frame, needs.item[parents], needs.group[parents], needs.need[parents]),
        firm=frame.orders.size + frame.moves.size,
    )


def _independent(frame: Frame) -> Needs:
    """Sales lines, and what orders take."""
    snapshot, grouping = frame.snapshot, frame.grouping
    sales = sales_needs(
        snapshot.demand, grouping, policy=frame.rules.policy, ahead=2 * (frame.orders.size + frame.moves.size)
    )
    taken = order_needs(
        snapshot, grouping, frame.structure, orders=frame.orders, moves=frame.moves, origins=frame.origins()
    )
    sales.take_in([taken])
    return sales


def _hand_down(needs: Needs, position: int, frame: Frame, waiting: list[list[Positions]]) -> None:
    """Note the rows of these needs, the first of which has this position, at the level of their items."""
    for block in blocks(needs.quantity.size):
        level = frame.structure.level[needs.item[block]]
        for depth in np.flatnonzero(np.bincount(level)):
            rows = np.flatnonzero(level == depth)
            rows += position + block.start
            waiting[depth].append(rows.astype(np.int32))


def _queue(frame: Frame, needs: Needs, waiting: list[Positions], arrivals: Arrivals, kept: Ints) -> Queue:
    at = np.concatenate([np.zeros(0, dtype=np.int32), *waiting])
    waiting.clear()
    queue = line_up(
        needs,
        at,
        frame.coming,
        arrivals,
        kept=kept,
        groups=frame.groups,
        need_first=frame.rules.policy.by_day,
    )
    return shared_fairly(frame, needs, queue, arrivals, kept) if frame.rules.policy is Policy.FAIR_SHARE else queue


def _to_make(frame: Frame, needs: Needs, short: Positions, fetched: Takings) -> tuple[Positions, Ints]:
    """Of the requirements with short units (positions) those with some left of a made item that has components, and how
    many."""
    item = needs.item[short]
    some = frame.snapshot.items.make[item] & (frame.structure.counts(item) > 0)
    short = short[some]
    rest = needs.short[short]
    if not fetched.units.size:
        return short, rest
    rest -= fetched.of_each(needs.quantity.size)[short]
    return short[rest > 0], rest[rest > 0]


def _descent(
    frame: Frame,
    needs: Needs,
    queues: tuple[Queue, ...],
    parents: Positions,
    *,
    earmarks: Earmarks,
    free: Ints | None,
    arrivals: Arrivals,
    takings: tuple[Takings, ...],
) -> Descent:
    components = frame.structure.counts(frame.snapshot.supply.item[frame.orders])
    order_count = np.concatenate((components, np.ones(frame.moves.size, dtype=np.int64)))
    parent_count = frame.structure.counts(needs.item[parents])
    lines = frame.snapshot.demand.quantity.size
    if frame.free is None:
        # Only work centres are still stood in line for.
        needs.rank = needs.rank[:0].copy()
    return Descent(
        needs=needs,
        earmarks=earmarks,
        kept=_kept(earmarks, needs),
        free=free,
        arrivals=arrivals,
        queues=queues,
        order_first=lines + np.cumsum(order_count) - order_count,
        order_count=order_count,
        parents=parents,
        parent_first=lines + int(order_count.sum()) + np.cumsum(parent_count) - parent_count,
        parent_count=parent_count,
        takings=takings,
    )
