"""Proposals that nobody decides on: somebody else is asked in time, and what ran out is closed. Nothing is approved."""

from dataclasses import dataclass
from datetime import timedelta

from core.domain.approval import Approval, ApprovalState
from core.domain.cases import CaseState
from core.domain.ids import ApprovalId, CaseId
from core.domain.policies import Policy
from core.domain.tasks import Task, TaskKind
from core.ports.storage import UnitOfWork
from core.services.business_day import business_day
from core.services.errands import errand_lapsed
from core.services.policies import policy_of

_WAITING = (ApprovalState.PENDING, ApprovalState.APPROVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expiry:
    """The approvals that are near their end, somebody being asked now, and those that have run out."""

    escalated: tuple[ApprovalId, ...]
    expired: tuple[ApprovalId, ...]


def expire_due(uow: UnitOfWork) -> Expiry:
    """Ask the next role about what runs out soon, and close what has run out, its case being open again with a task for
    that role. Done again it does nothing more: a task is asked once, and what is closed is closed."""
    policy, escalated, expired = policy_of(uow), list[ApprovalId](), list[ApprovalId]()
    read = (uow.approvals.listed, uow.approvals.letters, uow.approvals.mandates)
    for found in [one for kind in read for one in kind(*_WAITING)]:
        if found.state is ApprovalState.PENDING and _near(uow, found, policy) and _ask(uow, found, policy):
            escalated.append(found.id)
        if uow.now > found.expires_at and _close(uow, uow.approvals.lock(found.id), policy):
            expired.append(found.id)
    return Expiry(escalated=tuple(escalated), expired=tuple(expired))


def expire_approvals(uow: UnitOfWork) -> tuple[CaseId, ...]:
    """The same; the cases that are open again."""
    ended = [uow.approvals.get(approval) for approval in expire_due(uow).expired]
    return tuple(approval.case for approval in ended if approval.of_plan)


def settle_escalation(uow: UnitOfWork, approval: ApprovalId) -> None:
    """Nobody need be asked any more: it was decided."""
    uow.tasks.withdraw(_soon(approval))


def _near(uow: UnitOfWork, approval: Approval, policy: Policy) -> bool:
    return approval.expires_at - timedelta(hours=policy.escalate_hours) <= uow.now <= approval.expires_at


def _ask(uow: UnitOfWork, approval: Approval, policy: Policy) -> bool:
    until = f"{approval.expires_at:%Y-%m-%d %H:%M} UTC"
    said = f"{approval.id} of {approval.case} waits for a decision until {until}; nobody's silence approves it"
    return _escalate(uow, approval, policy, subject=_soon(approval.id), text=said)


def _close(uow: UnitOfWork, approval: Approval, policy: Policy) -> bool:
    if approval.state not in _WAITING:
        return False  # somebody was quicker
    uow.approvals.move(approval.id, old=approval.state, new=ApprovalState.EXPIRED)
    settle_escalation(uow, approval.id)
    if not approval.of_plan:
        errand_lapsed(uow, approval, why="nobody decided in time")
        _escalate(uow, approval, policy, subject=f"expired {approval.id}", text=_unsent(approval))
        return True
    uow.cases.move(approval.case, to=CaseState.OPEN)
    said = f"{approval.id} of {approval.case} ran out undecided; `expediter resolve {approval.case}` plans it again"
    if approval.state is ApprovalState.APPROVED:
        said = f"{approval.id} of {approval.case} was approved but not executed in time; plan the case again"
    _escalate(uow, approval, policy, subject=f"expired {approval.id}", text=said)
    return True


def _unsent(approval: Approval) -> str:
    if approval.negotiation is not None:
        return f"{approval.id}: the mandate of {approval.negotiation} ran out; `expediter negotiate` asks anew"
    again = f"`expediter inquire {approval.case}` writes it anew"
    return f"{approval.id}: letter {approval.inquiry} ran out and was not sent; {again}"


def _escalate(uow: UnitOfWork, approval: Approval, policy: Policy, *, subject: str, text: str) -> bool:
    task = Task(
        subject=subject,
        text=text,
        kind=TaskKind.QUESTION,
        role=policy.escalate_to,
        about=approval.case,
        due=business_day(uow),
    )
    asked = uow.tasks.open(task)
    if asked:
        facts = {"to": policy.escalate_to.value, "text": text}
        uow.audit.note(scope=f"case:{approval.case}", event="escalated", subject=approval.id, facts=facts)
    return asked


def _soon(approval: ApprovalId) -> str:
    return f"expiring {approval}"
