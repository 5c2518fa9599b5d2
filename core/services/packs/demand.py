"""The demand of a pack: sales orders and their lines."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.money import PRICE_STEP
from core.domain.order_terms import PaymentState, SetRule, Strategy, channel_of
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.parties import CustomerAddress
from core.services.packs.cells import (
    FIRST_YEAR,
    as_code,
    as_day,
    as_decimal,
    as_flag,
    as_member,
    as_text,
    as_whole,
)
from core.services.packs.desk import Desk, as_price, currencies, refuse_dear
from core.services.packs.gaps import GapRule
from core.services.packs.masters import LOWEST_TIER, Masters
from core.services.packs.parts import Part, read_parts
from core.services.packs.sheet import Known, Sheet

LARGEST_LINE_NUMBER = 2_000_000_000
NO_DAY = date(FIRST_YEAR, 1, 1)

_ORDER_MORE = {
    "address": Part(parse=as_code),
    "minimum_value": Part(parse=as_decimal(2), blank=Decimal(0)),
    "payment_terms": Part(parse=as_text, blank=""),
    "payment_state": Part(parse=as_member(PaymentState), blank=PaymentState.OPEN),
}
_LINE_MORE = {
    "latest_acceptable": Part(parse=as_day),
    "cancel_after": Part(parse=as_day),
    "line_set": Part(parse=as_code),
    "set_rule": Part(parse=as_member(SetRule)),
    "minimum_shipment": Part(parse=as_whole(1), blank=1),
    "strategy": Part(parse=as_member(Strategy), blank=Strategy.IMPROVE),
    "node": Part(refers="location"),
}
_DISCOUNT = as_decimal(4, most=Decimal(1))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Orders:
    orders: tuple[SalesOrder, ...]
    codes: Known
    requested: dict[str, date]


def read_demand(
    desk: Desk, masters: Masters, addresses: Iterable[CustomerAddress]
) -> tuple[tuple[SalesOrder, ...], tuple[SalesOrderLine, ...]]:
    """The sales orders and their lines."""
    headers = _orders(desk, masters, {(address.customer, address.code) for address in addresses})
    return headers.orders, _lines(desk, masters, headers)


def _orders(desk: Desk, masters: Masters, addresses: Collection[tuple[str, str]]) -> _Orders:
    sheet = desk.sheets["sales_orders"]
    numbers = sheet.required("order", as_code, "")
    customers = sheet.refer("customer", masters.customer_codes)
    customer_pos = sheet.defaulted("customer_po", as_text, "")
    channels = sheet.defaulted("channel", as_code, "")
    dates = sheet.required("order_date", as_day, NO_DAY)
    own = currencies(desk, sheet)
    places = sheet.refer("ship_from", masters.location_codes, default=desk.mapping.default_ship_from)
    tier_of = {customer.code: customer.tier for customer in masters.customers}
    priorities = sheet.optional("priority", as_whole(0, LOWEST_TIER))
    requested = sheet.optional("requested_date", as_day)
    more = _terms(sheet, masters, customers)
    sheet.unique(numbers, "order")
    refuse_future(desk, sheet, dates)
    _refuse_places(sheet, places, masters)
    for row in sheet.good():
        if more["address"][row] is not None and (customers[row], more["address"][row]) not in addresses:
            sheet.reject(row, "address", GapRule.ORPHAN_REFERENCE, "accepted is an address of the customer, or nothing")
    sequence = _sequence(sheet, numbers, dates)
    _warn_duplicate_pos(sheet, customers, customer_pos)
    orders = [
        SalesOrder(
            number=OrderNo(numbers[row]),
            customer=CustomerCode(customers[row]),
            customer_po=customer_pos[row],
            channel=channel_of(channels[row]),
            order_date=dates[row],
            currency=own[row],
            ship_from=LocationCode(places[row]),
            priority=_priority(priorities[row], tier_of.get(CustomerCode(customers[row]), LOWEST_TIER)),
            entry_sequence=sequence[row],
            **{name: values[row] for name, values in more.items()},
        )
        for row in sheet.good()
    ]
    days = {number: day for number, day in zip(numbers, requested, strict=True) if day is not None}
    return _Orders(
        orders=tuple(sorted(orders, key=lambda order: order.number)), codes=sheet.known(numbers), requested=days
    )


def _terms(sheet: Sheet, masters: Masters, customers: list[str]) -> dict[str, list[Any]]:
    """What an order agrees beyond its dates: what it does not say is as its customer has it."""
    more = read_parts(sheet, _ORDER_MORE)
    known = {str(customer.code): customer for customer in masters.customers}
    for column in ("ship_complete", "allow_partial", "allow_substitution"):
        own = sheet.optional(column, as_flag)
        usual = [getattr(known.get(code), column, column == "allow_partial") for code in customers]
        more[column] = [usual[row] if value is None else value for row, value in enumerate(own)]
    return more


def refuse_future(desk: Desk, sheet: Sheet, dates: Sequence[date]) -> None:
    """Refuses rows ordered after the as-of date: the books cannot know them yet."""
    for row, day in enumerate(dates):
        if day > desk.as_of and row not in sheet.bad:
            accepted = f"accepted is a date up to the as-of date, {desk.as_of}"
            sheet.reject(row, "order_date", GapRule.CONTRADICTION, accepted)


def _refuse_places(sheet: Sheet, places: list[str], masters: Masters) -> None:
    shipping = {location.code for location in masters.locations if location.may_ship}
    for row in sheet.good():
        if masters.location_codes.complete and places[row] not in shipping and sheet.cells("ship_from")[row]:
            accepted = f"accepted are locations with may_ship_from: {', '.join(sorted(shipping)) or 'there is none'}"
            sheet.reject(row, "ship_from", GapRule.CONTRADICTION, accepted, value=places[row])


def _sequence(sheet: Sheet, numbers: list[str], dates: list[date]) -> list[int]:
    """The order of entry: given for every order, or else the rank by order date and number."""
    if sheet.given("entry_sequence"):
        entries = sheet.required("entry_sequence", as_whole(), 0)
        sheet.unique(entries, "entry_sequence")
        return entries
    ranked = sorted(range(sheet.size), key=lambda row: (dates[row], numbers[row]))
    place_of = {row: place for place, row in enumerate(ranked, start=1)}
    return [place_of[row] for row in range(sheet.size)]


def _priority(said: int | None, tier: int) -> int:
    """What the order says, 0 being a rush order, else its customer's tier."""
    return tier if said is None else said


def _warn_duplicate_pos(sheet: Sheet, customers: list[str], customer_pos: list[str]) -> None:
    first: dict[tuple[str, str], int] = {}
    for row in sheet.good():
        if customer_pos[row]:
            earlier = first.setdefault((customers[row], customer_pos[row]), row)
            if earlier != row:
                accepted = f"loaded; the customer's order on line {sheet.line(earlier)} has the same number"
                sheet.warn([row], "customer_po", GapRule.DUPLICATE_CUSTOMER_PO, accepted)


def _lines(desk: Desk, masters: Masters, headers: _Orders) -> tuple[SalesOrderLine, ...]:
    sheet = desk.sheets["sales_order_lines"]
    orders = sheet.refer("order", headers.codes)
    numbers = sheet.required("line", as_whole(1, LARGEST_LINE_NUMBER), 0)
    items = sheet.refer("item", masters.item_codes)
    ordered = sheet.required("quantity", as_whole(1), 1)
    shipped = sheet.defaulted("shipped", as_whole(), 0)
    cancelled = sheet.defaulted("cancelled", as_whole(), 0)
    prices = _prices(sheet, masters, items)
    requested = _requested(sheet, orders, headers)
    promised = sheet.optional("promised_date", as_day)
    first = sheet.optional("first_promised_date", as_day)
    more = read_parts(sheet, _LINE_MORE, {"location": masters.location_codes})
    sheet.unique(list(zip(orders, numbers, strict=True)), "order,line")
    _refuse_half_sets(sheet, more)
    _refuse_more_than_ordered(sheet, ordered, shipped, cancelled)
    refuse_dear(sheet, ordered, prices)
    lines = [
        SalesOrderLine(
            order=OrderNo(orders[row]),
            line=numbers[row],
            item=ItemCode(items[row]),
            ordered=ordered[row],
            shipped=shipped[row],
            cancelled=cancelled[row],
            unit_price=prices[row],
            requested=requested[row],
            first_promised=first[row] or promised[row],
            promised=promised[row] or first[row],
            **{name: values[row] for name, values in more.items()},
        )
        for row in sheet.good()
    ]
    _warn_overdue(desk, sheet, lines)
    return tuple(sorted(lines, key=lambda line: (line.order, line.line)))


def _refuse_half_sets(sheet: Sheet, more: Mapping[str, Sequence[Any]]) -> None:
    for row in sheet.good():
        if (more["line_set"][row] is None) != (more["set_rule"][row] is None):
            accepted = "accepted is a set together with its rule, ship or arrive, or neither"
            sheet.reject(row, "line_set,set_rule", GapRule.CONTRADICTION, accepted, value=more["line_set"][row] or "")


def _refuse_more_than_ordered(
    sheet: Sheet, ordered: Sequence[int], shipped: Sequence[int], cancelled: Sequence[int]
) -> None:
    for row in sheet.good():
        if shipped[row] + cancelled[row] > ordered[row]:
            accepted = f"accepted is at most the ordered quantity of {ordered[row]:,}, shipped and cancelled together"
            value = f"{shipped[row]} + {cancelled[row]}"
            sheet.reject(row, "shipped", GapRule.CONTRADICTION, accepted, value=value)


def _prices(sheet: Sheet, masters: Masters, items: list[str]) -> list[Decimal]:
    """Unit prices less the discount; the item's list price where the file has none."""
    list_price = {item.code: item.list_price for item in masters.items}
    given = sheet.optional("unit_price", as_price)
    discounts = sheet.defaulted("discount", _DISCOUNT, Decimal(0))
    prices: list[Decimal] = []
    for row, (own, discount) in enumerate(zip(given, discounts, strict=True)):
        price = list_price.get(ItemCode(items[row]), Decimal(0)) if own is None else own
        if own is None and row not in sheet.bad:
            source = "the item's list price" if price else "the item has no list price either"
            sheet.warn([row], "unit_price", GapRule.MISSING_PRICE, f"loaded at {price:.4f}; {source}")
        net = (price * (1 - discount)).quantize(PRICE_STEP, rounding=ROUND_HALF_UP) if discount else price
        prices.append(net)
    return prices


def _requested(sheet: Sheet, orders: list[str], headers: _Orders) -> list[date]:
    """The requested date of each line: its own, else its order's."""
    own = sheet.optional("requested_date", as_day)
    result: list[date] = []
    for row, (number, own_day) in enumerate(zip(orders, own, strict=True)):
        day = own_day or headers.requested.get(number)
        if day is None and row not in sheet.bad and sheet.complete and headers.codes.complete:
            accepted = "a date is needed here, or in requested_date of the order"
            sheet.reject(row, "requested_date", GapRule.BLANK, accepted)
        result.append(day or NO_DAY)
    return result


def _warn_overdue(desk: Desk, sheet: Sheet, lines: list[SalesOrderLine]) -> None:
    late = [
        (row, line)
        for row, line in zip(sheet.good(), lines, strict=True)
        if line.due < desk.as_of and line.open_quantity
    ]
    if late:
        accepted = f"loaded as overdue demand: due before the as-of date, {desk.as_of}"
        rows = [row for row, _ in late]
        sheet.warn(rows, "requested_date", GapRule.OVERDUE_DEMAND, accepted, value=late[0][1].due.isoformat())
