"""Purchase orders by hand: drafted, sent, cancelled, closed."""

from dataclasses import replace

import pytest

from core.domain.errors import (
    ConflictError,
    IdempotencyConflictError,
    IllegalTransitionError,
    InvalidValueError,
    NotFoundError,
)
from core.domain.ids import OrderNo, PurchaseOrderNo, SupplierCode
from core.domain.supply_life import PurchaseStage
from core.services.supplying.purchasing import (
    EndPurchase,
    EnterPurchase,
    SendPurchase,
    cancel_purchase,
    close_purchase,
    enter_purchase,
    send_purchase,
)
from tests.builders import GULF, SO_1, VALVE
from tests.core.services.supplying.works import PO_9, lawful, sent, wanted
from tests.desk import Desk

ENTER = EnterPurchase(key="enter", number=PO_9, supplier=GULF, lines=(wanted(),))
END = EndPurchase(key="end", number=PO_9, version=1, why="not needed")


def test_a_draft_is_not_counted_before_it_is_sent(desk: Desk) -> None:
    with desk.open() as uow:
        result = enter_purchase(uow, ENTER)

    assert (result.stage, result.version) == (PurchaseStage.DRAFT, 1)
    assert "PO-9" not in desk.snapshot().supply.number

    with desk.open() as uow:
        send_purchase(uow, SendPurchase(key="send", number=PO_9, version=1))
    with desk.open() as uow:
        order = uow.purchasing.order(PO_9)
    assert (order.stage, order.sent_at) == (PurchaseStage.SENT, desk.clock.now)
    assert "PO-9" in desk.snapshot().supply.number
    assert lawful(desk) == []


def test_the_same_command_twice_is_one_order(desk: Desk) -> None:
    with desk.open() as uow:
        assert enter_purchase(uow, ENTER) == enter_purchase(uow, ENTER)
    with pytest.raises(IdempotencyConflictError), desk.open() as uow:
        enter_purchase(uow, replace(ENTER, lines=(wanted(quantity=21),)))
    with pytest.raises(ConflictError, match="there is a purchase order 'PO-9' already"), desk.open() as uow:
        enter_purchase(uow, replace(ENTER, key="another"))


REFUSED = {
    "nobody approved": (replace(ENTER, supplier=SupplierCode("NEWCO")), "supplier 'NEWCO' is not approved and active"),
    "no lines": (replace(ENTER, lines=()), "accepted are one or more, each once"),
    "a line twice": (replace(ENTER, lines=(wanted(), wanted())), r"line numbers \[1, 1\] are not accepted"),
    "nothing": (replace(ENTER, lines=(wanted(quantity=0),)), "quantity 0 of PO-9/1 is not accepted; accepted is 1 to"),
    "too much": (replace(ENTER, lines=(wanted(quantity=10**13),)), r"lines\[0\].quantity is 10000000000000"),
    "a negative price": (replace(ENTER, lines=(wanted(price="-1"),)), "of PO-9/1 is not accepted; accepted is 0 to"),
    "half a sales line": (
        replace(ENTER, lines=(replace(wanted(), sales_order=SO_1),)),
        "accepted is both or none",
    ),
    "no drop-shipper": (
        replace(ENTER, lines=(replace(wanted(), sales_order=SO_1, sales_line=1),)),
        "does not ship to customers",
    ),
}


@pytest.mark.parametrize(("command", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_bought_is_refused_and_nothing_is_kept(desk: Desk, command: EnterPurchase, why: str) -> None:
    with pytest.raises(InvalidValueError, match=why), desk.open() as uow:
        enter_purchase(uow, command)

    with pytest.raises(NotFoundError), desk.open() as uow:
        uow.purchasing.order(PO_9)


def test_a_drop_shipment_is_for_units_the_customer_still_gets(desk: Desk) -> None:
    desk.alter("UPDATE suppliers SET drop_ships = true WHERE code = 'GULF'")
    more = replace(wanted(quantity=41), sales_order=OrderNo("SO-1"), sales_line=1)

    with pytest.raises(InvalidValueError, match=f"accepted is up to 40 of '{VALVE}'"), desk.open() as uow:
        enter_purchase(uow, replace(ENTER, lines=(more,)))


def test_an_order_is_cancelled_while_nothing_of_it_is_on_its_way(desk: Desk) -> None:
    version = sent(desk)

    with desk.open() as uow:
        result = cancel_purchase(uow, replace(END, version=version))

    assert result.stage is PurchaseStage.CANCELLED
    assert "PO-9" not in desk.snapshot().supply.number
    with pytest.raises(IllegalTransitionError, match="is 'cancelled' and cannot become 'sent'"), desk.open() as uow:
        send_purchase(uow, SendPurchase(key="again", number=PO_9, version=version))


def test_only_what_came_in_is_closed(desk: Desk) -> None:
    version = sent(desk)

    with pytest.raises(IllegalTransitionError, match="is 'sent' and cannot become 'closed'"), desk.open() as uow:
        close_purchase(uow, replace(END, version=version))
    with desk.open() as uow:
        closed = close_purchase(uow, replace(END, key="2", number=PurchaseOrderNo("PO-2")))
    assert closed.stage is PurchaseStage.CLOSED
