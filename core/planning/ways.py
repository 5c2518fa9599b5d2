"""Ways to get short units without making or buying them: over lanes from other places, or something in their place."""

from dataclasses import dataclass

import numpy as np

from core.planning.grouping import Grouping
from core.planning.leveling import Pairs, side_by_side
from core.planning.lowlevel import Structure
from core.planning.ordering import stable_order
from core.planning.rules import ScanRules
from core.planning.snapshot import PLANNED_WORK, Flags, Ints, Positions, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneWays:
    """Lanes as they are tried, by group they lead to: those into group g are rows first[g] .. first[g + 1] - 1. `row`
    is that of the snapshot's lanes, `item` the only one moved (-1 any)."""

    first: Ints
    row: Ints
    origin: Ints
    days: Ints
    item: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternateWays:
    """Alternates as they are tried, by item: those of item i are rows first[i] .. first[i + 1] - 1. `row` is that of
    the snapshot's alternates; `component` says that it is built in, not sold, instead."""

    first: Ints
    row: Ints
    alternate: Ints
    ratio: Ints
    component: Flags


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What the rules allow; without rows where they do not. `promised_only` says that alternates are for work orders
    planned for promises alone."""

    lanes: LaneWays
    alternates: AlternateWays
    promised_only: bool


def ways_of(
    snapshot: Snapshot, grouping: Grouping, structure: Structure, *, rules: ScanRules, also: Pairs | None
) -> tuple[Ways | None, Structure]:
    """All ways, None where there is none; and the structure with what replaces something on the level of that. `also`
    are (parent, component) beside the structure's."""
    lanes = _lane_ways(snapshot, grouping, allowed=rules.lanes)
    promised = promised_instead(snapshot, rules)
    alternates, structure = _alternate_ways(snapshot, structure, allowed=rules.alternates or promised, also=also)
    none = lanes.row.size + alternates.row.size == 0
    return None if none else Ways(lanes=lanes, alternates=alternates, promised_only=promised), structure


def promised_instead(snapshot: Snapshot, rules: ScanRules) -> bool:
    """Whether work orders planned for promises may be built with alternates although the rules look at none: a promise
    may rest on one, and would be called late for a component it does not need."""
    planned = bool((snapshot.supply.kind == PLANNED_WORK).any())
    return planned and rules.use_bom and not rules.alternates and bool(snapshot.alternates.component.any())


def _lane_ways(snapshot: Snapshot, grouping: Grouping, *, allowed: bool) -> LaneWays:
    """By lane priority, days, origin and row; a lane within a group leads nowhere."""
    lanes, terms, groups = snapshot.lanes, snapshot.lane_terms, grouping.production.size
    origin, end = grouping.group_of[lanes.origin], grouping.group_of[lanes.destination]
    rows = np.flatnonzero(origin != end) if allowed else np.zeros(0, dtype=np.int64)
    priority = _or_else(terms.priority, lanes.origin.size, 1)[rows]
    order = stable_order(end[rows], priority, lanes.days[rows].astype(np.int64), lanes.origin[rows].astype(np.int64))
    rows = rows[order]
    return LaneWays(
        first=np.searchsorted(end[rows], np.arange(groups + 1)).astype(np.int64),
        row=rows,
        origin=origin[rows],
        days=lanes.days[rows].astype(np.int64),
        item=_or_else(terms.item, lanes.origin.size, -1)[rows],
    )


def _alternate_ways(
    snapshot: Snapshot, structure: Structure, *, allowed: bool, also: Pairs | None
) -> tuple[AlternateWays, Structure]:
    """By priority, alternate and row, those that are valid on the business date and need no approval; and the structure
    on whose levels they stand beside what they replace. One that stands above or below that is no way."""
    table, today = snapshot.alternates, snapshot.as_of
    valid = (table.valid_from <= today) & (today <= table.valid_to) & ~table.approval & (table.ratio > 0)
    rows = np.flatnonzero(valid & (table.item != table.alternate)) if allowed else np.zeros(0, dtype=np.int64)
    if rows.size:
        structure, kept = side_by_side(structure, (table.item[rows], table.alternate[rows]), also=also)
        rows = rows[kept]
    item, other = table.item[rows].astype(np.int64), table.alternate[rows].astype(np.int64)
    rows = rows[stable_order(item, table.priority[rows].astype(np.int64), other)]
    ways = AlternateWays(
        first=np.searchsorted(table.item[rows], np.arange(len(snapshot.items.code) + 1)).astype(np.int64),
        row=rows,
        alternate=table.alternate[rows].astype(np.int64),
        ratio=table.ratio[rows],
        component=table.component[rows],
    )
    return ways, structure


def _or_else(values: Positions, count: int, otherwise: int) -> Ints:
    return values.astype(np.int64) if values.size else np.full(count, otherwise, dtype=np.int64)
