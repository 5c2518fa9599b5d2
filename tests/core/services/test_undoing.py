"""An executed plan is taken back whole by somebody with the authority, or not at all."""

from typing import LiteralString

import pytest

from core.domain.approval import Approval, ApprovalState
from core.domain.cases import CaseState
from core.domain.errors import ConflictError, NotAuthorisedError
from core.domain.plans import Action
from core.domain.proposals import MessageKind, MessageState
from core.domain.users import User
from core.services.undoing import undo
from tests.builders import MARIA, PAUL, SO_1, SO_2, VIVIAN, buy, expedite, re_promise, transfer, wait
from tests.columns import differences
from tests.core.services.test_execution import EVERY_KIND
from tests.desk import Desk


def taken_back(desk: Desk, approval: Approval, user: User = MARIA) -> tuple[str, ...]:
    with desk.open(user.name) as uow:
        return undo(uow, approval.id, user)


@pytest.mark.parametrize("actions", EVERY_KIND.values(), ids=EVERY_KIND.keys())
def test_undo_gives_the_books_back_as_they_were(desk: Desk, actions: tuple[Action, ...]) -> None:
    before = desk.snapshot()
    approval = desk.executed(*actions)

    taken_back(desk, approval)

    assert list(differences(desk.snapshot(), before)) == []
    with desk.open() as uow:
        assert uow.approvals.get(approval.id).state is ApprovalState.UNDONE
        effect = uow.effects.get(approval.id)
    assert effect is not None
    assert (effect.undone_by, effect.undone_at) == (MARIA.name, desk.clock.now)


def test_undo_says_what_it_did_last_action_first(desk: Desk) -> None:
    approval = desk.executed(wait(), transfer(), buy(), expedite(), re_promise())

    assert taken_back(desk, approval) == (
        "order line SO-1/1 promised for 2024-10-09 again",
        "purchase order PO-1/1 due on 2024-10-24 again",
        "purchase order PO-1.1A-2 to DELTA cancelled",
        "transfer order TO-1.1A-1 cancelled, 25 VALVE-3 released",
        "nothing had been done",
    )


def test_a_message_that_has_not_left_is_withdrawn(desk: Desk) -> None:
    approval = desk.executed(buy(), expedite(), re_promise())

    taken_back(desk, approval)

    with desk.open() as uow:
        assert [m.state for m in uow.outbox.of_approval(approval.id)] == [MessageState.WITHDRAWN] * 3


def test_a_message_that_has_left_is_followed_by_another_that_takes_it_back(desk: Desk) -> None:
    approval = desk.executed(buy(), expedite(), re_promise())
    desk.alter("UPDATE outbox SET state = 'sent', attempts = 1")

    taken_back(desk, approval)

    with desk.open() as uow:
        after = uow.outbox.of_approval(approval.id)[3:]
    assert [(m.key, m.kind, m.state) for m in after] == [
        ("AP-1-1A:cancel:EX-AP-1-1A-PO-1-1", MessageKind.CANCEL_ORDER, MessageState.NEW),
        ("AP-1-1A:cancel:PO-1.1A-2", MessageKind.CANCEL_ORDER, MessageState.NEW),
        ("AP-1-1A:return:HARBOR", MessageKind.CUSTOMER_NOTICE, MessageState.NEW),
    ]
    assert "order SO-1 line 1: 2024-10-09" in str(after[2].payload["body"])


def test_the_first_promise_of_a_line_is_never_changed(desk: Desk) -> None:
    approval = desk.executed(re_promise(), re_promise(12, order=SO_2, line=1, old=6, quantity=20))

    taken_back(desk, approval)

    with desk.open() as uow:
        lines = [uow.orders.line(SO_1, 1), uow.orders.line(SO_2, 1)]
        histories = [uow.orders.promises(SO_1, 1), uow.orders.promises(SO_2, 1)]
    assert [(line.requested.day, line.first_promised and line.first_promised.day, line.due.day) for line in lines] == [
        (8, 9, 9),
        (10, 16, 10),
    ]
    assert [[record.new.day for record in history] for history in histories] == [[9, 13, 9], [16, 10]]


OBSTACLES: dict[str, tuple[Action, LiteralString, str]] = {
    "shipped": (
        transfer(),
        "UPDATE transfer_orders SET shipped = true WHERE number = 'TO-1.1A-1'",
        "transfer order TO-1.1A-1 has left RENO",
    ),
    "received": (
        transfer(),
        (
            "UPDATE transfer_orders SET stage = 'shipped', shipped = true WHERE number = 'TO-1.1A-1';"
            " UPDATE transfer_orders SET state = 'received' WHERE number = 'TO-1.1A-1'"
        ),
        "transfer order TO-1.1A-1 has left RENO",
    ),
    "bought and arrived": (
        buy(),
        "UPDATE purchase_order_lines SET received = 3 WHERE ordered = 25",
        "3 of purchase order PO-1.1A-2 have arrived",
    ),
    "moved again by the supplier": (
        expedite(),
        "UPDATE purchase_order_lines SET due = due + 1 WHERE ordered = 50",
        "purchase order PO-1/1 is due on 2024-10-09 by now",
    ),
    "promised again": (
        re_promise(),
        "UPDATE sales_order_lines SET promised = promised + 1 WHERE ordered = 40",
        "order line SO-1/1 is promised for 2024-10-14 by now",
    ),
    "pulled in and arrived": (
        expedite(),
        "UPDATE purchase_order_lines SET received = 50 WHERE ordered = 50",
        "purchase order PO-1/1 has arrived",
    ),
    "shipped to the customer": (
        re_promise(),
        "UPDATE sales_order_lines SET shipped = 40 WHERE ordered = 40",
        "order line SO-1/1 has shipped",
    ),
}


@pytest.mark.breaks_laws("rows are changed by hand")
@pytest.mark.parametrize(("action", "change", "obstacle"), OBSTACLES.values(), ids=OBSTACLES.keys())
def test_what_has_gone_too_far_is_not_undone_and_nothing_else_either(
    desk: Desk, action: Action, change: LiteralString, obstacle: str
) -> None:
    approval = desk.executed(*{action, transfer(5, "TO-1.1A-9")})
    desk.alter(change)
    before = desk.snapshot()

    with pytest.raises(ConflictError) as refusal:
        taken_back(desk, approval)

    assert refusal.value.message == f"AP-1-1A cannot be undone: {obstacle}"
    assert list(differences(desk.snapshot(), before)) == []
    with desk.open() as uow:
        assert uow.approvals.get(approval.id).state is ApprovalState.EXECUTED


def test_undoing_twice_is_refused(desk: Desk) -> None:
    approval = desk.executed(transfer())
    taken_back(desk, approval)

    with pytest.raises(ConflictError, match="is undone; only what was executed can be undone"):
        taken_back(desk, approval)


def test_what_was_not_executed_cannot_be_undone(desk: Desk) -> None:
    approval = desk.approved(transfer())

    with pytest.raises(ConflictError, match="is approved; only what was executed can be undone"):
        taken_back(desk, approval)


def test_undo_takes_the_authority_that_approval_takes(desk: Desk) -> None:
    approval = desk.executed(buy(100))

    for user, why in ((VIVIAN, "role 'viewer' may not decide"), (PAUL, "the limit of 'paul' is 500.00")):
        with pytest.raises(NotAuthorisedError, match=why):
            taken_back(desk, approval, user)

    with desk.open() as uow:
        assert uow.approvals.get(approval.id).state is ApprovalState.EXECUTED


def test_a_message_that_may_have_arrived_is_stopped_and_followed_by_a_cancellation(desk: Desk) -> None:
    approval = desk.executed(buy())
    desk.alter("UPDATE outbox SET attempts = 1")

    taken_back(desk, approval)

    with desk.open() as uow:
        order, cancellation = uow.outbox.of_approval(approval.id)
    assert order.state is MessageState.WITHDRAWN
    assert (cancellation.kind, cancellation.state) == (MessageKind.CANCEL_ORDER, MessageState.NEW)


@pytest.mark.breaks_laws("rows are changed by hand")
def test_a_message_of_unknown_fate_is_followed_by_a_cancellation(desk: Desk) -> None:
    approval = desk.executed(buy())
    desk.alter("UPDATE outbox SET state = 'unknown', attempts = 5")

    taken_back(desk, approval)

    with desk.open() as uow:
        states = [message.state for message in uow.outbox.of_approval(approval.id)]
    assert states == [MessageState.UNKNOWN, MessageState.NEW]


@pytest.mark.breaks_laws("rows are changed by hand")
def test_what_the_partner_refused_needs_no_cancellation(desk: Desk) -> None:
    approval = desk.executed(buy())
    desk.alter("UPDATE outbox SET state = 'refused', attempts = 1")

    taken_back(desk, approval)

    with desk.open() as uow:
        states = [message.state for message in uow.outbox.of_approval(approval.id)]
    assert states == [MessageState.REFUSED]


def test_undo_waits_for_a_message_that_is_on_its_way(desk: Desk) -> None:
    approval = desk.executed(buy(), transfer())
    before = desk.snapshot()
    with desk.open() as uow:
        uow.outbox.claim(limit=1)

    with pytest.raises(ConflictError, match=r"message 'AP-1-1A:PO-1\.1A-2' is being sent; try again in a moment"):
        taken_back(desk, approval)

    assert list(differences(desk.snapshot(), before)) == []


def test_a_case_whose_plan_was_undone_is_open_again(desk: Desk) -> None:
    approval = desk.executed(transfer())

    taken_back(desk, approval)

    with desk.open() as uow:
        assert uow.cases.get(approval.case).state is CaseState.OPEN
