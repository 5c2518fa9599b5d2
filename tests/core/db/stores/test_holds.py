"""What a hold was set for stays as it was said, and a hold is released once."""

from typing import LiteralString

import pytest
from psycopg.errors import CheckViolation, RestrictViolation, UniqueViolation

from core.domain.errors import NotFoundError
from core.domain.holds import HOLD_RULES, Hold, HoldCause, HoldKind
from core.domain.ids import CustomerCode, LocationCode, OrderNo
from core.domain.parties import CustomerAddress
from core.services.holding import release_as, set_holds
from tests.builders import HARBOR, HOUSTON, MARIA, MESA, SO_1, SO_2
from tests.desk import Desk

CAUSE = HoldCause(kind=HoldKind.MANUAL, why="ask the customer")


def held(desk: Desk, cause: HoldCause = CAUSE) -> Hold:
    with desk.open() as uow:
        return set_holds(uow, SO_1, (cause,))[0]


UNCHANGEABLE: list[LiteralString] = [
    "UPDATE holds SET reason = 'another'",
    "UPDATE holds SET kind = 'credit'",
    "UPDATE holds SET release_roles = '[\"planner\"]'",
    "UPDATE holds SET set_by = 'paul'",
]


@pytest.mark.breaks_laws("rows are changed by hand")
@pytest.mark.parametrize("statement", UNCHANGEABLE)
def test_what_a_hold_was_set_for_may_not_change(desk: Desk, statement: LiteralString) -> None:
    held(desk)

    with pytest.raises(RestrictViolation, match="may not change"):
        desk.alter(statement)


def test_a_released_hold_stays_released(desk: Desk) -> None:
    hold = held(desk)
    with desk.open() as uow:
        released = release_as(uow, hold.number, MARIA, why="answered")

    with pytest.raises(RestrictViolation, match="was released, it stays as it is"):
        desk.alter("UPDATE holds SET released_by = NULL")

    with desk.open() as uow:
        assert uow.holds.get(hold.number) == released


@pytest.mark.breaks_laws("rows are changed by hand")
def test_a_release_says_who_when_and_why(desk: Desk) -> None:
    held(desk)

    with pytest.raises(CheckViolation):
        desk.alter("UPDATE holds SET released_by = 'maria'")


@pytest.mark.breaks_laws("rows are changed by hand")
def test_of_one_kind_there_is_one_open_hold_an_order_and_one_a_line(desk: Desk) -> None:
    whole, of_line = held(desk), held(desk, HoldCause(kind=HoldKind.MANUAL, why="ask", line=1))

    assert (held(desk), held(desk, HoldCause(kind=HoldKind.MANUAL, why="ask again", line=1))) == (whole, of_line)
    with pytest.raises(UniqueViolation):
        desk.alter(
            "INSERT INTO holds (order_id, kind, reason, set_by, set_at, due_at, release_roles)"
            " SELECT order_id, kind, reason, set_by, set_at, due_at, release_roles FROM holds WHERE line IS NULL"
        )


def test_a_hold_on_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="there is no sales order 'SO-77'"), desk.open() as uow:
        uow.holds.add(OrderNo("SO-77"), CAUSE, HOLD_RULES[HoldKind.MANUAL])


def test_what_is_known_of_a_customer(desk: Desk) -> None:
    yard = CustomerAddress(customer=HARBOR, code="YARD", name="Yard", country="US")
    with desk.open() as uow:
        assert (uow.holds.keeps_addresses(), uow.holds.addresses(HARBOR)) == (False, ())
        assert (uow.holds.orders_of(HARBOR), uow.holds.orders_of(HARBOR, besides=SO_1)) == (1, 0)
        assert uow.holds.orders_of(MESA, besides=SO_1) == 1
        assert uow.holds.country_of(HOUSTON) == ""
    desk.alter("""
        INSERT INTO customer_addresses (customer_id, code, name, street, city, postcode, region, country)
        SELECT id, 'YARD', 'Yard', '', '', '', '', 'US' FROM customers WHERE code = 'HARBOR'""")

    with desk.open() as uow:
        assert (uow.holds.keeps_addresses(), uow.holds.addresses(HARBOR)) == (True, (yard,))
        with pytest.raises(NotFoundError, match="there is no location 'NOWHERE'"):
            uow.holds.country_of(LocationCode("NOWHERE"))
        with pytest.raises(NotFoundError, match="there is no customer 'NOBODY'"):
            uow.holds.lock_customer(CustomerCode("NOBODY"))
        with pytest.raises(NotFoundError, match="there is no customer 'NOBODY'"):
            uow.holds.exposure(CustomerCode("NOBODY"))


@pytest.mark.breaks_laws("rows are changed by hand")
def test_quotes_and_other_currencies_are_no_exposure(desk: Desk) -> None:
    with desk.open() as uow:
        before = uow.holds.exposure(MESA).total
    desk.alter("UPDATE sales_orders SET kind = 'quote' WHERE number = 'SO-2'")
    with desk.open() as uow:
        quoted = uow.holds.exposure(MESA).total
    desk.alter("UPDATE sales_orders SET kind = 'order', currency = 'EUR' WHERE number = 'SO-2'")

    with desk.open() as uow:
        assert (before, quoted, uow.holds.exposure(MESA).total) == (669.5, 0, 0)
        assert uow.holds.of_order(SO_2) == ()
    desk.alter("UPDATE sales_orders SET currency = 'USD' WHERE number = 'SO-2'")
