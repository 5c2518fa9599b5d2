"""R18: a line that missed its cut-off is released by a quicker service, and called off until it is picked."""

from decimal import Decimal

import pytest

from core.domain.cases import CaseState, ExceptionType
from core.domain.errors import ConflictError
from core.domain.ids import OrderNo
from core.domain.options import Option
from core.domain.order_life import OrderState
from core.domain.plans import ShipQuicker
from core.domain.shipments import ShipmentState
from core.services.execution import ExecutionState
from core.services.quicker_service import quicker_ways
from core.services.resolving import OptionsReport, plan_options
from core.services.undoing import undo
from core.services.verifying import verify
from tests.builders import MARIA, RENO, VALVE, day
from tests.columns import differences
from tests.core.services.doing.deeds import taken_back
from tests.core.services.exceptions.scene import opened, quiet, scanned, sold, wanted
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.desk import Desk

NEW = OrderNo("SO-3")


def left_behind(desk: Desk) -> None:
    """Five valves at Reno were to leave today, the cut-off has passed; by ground it takes five days, by air one."""
    quiet(desk)
    desk.alter("""
        UPDATE customers SET region = 'TX' WHERE code = 'HARBOR';
        UPDATE items SET weight = 2000 WHERE code = 'VALVE-3';
        INSERT INTO carriers (code, name) VALUES ('ACE', 'Ace Lines');
        INSERT INTO freight_rates (carrier, service, origin_id, region, days, shipment_cost, kilogram_cost, carbon)
        SELECT 'ACE', s.name, l.id, 'TX', s.days, s.cost, 0.5, s.carbon
        FROM locations l, (VALUES ('ground', 5, 10, 60), ('air', 1, 12, 900)) s (name, days, cost, carbon)
        WHERE l.code = 'RENO'""")
    sold(desk, wanted(5, requested=day(0)), ship_from=RENO)
    scanned(desk)
    desk.clock.pass_by(hours=13)


def options(desk: Desk) -> OptionsReport:
    """The ways out of the missed cut-off."""
    (case,) = (c for c in opened(desk, scanned(desk)) if c.detected.type is ExceptionType.MISSED_CUT_OFF)
    with desk.open() as uow:
        return plan_options(uow, case.id)


def by_air(desk: Desk) -> Option:
    """The option that sends it by air."""
    (found,) = (option for option in options(desk).options if isinstance(option.actions[0], ShipQuicker))
    return found


def test_it_is_released_by_the_quicker_service_with_its_exact_cost_and_called_off(desk: Desk) -> None:
    left_behind(desk)
    option = by_air(desk)
    before = desk.snapshot()

    approval = desk.decide(desk.propose(option))
    outcome = desk.execute(approval)

    assert (outcome.state, outcome.differences) == (ExecutionState.EXECUTED, ())
    assert [(term.name, term.amount) for term in option.cost_terms] == [("freight by ACE air", Decimal("2.00"))]
    (action,) = option.actions
    assert isinstance(action, ShipQuicker)
    assert (action.usual, action.carbon, action.old_arrival, action.arrive_on) == ("ACE ground", 8400, day(6), day(2))
    house = Warehouse(desk)
    made = house.shipment("SO-3-S1")
    assert (made.service, made.ship_on, made.expected_on, made.freight_cost) == ("air", day(1), day(2), Decimal(17))
    assert list(differences(desk.snapshot(), before)) == []
    with desk.open() as uow:
        assert verify(uow, approval.id).differences == ()
        assert uow.cases.get(option.case).state is CaseState.RESOLVED
        (way,) = quicker_ways(uow, "order line SO-3/1")
        assert way.why_not.startswith("it is released;")

    taken_back(desk, approval.id)

    assert (house.shipment("SO-3-S1").state, house.line(NEW).state) == (ShipmentState.CANCELLED, OrderState.CONFIRMED)
    assert list(differences(desk.snapshot(), before)) == []
    with desk.open() as uow:
        (claim,) = uow.stock.claims_of(NEW, 1)
        assert (claim.item, claim.location, claim.held) == (VALVE, RENO, 5)


def test_what_is_picked_is_not_called_off_and_what_has_left_goes_no_quicker(desk: Desk) -> None:
    left_behind(desk)
    approval = desk.decide(desk.propose(by_air(desk)))
    desk.execute(approval)
    Warehouse(desk).send("SO-3-S1")

    with desk.open() as uow, pytest.raises(ConflictError, match="shipment SO-3-S1 is being picked"):
        undo(uow, approval.id, MARIA)

    with desk.open() as uow:
        (way,) = quicker_ways(uow, "shipment SO-3-S1")
        assert way.why_not == "it left RENO on 2024-10-04; only what is here can go quicker"


def test_a_line_that_was_released_meanwhile_is_not_released_twice(desk: Desk) -> None:
    left_behind(desk)
    approval = desk.decide(desk.propose(by_air(desk)))
    house = Warehouse(desk)
    house.release(NEW)

    outcome = desk.execute(approval)

    assert outcome.state is ExecutionState.STALE
    assert outcome.differences[0].startswith("the departure of order line SO-3/1 ACE air is it is released;")
    assert house.broken() == []


def test_an_order_that_ships_complete_is_not_sent_in_part(desk: Desk) -> None:
    left_behind(desk)
    desk.alter("UPDATE sales_orders SET ship_complete = true WHERE number = 'SO-3'")

    (refused,) = (idea for idea in options(desk).rejected if idea.resolution == "R18")

    assert refused.reason == "it ships together with other lines: it is released where orders are released"
