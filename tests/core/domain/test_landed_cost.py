"""The landed cost of a line is goods, freight, tariff and handling, each to the cent and each in words."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.freight import FreightRate, TariffRule
from core.domain.ids import CarrierCode, ItemCode
from core.domain.items import Item, Location
from core.domain.landed_cost import CostAsk, CostedLine, Portion, duty, landed_costs, percent_of, shared
from tests.architecture.tree import ROOT
from tests.builders import HOUSTON, SO_1, TODAY

VALVE = Item(code=ItemCode("VALVE-3"), name="valve", weight=1500, tariff_code="8481.80", origin="CN")
PUMP = Item(code=ItemCode("PUMP-1"), name="pump", weight=12_000, tariff_code="8413.70", origin="US")
AT = Location(
    code=HOUSTON,
    site="HOUSTON",
    name="Houston",
    country="US",
    shipment_cost=Decimal(12),
    line_cost=Decimal("1.50"),
    handling_cost=Decimal("0.125"),
)
RATE = FreightRate(
    carrier=CarrierCode("ROADWAY"),
    service="ground",
    origin=HOUSTON,
    region="GULF",
    days=2,
    shipment_cost=Decimal(45),
    kilogram_cost=Decimal("0.38"),
)
RULES = (
    TariffRule(
        tariff_code="8481.80", origin="CN", destination="US", effective=TODAY - timedelta(days=90), percent=Decimal(10)
    ),
    TariffRule(tariff_code="8481.80", origin="CN", destination="US", effective=TODAY, percent=Decimal(25)),
)
LINES = (
    CostedLine(
        line=1,
        item=VALVE,
        unit_price=Decimal(25),
        portions=(
            Portion(quantity=30, unit_cost=Decimal("14.1234"), origin="CN", lot="L-1"),
            Portion(quantity=10, unit_cost=Decimal("15.00"), origin="IT", lot="L-2"),
        ),
    ),
    CostedLine(
        line=2,
        item=PUMP,
        unit_price=Decimal(900),
        portions=(Portion(quantity=2, unit_cost=Decimal(400), origin="US"),),
    ),
)
ASK = CostAsk(order=SO_1, currency="USD", location=AT, country="US", on=TODAY, lines=LINES, rate=RATE)


def test_every_term_is_exact_and_in_words() -> None:
    valves, pumps = landed_costs(ASK, RULES)

    assert (valves.revenue, valves.goods, valves.freight, valves.tariff, valves.handling) == (
        Decimal("1000.00"),
        Decimal("573.70"),
        Decimal("54.94"),
        Decimal("105.93"),
        Decimal("15.07"),
    )
    assert (valves.total, valves.margin, valves.margin_percent) == (
        Decimal("749.64"),
        Decimal("250.36"),
        Decimal("25.04"),
    )
    assert valves.origins == (("CN", 30), ("IT", 10))
    assert valves.steps == (
        "goods, lot L-1: 30 x 14.1234 = 423.70",
        "goods, lot L-2: 10 x 15.0000 = 150.00",
        "freight with ROADWAY ground: 32.14 of the shipment, 60 kg x 0.3800: 54.94",
        "tariff 8481.80 from CN into US on 2024-10-04: 25 % of 423.70 = 105.93",
        "handling at HOUSTON: 8.57 of the shipment, 1.50 a line, 40 x 0.1250: 15.07",
    )
    assert (pumps.freight, pumps.tariff, pumps.handling) == (Decimal("21.98"), Decimal("0.00"), Decimal("5.18"))
    assert pumps.steps[2] == "tariff: none is in force"


def test_the_example_of_the_manual_is_worked_out_as_it_says() -> None:
    page = (ROOT / "docs" / "costs.md").read_text(encoding="utf-8")
    valves = landed_costs(ASK, RULES)[0]

    for term in (valves.goods, valves.freight, valves.handling):
        assert f": {term} |" in page
    assert f"= {valves.tariff};" in page
    assert f"| landed cost | {valves.total} |" in page
    assert f"margin is {valves.margin}, or {valves.margin_percent} percent" in page


def test_the_tariff_is_that_of_the_day() -> None:
    before = landed_costs(replace(ASK, on=TODAY - timedelta(days=1)), RULES)[0]
    long_before = landed_costs(replace(ASK, on=TODAY - timedelta(days=91)), RULES)[0]

    assert (before.tariff, long_before.tariff) == (Decimal("42.37"), Decimal("0.00"))


@pytest.mark.parametrize("change", [{"country": "MX"}, {"on": TODAY - timedelta(days=365)}])
def test_a_tariff_of_another_country_or_day_is_not_owed(change: dict[str, object]) -> None:
    assert landed_costs(replace(ASK, **change), RULES)[0].tariff == 0


def test_without_a_rate_no_freight_is_asked() -> None:
    valves = landed_costs(replace(ASK, rate=None), RULES)[0]

    assert (valves.freight, valves.steps[2]) == (0, "freight: no rate to this region, nothing is asked")


def test_goods_that_are_given_away_have_no_margin_in_percent() -> None:
    free = landed_costs(replace(ASK, lines=(replace(LINES[0], unit_price=Decimal(0)),)), RULES)[0]

    assert (free.margin_percent, free.margin) == (None, -free.total)
    assert percent_of(Decimal(1), Decimal(3)) == Decimal("33.33")


def test_the_order_of_rules_makes_no_difference() -> None:
    assert landed_costs(ASK, RULES[::-1]) == landed_costs(ASK, RULES)


@given(
    amount=st.decimals(min_value=0, max_value=100_000, places=4), weights=st.lists(st.integers(0, 10_000), max_size=9)
)
def test_what_is_shared_out_adds_up_to_the_cent_and_follows_the_weights(amount: Decimal, weights: list[int]) -> None:
    parts = shared(amount, weights)

    assert len(parts) == len(weights)
    if weights:
        assert sum(parts) == amount.quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
        given, whole = sum(parts, Decimal(0)), sum(weights) or len(weights)
        exact = [given * (weight if sum(weights) else 1) / whole for weight in weights]
        assert all(abs(part - share) < Decimal("0.01") for part, share in zip(parts, exact, strict=True))


@given(days=st.lists(st.integers(0, 100), min_size=1, max_size=6, unique=True), asked=st.integers(-10, 110))
def test_the_latest_rule_that_took_effect_is_in_force(days: list[int], asked: int) -> None:
    rules = [replace(RULES[0], effective=TODAY + timedelta(days=n), percent=Decimal(n)) for n in days]

    found = duty(rules, "8481.80", origin="CN", destination="US", on=TODAY + timedelta(days=asked))

    assert found == max((n for n in days if n <= asked), default=0)


@given(
    quantities=st.lists(st.tuples(st.integers(1, 500), st.sampled_from(["CN", "US", "IT"])), min_size=1, max_size=5),
    price=st.decimals(min_value=0, max_value=1000, places=4),
)
def test_terms_add_up_and_nothing_is_below_zero(quantities: list[tuple[int, str]], price: Decimal) -> None:
    portions = tuple(Portion(quantity=n, unit_cost=Decimal("3.3333"), origin=origin) for n, origin in quantities)

    (cost,) = landed_costs(replace(ASK, lines=(replace(LINES[0], portions=portions, unit_price=price),)), RULES)

    assert cost.total == cost.goods + cost.freight + cost.tariff + cost.handling
    assert cost.revenue == cost.total + cost.margin
    assert min(cost.goods, cost.freight, cost.tariff, cost.handling) >= 0
    assert sum(units for _, units in cost.origins) == cost.quantity
