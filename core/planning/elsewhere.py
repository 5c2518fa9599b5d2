"""Short units from elsewhere: what is left at another place, or of another item, after all its own demand.

A short requirement tries its ways one after the other: lanes into its place by priority, days and origin, then what may
take its place by priority. Over a lane it takes what is left there and comes early enough to be here when it is needed,
or when new units could be by their lead time. Something else takes its place only if new units would come after the
need, and only what is there before them. All requirements try their first way before any tries its second; those that
take from one donor stand in line by the last day on which that does them good, then need, rank and position. What is
taken this way was ordered by nobody, so it stays short: only the day it is there is another one.
"""

from dataclasses import dataclass, replace

import numpy as np

from core.domain.quantity import LARGEST_QUANTITY
from core.planning.daycount import later
from core.planning.frame import Frame
from core.planning.limits import check_sum
from core.planning.obtaining import obtainable
from core.planning.ordering import stable_order
from core.planning.outcome import SALES_LINE, WORK_ORDER_COMPONENT
from core.planning.receiving import Arrivals
from core.planning.requirements import Needs
from core.planning.serving import Queue, stretches, within_runs
from core.planning.snapshot import NEVER, PER_PARENT_SCALE, PLANNED_TRANSFER, PLANNED_WORK, Days, Flags, Ints, Positions
from core.planning.spans import rows_of, run_lengths, run_starts
from core.planning.takings import NO_TAKINGS, Takings, joined_takings
from core.planning.timing import ends
from core.planning.ways import Ways

_DAYS = 2**32
_WRAPS = 2e18


@dataclass(frozen=True, slots=True, kw_only=True)
class _Takers:
    """Short requirements: position, the place of their node in the queue, units still `left` to be had (written in),
    need, the day new units could be there by their lead time, rank, and whether another item may be `sold` or built in
    (`used`) instead."""

    position: Ints
    node: Ints
    left: Ints
    need: Ints
    new: Ints
    rank: Ints
    sold: Flags
    used: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class _Donors:
    """Nodes that receive more than their own demand takes: how many units are in stock and come in all, where their
    arrivals start, and how far what they receive is taken already (written in)."""

    node: Ints
    stock: Ints
    total: Ints
    first: Ints | Positions
    mark: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tries:
    """Ways of nodes (their places in the queue), those of a node together in the order they are tried: the `turn`."""

    node: Ints
    turn: Ints
    lane: Ints
    alternate: Ints
    donor: Ints
    days: Ints
    ratio: Ints

    def only(self, rows: Ints | Flags) -> "_Tries":
        """Some of these."""
        return _Tries(**{name: getattr(self, name)[rows] for name in _Tries.__slots__})


def fetch(frame: Frame, ways: Ways, needs: Needs, queue: Queue, arrivals: Arrivals, *, kept: Ints) -> Takings:
    """What the short requirements of a level get from elsewhere; `kept` are the units kept for each requirement, empty
    where none are."""
    if queue.short.size == 0:
        return NO_TAKINGS
    node = np.searchsorted(queue.node, _nodes_at(frame, needs, queue.short))
    tries = _tries(ways, frame.groups, queue.node, node[run_starts(node)])
    laid = stretches(queue, needs, frame.coming, arrivals, kept=kept)
    own = np.concatenate([stretch.high[np.cumsum(stretch.length) - 1] for stretch in laid])
    donors = _donors(frame, queue, arrivals, np.unique(tries.donor), own=own)
    tries = _in_turn(tries, donors)
    takers = _takers(frame, ways, needs, position=queue.short, node=node)
    by_day = frame.coming.node[arrivals.rows] * _DAYS + np.maximum(frame.coming.eta[arrivals.rows], 0)
    parts = list[Takings]()
    for turn in range(int(tries.turn.max(initial=-1)) + 1):
        parts.append(_taken(frame, takers, donors, tries.only(tries.turn == turn), by_day, arrivals))
    return joined_takings(parts)


def _nodes_at(frame: Frame, needs: Needs, position: Positions) -> Ints:
    return needs.item[position].astype(np.int64) * frame.groups + needs.group[position]


def _tries(ways: Ways, groups: int, nodes: Ints, places: Ints) -> _Tries:
    """All ways of the nodes at these places: lanes, then alternates."""
    lanes, others = ways.lanes, ways.alternates
    item, group = nodes[places] // groups, nodes[places] % groups
    over = np.diff(lanes.first)[group]
    lane = rows_of(lanes.first[group], over)
    moved = np.repeat(item, over)
    fits = (lanes.item[lane] < 0) | (lanes.item[lane] == moved)
    instead = np.diff(others.first)[item]
    other = rows_of(others.first[item], instead)
    place = np.concatenate((np.repeat(places, over)[fits], np.repeat(places, instead)))
    lane, moved, none = lane[fits], moved[fits], np.full(other.size, -1)
    donor = np.concatenate(
        (moved * groups + lanes.origin[lane], others.alternate[other] * groups + np.repeat(group, instead))
    )
    order = stable_order(place)
    return _Tries(
        node=place[order],
        turn=order,
        lane=np.concatenate((lanes.row[lane], none))[order],
        alternate=np.concatenate((np.full(lane.size, -1), others.row[other]))[order],
        donor=donor[order],
        days=np.concatenate((lanes.days[lane], np.zeros_like(none)))[order],
        ratio=np.concatenate((np.full(lane.size, PER_PARENT_SCALE), others.ratio[other]))[order],
    )


def _donors(frame: Frame, queue: Queue, arrivals: Arrivals, nodes: Ints, *, own: Ints) -> _Donors:
    """These nodes; `own` are the units that the requirements of each node of the queue take of what it receives."""
    stock = frame.coming.stock(nodes)
    total = stock + arrivals.spans(nodes)[1]
    used = np.zeros(nodes.size, dtype=np.int64)
    place = np.minimum(np.searchsorted(queue.node, nodes), queue.node.size - 1)
    waited = queue.node[place] == nodes
    used[waited] = own[place[waited]]
    return _Donors(node=nodes, stock=stock, total=total, first=arrivals.first(nodes), mark=used)


def _in_turn(tries: _Tries, donors: _Donors) -> _Tries:
    """Only ways to donors with something left, their turns counted without gaps; donors by their place."""
    donor = np.searchsorted(donors.node, tries.donor)
    some = np.flatnonzero(donors.total[donor] > donors.mark[donor])
    kept = tries.only(some)
    starts = run_starts(kept.node)
    turn = np.arange(some.size) - np.repeat(starts, run_lengths(starts, some.size))
    return replace(kept, turn=turn, donor=donor[some])


def _takers(frame: Frame, ways: Ways, needs: Needs, *, position: Positions, node: Ints) -> _Takers:
    """What a planned transfer takes can come from elsewhere, but it cannot be something else. Where only what is
    planned for promises may be, nothing else can."""
    snapshot, item = frame.snapshot, needs.item[position]
    today = np.full(position.size, snapshot.as_of, dtype=np.int32)
    new = np.where(obtainable(snapshot)[item], ends(frame, item, needs.group[position], today), NEVER)
    kind, ref = needs.kind[position], needs.ref[position]
    by = np.zeros(position.size, dtype=np.int8)
    orders = np.flatnonzero(kind == WORK_ORDER_COMPONENT)
    by[orders] = snapshot.supply.kind[ref[orders]]
    used = by == PLANNED_WORK if ways.promised_only else (kind != SALES_LINE) & (by != PLANNED_TRANSFER)
    return _Takers(
        position=position.astype(np.int64),
        node=node,
        left=needs.short[position],
        need=needs.need[position].astype(np.int64),
        new=new,
        rank=needs.rank[position].astype(np.int64),
        sold=(kind == SALES_LINE) & (not ways.promised_only),
        used=used,
    )


def _taken(frame: Frame, takers: _Takers, donors: _Donors, tries: _Tries, by_day: Ints, arrivals: Arrivals) -> Takings:
    """One turn: every taker with units left tries one way; `by_day` has the arrivals in order as one number each."""
    at = np.searchsorted(tries.node, takers.node)
    found = np.minimum(at, tries.node.size - 1)
    rows = np.flatnonzero((tries.node[found] == takers.node) & (takers.left > 0))
    tried = tries.only(found[rows])
    limit = _limits(frame, takers, tried, donors, rows)
    good = np.flatnonzero(limit >= frame.snapshot.as_of)
    rows, tried, limit = rows[good], tried.only(good), limit[good]
    order = stable_order(tried.donor, limit, takers.need[rows], takers.rank[rows], takers.position[rows])
    rows, tried, limit = rows[order], tried.only(order), limit[order]
    low, units = _served(takers.left[rows], tried, limit, donors, by_day, arrivals)
    takers.left[rows] -= units
    some = np.flatnonzero(units > 0)
    tried, units, donor = tried.only(some), units[some], tried.donor[some]
    return Takings(
        requirement=takers.position[rows[some]],
        units=units,
        lane=tried.lane,
        alternate=tried.alternate,
        item=donors.node[donor] // frame.groups,
        group=donors.node[donor] % frame.groups,
        low=low[some],
        taken=_of_donor(units, tried.ratio),
        days=tried.days,
        day=np.zeros_like(units),
    )


def _limits(frame: Frame, takers: _Takers, tried: _Tries, donors: _Donors, rows: Ints) -> Ints:
    """The last day on which units at the donor do good; before the business date where none do."""
    need, new = takers.need[rows], takers.new[rows]
    deadline = np.maximum(need, new)
    leaves = deadline - tried.days
    if frame.workdays is not None:
        leaves = frame.workdays.back(donors.node[tried.donor] % frame.groups, leaves, np.zeros_like(leaves))
    limit = np.where(deadline < NEVER, leaves, NEVER)
    others = np.flatnonzero(tried.alternate >= 0)
    built_in = frame.snapshot.alternates.component[tried.alternate[others]]
    allowed = np.where(built_in, takers.used[rows[others]], takers.sold[rows[others]])
    limit[others] = np.where(allowed & (new > need)[others], new[others] - 1, -1)
    return limit


def _served(
    left: Ints, tried: _Tries, limit: Ints, donors: _Donors, by_day: Ints, arrivals: Arrivals
) -> tuple[Ints, Ints]:
    """Where in what its donor receives each taking starts, and how many units it brings: F_i = min(F_(i-1) + wanted_i,
    there_i), where what is there by its day never falls from one to the next, so that F is a running minimum."""
    starts = run_starts(tried.donor)
    lengths = run_lengths(starts, tried.donor.size)
    node, mark = donors.node[tried.donor], donors.mark[tried.donor]
    come = arrivals.before[np.searchsorted(by_day, node * _DAYS + limit, side="right")]
    there = np.maximum(donors.stock[tried.donor] + come - arrivals.before[donors.first[tried.donor]] - mark, 0)
    wanted = np.minimum(_of_donor(left, tried.ratio), donors.total[tried.donor] - mark)
    check_sum(wanted + there, "what is left elsewhere")
    running = within_runs(wanted, starts, lengths)
    ends_at = np.cumsum(lengths) - 1
    # Every donor in a range of numbers of its own, below that of the one before.
    most = there[ends_at] + 1
    below = np.cumsum(most) + np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(running[ends_at])))[:-1]
    apart = np.repeat(below, lengths)
    least = np.minimum.accumulate(there - running - apart) + apart
    reached = running + np.minimum(least, 0)
    low = np.concatenate((np.zeros(1, dtype=np.int64), reached))[:-1]
    low[starts] = 0
    units = np.minimum(left, (reached - low) * PER_PARENT_SCALE // tried.ratio)
    donors.mark[tried.donor[ends_at]] += reached[ends_at]
    return mark + low, units


def _of_donor(units: Ints, ratio: Ints) -> Ints:
    """Units of the donor's item that do the work of so many, as many as can be counted where there are more."""
    wraps = units.astype(np.float64) * ratio > _WRAPS
    return np.where(wraps, LARGEST_QUANTITY, -(-np.where(wraps, 0, units) * ratio // PER_PARENT_SCALE))


def arrival_days(frame: Frame, takings: Takings, needs: Needs, arrivals: Arrivals, eta: Days) -> Ints:
    """The day the units of each taking are there: when the last of them has come to the donor, over the lane."""
    node = takings.item * frame.groups + takings.group
    stock, high = frame.coming.stock(node), takings.low + takings.taken
    row = np.searchsorted(arrivals.before[1:], high - stock + arrivals.before[arrivals.first(node)], side="left")
    ordered = np.minimum(row, max(arrivals.rows.size - 1, 0))
    come = eta[arrivals.rows[ordered]].astype(np.int64) if arrivals.rows.size else np.zeros_like(node)
    day = np.maximum(np.where(high > stock, come, frame.snapshot.as_of), frame.snapshot.as_of)
    if frame.workdays is None:
        return later(day, takings.days)
    lane = takings.lane >= 0
    leaves = np.where(lane, frame.workdays.after(takings.group, day, 0), day)
    there = later(leaves, takings.days)
    own = needs.group[takings.requirement].astype(np.int64)
    return np.where(lane, frame.workdays.after(own, there, 0), there)
