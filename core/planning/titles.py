"""The titles of shortage cases and what would fix them, in plain words."""

from datetime import date, timedelta

from core.domain.cases import ExceptionType
from core.planning.explaining import PAST_DUE
from core.planning.impacts import Scan
from core.planning.naming import counted
from core.planning.positions import item_position
from core.planning.rooting import RootCause
from core.planning.snapshot import day_number

_NAMED = 3


def shortage_title(scan: Scan, cause: RootCause, *, item: str, location: str, lacking: int) -> str:
    """One sentence: what is wrong, and how many order lines it hurts."""
    lines, who = counted(len(cause.lines), "order line"), "waits" if len(cause.lines) == 1 else "wait"
    if cause.type is ExceptionType.COMPONENT_SHORTAGE:
        held = _held_up(scan, cause)
        return f"Component {item} at {location} lacks {counted(lacking, 'unit')}: {held}, {lines} {who}"
    if cause.cause == "uncovered":
        return f"{item} at {location} has no supply for {counted(lacking, 'unit')}: {lines} {who}"
    if cause.cause == PAST_DUE:
        return f"{item} at {location} is in stock, but the promised date of {lines} has passed"
    return f"Supply of {item} at {location} comes too late: {lines} {who} for {counted(lacking, 'unit')}"


def shortage_fixes(
    scan: Scan, cause: RootCause, *, item: str, location: str, lacking: int, by: date
) -> tuple[str, ...]:
    """What would put it right, in sentences; making, where there is time to make."""
    if cause.cause == PAST_DUE:
        return ("shipping today, or new dates agreed with the customers",)
    more = f"{lacking:,} more {item} at {location} by {by.isoformat()}"
    items = scan.snapshot.items
    at = item_position(scan.snapshot, item)
    start = by - timedelta(days=int(items.lead_days[at]))
    if not items.make[at] or cause.cause != "uncovered" or day_number(start) < scan.snapshot.as_of:
        return (more,)
    return more, f"a work order for {lacking:,} {item} that starts by {start.isoformat()}"


def _held_up(scan: Scan, cause: RootCause) -> str:
    """The work orders held up, the first few by number, or the making that is planned."""
    numbers = sorted(scan.snapshot.supply.number[order] for order in cause.work_orders)
    if not numbers:
        return "planned making is held up"
    shown = ", ".join(numbers[:_NAMED]) + (f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else "")
    return f"{'work order' if len(numbers) == 1 else 'work orders'} {shown} held up"
