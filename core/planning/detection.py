"""Detection: the exception cases of a netting and of the facts beside it, one for each root cause, a pure function.

Every line that is late or short belongs to exactly one case: that of a finding that explains it (claiming.py: a slip, a
cut, a lot on hold, an order planned for it and not placed in time (unplaced.py), ...), else the one at the end of its
critical path (tracing.py): E02 an overdue purchase order (overdue.py), E07 a component that holds up making, E01 the
item itself. Lines on time with little slack join the overdue order they rest on, or form an E18 with their supply
(thin.py). Items about to fall below safety stock form an E34 (safety.py), lines that can be sooner than promised an E19
(watched.py). The what-if of a supplier's outage is an overlay (outage.py); a declared disruption is a finding.
"""

from core.domain.cases import DetectedCase, ExceptionType
from core.domain.ids import ItemCode
from core.domain.watching.facts import NO_FACTS, Facts
from core.domain.watching.policy import DEFAULT_WATCH, WatchPolicy
from core.domain.watching.rules import findings
from core.planning.claiming import claims_of
from core.planning.impacts import Scan, best_tier, exposure_of, impacts_of, scan_of
from core.planning.outcome import NetResult
from core.planning.overdue import overdue_cases
from core.planning.rooting import RootCause, first_need, lacking_of, place_of, root_causes
from core.planning.safety import safety_cases
from core.planning.snapshot import Snapshot, date_of
from core.planning.thin import thin_case, thin_lines
from core.planning.titles import shortage_fixes, shortage_title
from core.planning.unplaced import unplaced
from core.planning.watched import improvable, watched_cases


def detect(
    snapshot: Snapshot, result: NetResult, facts: Facts = NO_FACTS, policy: WatchPolicy = DEFAULT_WATCH
) -> tuple[DetectedCase, ...]:
    """All cases, the largest exposure first, then by key; equal books and facts give equal cases."""
    scan, items = scan_of(snapshot, result), snapshot.items.code
    found = (*findings(facts, as_of=date_of(snapshot.as_of), policy=policy), *unplaced(snapshot))
    found = tuple(sorted(found, key=lambda one: one.key))
    claims = claims_of(scan, found)
    causes = root_causes(scan, besides=claims.lines)
    told = {line for lines in claims.touched.values() for line in lines}
    thin = {supply: rest for supply, lines in thin_lines(scan).items() if (rest := [x for x in lines if x not in told])}
    cases = overdue_cases(scan, causes, thin=thin)
    cases += [_shortage(scan, cause) for cause in causes if cause.type is not ExceptionType.LATE_PURCHASE_ORDER]
    cases += [thin_case(scan, supply, lines) for supply, lines in thin.items()]
    watched = watched_cases(scan, found, claims)
    cases += watched
    cases += improvable(scan, facts, policy)
    short = {int(result.requirements.item[root]) for cause in causes for root in cause.roots}
    short |= {items.index(case.item) for case in watched if case.lacking and case.item in items}
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
