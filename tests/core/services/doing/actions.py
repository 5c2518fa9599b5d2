"""Actions on the small company of tests/builders.py, one of each kind, possible on its books."""

from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from core.domain.ids import ItemCode, PurchaseOrderNo, TransferOrderNo, WorkOrderNo
from core.domain.plans import (
    AcceptPrice,
    AskCredit,
    AskData,
    Buy,
    CancelPurchase,
    CancelWork,
    Make,
    Reallocate,
    ReschedulePurchase,
    RescheduleWork,
    ShipFrom,
    SplitLine,
    SplitPurchase,
    Substitute,
    TopUp,
    Transfer,
    UseSafetyStock,
)
from core.domain.production import Making
from tests.builders import DELTA, GULF, HOUSTON, PO_1, PUMP, RENO, SEAL, SO_1, SO_2, VALVE, buy, day, transfer
from tests.desk import Desk

WO_9 = WorkOrderNo("WO-9")


def values_of(action: Buy | Transfer) -> dict[str, Any]:
    """Its fields by name, for an action that says more."""
    return {field.name: getattr(action, field.name) for field in fields(action)}


def with_work_order(desk: Desk) -> None:
    """An open work order for ten pumps, from day 4 to day 8."""
    with desk.open() as uow:
        uow.making.add(Making(number=WO_9, item=PUMP, location=HOUSTON, ordered=10, start=day(4), due=day(8)))


def make(quantity: int = 5) -> Make:
    """Pumps on a new work order."""
    return Make(
        reference=WorkOrderNo("WO-1.1A-1"),
        item=PUMP,
        location=HOUSTON,
        quantity=quantity,
        start=day(2),
        finish=day(6),
        value=Decimal(400) * quantity,
        cost=Decimal("0.00"),
    )


def top_up() -> TopUp:
    """Three pumps more on the open work order."""
    return TopUp(
        work_order=WO_9,
        item=PUMP,
        quantity=3,
        old_open=10,
        start=day(4),
        due=day(8),
        value=Decimal(1200),
        cost=Decimal("0.00"),
    )


def reschedule_work() -> RescheduleWork:
    """The open work order two days sooner."""
    return RescheduleWork(
        work_order=WO_9,
        item=PUMP,
        quantity=10,
        old_start=day(4),
        old_due=day(8),
        new_start=day(2),
        new_due=day(6),
    )


def cancel_work() -> CancelWork:
    """The open work order, not wanted."""
    return CancelWork(work_order=WO_9, item=PUMP, quantity=10, start=day(4), due=day(8))


def split_purchase() -> SplitPurchase:
    """Fifteen of the forty valves open at Gulf, bought from Delta instead."""
    bought = buy(15, "PO-1.1A-1")
    return SplitPurchase(
        **values_of(bought),
        from_order=PO_1,
        from_line=1,
        from_supplier=GULF,
        from_open=40,
        taken=15,
    )


def reschedule_purchase() -> ReschedulePurchase:
    """The valves at Gulf ten days later."""
    return ReschedulePurchase(
        purchase_order=PO_1, line=1, supplier=GULF, item=VALVE, quantity=40, old_due=day(20), new_due=day(30)
    )


def accept_price() -> AcceptPrice:
    """Gulf asks 14.25 instead of 14."""
    return AcceptPrice(
        purchase_order=PO_1,
        line=1,
        supplier=GULF,
        item=VALVE,
        quantity=40,
        old_price=Decimal(14),
        new_price=Decimal("14.25"),
        currency="USD",
    )


def cancel_purchase() -> CancelPurchase:
    """The order made by the plan before, cancelled."""
    return CancelPurchase(
        purchase_order=PurchaseOrderNo("PO-9"),
        line=1,
        supplier=DELTA,
        item=VALVE,
        quantity=25,
        due=day(6),
        fee=Decimal("38.75"),
    )


def split_line() -> SplitLine:
    """Five of Harbor's forty valves on the promised day, the others when Gulf delivers."""
    return SplitLine(
        order=SO_1,
        line=1,
        item=VALVE,
        now_quantity=5,
        now_on=day(5),
        rest_quantity=35,
        old=day(5),
        new=day(20),
        cost=Decimal("35.00"),
    )


def ship_from() -> ShipFrom:
    """Harbor's valves from Reno."""
    return ShipFrom(order=SO_1, line=1, item=VALVE, quantity=40, old=HOUSTON, new=RENO, cost=Decimal("35.00"))


def substitute() -> Substitute:
    """Two seals instead of each of Harbor's valves."""
    return Substitute(
        order=SO_1,
        line=1,
        item=VALVE,
        quantity=40,
        unit_price=Decimal(25),
        alternate=ItemCode(SEAL),
        new_quantity=80,
        new_price=Decimal("12.5"),
        cost=Decimal("-364.94"),
    )


def use_safety_stock() -> UseSafetyStock:
    """Valves from Reno that are kept for safety there."""
    moved = replace(transfer(20), reference=TransferOrderNo("TO-1.1A-1"))
    return UseSafetyStock(**values_of(moved), repaid_on=day(20))


def reallocate() -> Reallocate:
    """Five of Reno's valves, on which Mesa's line counts, for Harbor's."""
    return Reallocate(
        reference="RA-1.1A-1",
        item=VALVE,
        location=HOUSTON,
        quantity=5,
        from_order=SO_2,
        from_line=1,
        to_order=SO_1,
        to_line=1,
    )


def ask_credit() -> AskCredit:
    """Finance, by the day after tomorrow."""
    return AskCredit(subject="credit 1.1A", about="order SO-1", due=day(2), text="may Harbor have more credit?")


def ask_data(number: int = 1) -> AskData:
    """Customer service, by the day after tomorrow."""
    return AskData(subject=f"data {number}.1A", about="order SO-1", due=day(2), text="is the address right?")
