"""What both passes of netting read: the books under the rules, as nodes, levels and receipts."""

from dataclasses import dataclass, replace

import numpy as np

from core.planning.firm_load import left_by_orders
from core.planning.free_minutes import FreeMinutes
from core.planning.grouping import Grouping, group_locations
from core.planning.instead import pairs_instead
from core.planning.limits import check_limits, check_sum
from core.planning.lowlevel import Structure, flat_structure, read_structure
from core.planning.planned import planned_rows
from core.planning.positions import line_position
from core.planning.receiving import Coming, believed, receipts_coming, taking_components
from core.planning.rerouting import Rerouting, rerouting_of
from core.planning.rules import ScanRules
from core.planning.snapshot import PLANNED_TRANSFER, Ints, Snapshot
from core.planning.ways import Ways, promised_instead, ways_of
from core.planning.workdays import Workdays, workdays_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`orders` are the work orders that still take components; `moves` the planned transfers, which take their own item
    where they leave (both positions in supply). `planned` has for each supply that is a planned order its row of those;
    `groups` counts the groups; `workdays` is None where the rules count calendar days, `free` where capacity is
    infinite, `others` where that is or each operation has its own work centre only, `ways` where short units are looked
    for nowhere else."""

    snapshot: Snapshot
    rules: ScanRules
    grouping: Grouping
    groups: int
    structure: Structure
    coming: Coming
    orders: Ints
    moves: Ints
    planned: dict[int, int]
    workdays: Workdays | None
    free: FreeMinutes | None
    others: Rerouting | None
    ways: Ways | None

    def rows_of(self, supplies: Ints) -> Ints:
        """The rows of these supplies (positions) in what comes."""
        return self.coming.held + np.searchsorted(self.coming.kept, supplies)

    def origins(self) -> Ints:
        """The groups the planned transfers leave from."""
        rows = np.array([self.planned[move] for move in self.moves.tolist()], dtype=np.int64)
        return self.grouping.group_of[self.snapshot.planned.origin[rows]]


def frame_of(snapshot: Snapshot, rules: ScanRules) -> Frame:
    """Read the books under the rules; numbers beyond the limits and circular bills of materials are
    refused."""
    check_limits(snapshot)
    codes = snapshot.items.code
    grouping = group_locations(snapshot.locations, rules)
    structure = flat_structure(len(codes))
    also = pairs_instead(snapshot) if rules.use_bom else None
    if rules.use_bom:
        structure = read_structure(snapshot.bom, codes, also=also)
    ways = None
    if rules.lanes or rules.alternates or promised_instead(snapshot, rules):
        ways, structure = ways_of(snapshot, grouping, structure, rules=rules, also=also)
    kept, planned = believed(snapshot, rules.overdue), planned_rows(snapshot)
    idle = [at for at, row in planned.items() if _is_idle(snapshot, grouping, at, row)]
    if idle:
        kept = np.setdiff1d(kept, idle)
    workdays = workdays_of(snapshot, grouping) if rules.calendars else None
    others = rerouting_of(snapshot) if rules.capacity else None
    coming = receipts_coming(snapshot, grouping, rules.overdue, kept=kept)
    if workdays is not None:
        coming = replace(coming, eta=workdays.arrivals(coming))
    check_sum(coming.quantity, "stock and supply")
    return Frame(
        snapshot=snapshot,
        rules=rules,
        grouping=grouping,
        groups=grouping.production.size,
        structure=structure,
        coming=coming,
        orders=taking_components(snapshot, kept, structure),
        moves=kept[snapshot.supply.kind[kept] == PLANNED_TRANSFER],
        planned={at: row for at, row in planned.items() if at in kept},
        workdays=workdays,
        free=left_by_orders(snapshot, others) if rules.capacity else None,
        others=others,
        ways=ways,
    )


def _is_idle(snapshot: Snapshot, grouping: Grouping, at: int, row: int) -> bool:
    """Whether a planned order is nothing: its line is no longer open, or it is moved within one group."""
    planned, origin = snapshot.planned, int(snapshot.planned.origin[row])
    if planned.order[row] and line_position(snapshot, planned.order[row], int(planned.line[row])) is None:
        return True
    return origin >= 0 and grouping.group_of[origin] == grouping.group_of[snapshot.supply.location[at]]
