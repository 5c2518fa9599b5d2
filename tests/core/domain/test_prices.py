"""Unit prices have four places and line totals two, and what is published is checked first."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidValueError
from core.domain.ids import ItemCode
from core.domain.prices import (
    Discount,
    DiscountCode,
    DiscountKind,
    PricedLine,
    PriceList,
    PriceListCode,
    PriceListKind,
    PriceListLine,
    PriceSource,
    PriceStep,
    check_discount,
    check_line,
    check_list,
    checked_price,
    line_total,
    priced,
)
from tests.builders import TODAY

LIST = PriceList(code=PriceListCode("L"), name="list", currency="USD", valid_from=TODAY)
LINE = PriceListLine(list=LIST.code, line=1, item=ItemCode("V"), unit_price=Decimal(5), valid_from=TODAY)
PERCENT = Discount(code=DiscountCode("D"), name="d", kind=DiscountKind.PERCENT, value=Decimal(100), valid_from=TODAY)
AMOUNT = replace(PERCENT, kind=DiscountKind.AMOUNT, currency="USD")


def test_halves_are_rounded_away_from_zero() -> None:
    assert priced(Decimal("1.00005")) == Decimal("1.0001")
    assert priced(Decimal("1.00004999")) == Decimal("1.0000")
    assert line_total(Decimal("0.0050"), 1) == Decimal("0.01")
    assert line_total(Decimal("0.0049"), 1) == Decimal("0.00")
    assert line_total(Decimal("33.3333"), 3) == Decimal("100.00")


@given(st.decimals(min_value=0, max_value=1_000_000, places=4), st.integers(1, 1_000_000))
def test_a_line_total_is_rounded_once(price: Decimal, quantity: int) -> None:
    total = line_total(price, quantity)

    assert total == total.quantize(Decimal("0.01"))
    assert abs(total - price * quantity) <= Decimal("0.005")


@pytest.mark.parametrize("text", ["NaN", "sNaN", "Infinity", "-0.01", "1.00001", "1E+13"])
def test_a_price_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="is not a number from 0 to"):
        checked_price(Decimal(text))


def test_a_price_is_taken_as_it_is() -> None:
    assert checked_price(Decimal("24.9999")) == Decimal("24.9999")
    assert checked_price(Decimal("1E+3")) == 1000


@pytest.mark.parametrize(
    ("source", "more", "name"),
    [
        (PriceSource.ITEM, {}, "list price of item V"),
        (PriceSource.LIST, {"list": PriceListCode("L"), "list_line": 2}, "price list L line 2"),
        (PriceSource.CONTRACT, {"list": PriceListCode("C-7"), "list_line": 3}, "contract C-7 line 3"),
        (PriceSource.OVERRIDE, {"override": 4}, "override 4"),
        (PriceSource.STATED, {}, "stated by the customer"),
        (PriceSource.ACCEPTED, {}, "stated by the customer, within the tolerance"),
    ],
)
def test_a_price_names_its_source(source: PriceSource, more: dict[str, object], name: str) -> None:
    line = PricedLine(
        item=ItemCode("V"),
        quantity=3,
        currency="USD",
        unit_price=Decimal("1.5"),
        found=Decimal("1.5"),
        source=source,
        steps=(PriceStep(words="so", price=Decimal("1.5")),),
        priced_on=TODAY,
    )

    assert (replace(line, **more).reference, line.total) == (name, Decimal("4.50"))


REFUSED_LISTS = [
    ({"currency": "usd"}, "currency 'usd' is not a three-letter ISO 4217 code"),
    ({"valid_to": TODAY - timedelta(days=1)}, "ends on 2024-10-03, before it begins on 2024-10-04"),
    ({"kind": PriceListKind.CONTRACT}, "contract 'L' is with nobody"),
]
REFUSED_LINES = [
    ({"unit_price": Decimal(-1)}, "price Decimal"),
    ({"minimum": 0}, "quantity 0 is not a whole number from 1"),
    ({"line": 0}, "line 0 is not a whole number from 1"),
    ({"valid_to": TODAY - timedelta(days=1)}, "line 1 ends on"),
]
REFUSED_DISCOUNTS = [
    (replace(PERCENT, value=Decimal("100.0001")), "accepted are 0 to 100 %"),
    (replace(PERCENT, currency="USD"), "and no currency"),
    (replace(PERCENT, value=Decimal("NaN")), "is not a number from 0"),
    (replace(AMOUNT, currency=None), "currency '' is not a three-letter"),
    (replace(AMOUNT, minimum=0), "quantity 0 is not a whole number from 1"),
    (replace(AMOUNT, valid_to=TODAY - timedelta(days=1)), "discount 'D' ends on"),
]


@pytest.mark.parametrize(("change", "why"), REFUSED_LISTS)
def test_a_list_for_nobody_or_never_is_refused(change: dict[str, object], why: str) -> None:
    check_list(LIST)

    with pytest.raises(InvalidValueError, match=why):
        check_list(replace(LIST, **change))


@pytest.mark.parametrize(("change", "why"), REFUSED_LINES)
def test_a_line_without_price_or_quantity_is_refused(change: dict[str, object], why: str) -> None:
    check_line(LINE)

    with pytest.raises(InvalidValueError, match=why):
        check_line(replace(LINE, **change))


@pytest.mark.parametrize(("discount", "why"), REFUSED_DISCOUNTS)
def test_a_discount_beyond_all_there_is_is_refused(discount: Discount, why: str) -> None:
    check_discount(PERCENT)
    check_discount(AMOUNT)

    with pytest.raises(InvalidValueError, match=why):
        check_discount(discount)
