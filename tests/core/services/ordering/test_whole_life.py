"""An order over its life: entered, confirmed, amended, confirmed again, cancelled; the books hold at every step."""

from core.domain.amendments import Amendment, ChangeQuantity
from core.domain.order_life import OrderState
from core.services.ordering.amending import AmendOrder, CancelOrder, amend, cancel_order
from core.services.ordering.entering import OrderEntered, enter_order
from core.services.ordering.previewing import preview_amendment
from core.services.promising.confirming import ConfirmOrder, confirm
from tests.builders import day
from tests.core.services.ordering.entries import entry, wanted
from tests.desk import Desk

PRICED = "UPDATE items SET list_price = 25 WHERE code = 'VALVE-3'"
STATE = OrderState


def entered(desk: Desk, quantity: int) -> OrderEntered:
    desk.alter(PRICED)
    with desk.open() as uow:
        return enter_order(uow, entry(wanted(quantity, requested=day(60))))


def sound(desk: Desk) -> None:
    with desk.open() as uow:
        assert {name: uow.checks.broken(name) for name in ("I1", "I2", "I3", "I4")} == {
            "I1": (),
            "I2": (),
            "I3": (),
            "I4": (),
        }


def test_from_entry_to_cancellation(desk: Desk) -> None:
    order = entered(desk, 10)
    assert (order.state, order.holds) == (STATE.VALIDATED, ())
    with desk.open() as uow:
        confirm(uow, ConfirmOrder(key="c-1", order=order.order, version=1))
    sound(desk)

    amendment = Amendment(order=order.order, changes=(ChangeQuantity(line=1, quantity=500),), reason="more")
    with desk.open() as uow:
        preview = preview_amendment(uow, amendment)
    with desk.open() as uow:
        amended = amend(uow, AmendOrder(key="a-1", amendment=amendment, version=1, preview_digest=preview.digest))
        confirm(uow, ConfirmOrder(key="c-2", order=order.order, version=amended.version))
    sound(desk)
    with desk.open() as uow:
        line = uow.orders.line(order.order, 1)
        assert (line.ordered, line.state) == (500, STATE.CONFIRMED)
        assert line.first_promised is not None
        planned = [one.number for one in uow.planned_orders.waiting()]
    assert planned

    with desk.open() as uow:
        done = cancel_order(uow, CancelOrder(key="x-1", order=order.order, version=2, reason="not needed"))
    sound(desk)
    with desk.open() as uow:
        assert uow.orders.order(order.order).state is STATE.CANCELLED
        assert uow.stock.claims_of(order.order) == ()
        assert uow.planned_orders.waiting() == ()
        assert [content.order.version for content in (uow.orders.version_of(order.order, n) for n in (1, 2, 3))] == [
            1,
            2,
            3,
        ]
    assert all(name in done.done[0] for name in planned)
