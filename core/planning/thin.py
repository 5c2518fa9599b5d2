"""Thin promises (E18): lines on time that rest on supply on order, with less slack than the buffer.

What is only planned for a promise was given its day when the promise was made: nothing has happened to it since.
"""

from core.domain.cases import DetectedCase, ExceptionType
from core.domain.ids import ItemCode
from core.planning.exposure import positions
from core.planning.impacts import Scan, best_tier, exposure_of, impacts_of, not_before_today
from core.planning.naming import counted, day_name, supply_name
from core.planning.snapshot import PLANNED_WORK


def thin_lines(scan: Scan) -> dict[int, list[int]]:
    """The thin lines of each supply (position) they rest on."""
    snapshot, result = scan.snapshot, scan.result
    slack = snapshot.demand.due - result.line_available
    found: dict[int, list[int]] = {}
    for line in positions(scan.stand.on_time & (slack < snapshot.buffer_days)):
        supply = scan.paths.last_supply(int(result.line_requirement[line]))
        if supply >= 0 and int(snapshot.supply.kind[supply]) < PLANNED_WORK:
            found.setdefault(supply, []).append(line)
    return found


def units_from(scan: Scan, supply: int, lines: list[int]) -> int:
    """The units of a supply that serve these lines."""
    pegs, result = scan.result.pegs, scan.result
    wanted = {int(result.line_requirement[line]) for line in lines}
    from_it = positions(result.receipts.supply[pegs.receipt] == supply)
    return sum(int(pegs.quantity[peg]) for peg in from_it if int(pegs.requirement[peg]) in wanted)


def thin_case(scan: Scan, supply: int, lines: list[int]) -> DetectedCase:
    """The case of the thin lines that rest on one supply. Its exposure is a day's penalty of each line: what the first
    day's slip would cost, nothing more is known."""
    snapshot, table = scan.snapshot, scan.snapshot.supply
    name, item = supply_name(snapshot, supply), snapshot.items.code[int(table.item[supply])]
    impacts = impacts_of(scan, lines)
    there = max(int(scan.result.line_available[line]) for line in lines)
    needed_by = not_before_today(snapshot, min(int(snapshot.demand.due[line]) for line in lines))
    spare = counted(snapshot.buffer_days, "day")
    return DetectedCase(
        type=ExceptionType.PROMISE_AT_RISK,
        root=name,
        cause="thin",
        title=f"{name[0].upper()}{name[1:]} brings {item} on {day_name(there)}: "
        f"{counted(len(lines), 'order line')} resting on it {'has' if len(lines) == 1 else 'have'} "
        f"less than {spare} to spare",
        item=ItemCode(item),
        location=snapshot.locations.code[int(table.location[supply])],
        lacking=units_from(scan, supply, lines),
        needed_by=needed_by,
        exposure=exposure_of(impacts),
        best_tier=best_tier(scan, lines),
        impacts=impacts,
        fixes=(f"{name} in by {day_name(there - 1)} or sooner",),
    )
