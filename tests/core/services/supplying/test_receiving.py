"""Goods on their way and goods that arrived: in parts, refused, too many, drop-shipped."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from core.domain.errors import ConflictError, DomainError, IllegalTransitionError, InvalidValueError
from core.domain.ids import PurchaseOrderNo
from core.domain.order_life import OrderState
from core.domain.shipping_notices import NoticeLine, NoticeState
from core.domain.supply_life import PurchaseStage
from core.services.supplying.purchase_results import PurchaseResult
from core.services.supplying.purchasing import EndPurchase, cancel_purchase
from core.services.supplying.receiving import (
    AnnouncedResult,
    AnnounceShipment,
    Receive,
    WithdrawShipment,
    announce_shipment,
    receive,
    withdraw_shipment,
)
from tests.builders import DELTA, GULF, SEAL, SO_1, VALVE, day
from tests.core.services.supplying.works import PO_9, lawful, on_hand, sent, wanted
from tests.desk import Desk


def arrive(desk: Desk, accepted: int = 20, *, key: str = "r1", line: int = 1, **values: Any) -> PurchaseResult:
    command = Receive(
        key=key, number=PO_9, line=line, reference="DN-1", accepted=accepted, received_on=day(0), **values
    )
    with desk.open() as uow:
        return receive(uow, command)


def announce(desk: Desk, quantity: int = 20, *, number: str = "ASN-1", eta: int = 9, **values: Any) -> AnnouncedResult:
    lines = (NoticeLine(order=PO_9, line=1, quantity=quantity, **values),)
    command = AnnounceShipment(
        key=number, supplier=GULF, number=number, carrier="ROAD", shipped_on=day(0), eta=day(eta), lines=lines
    )
    with desk.open() as uow:
        return announce_shipment(uow, command)


def test_units_that_arrive_are_in_stock_and_no_longer_expected(desk: Desk) -> None:
    sent(desk)

    first = arrive(desk, 12)

    assert (first.stage, on_hand(desk, VALVE)) == (PurchaseStage.PARTLY_RECEIVED, 17)
    supply = desk.snapshot().supply
    assert int(supply.quantity[supply.number.index("PO-9")]) == 8
    assert arrive(desk, 12) == first
    assert (arrive(desk, 8, key="r2").stage, on_hand(desk, VALVE)) == (PurchaseStage.RECEIVED, 25)
    assert lawful(desk) == []
    with desk.open() as uow:
        assert [receipt.accepted for receipt in uow.receiving.receipts(PO_9)] == [12, 8]
        assert [move.quantity for move in uow.stock.moves_of("PO-9/1")] == [12, 8]


def test_refused_units_are_still_owed(desk: Desk) -> None:
    sent(desk)

    result = arrive(desk, 15, rejected=5, reason="cracked seats")

    assert (result.stage, on_hand(desk, VALVE)) == (PurchaseStage.PARTLY_RECEIVED, 20)
    with desk.open() as uow:
        assert uow.purchasing.lines(PO_9)[0].open_quantity == 5
        (receipt,) = uow.receiving.receipts(PO_9)
    assert (receipt.rejected, receipt.reason) == (5, "cracked seats")


def test_all_refused_leaves_the_order_where_it_was(desk: Desk) -> None:
    sent(desk)

    assert arrive(desk, 0, rejected=20, reason="the wrong size").stage is PurchaseStage.SENT
    assert on_hand(desk, VALVE) == 5


def test_a_few_more_are_taken_up_to_the_tolerance(desk: Desk) -> None:
    sent(desk)

    assert arrive(desk, 21).stage is PurchaseStage.RECEIVED
    assert on_hand(desk, VALVE) == 26


REFUSED: dict[str, tuple[type[DomainError], dict[str, Any], str]] = {
    "beyond the tolerance": (ConflictError, {"accepted": 22}, "more than the 21 that may be received"),
    "nothing": (InvalidValueError, {"accepted": 0}, "quantity 0 of PO-9/1 is not accepted; accepted is 1 to"),
    "fewer than none": (InvalidValueError, {"accepted": -1}, "quantity -1 of PO-9/1 is not accepted"),
    "refused without why": (InvalidValueError, {"accepted": 1, "rejected": 1}, "1 units of PO-9/1 are refused without"),
    "another line": (InvalidValueError, {"accepted": 1, "line": 7}, r"accepted is one of \[1\]"),
    "a lot of what has none": (InvalidValueError, {"accepted": 1, "lot": "L"}, "accepted is no lot and no serial"),
    "no such notice": (
        DomainError,
        {"accepted": 1, "notice": "ASN-X"},
        "there is no notice 'ASN-X' of supplier 'GULF'",
    ),
    "a negative price": (InvalidValueError, {"accepted": 1, "unit_price": Decimal(-1)}, "accepted is 0 to"),
}


@pytest.mark.parametrize(("error", "values", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_a_receipt_that_cannot_be_changes_nothing(
    desk: Desk, error: type[DomainError], values: dict[str, Any], why: str
) -> None:
    sent(desk)

    with pytest.raises(error, match=why):
        arrive(desk, **values)

    assert on_hand(desk, VALVE) == 5
    with desk.open() as uow:
        assert uow.receiving.receipts(PO_9) == ()
        assert uow.purchasing.lines(PO_9)[0].received == 0


def test_nothing_comes_of_an_order_that_is_over(desk: Desk) -> None:
    command = Receive(key="k", number=PurchaseOrderNo("PO-2"), line=1, reference="DN", accepted=1, received_on=day(0))

    with pytest.raises(IllegalTransitionError, match="'PO-2' is 'received' and nothing of it"), desk.open() as uow:
        receive(uow, command)
    assert on_hand(desk, SEAL) == 20


def test_another_price_on_the_papers_is_asked_about(desk: Desk) -> None:
    sent(desk)

    result = arrive(desk, 20, unit_price=Decimal("14.50"))

    assert (result.stage, result.pending) == (PurchaseStage.RECEIVED, (1,))
    with desk.open() as uow:
        assert uow.purchasing.lines(PO_9)[0].unit_price == 14


def test_a_notice_of_all_that_is_open_moves_the_date(desk: Desk) -> None:
    sent(desk)

    result = announce(desk)

    assert result.moved == ((PO_9, 1, day(9)),)
    with desk.open() as uow:
        (line,) = uow.purchasing.lines(PO_9)
    assert (line.due, line.requested) == (day(9), day(12))


def test_a_notice_of_a_part_leaves_the_date(desk: Desk) -> None:
    sent(desk)

    assert announce(desk, 5).moved == ()


def test_a_notice_is_received_when_all_of_it_has_arrived(desk: Desk) -> None:
    sent(desk)
    announce(desk, 12)

    arrive(desk, 10, rejected=1, reason="dented", notice="ASN-1")
    with desk.open() as uow:
        assert uow.receiving.notice(GULF, "ASN-1").announced(PO_9, 1) == 1
    arrive(desk, 1, key="r2", notice="ASN-1")

    with desk.open() as uow:
        assert uow.receiving.notice(GULF, "ASN-1").state is NoticeState.RECEIVED
    with pytest.raises(InvalidValueError, match="announces 0 more of PO-9/1"):
        arrive(desk, 1, key="r3", notice="ASN-1")


def test_no_more_is_announced_than_can_come(desk: Desk) -> None:
    sent(desk)
    announce(desk, 12)

    with pytest.raises(InvalidValueError, match="12 are on their way; accepted is 1 to 9"):
        announce(desk, 10, number="ASN-2")
    command = AnnounceShipment(
        key="k",
        supplier=GULF,
        number="ASN-1",
        carrier="ROAD",
        shipped_on=day(0),
        eta=day(1),
        lines=(NoticeLine(order=PO_9, line=1, quantity=1),),
    )
    with pytest.raises(ConflictError, match="supplier 'GULF' sent a notice 'ASN-1' before"), desk.open() as uow:
        announce_shipment(uow, command)


def test_only_the_supplier_of_an_order_announces_it(desk: Desk) -> None:
    sent(desk)
    command = AnnounceShipment(
        key="k",
        supplier=DELTA,
        number="X",
        carrier="ROAD",
        shipped_on=day(0),
        eta=day(1),
        lines=(NoticeLine(order=PO_9, line=1, quantity=1),),
    )

    with pytest.raises(InvalidValueError, match="'PO-9' is with 'GULF', not with 'DELTA'"), desk.open() as uow:
        announce_shipment(uow, command)
    with pytest.raises(InvalidValueError, match="an arrival that is not before it leaves"), desk.open() as uow:
        announce_shipment(uow, replace(command, eta=day(-1)))


def test_an_order_on_its_way_is_not_cancelled_until_the_notice_is_taken_back(desk: Desk) -> None:
    version = sent(desk)
    announce(desk)
    end = EndPurchase(key="end", number=PO_9, version=version, why="not needed")

    with pytest.raises(ConflictError, match="is on its way in notice 'ASN-1'"), desk.open() as uow:
        cancel_purchase(uow, end)
    with desk.open() as uow:
        withdraw_shipment(uow, WithdrawShipment(key="w", supplier=GULF, number="ASN-1"))
        assert cancel_purchase(uow, end).stage is PurchaseStage.CANCELLED


def test_a_drop_shipment_reaches_the_customer_without_our_stock(desk: Desk) -> None:
    desk.alter("UPDATE suppliers SET drop_ships = true WHERE code = 'GULF'")
    sent(desk, replace(wanted(quantity=40), sales_order=SO_1, sales_line=1))

    arrive(desk, 30)
    with desk.open() as uow:
        part = uow.orders.line(SO_1, 1)
    arrive(desk, 10, key="r2")

    assert (part.shipped, part.delivered, part.state) == (30, 30, OrderState.CONFIRMED)
    with desk.open() as uow:
        line = uow.orders.line(SO_1, 1)
        (first, _) = uow.stock.moves_of("PO-9/1")
    assert (line.shipped, line.delivered, line.state) == (40, 40, OrderState.DELIVERED)
    assert (first.origin, first.destination, on_hand(desk, VALVE)) == ("(supplier)", "(customer)", 5)
    assert lawful(desk) == []
