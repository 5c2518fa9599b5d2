"""A margin is held against its floor, and a tariff is followed through the bill of materials to the open lines."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.freight import TariffRule
from core.domain.ids import CustomerCode, ItemCode
from core.domain.items import BomComponent, Item
from core.domain.landed_cost import LandedCost
from core.domain.margins import Catalogue, CostPolicy, SoldLine, impact_of, margin_check
from tests.builders import HARBOR, SO_1, SO_2, TODAY

CASTING, VALVE, SKID, OTHER = (ItemCode(code) for code in ("CASTING", "VALVE", "SKID", "OTHER"))
RULE = TariffRule(tariff_code="7325", origin="CN", destination="US", effective=TODAY, percent=Decimal(25))
BEFORE = replace(RULE, effective=TODAY - timedelta(days=100), percent=Decimal(5))
POLICY = CostPolicy(floor_percent=Decimal(20))
BOOKS = Catalogue(
    items=(
        Item(
            code=CASTING, name="c", standard_cost=Decimal(10), list_price=Decimal(14), tariff_code="7325", origin="CN"
        ),
        Item(code=VALVE, name="v", standard_cost=Decimal(40), list_price=Decimal(60), make=True, origin="US"),
        Item(code=SKID, name="s", standard_cost=Decimal(200), list_price=Decimal(0), make=True, origin="US"),
        Item(code=OTHER, name="o", standard_cost=Decimal(10), list_price=Decimal(20), tariff_code="7325", origin="IT"),
    ),
    bom=(
        BomComponent(parent=VALVE, component=CASTING, quantity_per=Decimal(2), scrap=Decimal("0.2")),
        BomComponent(parent=SKID, component=VALVE, quantity_per=Decimal(4)),
        BomComponent(parent=SKID, component=CASTING, quantity_per=Decimal(1)),
    ),
    tariffs=(BEFORE,),
    made_in=frozenset({"US"}),
)


def sold(item: ItemCode, price: str, *, line: int = 1, country: str = "US", due: int = 5) -> SoldLine:
    return SoldLine(
        order=SO_1,
        line=line,
        customer=HARBOR,
        item=item,
        quantity=10,
        unit_price=Decimal(price),
        country=country,
        due=TODAY + timedelta(days=due),
    )


def cost(revenue: str, total: str) -> LandedCost:
    return LandedCost(
        order=SO_1,
        line=1,
        item=VALVE,
        quantity=10,
        currency="USD",
        revenue=Decimal(revenue),
        goods=Decimal(total),
        freight=Decimal(0),
        tariff=Decimal(0),
        handling=Decimal(0),
        costed_on=TODAY,
    )


def test_a_margin_at_the_floor_is_not_below_it_and_a_cent_less_is() -> None:
    at, under = margin_check(cost("500.00", "400.00"), POLICY), margin_check(cost("500.00", "400.01"), POLICY)

    assert (at.below, at.price_at_floor) == (False, Decimal("50.0000"))
    assert (under.below, under.price_at_floor) == (True, Decimal("50.0013"))
    assert margin_check(cost("0", "400"), POLICY).below
    assert not margin_check(cost("500", "450"), replace(POLICY, floors={VALVE: Decimal(10)})).below
    assert margin_check(cost("500", "0.01"), CostPolicy(floor_percent=Decimal(100))).price_at_floor is None


def test_a_tariff_makes_the_item_and_all_that_is_made_of_it_dearer() -> None:
    impact = impact_of(RULE, BOOKS, POLICY)

    assert impact.percent_before == 5
    assert [(item.item, item.cost_before, item.cost_after, item.through_components) for item in impact.items] == [
        (CASTING, Decimal("10.5000"), Decimal("12.5000"), False),
        (SKID, Decimal("200.0000"), Decimal("222.0000"), True),
        (VALVE, Decimal("40.0000"), Decimal("45.0000"), True),
    ]
    assert [(item.margin_before, item.margin_after) for item in impact.items] == [
        (Decimal("25.00"), Decimal("10.71")),
        (None, None),
        (Decimal("33.33"), Decimal("25.00")),
    ]


def test_lines_are_touched_where_the_goods_cross_or_were_made_of_what_crossed() -> None:
    lines = (
        sold(CASTING, "14"),
        sold(CASTING, "14", line=2, country="MX"),
        sold(CASTING, "14", line=3, due=-1),
        sold(VALVE, "55", line=4, country="MX"),
        sold(VALVE, "80", line=5),
        sold(OTHER, "20", line=6),
    )

    impact = impact_of(RULE, replace(BOOKS, open_lines=lines), POLICY)

    assert [(line.line, line.added_cost, line.margin_before, line.margin_after) for line in impact.lines] == [
        (1, Decimal("20.00"), Decimal("25.00"), Decimal("10.71")),
        (4, Decimal("50.00"), Decimal("27.27"), Decimal("18.18")),
        (5, Decimal("50.00"), Decimal("50.00"), Decimal("43.75")),
    ]
    assert [line.line for line in impact.under_the_floor] == [1, 4]
    assert impact.added_cost == 120


def test_where_we_make_nothing_components_do_not_count() -> None:
    impact = impact_of(RULE, replace(BOOKS, made_in=frozenset({"MX"})), POLICY)

    assert [item.item for item in impact.items] == [CASTING]


def test_a_component_that_is_not_built_in_on_the_day_does_not_count() -> None:
    ended = tuple(replace(part, valid_to=TODAY - timedelta(days=1)) for part in BOOKS.bom)

    assert [item.item for item in impact_of(RULE, replace(BOOKS, bom=ended), POLICY).items] == [CASTING]


def test_a_rule_that_says_what_is_in_force_changes_nothing() -> None:
    same = replace(RULE, percent=BEFORE.percent)

    impact = impact_of(same, replace(BOOKS, open_lines=(sold(CASTING, "14"),)), POLICY)

    assert (impact.items, impact.lines, impact.added_cost) == ((), (), 0)


def test_a_lower_tariff_takes_no_line_under_the_floor() -> None:
    lower = replace(RULE, percent=Decimal(0))

    impact = impact_of(lower, replace(BOOKS, open_lines=(sold(CASTING, "12"),)), POLICY)

    assert (impact.added_cost, impact.under_the_floor) == (Decimal("-5.00"), ())


@pytest.mark.parametrize("loop", [VALVE, SKID])
def test_an_item_that_leads_back_to_itself_adds_nothing_for_ever(loop: ItemCode) -> None:
    books = replace(BOOKS, bom=(*BOOKS.bom, BomComponent(parent=VALVE, component=loop, quantity_per=Decimal(1))))

    assert {item.item for item in impact_of(RULE, books, POLICY).items} == {CASTING, SKID, VALVE}


@given(total=st.decimals(min_value=1, max_value=9999, places=2), floor=st.integers(0, 99), quantity=st.integers(1, 99))
def test_the_price_at_the_floor_is_the_least_that_reaches_it(total: Decimal, floor: int, quantity: int) -> None:
    policy = CostPolicy(floor_percent=Decimal(floor))
    line = replace(cost("1", str(total)), quantity=quantity)

    price = margin_check(line, policy).price_at_floor

    assert price is not None
    step = Decimal("0.0001")
    assert price * quantity * (100 - floor) >= total * 100 > (price - step) * quantity * (100 - floor)


@given(low=st.integers(0, 100), more=st.integers(0, 100))
def test_a_higher_tariff_never_makes_anything_cheaper(low: int, more: int) -> None:
    books = replace(BOOKS, open_lines=(sold(CASTING, "14"), sold(VALVE, "55", line=2)))
    first, second = (impact_of(replace(RULE, percent=Decimal(n)), books, POLICY) for n in (low, low + more))

    assert first.added_cost <= second.added_cost
    assert {line.line for line in first.under_the_floor} <= {line.line for line in second.under_the_floor}


@given(order=st.permutations(range(4)))
def test_the_order_of_the_catalogue_makes_no_difference(order: list[int]) -> None:
    shuffled = replace(
        BOOKS,
        items=tuple(BOOKS.items[n] for n in order),
        bom=BOOKS.bom[::-1],
        open_lines=(sold(VALVE, "55", line=2), replace(sold(CASTING, "14"), order=SO_2, customer=CustomerCode("M"))),
    )

    again = replace(shuffled, items=BOOKS.items, bom=BOOKS.bom, open_lines=shuffled.open_lines[::-1])
    assert impact_of(RULE, shuffled, POLICY) == impact_of(RULE, again, POLICY)
