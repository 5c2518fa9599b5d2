"""Receipts and pegs of a netting, laid out in full: which units of which receipt serve which requirement."""

import numpy as np

from core.planning.ascent import Ascent
from core.planning.descent import Descent
from core.planning.earmarking import Earmarks
from core.planning.frame import Frame
from core.planning.ordering import stable_order
from core.planning.outcome import Pegs, Receipts
from core.planning.serving import stretches, within_runs
from core.planning.snapshot import Days, Ints, Positions
from core.planning.spans import rows_of, run_lengths, run_starts
from core.planning.takings import joined_takings


def lay_out(frame: Frame, descent: Descent, up: Ascent) -> tuple[Receipts, Pegs, Pegs, Pegs]:
    """The receipts node by node, stock first, then by day; the pegs by requirement, then by receipt; what is taken from
    elsewhere of which receipt, in units of the receipt; of the pegs those that are kept."""
    arrivals = frame.coming.arrivals(frame.coming.supplied(), up.eta, descent.free)
    rows = np.concatenate((np.arange(frame.coming.held, dtype=np.int32), arrivals.rows))
    rows = rows[stable_order(frame.coming.node[rows])]
    marks = descent.earmarks
    kept = Pegs(
        requirement=_positions(marks.requirement),
        receipt=_positions(_places(rows)[marks.row]),
        quantity=marks.units,
    )
    return _receipts(frame, up, rows), _pegs(frame, descent, up, rows), _lent(frame, descent, up, rows), kept


def _receipts(frame: Frame, up: Ascent, rows: Positions) -> Receipts:
    coming = frame.coming
    return Receipts(
        supply=coming.supply[rows],
        item=coming.item[rows],
        group=coming.group[rows],
        quantity=coming.quantity[rows],
        eta=up.eta[rows],
    )


def _pegs(frame: Frame, descent: Descent, up: Ascent, rows: Positions) -> Pegs:
    """Every overlap of a requirement's interval with a receipt's, and what is kept for it."""
    low, high = _intervals(frame, descent)
    at = np.flatnonzero(high > low)
    needed = descent.needs.item[at].astype(np.int64) * frame.groups + descent.needs.group[at]
    owner, receipt, units = _overlaps(frame, descent, rows, (needed, low[at], high[at]))
    requirement = at[owner]
    if descent.earmarks.units.size:
        return _with_kept(descent.earmarks, up.eta, rows, (requirement, receipt, units))
    return Pegs(requirement=_positions(requirement), receipt=_positions(receipt), quantity=units)


def _lent(frame: Frame, descent: Descent, up: Ascent, rows: Positions) -> Pegs:
    """Every overlap of a taking's interval with a receipt's."""
    takings = joined_takings(up.takings)
    needed = takings.item * frame.groups + takings.group
    owner, receipt, units = _overlaps(frame, descent, rows, (needed, takings.low, takings.low + takings.taken))
    return Pegs(requirement=_positions(takings.requirement[owner]), receipt=_positions(receipt), quantity=units)


def _overlaps(
    frame: Frame, descent: Descent, rows: Positions, intervals: tuple[Ints, Ints, Ints]
) -> tuple[Ints, Ints, Ints]:
    """Row of the interval, receipt and units of every overlap; intervals are node, low and high, none empty."""
    needed, low, high = intervals
    if needed.size == 0:
        return needed, needed, needed
    free = frame.coming.quantity if descent.free is None else descent.free
    node, free = frame.coming.node[rows], free[rows]
    starts = run_starts(node)
    end = within_runs(free, starts, run_lengths(starts, rows.size))
    running = np.cumsum(free)
    start = np.searchsorted(node, needed)
    before = running[start] - free[start]
    first = np.searchsorted(running, before + low, side="right")
    count = np.searchsorted(running, before + high, side="left") - first + 1
    owner, receipt = np.repeat(np.arange(needed.size), count), rows_of(first, count)
    return owner, receipt, np.minimum(end[receipt], high[owner]) - np.maximum(end[receipt] - free[receipt], low[owner])


def _intervals(frame: Frame, descent: Descent) -> tuple[Ints, Ints]:
    """What each requirement covers of what its node receives, by position."""
    low = np.zeros(descent.needs.quantity.size, dtype=np.int64)
    high = np.zeros(descent.needs.quantity.size, dtype=np.int64)
    for queue in descent.queues:
        for stretch in stretches(queue, descent.needs, frame.coming, descent.arrivals, kept=descent.kept):
            low[stretch.at], high[stretch.at] = stretch.low, stretch.high
    return low, high


def _with_kept(marks: Earmarks, eta: Days, rows: Positions, pegs: tuple[Ints, Ints, Ints]) -> Pegs:
    """Pegs (requirement, receipt, units) with those of what is kept, in order of requirement, then date."""
    kept = marks.requirement, _places(rows)[marks.row], marks.units
    requirement, receipt, units = (np.concatenate(columns) for columns in zip(pegs, kept, strict=True))
    order = stable_order(requirement, eta[rows[receipt]].astype(np.int64), receipt)
    order = order[units[order] > 0]
    return Pegs(requirement=_positions(requirement[order]), receipt=_positions(receipt[order]), quantity=units[order])


def _places(rows: Positions) -> Ints:
    """Where each row of what comes is among these."""
    place = np.empty(rows.size, dtype=np.int64)
    place[rows] = np.arange(rows.size)
    return place


def _positions(values: Ints) -> Positions:
    return values.astype(np.int32)
