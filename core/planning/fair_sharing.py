"""Fair share in netting: what is not enough for all who need it is short in proportion, not for the last in line.

At a node, the days on which something is needed are gone through one after the other. What has come before the next of
them is shared by all who need by then and wait: where it is enough, each gets what it wants; else

    ideal_i = pool x rest_i / sum(rest), floored; units left go one by one to the largest remainders, then in line

(rule A of fair share in SAP SNP). Who is served in time takes nothing from the future, and nobody is
short today for what others need later. What is kept for somebody (hard pegs, reservations) is not shared.

Shares say how many units; of what comes, those needed first have theirs first. Days are those on which supply is
believed to come before its components push it: as under every policy, they do not change what is short.
"""

from dataclasses import dataclass, replace

import numpy as np

from core.planning.frame import Frame
from core.planning.ordering import stable_order
from core.planning.receiving import Arrivals
from core.planning.requirements import Needs
from core.planning.serving import Queue, stretches, within_runs
from core.planning.snapshot import NEVER, Ints
from core.planning.spans import rows_of, run_lengths, run_starts

_DAYS = 2**32
_WRAPS = 4e18


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turns:
    """The days after the last on which a node could serve all who wait, node by node, one row each: the `turn` counts
    them, `pool` are units that are shared among the rows of the queue from `first` on, up to `last`, not included."""

    turn: Ints
    pool: Ints
    first: Ints
    last: Ints


def shared_fairly(frame: Frame, needs: Needs, queue: Queue, arrivals: Arrivals, kept: Ints) -> Queue:
    """The queue, which stands by day of need, with what each is covered of, beside what is kept for it, shared where a
    node is short."""
    if not queue.short.size:
        return queue
    rest = needs.quantity[queue.at]
    if kept.size:
        rest -= kept[queue.at]
    turns = _turns(frame, needs, queue, arrivals, rest)
    waiting = np.zeros(rest.size, dtype=np.bool_)
    for turn in range(int(turns.turn.max()) + 1):
        now = np.flatnonzero(turns.turn == turn)
        length = turns.last[now] - turns.first[now]
        rows = rows_of(turns.first[now], length)
        waiting[rows] = True
        rest[rows] -= portions(turns.pool[now], rest[rows], length)
    needs.short[queue.at] = np.where(waiting, rest, 0)
    for stretch in stretches(queue, needs, frame.coming, arrivals, kept=kept):
        needs.last[stretch.at] = stretch.last_eaten(arrivals)
    return replace(queue, short=queue.at[needs.short[queue.at] > 0])


def _turns(frame: Frame, needs: Needs, queue: Queue, arrivals: Arrivals, wanted: Ints) -> _Turns:
    """Where sharing is: the days of need of short nodes after the last on which all who waited could be served."""
    length = queue.length.astype(np.int64)
    starts = np.cumsum(length) - length
    nodes = np.flatnonzero(np.add.reduceat(needs.short[queue.at], starts) > 0)
    rows = rows_of(starts[nodes], length[nodes])
    place = np.repeat(np.arange(nodes.size), length[nodes])
    day = np.maximum(needs.need[queue.at[rows]], frame.snapshot.as_of).astype(np.int64)
    first = run_starts(place * _DAYS + day)
    last = first + run_lengths(first, rows.size)
    of, needed = place[first], within_runs(wanted, starts, length)[rows[last - 1]]
    come = _come(frame, arrivals, queue, nodes[of], until=np.append(day[first[1:]], NEVER), ends=_ends(of))
    opens = np.searchsorted(of, np.arange(nodes.size))
    every = np.arange(of.size)
    served = np.maximum.accumulate(np.where(come >= needed, every, -1))[_ends(of)]
    since = np.maximum(served, opens - 1) + 1
    had = np.where(since > opens, needed[np.maximum(since - 1, 0)], 0)
    turn = every - since[of]
    before = np.where(turn == 0, had[of], come[np.maximum(every - 1, 0)])
    left = turn >= 0
    return _Turns(
        turn=turn[left],
        pool=(come - before)[left],
        first=rows[first[since]][of[left]],
        last=rows[last - 1][left] + 1,
    )


def _ends(of: Ints) -> Ints:
    """The last row of each run."""
    starts = run_starts(of)
    return starts + run_lengths(starts, of.size) - 1


def _come(frame: Frame, arrivals: Arrivals, queue: Queue, nodes: Ints, *, until: Ints, ends: Ints) -> Ints:
    """Units the nodes (rows of the queue's) have in stock or receive before a day, all at the `ends`."""
    limit = until - 1
    limit[ends] = NEVER
    node = queue.node[nodes]
    by_day = frame.coming.node[arrivals.rows] * _DAYS + np.maximum(frame.coming.eta[arrivals.rows], 0)
    come = arrivals.before[np.searchsorted(by_day, node * _DAYS + limit, side="right")]
    return frame.coming.stock(node) + come - arrivals.before[arrivals.first(node)]


def portions(pool: Ints, rest: Ints, length: Ints) -> Ints:
    """Each pool, which is less than all of its run wants, by largest remainder."""
    starts = np.cumsum(length) - length
    run, total = np.repeat(np.arange(length.size), length), np.add.reduceat(rest, starts)
    if float(pool.max()) * float(rest.max()) > _WRAPS:
        pairs = [
            _divided(p, w, t) for p, w, t in zip(pool[run].tolist(), rest.tolist(), total[run].tolist(), strict=True)
        ]
        part, over = np.array(pairs, dtype=np.int64).T.copy()
    else:
        part, over = np.divmod(rest * pool[run], total[run])
    more = pool - np.add.reduceat(part, starts)
    order = stable_order(run, -over)
    part[order] += np.arange(rest.size) - np.repeat(starts, length) < more[run]
    return part


def _divided(pool: int, wanted: int, total: int) -> tuple[int, int]:
    return divmod(pool * wanted, total)
