"""What can be seen on money: credit, prices, margins, and holds that nobody settles."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from core.domain.cases import ExceptionType
from core.domain.money import rounded
from core.domain.watching.facts import Facts, HoldWatch, MoneyWatch
from core.domain.watching.finding import Finding
from core.domain.watching.policy import WatchPolicy
from core.domain.watching.words import begun, line_name, percent, waited

_PERCENT = 100
CREDIT, DATA = "credit", "data"


def money_findings(facts: Facts, policy: WatchPolicy, *, as_of: date) -> Iterator[Finding]:
    """E24, E25, E26, E30, and E27 where a hold says that data are missing."""
    for hold in facts.holds:
        if hold.kind == CREDIT:
            yield _credit(hold, as_of=as_of)
        elif hold.age_hours > hold.limit_hours:
            yield _unresolved(hold, as_of=as_of)
        elif hold.kind == DATA:
            yield _gap(hold, as_of=as_of)
    for line in facts.money:
        if line.agreed_price is not None and _off(line, line.agreed_price, policy):
            yield _mismatch(line, line.agreed_price, as_of=as_of)
        if line.margin_percent is not None and line.margin_percent < line.floor_percent:
            yield _thin(line, line.margin_percent, as_of=as_of)


def _credit(hold: HoldWatch, *, as_of: date) -> Finding:
    late = f", for {waited(hold.age_hours)}" if hold.age_hours > hold.limit_hours else ""
    return Finding(
        type=ExceptionType.CREDIT_HOLD,
        root=f"order {hold.order}",
        cause=hold.reference,
        title=f"{hold.order} waits for a credit decision{late}: {hold.reason}",
        fixes=("the credit released by finance", "a payment"),
        needed_by=as_of,
        exposure=hold.value,
        lines=hold.lines,
    )


def _unresolved(hold: HoldWatch, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.HOLD_UNRESOLVED,
        root=f"order {hold.order}",
        cause=hold.reference,
        title=f"The {hold.kind} hold on {hold.order} is open for {waited(hold.age_hours)}, its limit is "
        f"{waited(hold.limit_hours)}: {hold.reason}",
        fixes=("the hold decided",),
        needed_by=as_of,
        exposure=hold.value,
        lines=hold.lines,
    )


def _gap(hold: HoldWatch, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.MASTER_DATA_GAP,
        root=f"order {hold.order}",
        cause=hold.reference,
        title=f"{hold.order} cannot go on: {hold.reason}",
        fixes=("the missing data entered",),
        needed_by=as_of,
        exposure=hold.value,
        lines=hold.lines,
    )


def _off(line: MoneyWatch, agreed: Decimal, policy: WatchPolicy) -> bool:
    return abs(line.unit_price - agreed) * _PERCENT > agreed * policy.agreed_price_percent


def _mismatch(line: MoneyWatch, agreed: Decimal, *, as_of: date) -> Finding:
    share = abs(line.unit_price - agreed) / line.unit_price if line.unit_price else Decimal(1)
    return Finding(
        type=ExceptionType.PRICE_MISMATCH,
        root=line_name(line.line),
        cause="price",
        title=f"{begun(line_name(line.line))} of {line.customer} is priced {line.unit_price} a unit, "
        f"{agreed} is agreed",
        fixes=("the agreed price taken", "the difference approved"),
        needed_by=as_of,
        exposure=rounded(line.value * share),
        lines=(line.line,),
    )


def _thin(line: MoneyWatch, margin: Decimal, *, as_of: date) -> Finding:
    return Finding(
        type=ExceptionType.MARGIN_FLOOR,
        root=line_name(line.line),
        cause="margin",
        title=f"{begun(line_name(line.line))} of {line.customer} earns {percent(margin)} after freight, "
        f"tariff and handling; the floor is {percent(line.floor_percent)}",
        fixes=("another price", "another item or date offered"),
        needed_by=as_of,
        exposure=rounded(line.value * (line.floor_percent - margin) / _PERCENT),
        lines=(line.line,),
    )
