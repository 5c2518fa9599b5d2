"""Exceptions of stock: lots on hold or too old, counts that find less, reservations for nothing."""

from core.domain.cases import ExceptionType as E
from core.domain.ids import LotCode
from core.services.stocking.lots import JudgeLot, hold_lot, release_lot
from tests.builders import MOTOR, RENO, SO_2, YARD, day
from tests.core.services.exceptions.scene import Scene, adjusted, reserved
from tests.core.services.stocking.goods import QUINN, arrived
from tests.desk import Desk

LOT = LotCode("L-1")


def _lot(desk: Desk, *, claimed: int, expires: int | None = None, customer_wants: int = 0) -> None:
    """Twenty valves of one lot come into Reno, some of them for SO-2, which is due on day 6."""
    desk.alter(f"UPDATE customers SET shelf_life_days = {customer_wants} WHERE code = 'MESA'")  # type: ignore[arg-type]  a number of ours
    with desk.open() as uow:
        arrived(uow, LOT, 20, expires=day(expires) if expires else None)
    if claimed:
        reserved(desk, claimed, order=SO_2, at=RENO, lot=LOT)


def _held(desk: Desk) -> None:
    with desk.open() as uow:
        hold_lot(uow, JudgeLot(key="hold", lot=LOT, why="seat worn"), QUINN)


def _freed(desk: Desk) -> None:
    with desk.open() as uow:
        release_lot(uow, JudgeLot(key="free", lot=LOT, why="within the limits"), QUINN)


def _found_again(desk: Desk) -> None:
    desk.clock.pass_by(minutes=1)
    adjusted(desk, 3)
    reserved(desk, 3, reference="R again")


def _let_go(desk: Desk) -> None:
    with desk.open() as uow:
        uow.stock.release("R SO-2/2")


STOCK = (
    Scene(
        type=E.QUALITY_HOLD,
        ready=lambda desk: _lot(desk, claimed=8),
        plant=_held,
        near=lambda desk: adjusted(desk, -2, at=RENO),
        undo=_freed,
        root="lot L-1",
        title="Lot L-1 of VALVE-3 at RENO is on hold (seat worn): 20 units, 8 of them reserved",
        lines=("SO-2/1",),
        lacking=8,
    ),
    Scene(
        type=E.SHELF_LIFE,
        plant=lambda desk: _lot(desk, claimed=8, expires=30, customer_wants=25),
        near=lambda desk: _lot(desk, claimed=8, expires=30, customer_wants=24),
        undo=lambda desk: desk.alter("UPDATE customers SET shelf_life_days = 10 WHERE code = 'MESA'"),
        root="lot L-1",
        title="Lot L-1 of VALVE-3 expires on 2024-11-03: too soon for 8 units of 1 order line",
        lines=("SO-2/1",),
        lacking=8,
    ),
    Scene(
        type=E.INVENTORY_DISCREPANCY,
        ready=lambda desk: reserved(desk, 5),
        plant=lambda desk: adjusted(desk, -3),
        near=lambda desk: adjusted(desk, -20, at=RENO),
        undo=_found_again,
        root="item VALVE-3@HOUSTON",
        title="CC-1 found 3 units of VALVE-3 at HOUSTON missing that 1 order line had been given",
        lines=("SO-1/1",),
        lacking=3,
    ),
    Scene(
        type=E.OVERSELL,
        plant=lambda desk: reserved(desk, 5, order=SO_2, line=2, item="SEAL"),
        near=lambda desk: reserved(desk, 5),
        undo=_let_go,
        root="reservation R SO-2/2",
        title="Reservation R SO-2/2 holds 5 units of SEAL at HOUSTON for nothing",
        exposed=False,
        breaks="a reservation of a line that is shipped",
    ),
    Scene(
        type=E.SAFETY_STOCK_BREACHED,
        plant=lambda desk: adjusted(desk, -3, item=MOTOR, at=YARD),
        near=lambda desk: adjusted(desk, -2, item=MOTOR, at=YARD),
        undo=lambda desk: adjusted(desk, 3, item=MOTOR, at=YARD),
        root="item MOTOR",
        title="MOTOR falls to 1, below its safety stock of 2, from 2024-10-05",
        lacking=1,
        exposed=False,
    ),
)
