"""The cases of findings: what the documents say, with the lines the engine knows to be hurt by it."""

from datetime import timedelta

from core.domain.cases import DetectedCase, ExceptionType, LineImpact, WhyStep
from core.domain.ids import ItemCode
from core.domain.watching.facts import Facts
from core.domain.watching.finding import Finding
from core.domain.watching.policy import WatchPolicy
from core.domain.watching.words import begun, line_name
from core.planning.claiming import Claims
from core.planning.impacts import LOWEST_TIER, Scan, best_tier, exposure_of, impacts_of
from core.planning.naming import day_name
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.planned import without_planned_for
from core.planning.rooting import RootCause, lacking_of, merged, place_of, root_cause
from core.planning.simulation import line_position
from core.planning.snapshot import NEVER, date_of, day_number


def watched_cases(scan: Scan, findings: tuple[Finding, ...], claims: Claims) -> list[DetectedCase]:
    """A case for each finding that stands by itself or that hurts a line."""
    used = _used(scan) if any(one.needs_idle for one in findings) else frozenset[tuple[str, int]]()
    found = (one for one in findings if not one.needs_harm or one.key in claims.taken)
    stand = (one for one in found if not (one.needs_idle and used.intersection(one.supply)))
    return [_case(scan, one, claims.taken.get(one.key, []), claims.touched.get(one.key, [])) for one in stand]


def _used(scan: Scan) -> frozenset[tuple[str, int]]:
    """The purchase and work order lines that something is pegged to."""
    receipts, supply = scan.result.receipts, scan.snapshot.supply
    pegged = {int(at) for at in receipts.supply[scan.result.pegs.receipt]}
    return frozenset((supply.number[at], int(supply.line[at])) for at in pegged if at >= 0)


def _case(scan: Scan, finding: Finding, taken: list[int], touched: list[int]) -> DetectedCase:
    causes = merged(root_cause(scan, line) for line in taken)
    lines = sorted({*taken, *touched})
    impacts = tuple(_because(finding, impact) for impact in impacts_of(scan, lines))
    lacking = sum(lacking_of(scan, cause) for cause in causes)
    item, location = _place(scan, finding, causes)
    return DetectedCase(
        type=finding.type,
        root=finding.root,
        cause=finding.cause,
        title=finding.title,
        item=item,
        location=location,
        lacking=max(lacking, finding.lacking),
        needed_by=finding.needed_by,
        exposure=exposure_of(impacts) if finding.exposure is None else finding.exposure,
        best_tier=best_tier(scan, lines) if lines else LOWEST_TIER,
        impacts=impacts,
        fixes=finding.fixes,
    )


def _place(scan: Scan, finding: Finding, causes: tuple[RootCause, ...]) -> tuple[ItemCode, str]:
    """Where units are lacking: where the path of the lines taken over ends, else what the finding names."""
    if not causes:
        return finding.item, finding.location
    root = causes[0].roots[0]
    item = scan.snapshot.items.code[int(scan.result.requirements.item[root])]
    return ItemCode(item), scan.snapshot.locations.code[place_of(scan, root)]


def _because(finding: Finding, impact: LineImpact) -> LineImpact:
    step = WhyStep(subject=finding.root, text=finding.title)
    return LineImpact(
        order=impact.order,
        line=impact.line,
        customer=impact.customer,
        item=impact.item,
        quantity=impact.quantity,
        short=impact.short,
        due=impact.due,
        projected=impact.projected,
        days_late=impact.days_late,
        exposure=impact.exposure,
        why=(*impact.why, step),
    )


def improvable(scan: Scan, facts: Facts, policy: WatchPolicy) -> list[DetectedCase]:
    """E19: lines whose customer wants them sooner than promised and that will be there sooner, or would be if they did
    not wait for what was planned for them."""
    found, otherwise = list[DetectedCase](), _unplanned(scan, facts)
    for wish in facts.wishes:
        at = line_position(scan.snapshot, *wish.line)
        there = NEVER if at is None else max(_soonest(at, scan.result, otherwise), scan.snapshot.as_of)
        latest = day_number(wish.promised - timedelta(days=policy.improve_days))
        if at is None or there > latest or wish.requested >= wish.promised:
            continue
        impacts = impacts_of(scan, [at])
        demand = scan.snapshot.demand
        found.append(
            DetectedCase(
                type=ExceptionType.PROMISE_IMPROVABLE,
                root=line_name(wish.line),
                cause="earlier",
                title=f"{begun(line_name(wish.line))} is promised for {wish.promised} and can be there on "
                f"{day_name(there)}; the customer asked for {wish.requested}",
                item=impacts[0].item,
                location=scan.snapshot.locations.code[int(demand.location[at])],
                lacking=0,
                needed_by=date_of(there),
                exposure=exposure_of(impacts),
                best_tier=best_tier(scan, [at]),
                impacts=impacts,
                fixes=(f"the promise moved to {day_name(there)}",),
            )
        )
    return found


def _unplanned(scan: Scan, facts: Facts) -> NetResult:
    """The netting without what was planned for the lines that customers want sooner."""
    without = without_planned_for(scan.snapshot, {(str(order), line) for order, line in (w.line for w in facts.wishes)})
    return scan.result if without is scan.snapshot else net(without, scan.result.rules)


def _soonest(at: int, result: NetResult, otherwise: NetResult) -> int:
    there = int(result.line_available[at])
    return there if otherwise.line_short[at] else min(there, int(otherwise.line_available[at]))
