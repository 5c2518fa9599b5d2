"""Down the bill of materials: serve each level and hand what its short units need to the levels below."""

from dataclasses import dataclass

import numpy as np

from core.planning.frame import Frame
from core.planning.limits import check_sum
from core.planning.requirements import Needs, joined, planned_needs, sales_needs, work_order_needs
from core.planning.rules import Policy
from core.planning.serving import Queue, Totals, line_up, totals_of
from core.planning.snapshot import Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Descent:
    """All requirements by position, the queue of each level, and the runs of positions that hold the
    components of each of the frame's orders and of each of the `parents` (positions with short units to
    make)."""

    needs: Needs
    queues: tuple[Queue, ...]
    order_first: Ints
    order_count: Ints
    parents: Ints
    parent_first: Ints
    parent_count: Ints


def descend(frame: Frame) -> Descent:
    """Find every requirement and how many of its units are short."""
    totals = totals_of(frame.coming)
    sales, floor = _independent(frame)
    blocks, queues, parents = [sales, floor], list[Queue](), list[Ints]()
    waiting = [[sales.take(np.zeros(0, dtype=np.int64))] for _ in range(frame.structure.levels)]
    for block in blocks:
        _hand_down(block, frame, waiting)
    for level in range(frame.structure.levels):
        queue = _queue(frame, joined(waiting[level]), totals)
        made = _to_make(frame, queue)
        planned = _planned(frame, queue, made, position=sum(block.position.size for block in blocks))
        _hand_down(planned, frame, waiting)
        blocks.append(planned)
        queues.append(queue)
        parents.append(queue.needs.position[made])
    return _descent(frame, joined(blocks), tuple(queues), np.concatenate(parents))


def _independent(frame: Frame) -> tuple[Needs, Needs]:
    """Sales lines, and the components of work orders on the floor."""
    snapshot, grouping, structure = frame.snapshot, frame.grouping, frame.structure
    sales = sales_needs(snapshot.demand, grouping, policy=frame.rules.policy, ahead=2 * frame.orders.size)
    floor = work_order_needs(snapshot, grouping, structure, orders=frame.orders, position=sales.position.size)
    return sales, floor


def _hand_down(block: Needs, frame: Frame, waiting: list[list[Needs]]) -> None:
    level = frame.structure.level[block.item]
    for depth in np.flatnonzero(np.bincount(level)):
        waiting[depth].append(block.take(np.flatnonzero(level == depth)))


def _queue(frame: Frame, needs: Needs, totals: Totals) -> Queue:
    check_sum(needs.quantity, "requirements")
    return line_up(needs, totals, groups=frame.groups, need_first=frame.rules.policy is Policy.FIRST_COME)


def _to_make(frame: Frame, queue: Queue) -> Ints:
    """Rows of the queue with short units of a made item that has components."""
    short = np.flatnonzero(queue.short > 0)
    item = queue.needs.item[short]
    return short[frame.snapshot.items.make[item] & (frame.structure.counts(item) > 0)]


def _planned(frame: Frame, queue: Queue, made: Ints, *, position: int) -> Needs:
    return planned_needs(
        frame.snapshot,
        frame.grouping,
        frame.structure,
        parents=queue.needs.take(made),
        short=queue.short[made],
        position=position,
        firm=frame.orders.size,
    )


def _descent(frame: Frame, needs: Needs, queues: tuple[Queue, ...], parents: Ints) -> Descent:
    counts = frame.structure.counts
    order_count = counts(frame.snapshot.supply.item[frame.orders].astype(np.int64))
    parent_count = counts(needs.item[parents])
    floor = frame.snapshot.demand.quantity.size
    return Descent(
        needs=needs,
        queues=queues,
        order_first=floor + np.cumsum(order_count) - order_count,
        order_count=order_count,
        parents=parents,
        parent_first=floor + int(order_count.sum()) + np.cumsum(parent_count) - parent_count,
        parent_count=parent_count,
    )
