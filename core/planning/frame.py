"""What both passes of netting read: the books under the rules, as nodes, levels and receipts."""

from dataclasses import dataclass

from core.planning.grouping import Grouping, group_locations
from core.planning.limits import check_limits, check_sum
from core.planning.lowlevel import Structure, flat_structure, read_structure
from core.planning.receiving import Coming, believed, receipts_coming, taking_components
from core.planning.rules import ScanRules
from core.planning.snapshot import Ints, Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`orders` are the work orders that still take components (positions in supply); `groups` counts the
    groups."""

    snapshot: Snapshot
    rules: ScanRules
    grouping: Grouping
    groups: int
    structure: Structure
    coming: Coming
    orders: Ints


def frame_of(snapshot: Snapshot, rules: ScanRules) -> Frame:
    """Read the books under the rules; numbers beyond the limits and circular bills of materials are
    refused."""
    check_limits(snapshot)
    codes = snapshot.items.code
    grouping = group_locations(snapshot.locations, rules)
    structure = read_structure(snapshot.bom, codes) if rules.use_bom else flat_structure(len(codes))
    coming = receipts_coming(snapshot, grouping, rules.overdue)
    check_sum(coming.quantity, "stock and supply")
    kept = believed(snapshot, rules.overdue)
    return Frame(
        snapshot=snapshot,
        rules=rules,
        grouping=grouping,
        groups=grouping.production.size,
        structure=structure,
        coming=coming,
        orders=taking_components(snapshot, kept, structure.counts(snapshot.supply.item[kept])),
    )
