"""What makes the plans of every kind of action stale; overtime and holds, which need a scene of their own."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from core.domain.capacity import Booking
from core.domain.errors import ConflictError
from core.domain.holds import HOLD_RULES, HoldCause, HoldKind
from core.domain.ids import ApprovalId, WorkCenterCode
from core.domain.order_life import OrderState
from core.domain.plans import Action, Overtime, ReleaseHold
from core.planning.simulation import apply
from core.services.execution import ExecutionState
from core.services.undoing import undo
from core.services.verifying import verify
from tests.builders import MARIA, OMAR, SO_1, day
from tests.columns import differences
from tests.core.services.doing.actions import (
    WO_9,
    accept_price,
    cancel_purchase,
    cancel_work,
    make,
    reallocate,
    reschedule_purchase,
    reschedule_work,
    ship_from,
    split_line,
    split_purchase,
    substitute,
    top_up,
    with_work_order,
)
from tests.desk import Desk


def prepared(desk: Desk) -> None:
    """What the small company does not have: an open work order, an alternate, consent to it, a lonely purchase."""
    with_work_order(desk)
    desk.alter("""
        INSERT INTO item_alternates (item_id, alternate_id, scope, ratio, priority, valid_from, valid_to,
                                     approval_needed)
        SELECT v.id, s.id, 'finished', 2, 1, NULL, NULL, true FROM items v, items s
        WHERE v.code = 'VALVE-3' AND s.code = 'SEAL';
        UPDATE sales_orders SET allow_substitution = true WHERE number = 'SO-1';
        UPDATE sales_order_lines SET strategy = 'redistribute' WHERE ordered = 30;
        INSERT INTO purchase_orders (number, supplier_id, order_date, currency, state)
        SELECT 'PO-9', id, '2024-10-01', 'USD', 'open' FROM suppliers WHERE code = 'DELTA';
        INSERT INTO purchase_order_lines (order_id, line, item_id, location_id, ordered, received, unit_price, due)
        SELECT o.id, 1, i.id, l.id, 25, 0, 15.50, '2024-10-10' FROM purchase_orders o, items i, locations l
        WHERE o.number = 'PO-9' AND i.code = 'VALVE-3' AND l.code = 'HOUSTON'""")


def done(desk: Desk, action: Action) -> ApprovalId:
    """The action approved by two people and executed; the books are as simulated."""
    before = desk.snapshot()
    approval = desk.approved(
        action, by=(MARIA, OMAR) if action.commits > 10_000 or action.resolution == "R04" else (MARIA,)
    )

    outcome = desk.execute(approval)

    assert (outcome.state, outcome.differences) == (ExecutionState.EXECUTED, ())
    assert list(differences(desk.snapshot(), apply(before, (action,)))) == []
    with desk.open() as uow:
        assert verify(uow, approval.id).differences == ()
    return approval.id


STALE = {
    make: "UPDATE items SET make = false WHERE code = 'PUMP-1'; DELETE FROM bom_components",
    top_up: "UPDATE work_orders SET ordered = 11 WHERE number = 'WO-9'",
    reschedule_work: "UPDATE work_orders SET due = due + 1 WHERE number = 'WO-9'",
    cancel_work: "UPDATE work_orders SET components_issued = true WHERE number = 'WO-9'",
    split_purchase: "UPDATE purchase_order_lines SET ordered = 49 WHERE line = 1 AND ordered = 50",
    reschedule_purchase: "UPDATE purchase_order_lines SET due = due + 1 WHERE ordered = 50",
    accept_price: "UPDATE purchase_order_lines SET unit_price = 13 WHERE ordered = 50",
    cancel_purchase: "UPDATE purchase_order_lines SET due = due + 1 WHERE ordered = 25",
    split_line: "UPDATE sales_orders SET ship_complete = true",
    ship_from: "UPDATE sales_order_lines SET node_id = (SELECT id FROM locations WHERE code = 'YARD')",
    reallocate: "UPDATE sales_order_lines SET strategy = 'gain'",
    substitute: "UPDATE sales_orders SET allow_substitution = false",
}


@pytest.mark.parametrize("action", STALE, ids=lambda action: action.__name__)
def test_a_plan_whose_ground_has_moved_is_stale_and_does_nothing(
    desk: Desk, books_as_superuser: Callable[[str], None], action: Callable[[], Action]
) -> None:
    prepared(desk)
    approval = desk.approved(action(), by=(MARIA, OMAR) if action is substitute else (MARIA,))
    books_as_superuser(STALE[action])
    before = desk.snapshot()

    outcome = desk.execute(approval)

    assert outcome.state is ExecutionState.STALE
    assert len(outcome.differences) >= 1
    assert list(differences(desk.snapshot(), before)) == []


def overloaded(desk: Desk) -> Overtime:
    """A day of the test bench with 90 minutes too many, and the overtime that makes them good."""
    desk.alter("""
        INSERT INTO work_centers (code, name, location_id, calendar, stations, hourly_cost, overtime_minutes,
                                  overtime_hourly_cost)
        SELECT 'BENCH', 'Test bench', id, NULL, 1, 60, 120, 90 FROM locations WHERE code = 'HOUSTON'""")
    with_work_order(desk)
    bench = WorkCenterCode("BENCH")
    booking = Booking(order=WO_9, sequence=10, work_center=bench, day=day(4), minutes=480)
    with desk.open() as uow:
        uow.capacity.open_days({(bench, day(4)): 480})
        uow.capacity.book(WO_9, [booking])
        uow.capacity.open_days({(bench, day(4)): 390})
    return Overtime(center=bench, day=day(4), minutes=90, capacity=390, booked=480, allowed=0, cost=Decimal("135.00"))


def test_overtime_makes_a_day_long_enough_and_stays_while_it_is_booked(desk: Desk) -> None:
    action = overloaded(desk)

    approval = done(desk, action)

    with desk.open() as uow:
        (load,) = uow.capacity.loads(action.center, first=action.day, last=action.day)
        assert (load.capacity, load.overtime, load.booked, load.free) == (390, 90, 480, 0)
        assert uow.capacity.overloaded() == ()
    with desk.open() as uow, pytest.raises(ConflictError, match="90 minutes of it are booked at BENCH"):
        undo(uow, approval, MARIA)
    with desk.open() as uow:
        uow.capacity.give_back(WO_9)
        undo(uow, approval, MARIA)
    with desk.open() as uow:
        (load,) = uow.capacity.loads(action.center, first=action.day, last=action.day)
        assert (load.overtime, load.booked) == (0, 0)


def test_a_hold_is_released_in_the_name_of_an_approver_who_may(desk: Desk) -> None:
    with desk.open() as uow:
        cause = HoldCause(kind=HoldKind.MANUAL, why="asked by the customer")
        hold = uow.holds.add(SO_1, cause, HOLD_RULES[HoldKind.MANUAL])
        uow.orders.advance(SO_1, None, to=OrderState.ON_HOLD, why="held")
    action = ReleaseHold(order=SO_1, hold=hold.number, what="manual", reason="asked by the customer")

    approval = done(desk, action)

    with desk.open() as uow:
        assert uow.holds.of_order(SO_1, open_only=True) == ()
        assert uow.orders.order(SO_1).state is OrderState.CONFIRMED
        released = uow.holds.get(hold.number).released
        assert released is not None
        assert released.by == MARIA.name
    with desk.open() as uow, pytest.raises(ConflictError, match="cannot be undone"):
        undo(uow, approval, MARIA)
