"""Exceptions of money: credit, prices, margins, holds nobody decides."""

from dataclasses import replace
from decimal import Decimal

from core.domain.cases import ExceptionType as E
from core.domain.holds import HoldKind, HoldNo
from core.domain.ids import OrderNo
from core.domain.users import Role
from core.services.holding import HoldOrder, ReleaseHold, hold_order, release_hold
from core.services.pricing import OverridePrice, override_price
from tests.builders import OMAR, RENO, SO_1
from tests.core.services.exceptions.scene import Scene, entered, sold, wanted
from tests.desk import Desk

NEW = OrderNo("SO-3")


def _limited(desk: Desk) -> None:
    """Harbor may owe 3,000, and has 2,800 on order."""
    desk.alter("UPDATE customers SET credit_limit = 3000 WHERE code = 'HARBOR'")


def _credit_again(desk: Desk) -> None:
    with desk.open() as uow:
        (hold,) = uow.holds.of_order(NEW, open_only=True)
    desk.become(replace(OMAR, role=Role.FINANCE))
    _released(desk, hold.number, by="omar")


def _price_agreed(desk: Desk) -> None:
    with desk.open() as uow:
        (hold,) = uow.holds.of_order(NEW, open_only=True)
    _released(desk, hold.number)


def _released(desk: Desk, number: HoldNo, *, by: str = "maria") -> None:
    with desk.open(by) as uow:  # type: ignore[arg-type]  a name
        release_hold(uow, ReleaseHold(key="let go", hold=number, why="agreed"))


def _held(desk: Desk) -> None:
    with desk.open() as uow:
        hold_order(uow, HoldOrder(key="hold", order=SO_1, kind=HoldKind.MANUAL, why="customer moves house"))


def _hold_decided(desk: Desk) -> None:
    with desk.open() as uow:
        (hold,) = uow.holds.of_order(SO_1, open_only=True)
    _released(desk, hold.number)


def _at(desk: Desk, price: str) -> None:
    """Two valves that cost 14.1234 each; the price is what is agreed."""
    desk.alter(f"UPDATE items SET list_price = {price} WHERE code = 'VALVE-3'")  # type: ignore[arg-type]  a price of ours
    sold(desk, wanted(2, unit_price=Decimal(price)), ship_from=RENO)


def _dearer(desk: Desk) -> None:
    with desk.open() as uow:
        version = uow.orders.order(NEW).version
        command = OverridePrice(key="up", order=NEW, line=1, unit_price=Decimal(20), why="agreed", version=version)
        override_price(uow, command)


MONEY = (
    Scene(
        type=E.CREDIT_HOLD,
        ready=_limited,
        plant=lambda desk: entered(desk, wanted(20), ship_from=RENO),
        near=lambda desk: entered(desk, wanted(8), ship_from=RENO),
        undo=_credit_again,
        root="order SO-3",
        title="SO-3 waits for a credit decision: HARBOR owes 0.00 and has 2,800.00 on order; with this order of 500.00 "
        "that is 3,300.00 USD, the credit limit is 3,000.00",
    ),
    Scene(
        type=E.PRICE_MISMATCH,
        plant=lambda desk: entered(desk, wanted(8, unit_price=Decimal("24.70")), ship_from=RENO),
        near=lambda desk: entered(desk, wanted(8, unit_price=Decimal("24.90")), ship_from=RENO),
        undo=_price_agreed,
        root="order line SO-3/1",
        title="Order line SO-3/1 of HARBOR is priced 24.7000 a unit, 25.0000 is agreed",
    ),
    Scene(
        type=E.MARGIN_FLOOR,
        plant=lambda desk: _at(desk, "16.60"),
        near=lambda desk: _at(desk, "16.65"),
        undo=_dearer,
        root="order line SO-3/1",
        title="Order line SO-3/1 of HARBOR earns 14.91 % after freight, tariff and handling; the floor is 15 %",
        lines=("SO-3/1",),
    ),
    Scene(
        type=E.HOLD_UNRESOLVED,
        ready=_held,
        plant=lambda desk: desk.clock.pass_by(hours=49),
        near=lambda desk: desk.clock.pass_by(hours=48),
        undo=_hold_decided,
        root="order SO-1",
        title="The manual hold on SO-1 is open for 49 hours, its limit is 48 hours: customer moves house",
        lines=("SO-1/1", "SO-1/2"),
    ),
)
