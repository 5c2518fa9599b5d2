"""The projected available balance: what a place has left of an item, day by day, if nothing else is decided.

PAB(t) = stock + what comes by t - what is needed by t, all kinds of requirement counted, from the business
date on; earlier days count as today, and what never comes does not count.
"""

from dataclasses import dataclass

import numpy as np

from core.planning.ordering import stable_order
from core.planning.outcome import NetResult
from core.planning.serving import within_runs
from core.planning.snapshot import NEVER, Days, Flags, Ints, Positions, Snapshot
from core.planning.spans import run_lengths, run_starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """One row per (item, group) and day on which the balance changes, and on the business date. `least` is
    the lowest balance from that day on."""

    item: Positions
    group: Positions
    day: Days
    balance: Ints
    least: Ints


def project(snapshot: Snapshot, result: NetResult) -> Projection:
    """The balance of every item at every group that has or needs some."""
    every = np.ones(result.requirements.item.size, dtype=np.bool_)
    return _projection(snapshot, result, every, result.receipts.eta < NEVER)


def project_one(snapshot: Snapshot, result: NetResult, *, item: int, group: int) -> Projection:
    """The balance of one item at one group; a single row of zero where it has and needs none."""
    needs, receipts = result.requirements, result.receipts
    here = (needs.item == item) & (needs.group == group)
    there = (receipts.item == item) & (receipts.group == group) & (receipts.eta < NEVER)
    if here.any() or there.any():
        return _projection(snapshot, result, here, there)
    zero = np.zeros(1, dtype=np.int64)
    return Projection(
        item=np.array([item], dtype=np.int32),
        group=np.array([group], dtype=np.int32),
        day=np.array([snapshot.as_of], dtype=np.int32),
        balance=zero,
        least=zero,
    )


def flows(snapshot: Snapshot, result: NetResult, *, item: int, group: int) -> tuple[tuple[int, int, int, int], ...]:
    """The same day by day in (day, units that come, units needed, balance at its end); stock comes on the first day."""
    balance = project_one(snapshot, result, item=item, group=group)
    needs, receipts = result.requirements, result.receipts
    here = (needs.item == item) & (needs.group == group)
    there = (receipts.item == item) & (receipts.group == group) & (receipts.eta < NEVER)
    comes = _of_days(balance.day, receipts.eta[there], receipts.quantity[there], snapshot.as_of)
    needed = _of_days(balance.day, needs.need[here], needs.quantity[here], snapshot.as_of)
    return tuple(zip(balance.day.tolist(), comes.tolist(), needed.tolist(), balance.balance.tolist(), strict=True))


def _of_days(days: Days, on: Days, quantity: Ints, as_of: int) -> Ints:
    found = np.zeros(days.size, dtype=np.int64)
    np.add.at(found, np.searchsorted(days, np.maximum(on, as_of)), quantity)
    return found


def _projection(snapshot: Snapshot, result: NetResult, needed: Flags, coming: Flags) -> Projection:
    needs, receipts = result.requirements, result.receipts
    item = np.concatenate((needs.item[needed], receipts.item[coming]))
    group = np.concatenate((needs.group[needed], receipts.group[coming]))
    day = np.maximum(np.concatenate((needs.need[needed], receipts.eta[coming])), snapshot.as_of)
    change = np.concatenate((-needs.quantity[needed], receipts.quantity[coming]))
    groups = int(result.group_of.max(initial=-1)) + 1
    node, day, change = _with_today(item.astype(np.int64) * groups + group, day, change, snapshot.as_of)
    order = stable_order(node, day)
    node, day, change = node[order], day[order], change[order]
    first = np.flatnonzero(np.diff(node, prepend=-1) | np.diff(day, prepend=-1))
    node, day = node[first], day[first]
    change = np.add.reduceat(change, first) if first.size else change
    starts = run_starts(node)
    lengths = run_lengths(starts, node.size)
    balance = within_runs(change, starts, lengths) if first.size else change
    return Projection(
        item=(node // max(groups, 1)).astype(np.int32),
        group=(node % max(groups, 1)).astype(np.int32),
        day=day.astype(np.int32),
        balance=balance,
        least=_least_from_here(balance, lengths),
    )


def _with_today(node: Ints, day: Days, change: Ints, as_of: int) -> tuple[Ints, Ints, Ints]:
    """A change of nothing on the business date for each node, so that every balance starts there."""
    nodes = np.unique(node)
    return (
        np.concatenate((node, nodes)),
        np.concatenate((day.astype(np.int64), np.full(nodes.size, as_of))),
        np.concatenate((change, np.zeros(nodes.size, dtype=np.int64))),
    )


def _least_from_here(balance: Ints, lengths: Ints) -> Ints:
    """The least balance from each row to the end of its run. Balances are replaced by their ranks, those of
    an earlier run lifted above all of a later one, so that one running minimum from the end serves all runs."""
    rows = balance.size
    order = stable_order(balance)
    rank = np.empty(rows, dtype=np.int64)
    rank[order] = np.arange(rows)
    lift = np.repeat(np.arange(lengths.size, dtype=np.int64), lengths) * rows
    running = np.minimum.accumulate((rank + lift)[::-1])[::-1] - lift
    return balance[order[running]]
