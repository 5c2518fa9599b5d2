"""The way of material: from a supplier's receipt to who has it, from a unit back, and out of a loop."""

import pytest

from core.domain.errors import ConflictError
from core.domain.ids import LotCode, SerialNo
from core.domain.stock import VirtualPlace
from core.services.stocking.tracing import trace_back, trace_forward, trace_unit
from tests.builders import MOTOR, PUMP, RENO, SO_2, VALVE
from tests.core.services.stocking.goods import arrived, moved
from tests.desk import Desk

PRODUCTION, CUSTOMER = VirtualPlace.PRODUCTION.location, VirtualPlace.CUSTOMER.location


def made_and_sold(desk: Desk) -> None:
    """Motors of a supplier's lot go into two pumps, one of which is sold; valves are sold as they are."""
    with desk.open() as uow:
        arrived(uow, "M-1", 2, item=MOTOR, document="PO-7/1")
        arrived(uow, "V-1", 4, document="PO-8/1")
        uow.stock.move([moved(2, RENO, PRODUCTION, item=MOTOR, lot="M-1", document="WO-7")])
        uow.stock.move([moved(2, PRODUCTION, RENO, item=PUMP, document="WO-7", serials=("P-1", "P-2"))])
        uow.stock.move([moved(1, RENO, CUSTOMER, item=PUMP, document="SH-1", serials=("P-2",), sold=True)])
        uow.stock.move([moved(4, RENO, CUSTOMER, lot="V-1", document="SH-2", sold=True)])


def test_a_lot_is_followed_through_production_to_the_customer(desk: Desk) -> None:
    made_and_sold(desk)

    with desk.open() as uow:
        trace = trace_forward(uow, LotCode("M-1"))

    assert [(s.depth, s.item, s.document, s.destination) for s in trace.steps] == [
        (0, MOTOR, "PO-7/1", RENO),
        (0, MOTOR, "WO-7", PRODUCTION),
        (1, PUMP, "WO-7", RENO),
        (1, PUMP, "SH-1", CUSTOMER),
    ]
    assert trace.deliveries == ((SO_2, 1, "SH-1"),)


def test_a_unit_is_followed_back_to_the_suppliers_receipt(desk: Desk) -> None:
    made_and_sold(desk)

    with desk.open() as uow:
        trace = trace_unit(uow, PUMP, SerialNo("P-2"))
        assert trace.place == CUSTOMER
        assert trace_unit(uow, PUMP, SerialNo("P-1")).place == RENO

    assert (trace.receipts, trace.lots) == (("PO-7/1",), ("M-1",))
    assert [s.serials for s in trace.steps if s.document == "SH-1"] == [("P-2",)]


def test_a_lot_reworked_into_itself_does_not_go_round_for_ever(desk: Desk) -> None:
    with desk.open() as uow:
        arrived(uow, "V-1", 4, document="PO-8/1")
        uow.stock.move([moved(4, RENO, PRODUCTION, lot="V-1", document="WO-8")])
        uow.stock.move([moved(4, PRODUCTION, RENO, lot="V-1", document="WO-8")])

        back, forward = trace_back(uow, LotCode("V-1")), trace_forward(uow, LotCode("V-1"))

    assert back.steps == forward.steps
    assert [(s.depth, s.document) for s in back.steps] == [(0, "PO-8/1"), (0, "WO-8"), (0, "WO-8")]
    assert {s.item for s in back.steps} == {VALVE}


def test_a_serial_number_is_at_one_place(desk: Desk) -> None:
    made_and_sold(desk)
    again = moved(1, RENO, CUSTOMER, item=PUMP, document="SH-3", serials=("P-2",), sold=True)
    twin = moved(1, VirtualPlace.SUPPLIER.location, RENO, item=PUMP, document="PO-9/1", serials=("P-1",))

    for wrong in (again, twin):
        with pytest.raises(ConflictError, match="of PUMP-1 is not at"), desk.open() as uow:
            uow.stock.move([wrong])

    with desk.open() as uow:
        assert trace_unit(uow, PUMP, SerialNo("P-2")).place == CUSTOMER
        assert uow.stock.balance(PUMP, RENO).on_hand == 1
