"""Units that a warehouse did not find are nobody's concern any more once the customer does not want them."""

from core.domain.amendments import Amendment, Change, ChangeDate, ChangeQuantity
from core.domain.order_life import OrderState
from core.domain.shipments import ShortfallKind
from core.services.ordering.amending import AmendOrder, CancelOrder, amend, cancel_order
from core.services.ordering.previewing import preview_amendment
from tests.builders import SO_2, day
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.desk import Desk


def short_by_six(desk: Desk) -> Warehouse:
    """Fourteen of twenty valves have left, six were not found."""
    house = Warehouse(desk)
    house.release()
    house.pick("SO-2-S1", 6)
    house.pack("SO-2-S1")
    house.ship("SO-2-S1")
    with desk.open() as uow:
        assert [(short.missing, short.kind) for short in uow.shipments.shortfalls(SO_2)] == [(6, ShortfallKind.SHORT)]
    return house


def changed(desk: Desk, change: Change) -> None:
    amendment = Amendment(order=SO_2, changes=(change,), reason="the customer called")
    with desk.open() as uow:
        preview = preview_amendment(uow, amendment)
        amend(uow, AmendOrder(key="a", amendment=amendment, version=preview.version, preview_digest=preview.digest))


def missing(desk: Desk) -> int:
    with desk.open() as uow:
        return sum(short.missing for short in uow.shipments.shortfalls(SO_2))


def test_cancelling_the_rest_settles_what_was_not_found(desk: Desk) -> None:
    house = short_by_six(desk)

    with desk.open() as uow:
        version = uow.orders.order(SO_2).version
        cancel_order(uow, CancelOrder(key="c", order=SO_2, version=version, reason="enough", line=1))

    assert (house.line().state, house.line().open_quantity, missing(desk)) == (OrderState.SHIPPED, 0, 0)
    assert house.broken() == []


def test_it_is_still_missing_while_some_of_it_is_wanted(desk: Desk) -> None:
    short_by_six(desk)

    changed(desk, ChangeQuantity(line=1, quantity=28))

    assert missing(desk) == 6


def test_another_date_is_promised_anew_and_released_anew(desk: Desk) -> None:
    short_by_six(desk)

    changed(desk, ChangeDate(line=1, requested=day(30)))

    assert missing(desk) == 0
