"""What goes wrong in the full-size company: every exception planted, in its books or by its overlays, and the list."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce

from core.demo.disruptions import late_motors, overdue_seats
from core.demo.pilot import BATCHES, DRIVE, with_pilot
from core.demo.places import SHIPPING
from core.domain.cases import ExceptionType
from core.domain.company import Company
from core.domain.freight import TariffRule
from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.domain.order_terms import SetRule, Strategy
from core.domain.orders import SalesOrder, SalesOrderLine

_OUTLIER_TIMES = 6
_TARIFF = ("8501.52", "TW", "US")
_TARIFF_DAYS, _TARIFF_PERCENT = 12, Decimal(32)
_SET_DAYS = 4
_EARLIER_DAYS = 12
_FRIDAY = 3
_ADDED = frozenset({"SO-9101", "SO-9102"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One exception planted: its type, and the business object that a case about it names."""

    type: ExceptionType
    about: str


def with_plants(company: Company) -> Company:
    """The company with what goes wrong in its books."""
    plants = (_one_day_a_set, _duplicate, _outlier, _set_apart, _could_be_earlier, _new_duty, _left_behind, with_pilot)
    return reduce(lambda changed, plant: plant(changed), plants, company)


def planted(company: Company) -> tuple[Planted, ...]:
    """Everything planted in the company: by its books, which `with_plants` gave it, and by its overlays."""
    return (*_found(company), *_by_overlays(company))


def _found(company: Company) -> tuple[Planted, ...]:
    """The plants of the books, told by the marks they leave."""
    twice = Counter((order.customer, order.customer_po) for order in company.sales_orders)
    doubled = next(order for order in company.sales_orders if twice[order.customer, order.customer_po] > 1)
    sets = next(line for line in company.sales_order_lines if line.line_set is not None)
    gains = next(line for line in company.sales_order_lines if line.strategy is Strategy.GAIN)
    huge = max(_outliers(company), key=lambda line: line.ordered)
    return (
        Planted(type=ExceptionType.DUPLICATE_ORDER, about=doubled.customer),
        Planted(type=ExceptionType.DEMAND_OUTLIER, about=f"{huge.order}/{huge.line}"),
        Planted(type=ExceptionType.LINE_SET_BREAK, about=sets.order),
        Planted(type=ExceptionType.PROMISE_IMPROVABLE, about=f"{gains.order}/{gains.line}"),
        Planted(type=ExceptionType.COMPLIANCE_CHANGE, about=" ".join((_TARIFF[0], "-".join(_TARIFF[1:])))),
        *(
            Planted(type=ExceptionType.DEMAND_SHORTAGE, about=f"item {DRIVE}@{SHIPPING[batch.site]}")
            for batch in BATCHES
            if batch.missing
        ),
    )


def _by_overlays(company: Company) -> tuple[Planted, ...]:
    return (
        Planted(type=ExceptionType.COMPONENT_SHORTAGE, about="CA-02"),
        Planted(type=ExceptionType.COMPONENT_SHORTAGE, about="SE-04"),
        Planted(type=ExceptionType.COMPONENT_SHORTAGE, about=_motor_of(company)),
        Planted(type=ExceptionType.DEMAND_SHORTAGE, about="BV-03"),
        Planted(type=ExceptionType.LATE_PURCHASE_ORDER, about=str(overdue_seats(company))),
    )


def _motor_of(company: Company) -> str:
    number = late_motors(company)
    lines = [line for line in company.purchase_order_lines if line.order == number and line.item.startswith("MO-")]
    return max(lines, key=lambda line: (line.open_quantity, line.item)).item


def _one_day_a_set(company: Company) -> Company:
    """Orders that leave complete are promised complete: every line for the day of the last."""
    whole = {order.number for order in company.sales_orders if order.ship_complete}
    last: dict[OrderNo, date] = defaultdict(lambda: date.min)
    for line in company.sales_order_lines:
        last[line.order] = max(last[line.order], line.due)
    lines = tuple(
        replace(line, promised=last[line.order], first_promised=last[line.order]) if line.order in whole else line
        for line in company.sales_order_lines
    )
    return replace(company, sales_order_lines=lines)


def _duplicate(company: Company) -> Company:
    """A small order sent twice under the same number of the customer."""
    counts = Counter(line.order for line in company.sales_order_lines)
    goods = {line.order for line in company.sales_order_lines if line.item[:2] in {"RK", "YK"}}
    first = next(order for order in company.sales_orders if counts[order.number] == 1 and order.number in goods)
    again = replace(
        first, number=OrderNo("SO-9101"), order_date=company.settings.as_of, entry_sequence=_next_entry(company)
    )
    lines = [line for line in company.sales_order_lines if line.order == first.number]
    copied = [
        replace(line, order=again.number, promised=_far(line.due), first_promised=_far(line.due), shipped=0)
        for line in lines
    ]
    return _with(company, again, copied)


def _far(day: date) -> date:
    return day + timedelta(days=28)


def _outlier(company: Company) -> Company:
    """A customer who takes a dozen kits at a time asks for six times as many, a quarter ahead."""
    customer, item, usual = _habit(company)
    order = replace(
        next(one for one in company.sales_orders if one.customer == customer),
        number=OrderNo("SO-9102"),
        customer_po="49102",
        order_date=company.settings.as_of,
        entry_sequence=_next_entry(company),
    )
    price = next(one.list_price for one in company.items if one.code == item)
    on = company.settings.as_of + timedelta(days=91)
    line = SalesOrderLine(
        order=order.number,
        line=1,
        item=item,
        ordered=usual * _OUTLIER_TIMES,
        unit_price=price,
        requested=on,
        first_promised=on,
        promised=on,
    )
    return _with(company, order, [line])


def _habit(company: Company) -> tuple[CustomerCode, ItemCode, int]:
    """Who orders the same item most often, and the most of it at a time."""
    customer_of = {order.number: order.customer for order in company.sales_orders}
    ordered: dict[tuple[CustomerCode, ItemCode], list[int]] = defaultdict(list)
    for line in company.sales_order_lines:
        if line.open_quantity and line.item[:2] in {"RK", "YK", "YS"}:
            ordered[customer_of[line.order], line.item].append(line.ordered)
    customer, item = max(sorted(ordered), key=lambda pair: len(ordered[pair]))
    return customer, item, max(ordered[customer, item])


def _outliers(company: Company) -> list[SalesOrderLine]:
    return [line for line in company.sales_order_lines if line.order == "SO-9102"]


def _set_apart(company: Company) -> Company:
    """Two lines that must leave together, one of them promised some days later."""
    counts = Counter(line.order for line in company.sales_order_lines)
    free = {order.number for order in company.sales_orders if not order.ship_complete}
    number = next(line.order for line in company.sales_order_lines if counts[line.order] == 2 and line.order in free)
    at = [line for line in company.sales_order_lines if line.order == number]
    late = max(line.due for line in at) + timedelta(days=_SET_DAYS)
    changed = {
        (line.order, line.line): replace(
            line,
            line_set="SKID",
            set_rule=SetRule.SHIP,
            promised=late if line is at[-1] else line.promised,
            first_promised=late if line is at[-1] else line.first_promised,
        )
        for line in at
    }
    return _changed(company, changed)


def _could_be_earlier(company: Company) -> Company:
    """A line promised far later than asked for, though the goods are in stock, of a customer who wants it sooner."""
    free = {(row.item, row.location): row.on_hand - row.reserved for row in company.stock}
    ship_from = {order.number: order.ship_from for order in company.sales_orders if order.priority == 1}
    planted_already = {line.order for line in company.sales_order_lines if line.line_set is not None}
    whole = {order.number for order in company.sales_orders if order.ship_complete}
    line = min(
        (
            line
            for line in company.sales_order_lines
            if line.order in ship_from
            and line.order not in planted_already | whole
            and free.get((line.item, ship_from[line.order]), 0) >= line.open_quantity > 0
        ),
        key=lambda line: (line.requested, line.order, line.line),
    )
    late = line.requested + timedelta(days=_EARLIER_DAYS)
    wanted = replace(line, promised=late, first_promised=late, strategy=Strategy.GAIN)
    return _changed(company, {(line.order, line.line): wanted})


def _left_behind(company: Company) -> Company:
    """A single unit that should have left on the last working day; it is in stock."""
    free = {(row.item, row.location): row.on_hand - row.reserved for row in company.stock}
    ship_from = {order.number: order.ship_from for order in company.sales_orders if not order.ship_complete}
    on = company.settings.as_of - timedelta(days=_FRIDAY)
    line = max(
        (
            line
            for line in company.sales_order_lines
            if line.order in ship_from and line.line_set is None and line.strategy is not Strategy.GAIN
            if line.ordered == line.open_quantity == 1 and line.order not in _ADDED
        ),
        key=lambda line: (free.get((line.item, ship_from[line.order]), 0), line.order, line.line),
    )
    return _changed(company, {(line.order, line.line): replace(line, requested=on, promised=on, first_promised=on)})


def left_behind(company: Company) -> SalesOrderLine:
    """The line of `_left_behind`, told by its date."""
    before = company.settings.as_of
    return min((line for line in company.sales_order_lines if line.due < before), key=lambda line: line.due)


def _new_duty(company: Company) -> Company:
    """The duty on motors from Taiwan rises before those on order arrive."""
    code, origin, destination = _TARIFF
    rule = TariffRule(
        tariff_code=code,
        origin=origin,
        destination=destination,
        effective=company.settings.as_of + timedelta(days=_TARIFF_DAYS),
        percent=_TARIFF_PERCENT,
    )
    rows = sorted(
        (*company.tariffs, rule), key=lambda row: (row.tariff_code, row.origin, row.destination, row.effective)
    )
    return replace(company, tariffs=tuple(rows))


def _next_entry(company: Company) -> int:
    return 1 + max(order.entry_sequence for order in company.sales_orders)


def _with(company: Company, order: SalesOrder, lines: list[SalesOrderLine]) -> Company:
    orders = sorted((*company.sales_orders, order), key=lambda one: one.number)
    every = sorted((*company.sales_order_lines, *lines), key=lambda one: (one.order, one.line))
    return replace(company, sales_orders=tuple(orders), sales_order_lines=tuple(every))


def _changed(company: Company, changed: dict[tuple[OrderNo, int], SalesOrderLine]) -> Company:
    lines = tuple(changed.get((line.order, line.line), line) for line in company.sales_order_lines)
    return replace(company, sales_order_lines=lines)
