"""What had to go together and was picked short does not leave, unless the customer agreed; a hold nobody waives."""

from dataclasses import replace

import pytest

from core.domain.errors import ConflictError, IllegalTransitionError
from core.domain.holds import HoldKind
from core.domain.shipments import ShipmentState
from core.services.holding import HoldOrder, ReleaseHold, hold_order, release_hold
from core.services.promising import ConfirmOrder, confirm
from tests.builders import RENO, SO_2, VALVE
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.core.services.promising.orders import NEW, add, confirmed, line
from tests.desk import Desk


@pytest.fixture
def house(desk: Desk) -> Warehouse:
    """Mesa's order ships complete; six of its twenty valves were not found."""
    with desk.open() as uow:
        order = uow.orders.order(SO_2)
        uow.orders.save(replace(order, ship_complete=True), version=order.version)
    found = Warehouse(desk)
    found.release()
    found.pick("SO-2-S1", 6)
    found.pack("SO-2-S1")
    return found


def test_a_ship_complete_order_does_not_leave_in_part(desk: Desk, house: Warehouse) -> None:
    with pytest.raises(ConflictError, match="the order ships complete; line 1 would be missing or short"):
        house.ship("SO-2-S1")

    assert house.shipment("SO-2-S1").state is ShipmentState.PACKED
    with desk.open() as uow:
        assert uow.stock.balance(VALVE, RENO).on_hand == 60


def test_it_leaves_when_the_customer_agreed_and_the_order_says_so(desk: Desk, house: Warehouse) -> None:
    house.ship("SO-2-S1", agreed="send the 14, the rest can follow")

    assert (house.line().shipped, house.line().open_quantity) == (19, 6)
    with desk.open() as uow:
        assert any("send the 14, the rest can follow" in entry.text for entry in uow.orders.timeline(SO_2))
    assert house.broken() == []


def test_what_is_on_hold_stays_whatever_the_customer_says(desk: Desk, house: Warehouse) -> None:
    with desk.open() as uow:
        hold_order(uow, HoldOrder(key="h", order=SO_2, kind=HoldKind.FRAUD, why="the bank asks"))

    with pytest.raises(IllegalTransitionError, match="order line SO-2/1 is on hold"):
        house.ship("SO-2-S1", agreed="send it anyway")

    assert house.line().shipped == 5


def test_a_hold_on_another_line_stops_only_the_shipment_of_that_line(desk: Desk) -> None:
    add(desk, line(1, 4), line(2, 3))
    with desk.open() as uow:
        hold = hold_order(uow, HoldOrder(key="h1", order=NEW, line=2, kind=HoldKind.MANUAL, why="a question"))
    confirmed(desk)
    house = Warehouse(desk)
    (first,) = house.release(NEW).shipments
    with desk.open() as uow:
        release_hold(uow, ReleaseHold(key="r", hold=hold.number, why="answered"))
        version = uow.orders.order(NEW).version
        confirm(uow, ConfirmOrder(key="again", order=NEW, version=version))
    (second,) = house.release(NEW).shipments
    with desk.open() as uow:
        hold_order(uow, HoldOrder(key="h2", order=NEW, line=2, kind=HoldKind.MANUAL, why="another question"))

    house.send(first)

    assert house.shipment(first).state is ShipmentState.SHIPPED
    with pytest.raises(IllegalTransitionError, match=f"{NEW}/2 is on hold"):
        house.send(second)
