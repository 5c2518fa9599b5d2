"""Holds that a plan releases: one line after the other, and prices agreed to by an approver who may set them."""

from decimal import Decimal

from core.domain.holds import HOLD_RULES, HoldCause, HoldKind, HoldNo
from core.domain.ids import UserName
from core.domain.order_life import OrderState
from core.domain.plans import ReleaseHold
from core.domain.prices import PriceSource
from core.domain.users import Role, User
from core.services.execution import ExecutionState
from core.services.holding import set_holds
from core.services.pricing import keep_prices
from tests.builders import SO_1, SO_2
from tests.desk import Desk


def release(hold: HoldNo, what: str) -> ReleaseHold:
    return ReleaseHold(order=SO_1, hold=hold, what=what, reason="to be looked at")


def states(desk: Desk) -> list[OrderState]:
    with desk.open() as uow:
        return [line.state for line in uow.orders.lines(SO_1)]


def test_of_two_lines_on_hold_a_plan_frees_one_and_then_the_other(desk: Desk) -> None:
    with desk.open() as uow:
        causes = [HoldCause(kind=HoldKind.MANUAL, why="to be looked at", line=line) for line in (1, 2)]
        first, second = set_holds(uow, SO_1, causes)
    assert states(desk) == [OrderState.ON_HOLD, OrderState.ON_HOLD]

    assert desk.execute(desk.approved(release(first.number, "manual"))).state is ExecutionState.EXECUTED
    assert states(desk) == [OrderState.CONFIRMED, OrderState.ON_HOLD]

    later = desk.decide(desk.proposed(release(second.number, "manual"), root="order SO-1"))
    assert desk.execute(later).state is ExecutionState.EXECUTED
    assert states(desk) == [OrderState.CONFIRMED, OrderState.CONFIRMED]


def held_for_its_price(desk: Desk) -> HoldNo:
    desk.alter("UPDATE items SET list_price = 30 WHERE code = 'VALVE-3'")
    with desk.open() as uow:
        keep_prices(uow, uow.orders.order(SO_2), (uow.orders.line(SO_2, 1),))
        cause = HoldCause(kind=HoldKind.PRICE, why="25.50 instead of 30", line=1)
        (hold,) = set_holds(uow, SO_2, [cause])
        return hold.number


def test_a_price_is_agreed_to_by_releasing_its_hold(desk: Desk) -> None:
    hold = held_for_its_price(desk)

    outcome = desk.execute(desk.approved(ReleaseHold(order=SO_2, hold=hold, what="price", reason="agreed")))

    assert outcome.state is ExecutionState.EXECUTED
    with desk.open() as uow:
        kept = uow.prices.of_line(SO_2, 1)
        assert kept is not None
        assert (kept.source, kept.unit_price) == (PriceSource.OVERRIDE, Decimal("25.50"))
        assert uow.orders.line(SO_2, 1).state is OrderState.CONFIRMED
        assert uow.holds.get(hold).released is not None


def test_a_price_that_no_approver_may_set_makes_the_plan_stale(desk: Desk) -> None:
    hold = held_for_its_price(desk)
    clara = User(name=UserName("clara"), role=Role.CUSTOMER_SERVICE, limit=None)
    assert Role.CUSTOMER_SERVICE in HOLD_RULES[HoldKind.PRICE].release_roles
    desk.let_in(clara)
    plan = ReleaseHold(order=SO_2, hold=hold, what="price", reason="agreed")

    outcome = desk.execute(desk.approved(plan, by=(clara,)))

    assert outcome.state is ExecutionState.STALE
    assert "cannot be released by who approved" in outcome.differences[0]
    with desk.open() as uow:
        assert uow.holds.get(hold).released is None
