"""An order line's way from confirmed to delivered and invoiced, and the ways it goes back."""

from threading import Thread

import pytest

from core.domain.errors import ConflictError, IllegalTransitionError, InvalidValueError
from core.domain.order_life import OrderState
from core.domain.shipments import Package, PackedLine, ShipmentState, ShortfallKind
from core.services.fulfilment.picking import Pick, RecordPicks, RejectShipment, record_picks, reject_shipment
from core.services.fulfilment.releasing import ReleaseOrder, release_order
from core.services.fulfilment.shipping import (
    CancelShipment,
    PackShipment,
    ShipShipment,
    cancel_shipment,
    pack_shipment,
    ship_shipment,
)
from core.services.fulfilment.tracking import MarkInvoiced, mark_invoiced
from tests.builders import RENO, SO_2, VALVE
from tests.core.services.fulfilment.warehouse import Warehouse
from tests.desk import Desk


def test_an_order_is_released_picked_packed_shipped_delivered_and_invoiced(desk: Desk) -> None:
    house = Warehouse(desk)

    released = house.release()

    assert released.shipments == ("SO-2-S1",)
    assert released.unsourced == ()
    assert house.line().state is OrderState.RELEASED
    house.pick("SO-2-S1")
    assert house.line().state is OrderState.PICKED
    house.pack("SO-2-S1")
    assert house.line().state is OrderState.PACKED
    house.ship("SO-2-S1")
    assert (house.line().state, house.line().shipped, house.line().open_quantity) == (OrderState.SHIPPED, 25, 0)
    house.deliver("SO-2-S1")
    assert (house.line().state, house.line().delivered) == (OrderState.DELIVERED, 20)
    with desk.open() as uow:
        shipment = uow.shipments.get("SO-2-S1")
        mark_invoiced(uow, MarkInvoiced(key="i", shipment="SO-2-S1", version=shipment.version, invoice="INV-9"))
        assert uow.stock.balance(VALVE, RENO).on_hand == 40
        assert uow.shipments.proof("SO-2-S1") is not None
    assert (house.line().state, house.line().invoiced) == (OrderState.INVOICED, 20)
    assert house.broken() == []


def test_what_was_not_found_goes_back_to_what_the_order_needs_and_a_case_can_be_opened_for_it(desk: Desk) -> None:
    house = Warehouse(desk)
    house.release()

    picked = house.pick("SO-2-S1", 6)

    assert dict(picked.missing) == {1: 6}
    assert (house.line().state, house.line().open_quantity) == (OrderState.CONFIRMED, 20)
    with desk.open() as uow:
        (short,) = uow.shipments.shortfalls(SO_2)
        assert (short.line, short.location, short.missing, short.kind) == (1, RENO, 6, ShortfallKind.SHORT)
        assert sum(claim.held for claim in uow.stock.claims_of(SO_2)) == 14
    house.pack("SO-2-S1")
    house.ship("SO-2-S1")
    assert (house.line().shipped, house.line().open_quantity) == (19, 6)
    again = house.release()
    assert again.shipments == ("SO-2-S2",)
    with desk.open() as uow:
        assert uow.shipments.shortfalls(SO_2) == ()
    house.send("SO-2-S2")
    assert (house.line().state, house.line().open_quantity) == (OrderState.SHIPPED, 0)
    assert house.broken() == []


def test_a_location_that_refuses_is_never_asked_again(desk: Desk) -> None:
    house = Warehouse(desk)
    house.release()

    with desk.open() as uow:
        reject_shipment(uow, RejectShipment(key="r", shipment="SO-2-S1", version=1, reason="the crane is down"))

    assert house.shipment("SO-2-S1").state is ShipmentState.CANCELLED
    assert house.line().state is OrderState.CONFIRMED
    again = house.release()
    assert again.shipments == ()
    (left,) = again.unsourced
    assert (left.line, left.quantity) == (1, 20)
    assert "RENO: refused this line before and is not asked again" in left.why
    with desk.open() as uow:
        assert uow.stock.claims_of(SO_2) == ()
        decisions = uow.nodes.decisions(SO_2)
    assert [len(decision.shipments) for decision in decisions] == [1, 0]
    assert house.broken() == []


def test_a_shipment_not_gone_is_called_off_from_every_state_before(desk: Desk) -> None:
    house = Warehouse(desk)
    steps = [lambda number: None, house.pick, lambda number: (house.pick(number), house.pack(number))]

    for count, prepare in enumerate(steps, start=1):
        number = house.release().shipments[0]
        prepare(number)
        version = house.shipment(number).version
        with desk.open() as uow:
            command = CancelShipment(key=f"c{count}", shipment=number, version=version, reason="wrong address")
            cancel_shipment(uow, command)
        assert house.line().state is OrderState.CONFIRMED
        with desk.open() as uow:
            assert uow.stock.balance(VALVE, RENO).reserved == 10
    assert house.broken() == []


def test_what_has_left_is_not_called_off(desk: Desk) -> None:
    house = Warehouse(desk)
    house.release()
    house.send("SO-2-S1")
    before = house.shipment("SO-2-S1")

    with pytest.raises(IllegalTransitionError, match="is shipped and cannot become cancelled"), desk.open() as uow:
        cancel_shipment(uow, CancelShipment(key="c", shipment="SO-2-S1", version=before.version, reason="late"))

    assert house.shipment("SO-2-S1") == before


def test_the_same_release_twice_is_one(desk: Desk) -> None:
    house = Warehouse(desk)
    first = house.release()
    house.steps -= 1

    assert house.release() == first
    with desk.open() as uow:
        assert [shipment.number for shipment in uow.shipments.of_order(SO_2)] == ["SO-2-S1"]


def test_nothing_is_left_to_release_after_everything_was(desk: Desk) -> None:
    house = Warehouse(desk)
    house.release()

    with pytest.raises(IllegalTransitionError, match="order SO-2 has nothing to release"):
        house.release()


def test_packages_hold_exactly_what_was_picked(desk: Desk) -> None:
    house = Warehouse(desk)
    house.release()
    house.pick("SO-2-S1", 5)
    before = house.shipment("SO-2-S1")
    packages = (Package(package=1, weight=10, contents=(PackedLine(position=1, quantity=20),)),)
    command = PackShipment(key="p", shipment="SO-2-S1", version=before.version, packages=packages)

    with pytest.raises(InvalidValueError, match=r"hold \{1: 20\} by position, \{1: 15\} was"), desk.open() as uow:
        pack_shipment(uow, command)

    assert house.shipment("SO-2-S1") == before


def test_more_than_was_released_is_not_picked(desk: Desk) -> None:
    house = Warehouse(desk)
    house.release()
    before = house.shipment("SO-2-S1")

    for picks in (
        (Pick(position=1, quantity=21),),
        (),
        (Pick(position=2, quantity=1),),
        (Pick(position=1, quantity=-1),),
    ):
        with pytest.raises(InvalidValueError), desk.open() as uow:
            record_picks(uow, RecordPicks(key="p", shipment="SO-2-S1", version=1, picks=picks))

    assert house.shipment("SO-2-S1") == before


def test_a_line_on_hold_goes_no_further(desk: Desk) -> None:
    house = Warehouse(desk)
    house.release()
    with desk.open() as uow:
        uow.orders.advance(SO_2, 1, to=OrderState.ON_HOLD, why="credit")
    before = house.shipment("SO-2-S1")

    with pytest.raises(IllegalTransitionError, match="order line SO-2/1 is on hold"):
        house.pick("SO-2-S1")

    assert house.shipment("SO-2-S1") == before


def test_of_two_who_ship_the_same_goods_one_wins(desk: Desk) -> None:
    house = Warehouse(desk)
    house.release()
    house.pick("SO-2-S1")
    house.pack("SO-2-S1")
    version = house.shipment("SO-2-S1").version
    told: list[str] = []

    def ship(key: str) -> None:
        try:
            with desk.open() as uow:
                ship_shipment(uow, ShipShipment(key=key, shipment="SO-2-S1", version=version))
            told.append("shipped")
        except (ConflictError, IllegalTransitionError) as error:
            told.append(error.code)

    people = [Thread(target=ship, args=(key,)) for key in ("anna", "ben", "cleo", "dan")]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert sorted(told) == ["illegal_transition", "illegal_transition", "illegal_transition", "shipped"]
    assert house.line().shipped == 25
    with desk.open() as uow:
        assert uow.stock.balance(VALVE, RENO).on_hand == 40
    assert house.broken() == []


def test_of_two_who_release_the_same_order_one_wins(desk: Desk) -> None:
    told: list[int] = []

    def release(key: str) -> None:
        try:
            with desk.open() as uow:
                done = release_order(uow, ReleaseOrder(key=key, order=SO_2, version=1))
            told.append(len(done.shipments))
        except IllegalTransitionError:
            told.append(0)

    people = [Thread(target=release, args=(key,)) for key in ("anna", "ben", "cleo", "dan")]
    for person in people:
        person.start()
    for person in people:
        person.join()

    assert sorted(told) == [0, 0, 0, 1]
    with desk.open() as uow:
        assert sum(claim.held for claim in uow.stock.claims_of(SO_2)) == 20
