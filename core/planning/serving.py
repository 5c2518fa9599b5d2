"""Cumulative intervals: requirements and receipts of a node laid end to end; where they overlap, one
serves the other."""

from dataclasses import dataclass

import numpy as np

from core.planning.limits import check_sum
from core.planning.ordering import stable_order
from core.planning.receiving import Coming
from core.planning.requirements import Needs
from core.planning.snapshot import Ints
from core.planning.spans import run_lengths, run_starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """Requirements of one level as they are served, those of a node together: `at` their positions, each
    covered from `low` to `high` of what the node receives and keeps for nobody, and short of the rest."""

    at: Ints
    node: Ints
    low: Ints
    high: Ints
    short: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Units received in all, per node, nodes rising."""

    node: Ints
    units: Ints

    def at(self, nodes: Ints) -> Ints:
        """The total of each node, 0 where nothing comes."""
        if self.node.size == 0:
            return np.zeros(nodes.size, dtype=np.int64)
        row = np.minimum(np.searchsorted(self.node, nodes), self.node.size - 1)
        return np.where(self.node[row] == nodes, self.units[row], 0)


def totals_of(coming: Coming, free: Ints) -> Totals:
    """What every node receives, counting so many units of each receipt."""
    order = stable_order(coming.node)
    node = coming.node[order]
    starts = run_starts(node)
    units = np.add.reduceat(free[order], starts) if starts.size else free
    return Totals(node=node[starts], units=units)


def line_up(needs: Needs, at: Ints, totals: Totals, *, kept: Ints, groups: int, need_first: bool) -> Queue:
    """Put the requirements at these positions in the order served and find how many units are covered beside those
    kept for them."""
    node, rank = needs.item[at].astype(np.int64) * groups + needs.group[at], needs.rank[at].astype(np.int64)
    order = stable_order(node, needs.need[at].astype(np.int64), rank) if need_first else stable_order(node, rank)
    at, node = at[order], node[order]
    quantity = needs.quantity[at] - kept[at]
    check_sum(quantity, "requirements")
    starts = run_starts(node)
    lengths = run_lengths(starts, node.size)
    end = within_runs(quantity, starts, lengths)
    total = np.repeat(totals.at(node[starts]), lengths)
    low, high = np.minimum(end - quantity, total), np.minimum(end, total)
    return Queue(at=at, node=node, low=low, high=high, short=quantity - (high - low))


def within_runs(quantity: Ints, starts: Ints, lengths: Ints) -> Ints:
    """The running total, each run from zero."""
    running = np.cumsum(quantity)
    before = running[starts] - quantity[starts]
    return running - np.repeat(before, lengths)


def serve(queue: Queue, coming: Coming, rows: Ints, free: Ints) -> tuple[Ints, Ints, Ints]:
    """Places of the queue that are covered, and of each the first and last of the ordered receipts eaten, of each of
    which so many units are free."""
    covered = np.flatnonzero(queue.high > queue.low)
    if covered.size == 0:
        return covered, covered, covered
    quantity = free[rows]
    running = np.cumsum(quantity)
    start = np.searchsorted(coming.node[rows], queue.node[covered])
    before = running[start] - quantity[start]
    first = np.searchsorted(running, before + queue.low[covered], side="right")
    last = np.searchsorted(running, before + queue.high[covered], side="left")
    return covered, first, last
