"""What comes from outside: returns, feeds of other systems, disruptions, documents read with doubt, gaps in data."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from core.domain.cases import ExceptionType
from core.domain.watching.facts import Facts, FeedWatch, PurchaseWatch, ReturnWatch, SignalWatch
from core.domain.watching.finding import Finding
from core.domain.watching.policy import WatchPolicy
from core.domain.watching.words import begun, counted, waited

_NOTHING = Decimal("0.00")


def outside_findings(facts: Facts, policy: WatchPolicy, *, as_of: date) -> Iterator[Finding]:
    """E27, E28, E29, E35, E37 and E38."""
    for one in facts.returns:
        if why := _why_pending(one, policy):
            yield _return(one, why, as_of=as_of)
    for feed in facts.feeds:
        if feed.conflicts or feed.age_hours > feed.limit_hours:
            yield _feed(feed, as_of=as_of)
    for signal in facts.signals:
        yield from _signal(signal, facts, policy, as_of=as_of)


def _why_pending(one: ReturnWatch, policy: WatchPolicy) -> str:
    if one.refunded and not one.received:
        return "was refunded before the goods came"
    if not one.received and one.age_hours > policy.return_hours:
        return f"was announced {waited(one.age_hours)} ago and has not come"
    if one.received and not one.disposed and one.age_hours > policy.disposition_hours:
        return f"lies here for {waited(one.age_hours)} and nobody decided what becomes of it"
    return ""


def _return(one: ReturnWatch, why: str, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.RETURN_PENDING,
        root=f"return {one.number}",
        cause="refunded early" if one.refunded and not one.received else "disposition" if one.received else "receipt",
        title=f"Return {one.number} of {one.customer} for {one.order} {why}",
        fixes=("the goods received", "a disposition decided", "the customer asked"),
        needed_by=as_of,
        exposure=one.value,
    )


def _feed(feed: FeedWatch, *, as_of: date) -> Finding:
    said = (
        f"{feed.feed} contradicts what was done here {counted(len(feed.conflicts), 'time')}: {feed.conflicts[0]}"
        if feed.conflicts
        else f"{feed.feed} last came {waited(feed.age_hours)} ago; {waited(feed.limit_hours)} is the limit"
    )
    return Finding(
        type=ExceptionType.FEED_FAILURE,
        root=f"feed {feed.feed}",
        cause="conflict" if feed.conflicts else "stale",
        title=begun(said),
        fixes=("the contradiction settled by a person",) if feed.conflicts else ("the connection mended",),
        needed_by=as_of,
        exposure=_NOTHING,
    )


def _signal(signal: SignalWatch, facts: Facts, policy: WatchPolicy, *, as_of: date) -> Iterator[Finding]:
    match signal.kind:
        case "disruption":
            hit = [line for line in facts.purchases if _disrupted(line, signal)]
            if hit and (signal.last is None or signal.last >= as_of):
                yield _disruption(signal, hit, as_of=as_of)
        case "document" if signal.suspicious or signal.confidence < policy.confidence_percent:
            yield _doubt(signal, as_of=as_of)
        case "gap":
            yield Finding(
                type=ExceptionType.MASTER_DATA_GAP,
                root=signal.subject,
                cause=signal.reference,
                title=begun(signal.text),
                fixes=("the missing data entered",),
                needed_by=as_of,
                exposure=_NOTHING,
            )
        case "duplicate":
            yield Finding(
                type=ExceptionType.DUPLICATE_ORDER,
                root=signal.subject,
                cause=signal.reference,
                title=begun(signal.text),
                fixes=("the customer asked whether a second order is meant",),
                needed_by=as_of,
                exposure=_NOTHING,
            )
        case _:
            return


def _disrupted(line: PurchaseWatch, signal: SignalWatch) -> bool:
    """Whether the order line is with the supplier or goes to the place that is hit, and comes while it lasts."""
    where = (signal.supplier is None or line.supplier == signal.supplier) and (
        signal.destination is None or line.location == signal.destination
    )
    named = signal.supplier is not None or signal.destination is not None
    comes = line.confirmed_date or line.due
    begun = signal.first is None or comes >= signal.first
    return named and where and begun and (signal.last is None or comes <= signal.last)


def _disruption(signal: SignalWatch, hit: list[PurchaseWatch], *, as_of: date) -> Finding:
    first = min(hit, key=lambda line: (line.due, line.order, line.line))
    return Finding(
        type=ExceptionType.EXTERNAL_DISRUPTION,
        root=signal.subject,
        cause=signal.reference,
        title=begun(f"{signal.text}: {counted(len(hit), 'purchase order line')} on the way"),
        fixes=("other suppliers or lanes", "new dates"),
        needed_by=max(first.due, as_of),
        item=first.item,
        location=first.location,
        lacking=first.open,
        supply=tuple((line.order, line.line) for line in hit),
    )


def _doubt(signal: SignalWatch, *, as_of: date) -> Finding:
    why = (
        "holds text that tries to give orders"
        if signal.suspicious
        else f"was read with {signal.confidence} % confidence"
    )
    return Finding(
        type=ExceptionType.LOW_CONFIDENCE,
        root=signal.subject,
        cause=signal.reference,
        title=begun(f"{signal.subject} {why}"),
        fixes=("the document read by a person",),
        needed_by=as_of,
        exposure=_NOTHING,
    )
