"""Cumulative intervals: requirements and receipts of a node laid end to end; where they overlap, one
serves the other."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from core.planning.limits import check_sum, sum_could_wrap
from core.planning.ordering import grouped_order
from core.planning.receiving import Arrivals, Coming
from core.planning.requirements import Needs
from core.planning.snapshot import Ints, Positions
from core.planning.spans import BLOCK, blocks, run_lengths, run_starts, values_at

# What a requirement that eats from no arrival eats: nothing, as it needs nothing or as there is nothing; or stock.
NOTHING_NEEDED, NOTHING_THERE, STOCK = -1, -2, -3


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Requirements of one level as they are served, those of a node together: `at` their positions. The rows of
    `node[k]` are so many as `length[k]` says; `short` are the positions of those with short units, in this order."""

    at: Positions
    node: Ints
    length: Positions
    short: Positions


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some nodes of a queue: their requirements (positions), each of which needs a `quantity` beside what is kept for
    it and is covered from `low` to `high` of what its node receives and keeps for nobody, and short of the rest; so
    many of that, by row, are in `stock`, and `before` units come by all arrivals before those of its node. Those of the
    k-th node are so many as `length[k]` says."""

    at: Positions
    quantity: Ints
    low: Ints
    high: Ints
    stock: Ints
    before: Ints
    length: Ints

    def last_eaten(self, arrivals: Arrivals) -> Positions:
        """The last arrival each eats from, twice, and 1 more when it eats from stock, too; or one of the above."""
        fed = self.high > self.low
        last = np.where(fed, STOCK, np.where(self.quantity > 0, NOTHING_THERE, NOTHING_NEEDED)).astype(np.int32)
        place = np.flatnonzero(fed & (self.high > self.stock))
        stock = self.stock[place]
        found = np.searchsorted(arrivals.before[1:], self.high[place] - stock + self.before[place], side="left")
        last[place] = 2 * found + (self.low[place] < stock)
        return last


def line_up(
    needs: Needs, at: Positions, coming: Coming, arrivals: Arrivals, *, kept: Ints, groups: int, need_first: bool
) -> Queue:
    """Put the requirements at these positions in the order served, and write how many units are short beside those kept
    for them and what each eats last."""
    _check_sum(needs.quantity, at, kept)
    queue = _in_line(needs, at, groups=groups, need_first=need_first)
    short = [queue.short]
    for stretch in stretches(queue, needs, coming, arrivals, kept=kept):
        missing = stretch.quantity + stretch.low
        missing -= stretch.high
        rows = np.flatnonzero(missing)
        lacking = stretch.at[rows]
        needs.short[lacking] = missing[rows]
        needs.last[stretch.at] = stretch.last_eaten(arrivals)
        short.append(lacking)
    return replace(queue, short=np.concatenate(short))


def stretches(queue: Queue, needs: Needs, coming: Coming, arrivals: Arrivals, *, kept: Ints) -> Iterator[Stretch]:
    """The queue laid along what comes, so many rows at a time as stay in the processor's cache; units known to be short
    are left out."""
    row = 0
    for nodes in _parts(queue.length):
        node, length = queue.node[nodes], queue.length[nodes].astype(np.int64)
        ends = np.cumsum(length)
        at = queue.at[row : row + int(ends[-1])]
        row += at.size
        owner = np.repeat(np.arange(node.size), length)
        quantity = needs.quantity[at]
        if kept.size:
            quantity -= kept[at]
        covered = quantity - needs.short[at]
        high = np.cumsum(covered)
        starts = ends - length
        high -= (high[starts] - covered[starts])[owner]
        low, stock, (before, units) = high - covered, coming.stock(node), arrivals.spans(node)
        total = (stock + units)[owner]
        np.minimum(low, total, out=low)
        np.minimum(high, total, out=high)
        yield Stretch(
            at=at, quantity=quantity, low=low, high=high, stock=stock[owner], before=before[owner], length=length
        )


def within_runs(quantity: Ints, starts: Ints, lengths: Ints) -> Ints:
    """The running total, each run from zero."""
    running = np.cumsum(quantity)
    running -= np.repeat(running[starts] - quantity[starts], lengths)
    return running


def _in_line(needs: Needs, at: Positions, *, groups: int, need_first: bool) -> Queue:
    node = np.empty(at.size, dtype=np.int64)
    for block in blocks(at.size):
        node[block] = needs.item[at[block]].astype(np.int64) * groups + needs.group[at[block]]
    keys = (values_at(needs.need, at), values_at(needs.rank, at)) if need_first else (values_at(needs.rank, at),)
    order, node = grouped_order(node, *keys)
    starts = run_starts(node)
    return Queue(
        at=values_at(at, order),
        node=node[starts],
        length=run_lengths(starts, node.size).astype(np.int32),
        short=np.zeros(0, dtype=np.int32),
    )


def _check_sum(quantity: Ints, at: Positions, kept: Ints) -> None:
    """As soon as they could be too many, those of this level are added up."""
    if sum_could_wrap(quantity, at.size):
        check_sum(quantity[at] - kept[at] if kept.size else quantity[at], "requirements")


def _parts(length: Positions) -> Iterator[slice]:
    """Nodes that have about a block of rows together."""
    ends = np.cumsum(length, dtype=np.int64)
    rows = int(ends[-1]) if ends.size else 0
    cuts = np.unique(np.searchsorted(ends, np.arange(BLOCK, rows, BLOCK), side="right"))
    bounds = [0, *(cut for cut in cuts.tolist() if cut > 0), length.size]
    return (slice(first, last) for first, last in pairwise(bounds) if first < last)
