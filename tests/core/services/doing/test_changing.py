"""A change a customer asked for is applied as it was shown, in the name of who may agree to it, answered and undone."""

from datetime import date
from decimal import Decimal

import pytest

from core.domain.amendments import CancelOpen, Change, ChangeAddress, ChangeDate, ChangeQuantity
from core.domain.cases import CaseState, ExceptionType
from core.domain.errors import ConflictError
from core.domain.ids import ApprovalId, CaseId, UserName
from core.domain.options import Option
from core.domain.order_life import OrderState
from core.domain.plans import AnswerChange
from core.domain.proposals import MessageState
from core.domain.signals import Signal, SignalKind
from core.domain.stock import Claim
from core.domain.users import AGENT_NAME, WORKER_NAME, Role, User
from core.planning.rules import ScanRules
from core.planning.simulation import apply
from core.services.execution import ExecutionState, execute
from core.services.resolving import OptionsReport, plan_options
from core.services.scanning import ScanCommand, scan
from core.services.signalling import RaiseSignal, raise_signal
from core.services.undoing import undo
from core.services.verifying import verify
from tests.builders import HOUSTON, MARIA, SO_1, VALVE, day
from tests.columns import differences
from tests.desk import Desk

ASKED = "MAIL-9"


def asked(desk: Desk, *changes: Change, kind: SignalKind = SignalKind.CHANGE) -> None:
    """Harbor asks for it inside the freeze fence, five valves being reserved for them."""
    desk.alter("UPDATE items SET demand_fence_days = 10 WHERE code = 'VALVE-3'")
    signal = Signal(
        reference=ASKED, kind=kind, subject="order SO-1", text="as agreed on the phone", order=SO_1, asked=changes
    )
    with desk.open() as uow:
        claim = Claim(item=VALVE, location=HOUSTON, quantity=5, reference="R-1", order=SO_1, line=1)
        uow.stock.reserve_many([claim])
        raise_signal(uow, RaiseSignal(key="mail", signal=signal))


def scanned(desk: Desk) -> CaseId:
    """The case of the change."""
    with desk.open() as uow:
        scan(uow, ScanCommand(rules=ScanRules()))
    with desk.open() as uow:
        wanted = {ExceptionType.CUSTOMER_CHANGE, ExceptionType.CANCEL_AFTER_COMMIT}
        (case,) = (one for one in uow.cases.all() if one.detected.type in wanted)
        return case.id


def options(desk: Desk) -> OptionsReport:
    case = scanned(desk)
    with desk.open_agent_uow(AGENT_NAME) as uow:
        return plan_options(uow, case)


def chosen(desk: Desk, report: OptionsReport, answer: str) -> Option:
    """The option that gives the customer this answer."""
    (one,) = (
        option
        for option in report.options
        if any(isinstance(action, AnswerChange) and action.answer == answer for action in option.actions)
    )
    return one


def carried_out(desk: Desk, option: Option, user: User = MARIA) -> ApprovalId:
    """Proposed by the agent, approved by one person, executed; the books are exactly as simulated."""
    before = desk.snapshot()
    approval = desk.decide(desk.propose(option), user)

    outcome = desk.execute(approval)

    assert (outcome.state, outcome.differences) == (ExecutionState.EXECUTED, ())
    assert list(differences(desk.snapshot(), apply(before, option.actions))) == []
    with desk.open() as uow:
        assert verify(uow, approval.id).differences == ()
        assert uow.cases.get(option.case).state is CaseState.RESOLVED
    return approval.id


def quantity_and_date(desk: Desk) -> tuple[int, date, OrderState]:
    """How Harbor's line stands."""
    with desk.open() as uow:
        line = uow.orders.line(SO_1, 1)
        return line.ordered, line.requested, line.state


def subjects(desk: Desk, approval: ApprovalId) -> list[object]:
    """What the customer is told in mails."""
    with desk.open() as uow:
        return [message.payload["subject"] for message in uow.outbox.of_approval(approval)]


CHANGES = {
    "fewer": (ChangeQuantity(line=1, quantity=3), (3, day(4), OrderState.CONFIRMED)),
    "more": (ChangeQuantity(line=1, quantity=50), (50, day(4), OrderState.ON_HOLD)),
    "later": (ChangeDate(line=1, requested=day(30)), (40, day(30), OrderState.VALIDATED)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_applied_as_it_was_shown_answered_and_changed_back(desk: Desk, name: str) -> None:
    change, after = CHANGES[name]
    asked(desk, change)

    option = chosen(desk, options(desk), "applied")
    approval = carried_out(desk, option)

    assert [(term.name, term.amount) for term in option.cost_terms] == [("change fee", Decimal("25.00"))]
    assert quantity_and_date(desk) == after
    assert subjects(desk, approval) == ["Your order SO-1: your change is applied"]
    with desk.open() as uow:
        assert uow.orders.amendments(SO_1)[-1].agreed_by == MARIA.name
        assert uow.signals.get(ASKED).settled
    with desk.open() as uow:
        undo(uow, approval, MARIA)
    assert quantity_and_date(desk)[:2] == (40, day(4))
    with desk.open() as uow:
        assert not uow.signals.get(ASKED).settled
        assert uow.outbox.of_approval(approval)[0].state is MessageState.WITHDRAWN


def test_a_cancelled_order_gives_back_what_it_held_and_cannot_be_undone(desk: Desk) -> None:
    asked(desk, CancelOpen(), kind=SignalKind.CHANGE)

    approval = carried_out(desk, chosen(desk, options(desk), "applied"))

    assert quantity_and_date(desk)[2] is OrderState.CANCELLED
    with desk.open() as uow:
        assert uow.stock.available(VALVE, HOUSTON) == 5
    with desk.open() as uow, pytest.raises(ConflictError, match="cannot be undone: enter what is wanted"):
        undo(uow, approval, MARIA)


def test_a_declined_change_leaves_the_order_and_tells_the_customer_once(desk: Desk) -> None:
    asked(desk, ChangeQuantity(line=1, quantity=3))
    before = desk.snapshot()

    approval = carried_out(desk, chosen(desk, options(desk), "declined"))

    assert list(differences(desk.snapshot(), before)) == []
    assert subjects(desk, approval) == ["Your order SO-1: your change is declined"]
    with desk.open() as uow:
        assert execute(desk.open_uow, approval, by=WORKER_NAME).state is ExecutionState.ALREADY
        undo(uow, approval, MARIA)
    with desk.open() as uow:
        assert not uow.signals.get(ASKED).settled


def test_a_change_that_would_do_something_else_by_now_is_stale(desk: Desk) -> None:
    asked(desk, ChangeQuantity(line=1, quantity=3))
    approval = desk.decide(desk.propose(chosen(desk, options(desk), "applied")))
    with desk.open() as uow:
        uow.stock.release_references(["R-1"])
    before = desk.snapshot()

    outcome = desk.execute(approval)

    assert outcome.state is ExecutionState.STALE
    assert " ".join(outcome.differences) == (
        "what follows from the change MAIL-9/1 is quantity 40 -> 3 EA; frozen until 2024-10-14: a planner has to agree,"
        " the plan needs quantity 40 -> 3 EA; given back: 2 VALVE-3 at HOUSTON; frozen until 2024-10-14: a planner has"
        " to agree"
    )
    assert list(differences(desk.snapshot(), before)) == []


def test_inside_the_fence_customer_service_alone_may_not_agree(desk: Desk) -> None:
    asked(desk, ChangeQuantity(line=1, quantity=3))
    cora = User(name=UserName("cora"), role=Role.CUSTOMER_SERVICE, limit=None)
    desk.let_in(cora)
    approval = desk.decide(desk.propose(chosen(desk, options(desk), "applied")), cora)

    outcome = desk.execute(approval)

    assert outcome.state is ExecutionState.STALE
    assert "'cora' (customer_service) may not agree" in outcome.differences[0]
    assert quantity_and_date(desk) == (40, day(4), OrderState.CONFIRMED)


def test_what_cannot_be_applied_says_why_and_a_person_is_asked(desk: Desk) -> None:
    asked(desk, ChangeAddress(address="DOCK-2"), ChangeQuantity(line=1, quantity=40))

    report = options(desk)

    (refused,) = (idea for idea in report.rejected if idea.resolution == "R23")
    assert refused.reason.startswith("order line SO-1/1 cannot be for 40")
    kinds = [action.kind for option in report.options for action in option.actions if action.resolution == "R23"]
    assert sorted(kinds) == ["answer_change", "decide_change"]
