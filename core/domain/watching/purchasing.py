"""What can be seen on purchase orders: slips, cuts, price changes, silence, coming tariffs, supply nobody needs."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from core.domain.cases import ExceptionType
from core.domain.money import rounded
from core.domain.watching.facts import Facts, PurchaseWatch, TariffWatch
from core.domain.watching.finding import Finding
from core.domain.watching.policy import WatchPolicy
from core.domain.watching.words import counted, percent, waited

_PERCENT = 100


def purchasing_findings(facts: Facts, policy: WatchPolicy, *, as_of: date) -> Iterator[Finding]:
    """E03 to E06, E33 on purchase orders, E36 and E39."""
    for line in facts.purchases:
        yield from _answered(line, policy, as_of=as_of)
        yield from _silent(line, as_of=as_of)
        if line.cancelled_line is not None:
            yield _orphan(line, as_of=as_of)
    yield from _tariffs(facts, as_of=as_of)


def _answered(line: PurchaseWatch, policy: WatchPolicy, *, as_of: date) -> Iterator[Finding]:
    if line.confirmed_date is not None and line.confirmed_date > line.due + timedelta(days=policy.slip_days):
        yield _slip(line, line.confirmed_date, as_of=as_of)
    if line.confirmed_quantity is not None and line.confirmed_quantity < line.ordered:
        yield _cut(line, line.ordered - line.confirmed_quantity, as_of=as_of)
    if line.confirmed_price is not None and _off(line.unit_price, line.confirmed_price, policy.price_percent):
        yield _dearer(line, line.confirmed_price, as_of=as_of)


def _slip(line: PurchaseWatch, confirmed: date, *, as_of: date) -> Finding:
    days = counted((confirmed - line.due).days, "day")
    return Finding(
        type=ExceptionType.SUPPLIER_SLIP,
        root=_name(line),
        cause="slipped",
        title=f"{line.supplier} confirmed {line.open:,} {line.item} on {_po(line)} for {confirmed}, "
        f"{days} after {line.due}",
        fixes=(f"delivery of {_po(line)} by {line.due}",),
        needed_by=max(line.due, as_of),
        item=line.item,
        location=line.location,
        supply=((line.order, line.line),),
        needs_harm=True,
    )


def _cut(line: PurchaseWatch, missing: int, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.SUPPLIER_CUT,
        root=_name(line),
        cause="cut",
        title=f"{line.supplier} confirmed {line.confirmed_quantity or 0:,} of {line.ordered:,} {line.item} "
        f"on {_po(line)}",
        fixes=(f"{missing:,} more {line.item} at {line.location} by {max(line.due, as_of)}",),
        needed_by=max(line.due, as_of),
        item=line.item,
        location=line.location,
        lacking=missing,
        short_item=line.item,
    )


def _dearer(line: PurchaseWatch, confirmed: Decimal, *, as_of: date) -> Finding:
    difference = rounded((confirmed - line.unit_price) * line.open)
    return Finding(
        type=ExceptionType.SUPPLIER_PRICE_CHANGE,
        root=_name(line),
        cause="price",
        title=f"{line.supplier} confirmed {_po(line)} at {confirmed} a unit instead of {line.unit_price}",
        fixes=("the price accepted or negotiated", "another supplier"),
        needed_by=max(line.due, as_of),
        item=line.item,
        location=line.location,
        exposure=max(difference, Decimal("0.00")),
    )


def _silent(line: PurchaseWatch, *, as_of: date) -> Iterator[Finding]:
    if line.acknowledged or line.age_hours <= line.answer_hours:
        return
    if line.drop_ship_for is not None:
        yield Finding(
            type=ExceptionType.DROP_SHIP_UNCONFIRMED,
            root=_name(line),
            cause="unconfirmed",
            title=f"{line.supplier} has not confirmed the direct shipment on {_po(line)} for {waited(line.age_hours)}",
            fixes=("a confirmation", "another supplier, or stock of our own"),
            needed_by=max(line.due, as_of),
            item=line.item,
            location=line.location,
            lines=(line.drop_ship_for,),
        )
    elif line.due <= as_of + timedelta(days=line.lead_days):
        yield Finding(
            type=ExceptionType.PURCHASE_UNACKNOWLEDGED,
            root=_name(line),
            cause="unacknowledged",
            title=f"{line.supplier} has not acknowledged {_po(line)} for {waited(line.age_hours)}, "
            f"and its {line.open:,} {line.item} are due on {line.due}",
            fixes=("an acknowledgement: ask the supplier",),
            needed_by=max(line.due, as_of),
            item=line.item,
            location=line.location,
            exposure=Decimal("0.00"),
        )


def _orphan(line: PurchaseWatch, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.ORPHAN_SUPPLY,
        root=_name(line),
        cause="orphan",
        title=f"{line.open:,} {line.item} on {_po(line)} were ordered for a line that is cancelled",
        fixes=("the order cancelled, reduced or put off", "another use for the goods"),
        needed_by=max(line.due, as_of),
        item=line.item,
        location=line.location,
        exposure=rounded(line.unit_price * line.open),
        supply=((line.order, line.line),),
        needs_idle=True,
    )


def _tariffs(facts: Facts, *, as_of: date) -> Iterator[Finding]:
    for rule in facts.tariffs:
        hit = [line for line in facts.purchases if _dutiable(line, rule)]
        if hit and rule.effective > as_of and rule.after != rule.before:
            yield _tariff(rule, hit)


def _dutiable(line: PurchaseWatch, rule: TariffWatch) -> bool:
    same = (line.tariff_code, line.origin, line.destination) == (rule.tariff_code, rule.origin, rule.destination)
    return same and (line.confirmed_date or line.due) >= rule.effective and line.ordered_on < rule.effective


def _tariff(rule: TariffWatch, hit: list[PurchaseWatch]) -> Finding:
    more = rounded(
        sum((line.unit_price * line.open for line in hit), Decimal(0)) * (rule.after - rule.before) / _PERCENT
    )
    first = min(hit, key=lambda line: (line.due, line.order, line.line))
    return Finding(
        type=ExceptionType.COMPLIANCE_CHANGE,
        root=f"tariff {rule.tariff_code} {rule.origin}-{rule.destination}",
        cause=f"from {rule.effective}",
        title=f"The duty on {rule.tariff_code} from {rule.origin} goes from {percent(rule.before)} "
        f"to {percent(rule.after)} on {rule.effective}, before "
        f"{counted(len(hit), 'purchase order line')} on order arrive",
        fixes=(f"delivery before {rule.effective}", "the price negotiated, or a supplier elsewhere"),
        needed_by=rule.effective,
        item=first.item,
        location=first.location,
        exposure=max(more, Decimal("0.00")),
    )


def _off(agreed: Decimal, found: Decimal, percent: Decimal) -> bool:
    return abs(found - agreed) * _PERCENT > agreed * percent


def _name(line: PurchaseWatch) -> str:
    return f"purchase order {line.order}/{line.line}"


def _po(line: PurchaseWatch) -> str:
    return f"{line.order}/{line.line}"
