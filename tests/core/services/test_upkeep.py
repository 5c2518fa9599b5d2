"""Upkeep does what time alone does: claims, lots, quotes and holds end on their day, once."""

from datetime import timedelta

from core.domain.holds import HoldKind
from core.domain.stock import Claim, ReservationKind
from core.domain.users import WORKER_NAME
from core.services.holding import HoldOrder, ReleaseHold, hold_order, release_hold
from core.services.upkeep import PIECES
from tests.builders import RENO, SO_2, VALVE, day
from tests.desk import Desk


def kept_up(desk: Desk) -> dict[str, int]:
    done = dict[str, int]()
    for name, piece in PIECES.items():
        with desk.open_uow(WORKER_NAME) as uow:
            done[name] = piece(uow)
    return done


def test_with_nothing_due_nothing_is_done(desk: Desk) -> None:
    assert set(kept_up(desk).values()) == {0}


def test_a_time_boxed_claim_is_given_back_after_its_time(desk: Desk) -> None:
    with desk.open() as uow:
        claim = Claim(
            item=VALVE,
            location=RENO,
            quantity=20,
            reference="Q-1",
            kind=ReservationKind.TIME_BOXED,
            expires_at=uow.now + timedelta(hours=1),
        )
        uow.stock.reserve_many([claim])
    assert kept_up(desk)["reservations_expired"] == 0

    desk.clock.pass_by(hours=2)

    assert kept_up(desk)["reservations_expired"] == 1
    assert kept_up(desk)["reservations_expired"] == 0
    with desk.open() as uow:
        assert uow.stock.available(VALVE, RENO) == 50


def test_an_order_on_hold_keeps_what_it_reserved_for_a_time(desk: Desk) -> None:
    with desk.open() as uow:
        soon = uow.now + timedelta(hours=1)
        boxed = Claim(
            item=VALVE,
            location=RENO,
            quantity=20,
            reference="CART-1",
            kind=ReservationKind.TIME_BOXED,
            expires_at=soon,
            order=SO_2,
            line=1,
        )
        uow.stock.reserve_many([boxed])
        hold_order(uow, HoldOrder(key="h", order=SO_2, kind=HoldKind.MANUAL, why="call first"))

    for _ in range(4):  # a manual hold should be settled within two days; nobody does for a week
        desk.clock.pass_by(hours=44)
        assert kept_up(desk)["reservations_expired"] == 0
    with desk.open() as uow:
        (hold,) = uow.holds.of_order(SO_2, open_only=True)
        release_hold(uow, ReleaseHold(key="r", hold=hold.number, why="called"))
    desk.clock.pass_by(hours=49)

    assert kept_up(desk)["reservations_expired"] == 1


def test_a_manual_hold_lapses_after_its_last_day(desk: Desk) -> None:
    with desk.open() as uow:
        until = HoldOrder(key="h", order=SO_2, kind=HoldKind.MANUAL, why="call first", until=day(0))
        hold_order(uow, until)
    assert kept_up(desk)["holds_lapsed"] == 0

    desk.alter("UPDATE settings SET as_of = as_of + 1")

    assert kept_up(desk)["holds_lapsed"] == 1
    with desk.open() as uow:
        assert uow.holds.of_order(SO_2, open_only=True) == ()
