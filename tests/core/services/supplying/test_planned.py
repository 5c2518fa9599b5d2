"""Planned orders: suggestions that nothing is promised on, firmed into orders or dropped."""

from typing import Any

import pytest

from core.domain.errors import ConflictError, InsufficientStockError, InvalidValueError, NotFoundError
from core.domain.ids import PurchaseOrderNo, SupplierCode, TransferOrderNo, WorkOrderNo
from core.domain.planned_orders import PlannedKind, PlannedOrder, PlannedState
from core.domain.supply_life import PurchaseStage, TransferStage, WorkStage
from core.services.supplying.planned import (
    DropPlanned,
    FirmPlanned,
    PlannedResult,
    PlanSupply,
    drop_planned,
    firm_planned,
    plan_supply,
)
from tests.builders import GULF, HOUSTON, PUMP, RENO, VALVE, day
from tests.core.services.supplying.works import lawful
from tests.desk import Desk


def planned(kind: PlannedKind, **values: Any) -> PlannedOrder:
    given = {"item": VALVE, "location": HOUSTON, "quantity": 12, "start": day(1), "due": day(14), **values}
    return PlannedOrder(number="PL-1", kind=kind, **given)


def plan(desk: Desk, order: PlannedOrder) -> None:
    with desk.open() as uow:
        plan_supply(uow, PlanSupply(key=f"plan {order.number}", order=order))


def firm(desk: Desk, become: str, *, version: int = 1, key: str = "firm") -> PlannedResult:
    with desk.open() as uow:
        return firm_planned(uow, FirmPlanned(key=key, number="PL-1", version=version, become=become))


def test_a_planned_order_is_no_supply_before_it_is_firmed(desk: Desk) -> None:
    before = desk.snapshot().supply.number

    plan(desk, planned(PlannedKind.PURCHASE))

    assert desk.snapshot().supply.number == before
    with desk.open() as uow:
        (waiting,) = uow.planned_orders.waiting()
    assert (waiting, waiting.promisable) == (planned(PlannedKind.PURCHASE), False)
    assert lawful(desk) == []


def test_a_purchase_is_firmed_with_the_best_supplier_in_its_order_size(desk: Desk) -> None:
    plan(desk, planned(PlannedKind.PURCHASE))

    result = firm(desk, "PO-77")

    assert (result.quantity, result.order.state, result.order.firmed_as) == (15, PlannedState.FIRMED, "PO-77")
    assert firm(desk, "PO-77") == result
    with desk.open() as uow:
        order = uow.purchasing.order(PurchaseOrderNo("PO-77"))
        (line,) = uow.purchasing.lines(PurchaseOrderNo("PO-77"))
    assert (order.supplier, order.stage) == (GULF, PurchaseStage.DRAFT)
    assert (line.ordered, line.unit_price, line.due) == (15, 14, day(14))
    assert lawful(desk) == []


def test_the_supplier_that_was_planned_is_kept(desk: Desk) -> None:
    plan(desk, planned(PlannedKind.PURCHASE, supplier=SupplierCode("DELTA"), quantity=201))

    with pytest.raises(InvalidValueError, match=r"201 of 'VALVE-3' is more than 'DELTA' takes in one order; .* 200"):
        firm(desk, "PO-77")
    with desk.open() as uow:
        assert uow.planned_orders.get("PL-1").state is PlannedState.PLANNED


@pytest.mark.parametrize("supplier", ["NEWCO", "IDLE", "NOBODY"])
def test_nothing_is_bought_from_who_may_not_be_bought_from(desk: Desk, supplier: str) -> None:
    code = SupplierCode(supplier)
    if supplier == "NOBODY":
        with pytest.raises(NotFoundError, match="there is no supplier 'NOBODY'"):
            plan(desk, planned(PlannedKind.PURCHASE, supplier=code))
        return
    plan(desk, planned(PlannedKind.PURCHASE, supplier=code))

    with pytest.raises(InvalidValueError, match=r"accepted is one of \['DELTA', 'GULF'\]"):
        firm(desk, "PO-77")


def test_a_work_order_is_open_when_firmed(desk: Desk) -> None:
    plan(desk, planned(PlannedKind.WORK, item=PUMP, quantity=3))

    firm(desk, "WO-77")

    with desk.open() as uow:
        order = uow.making.order(WorkOrderNo("WO-77"))
    assert (order.item, order.ordered, order.stage) == (PUMP, 3, WorkStage.OPEN)
    assert "WO-77" in desk.snapshot().supply.number


def test_a_transfer_reserves_its_units_when_firmed(desk: Desk) -> None:
    plan(desk, planned(PlannedKind.TRANSFER, origin=RENO, quantity=50))

    firm(desk, "TO-77")

    with desk.open() as uow:
        assert uow.transferring.lock(TransferOrderNo("TO-77")).stage is TransferStage.OPEN
        assert uow.stock.available(VALVE, RENO) == 0
    assert lawful(desk) == []


def test_a_transfer_of_more_than_is_free_is_not_firmed(desk: Desk) -> None:
    plan(desk, planned(PlannedKind.TRANSFER, origin=RENO, quantity=51))

    with pytest.raises(InsufficientStockError):
        firm(desk, "TO-77")

    with desk.open() as uow:
        assert uow.planned_orders.get("PL-1").state is PlannedState.PLANNED


def test_what_is_firmed_or_dropped_is_settled(desk: Desk) -> None:
    plan(desk, planned(PlannedKind.WORK, item=PUMP))
    with desk.open() as uow:
        dropped = drop_planned(uow, DropPlanned(key="d", number="PL-1", version=1, why="no demand"))
    assert dropped.order.state is PlannedState.CANCELLED

    with pytest.raises(ConflictError, match="'PL-1' is 'cancelled' at version 2, not 'planned' at version 1"):
        firm(desk, "WO-77")


@pytest.mark.parametrize(
    ("kind", "values", "why"),
    [
        (PlannedKind.PURCHASE, {"quantity": 0}, "quantity 0 is not one; accepted is 1 or more"),
        (PlannedKind.PURCHASE, {"due": day(0)}, "accepted is a start up to the due date"),
        (PlannedKind.TRANSFER, {}, "a transfer has one, no other has"),
        (PlannedKind.WORK, {"origin": RENO}, "a transfer has one, no other has"),
        (PlannedKind.WORK, {"supplier": GULF}, "only a purchase has one"),
    ],
)
def test_a_suggestion_that_means_nothing_is_refused(kind: PlannedKind, values: dict[str, Any], why: str) -> None:
    with pytest.raises(InvalidValueError, match=why):
        planned(kind, **values)
