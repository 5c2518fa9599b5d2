"""What people did not decide, or nobody executed, in time: over, and its case is open again. Never approved by time."""

from core.domain.approval import ApprovalState
from core.domain.cases import CaseState
from core.domain.ids import CaseId
from core.ports.storage import UnitOfWork


def expire_approvals(uow: UnitOfWork) -> tuple[CaseId, ...]:
    """End the approvals whose time has run out; the cases that are open again."""
    found: list[CaseId] = []
    for approval in uow.approvals.listed(ApprovalState.PENDING, ApprovalState.APPROVED):
        late = uow.now > approval.expires_at
        if late and uow.approvals.move(approval.id, old=approval.state, new=ApprovalState.EXPIRED):
            uow.cases.move(approval.case, to=CaseState.OPEN)
            found.append(approval.case)
    return tuple(found)
