"""Orders are entered whole or not at all: faults are named, duplicates refused, the same command answered once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from core.domain.errors import ConflictError, DuplicateOrderError, InvalidValueError, NotFoundError
from core.domain.ids import CustomerCode, OrderNo
from core.domain.order_entry import EnterOrder
from core.domain.order_life import OrderState
from core.domain.order_terms import Channel, OrderKind, SetRule
from core.domain.timeline import Direction, TimelineKind
from core.services.ordering.entering import ValidateOrder, enter_order, validate_order
from tests.builders import HARBOR, MESA, SEAL, VALVE, day
from tests.core.services.ordering.entries import counts, entry, wanted
from tests.desk import Desk


def test_an_order_is_in_the_books_as_it_was_asked_for(desk: Desk) -> None:
    command = entry(wanted(10), wanted(4, item=SEAL, unit_price=Decimal("4.0000"), requested=day(9)))

    with desk.open() as uow:
        entered = enter_order(uow, command)

    with desk.open() as uow:
        order, lines = uow.orders.order(entered.order), uow.orders.lines(entered.order)
    assert (order.customer, order.customer_po, order.channel) == (HARBOR, "4711", Channel.EMAIL)
    assert (order.currency, order.ship_from, order.priority, order.version) == ("USD", "HOUSTON", 1, 1)
    assert order.payment_terms == "net 30 days"
    assert [(line.line, line.item, line.ordered, line.requested) for line in lines] == [
        (1, VALVE, 10, day(20)),
        (2, SEAL, 4, day(9)),
    ]
    assert entered.value == Decimal("266.00")


def test_an_order_is_told_on_its_timeline(desk: Desk) -> None:
    with desk.open() as uow:
        entered = enter_order(uow, entry(contact="Ann of Harbor"))

    with desk.open() as uow:
        first = uow.orders.timeline(entered.order)[0]
    assert (first.kind, first.who, first.channel, first.direction) == (
        TimelineKind.CONTACT,
        "Ann of Harbor",
        Channel.EMAIL,
        Direction.IN,
    )
    assert first.text == "order of 1 lines received as PO 4711"


def test_the_same_command_is_carried_out_once(desk: Desk) -> None:
    with desk.open() as uow:
        first = enter_order(uow, entry())

    with desk.open() as uow:
        assert enter_order(uow, entry()) == first


@pytest.mark.parametrize("customer_po", ["4711", " 47 11 ", "４７１１"])
def test_the_same_po_again_is_refused_naming_the_order(desk: Desk, customer_po: str) -> None:
    with desk.open() as uow:
        first = enter_order(uow, entry())

    again = entry(key="k-2", customer_po=customer_po)
    with pytest.raises(DuplicateOrderError, match=f"on order {first.order} already") as refused, desk.open() as uow:
        enter_order(uow, again)

    assert refused.value.details["orders"] == (first.order,)


def test_the_same_po_is_accepted_when_it_is_meant_or_another_customers(desk: Desk) -> None:
    with desk.open() as uow:
        enter_order(uow, entry(customer_po="Ab 1"))
        enter_order(uow, entry(key="k-2", customer_po="AB1", duplicate_meant=True))
        enter_order(uow, entry(key="k-3", customer_po="AB1", customer=MESA))
        with pytest.raises(DuplicateOrderError):
            enter_order(uow, entry(key="k-4", customer_po="ab1"))


def test_of_two_orders_with_one_po_at_once_one_is_refused(desk: Desk) -> None:
    def enter(key: str) -> str:
        try:
            with desk.open() as uow:
                return enter_order(uow, entry(key=key)).order
        except DuplicateOrderError as refused:
            return refused.code

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(enter, ["k-1", "k-2"]))

    assert answers[1] == "duplicate_order"
    assert answers[0].startswith("SO-")


def test_quantities_are_base_units_exactly(desk: Desk) -> None:
    desk.alter("INSERT INTO unit_conversions SELECT id, 'CTN', 12 FROM items WHERE code = 'VALVE-3'")

    with desk.open() as uow:
        entered = enter_order(uow, entry(wanted(Decimal("2.5"), unit="CTN")))
        assert uow.orders.line(entered.order, 1).ordered == 30

    with pytest.raises(InvalidValueError, match=r"quantity '0\.3': accepted is a whole number of EA; one CTN is 12"):
        enter_in(desk, entry(wanted(Decimal("0.3"), unit="CTN"), key="k-2", customer_po="2"))


def test_an_item_is_known_by_the_customers_own_number(desk: Desk) -> None:
    desk.alter(
        "INSERT INTO customer_items SELECT c.id, 'H-77', i.id FROM customers c, items i"
        " WHERE c.code = 'HARBOR' AND i.code = 'VALVE-3'"
    )

    with desk.open() as uow:
        entered = enter_order(uow, entry(wanted(item="H-77")))
        assert uow.orders.line(entered.order, 1).item == VALVE


FAULTS: dict[str, tuple[EnterOrder, tuple[int | None, str]]] = {
    "no lines": (replace(entry(), lines=()), (None, "lines")),
    "quantity 0": (entry(wanted(0)), (1, "quantity")),
    "quantity below 0": (entry(wanted(-1)), (1, "quantity")),
    "quantity true": (entry(wanted(True)), (1, "quantity")),
    "quantity nan": (entry(wanted(Decimal("NaN"))), (1, "quantity")),
    "quantity infinite": (entry(wanted(Decimal("Infinity"))), (1, "quantity")),
    "quantity beyond all": (entry(wanted(Decimal("1E+1000000"))), (1, "quantity")),
    "quantity beyond bigint": (entry(wanted(2**63)), (1, "quantity")),
    "half a unit": (entry(wanted(Decimal("0.5"))), (1, "quantity")),
    "unknown unit": (entry(wanted(unit="BOX")), (1, "unit")),
    "unknown item": (entry(wanted(), wanted(item="NOPE")), (2, "item")),
    "item with NUL": (entry(wanted(item="VALVE\0-3")), (1, "item")),
    "item with a lone surrogate": (entry(wanted(item="\ud800")), (1, "item")),
    "item with a bidi mark": (entry(wanted(item="VALVE\u202e-3")), (1, "item")),
    "po with NUL": (entry(customer_po="47\0"), (None, "customer_po")),
    "po without end": (entry(customer_po="4" * 401), (None, "customer_po")),
    "price below 0": (entry(wanted(unit_price=Decimal(-1))), (1, "unit_price")),
    "price nan": (entry(wanted(unit_price=Decimal("NaN"))), (1, "unit_price")),
    "price too exact": (entry(wanted(unit_price=Decimal("0.00001"))), (1, "unit_price")),
    "no price known": (entry(wanted(unit_price=None)), (1, "unit_price")),
    "worth too much": (entry(wanted(10**12, unit_price=Decimal(10**12))), (1, "quantity")),
    "requested in the past": (entry(wanted(requested=day(-1))), (1, "requested")),
    "requested in year 1": (entry(wanted(requested=day(0).replace(year=1))), (1, "requested")),
    "latest before requested": (entry(wanted(latest_acceptable=day(19))), (1, "latest_acceptable")),
    "cancel before requested": (entry(wanted(cancel_after=day(19))), (1, "cancel_after")),
    "a set without rule": (entry(wanted(line_set="A")), (1, "set_rule")),
    "a rule without set": (entry(wanted(set_rule=SetRule.SHIP)), (1, "set_rule")),
    "currency in words": (entry(currency="dollar"), (None, "currency")),
    "another currency": (entry(currency="EUR"), (None, "currency")),
    "priority -1": (entry(priority=-1), (None, "priority")),
    "quote without end": (entry(kind=OrderKind.QUOTE), (None, "quote_expires_on")),
    "order with an end": (entry(quote_expires_on=day(3)), (None, "quote_expires_on")),
    "quote that expired": (entry(kind=OrderKind.QUOTE, quote_expires_on=day(-1)), (None, "quote_expires_on")),
}


@pytest.mark.parametrize(("command", "where"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_named_and_nothing_is_entered(
    desk: Desk, command: EnterOrder, where: tuple[int | None, str]
) -> None:
    before = counts(desk)

    with pytest.raises(InvalidValueError) as refused:
        enter_in(desk, command)

    faults: Any = refused.value.details["faults"]
    assert [(fault["line"], fault["field"]) for fault in faults] == [where]
    assert counts(desk) == before


def test_every_fault_is_named_at_once(desk: Desk) -> None:
    command = entry(wanted(0), wanted(unit_price=Decimal(-1)), customer_po="\0")

    with pytest.raises(InvalidValueError, match=r"and 2 more") as refused:
        enter_in(desk, command)

    faults: Any = refused.value.details["faults"]
    assert [(fault["line"], fault["field"]) for fault in faults] == [
        (None, "customer_po"),
        (1, "quantity"),
        (2, "unit_price"),
    ]


def test_an_unknown_customer_and_a_taken_number_are_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="customer 'NOBODY'"):
        enter_in(desk, entry(customer=CustomerCode("NOBODY")))

    with pytest.raises(ConflictError, match="there is an order 'SO-1' already"):
        enter_in(desk, entry(number=OrderNo("SO-1")))


def test_a_draft_is_validated_later(desk: Desk) -> None:
    with desk.open() as uow:
        draft = enter_order(uow, entry(draft=True))
        assert draft.state is OrderState.DRAFT
        validated = validate_order(uow, ValidateOrder(key="k-2", order=draft.order, version=1))

    assert validated.state in (OrderState.VALIDATED, OrderState.ON_HOLD)


def enter_in(desk: Desk, command: EnterOrder) -> None:
    with desk.open() as uow:
        enter_order(uow, command)
