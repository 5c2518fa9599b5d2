"""Choosing where to ship from: filters with reasons, least landed cost with lateness, ties, splits, and an end."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from core.domain.ids import CarrierCode, CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.sourcing import (
    AskedLine,
    Departure,
    Node,
    Service,
    ShippingCost,
    ShippingMethod,
    SourcingAsk,
    SourcingDecision,
    Together,
    WhyNot,
)
from core.planning.sourcing import choose

TODAY = date(2024, 10, 4)
PUMP = ItemCode("PUMP")
ROAD = Service(
    carrier=CarrierCode("ROAD"), service="ground", days=3, shipment_cost=Decimal(20), kilogram_cost=Decimal(1)
)


def line(number: int = 1, quantity: int = 10, **how: object) -> AskedLine:
    """Pumps of a kilogram, promised in five days, late at one percent of their value a day."""
    values = {"line": number, "item": PUMP, "quantity": quantity, "unit_price": Decimal(100)}
    more = {"due": TODAY + timedelta(5), "weight": 1000, "penalty_percent": Decimal(1)}
    return AskedLine(**{**values, **more, **how})


def node(code: str, units: int = 100, **how: object) -> Node:
    """A location with pumps that ships today by road."""
    leaves = tuple(Departure(on=TODAY + timedelta(days)) for days in range(10))
    values = {"location": LocationCode(code), "departures": leaves, "services": (ROAD,), "shared": ((PUMP, units),)}
    return Node(**{**values, **how})


def ask(*lines: AskedLine, **how: object) -> SourcingAsk:
    """An order of Mesa's."""
    values = {"order": OrderNo("SO-1"), "customer": CustomerCode("MESA"), "country": "US"}
    return SourcingAsk(**{**values, "method": ShippingMethod.DELIVERY, "lines": lines or (line(),), **how})


def given_out(decision: SourcingDecision) -> dict[str, dict[int, int]]:
    """Units by location and line."""
    return {s.location: {part.line: part.quantity for part in s.lines} for s in decision.shipments}


def why_not(decision: SourcingDecision) -> dict[str, WhyNot | None]:
    """Why each location was left out."""
    return {looked.location: looked.why_not for looked in decision.looked_at}


def test_the_cheapest_that_is_on_time_is_chosen() -> None:
    near = node("NEAR", services=(ROAD,))
    far = node("FAR", services=(Service(carrier=CarrierCode("SEA"), service="slow", days=9, shipment_cost=Decimal(1)),))

    decision = choose(ask(), (far, near))

    assert given_out(decision) == {"NEAR": {1: 10}}
    (shipment,) = decision.shipments
    assert shipment.cost == ShippingCost(freight=Decimal("30.00"))
    assert shipment.arrive_on == TODAY + timedelta(3)
    late = next(other for other in decision.alternatives if other.location == "FAR")
    assert late.cost == ShippingCost(freight=Decimal("1.00"), lateness=Decimal("40.00"))


def test_lateness_is_worth_its_penalty_and_no_more() -> None:
    slow = Service(carrier=CarrierCode("SEA"), service="slow", days=6, shipment_cost=Decimal(1))

    decision = choose(ask(), (node("ONLY", services=(ROAD, slow)),))

    assert decision.shipments[0].service == "slow"
    assert decision.shipments[0].cost == ShippingCost(freight=Decimal("1.00"), lateness=Decimal("10.00"))


def test_every_filter_names_its_reason() -> None:
    full = (Departure(on=TODAY, lines_free=0),)
    nodes = (
        node("A-WORKS", may_ship=False),
        node("B-REFUSED"),
        node("C-CLOSED", departures=()),
        node("D-FULL", departures=full),
        node("E-NO-RATE", services=()),
        node("F-ABROAD", country="MX"),
        node("G-SHORT", units=9),
        node("H-GOOD"),
    )

    decision = choose(ask(line(rejected_by=frozenset({LocationCode("B-REFUSED")}))), nodes)

    assert why_not(decision) == {
        "A-WORKS": WhyNot.MAY_NOT_SHIP,
        "B-REFUSED": WhyNot.REJECTED_BEFORE,
        "C-CLOSED": WhyNot.NO_OPEN_DAY,
        "D-FULL": WhyNot.NO_CAPACITY,
        "E-NO-RATE": WhyNot.NO_RATE,
        "F-ABROAD": WhyNot.NO_CUSTOMS_DATA,
        "G-SHORT": WhyNot.NOT_ENOUGH,
        "H-GOOD": None,
    }
    assert given_out(decision) == {"H-GOOD": {1: 10}}


def test_goods_are_collected_where_the_customer_asked() -> None:
    stores = (node("MALL", pick_up=True, services=()), node("CENTRE", pick_up=True), node("WORKS"))

    decision = choose(ask(method=ShippingMethod.PICK_UP, store=LocationCode("MALL")), stores)

    assert given_out(decision) == {"MALL": {1: 10}}
    assert decision.shipments[0].arrive_on == TODAY
    assert why_not(decision)["CENTRE"] is WhyNot.NOT_THE_STORE_ASKED
    assert why_not(choose(ask(method=ShippingMethod.PICK_UP), stores))["WORKS"] is WhyNot.NO_PICK_UP


def test_a_duty_is_part_of_the_cost() -> None:
    abroad = node("ABROAD", country="MX")

    valve = line(unit_cost=Decimal(80), tariff_code="8413", duty=(("MX", Decimal("2.5")), ("US", Decimal(4))))
    decision = choose(ask(valve), (abroad,))

    assert decision.cost == ShippingCost(freight=Decimal("30.00"), duty=Decimal("20.00"))


def test_one_location_goes_before_two_even_where_two_are_cheaper() -> None:
    dear = node("DEAR", shipment_cost=Decimal(500))

    assert given_out(choose(ask(), (node("A", 5), node("B", 5), dear))) == {"DEAR": {1: 10}}


def test_two_ship_what_one_cannot() -> None:
    assert given_out(choose(ask(), (node("A", 6), node("B", 7)))) == {"A": {1: 6}, "B": {1: 4}}


def test_an_order_that_ships_complete_waits_for_one_location() -> None:
    decision = choose(ask(complete=True), (node("A", 6), node("B", 7)))

    assert decision.shipments == ()
    assert decision.unsourced[0].why == "the order ships complete and no location has all of it"


def test_lines_of_a_set_leave_together_or_not_at_all() -> None:
    both = (line(1, 5, line_set="S", together=Together.SHIP), line(2, 5, line_set="S", together=Together.SHIP))

    assert choose(ask(*both), (node("A", 6), node("B", 6))).shipments == ()
    assert given_out(choose(ask(*both), (node("A", 6), node("B", 10)))) == {"B": {1: 5, 2: 5}}


def test_lines_of_a_set_arrive_together() -> None:
    valve = ItemCode("VALVE")
    fast = Service(carrier=CarrierCode("AIR"), service="air", days=1)
    lines = (
        line(1, 5, line_set="S", together=Together.ARRIVE),
        line(2, 5, item=valve, line_set="S", together=Together.ARRIVE),
    )

    decision = choose(ask(*lines), (node("A", 5, services=(fast,)), node("B", 0, shared=((valve, 5),))))

    assert [(s.location, s.ship_on, s.arrive_on) for s in decision.shipments] == [
        ("A", TODAY + timedelta(2), TODAY + timedelta(3)),
        ("B", TODAY, TODAY + timedelta(3)),
    ]


def test_neither_what_goes_nor_what_stays_is_smaller_than_the_least_shipment() -> None:
    assert given_out(choose(ask(line(minimum=4)), (node("A", 8),))) == {"A": {1: 6}}
    assert choose(ask(line(minimum=4)), (node("A", 3),)).shipments == ()


def test_a_line_that_may_not_be_partial_waits() -> None:
    assert choose(ask(may_be_partial=False), (node("A", 6), node("B", 7))).shipments == ()


def test_a_shipment_worth_too_little_is_not_sent_unless_it_is_all() -> None:
    assert choose(ask(minimum_value=Decimal(700)), (node("A", 6),)).shipments == ()
    assert given_out(choose(ask(minimum_value=Decimal(7000)), (node("A", 10),))) == {"A": {1: 10}}


def test_two_lines_of_one_item_do_not_count_the_same_units_twice() -> None:
    decision = choose(ask(line(1, 5), line(2, 5)), (node("A", 7),))

    assert given_out(decision) == {"A": {1: 5, 2: 2}}
    assert given_out(choose(ask(line(1, 5), line(2, 5)), (node("A", 0, own=((1, 5), (2, 5))),))) == {"A": {1: 5, 2: 5}}


def test_ties_go_to_the_preferred_location_then_to_the_first_by_code() -> None:
    assert given_out(choose(ask(), (node("B"), node("A")))) == {"A": {1: 10}}
    assert given_out(choose(ask(), (node("B", priority=1), node("A", priority=2)))) == {"B": {1: 10}}


def test_a_full_day_is_skipped() -> None:
    days = (Departure(on=TODAY, lines_free=1), Departure(on=TODAY + timedelta(1), lines_free=2))

    decision = choose(ask(line(1, 5), line(2, 5)), (node("A", departures=days),))

    assert decision.shipments[0].ship_on == TODAY + timedelta(1)


codes = st.sampled_from(["A", "B", "C", "D", "E"])
stocks = st.dictionaries(codes, st.tuples(st.integers(0, 12), st.integers(0, 40)), min_size=1)
wanted = st.lists(st.integers(1, 9), min_size=1, max_size=3)


def places(stock: dict[str, tuple[int, int]]) -> list[Node]:
    """Locations with so many units and so high a charge a shipment."""
    return [node(code, units, shipment_cost=Decimal(charge)) for code, (units, charge) in sorted(stock.items())]


@given(stock=stocks, quantities=wanted)
def test_what_is_given_out_is_there_and_is_wanted(stock: dict[str, tuple[int, int]], quantities: list[int]) -> None:
    lines = tuple(line(number, quantity) for number, quantity in enumerate(quantities, start=1))

    decision = choose(ask(*lines), places(stock))

    for location, units in given_out(decision).items():
        assert sum(units.values()) <= stock[location][0]
    for asked in lines:
        shipped = sum(units.get(asked.line, 0) for units in given_out(decision).values())
        left = sum(part.quantity for part in decision.unsourced if part.line == asked.line)
        assert shipped + left == asked.quantity


@given(stock=stocks, quantities=wanted, seed=st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(
    stock: dict[str, tuple[int, int]], quantities: list[int], seed: Random
) -> None:
    lines = tuple(line(number, quantity) for number, quantity in enumerate(quantities, start=1))
    mixed = places(stock)
    seed.shuffle(mixed)

    assert choose(ask(*lines), mixed) == choose(ask(*lines), places(stock))


@given(stock=stocks, quantity=st.integers(1, 30), refusals=st.lists(st.booleans(), min_size=40, max_size=40))
def test_sourcing_again_after_refusals_comes_to_an_end(
    stock: dict[str, tuple[int, int]], quantity: int, refusals: list[bool]
) -> None:
    rejected: frozenset[LocationCode] = frozenset()
    rounds = 0
    answers = iter(refusals)

    while True:
        rounds += 1
        decision = choose(ask(line(1, quantity, rejected_by=rejected)), places(stock))
        chosen = {shipment.location for shipment in decision.shipments}
        assert not chosen & rejected
        refusing = {code for code in sorted(chosen) if next(answers)}
        if not refusing:
            break
        rejected |= refusing

    assert rounds <= len(stock) + 1


def test_every_order_of_locations_gives_the_same_choice() -> None:
    nodes = (node("A", 4), node("B", 4), node("C", 4))

    assert len({str(choose(ask(), some)) for some in permutations(nodes)}) == 1
