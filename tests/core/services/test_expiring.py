"""What nobody decides on is escalated and then closed; nothing is approved by time."""

from core.domain.approval import ApprovalState
from core.domain.cases import CaseState
from core.domain.tasks import TaskState
from core.domain.users import WORKER_NAME, Role
from core.services.execution import ExecutionState
from core.services.expiring import Expiry, expire_due
from tests.builders import transfer
from tests.desk import Desk


def due(desk: Desk) -> Expiry:
    with desk.open(WORKER_NAME) as uow:
        return expire_due(uow)


def test_what_runs_out_soon_is_asked_of_the_next_role_and_then_closed(desk: Desk) -> None:
    approval = desk.proposed(transfer())
    assert due(desk) == Expiry(escalated=(), expired=())

    desk.clock.pass_by(hours=21)
    assert due(desk) == Expiry(escalated=(approval.id,), expired=())
    assert due(desk) == Expiry(escalated=(), expired=())
    with desk.open() as uow:
        task = uow.tasks.get(f"expiring {approval.id}")
    assert (task.role, task.about) == (Role.OPERATIONS_MANAGER, "CASE-1")
    assert "waits for a decision until 2024-10-05 09:00 UTC; nobody's silence approves it" in task.text

    desk.clock.pass_by(hours=4)
    assert due(desk) == Expiry(escalated=(), expired=(approval.id,))
    assert due(desk) == Expiry(escalated=(), expired=())
    with desk.open() as uow:
        assert uow.approvals.get(approval.id).state is ApprovalState.EXPIRED
        assert uow.cases.get(approval.case).state is CaseState.OPEN
        assert [task.subject for task in uow.tasks.listed()] == [f"expired {approval.id}"]
        events = [event for _, _, event, subject, _ in uow.audit.trail("case:CASE-1") if subject == approval.id]
    assert events == ["approval_requested", "escalated", "approval_expired", "escalated"]
    assert desk.execute(approval).state is ExecutionState.EXPIRED


def test_a_decision_takes_the_question_back(desk: Desk) -> None:
    approval = desk.proposed(transfer())
    desk.clock.pass_by(hours=21)
    due(desk)

    desk.decide(approval)

    with desk.open() as uow:
        assert uow.tasks.get(f"expiring {approval.id}").state is TaskState.WITHDRAWN
