"""Transfer orders on their way: of a pack, of a plan or firmed by hand, all go the same way."""

from typing import Any

import pytest

from core.domain.errors import ConflictError, DomainError, IllegalTransitionError, InvalidValueError
from core.domain.ids import LotCode, TransferOrderNo
from core.domain.supply_life import TransferStage
from core.services.supplying.transferring import (
    LotUnits,
    ReceiveTransfer,
    ShipTransfer,
    TransferResult,
    receive_transfer,
    ship_transfer,
)
from tests.builders import HOUSTON, RENO, SEAL, VALVE, day, transfer
from tests.core.services.supplying.works import lawful, on_hand
from tests.desk import Desk

TO_1, TO_2 = TransferOrderNo("TO-1"), TransferOrderNo("TO-2")


def ship(desk: Desk, number: TransferOrderNo = TO_1) -> TransferResult:
    with desk.open() as uow:
        return ship_transfer(uow, ShipTransfer(key=f"ship {number}", number=number, shipped_on=day(0)))


def arrive(
    desk: Desk, received: int, *, number: TransferOrderNo = TO_1, key: str = "a", **values: Any
) -> TransferResult:
    command = ReceiveTransfer(key=key, number=number, received=received, received_on=day(3), **values)
    desk.wait_for(day(3))
    with desk.open() as uow:
        return receive_transfer(uow, command)


def test_a_transfer_leaves_from_its_reservation_and_arrives(desk: Desk) -> None:
    assert ship(desk) == TransferResult(number=TO_1, stage=TransferStage.SHIPPED, on_the_way=10)
    assert (on_hand(desk, VALVE, RENO), on_hand(desk, VALVE, HOUSTON)) == (50, 5)
    with desk.open() as uow:
        assert uow.stock.balance(VALVE, RENO).reserved == 0
    assert ship(desk).on_the_way == 10

    assert arrive(desk, 10).stage is TransferStage.RECEIVED
    assert (on_hand(desk, VALVE, RENO), on_hand(desk, VALVE, HOUSTON)) == (50, 15)
    assert lawful(desk) == []


def test_what_is_lost_is_written_off_and_the_rest_still_comes(desk: Desk) -> None:
    ship(desk)

    first = arrive(desk, 4, lost=1, reason="a pallet fell")

    assert first == TransferResult(number=TO_1, stage=TransferStage.PARTLY_RECEIVED, on_the_way=5)
    supply = desk.snapshot().supply
    assert int(supply.quantity[supply.number.index("TO-1")]) == 5
    assert arrive(desk, 5, key="b").stage is TransferStage.RECEIVED
    with desk.open() as uow:
        moves = uow.stock.moves_of("TO-1")
    assert [(move.destination, move.quantity) for move in moves] == [
        ("(in transit)", 10),
        ("HOUSTON", 4),
        ("(scrap)", 1),
        ("HOUSTON", 5),
    ]
    assert (on_hand(desk, VALVE), lawful(desk)) == (14, [])


def test_a_transfer_loaded_as_shipped_arrives_too(desk: Desk) -> None:
    assert arrive(desk, 5, number=TO_2).stage is TransferStage.RECEIVED
    assert (on_hand(desk, SEAL), lawful(desk)) == (25, [])


def test_a_transfer_of_an_approved_plan_goes_the_same_way(desk: Desk) -> None:
    planned = transfer()
    desk.executed(planned)

    ship(desk, planned.reference)
    arrive(desk, 25, number=planned.reference)

    assert (on_hand(desk, VALVE, RENO), on_hand(desk, VALVE), lawful(desk)) == (35, 30, [])


def test_nothing_leaves_or_arrives_twice(desk: Desk) -> None:
    ship(desk)
    with pytest.raises(IllegalTransitionError, match="'shipped' and cannot become 'shipped'"), desk.open() as uow:
        ship_transfer(uow, ShipTransfer(key="again", number=TO_1, shipped_on=day(0)))

    arrive(desk, 10)
    with pytest.raises(ConflictError, match="it is 'received' with 0 units on the way"):
        arrive(desk, 1, key="b")
    assert (on_hand(desk, VALVE), lawful(desk)) == (15, [])


REFUSED: dict[str, tuple[type[DomainError], dict[str, Any], str]] = {
    "too many": (ConflictError, {"received": 9, "lost": 2, "reason": "x"}, "'shipped' with 10 units on the way"),
    "nothing": (InvalidValueError, {"received": 0}, "accepted is 1 or more in all"),
    "fewer than none": (InvalidValueError, {"received": -1, "lost": 2, "reason": "x"}, "neither below 0"),
    "lost without why": (InvalidValueError, {"received": 1, "lost": 1}, "1 units of 'TO-1' are lost without a reason"),
    "a lot of what has none": (InvalidValueError, {"received": 1, "lot": "L"}, "accepted is no lot"),
}


@pytest.mark.parametrize(("error", "values", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_an_arrival_that_cannot_be_changes_nothing(
    desk: Desk, error: type[DomainError], values: dict[str, Any], why: str
) -> None:
    ship(desk)

    with pytest.raises(error, match=why):
        arrive(desk, **values)

    with desk.open() as uow:
        assert uow.transferring.lock(TO_1).on_the_way == 10
    assert on_hand(desk, VALVE) == 5


def test_nothing_arrives_before_it_left(desk: Desk) -> None:
    with pytest.raises(ConflictError, match="it is 'open' with 0 units on the way"):
        arrive(desk, 1)
    lots = (LotUnits(lot=LotCode("L"), units=10),)
    with pytest.raises(InvalidValueError, match="accepted is no lots"), desk.open() as uow:
        ship_transfer(uow, ShipTransfer(key="k", number=TO_1, shipped_on=day(0), lots=lots))
    assert on_hand(desk, VALVE, RENO) == 60
