"""A quote becomes an order under its own number until it expires."""

import pytest

from core.domain.errors import ConflictError, DuplicateOrderError, InvalidValueError, QuoteExpiredError
from core.domain.ids import OrderNo
from core.domain.order_life import OrderState
from core.domain.order_terms import OrderKind
from core.services.ordering.entering import enter_order
from core.services.ordering.quoting import PlaceQuote, expire_quotes, place_quote
from tests.builders import SO_1, day
from tests.core.services.ordering.entries import counts, entry
from tests.desk import Desk


def quoted(desk: Desk) -> OrderNo:
    with desk.open() as uow:
        return enter_order(uow, entry(kind=OrderKind.QUOTE, quote_expires_on=day(3), customer_po="")).order


def placing(quote: OrderNo, **values: object) -> PlaceQuote:
    usual: dict[str, object] = {"key": "p-1", "quote": quote, "version": 1, "customer_po": "4711"}
    return PlaceQuote(**{**usual, **values})  # pyright: ignore[reportArgumentType]  the fields of the command


def test_a_quote_is_validated_and_never_held(desk: Desk) -> None:
    quote = quoted(desk)

    with desk.open() as uow:
        assert uow.orders.order(quote).state is OrderState.VALIDATED
        assert uow.holds.of_order(quote) == ()


def test_a_quote_becomes_an_order_and_is_then_looked_at(desk: Desk) -> None:
    quote = quoted(desk)

    with desk.open() as uow:
        placed = place_quote(uow, placing(quote))

    with desk.open() as uow:
        order = uow.orders.order(quote)
        assert (order.kind, order.customer_po, order.version) == (OrderKind.ORDER, "4711", 2)
        assert uow.orders.version_of(quote, 1).order.kind is OrderKind.QUOTE
        assert placed.holds == tuple(hold.number for hold in uow.holds.of_order(quote, open_only=True))
    assert (placed.order, placed.state) == (quote, OrderState.ON_HOLD)


def test_an_expired_quote_is_not_placed(desk: Desk) -> None:
    quote = quoted(desk)
    desk.alter("UPDATE sales_orders SET quote_expires_on = '2024-10-03' WHERE kind = 'quote'")
    before = counts(desk)

    with pytest.raises(QuoteExpiredError, match="was good until 2024-10-03"), desk.open() as uow:
        place_quote(uow, placing(quote))

    assert counts(desk) == before


def test_what_is_no_quote_or_has_changed_or_is_there_already_is_refused(desk: Desk) -> None:
    quote = quoted(desk)

    with pytest.raises(InvalidValueError, match="order SO-1 is no quote"), desk.open() as uow:
        place_quote(uow, placing(SO_1))
    with pytest.raises(ConflictError, match="at version 1, not 2"), desk.open() as uow:
        place_quote(uow, placing(quote, version=2))
    with pytest.raises(DuplicateOrderError, match="order SO-1 already"), desk.open() as uow:
        place_quote(uow, placing(quote, customer_po="harbor-1"))


def test_quotes_whose_last_day_has_passed_are_cancelled_once(desk: Desk) -> None:
    quote = quoted(desk)

    with desk.open() as uow:
        assert expire_quotes(uow, today=day(3)) == ()
        assert expire_quotes(uow, today=day(4)) == (quote,)
        assert expire_quotes(uow, today=day(5)) == ()
        assert uow.orders.order(quote).state is OrderState.CANCELLED
