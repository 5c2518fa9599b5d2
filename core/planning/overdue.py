"""Overdue purchase orders (E02): those past due with units to come, and the order lines that wait for them.

The scan believes an overdue order by its rule, most often to come today. Lines that are late all the same because of it
wait for it; so do lines that would be late or short if it never came, which a second netting without overdue supply
tells: being pegged to it is not enough, other supply may step in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.domain.cases import DetectedCase, ExceptionType
from core.domain.ids import ItemCode
from core.planning.buffers import word_day, word_days
from core.planning.exposure import positions
from core.planning.impacts import Scan, best_tier, exposure_of, impacts_of, scan_of
from core.planning.naming import counted, supplier_name, supply_name
from core.planning.netting import net
from core.planning.rooting import RootCause, root_causes
from core.planning.rules import OverdueSupply
from core.planning.snapshot import PURCHASE_ORDER, date_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    """The lines that wait for an order, the units they lack without it and the day the first are needed."""

    lines: tuple[int, ...]
    units: int
    day: int


def overdue_cases(scan: Scan, causes: Sequence[RootCause], *, thin: dict[int, list[int]]) -> list[DetectedCase]:
    """A case for each overdue purchase order line, waited for or not. `causes` are the root causes of the scan; lines
    of `thin` that rest on an overdue order are taken out of it and join the order's case."""
    supply, word = scan.snapshot.supply, word_days(scan.snapshot)
    overdue = positions((supply.kind == PURCHASE_ORDER) & (word < scan.snapshot.as_of) & (supply.quantity > 0))
    if not overdue:
        return []
    without = _without_overdue(scan)
    late = {cause.supply: cause.lines for cause in causes}
    waited = {cause.supply: cause for cause in root_causes(without) if cause.type is ExceptionType.LATE_PURCHASE_ORDER}
    return [
        _case(scan, without, at, _waiting(scan, without, at, waited.get(at), (*late.get(at, ()), *thin.pop(at, []))))
        for at in overdue
    ]


def _without_overdue(scan: Scan) -> Scan:
    rules = scan.result.rules
    if rules.overdue is OverdueSupply.IGNORE:
        return scan
    return scan_of(scan.snapshot, net(scan.snapshot, replace(rules, overdue=OverdueSupply.IGNORE)))


def _waiting(scan: Scan, without: Scan, at: int, cause: RootCause | None, known: tuple[int, ...]) -> _Waiting:
    """`known` lines wait in any case; of those that would only be hurt without the order, the ones on time now."""
    snapshot = scan.snapshot
    hurt = () if cause is None else tuple(line for line in cause.lines if scan.stand.on_time[line])
    lines = tuple(sorted({*known, *hurt}))
    open_ = int(snapshot.supply.quantity[at])
    paths = [without.paths.of(int(without.result.line_requirement[line])) for line in lines]
    roots = {path.root for path in paths if path.supply == at}
    days = [int(without.result.requirements.need[root]) for root in roots]
    days += [int(snapshot.demand.due[line]) for line in known]
    lacking = sum(without.explainer.lacking(root) for root in roots)
    return _Waiting(
        lines=lines,
        units=min(open_, lacking) or open_,
        day=max(snapshot.as_of, min(days, default=snapshot.as_of)),
    )


def _case(scan: Scan, without: Scan, at: int, waiting: _Waiting) -> DetectedCase:
    snapshot, supply, lines = scan.snapshot, scan.snapshot.supply, list(waiting.lines)
    name, item = supply_name(snapshot, at), snapshot.items.code[int(supply.item[at])]
    impacts = impacts_of(scan, lines, otherwise=without)
    location, by = snapshot.locations.code[int(supply.location[at])], date_of(waiting.day)
    more = f"{waiting.units:,} more {item} at {location} by {by.isoformat()}"
    return DetectedCase(
        type=ExceptionType.LATE_PURCHASE_ORDER,
        root=name,
        cause="overdue",
        title=_title(scan, at, item=item, lines=len(lines), units=waiting.units),
        item=ItemCode(item),
        location=location,
        lacking=waiting.units,
        needed_by=by,
        exposure=exposure_of(impacts),
        best_tier=best_tier(scan, lines),
        impacts=impacts,
        fixes=(f"delivery of {name} by {by.isoformat()}", more) if lines else (f"delivery of {name}",),
    )


def _title(scan: Scan, at: int, *, item: str, lines: int, units: int) -> str:
    days = counted(scan.snapshot.as_of - word_day(scan.snapshot, at), "day")
    name = supply_name(scan.snapshot, at)
    head = f"{name[0].upper()}{name[1:]} from {supplier_name(scan.snapshot, at)} is {days} overdue"
    if not lines:
        return f"{head}: no order line waits for its {units:,} {item} yet"
    return f"{head}: {counted(lines, 'order line')} {'waits' if lines == 1 else 'wait'} for {units:,} {item}"
