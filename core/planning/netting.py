"""Netting, level by level: who is served by what, what is short, and when everything is there.

Down the bill of materials, short units of made items become requirements of their components: what is
short depends on quantities and the order of serving only. Up again, real dates: a work order whose
components come after its start is pushed by as many days, and short units are there once their
components are, made or bought in the lead time. A work order that has not taken its components cannot
have begun: with a start in the past it is pushed as if it started today at the earliest. Short units of
a bought item nobody approved supplies, or of anything that would need it, are never there.

What an order planned for a promise brings is kept for that promise (earmarking.py) as long as there is time to place
it; what it takes is needed as what placed orders take is.
"""

import numpy as np

from core.planning.ascent import Ascent, ascend
from core.planning.descent import Descent, descend
from core.planning.earmarking import Earmarks
from core.planning.frame import Frame, frame_of
from core.planning.ordering import stable_order
from core.planning.outcome import NetResult, Pegs, Receipts, Requirements
from core.planning.rules import ScanRules
from core.planning.serving import within_runs
from core.planning.snapshot import Days, Ints, Positions, Snapshot
from core.planning.spans import rows_of, run_lengths, run_starts


def net(snapshot: Snapshot, rules: ScanRules) -> NetResult:
    """Cover every requirement by the receipts of its node and find what is short and when the rest is
    there."""
    frame = frame_of(snapshot, rules)
    descent = descend(frame)
    up = ascend(frame, descent)
    rows = np.concatenate(up.served)
    rows = rows[stable_order(frame.coming.node[rows])]
    requirements = _requirements(descent, up)
    lines = snapshot.demand.quantity.size
    return NetResult(
        rules=rules,
        group_of=_positions(frame.grouping.group_of),
        requirements=requirements,
        receipts=_receipts(frame, up, rows),
        pegs=_pegs(frame, descent, up, rows),
        line_requirement=np.arange(lines, dtype=np.int32),
        line_short=requirements.short[:lines],
        line_cover=requirements.cover[:lines],
        line_available=requirements.available[:lines],
    )


def _requirements(descent: Descent, up: Ascent) -> Requirements:
    needs = descent.needs
    return Requirements(
        kind=needs.kind,
        ref=needs.ref,
        item=needs.item,
        group=needs.group,
        need=needs.need,
        quantity=needs.quantity,
        short=up.short,
        cover=_days(up.cover),
        available=_days(up.available),
    )


def _receipts(frame: Frame, up: Ascent, rows: Ints) -> Receipts:
    coming = frame.coming
    return Receipts(
        supply=_positions(coming.supply[rows]),
        item=_positions(coming.item[rows]),
        group=_positions(coming.group[rows]),
        quantity=coming.quantity[rows],
        eta=_days(up.eta[rows]),
    )


def _pegs(frame: Frame, descent: Descent, up: Ascent, rows: Ints) -> Pegs:
    """Every overlap of a requirement's interval with a receipt's, and what is kept for it."""
    place = np.empty(rows.size, dtype=np.int64)
    place[rows] = np.arange(rows.size)
    covered = np.flatnonzero(up.first >= 0)
    first = place[up.first[covered]]
    count = place[up.last[covered]] - first + 1
    requirement, receipt = np.repeat(covered, count), rows_of(first, count)
    quantity = descent.free[rows]
    starts = run_starts(frame.coming.node[rows])
    end = within_runs(quantity, starts, run_lengths(starts, rows.size))[receipt]
    begin = end - quantity[receipt]
    units = np.minimum(end, up.high[requirement]) - np.maximum(begin, up.low[requirement])
    if descent.earmarks.units.size:
        return _with_kept(descent.earmarks, up.eta[rows], place, (requirement, receipt, units))
    return Pegs(requirement=_positions(requirement), receipt=_positions(receipt), quantity=units)


def _with_kept(marks: Earmarks, eta: Ints, place: Ints, pegs: tuple[Ints, Ints, Ints]) -> Pegs:
    """Pegs (requirement, receipt, units) with those of what is kept, in order of requirement, then date."""
    kept = marks.requirement, place[marks.row], marks.units
    requirement, receipt, units = (np.concatenate(columns) for columns in zip(pegs, kept, strict=True))
    order = stable_order(requirement, eta[receipt], receipt)
    order = order[units[order] > 0]
    return Pegs(requirement=_positions(requirement[order]), receipt=_positions(receipt[order]), quantity=units[order])


def _positions(values: Ints) -> Positions:
    return values.astype(np.int32)


def _days(values: Ints) -> Days:
    return values.astype(np.int32)
