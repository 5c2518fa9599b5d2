"""Lots and serial numbers of what comes in and is made, and the way of a lot through the house."""

from decimal import Decimal
from typing import Any

import pytest

from core.domain.errors import ConflictError, InvalidValueError
from core.domain.ids import LotCode, SerialNo, TransferOrderNo
from core.domain.planned_orders import PlannedKind, PlannedOrder
from core.services.supplying.issuing import IssueComponents, IssuedPart, issue_components
from core.services.supplying.planned import FirmPlanned, PlanSupply, firm_planned, plan_supply
from core.services.supplying.producing import CompleteWork, complete_work
from core.services.supplying.purchase_results import PurchaseResult
from core.services.supplying.receiving import Receive, receive
from core.services.supplying.transferring import (
    LotUnits,
    ReceiveTransfer,
    ShipTransfer,
    receive_transfer,
    ship_transfer,
)
from tests.builders import GULF, HOUSTON, MOTOR, PUMP, RENO, YARD, day
from tests.core.services.supplying.works import PO_9, WO_9, lawful, on_hand, released, sent, wanted
from tests.desk import Desk

L_1 = LotCode("L-1")


def arrive(desk: Desk, accepted: int = 20, *, key: str = "r1", **values: Any) -> PurchaseResult:
    command = Receive(key=key, number=PO_9, line=1, reference="DN-1", accepted=accepted, received_on=day(0), **values)
    with desk.open() as uow:
        return receive(uow, command)


@pytest.fixture
def pumps_in_lots(desk: Desk) -> Desk:
    """The small company with pumps kept in lots; it has none yet."""
    desk.alter("UPDATE items SET lot_control = 'lot', shelf_life_days = 365 WHERE code = 'PUMP-1'")
    return desk


def bought_pumps(desk: Desk) -> None:
    sent(desk, wanted(item=PUMP, price="400"))


def test_a_received_lot_knows_where_it_is_from(pumps_in_lots: Desk) -> None:
    desk = pumps_in_lots
    bought_pumps(desk)

    arrive(desk, 12, lot="L-1", expires_on=day(300))
    arrive(desk, 8, key="r2", lot="L-1", expires_on=day(300))

    with desk.open() as uow:
        lot = uow.lots.find(L_1)
        assert uow.stock.available(PUMP, HOUSTON, lot=L_1) == 20
    assert lot is not None
    assert (lot.item, lot.supplier, lot.purchase_order, lot.expires_on) == (PUMP, GULF, PO_9, day(300))
    assert (lot.unit_cost, lawful(desk)) == (400, [])


def test_what_is_kept_in_lots_is_not_received_without_one(pumps_in_lots: Desk) -> None:
    desk = pumps_in_lots
    bought_pumps(desk)

    with pytest.raises(InvalidValueError, match="accepted is a lot and no serial number"):
        arrive(desk, 12)
    assert (on_hand(desk, PUMP), lawful(desk)) == (0, [])


def test_a_lot_number_belongs_to_one_origin(pumps_in_lots: Desk) -> None:
    desk = pumps_in_lots
    bought_pumps(desk)
    arrive(desk, 12, lot="L-1")

    with pytest.raises(ConflictError, match="there is a lot 'L-1' of 'PUMP-1' from elsewhere already"):
        arrive(desk, 1, key="r2", lot="L-1", expires_on=day(9))
    assert (on_hand(desk, PUMP), lawful(desk)) == (12, [])


def test_a_lot_goes_from_place_to_place_as_itself(pumps_in_lots: Desk) -> None:
    desk = pumps_in_lots
    bought_pumps(desk)
    arrive(desk, 20, lot="L-1")
    plan = PlannedOrder(
        number="PL-1",
        kind=PlannedKind.TRANSFER,
        item=PUMP,
        location=RENO,
        origin=HOUSTON,
        quantity=5,
        start=day(0),
        due=day(3),
    )
    number = TransferOrderNo("TO-9")

    with desk.open() as uow:
        plan_supply(uow, PlanSupply(key="p", order=plan))
        firm_planned(uow, FirmPlanned(key="f", number="PL-1", version=1, become=number))
    with desk.open() as uow:
        lots = (LotUnits(lot=L_1, units=5),)
        ship_transfer(uow, ShipTransfer(key="s", number=number, shipped_on=day(0), lots=lots))
    desk.wait_for(day(3))
    with desk.open() as uow:
        receive_transfer(
            uow, ReceiveTransfer(key="r", number=number, received=4, lost=1, reason="x", received_on=day(3), lot="L-1")
        )

    with desk.open() as uow:
        assert uow.stock.available(PUMP, RENO, lot=L_1) == 4
        assert uow.stock.available(PUMP, HOUSTON, lot=L_1) == 15
    assert lawful(desk) == []


def test_a_finished_lot_knows_its_work_order(pumps_in_lots: Desk) -> None:
    desk = pumps_in_lots
    released(desk)
    desk.wait_for(day(1))

    with desk.open() as uow:
        command = CompleteWork(
            key="c", number=WO_9, good=4, completed_on=day(1), backflush=True, lot="L-9", expires_on=day(366)
        )
        complete_work(uow, command)

    with desk.open() as uow:
        lot = uow.lots.find(LotCode("L-9"))
    assert lot is not None
    assert (lot.work_order, lot.expires_on, on_hand(desk, PUMP), lawful(desk)) == (WO_9, day(366), 4, [])


def test_units_with_serial_numbers_come_one_by_one(desk: Desk) -> None:
    desk.alter("UPDATE items SET lot_control = 'serial' WHERE code = 'PUMP-1'")
    bought_pumps(desk)

    with pytest.raises(InvalidValueError, match="accepted is 2 different serial numbers"):
        arrive(desk, 2, serials=(SerialNo("S-1"), SerialNo("S-1")))
    arrive(desk, 2, serials=(SerialNo("S-1"), SerialNo("S-2")))

    with desk.open() as uow:
        (move,) = uow.stock.moves_of("PO-9/1")
    assert (move.serials, on_hand(desk, PUMP), lawful(desk)) == (("S-1", "S-2"), 2, [])


def test_a_component_kept_in_lots_is_issued_by_lot_and_not_backflushed(desk: Desk) -> None:
    released(desk)
    desk.alter("UPDATE items SET lot_control = 'lot' WHERE code = 'MOTOR'")
    part = IssuedPart(item=MOTOR, location=YARD, quantity=1)

    with pytest.raises(InvalidValueError, match="accepted is a lot and no serial number"), desk.open() as uow:
        issue_components(uow, IssueComponents(key="i", number=WO_9, parts=(part,), issued_on=day(0)))
    with pytest.raises(InvalidValueError, match="is not backflushed; accepted is to issue it"), desk.open() as uow:
        complete_work(uow, CompleteWork(key="c", number=WO_9, good=1, completed_on=day(0), backflush=True))
    assert on_hand(desk, MOTOR, YARD) == 6


@pytest.mark.parametrize(("forgotten", "cost"), [(False, "117.5000"), (True, "120.0000")])
def test_a_component_costs_what_its_lot_did_or_else_its_standard(desk: Desk, forgotten: bool, cost: str) -> None:
    desk.alter("UPDATE items SET lot_control = 'lot' WHERE code = 'MOTOR'")
    sent(desk, wanted(item=MOTOR, price="117.5"))
    arrive(desk, 20, lot="L-1")
    if forgotten:
        desk.alter("UPDATE lots SET unit_cost = NULL WHERE code = 'L-1'")
    released(desk)
    part = IssuedPart(item=MOTOR, location=HOUSTON, quantity=4, lot="L-1")

    with desk.open() as uow:
        issue_components(uow, IssueComponents(key="i", number=WO_9, parts=(part,), issued_on=day(0)))

    with desk.open() as uow:
        assert uow.making.spent(WO_9)[0] == ((4, Decimal(cost)),)
        assert [move.unit_cost for move in uow.stock.moves_of("WO-9")] == [Decimal(cost)]
