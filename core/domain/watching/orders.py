"""What can be seen on sales orders: wishes, changes, cancellations, duplicates, quotas, sets, outliers, rush."""

from collections.abc import Iterator
from datetime import date, timedelta

from core.domain.cases import ExceptionType
from core.domain.watching.facts import (
    ChangeWatch,
    DemandWatch,
    DuplicateWatch,
    EntryWatch,
    Facts,
    QuotaWatch,
    RushWatch,
    SetWatch,
)
from core.domain.watching.finding import Finding
from core.domain.watching.policy import WatchPolicy
from core.domain.watching.words import begun, counted, line_name


def order_findings(facts: Facts, policy: WatchPolicy, *, as_of: date) -> Iterator[Finding]:
    """E20 to E23, E28, E31, E32 and E40."""
    late = (entry for entry in facts.entries if entry.earliest is None or entry.earliest > entry.requested)
    new = (rush for rush in facts.rushes if as_of - rush.entered <= timedelta(days=policy.rush_days))
    used_up = (quota for quota in facts.quotas if quota.left < quota.wanted <= quota.in_stock)
    apart = (found for found in facts.sets if len({on for _, on in found.days}) > 1)
    yield from (_infeasible(entry, as_of=as_of) for entry in late)
    yield from (_rush(rush, as_of=as_of) for rush in new)
    yield from _changes(facts, as_of=as_of)
    yield from (_twice(found, as_of=as_of) for found in facts.duplicates if len(found.orders) > 1)
    yield from (_quota(quota, as_of=as_of) for quota in used_up)
    yield from (_apart(found, as_of=as_of) for found in apart)
    yield from (_outlier(demand, as_of=as_of) for demand in facts.demands if _unusual(demand, policy))


def _changes(facts: Facts, *, as_of: date) -> Iterator[Finding]:
    for change in facts.changes:
        if change.cancels and change.supply:
            yield _cancelled(change, as_of=as_of)
        elif change.asked or (change.frozen and not change.cancels):
            yield _changed(change, as_of=as_of)


def _unusual(demand: DemandWatch, policy: WatchPolicy) -> bool:
    return demand.earlier >= policy.outlier_history and demand.quantity > policy.outlier_factor * demand.typical


def _infeasible(entry: EntryWatch, *, as_of: date) -> Finding:
    earliest = f"{entry.earliest} is the earliest" if entry.earliest else "no date can be promised"
    return Finding(
        type=ExceptionType.REQUEST_INFEASIBLE,
        root=line_name(entry.line),
        cause="requested date",
        title=f"{begun(line_name(entry.line))} asks for {entry.quantity:,} {entry.item} by {entry.requested}: "
        f"{earliest}",
        fixes=("another date, part of it, or another item offered to the customer",),
        needed_by=max(entry.requested, as_of),
        item=entry.item,
        location=entry.location,
        lacking=entry.quantity,
        lines=(entry.line,),
    )


def _rush(rush: RushWatch, *, as_of: date) -> Finding:
    """A rush order is served first: what it hurts is itself, or those its units were for."""
    return Finding(
        type=ExceptionType.RUSH_ORDER,
        root=line_name(rush.line),
        cause="rush",
        title=f"New {line_name(rush.line)} of the highest priority can be kept only with supply that others have",
        fixes=("supply taken back from lines of lower priority",),
        needed_by=as_of,
        item=rush.item,
        location=rush.location,
        short_item=rush.item,
        takes=(rush.line,),
        needs_harm=True,
    )


def _changed(change: ChangeWatch, *, as_of: date) -> Finding:
    what = "a cancellation" if change.cancels else "a change"
    where = " inside the freeze fence" if change.frozen else ""
    return Finding(
        type=ExceptionType.CUSTOMER_CHANGE,
        root=f"order {change.order}",
        cause=change.reference,
        title=f"The customer of {change.order} asks for {what}{where}: {change.what}",
        fixes=("the change taken, or declined with a reason",),
        needed_by=as_of,
        lines=change.lines,
    )


def _cancelled(change: ChangeWatch, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.CANCEL_AFTER_COMMIT,
        root=f"order {change.order}",
        cause=change.reference,
        title=f"The customer cancels {counted(len(change.lines), 'line')} of {change.order} "
        f"although {', '.join(change.supply)} {'is' if len(change.supply) == 1 else 'are'} released for it",
        fixes=("the cancellation declined or charged", "the supply cancelled or used for others"),
        needed_by=as_of,
        lines=change.lines,
    )


def _twice(found: DuplicateWatch, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.DUPLICATE_ORDER,
        root=f"customer {found.customer}",
        cause=f"PO {found.customer_po}",
        title=f"{found.customer} ordered the same lines under {found.customer_po} "
        f"{counted(len(found.orders), 'time')}: {', '.join(found.orders)}",
        fixes=("the customer asked which order stands",),
        needed_by=as_of,
        exposure=found.value,
    )


def _quota(quota: QuotaWatch, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.QUOTA_EXHAUSTED,
        root=f"quota {quota.quota}",
        cause=line_name(quota.line),
        title=f"{begun(line_name(quota.line))} wants {quota.wanted:,} {quota.item}, quota {quota.quota} has "
        f"{quota.left:,} left while {quota.in_stock:,} are in stock",
        fixes=("quota moved or released", "another date or item offered"),
        needed_by=as_of,
        item=quota.item,
        location=quota.location,
        lacking=quota.wanted - quota.left,
        lines=(quota.line,),
        takes=(quota.line,),
    )


def _apart(found: SetWatch, *, as_of: date) -> Finding:
    last = max(on for _, on in found.days)
    late = [line for line, on in found.days if on == last]
    return Finding(
        type=ExceptionType.LINE_SET_BREAK,
        root=f"order {found.order}",
        cause=f"set {found.name}",
        title=f"The lines of set {found.name} of {found.order} must go together; "
        f"{'line' if len(late) == 1 else 'lines'} {', '.join(map(str, late))} "
        f"{'comes' if len(late) == 1 else 'come'} on {last}, after the others",
        fixes=("the set split with the customer's consent", "a substitute for what comes last"),
        needed_by=max(min(on for _, on in found.days), as_of),
        lines=tuple((found.order, line) for line, _ in found.days),
    )


def _outlier(demand: DemandWatch, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.DEMAND_OUTLIER,
        root=line_name(demand.line),
        cause="outlier",
        title=f"{demand.customer} orders {demand.quantity:,} {demand.item} on {line_name(demand.line)}; "
        f"{demand.typical:,} is usual over {counted(demand.earlier, 'line')}",
        fixes=("the quantity confirmed by the customer",),
        needed_by=as_of,
        item=demand.item,
        location=demand.location,
        exposure=demand.value,
        lines=(demand.line,),
        takes=(demand.line,),
    )
