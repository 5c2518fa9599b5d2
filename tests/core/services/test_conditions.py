"""A plan runs only while what it rests on holds; a plan that went stale says why and leaves nothing behind."""

from typing import LiteralString

import pytest

from core.domain.approval import ApprovalState
from core.domain.cases import CaseState
from core.domain.plans import Action
from core.services.execution import ExecutionState
from tests.builders import MARIA, buy, expedite, re_promise, transfer
from tests.columns import differences
from tests.desk import Desk

pytestmark = pytest.mark.breaks_laws("what happens to the books here is written by hand")

CHANGES: dict[str, tuple[Action, LiteralString, str]] = {
    "stock was sold": (
        transfer(),
        "UPDATE stock_balances SET reserved = 36 WHERE on_hand = 60",
        "stock available of VALVE-3@RENO is 24, the plan needs at least 25",
    ),
    "stock is gone": (
        transfer(),
        "UPDATE stock_balances SET on_hand = 0, reserved = 0 WHERE on_hand = 60",
        "stock available of VALVE-3@RENO is 0, the plan needs at least 25",
    ),
    "the supplier moved the date": (
        expedite(),
        "UPDATE purchase_order_lines SET due = due + 1 WHERE line = 1",
        "the due date of purchase order line PO-1/1 is 2024-10-25, the plan needs 2024-10-24",
    ),
    "part of the order arrived": (
        expedite(),
        "UPDATE purchase_order_lines SET received = 20 WHERE ordered = 50",
        "the open quantity of purchase order line PO-1/1 is 30, the plan needs at least 40",
    ),
    "the order was cancelled": (
        expedite(),
        "UPDATE purchase_orders SET state = 'cancelled' WHERE number = 'PO-1'",
        "the open quantity of purchase order line PO-1/1 is 0, the plan needs at least 40",
    ),
    "the order line is gone": (
        expedite(),
        "UPDATE purchase_order_lines SET line = 7 WHERE ordered = 50",
        "there is no purchase order line PO-1/1",
    ),
    "the supplier is not approved any more": (
        buy(),
        "UPDATE suppliers SET approved = false WHERE code = 'DELTA'",
        "approved to buy from supplier DELTA is no, the plan needs yes",
    ),
    "the supplier does not trade any more": (
        buy(),
        "UPDATE suppliers SET active = false WHERE code = 'DELTA'",
        "approved to buy from supplier DELTA is no, the plan needs yes",
    ),
    "the promise was moved by hand": (
        re_promise(),
        "UPDATE sales_order_lines SET promised = promised + 1 WHERE ordered = 40",
        "the promised date of order line SO-1/1 is 2024-10-10, the plan needs 2024-10-09",
    ),
    "part of the line was shipped": (
        re_promise(),
        "UPDATE sales_order_lines SET shipped = 5 WHERE ordered = 40",
        "the open quantity of order line SO-1/1 is 35, the plan needs at least 40",
    ),
}


@pytest.mark.breaks_laws("rows are changed by hand")
@pytest.mark.parametrize(("action", "change", "difference"), CHANGES.values(), ids=CHANGES.keys())
def test_a_change_in_between_makes_the_plan_stale(
    desk: Desk, action: Action, change: LiteralString, difference: str
) -> None:
    approval = desk.approved(action)
    desk.alter(change)
    before = desk.snapshot()

    outcome = desk.execute(approval)

    assert (outcome.state, outcome.result, outcome.differences) == (ExecutionState.STALE, (), (difference,))
    assert list(differences(desk.snapshot(), before)) == []
    with desk.open() as uow:
        assert uow.approvals.get(approval.id).state is ApprovalState.STALE
        assert uow.cases.get(approval.case).state is CaseState.OPEN
        assert uow.effects.get(approval.id) is None
        assert uow.outbox.of_approval(approval.id) == ()


@pytest.mark.breaks_laws("rows are changed by hand")
def test_every_difference_is_told_at_once(desk: Desk) -> None:
    approval = desk.approved(re_promise(), transfer(), buy())
    desk.alter("UPDATE suppliers SET active = false")
    desk.alter("UPDATE stock_balances SET on_hand = 30 WHERE on_hand = 60")

    outcome = desk.execute(approval)

    assert outcome.differences == (
        "stock available of VALVE-3@RENO is 20, the plan needs at least 25",
        "approved to buy from supplier DELTA is no, the plan needs yes",
    )


@pytest.mark.breaks_laws("rows are changed by hand")
def test_transfers_from_one_place_are_added_up(desk: Desk) -> None:
    approval = desk.approved(transfer(20), transfer(30, "TO-1.1A-2"))
    desk.alter("UPDATE stock_balances SET on_hand = 59 WHERE on_hand = 60")

    outcome = desk.execute(approval)

    assert outcome.differences == ("stock available of VALVE-3@RENO is 49, the plan needs at least 50",)


@pytest.mark.breaks_laws("rows are changed by hand")
def test_what_changed_without_touching_the_plan_is_no_difference(desk: Desk) -> None:
    approval = desk.approved(transfer())
    desk.alter("UPDATE stock_balances SET on_hand = 35 WHERE on_hand = 60")
    desk.alter("UPDATE sales_order_lines SET promised = promised + 1 WHERE ordered = 40")

    assert desk.execute(approval).state is ExecutionState.EXECUTED


def test_a_stale_plan_stays_stale_when_the_world_moves_back(desk: Desk) -> None:
    approval = desk.approved(transfer())
    desk.alter("UPDATE stock_balances SET on_hand = 30 WHERE on_hand = 60")
    desk.execute(approval)
    desk.alter("UPDATE stock_balances SET on_hand = 60 WHERE on_hand = 30")

    assert desk.execute(approval).state is ExecutionState.STALE


def test_stock_taken_between_the_check_and_the_reservation_makes_the_plan_stale(desk: Desk) -> None:
    approval = desk.approved(transfer(25), re_promise())
    with desk.open(MARIA.name) as uow:
        uow.stock.reserve(transfer().item, transfer().origin, quantity=26, reference="HOLD-1")

    outcome = desk.execute(approval)

    assert outcome.state is ExecutionState.STALE
    with desk.open() as uow:
        facts = uow.audit.trail(f"case:{approval.case}")[-1]
    assert facts[2] == "stale"
