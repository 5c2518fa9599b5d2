"""The price found is that of the narrowest contract or list that holds, less the discounts, with each step in words."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.ids import CustomerCode, ItemCode
from core.domain.items import Item
from core.domain.parties import Customer
from core.domain.price_search import NoPrice, PriceAsk, PriceBook, price_of, search_price
from core.domain.prices import (
    Combination,
    Discount,
    DiscountCode,
    DiscountKind,
    Offer,
    PriceList,
    PriceListCode,
    PriceListKind,
    PriceListLine,
    PriceSource,
)
from tests.architecture.tree import ROOT
from tests.builders import TODAY

VALVE = Item(code=ItemCode("VALVE-3"), name="3-inch valve", list_price=Decimal("30.00"))
HARBOR = Customer(code=CustomerCode("HARBOR"), name="Harbor Supply", tier=1, region="GULF")
ASK = PriceAsk(customer=HARBOR, item=VALVE, quantity=40, on=TODAY, currency="USD")
LIST = PriceList(code=PriceListCode("US-2024"), name="United States", currency="USD", valid_from=TODAY)
CONTRACT = replace(LIST, code=PriceListCode("C-7"), kind=PriceListKind.CONTRACT, customer=HARBOR.code)
SPRING = Discount(
    code=DiscountCode("SPRING"), name="spring", kind=DiscountKind.PERCENT, value=Decimal(10), valid_from=TODAY
)
FREIGHT = replace(
    SPRING,
    code=DiscountCode("FREIGHT"),
    name="own truck",
    kind=DiscountKind.AMOUNT,
    value=Decimal("0.50"),
    currency="USD",
)


def offer(of: PriceList, line: int, price: str, minimum: int = 1, *, starts: int = 0) -> Offer:
    return Offer(
        list=of,
        line=PriceListLine(
            list=of.code,
            line=line,
            item=VALVE.code,
            unit_price=Decimal(price),
            valid_from=TODAY + timedelta(days=starts),
            minimum=minimum,
        ),
    )


def book(*offers: Offer, discounts: tuple[Discount, ...] = ()) -> PriceBook:
    return PriceBook(offers=offers, discounts=discounts, company_currency="USD")


def words(ask: PriceAsk, of: PriceBook) -> list[str]:
    return [step.words for step in price_of(ask, of).steps]


def test_a_contract_goes_before_a_list_and_is_named() -> None:
    found = price_of(ASK, book(offer(LIST, 1, "29"), offer(CONTRACT, 3, "25")))

    assert (found.unit_price, found.source, found.reference) == (
        Decimal(25),
        PriceSource.CONTRACT,
        "contract C-7 line 3",
    )
    assert found.total == Decimal("1000.00")
    assert [step.words for step in found.steps] == ["contract C-7 line 3: 25.0000 USD"]


def test_the_customers_own_contract_goes_before_that_of_its_group() -> None:
    of_tier = replace(CONTRACT, code=PriceListCode("A-1"), customer=None, tier=1)
    of_tier_and_region = replace(of_tier, code=PriceListCode("A-2"), region="GULF")

    assert price_of(ASK, book(offer(of_tier, 1, "20"), offer(CONTRACT, 1, "25"))).reference == "contract C-7 line 1"
    assert price_of(ASK, book(offer(of_tier, 1, "20"), offer(of_tier_and_region, 1, "25"))).unit_price == Decimal(25)


def test_of_two_lists_the_lower_priority_number_counts() -> None:
    second = replace(LIST, code=PriceListCode("A"), priority=2)

    assert price_of(ASK, book(offer(second, 1, "20"), offer(LIST, 1, "29"))).reference == "price list US-2024 line 1"


def test_the_largest_break_that_is_reached_counts() -> None:
    breaks = book(offer(LIST, 1, "30"), offer(LIST, 2, "28", 10), offer(LIST, 3, "26", 41))

    assert [price_of(replace(ASK, quantity=n), breaks).unit_price for n in (9, 10, 40, 41)] == [30, 28, 28, 26]
    assert words(ASK, breaks) == ["price list US-2024 line 2: 28.0000 USD from 10 units on"]


def test_of_two_lines_for_one_break_the_newer_counts_from_its_day_on() -> None:
    lines = book(offer(LIST, 1, "30"), offer(LIST, 2, "31", starts=7))

    assert price_of(replace(ASK, on=TODAY + timedelta(days=6)), lines).unit_price == 30
    assert price_of(replace(ASK, on=TODAY + timedelta(days=7)), lines).unit_price == 31


def test_a_contract_that_wants_more_units_is_passed_over_and_says_so() -> None:
    found = words(ASK, book(offer(LIST, 1, "29"), offer(CONTRACT, 1, "25", 100)))

    assert found == [
        "contract C-7 line 1 begins at 100 units, 40 are wanted: not used",
        "price list US-2024 line 1: 29.0000 USD",
    ]


@pytest.mark.parametrize(
    "change",
    [{"customer": CustomerCode("MESA")}, {"tier": 2}, {"region": "WEST"}, {"valid_to": TODAY - timedelta(days=1)}],
)
def test_a_list_whose_conditions_are_not_met_is_not_used(change: dict[str, object]) -> None:
    assert price_of(ASK, book(offer(replace(LIST, **change), 1, "20"))).reference == "list price of item VALVE-3"


def test_without_a_list_the_items_own_price_counts() -> None:
    found = price_of(ASK, book())

    assert (found.unit_price, found.source, found.base) == (Decimal("30.00"), PriceSource.ITEM, Decimal("30.00"))
    assert words(ASK, book()) == ["list price of item VALVE-3: 30.0000 USD"]


def test_an_item_without_any_price_is_not_sold() -> None:
    ask = replace(ASK, item=replace(VALVE, list_price=Decimal(0)))

    with pytest.raises(NotFoundError, match="there is no price of 40 of 'VALVE-3' for 'HARBOR' on 2024-10-04"):
        price_of(ask, book())


def test_prices_in_another_currency_are_refused_and_never_converted() -> None:
    ask = replace(ASK, currency="EUR")

    with pytest.raises(InvalidValueError, match=r"has prices for 'HARBOR' in USD \(list price\), none in 'EUR'"):
        price_of(ask, book(offer(LIST, 1, "29")))
    euros = offer(replace(LIST, code=PriceListCode("EU"), currency="EUR"), 1, "27")
    assert price_of(ask, book(offer(LIST, 1, "29"), euros)).unit_price == 27


@pytest.mark.parametrize("quantity", [0, -1, 10**12 + 1])
def test_a_quantity_that_is_none_is_refused(quantity: int) -> None:
    with pytest.raises(InvalidValueError, match=f"quantity {quantity} is not a whole number from 1"):
        price_of(replace(ASK, quantity=quantity), book())


def test_a_line_worth_more_than_a_line_may_be_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="the most a line may be worth"):
        price_of(replace(ASK, quantity=10**12), book())


def test_stackable_discounts_follow_one_another_in_their_sequence() -> None:
    both = book(offer(LIST, 1, "29.99"), discounts=(replace(FREIGHT, sequence=2), SPRING))

    assert words(ASK, both) == [
        "price list US-2024 line 1: 29.9900 USD",
        "discount SPRING (spring), 10 % off: 26.9910 USD",
        "discount FREIGHT (own truck), 0.5000 USD off: 26.4910 USD",
    ]
    found = price_of(ASK, both)
    assert (found.base, found.found, found.total) == (Decimal("29.99"), Decimal("26.4910"), Decimal("1059.64"))


def test_of_best_of_discounts_only_the_strongest_counts() -> None:
    best = replace(SPRING, combination=Combination.BEST)
    better = replace(best, code=DiscountCode("AUTUMN"), name="autumn", value=Decimal(20), sequence=2)

    assert words(ASK, book(discounts=(best, better, FREIGHT))) == [
        "list price of item VALVE-3: 30.0000 USD",
        "discount AUTUMN (autumn), 20 % off, the best of 2: 24.0000 USD",
        "discount FREIGHT (own truck), 0.5000 USD off: 23.5000 USD",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"customer": CustomerCode("MESA")},
        {"tier": 2},
        {"region": "WEST"},
        {"item": ItemCode("PUMP-1")},
        {"channel": "portal"},
        {"minimum": 41},
        {"valid_from": TODAY + timedelta(days=1)},
        {"valid_to": TODAY - timedelta(days=1)},
        {"kind": DiscountKind.AMOUNT, "currency": "EUR"},
    ],
)
def test_a_discount_whose_conditions_are_not_met_takes_nothing_off(change: dict[str, object]) -> None:
    assert price_of(ASK, book(discounts=(replace(SPRING, **change),))).unit_price == 30


def test_contract_prices_are_net_unless_a_discount_says_otherwise() -> None:
    agreed = offer(CONTRACT, 1, "25")

    assert price_of(ASK, book(agreed, discounts=(SPRING,))).unit_price == 25
    assert price_of(ASK, book(agreed, discounts=(replace(SPRING, on_contracts=True),))).unit_price == Decimal("22.5000")


def test_a_discount_for_a_channel_counts_there() -> None:
    portal = book(discounts=(replace(SPRING, channel="portal"),))

    assert price_of(replace(ASK, channel="portal"), portal).unit_price == 27


def test_the_example_of_the_manual_is_worked_out_as_it_says() -> None:
    agreed = offer(CONTRACT, 1, "25", 100)
    both = book(offer(LIST, 1, "29.99"), agreed, discounts=(replace(FREIGHT, sequence=2), SPRING))
    page = (ROOT / "docs" / "prices-and-holds.md").read_text(encoding="utf-8")

    found = price_of(replace(ASK, channel="portal"), both)

    told = [line.split(" | ")[0].removeprefix("| ") for line in page.splitlines() if line.startswith("| ")]
    assert [step.words for step in found.steps] == [words for words in told if "C-7 line" in words or " USD" in words]
    assert f"40 x {found.unit_price} = {found.total:,}" in page


amounts = st.decimals(min_value=0, max_value=10_000, places=4)
discounts = st.builds(
    lambda n, percent, value, best: replace(
        SPRING if percent else FREIGHT,
        code=DiscountCode(f"D{n}"),
        value=min(value, Decimal(100)) if percent else value,
        combination=Combination.BEST if best else Combination.STACKABLE,
    ),
    st.integers(1, 99),
    st.booleans(),
    amounts,
    st.booleans(),
)


@given(
    prices=st.lists(amounts, min_size=1, max_size=6),
    minima=st.lists(st.integers(1, 500), min_size=6, max_size=6, unique=True),
    few=st.integers(1, 1000),
    more=st.integers(0, 1000),
    off=st.lists(discounts, max_size=4, unique_by=lambda one: one.code),
)
def test_where_prices_fall_with_the_breaks_more_units_are_never_dearer(
    prices: list[Decimal], minima: list[int], few: int, more: int, off: list[Discount]
) -> None:
    table = zip(sorted(minima), sorted(prices, reverse=True), strict=False)
    first = offer(LIST, 99, str(max(prices)))
    lines = (first, *(offer(LIST, n, str(price), minimum + 1) for n, (minimum, price) in enumerate(table, 1)))

    small, large = (price_of(replace(ASK, quantity=n), book(*lines, discounts=tuple(off))) for n in (few, few + more))

    assert large.unit_price <= small.unit_price


@given(
    price=amounts, off=st.lists(discounts, max_size=6, unique_by=lambda one: one.code), quantity=st.integers(1, 9999)
)
def test_discounts_never_go_below_zero_nor_above_the_price_found(
    price: Decimal, off: list[Discount], quantity: int
) -> None:
    found = price_of(replace(ASK, quantity=quantity), book(offer(LIST, 1, str(price)), discounts=tuple(off)))

    assert 0 <= found.unit_price <= price
    assert found.unit_price == found.unit_price.quantize(Decimal("0.0001"))
    assert abs(found.total - found.unit_price * quantity) <= Decimal("0.005")
    assert [step.price for step in found.steps] == sorted((step.price for step in found.steps), reverse=True)


@given(
    offers=st.lists(st.tuples(st.sampled_from(["USD", "EUR", "JPY"]), amounts, st.booleans()), max_size=6),
    asked=st.sampled_from(["USD", "EUR", "JPY"]),
)
def test_a_price_is_always_in_the_currency_asked(offers: list[tuple[str, Decimal, bool]], asked: str) -> None:
    lines = [
        offer(
            replace(CONTRACT if contract else LIST, code=PriceListCode(f"{currency}-{n}"), currency=currency),
            n,
            str(price),
        )
        for n, (currency, price, contract) in enumerate(offers, 1)
    ]

    found = search_price(replace(ASK, currency=asked), book(*lines))

    if isinstance(found, NoPrice):
        assert asked not in {currency for currency, _, _ in offers} | {"USD"}
        assert asked not in found.other_currencies
    else:
        assert found.currency == asked
        assert found.list is None or found.list.startswith(asked)


@given(order=st.permutations(range(4)))
def test_the_order_in_which_offers_are_read_makes_no_difference(order: list[int]) -> None:
    offers = (offer(LIST, 1, "29"), offer(LIST, 2, "28", 10), offer(CONTRACT, 1, "25"), offer(CONTRACT, 2, "24", 100))

    assert price_of(ASK, book(*(offers[n] for n in order))) == price_of(ASK, book(*offers))
