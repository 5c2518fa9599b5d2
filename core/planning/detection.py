"""Detection: the exception cases of a netting, one for each root cause, as a pure function.

Every line that is late or short belongs to exactly one case, the one at the end of its critical path (tracing.py):
E02 an overdue purchase order (overdue.py), E07 a component that holds up making, E01 the item itself. Lines on time
with little slack join the overdue order they rest on, or form an E18 with their supply (thin.py). Items about to fall
below safety stock form an E34 (safety.py). The outage of a supplier (E38) is a declared overlay (outage.py).
"""

from core.domain.cases import DetectedCase, ExceptionType
from core.domain.ids import ItemCode
from core.planning.impacts import Scan, best_tier, exposure_of, impacts_of, scan_of
from core.planning.outcome import NetResult
from core.planning.overdue import overdue_cases
from core.planning.rooting import RootCause, first_need, lacking_of, place_of, root_causes
from core.planning.safety import safety_cases
from core.planning.snapshot import Snapshot, date_of
from core.planning.thin import thin_case, thin_lines
from core.planning.titles import shortage_fixes, shortage_title


def detect(snapshot: Snapshot, result: NetResult) -> tuple[DetectedCase, ...]:
    """All cases, the largest exposure first, then by key; equal books give equal cases."""
    scan = scan_of(snapshot, result)
    causes, thin = root_causes(scan), thin_lines(scan)
    cases = overdue_cases(scan, causes, thin=thin)
    cases += [_shortage(scan, cause) for cause in causes if cause.type is not ExceptionType.LATE_PURCHASE_ORDER]
    cases += [thin_case(scan, supply, lines) for supply, lines in thin.items()]
    short = {int(result.requirements.item[root]) for cause in causes for root in cause.roots}
    cases += safety_cases(scan, besides=short)
    return tuple(sorted(cases, key=lambda case: (-case.exposure, case.key)))


def _shortage(scan: Scan, cause: RootCause) -> DetectedCase:
    snapshot, root = scan.snapshot, cause.roots[0]
    item = snapshot.items.code[int(scan.result.requirements.item[root])]
    location = snapshot.locations.code[place_of(scan, root)]
    by = date_of(max(snapshot.as_of, first_need(scan, cause)))
    lacking = lacking_of(scan, cause)
    impacts = impacts_of(scan, list(cause.lines))
    return DetectedCase(
        type=cause.type,
        root=cause.name,
        cause=cause.cause,
        title=shortage_title(scan, cause, item=item, location=location, lacking=lacking),
        item=ItemCode(item),
        location=location,
        lacking=lacking,
        needed_by=by,
        exposure=exposure_of(impacts),
        best_tier=best_tier(scan, list(cause.lines)),
        impacts=impacts,
        fixes=shortage_fixes(scan, cause, item=item, location=location, lacking=lacking, by=by),
    )
