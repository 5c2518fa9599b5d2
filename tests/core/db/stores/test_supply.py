"""Purchase and transfer orders: read as loaded, added for a proposal, moved and cancelled while they are open."""

import pytest

from core.domain.errors import ConflictError, NotFoundError
from core.domain.ids import LocationCode, ProposalId, PurchaseOrderNo, TransferOrderNo
from core.domain.orders import PurchaseOrder, PurchaseOrderLine, SupplyState, TransferOrder
from tests.builders import DELTA, HOUSTON, PO_1, RENO, TODAY, VALVE, company, day
from tests.desk import Desk

PROPOSAL = ProposalId("PR-1-1A")
NEW = PurchaseOrder(number=PurchaseOrderNo("PO-9"), supplier=DELTA, order_date=TODAY, currency="USD")
NEW_LINE = PurchaseOrderLine(
    order=NEW.number,
    line=1,
    item=VALVE,
    location=HOUSTON,
    ordered=25,
    unit_price=company().supplier_items[1].unit_price,
    due=day(6),
)
MOVE = TransferOrder(
    number=TransferOrderNo("TO-9"),
    item=VALVE,
    origin=RENO,
    destination=HOUSTON,
    quantity=5,
    ship_on=day(0),
    due=day(3),
)


def test_everything_reads_as_it_was_loaded(desk: Desk) -> None:
    with desk.open() as uow:
        orders = tuple(uow.supply.purchase_order(order.number) for order in company().purchase_orders)
        lines = tuple(uow.supply.purchase_line(line.order, line.line) for line in company().purchase_order_lines)
        moves = tuple(uow.supply.transfer(order.number) for order in company().transfer_orders)

    assert orders == company().purchase_orders
    assert lines == company().purchase_order_lines
    assert moves == company().transfer_orders


@pytest.mark.breaks_laws("rows are changed by hand")
def test_what_a_proposal_adds_reads_back(desk: Desk) -> None:
    with desk.open() as uow:
        uow.supply.add_purchase_order(NEW, NEW_LINE, proposal=PROPOSAL)
        uow.supply.add_transfer(MOVE, proposal=PROPOSAL)

    with desk.open() as uow:
        assert uow.supply.purchase_order(NEW.number) == NEW
        assert uow.supply.purchase_line(NEW.number, 1) == NEW_LINE
        assert uow.supply.transfer(MOVE.number) == MOVE


def test_an_order_line_is_rescheduled(desk: Desk) -> None:
    with desk.open() as uow:
        uow.supply.reschedule(PO_1, 1, old=day(20), due=day(4))

    with desk.open() as uow:
        assert (uow.supply.purchase_line(PO_1, 1).due, uow.supply.purchase_line(PO_1, 2).due) == (day(4), day(9))
        ((_, _, event, _, facts),) = uow.audit.trail("purchase:PO-1")
    assert (event, facts) == ("purchase_line_rescheduled", '{"line": 1, "new": "2024-10-08", "old": "2024-10-24"}')


def test_only_an_open_order_is_cancelled(desk: Desk) -> None:
    with desk.open() as uow:
        uow.supply.cancel_purchase_order(PO_1)
        assert uow.supply.purchase_order(PO_1).state is SupplyState.CANCELLED
        with pytest.raises(ConflictError, match="purchase order 'PO-1' is cancelled, only an open one"):
            uow.supply.cancel_purchase_order(PO_1)
        with pytest.raises(ConflictError, match="purchase order 'PO-2' is received, only an open one"):
            uow.supply.cancel_purchase_order(PurchaseOrderNo("PO-2"))


@pytest.mark.breaks_laws("rows are changed by hand")
def test_only_a_transfer_that_has_not_left_is_cancelled(desk: Desk) -> None:
    with desk.open() as uow:
        uow.supply.cancel_transfer(TransferOrderNo("TO-1"))
        with pytest.raises(ConflictError, match="transfer order 'TO-1' is cancelled; only an open one"):
            uow.supply.cancel_transfer(TransferOrderNo("TO-1"))
        with pytest.raises(ConflictError, match="transfer order 'TO-2' is shipped; only an open one"):
            uow.supply.cancel_transfer(TransferOrderNo("TO-2"))


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    with desk.open() as uow:
        for ask in (uow.supply.purchase_order, uow.supply.cancel_purchase_order):
            with pytest.raises(NotFoundError, match="there is no purchase order 'PO-X'"):
                ask(PurchaseOrderNo("PO-X"))
        with pytest.raises(NotFoundError, match="there is no purchase order line PO-1/9"):
            uow.supply.reschedule(PO_1, 9, old=day(20), due=day(1))
        for ask in (uow.supply.transfer, uow.supply.cancel_transfer):
            with pytest.raises(NotFoundError, match="there is no transfer order 'TO-X'"):
                ask(TransferOrderNo("TO-X"))


def test_an_order_for_something_unknown_is_refused_whole(desk: Desk) -> None:
    nowhere = TransferOrder(
        number=TransferOrderNo("TO-9"),
        item=VALVE,
        origin=LocationCode("PARIS"),
        destination=HOUSTON,
        quantity=5,
        ship_on=day(0),
        due=day(3),
    )

    with pytest.raises(NotFoundError, match="there is no location 'PARIS'"), desk.open() as uow:
        uow.supply.add_transfer(nowhere, proposal=PROPOSAL)
