"""What can be seen where things are made: orders behind, work centres overloaded, too few good units."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from core.domain.cases import ExceptionType
from core.domain.watching.facts import Facts, LoadWatch, WorkWatch
from core.domain.watching.finding import Finding
from core.domain.watching.words import counted


def making_findings(facts: Facts, *, as_of: date) -> Iterator[Finding]:
    """E08, E09, E10 and E33 on work orders. An order that is behind only because its work centre is overloaded is
    part of the work centre's case."""
    overloaded = _overloads(facts)
    at_overload = {order for load in overloaded for order in load.work_orders}
    yield from (_overload(load, as_of=as_of) for load in overloaded)
    for work in facts.works:
        if work.cancelled_line is not None:
            yield _orphan(work, as_of=as_of)
            continue
        if work.order not in at_overload and work.minutes_left > work.minutes_until_due:
            yield _behind(work, as_of=as_of)
        elif work.order not in at_overload and work.released:
            yield _too_late(work, as_of=as_of)
        if work.scrapped:
            yield _yield_loss(work, as_of=as_of)


def _overloads(facts: Facts) -> list[LoadWatch]:
    """The first overloaded day of each work centre."""
    first: dict[str, LoadWatch] = {}
    for load in sorted(facts.loads, key=lambda load: (load.work_center, load.on)):
        if load.load > load.available:
            first.setdefault(load.work_center, load)
    return list(first.values())


def _overload(load: LoadWatch, *, as_of: date) -> Finding:
    over = counted(load.load - load.available, "minute")
    reason = f" ({load.reason})" if load.reason else ""
    return Finding(
        type=ExceptionType.CAPACITY_OVERLOAD,
        root=f"work center {load.work_center}",
        cause="overload",
        title=f"{load.work_center} has {load.load:,} minutes of work on {load.on} and {load.available:,} minutes "
        f"to do it{reason}: {over} too many, {counted(len(load.work_orders), 'work order')}",
        fixes=("work moved to another work centre", "overtime or an extra shift", "orders put off"),
        needed_by=max(load.on, as_of),
        location=load.location,
        supply=tuple((order, 1) for order in load.work_orders),
    )


def _behind(work: WorkWatch, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.WORK_ORDER_BEHIND,
        root=f"work order {work.order}",
        cause="behind",
        title=f"{work.order} has {work.minutes_left:,} minutes of work left and {work.minutes_until_due:,} minutes of "
        f"working time until it is due on {work.due}",
        fixes=("another work centre or overtime", "a later due date"),
        needed_by=max(work.due, as_of),
        item=work.item,
        location=work.location,
        lacking=work.planned - work.good,
        supply=((work.order, 1),),
    )


def _too_late(work: WorkWatch, *, as_of: date) -> Finding:
    """An order at work that is in time for its own date: one only where lines need it sooner."""
    return Finding(
        type=ExceptionType.WORK_ORDER_BEHIND,
        root=f"work order {work.order}",
        cause="after need",
        title=f"{work.order} brings {work.planned - work.good:,} {work.item} on {work.due}, "
        "after order lines need them",
        fixes=("an earlier due date", "another work centre or overtime"),
        needed_by=max(work.due, as_of),
        item=work.item,
        location=work.location,
        supply=((work.order, 1),),
        needs_harm=True,
    )


def _yield_loss(work: WorkWatch, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.YIELD_LOSS,
        root=f"work order {work.order}",
        cause="yield",
        title=f"{work.order} lost {counted(work.scrapped, 'unit')} of {work.item} to scrap: "
        f"{work.good:,} of {work.planned:,} are good",
        fixes=(f"a work order for {work.scrapped:,} more {work.item}", "units from elsewhere"),
        needed_by=max(work.due, as_of),
        item=work.item,
        location=work.location,
        lacking=work.scrapped,
        short_item=work.item,
        needs_harm=True,
    )


def _orphan(work: WorkWatch, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.ORPHAN_SUPPLY,
        root=f"work order {work.order}",
        cause="orphan",
        title=f"{work.planned - work.good:,} {work.item} on {work.order} are made for a line that is cancelled",
        fixes=("the order cancelled or put off", "another use for the goods"),
        needed_by=max(work.due, as_of),
        item=work.item,
        location=work.location,
        exposure=Decimal("0.00"),
        supply=((work.order, 1),),
        needs_idle=True,
    )
