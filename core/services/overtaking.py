"""Overtaking: a proposal that waits while what it needs is gone is stale before anybody spends time on it."""

from core.domain.approval import ApprovalState
from core.domain.cases import CaseState
from core.domain.ids import ApprovalId
from core.ports.storage import UnitOfWork
from core.services.conditions import unmet


def overtake(uow: UnitOfWork) -> tuple[ApprovalId, ...]:
    """The approvals that became stale now: a precondition of their plans no longer holds, such as after another plan
    took the same stock. Their cases are open, their runs are woken and plan again; the differences are in the audit
    log."""
    found: list[ApprovalId] = []
    for waiting in uow.approvals.listed(ApprovalState.PENDING):
        differences = unmet(uow, uow.proposals.get(waiting.proposal).plan.preconditions)
        if differences and uow.approvals.move(waiting.id, old=ApprovalState.PENDING, new=ApprovalState.STALE):
            uow.cases.move(waiting.case, to=CaseState.OPEN)
            facts: dict[str, object] = {"differences": list(differences)}
            uow.audit.note(scope=f"case:{waiting.case}", event="stale", subject=waiting.id, facts=facts)
            found.append(waiting.id)
    return tuple(found)
