"""Costs are worked out from the books: lots where they are known, rates of carriers, tariffs of the day."""

from dataclasses import replace
from decimal import Decimal
from typing import LiteralString

import pytest

from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.freight import TariffRule
from core.domain.ids import CarrierCode, OrderNo
from core.domain.landed_cost import Portion
from core.domain.margins import CostPolicy, MarginCheck
from core.domain.rationalising import KeepingCriteria
from core.domain.shipments import Shipment, ShipmentLine
from core.domain.stock import Claim
from core.services.costing import KeepCosts, cost_order, items_in_doubt, keep_costs, lines_under_floor, tariff_impact
from tests.builders import HARBOR, HOUSTON, MOTOR, PUMP, SEAL, SO_1, SO_2, VALVE, day
from tests.desk import Desk

BOOKS: LiteralString = """
    UPDATE items SET weight = 1500, tariff_code = '8481.80', origin = 'CN', list_price = 20 WHERE code = 'VALVE-3';
    UPDATE items SET tariff_code = '8501', origin = 'CN' WHERE code = 'MOTOR';
    UPDATE customers SET region = 'GULF', country = 'US';
    UPDATE locations SET country = 'US', kind = 'plant', line_cost = 1.5 WHERE code IN ('HOUSTON', 'YARD');
    INSERT INTO carriers (code, name) VALUES ('SLOW', 'Slow'), ('FAST', 'Fast');
    INSERT INTO freight_rates (carrier, service, origin_id, region, days, shipment_cost, kilogram_cost, carbon)
        SELECT c.carrier, 'ground', l.id, 'GULF', 2, c.base, c.weight, 0 FROM locations l,
            (VALUES ('SLOW', 30, 0.5), ('FAST', 20, 1)) c (carrier, base, weight) WHERE l.code = 'HOUSTON';
    INSERT INTO tariff_rules (tariff_code, origin, destination, effective, percent) VALUES
        ('8481.80', 'CN', 'US', '2024-01-01', 10), ('8481.80', 'CN', 'US', '2024-10-05', 30)
"""


@pytest.fixture(autouse=True)
def _books(desk: Desk) -> None:
    desk.alter(BOOKS)


def costs(desk: Desk, number: OrderNo = SO_1, *, on: int = 0) -> tuple[MarginCheck, ...]:
    with desk.open() as uow:
        return cost_order(uow, number, on=day(on))


def test_a_line_costs_goods_freight_tariff_and_handling(desk: Desk) -> None:
    valves, pumps = costs(desk)

    assert (valves.cost.goods, valves.cost.freight, valves.cost.tariff, valves.cost.handling) == (
        Decimal("564.94"),
        Decimal("60.00"),
        Decimal("56.49"),
        Decimal("1.50"),
    )
    assert valves.cost.steps[1] == "freight with SLOW ground: 30.00 of the shipment, 60 kg x 0.5000: 60.00"
    assert (valves.cost.margin, valves.cost.margin_percent, valves.below) == (
        Decimal("317.07"),
        Decimal("31.71"),
        False,
    )
    assert (pumps.cost.freight, pumps.cost.goods, pumps.cost.margin_percent) == (0, 800, Decimal("55.47"))


def test_a_tariff_counts_from_its_day_on(desk: Desk) -> None:
    assert [check.cost.tariff for check in costs(desk, on=1)] == [Decimal("169.48"), 0]


def test_a_line_in_a_shipment_is_costed_by_the_service_and_the_place_it_has(desk: Desk) -> None:
    with desk.open() as uow:
        shipment = Shipment(
            number="SO-1-S1",
            order=SO_1,
            location=HOUSTON,
            carrier=CarrierCode("FAST"),
            service="ground",
            ship_on=day(0),
            expected_on=day(2),
            freight_cost=Decimal(80),
            lines=(ShipmentLine(position=1, line=1, item=VALVE, lot="", quantity=5),),
        )
        uow.shipments.add(shipment)
        uow.stock.reserve_many(
            [Claim(item=VALVE, location=HOUSTON, quantity=5, reference="SO-1-S1/1", order=SO_1, line=1)]
        )

    valves, pumps = costs(desk)

    assert valves.cost.steps[1] == "freight with FAST ground: 20.00 of the shipment, 60 kg x 1.0000: 80.00"
    assert pumps.cost.steps[1] == "freight with FAST ground: 20.00 of the shipment, 0 kg x 1.0000: 20.00"


def test_material_of_unknown_origin_bears_the_duty_of_the_country_it_leaves(desk: Desk) -> None:
    desk.alter("""
        UPDATE items SET origin = '' WHERE code = 'VALVE-3';
        UPDATE locations SET country = 'CN' WHERE code = 'HOUSTON'
    """)

    assert costs(desk)[0].cost.tariff == Decimal("56.49")


def test_a_lot_reserved_for_a_line_tells_its_own_origin_and_cost(desk: Desk) -> None:
    desk.alter("""
        INSERT INTO lots (code, item_id, status, supplier_lot, origin, unit_cost, recorded_at)
            SELECT 'L-' || o, id, 'available', '', o, c, now() FROM items, (VALUES ('IT', 15), ('', NULL)) v (o, c)
            WHERE code = 'VALVE-3';
        INSERT INTO reservations (item_id, location_id, quantity, kind, reference, state, recorded_at, order_id, line,
                                  lot_id, taken)
            SELECT i.id, l.id, 1, 'advisory', 'R-' || t.code, 'open', now(), o.id, 1, t.id, 0
            FROM items i, locations l, sales_orders o, lots t
            WHERE i.code = 'VALVE-3' AND l.code = 'HOUSTON' AND o.number = 'SO-1'
    """)

    with desk.open() as uow:
        portions = uow.costs.portions(uow.orders.line(SO_1, 1), uow.company.item(VALVE))

    assert portions == (
        Portion(quantity=1, unit_cost=Decimal("14.1234"), origin="CN", lot="L-"),
        Portion(quantity=1, unit_cost=Decimal(15), origin="IT", lot="L-IT"),
        Portion(quantity=38, unit_cost=Decimal("14.1234"), origin="CN"),
    )
    assert costs(desk)[0].cost.origins == (("CN", 39), ("IT", 1))


def test_cancelled_units_cost_nothing(desk: Desk) -> None:
    assert [check.cost.quantity for check in costs(desk, SO_2)] == [25, 8]


def test_an_order_that_is_not_there_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="SO-77"):
        costs(desk, OrderNo("SO-77"))


def test_costs_are_kept_as_they_were_and_once_a_command(desk: Desk) -> None:
    command = KeepCosts(key="k", order=SO_1, on=day(0))
    with desk.open() as uow:
        first = keep_costs(uow, command)
    desk.alter("UPDATE items SET standard_cost = 99 WHERE code = 'VALVE-3'")

    with desk.open() as uow:
        assert keep_costs(uow, command) == first
        assert uow.costs.of_line(SO_1, 1) == first.checks[0].cost
        assert [event for _, _, event, _, _ in uow.audit.trail("order:SO-1")] == ["costs_kept"]
        again = keep_costs(uow, replace(command, key="k2"))
        assert uow.costs.of_line(SO_1, 1) == again.checks[0].cost != first.checks[0].cost
        assert uow.costs.of_line(SO_2, 1) is None


def test_lines_under_their_floor_are_found(desk: Desk) -> None:
    policy = CostPolicy(floors={VALVE: Decimal("31.72")})

    with desk.open() as uow:
        found = lines_under_floor(uow, on=day(0), policy=policy)

    assert [(check.cost.order, check.cost.line, check.price_at_floor) for check in found] == [
        (SO_1, 1, Decimal("25.0048")),
    ]


def test_a_tariff_is_followed_across_the_catalogue(desk: Desk) -> None:
    rule = TariffRule(tariff_code="8501", origin="CN", destination="US", effective=day(3), percent=Decimal(50))

    with desk.open() as uow:
        impact = tariff_impact(uow, rule)

    assert [(item.item, item.cost_before, item.cost_after) for item in impact.items] == [
        (MOTOR, 120, 180),
        (PUMP, 400, 460),
    ]
    assert [(line.order, line.line, line.customer, line.added_cost) for line in impact.lines] == [
        (SO_1, 2, HARBOR, Decimal("120.00"))
    ]


@pytest.mark.parametrize(
    "change", [{"percent": Decimal(-1)}, {"percent": Decimal("NaN")}, {"tariff_code": ""}, {"destination": ""}]
)
def test_a_tariff_that_is_none_is_refused(desk: Desk, change: dict[str, object]) -> None:
    rule = TariffRule(tariff_code="8501", origin="CN", destination="US", effective=day(3), percent=Decimal(50))

    with pytest.raises(InvalidValueError), desk.open() as uow:
        tariff_impact(uow, replace(rule, **change))


def test_items_in_doubt_are_reported_with_their_criteria(desk: Desk) -> None:
    with desk.open() as uow:
        report = items_in_doubt(uow, as_of=day(200), criteria=KeepingCriteria(margin_below=Decimal(50)))

    assert [(item.record.item, item.record.stock_value, item.reasons) for item in report.items] == [
        (
            VALVE,
            Decimal("918.02"),
            (
                "last sold 201 days ago, on 2024-10-03",
                "turned 0.08 times in 365 days, wanted are 1",
                "sold at a margin of 44.61 %, wanted are 50 %",
            ),
        ),
        (
            SEAL,
            Decimal("300.00"),
            (
                "last sold 202 days ago, on 2024-10-02",
                "turned 0.07 times in 365 days, wanted are 1",
                "sold at a margin of 37.50 %, wanted are 50 %",
            ),
        ),
    ]
    assert report.dead_stock == 0


def test_a_window_of_no_days_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidValueError, match="a window of 0 days"), desk.open() as uow:
        items_in_doubt(uow, as_of=day(0), criteria=KeepingCriteria(window_days=0))
