"""The titles of shortage cases and what would fix them, in plain words."""

from datetime import date

from core.domain.cases import ExceptionType
from core.planning.explaining import PAST_DUE
from core.planning.impacts import Scan
from core.planning.naming import counted, supplier_name
from core.planning.rooting import RootCause

_NAMED = 3


def shortage_title(scan: Scan, cause: RootCause, *, item: str, location: str, lacking: int) -> str:
    """One sentence: what is wrong, and how many order lines it hurts."""
    lines, who = counted(len(cause.lines), "order line"), "waits" if len(cause.lines) == 1 else "wait"
    match cause.type, cause.cause:
        case ExceptionType.LATE_PURCHASE_ORDER, _:
            return _overdue_title(scan, cause, item=item, lacking=lacking)
        case ExceptionType.COMPONENT_SHORTAGE, _:
            held = _held_up(scan, cause)
            return f"Component {item} at {location} lacks {counted(lacking, 'unit')}: {held}, {lines} {who}"
        case _, "uncovered":
            return f"{item} at {location} has no supply for {counted(lacking, 'unit')}: {lines} {who}"
        case _, "late":
            return f"Supply of {item} at {location} comes too late: {lines} {who} for {counted(lacking, 'unit')}"
        case _:
            return f"{item} at {location} is in stock, but the promised date of {lines} has passed"


def shortage_fixes(cause: RootCause, *, item: str, location: str, lacking: int, by: date) -> tuple[str, ...]:
    """What would put it right, in sentences."""
    more = f"{lacking:,} more {item} at {location} by {by.isoformat()}"
    match cause.type, cause.cause:
        case ExceptionType.LATE_PURCHASE_ORDER, _:
            if not cause.lines:
                return (f"delivery of {cause.name}, or a new date for it",)
            return f"delivery of {cause.name} by {by.isoformat()}", more
        case _, _ if cause.cause == PAST_DUE:
            return ("shipping today, or new dates agreed with the customers",)
        case _:
            return (more,)


def _overdue_title(scan: Scan, cause: RootCause, *, item: str, lacking: int) -> str:
    snapshot, supply = scan.snapshot, cause.supply
    days = counted(snapshot.as_of - int(snapshot.supply.due[supply]), "day")
    head = f"{cause.name[0].upper()}{cause.name[1:]} from {supplier_name(snapshot, supply)} is {days} overdue"
    if not cause.lines:
        return f"{head}: no order line waits for its {lacking:,} {item} yet"
    lines, who = counted(len(cause.lines), "order line"), "waits" if len(cause.lines) == 1 else "wait"
    return f"{head}: {lines} {who} for {lacking:,} {item}"


def _held_up(scan: Scan, cause: RootCause) -> str:
    """The work orders held up, the first few by number, or the making that is planned."""
    numbers = sorted(scan.snapshot.supply.number[order] for order in cause.work_orders)
    if not numbers:
        return "planned making is held up"
    shown = ", ".join(numbers[:_NAMED]) + (f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else "")
    return f"{'work order' if len(numbers) == 1 else 'work orders'} {shown} held up"
