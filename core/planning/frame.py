"""What both passes of netting read: the books under the rules, as nodes, levels and receipts."""

from dataclasses import dataclass

import numpy as np

from core.planning.grouping import Grouping, group_locations
from core.planning.instead import pairs_instead
from core.planning.limits import check_limits, check_sum
from core.planning.lowlevel import Structure, flat_structure, read_structure
from core.planning.planned import planned_rows
from core.planning.receiving import Coming, believed, receipts_coming, taking_components
from core.planning.rules import ScanRules
from core.planning.snapshot import PLANNED_TRANSFER, Ints, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`orders` are the work orders that still take components; `moves` the planned transfers, which take their own item
    where they leave and change nothing within one group (both positions in supply). `planned` has for each supply that
    is a planned order its row of those; `groups` counts the groups."""

    snapshot: Snapshot
    rules: ScanRules
    grouping: Grouping
    groups: int
    structure: Structure
    coming: Coming
    orders: Ints
    moves: Ints
    planned: dict[int, int]

    def rows_of(self, supplies: Ints) -> Ints:
        """The rows of these supplies (positions) in what comes."""
        stock_rows = int(np.searchsorted(self.coming.supply, 0))
        return stock_rows + np.searchsorted(self.coming.supply[stock_rows:], supplies)

    def origins(self) -> Ints:
        """The groups the planned transfers leave from."""
        return _origins(self.snapshot, self.grouping, self.planned, self.moves)


def frame_of(snapshot: Snapshot, rules: ScanRules) -> Frame:
    """Read the books under the rules; numbers beyond the limits and circular bills of materials are
    refused."""
    check_limits(snapshot)
    codes = snapshot.items.code
    grouping = group_locations(snapshot.locations, rules)
    structure = flat_structure(len(codes))
    if rules.use_bom:
        structure = read_structure(snapshot.bom, codes, also=pairs_instead(snapshot))
    planned = planned_rows(snapshot)
    kept = believed(snapshot, rules.overdue)
    moves = kept[snapshot.supply.kind[kept] == PLANNED_TRANSFER]
    idle = moves[_origins(snapshot, grouping, planned, moves) == grouping.group_of[snapshot.supply.location[moves]]]
    if idle.size:
        kept, moves = np.setdiff1d(kept, idle), np.setdiff1d(moves, idle)
    coming = receipts_coming(snapshot, grouping, rules.overdue, kept=kept)
    check_sum(coming.quantity, "stock and supply")
    return Frame(
        snapshot=snapshot,
        rules=rules,
        grouping=grouping,
        groups=grouping.production.size,
        structure=structure,
        coming=coming,
        orders=taking_components(snapshot, kept, structure.counts(snapshot.supply.item[kept])),
        moves=moves,
        planned={at: row for at, row in planned.items() if at in kept},
    )


def _origins(snapshot: Snapshot, grouping: Grouping, planned: dict[int, int], moves: Ints) -> Ints:
    rows = np.array([planned[move] for move in moves.tolist()], dtype=np.int64)
    return grouping.group_of[snapshot.planned.origin[rows]]
