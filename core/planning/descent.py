"""Down the bill of materials: serve each level and hand what its short units need to the levels below."""

from dataclasses import dataclass

import numpy as np

from core.planning.earmarking import Earmarks, earmarks_of
from core.planning.elsewhere import fetch
from core.planning.fair_sharing import shared_fairly
from core.planning.frame import Frame
from core.planning.receiving import Arrivals
from core.planning.requirements import Needs, joined, order_needs, planned_needs, sales_needs
from core.planning.rules import Policy
from core.planning.serving import Queue, line_up
from core.planning.snapshot import Ints
from core.planning.takings import NO_TAKINGS, Takings
from core.planning.timing import begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Descent:
    """All requirements by position, the queue of each level, and the runs of positions that hold the components of each
    of the frame's orders, then its moves, and of each of the `parents` (positions with short units to make). `kept`
    are the units of each requirement that are kept for it, empty where none are; `free` the units of each receipt
    that are kept for nobody: the queues are served from those. `arrivals` are all supply as it is believed to come;
    `takings` what the short units of each level get from elsewhere."""

    needs: Needs
    earmarks: Earmarks
    kept: Ints
    free: Ints
    arrivals: Arrivals
    queues: tuple[Queue, ...]
    order_first: Ints
    order_count: Ints
    parents: Ints
    parent_first: Ints
    parent_count: Ints
    takings: tuple[Takings, ...]


def descend(frame: Frame) -> Descent:
    """Find every requirement and how many of its units are short."""
    needs = _independent(frame)
    earmarks = earmarks_of(frame, needs)
    free = frame.coming.quantity
    if earmarks.units.size:
        free = free - earmarks.kept_of(free.size)
    arrivals = frame.coming.arrivals(frame.coming.supplied(), frame.coming.eta, free)
    queues, takings, parents = list[Queue](), list[Takings](), [np.zeros(0, dtype=np.int64)]
    waiting: list[list[Ints]] = [[] for _ in range(frame.structure.levels)]
    _hand_down(needs, 0, frame, waiting)
    for level in range(frame.structure.levels):
        queue = _queue(frame, needs, waiting[level], arrivals, earmarks)
        fetched = NO_TAKINGS if frame.ways is None else fetch(frame, frame.ways, needs, queue, arrivals)
        rest = queue.short
        if fetched.units.size:
            rest = rest - fetched.of_each(needs.quantity.size)[queue.at]
        made = _to_make(frame, needs, queue, rest)
        planned = _planned(frame, needs, queue.at[made], rest[made])
        _hand_down(planned, needs.quantity.size, frame, waiting)
        needs = joined([needs, planned]) if planned.quantity.size else needs
        queues.append(queue)
        takings.append(fetched)
        parents.append(queue.at[made])
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


def _planned(frame: Frame, needs: Needs, parents: Ints, short: Ints) -> Needs:
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
    return joined([sales, taken])


def _hand_down(block: Needs, position: int, frame: Frame, waiting: list[list[Ints]]) -> None:
    """Note the rows of a block, the first of which has this position, at the level of their items."""
    level = frame.structure.level[block.item]
    for depth in np.flatnonzero(np.bincount(level)):
        waiting[depth].append(np.flatnonzero(level == depth) + position)


def _queue(frame: Frame, needs: Needs, waiting: list[Ints], arrivals: Arrivals, earmarks: Earmarks) -> Queue:
    queue = line_up(
        needs,
        np.concatenate([np.zeros(0, dtype=np.int64), *waiting]),
        frame.coming,
        arrivals,
        kept=earmarks.kept_for(needs.quantity.size) if earmarks.units.size else earmarks.units,
        groups=frame.groups,
        need_first=frame.rules.policy.by_day,
    )
    return shared_fairly(frame, needs, queue, arrivals) if frame.rules.policy is Policy.FAIR_SHARE else queue


def _to_make(frame: Frame, needs: Needs, queue: Queue, rest: Ints) -> Ints:
    """Rows of the queue with short units left of a made item that has components."""
    short = np.flatnonzero(rest > 0)
    item = needs.item[queue.at[short]]
    return short[frame.snapshot.items.make[item] & (frame.structure.counts(item) > 0)]


def _descent(
    frame: Frame,
    needs: Needs,
    queues: tuple[Queue, ...],
    parents: Ints,
    *,
    earmarks: Earmarks,
    free: Ints,
    arrivals: Arrivals,
    takings: tuple[Takings, ...],
) -> Descent:
    components = frame.structure.counts(frame.snapshot.supply.item[frame.orders])
    order_count = np.concatenate((components, np.ones(frame.moves.size, dtype=np.int64)))
    parent_count = frame.structure.counts(needs.item[parents])
    lines = frame.snapshot.demand.quantity.size
    return Descent(
        needs=needs,
        earmarks=earmarks,
        kept=earmarks.kept_for(needs.quantity.size) if earmarks.units.size else earmarks.units,
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
