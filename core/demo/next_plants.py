"""What is planted in the pack of the next day: each change with the case it opens, refreshes or closes, and why.

Each reaches no further than its own case, whatever the seed: the pilot series shares nothing with the other goods, and
no supply depends on duties and on terms of orders.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from core.demo.fates import Fate, PlantedChange
from core.demo.overnight import Stock
from core.demo.pilot import DRIVE, FOUND, LOST, RAISED, SLIPS, VANISHES, Batch
from core.demo.places import PRODUCTION, SHIPPING
from core.domain.cases import ExceptionType
from core.domain.company import Company
from core.domain.freight import TariffRule
from core.domain.ids import ItemCode, LocationCode, OrderNo
from core.domain.orders import PurchaseOrderLine

SLIP_DAYS = 60
SENT_AGAIN = OrderNo("SO-9116")
_DUTY_DAYS, _DUTY_PERCENT = 10, Decimal(45)
_MORE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """The pack as it grows, with what was planted in it so far."""

    company: Company
    stock: Stock
    today: date
    ours: Company
    left_alone: frozenset[str]
    planted: tuple[PlantedChange, ...]

    def is_ours(self, line: PurchaseOrderLine) -> bool:
        """Whether people here changed the line since the ERP last told of it."""
        return f"{line.order}/{line.line}" in self.left_alone

    def with_(self, company: Company, *planted: PlantedChange) -> "Morning":
        """The morning with one more change."""
        return replace(self, company=company, planted=(*self.planted, *planted))


Plant = Callable[[Morning], Morning]


def lost(morning: Morning) -> Morning:
    """A count finds none of the drives that an order rests on."""
    place = SHIPPING[LOST.site]
    units = morning.stock.free((DRIVE, place))
    if not units:
        return morning
    morning.stock.on_hand[DRIVE, place] -= units
    why = f"a count in {place} finds none of the {units} {DRIVE} on the books; {LOST.order} rests on them"
    return morning.with_(morning.company, _short(Fate.OPENED, ExceptionType.DEMAND_SHORTAGE, DRIVE, place, why))


def slipped(morning: Morning) -> Morning:
    """A supplier says that drives come much later than the work order that needs them begins."""
    company = morning.company
    late = _line_of(company, SLIPS)
    if late is None or morning.is_ours(late):
        return morning
    later = replace(late, due=late.due + timedelta(days=SLIP_DAYS))
    lines = tuple(later if one is late else one for one in company.purchase_order_lines)
    why = f"{late.order} slips by {SLIP_DAYS} days; {SLIPS.making} cannot begin without its drives"
    return morning.with_(
        replace(company, purchase_order_lines=lines),
        _short(Fate.OPENED, ExceptionType.COMPONENT_SHORTAGE, DRIVE, PRODUCTION[SLIPS.site], why),
    )


def vanished(morning: Morning) -> Morning:
    """A purchase order is not in the pack any more: the supplier has called it off."""
    company = morning.company
    gone = _line_of(company, VANISHES)
    if gone is None or morning.is_ours(gone):
        return morning
    why = f"{gone.order} is not in the pack; {VANISHES.making} has no drives"
    return morning.with_(
        replace(
            company,
            purchase_orders=tuple(one for one in company.purchase_orders if one.number != gone.order),
            purchase_order_lines=tuple(one for one in company.purchase_order_lines if one.order != gone.order),
        ),
        _short(Fate.OPENED, ExceptionType.COMPONENT_SHORTAGE, DRIVE, PRODUCTION[VANISHES.site], why),
    )


def found(morning: Morning) -> Morning:
    """Drives that a customer waits for come back from another, unopened."""
    company, place = morning.company, SHIPPING[FOUND.site]
    waits = any(order.number == FOUND.order for order in company.sales_orders)
    if not waits or (DRIVE, place) in morning.stock.busy:
        return morning
    units = 2 * FOUND.units
    morning.stock.on_hand[DRIVE, place] += units
    why = f"{units} {DRIVE} are on hand in {place}, where {FOUND.order} waits for {FOUND.units}"
    return morning.with_(company, _short(Fate.CLOSED, ExceptionType.DEMAND_SHORTAGE, DRIVE, place, why))


def _short(fate: Fate, type_: ExceptionType, item: ItemCode, place: LocationCode, why: str) -> PlantedChange:
    return PlantedChange(fate=fate, type=type_, root=f"item {item}@{place}", why=why)


def _line_of(company: Company, batch: Batch) -> PurchaseOrderLine | None:
    return next((line for line in company.purchase_order_lines if line.order == batch.buying), None)


def sent_again(morning: Morning) -> Morning:
    """The customer whose drives were found sends the order a second time."""
    company = morning.company
    first = next((order for order in company.sales_orders if order.number == FOUND.order), None)
    if first is None:
        return morning
    last = max(order.entry_sequence for order in company.sales_orders)
    again = replace(first, number=SENT_AGAIN, order_date=morning.today, entry_sequence=last + 1)
    copied = (replace(x, order=SENT_AGAIN) for x in company.sales_order_lines if x.order == first.number)
    why = f"{SENT_AGAIN} has the lines and the customer's number {first.customer_po} of {first.number}"
    root = f"customer {first.customer}"
    return morning.with_(
        replace(
            company,
            sales_orders=tuple(sorted((*company.sales_orders, again), key=lambda one: one.number)),
            sales_order_lines=tuple(
                sorted((*company.sales_order_lines, *copied), key=lambda one: (one.order, one.line))
            ),
        ),
        PlantedChange(fate=Fate.OPENED, type=ExceptionType.DUPLICATE_ORDER, root=root, why=why),
    )


def duties(morning: Morning) -> Morning:
    """The duty that was to rise is called off, another is announced."""
    company, today = morning.company, morning.today
    announced = [rule for rule in company.tariffs if rule.effective > today]
    if not announced:
        return morning
    off = announced[0]
    castings = next(rule for rule in company.tariffs if (rule.origin, rule.destination) == ("CN", "US"))
    rises = replace(castings, effective=today + timedelta(days=_DUTY_DAYS), percent=_DUTY_PERCENT)
    rows = (*(rule for rule in company.tariffs if rule is not off), rises)
    return morning.with_(
        replace(company, tariffs=tuple(sorted(rows, key=_of_tariff))),
        PlantedChange(
            fate=Fate.CLOSED,
            type=ExceptionType.COMPLIANCE_CHANGE,
            root=f"tariff {off.tariff_code} {off.origin}-{off.destination}",
            why=f"the duty of {off.percent} % from {off.effective} on is not in the pack any more",
        ),
        PlantedChange(
            fate=Fate.OPENED,
            type=ExceptionType.COMPLIANCE_CHANGE,
            root=f"tariff {rises.tariff_code} {rises.origin}-{rises.destination}",
            why=f"the duty rises to {rises.percent} % on {rises.effective}, before what is on order comes",
        ),
    )


def _of_tariff(rule: TariffRule) -> tuple[str, str, str, date]:
    return rule.tariff_code, rule.origin, rule.destination, rule.effective


def put_right(morning: Morning) -> Morning:
    """The lines of a set promised for two days are promised for one, the later."""
    company = morning.company
    sets = [line for line in company.sales_order_lines if line.line_set is not None and line.open_quantity]
    if not sets:
        return morning
    last = max(line.due for line in sets)
    changed = {(line.order, line.line): replace(line, promised=last) for line in sets}
    lines = tuple(changed.get((line.order, line.line), line) for line in company.sales_order_lines)
    why = f"the ERP promises every line of {sets[0].order} for {last}"
    return morning.with_(
        replace(company, sales_order_lines=lines),
        PlantedChange(fate=Fate.CLOSED, type=ExceptionType.LINE_SET_BREAK, root=f"order {sets[0].order}", why=why),
    )


def raised(morning: Morning) -> Morning:
    """A customer who waits for drives that nobody has asks for more of them."""
    company, place = morning.company, SHIPPING[RAISED.site]
    old = next((line for line in company.sales_order_lines if line.order == RAISED.order), None)
    if old is None:
        return morning
    more = replace(old, ordered=old.ordered + _MORE)
    lines = tuple(more if line is old else line for line in company.sales_order_lines)
    why = f"{old.order} asks for {more.ordered} instead of {old.ordered}"
    return morning.with_(
        replace(company, sales_order_lines=lines),
        _short(Fate.REFRESHED, ExceptionType.DEMAND_SHORTAGE, DRIVE, place, why),
    )


def contradicted(morning: Morning) -> Morning:
    """Of a delivery that was given another date here the ERP says yet another."""
    company = morning.company
    dates = {(line.order, line.line): line.due for line in morning.ours.purchase_order_lines}
    old = next(
        (
            line
            for line in company.purchase_order_lines
            if morning.is_ours(line) and line.open_quantity and dates.get((line.order, line.line), line.due) != line.due
        ),
        None,
    )
    if old is None:
        return morning
    here = dates[old.order, old.line]
    later = replace(old, due=max(old.due, here) + timedelta(days=2))
    lines = tuple(later if line is old else line for line in company.purchase_order_lines)
    why = f"{old.order}/{old.line} comes on {here} here, on {later.due} in the pack"
    root = f"feed {company.settings.name}"
    return morning.with_(
        replace(company, purchase_order_lines=lines),
        PlantedChange(fate=Fate.OPENED, type=ExceptionType.FEED_FAILURE, root=root, why=why),
    )


PLANTS: tuple[Plant, ...] = (lost, slipped, vanished, found, sent_again, duties, put_right, raised)
