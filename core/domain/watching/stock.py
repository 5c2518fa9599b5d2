"""What can be seen in stock: lots on hold or too old, less than was committed, more reserved than there is."""

from collections.abc import Iterator
from datetime import date, timedelta

from core.domain.cases import ExceptionType
from core.domain.watching.facts import DiscrepancyWatch, Facts, LotClaim, LotWatch, ReservationWatch
from core.domain.watching.finding import Finding
from core.domain.watching.words import begun, counted


def stock_findings(facts: Facts, *, as_of: date) -> Iterator[Finding]:
    """E11 to E14."""
    for lot in facts.lots:
        if lot.on_hold:
            yield _held(lot, as_of=as_of)
        elif old := _too_old(lot):
            yield _aged(lot, old, as_of=as_of)
    yield from (_discrepancy(found, as_of=as_of) for found in facts.discrepancies)
    yield from (_oversold(found, as_of=as_of) for found in facts.reservations)


def _held(lot: LotWatch, *, as_of: date) -> Finding:
    reserved = sum(claim.quantity for claim in lot.claims)
    return Finding(
        type=ExceptionType.QUALITY_HOLD,
        root=f"lot {lot.lot}",
        cause="hold",
        title=f"Lot {lot.lot} of {lot.item} at {lot.location} is on hold ({lot.why}): {counted(lot.quantity, 'unit')}, "
        f"{reserved:,} of them reserved",
        fixes=("another lot or location", "the lot released by quality"),
        needed_by=_first(lot.claims, as_of),
        item=lot.item,
        location=lot.location,
        lacking=reserved,
        lines=tuple(claim.line for claim in lot.claims),
        short_item=lot.item,
        needs_harm=not lot.claims,
    )


def _too_old(lot: LotWatch) -> tuple[LotClaim, ...]:
    expires = lot.expires
    if expires is None:
        return ()
    return tuple(claim for claim in lot.claims if expires - claim.due < timedelta(days=claim.shelf_life_days))


def _aged(lot: LotWatch, claims: tuple[LotClaim, ...], *, as_of: date) -> Finding:
    units = sum(claim.quantity for claim in claims)
    return Finding(
        type=ExceptionType.SHELF_LIFE,
        root=f"lot {lot.lot}",
        cause="shelf life",
        title=f"Lot {lot.lot} of {lot.item} expires on {lot.expires}: too soon for {counted(units, 'unit')} "
        f"of {counted(len(claims), 'order line')}",
        fixes=("a younger lot", "the customer's consent"),
        needed_by=_first(claims, as_of),
        item=lot.item,
        location=lot.location,
        lacking=units,
        lines=tuple(claim.line for claim in claims),
    )


def _first(claims: tuple[LotClaim, ...], as_of: date) -> date:
    return max(as_of, min((claim.due for claim in claims), default=as_of))


def _discrepancy(found: DiscrepancyWatch, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.INVENTORY_DISCREPANCY,
        root=f"item {found.item}@{found.location}",
        cause=found.reference,
        title=begun(
            f"{found.reference} found {counted(found.missing, 'unit')} of {found.item} at {found.location} missing "
            f"that {counted(len(found.lines), 'order line')} had been given"
        ),
        fixes=("units from elsewhere", "a recount"),
        needed_by=as_of,
        item=found.item,
        location=found.location,
        lacking=found.missing,
        lines=found.lines,
        short_item=found.item,
    )


def _oversold(found: ReservationWatch, *, as_of: date) -> Finding:
    over = found.reserved - found.on_hand
    title = (
        f"{found.subject} holds {counted(found.reserved, 'unit')} of {found.item} at {found.location} for nothing"
        if found.without_demand
        else f"{found.item} at {found.location}: {found.reserved:,} reserved, {found.on_hand:,} on hand"
    )
    return Finding(
        type=ExceptionType.OVERSELL,
        root=found.subject,
        cause="no demand" if found.without_demand else "oversold",
        title=begun(title),
        fixes=("the reservations corrected", "a recount"),
        needed_by=as_of,
        item=found.item,
        location=found.location,
        lacking=0 if found.without_demand else over,
        lines=found.lines,
    )
