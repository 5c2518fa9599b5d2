"""Reservations: granted or not, extended but never shortened, given to another document, over when their time is."""

from datetime import timedelta

import pytest

from core.domain.errors import ConflictError, InsufficientStockError, InvalidValueError, NotFoundError
from core.domain.ids import ItemCode
from core.domain.stock import Claim, Consumption, ReservationKind, ReserveStock, VirtualPlace
from core.services.reserving import (
    Reallocate,
    expire_reservations,
    extend_reservations,
    reallocate,
    reserve_stock,
)
from tests.builders import HOUSTON, RENO, SEAL, SO_1, SO_2, TODAY, VALVE
from tests.core.services.stocking.goods import claimed
from tests.desk import Desk

BOXED = ReservationKind.TIME_BOXED


def boxed(desk: Desk, quantity: int, reference: str, *, minutes: int = 30) -> Claim:
    until = desk.clock.now + timedelta(minutes=minutes)
    return claimed(quantity, reference, kind=BOXED, expires_at=until, order=SO_1, line=1)


def part(quantity: int, reference: str = "R-1") -> Consumption:
    customer = VirtualPlace.CUSTOMER.location
    return Consumption(
        reference=reference, quantity=quantity, destination=customer, reason="shipment", document="SH-1", moved_on=TODAY
    )


def test_the_same_item_twice_in_one_command_counts_twice(desk: Desk) -> None:
    wish = ReserveStock(key="k", claims=(claimed(30, "R-1"), claimed(21, "R-2")))

    with pytest.raises(InsufficientStockError) as refusal, desk.open() as uow:
        reserve_stock(uow, wish)

    assert refusal.value.message == "51 of 'VALVE-3' were needed at 'RENO', 50 are available; nothing was reserved"
    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 50


def test_a_refusal_lists_every_key_and_takes_none(desk: Desk) -> None:
    seal = Claim(item=SEAL, location=HOUSTON, quantity=21, reference="R-2")

    with pytest.raises(InsufficientStockError) as refusal, desk.open() as uow:
        uow.stock.reserve_many([claimed(51, "R-1"), seal, claimed(1, "R-3")])

    assert refusal.value.details["short"] == [
        {"item": "SEAL", "location": "HOUSTON", "lot": None, "wanted": 21, "available": 20},
        {"item": "VALVE-3", "location": "RENO", "lot": None, "wanted": 52, "available": 50},
    ]


def test_an_unknown_item_is_not_there_rather_than_short(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="there is no item 'NONE'"), desk.open() as uow:
        uow.stock.reserve_many([claimed(1, "R-1", item=ItemCode("NONE"))])


def test_an_advisory_claim_holds_nothing(desk: Desk) -> None:
    with desk.open() as uow:
        uow.stock.reserve_many([claimed(500, "R-1", kind=ReservationKind.ADVISORY)])

        assert uow.stock.available(VALVE, RENO) == 50
        assert [found.held for found in (uow.stock.claim_of("R-1"),) if found] == [0]


def test_a_time_boxed_claim_has_a_time_and_no_other_has(desk: Desk) -> None:
    for wrong in ({"kind": BOXED}, {"expires_at": desk.clock.now}):
        with pytest.raises(InvalidValueError, match="a time_boxed one has a time, no other has"):
            claimed(1, "R-1", **wrong)


def test_what_a_claim_holds_is_free_when_its_time_is_over(desk: Desk) -> None:
    with desk.open() as uow:
        uow.stock.reserve_many([boxed(desk, 5, "R-1"), boxed(desk, 6, "R-2", minutes=60)])

    desk.clock.pass_by(minutes=30)
    with desk.open() as uow:
        assert [over.reference for over in expire_reservations(uow)] == ["R-1"]
        assert expire_reservations(uow) == ()
        assert uow.stock.available(VALVE, RENO) == 44


def test_an_order_on_hold_keeps_its_claims_longer_and_never_shorter(desk: Desk) -> None:
    with desk.open() as uow:
        uow.stock.reserve_many([boxed(desk, 5, "R-1"), boxed(desk, 6, "R-2", minutes=600)])
        until = desk.clock.now + timedelta(hours=2)

        kept = extend_reservations(uow, SO_1, until=until)

    assert [(held.reference, held.expires_at) for held in kept] == [
        ("R-1", until),
        ("R-2", desk.clock.now + timedelta(minutes=600)),
    ]


def test_a_claim_that_is_over_is_not_extended(desk: Desk) -> None:
    with desk.open() as uow:
        uow.stock.reserve_many([boxed(desk, 5, "R-1")])

    desk.clock.pass_by(minutes=31)
    with pytest.raises(ConflictError, match="'R-1' has ended or is not time-boxed"), desk.open() as uow:
        uow.stock.extend(["R-1"], until=desk.clock.now + timedelta(hours=1))


def test_units_of_a_claim_leave_in_parts_and_never_more_than_it_holds(desk: Desk) -> None:
    with desk.open() as uow:
        uow.stock.reserve_many([claimed(10, "R-1", order=SO_2, line=1)])
        uow.stock.consume([part(4)])
        level = uow.stock.balance(VALVE, RENO)
        assert (level.on_hand, level.reserved) == (56, 16)

    with pytest.raises(InsufficientStockError, match="7 units of 'R-1' were to leave, 6 are held"), desk.open() as uow:
        uow.stock.consume([part(3), part(4)])

    with desk.open() as uow:
        uow.stock.consume([part(6)])
        assert uow.stock.claim_of("R-1") is None
        assert [(m.quantity, m.order, m.line) for m in uow.stock.moves_of("SH-1")] == [(4, SO_2, 1), (6, SO_2, 1)]


def test_units_go_from_one_document_to_another_and_to_nobody_else(desk: Desk) -> None:
    with desk.open() as uow:
        uow.stock.reserve_many([claimed(50, "R-1", order=SO_1, line=1)])
        wish = Reallocate(key="k", source="R-1", to=claimed(20, "R-2", order=SO_2, line=1))

        assert reallocate(uow, wish) == reallocate(uow, wish)
        assert [held.held for held in (*uow.stock.claims_of(SO_1), *uow.stock.claims_of(SO_2))] == [30, 20]
        assert [held.held for held in uow.stock.release_claims(SO_1, 1)] == [0]
        assert uow.stock.available(VALVE, RENO) == 30

    with pytest.raises(ConflictError, match="it cannot give 21"), desk.open() as uow:
        reallocate(uow, Reallocate(key="k2", source="R-2", to=claimed(21, "R-3")))
