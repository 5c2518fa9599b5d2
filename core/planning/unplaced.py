"""Orders planned for a promise that were not placed in time: what the line they were planned for now lacks.

What such an order would have brought is short from then on: of the item the line is for (E01), or of a component of
what is made for it (E07). A line that other supply serves lacks nothing, and there is no case.
"""

from core.domain.cases import ExceptionType
from core.domain.ids import ItemCode, OrderNo
from core.domain.watching.finding import Finding
from core.planning.naming import KIND_NAMES
from core.planning.planned import in_time
from core.planning.positions import line_position
from core.planning.snapshot import Snapshot, date_of


def unplaced(snapshot: Snapshot) -> tuple[Finding, ...]:
    """A finding for each planned order of an order line that was to be placed before the business date."""
    planned, late = snapshot.planned, ~in_time(snapshot)
    lines = [(line_position(snapshot, planned.order[row], int(planned.line[row])), row) for row in late.nonzero()[0]]
    return tuple(_finding(snapshot, int(row), line) for line, row in lines if line is not None)


def _finding(snapshot: Snapshot, row: int, line: int) -> Finding:
    planned = snapshot.planned
    item = ItemCode(snapshot.items.code[int(planned.item[row])])
    place = snapshot.locations.code[int(planned.location[row])]
    units, name = int(planned.quantity[row]), f"{KIND_NAMES[int(planned.kind[row])]} {planned.number[row]}"
    place_by, due = date_of(int(planned.start[row])), date_of(int(planned.due[row]))
    key = OrderNo(planned.order[row]), int(planned.line[row])
    own = int(planned.item[row]) == int(snapshot.demand.item[line])
    return Finding(
        type=ExceptionType.DEMAND_SHORTAGE if own else ExceptionType.COMPONENT_SHORTAGE,
        root=name,
        cause="not placed",
        title=f"{name[0].upper()}{name[1:]} of {units:,} {item} for order line {key[0]}/{key[1]} was to be placed by"
        f" {place_by} and is not",
        fixes=(f"{planned.number[row]} placed now, by a quicker way", f"{units:,} more {item} at {place} by {due}"),
        needed_by=max(due, date_of(snapshot.as_of)),
        item=item,
        location=place,
        short_item=item,
        short_for=(key,),
        needs_harm=True,
    )
