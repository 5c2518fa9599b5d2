"""Amendments that random work found wrong: the books hold whatever was done to the order before."""

import pytest

from core.domain.amendments import Amendment, Change, ChangeDate, ChangeItem, ChangeQuantity
from core.domain.errors import IllegalTransitionError
from core.domain.ids import OrderNo
from core.domain.order_life import OrderState
from core.services.ordering.amending import AmendOrder, OrderAmended, amend, cancel_past
from core.services.ordering.entering import enter_order
from core.services.ordering.previewing import preview_amendment
from core.services.promising import ConfirmOrder, confirm
from tests.builders import RENO, SEAL, SO_2, day
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.core.services.ordering.entries import entry, wanted
from tests.desk import Desk

SO_8 = OrderNo("SO-8")


def amended(desk: Desk, order: OrderNo, change: Change) -> OrderAmended:
    amendment = Amendment(order=order, changes=(change,), reason="asked")
    with desk.open() as uow:
        shown = preview_amendment(uow, amendment)
        version = uow.orders.order(order).version
        return amend(
            uow, AmendOrder(key=f"a{version}", amendment=amendment, version=version, preview_digest=shown.digest)
        )


def entered(desk: Desk, quantity: int = 10) -> None:
    desk.alter("UPDATE items SET list_price = 25 WHERE code IN ('VALVE-3', 'SEAL')")
    with desk.open() as uow:
        line = wanted(quantity, requested=day(60), cancel_after=day(70))
        version = enter_order(uow, entry(line, number=SO_8, ship_from=RENO)).version
        confirm(uow, ConfirmOrder(key="c", order=SO_8, version=version))


def test_the_only_line_of_an_order_becomes_another_item_and_the_order_lives_on(desk: Desk) -> None:
    entered(desk)

    done = amended(desk, SO_8, ChangeItem(line=1, item=SEAL))

    assert done.state is OrderState.VALIDATED
    with desk.open() as uow:
        assert [line.state for line in uow.orders.lines(SO_8)] == [OrderState.CANCELLED, OrderState.VALIDATED]


def test_fewer_units_at_the_same_price_are_priced_for_their_number(desk: Desk) -> None:
    entered(desk)

    amended(desk, SO_8, ChangeQuantity(line=1, quantity=4))

    with desk.open() as uow:
        kept = uow.prices.of_line(SO_8, 1)
        assert kept is not None
        assert (kept.quantity, kept.unit_price) == (4, 25)


@pytest.mark.parametrize("change", [ChangeQuantity(line=1, quantity=10), ChangeDate(line=1, requested=day(30))])
def test_a_line_that_a_location_is_sending_is_not_changed_behind_its_back(desk: Desk, change: Change) -> None:
    Warehouse(desk).release()
    with desk.open() as uow:
        claims = uow.stock.claims_of(SO_2, 1)

    with pytest.raises(IllegalTransitionError, match=r"line SO-2/1 is in shipment SO-2-S1, which has not left"):
        amended(desk, SO_2, change)

    with desk.open() as uow:
        assert uow.stock.claims_of(SO_2, 1) == claims


def test_a_line_that_is_being_sent_is_not_cancelled_because_its_day_has_passed(desk: Desk) -> None:
    entered(desk)
    Warehouse(desk).release(SO_8)

    with desk.open() as uow:
        assert cancel_past(uow, today=day(71)) == ()
