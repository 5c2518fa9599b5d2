"""Lots: held and released by quality only; what is held or too old is neither reserved nor used."""

import pytest

from core.domain.errors import ConflictError, InsufficientStockError, InvalidValueError, NotAuthorisedError
from core.domain.ids import LotCode
from core.domain.lots import LotStatus
from core.domain.stock import Consumption, VirtualPlace
from core.services.stocking.lots import JudgeLot, expire_lots, hold_lot, release_lot
from tests.builders import HOUSTON, MARIA, RENO, VALVE, day
from tests.core.services.stocking.goods import QUINN, arrived, claimed, moved
from tests.desk import Desk

A = LotCode("A")


def judge(key: str = "k-1", why: str = "scratches") -> JudgeLot:
    return JudgeLot(key=key, lot=A, why=why)


def test_units_of_a_held_lot_are_blocked_until_quality_releases_it(desk: Desk) -> None:
    with desk.open() as uow:
        arrived(uow, "A", 20)
        uow.stock.reserve_many([claimed(8, "R-1", lot=A)])

    with desk.open() as uow:
        held = hold_lot(uow, judge(), QUINN)
        level = uow.stock.balance(VALVE, RENO)

    assert (held.status, held.reservations) == (LotStatus.HOLD, ("R-1",))
    assert (level.on_hand, level.reserved, level.blocked, level.available) == (80, 18, 12, 50)
    with desk.open() as uow:
        release_lot(uow, judge("k-2", "only the paint"), QUINN)
        assert uow.stock.available(VALVE, RENO) == 62
        assert uow.stock.available(VALVE, RENO, lot=A) == 12


def test_a_held_lot_is_neither_reserved_nor_used(desk: Desk) -> None:
    with desk.open() as uow:
        arrived(uow, "A", 20)
        uow.stock.reserve_many([claimed(8, "R-1", lot=A)])
        hold_lot(uow, judge(), QUINN)

    customer = VirtualPlace.CUSTOMER.location
    part = Consumption(
        reference="R-1", quantity=8, destination=customer, reason="shipment", document="SH-1", moved_on=day(0)
    )
    with desk.open() as uow:
        with pytest.raises(InsufficientStockError, match="1 of 'VALVE-3' were needed at 'RENO' in lot 'A', 0 are"):
            uow.stock.reserve_many([claimed(1, "R-2", lot=A)])
        with pytest.raises(InsufficientStockError, match="nothing was taken"):
            uow.stock.consume([part])
        with pytest.raises(InsufficientStockError, match="nothing was moved"):
            uow.stock.move([moved(1, RENO, VirtualPlace.PRODUCTION.location, lot="A")])
        assert uow.stock.balance(VALVE, RENO).on_hand == 80
        assert [claim.held for claim in uow.stock.claims_on(VALVE, RENO, lot=A)] == [8]
        uow.stock.move([moved(5, RENO, VirtualPlace.SCRAP.location, lot="A")])
        assert uow.stock.balance(VALVE, RENO).blocked == 7
        assert uow.checks.broken("I1") == uow.checks.broken("I2") == ()


def test_only_quality_holds_a_lot_and_says_why(desk: Desk) -> None:
    with desk.open() as uow:
        arrived(uow, "A", 20)

    with pytest.raises(NotAuthorisedError, match="held and released by quality"), desk.open() as uow:
        hold_lot(uow, judge(), MARIA)
    with pytest.raises(InvalidValueError, match="for a reason"), desk.open() as uow:
        hold_lot(uow, judge(why=" "), QUINN)

    with desk.open() as uow:
        assert uow.lots.get(A).status is LotStatus.AVAILABLE


def test_a_lot_is_held_once_and_the_same_command_again_changes_nothing(desk: Desk) -> None:
    with desk.open() as uow:
        arrived(uow, "A", 20)
        first = hold_lot(uow, judge(), QUINN)
        assert hold_lot(uow, judge(), QUINN) == first

    with pytest.raises(ConflictError, match="lot 'A' is hold, not available"), desk.open() as uow:
        hold_lot(uow, judge("k-2"), QUINN)


def test_a_lot_past_its_last_good_day_is_expired_and_stays_so(desk: Desk) -> None:
    with desk.open() as uow:
        arrived(uow, "A", 20, expires=day(-1))
        assert uow.stock.available(VALVE, RENO, lot=A) == 0
        assert [lot.code for lot in expire_lots(uow)] == ["A"]
        assert uow.stock.available(VALVE, RENO) == 50
        assert expire_lots(uow) == ()

    with pytest.raises(ConflictError, match="it cannot be released"), desk.open() as uow:
        release_lot(uow, judge(), QUINN)


def test_a_move_that_names_no_lot_cannot_take_units_of_a_lot(desk: Desk) -> None:
    with desk.open() as uow:
        arrived(uow, "A", 20)

    with pytest.raises(ConflictError, match="VALVE-3 at RENO: 15 on hand, of these 20 in lots"), desk.open() as uow:
        uow.stock.move([moved(15, RENO, HOUSTON), moved(50, RENO, VirtualPlace.SCRAP.location)])

    with desk.open() as uow:
        assert uow.stock.balance(VALVE, RENO).on_hand == 80
