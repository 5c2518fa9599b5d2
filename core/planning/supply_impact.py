"""What hangs on a supply, and what an order line rests on.

Pegged is not the same as hurt: other supply may step in, and who loses its own may take what others had. So the lines
that are pegged to a supply, through all levels, are told first, then those that are worse off when the books are netted
again without it, or with it so many days later.
"""

from dataclasses import dataclass, replace

import numpy as np

from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.pegging import PegGraph, peg_graph, rests_on, served_by
from core.planning.snapshot import NEVER, Days, Flags, Ints, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class PeggedLines:
    """Order lines (positions in demand, rising) that rest on a supply: how many of their units do, those that would
    have to be made from it among them, and the day all units of the line are there."""

    line: Ints
    units: Ints
    available: Days


@dataclass(frozen=True, slots=True, kw_only=True)
class WorsenedLines:
    """Order lines (positions in demand, rising) that are worse off after a change: the units that are short beside
    those that were, the days all of it is there before and after, and how many days later (0 where the new day is not
    known)."""

    line: Ints
    short: Ints
    before: Days
    after: Days
    days: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """What order lines rest on, through all levels, by level, then supply: rows of (supply position or -1 for stock,
    item, group), the units used and the day they come. `level` counts down from the lines, which eat from level 0."""

    supply: Ints
    item: Ints
    group: Ints
    units: Ints
    day: Days
    level: Ints


def impact_of(
    snapshot: Snapshot, result: NetResult, supplies: Ints, *, later: int | None = None
) -> tuple[PeggedLines, WorsenedLines]:
    """Who is pegged to these supplies (positions), and who is worse off when they never come, or come so many days
    later; `result` is the netting of the snapshot as it is."""
    after = net(changed(snapshot, supplies, later=later), result.rules)
    return pegged_lines(peg_graph(snapshot, result), supplies), worsened_lines(result, after)


def changed(snapshot: Snapshot, supplies: Ints, *, later: int | None) -> Snapshot:
    """The books without these supplies, or with them so many days after their due day (today where that has passed),
    begun as much later."""
    table = snapshot.supply
    if later is None:
        quantity = table.quantity.copy()
        quantity[supplies] = 0
        return replace(snapshot, supply=replace(table, quantity=quantity))
    start, due = table.start.copy(), table.due.copy()
    moved = np.minimum(np.maximum(due[supplies].astype(np.int64), snapshot.as_of) + later, NEVER - 1)
    start[supplies] += (moved - due[supplies]).astype(np.int32)
    due[supplies] = moved
    return replace(snapshot, supply=replace(table, start=start, due=due))


def pegged_lines(graph: PegGraph, supplies: Ints) -> PeggedLines:
    """The lines that rest on these supplies, through all levels."""
    result, needs = graph.result, graph.result.requirements
    receipts = graph.receipt_of[supplies]
    reach = served_by(graph, receipts[receipts >= 0])
    lines, reached = result.line_requirement, np.zeros(needs.kind.size, dtype=np.bool_)
    reached[reach.requirements] = True
    line = np.flatnonzero(reached[lines])
    units = _units_from(graph, reach.receipts) + _made_from(graph, reached)
    return PeggedLines(line=line, units=units[lines[line]], available=result.line_available[line])


def _units_from(graph: PegGraph, receipts: Ints) -> Ints:
    """Units of each requirement that come out of these receipts."""
    own, from_them = graph.result.pegs, np.zeros(graph.result.receipts.eta.size, dtype=np.bool_)
    from_them[receipts] = True
    units = np.zeros(graph.result.requirements.kind.size, dtype=np.int64)
    rows = from_them[own.receipt]
    np.add.at(units, own.requirement[rows], own.quantity[rows])
    _add_lent(graph.result, from_them, units)
    return units


def _add_lent(result: NetResult, from_them: Flags, units: Ints) -> None:
    """Units of a requirement that come from elsewhere count where any receipt they come out of does."""
    lent = result.lent
    touched = np.zeros(units.size, dtype=np.bool_)
    touched[lent.requirement[from_them[lent.receipt]]] = True
    rows = touched[result.takings.requirement]
    np.add.at(units, result.takings.requirement[rows], result.takings.units[rows])


def _made_from(graph: PegGraph, reached: Flags) -> Ints:
    """Units of each requirement that would have to be made with a component among these requirements."""
    result, units = graph.result, np.zeros(reached.size, dtype=np.int64)
    owners = np.repeat(np.arange(reached.size), np.diff(graph.planned.first))
    parents = np.unique(owners[reached[graph.planned.rows]])
    units[parents] = result.requirements.short[parents] - result.takings.of_each(reached.size)[parents]
    return units


def worsened_lines(before: NetResult, after: NetResult) -> WorsenedLines:
    """The lines that are short of more, or all there later, than before; both nettings are of the same lines."""
    short = after.line_short - before.line_short
    line = np.flatnonzero((short > 0) | (after.line_available > before.line_available))
    old, new = before.line_available[line], after.line_available[line]
    days = np.where(new < NEVER, np.maximum(new.astype(np.int64) - old, 0), 0)
    return WorsenedLines(line=line, short=np.maximum(short[line], 0), before=old, after=new, days=days)


def upstream_of(snapshot: Snapshot, result: NetResult, lines: Ints) -> Upstream:
    """All supply and stock that these order lines (positions in demand) rest on."""
    graph = peg_graph(snapshot, result)
    at = result.line_requirement[lines].astype(np.int64)
    reach = rests_on(graph, at)
    level = _levels(graph, at, reach.requirements)
    rows = graph.pegs.of(reach.requirements)
    receipt, requirement = graph.rows.receipt[rows], graph.rows.requirement[rows]
    units, nearest = np.zeros(result.receipts.eta.size, dtype=np.int64), np.full(result.receipts.eta.size, NEVER)
    np.add.at(units, receipt, graph.rows.quantity[rows])
    np.minimum.at(nearest, receipt, level[requirement])
    found = np.flatnonzero(units > 0)
    receipts = result.receipts
    order = np.lexsort((found, receipts.supply[found], receipts.item[found], nearest[found]))
    found = found[order]
    return Upstream(
        supply=receipts.supply[found].astype(np.int64),
        item=receipts.item[found].astype(np.int64),
        group=receipts.group[found].astype(np.int64),
        units=units[found],
        day=receipts.eta[found],
        level=nearest[found],
    )


def _levels(graph: PegGraph, start: Ints, reached: Ints) -> Ints:
    """How far down each reached requirement is from the first one, by the shortest way."""
    level = np.full(graph.result.requirements.kind.size, -1, dtype=np.int64)
    supply, front, depth = graph.result.receipts.supply, start, 0
    while front.size:
        level[front], depth = depth, depth + 1
        made = supply[graph.rows.receipt[graph.pegs.of(front)]]
        below = np.concatenate(
            (graph.planned.of(front), graph.components.of(np.unique(made[made >= 0]).astype(np.int64)))
        )
        front = np.unique(below[level[below] < 0])
    return level
