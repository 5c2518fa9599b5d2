"""Entering an order or a quote: everything checked at once, duplicates refused, prices kept, holds set."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from core.domain.errors import ConflictError, DuplicateOrderError, NotFoundError
from core.domain.holds import HoldNo
from core.domain.ids import CustomerCode, LocationCode, OrderNo
from core.domain.items import Item
from core.domain.money import LARGEST_LINE_VALUE, rounded
from core.domain.order_entry import EnterOrder, Fault, WantedLine, date_faults, faulty, shape_faults, wanted_units
from core.domain.order_life import OrderState
from core.domain.order_terms import OrderKind
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.parties import Customer
from core.domain.price_search import NoPrice, PriceAsk, search_price
from core.domain.timeline import Direction, TimelineEntry, TimelineKind
from core.domain.units import Units
from core.ports.storage import UnitOfWork
from core.services.holding import hold_automatically
from core.services.pricing import keep_prices

DUPLICATE_DAYS = 90
"""How far back an order with the same customer PO is taken for the same order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEntered:
    """The order as it is in the books now, and the holds that were set on it."""

    order: OrderNo
    version: int
    state: OrderState
    value: Decimal
    holds: tuple[HoldNo, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidateOrder:
    """A draft is complete and correct."""

    key: str
    order: OrderNo
    version: int


def enter_order(uow: UnitOfWork, command: EnterOrder) -> OrderEntered:
    """Put an order in the books: validated and perhaps on hold, or as a draft when the command says so.

    InvalidValueError lists every fault by line and field in `details["faults"]`; DuplicateOrderError names the order
    with the same customer PO. After either nothing has changed.
    """
    wrong = shape_faults(command)
    if wrong:
        raise faulty(wrong)
    return uow.commands.once(command.key, command, OrderEntered, lambda: _enter(uow, command))


def validate_order(uow: UnitOfWork, command: ValidateOrder) -> OrderEntered:
    """A draft becomes a validated order, with the holds it deserves."""

    def act() -> OrderEntered:
        order = uow.orders.lock(command.order, version=command.version)
        return _validated(uow, order, why="validated")

    return uow.commands.once(command.key, command, OrderEntered, act)


def refuse_duplicate(uow: UnitOfWork, customer: CustomerCode, customer_po: str, *, today: date, but: str = "") -> None:
    """DuplicateOrderError when the customer has another order with this PO; of two at once the second waits."""
    if not customer_po.strip():
        return
    since = today - timedelta(days=DUPLICATE_DAYS)
    found = [number for number in uow.orders.with_po(customer, customer_po, since=since) if number != but]
    if found:
        raise DuplicateOrderError(
            f"customer {customer} has PO {customer_po!r} on order {', '.join(found)} already; if a second order is"
            " meant, say so",
            orders=tuple(found),
        )


def _enter(uow: UnitOfWork, command: EnterOrder) -> OrderEntered:
    today = uow.company.settings().as_of
    customer = uow.company.customer(command.customer)
    if command.kind is OrderKind.ORDER and not command.duplicate_meant:
        refuse_duplicate(uow, command.customer, command.customer_po, today=today)
    order = _order(uow, command, customer, today)
    lines = _lines(uow, command, order, customer)
    uow.orders.add(order, lines)
    keep_prices(uow, order, lines)
    uow.orders.tell(order.number, _contact(command))
    if command.draft:
        return entered(uow, order.number)
    return _validated(uow, order, why="entered")


def _validated(uow: UnitOfWork, order: SalesOrder, *, why: str) -> OrderEntered:
    uow.orders.advance(order.number, None, to=OrderState.VALIDATED, why=why)
    if order.kind is OrderKind.QUOTE:
        return entered(uow, order.number)
    holds = hold_automatically(uow, uow.orders.order(order.number), uow.orders.lines(order.number))
    return entered(uow, order.number, tuple(hold.number for hold in holds))


def entered(uow: UnitOfWork, number: OrderNo, holds: tuple[HoldNo, ...] = ()) -> OrderEntered:
    order, lines = uow.orders.order(number), uow.orders.lines(number)
    value = sum((rounded(line.unit_price * (line.ordered - line.cancelled)) for line in lines), Decimal(0))
    return OrderEntered(order=number, version=order.version, state=order.state, value=value, holds=holds)


def _order(uow: UnitOfWork, command: EnterOrder, customer: Customer, today: date) -> SalesOrder:
    settings = uow.company.settings()
    return SalesOrder(
        number=_free(uow, command.number) if command.number else uow.orders.new_number(),
        customer=command.customer,
        customer_po=command.customer_po,
        channel=command.channel,
        order_date=today,
        currency=command.currency or settings.currency,
        ship_from=command.ship_from or settings.default_ship_from,
        priority=customer.tier if command.priority is None else command.priority,
        entry_sequence=0,
        kind=command.kind,
        address=command.address or None,
        ship_complete=_or(command.ship_complete, customer.ship_complete),
        allow_partial=_or(command.allow_partial, customer.allow_partial),
        allow_substitution=_or(command.allow_substitution, customer.allow_substitution),
        minimum_value=command.minimum_value,
        payment_terms=command.payment_terms or f"net {customer.payment_days} days",
        quote_expires_on=command.quote_expires_on,
        source=command.source,
    )


def _or(said: bool | None, usual: bool) -> bool:
    return usual if said is None else said


def _free(uow: UnitOfWork, number: OrderNo) -> OrderNo:
    try:
        uow.orders.order(number)
    except NotFoundError:
        return number
    raise ConflictError(f"there is an order {number!r} already; accepted is a number not in use, or none")


def _lines(uow: UnitOfWork, command: EnterOrder, order: SalesOrder, customer: Customer) -> tuple[SalesOrderLine, ...]:
    faults = list(date_faults(command, today=order.order_date))
    ours = uow.company.settings().currency
    if order.currency != ours:
        faults.append(Fault(line=None, field="currency", value=repr(order.currency), accepted=repr(ours)))
    lines: list[SalesOrderLine] = []
    for number, wanted in enumerate(command.lines, start=1):
        made = _line(uow, wanted, order=order, number=number, customer=customer)
        if isinstance(made, Fault):
            faults.append(made)
        else:
            lines.append(made)
    if faults:
        raise faulty(faults)
    return tuple(lines)


def _line(
    uow: UnitOfWork, wanted: WantedLine, *, order: SalesOrder, number: int, customer: Customer
) -> SalesOrderLine | Fault:
    item = uow.catalogue.named(wanted.item, customer=order.customer)
    if item is None or item.phantom:
        accepted = "the code of an item that is sold, or the customer's own number for one"
        return Fault(line=number, field="item", value=repr(wanted.item), accepted=accepted)
    counted = Units(base=item.unit, packs=uow.catalogue.packs(item.code))
    units = wanted_units(wanted, number=number, units=counted)
    if isinstance(units, Fault):
        return units
    price = _price(uow, wanted, order=order, number=number, customer=customer, item=item, units=units)
    if isinstance(price, Fault):
        return price
    if price * units > LARGEST_LINE_VALUE:
        accepted = f"as many as are worth {LARGEST_LINE_VALUE} at most"
        return Fault(line=number, field="quantity", value=repr(str(wanted.quantity)), accepted=accepted)
    return _made(wanted, order=order, number=number, item=item, units=units, price=price)


def _price(
    uow: UnitOfWork, wanted: WantedLine, *, order: SalesOrder, number: int, customer: Customer, item: Item, units: int
) -> Decimal | Fault:
    if wanted.unit_price is not None:
        return wanted.unit_price
    ask = PriceAsk(
        customer=customer,
        item=item,
        quantity=units,
        on=order.order_date,
        currency=order.currency,
        channel=order.channel.value,
    )
    found = search_price(ask, uow.prices.book(item.code))
    if isinstance(found, NoPrice):
        accepted = f"a price in {order.currency}, because none is known: {found.why}"
        return Fault(line=number, field="unit_price", value="None", accepted=accepted)
    return found.unit_price


def _made(
    wanted: WantedLine, *, order: SalesOrder, number: int, item: Item, units: int, price: Decimal
) -> SalesOrderLine:
    return SalesOrderLine(
        order=order.number,
        line=number,
        item=item.code,
        ordered=units,
        unit_price=price,
        requested=wanted.requested,
        latest_acceptable=wanted.latest_acceptable,
        cancel_after=wanted.cancel_after,
        line_set=wanted.line_set,
        set_rule=wanted.set_rule,
        minimum_shipment=wanted.minimum_shipment,
        strategy=wanted.strategy,
        node=LocationCode(wanted.node) if wanted.node else None,
    )


def _contact(command: EnterOrder) -> TimelineEntry:
    po = f" as PO {command.customer_po}" if command.customer_po else ""
    return TimelineEntry(
        kind=TimelineKind.CONTACT,
        text=f"{command.kind.value} of {len(command.lines)} lines received{po}",
        who=command.contact or command.customer,
        channel=command.channel,
        direction=Direction.IN,
    )
