"""The netted books kept ready to be changed. Nothing here is ever written to: views copy what they change."""

from dataclasses import dataclass, replace
from typing import Self, TypeAlias

import numpy as np

from core.planning.grouping import Grouping, group_locations
from core.planning.instead import pairs_instead
from core.planning.lowlevel import Structure, flat_structure, read_structure
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.planned import planned_rows
from core.planning.positions import line_position
from core.planning.rules import ScanRules
from core.planning.snapshot import Ints, Snapshot
from core.planning.ways import promised_instead
from core.planning.whatif.columns import FURTHEST
from core.planning.whatif.indexing import KEYS, Index, index_of
from core.planning.whatif.standings import standing_of
from core.planning.whatif.timing import Timing
from core.planning.workdays import workdays_of

Bill: TypeAlias = tuple[tuple[int, int], ...]
"""The components of an item, each with millionths of it for one."""

_MOST_ROWS = 1 << 21
_PLAIN = ScanRules()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident:
    """Books with their netting, laid out by node. `coupled` says why no change can be followed through these (then
    there is no index), "" where changes can; `unsafe` are nodes that orders planned for promises tie to others, and
    `promised_to` the lines (positions) those are planned for.

    `standing` is how each line stands (difference.py); `obtainable` are items made or sold by somebody; `stock_keys`
    the rows of stock as one number each (item * locations + location), rising.
    """

    snapshot: Snapshot
    rules: ScanRules
    result: NetResult
    standing: Ints
    grouping: Grouping
    structure: Structure
    index: Index | None
    coupled: str
    unsafe: frozenset[int]
    promised_to: frozenset[int]
    obtainable: frozenset[int]
    levels: tuple[int, ...]
    bills: dict[int, Bill]
    stock_keys: Ints
    timing: Timing

    @classmethod
    def of(cls, snapshot: Snapshot, rules: ScanRules) -> Self:
        """Net the books and keep the answer ready; what netting refuses is refused."""
        result = net(snapshot, rules)
        grouping, structure = group_locations(snapshot.locations, rules), _structure(snapshot, rules)
        coupled = _coupled(snapshot, rules)
        groups = grouping.production.size
        stock = snapshot.stock
        return cls(
            snapshot=snapshot,
            rules=rules,
            result=result,
            standing=standing_of(snapshot, result),
            grouping=grouping,
            structure=structure,
            index=None if coupled else index_of(snapshot, structure, result, groups=groups),
            coupled=coupled,
            unsafe=_unsafe(snapshot, grouping),
            promised_to=_promised_to(snapshot),
            obtainable=frozenset(np.flatnonzero(snapshot.items.make).tolist()) | set(snapshot.sources.item.tolist()),
            timing=Timing(as_of=snapshot.as_of, workdays=workdays_of(snapshot, grouping) if rules.calendars else None),
            levels=tuple(structure.level.tolist()),
            bills=_bills(structure),
            stock_keys=stock.item.astype(np.int64) * len(snapshot.locations.code) + stock.location,
        )

    @property
    def groups(self) -> int:
        """How many groups of locations there are."""
        return self.grouping.production.size


def _structure(snapshot: Snapshot, rules: ScanRules) -> Structure:
    codes = snapshot.items.code
    return (
        read_structure(snapshot.bom, codes, also=pairs_instead(snapshot))
        if rules.use_bom
        else flat_structure(len(codes))
    )


def _bills(structure: Structure) -> dict[int, Bill]:
    rows = tuple(zip(structure.component.tolist(), structure.per_parent.tolist(), strict=True))
    first = structure.first.tolist()
    return {item: rows[first[item] : first[item + 1]] for item in np.flatnonzero(np.diff(structure.first)).tolist()}


def _coupled(snapshot: Snapshot, rules: ScanRules) -> str:
    """Why a change to one node may change others that it does not serve."""
    known = replace(
        _PLAIN,
        policy=rules.policy,
        overdue=rules.overdue,
        pool_locations=rules.pool_locations,
        ship_from=rules.ship_from,
        use_bom=rules.use_bom,
        calendars=rules.calendars,
    )
    demand, supply = snapshot.demand, snapshot.supply
    if known != rules or rules.policy not in KEYS:
        return "the rules let places, work centres or items stand in for one another"
    if promised_instead(snapshot, rules):
        return "what is planned for promises may be built with other components"
    if max(demand.quantity.size, supply.quantity.size) >= _MOST_ROWS:
        return f"the books have more than {_MOST_ROWS} lines"
    if not demand.quantity.size:
        return "the books have no open order line"
    days = np.concatenate((demand.due, supply.due, supply.start)).astype(np.int64) - snapshot.as_of
    if days.size and int(np.abs(days).max()) >= FURTHEST // 2:
        return "the books name days too far out"
    return ""


def _unsafe(snapshot: Snapshot, grouping: Grouping) -> frozenset[int]:
    """The nodes where an order planned for a promise comes in or takes something."""
    rows = planned_rows(snapshot)
    if not rows:
        return frozenset()
    planned, groups = snapshot.planned, grouping.production.size
    found = set[int]()
    for row in rows.values():
        item, group = int(planned.item[row]), int(grouping.group_of[int(planned.location[row])])
        found.add(item * groups + group)
        makes = int(grouping.production[group])
        parts = snapshot.bom.component[snapshot.bom.parent == item]
        found.update(int(part) * groups + makes for part in parts.tolist())
        if planned.origin[row] >= 0:
            found.add(item * groups + int(grouping.group_of[int(planned.origin[row])]))
    return frozenset(found)


def _promised_to(snapshot: Snapshot) -> frozenset[int]:
    """The order lines (positions) that orders are planned for."""
    planned = snapshot.planned
    rows = planned_rows(snapshot).values()
    lines = (line_position(snapshot, planned.order[row], int(planned.line[row])) for row in rows if planned.order[row])
    return frozenset(line for line in lines if line is not None)
