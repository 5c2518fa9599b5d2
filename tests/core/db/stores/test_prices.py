"""Prices that were given are never changed or taken away, only ended; decisions on prices are history."""

from decimal import Decimal
from typing import LiteralString

import psycopg
import pytest
from psycopg.errors import CheckViolation, InsufficientPrivilege, RestrictViolation

from core.db.roles import dsn_of
from core.domain.errors import ConflictError, NotFoundError
from core.domain.ids import CustomerCode, ItemCode, OrderNo
from core.domain.prices import PriceList, PriceListCode, PriceListKind, PriceListLine
from tests.builders import HARBOR, SO_1, VALVE, day
from tests.desk import Desk

LIST = PriceList(code=PriceListCode("US"), name="United States", currency="USD", valid_from=day(0))
LINE = PriceListLine(list=LIST.code, line=1, item=VALVE, unit_price=Decimal("27.5000"), valid_from=day(0))


@pytest.fixture(autouse=True)
def _list(desk: Desk) -> None:
    agreed = desk.agreed_prices()
    with desk.open() as uow:
        uow.prices.add_list(LIST, (LINE,), agreed=agreed)
    desk.alter(
        "INSERT INTO discounts (code, name, kind, value, minimum, valid_from, combination, sequence, on_contracts)"
        " VALUES ('D', 'd', 'percent', 10, 1, '2024-01-01', 'stackable', 1, true)"
    )


@pytest.mark.parametrize("table", ["price_list_lines", "discounts"])
def test_only_the_end_of_a_price_may_change(desk: Desk, table: LiteralString) -> None:
    with psycopg.connect(dsn_of(desk.urls.app)) as app:
        with pytest.raises(RestrictViolation, match="has not declared that it changes prices or pack"):
            app.execute(f"UPDATE {table} SET valid_to = '2030-01-01'")
        app.rollback()
        with pytest.raises(InsufficientPrivilege):
            app.execute(f"UPDATE {table} SET valid_from = '2030-01-01'")
    with psycopg.connect(dsn_of(desk.urls.owner)) as owner, pytest.raises(RestrictViolation, match="only valid_to"):
        owner.execute(f"UPDATE {table} SET valid_from = '2030-01-01'")


REFUSED_ROWS: list[LiteralString] = [
    "UPDATE price_lists SET kind = 'contract'",
    "UPDATE price_lists SET kind = 'rumour'",
    "INSERT INTO price_list_lines SELECT list_id, 2, item_id, 0, 5, valid_from FROM price_list_lines",
    "INSERT INTO price_list_lines SELECT list_id, 2, item_id, 1, -5, valid_from FROM price_list_lines",
    (
        "INSERT INTO discounts (code, name, kind, value, minimum, valid_from, combination, sequence, on_contracts)"
        " VALUES ('E', 'e', 'percent', 101, 1, '2024-01-01', 'stackable', 1, true)"
    ),
    (
        "INSERT INTO discounts (code, name, kind, value, minimum, valid_from, combination, sequence, on_contracts)"
        " VALUES ('E', 'e', 'amount', 1, 1, '2024-01-01', 'stackable', 1, true)"
    ),
]


@pytest.mark.parametrize("statement", REFUSED_ROWS)
def test_the_database_refuses_prices_that_are_none(desk: Desk, statement: LiteralString) -> None:
    with pytest.raises(CheckViolation):
        desk.alter(statement)


def test_a_list_is_added_once_and_found_again(desk: Desk) -> None:
    agreed = desk.agreed_prices()

    with pytest.raises(ConflictError, match="there is a price list 'US' already"), desk.open() as uow:
        uow.prices.add_list(LIST, (), agreed=agreed)

    with desk.open() as uow:
        assert (uow.prices.lists(), uow.prices.lines(LIST.code)) == ((LIST,), (LINE,))
        ((_, actor, event, _, _),) = uow.audit.trail("prices:US")
    assert (actor, event) == ("maria", "price_list_added")


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    contract = PriceList(
        code=PriceListCode("C"),
        name="c",
        currency="USD",
        valid_from=day(0),
        kind=PriceListKind.CONTRACT,
        customer=CustomerCode("NOBODY"),
    )
    with desk.open() as uow:
        with pytest.raises(NotFoundError, match="there is no customer 'NOBODY'"):
            uow.prices.add_list(contract, (), agreed="nothing")
        with pytest.raises(NotFoundError, match="there is no item 'NOTHING'"):
            uow.prices.book(ItemCode("NOTHING"))
        with pytest.raises(NotFoundError, match="there is no price list 'XX'"):
            uow.prices.lines(PriceListCode("XX"))
        with pytest.raises(NotFoundError, match="there is no sales order 'SO-77'"):
            uow.prices.of_line(OrderNo("SO-77"), 1)
        assert uow.prices.of_line(SO_1, 1) is None


def test_a_list_of_a_customer_names_it(desk: Desk) -> None:
    own = PriceList(
        code=PriceListCode("H"), name="h", currency="USD", valid_from=day(0), customer=HARBOR, region="GULF"
    )

    agreed = desk.agreed_prices()
    with desk.open() as uow:
        uow.prices.add_list(own, (), agreed=agreed)
        assert uow.prices.lists() == (own, LIST)
