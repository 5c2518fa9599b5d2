"""What can be seen on the way out: short picks, missed cut-offs, trouble with carriers."""

from collections.abc import Iterator
from datetime import date

from core.domain.cases import ExceptionType
from core.domain.watching.facts import Facts, PickWatch, ReleaseWatch, ShipmentWatch
from core.domain.watching.finding import Finding
from core.domain.watching.words import counted, line_name


def shipping_findings(facts: Facts, *, as_of: date) -> Iterator[Finding]:
    """E15 to E17."""
    yield from (_short(pick, as_of=as_of) for pick in facts.picks if pick.picked < pick.released or pick.rejected)
    for release in facts.releases:
        if release.leave_by < as_of or (release.leave_by == as_of and release.cut_off_passed):
            yield _unreleased(release, as_of=as_of)
    for shipment in facts.shipments:
        if shipment.trouble or (shipment.expected is not None and shipment.expected > shipment.promised):
            yield _delayed(shipment, as_of=as_of)


def _short(pick: PickWatch, *, as_of: date) -> Finding:
    what = f"{pick.location} rejected it ({pick.rejected})" if pick.rejected else f"{pick.picked:,} were picked"
    return Finding(
        type=ExceptionType.SHORT_PICK,
        root=line_name(pick.line),
        cause=pick.pick,
        title=f"{pick.released:,} {pick.item} were released for {line_name(pick.line)}, {what}",
        fixes=("the rest from another location", "a new date"),
        needed_by=as_of,
        item=pick.item,
        location=pick.location,
        lacking=pick.released - pick.picked,
        lines=(pick.line,),
        takes=(pick.line,),
    )


def _unreleased(release: ReleaseWatch, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.MISSED_CUT_OFF,
        root=line_name(release.line),
        cause="cut-off",
        title=f"{release.quantity:,} {release.item} for {line_name(release.line)} had to leave {release.location} by "
        f"{release.leave_by} and were not released by the cut-off",
        fixes=("a quicker service", "the release forced today"),
        needed_by=as_of,
        item=release.item,
        location=release.location,
        lines=(release.line,),
        takes=(release.line,),
    )


def _delayed(shipment: ShipmentWatch, *, as_of: date) -> Finding:
    expected = f"is expected on {shipment.expected}, promised for {shipment.promised}"
    return Finding(
        type=ExceptionType.CARRIER_EXCEPTION,
        root=f"shipment {shipment.shipment}",
        cause=shipment.trouble or "late",
        title=f"Shipment {shipment.shipment} with {shipment.carrier} "
        f"{'is ' + shipment.trouble if shipment.trouble else expected}: {counted(len(shipment.lines), 'order line')}",
        fixes=("goods sent again", "a quicker service for the rest of the way", "a new date"),
        needed_by=max(shipment.promised, as_of),
        item=shipment.item,
        location=shipment.location,
        lacking=shipment.quantity if shipment.trouble in {"lost", "damaged"} else 0,
        lines=shipment.lines,
    )
