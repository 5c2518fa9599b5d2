"""Every check at entry holds for its own reason, says it in a sentence, and lets a near miss pass."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.credit import CreditExposure
from core.domain.hold_checks import ENTRY_POLICY, EntryFacts, EntryPolicy, FraudRule, causes_to_hold, within_tolerance
from core.domain.holds import HOLD_RULES, HoldKind
from core.domain.ids import OrderNo
from core.domain.order_terms import Channel
from core.domain.orders import SalesOrder, SalesOrderLine
from core.domain.parties import Customer, CustomerAddress
from core.domain.price_search import NoPrice
from core.domain.prices import PricedLine, PriceSource
from tests.builders import HARBOR, HOUSTON, VALVE, day

YARD = CustomerAddress(customer=HARBOR, code="YARD", name="Yard", country="US")
DOCK = replace(YARD, code="DOCK", country="MX")
PRICE = PricedLine(
    item=VALVE,
    quantity=40,
    currency="USD",
    unit_price=Decimal(25),
    found=Decimal(25),
    source=PriceSource.ITEM,
    steps=(),
    priced_on=day(0),
)
FACTS = EntryFacts(
    order=SalesOrder(
        number=OrderNo("SO-9"),
        customer=HARBOR,
        customer_po="H-9",
        channel=Channel.EDI,
        order_date=day(0),
        currency="USD",
        ship_from=HOUSTON,
        priority=1,
        entry_sequence=9,
        address="YARD",
    ),
    lines=(
        SalesOrderLine(order=OrderNo("SO-9"), line=1, item=VALVE, ordered=40, unit_price=Decimal(25), requested=day(9)),
    ),
    customer=Customer(code=HARBOR, name="Harbor Supply", country="US"),
    prices=(PRICE,),
    exposure=CreditExposure(
        customer=HARBOR, currency="USD", ordered=Decimal(500), unpaid=Decimal(500), limit=Decimal(2000)
    ),
    addresses=(DOCK, YARD),
    addresses_kept=True,
    earlier_orders=3,
    ship_from_country="US",
)


def found(facts: EntryFacts, policy: EntryPolicy = ENTRY_POLICY) -> list[tuple[HoldKind, str]]:
    return [(cause.kind, cause.why) for cause in causes_to_hold(facts, policy)]


def with_order(**more: object) -> EntryFacts:
    return replace(FACTS, order=replace(FACTS.order, **more))


def with_line(**more: object) -> EntryFacts:
    unlimited = replace(FACTS.exposure, limit=None)
    return replace(FACTS, lines=(replace(FACTS.lines[0], **more),), exposure=unlimited)


def test_an_order_that_is_all_right_is_not_held() -> None:
    assert FACTS.value == 1000
    assert found(FACTS) == []


def test_one_cent_over_the_credit_limit_is_held() -> None:
    over = replace(FACTS, exposure=replace(FACTS.exposure, unpaid=Decimal("500.01")))

    assert found(over) == [
        (
            HoldKind.CREDIT,
            (
                "HARBOR owes 500.01 and has 500.00 on order; with this order of 1,000.00 that is 2,000.01 USD,"
                " the credit limit is 2,000.00"
            ),
        )
    ]


def test_without_a_limit_nothing_is_over_it() -> None:
    without = replace(FACTS.exposure, limit=None, unpaid=Decimal(10**9))

    assert (found(replace(FACTS, exposure=without)), without.left) == ([], None)


@pytest.mark.parametrize("price", ["24.8749", "25.1251", "0", "30"])
def test_a_price_beyond_the_tolerance_is_held(price: str) -> None:
    ((kind, why),) = found(with_line(unit_price=Decimal(price)))

    assert kind is HoldKind.PRICE
    assert why == (
        f"line 1: the order says {Decimal(price):.4f} USD, list price of item VALVE-3 makes it 25.0000;"
        " accepted is 0.5 % either way"
    )


@pytest.mark.parametrize("price", ["24.8750", "25", "25.1250"])
def test_a_price_at_the_tolerance_is_not_held(price: str) -> None:
    assert found(with_line(unit_price=Decimal(price))) == []


def test_a_line_without_a_price_of_ours_lacks_data() -> None:
    missing = replace(FACTS, prices=(NoPrice(why="there is no price of VALVE-3"),))

    assert found(missing) == [(HoldKind.DATA, "line 1: there is no price of VALVE-3")]


def test_an_address_nobody_knows_is_held() -> None:
    none_known = replace(with_order(address=None), addresses=())

    assert found(with_order(address="QUAY")) == [(HoldKind.ADDRESS, "HARBOR has no address 'QUAY'")]
    assert found(with_order(address=None)) == [(HoldKind.ADDRESS, "the order names no address and HARBOR has 2")]
    assert found(none_known) == [(HoldKind.ADDRESS, "the order names no address and none of HARBOR is known")]


def test_an_address_that_needs_no_naming_is_not_held() -> None:
    nameless = with_order(address=None)

    assert found(replace(nameless, addresses=(YARD,))) == []
    assert found(replace(nameless, addresses=(), addresses_kept=False)) == []
    assert found(with_order(address=None, channel=Channel.POS)) == []


def test_what_goes_to_a_listed_country_is_held() -> None:
    listed = replace(FACTS, addresses=(replace(YARD, country="CU"),))

    assert found(listed) == [
        (HoldKind.EXPORT, "the order goes to CU, which nothing is sent to before export control has looked at it")
    ]
    assert found(replace(listed, ship_from_country="CU")) == []
    assert found(with_order(address="DOCK")) == []


def test_a_country_nobody_knows_lacks_data() -> None:
    nowhere = replace(FACTS, addresses=(replace(YARD, country=""),), customer=replace(FACTS.customer, country=""))

    assert found(nowhere) == [(HoldKind.DATA, "the order leaves US and nobody knows for which country")]
    assert found(replace(nowhere, ship_from_country="")) == []


def test_a_first_large_order_to_another_country_is_looked_at() -> None:
    first = replace(with_order(address="DOCK"), earlier_orders=0, exposure=replace(FACTS.exposure, limit=None))
    large = replace(first, lines=(replace(FACTS.lines[0], ordered=201),))

    assert found(large) == [
        (
            HoldKind.FRAUD,
            (
                "rule first-large-abroad: a first order of high value to another country than the customer's"
                " (5,025.00 USD, edi, to MX)"
            ),
        )
    ]
    assert found(replace(large, lines=(replace(FACTS.lines[0], ordered=200),))) == []
    assert found(replace(large, earlier_orders=1)) == []
    assert found(replace(large, order=replace(FACTS.order, address="YARD"))) == []


def test_a_rule_of_ones_own_counts_for_its_channels() -> None:
    rule = FraudRule(
        code="market", words="anything large there", value_above=Decimal(999), channels=frozenset({Channel.MARKETPLACE})
    )
    policy = EntryPolicy(fraud_rules=(rule,))

    assert found(FACTS, policy) == []
    assert [kind for kind, _ in found(with_order(channel=Channel.MARKETPLACE), policy)] == [HoldKind.FRAUD]


def test_reasons_come_in_the_order_of_the_checks() -> None:
    bad = replace(
        with_order(address=None),
        exposure=replace(FACTS.exposure, limit=Decimal(0)),
        lines=(replace(FACTS.lines[0], unit_price=Decimal(9)),),
        customer=replace(FACTS.customer, country="CU"),
    )

    assert [kind for kind, _ in found(bad)] == [HoldKind.CREDIT, HoldKind.PRICE, HoldKind.ADDRESS, HoldKind.EXPORT]


def test_every_kind_of_hold_has_its_time_and_somebody_to_release_it() -> None:
    assert set(HOLD_RULES) == set(HoldKind)
    assert all(rule.hours > 0 and rule.release_roles for rule in HOLD_RULES.values())


prices = st.decimals(min_value=0, max_value=10_000, places=4)


@given(stated=prices, agreed=prices, percent=st.decimals(min_value=0, max_value=50, places=2))
def test_a_tolerance_is_the_same_either_way_and_never_refuses_the_agreed_price(
    stated: Decimal, agreed: Decimal, percent: Decimal
) -> None:
    assert within_tolerance(agreed, agreed, percent)
    assert within_tolerance(stated, agreed, percent) == (abs(stated - agreed) <= agreed * percent / 100)


@given(limit=prices, ordered=prices, unpaid=prices, value=prices)
def test_an_order_is_over_the_limit_exactly_when_the_sum_is(
    limit: Decimal, ordered: Decimal, unpaid: Decimal, value: Decimal
) -> None:
    exposure = replace(FACTS.exposure, limit=limit, ordered=ordered, unpaid=unpaid)

    assert (exposure.why_not(value) is None) == (ordered + unpaid + value <= limit)
