"""Cumulative intervals: requirements and receipts of a node laid end to end; where they overlap, one
serves the other."""

from dataclasses import dataclass

import numpy as np

from core.planning.limits import check_sum
from core.planning.ordering import grouped_order
from core.planning.receiving import Arrivals, Coming
from core.planning.requirements import Needs
from core.planning.snapshot import Flags, Ints
from core.planning.spans import run_lengths, run_starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Requirements of one level as they are served, those of a node together: `at` their positions, each
    covered from `low` to `high` of what the node receives and keeps for nobody, and short of the rest. The rows of
    `node[k]`, which has `stock[k]` units of that in stock, are so many as `length[k]` says."""

    at: Ints
    low: Ints
    high: Ints
    short: Ints
    node: Ints
    length: Ints
    stock: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Places of a queue that are covered by supply, of each the last arrival it eats from, and whether it eats from
    stock, too."""

    place: Ints
    last: Ints
    from_stock: Flags


def line_up(
    needs: Needs, at: Ints, coming: Coming, arrivals: Arrivals, *, kept: Ints, groups: int, need_first: bool
) -> Queue:
    """Put the requirements at these positions in the order served and find how many units are covered beside those
    kept for them."""
    node, rank = needs.item[at].astype(np.int64), needs.rank[at]
    node *= groups
    node += needs.group[at]
    order, node = grouped_order(node, needs.need[at], rank) if need_first else grouped_order(node, rank)
    at = at[order]
    quantity = needs.quantity[at]
    if kept.size:
        quantity = quantity - kept[at]
    check_sum(quantity, "requirements")
    starts = run_starts(node)
    length, node = run_lengths(starts, node.size), node[starts]
    stock = coming.stock(node)
    high = within_runs(quantity, starts, length)
    low, total = high - quantity, np.repeat(stock + arrivals.units(node), length)
    np.minimum(low, total, out=low)
    np.minimum(high, total, out=high)
    short = quantity + low
    short -= high
    return Queue(at=at, low=low, high=high, short=short, node=node, length=length, stock=stock)


def within_runs(quantity: Ints, starts: Ints, lengths: Ints) -> Ints:
    """The running total, each run from zero."""
    running = np.cumsum(quantity)
    running -= np.repeat(running[starts] - quantity[starts], lengths)
    return running


def serve(queue: Queue, arrivals: Arrivals) -> Served:
    """Lay the queue along the arrivals of its level."""
    stock = np.repeat(queue.stock, queue.length)
    place = np.flatnonzero((queue.high > stock) & (queue.high > queue.low))
    from_supply = np.repeat(arrivals.before[arrivals.first(queue.node)] - queue.stock, queue.length)
    last = np.searchsorted(arrivals.before[1:], queue.high[place] + from_supply[place], side="left")
    return Served(place=place, last=last, from_stock=queue.low[place] < stock[place])
