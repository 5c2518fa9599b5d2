"""Undo: an authorised person takes an executed plan back, step by step, as far as the world still allows."""

from datetime import date

from core.domain.approval import Approval, ApprovalState, why_not
from core.domain.cases import CaseState
from core.domain.errors import ConflictError, NotAuthorisedError
from core.domain.ids import ApprovalId, CustomerCode
from core.domain.plans import Substitute
from core.domain.proposals import Proposal
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.conditions import unmet_undo
from core.services.doing.deed import Deed
from core.services.doing.table import doing_of
from core.services.noticing import Told, notice_of_return, told
from core.services.policy_changing import demote

_ENDED = frozenset({CaseState.EXECUTING, CaseState.RESOLVED, CaseState.ACCEPTED})


def undo(uow: UnitOfWork, approval_id: ApprovalId, user: User) -> tuple[str, ...]:
    """Take the plan back whole or not at all; ConflictError says what can no longer be undone and why.

    A message that has not left is withdrawn; one that may have arrived is followed by a cancellation. The case is
    open again.
    """
    approval = uow.approvals.lock(approval_id)
    problem = why_not(user, approval)
    if problem is not None:
        raise NotAuthorisedError(problem, approval=approval_id)
    if approval.negotiation is not None:
        raise ConflictError(f"{approval_id} let a negotiation begin; what was said cannot be taken back")
    if approval.inquiry is not None:
        raise ConflictError(f"{approval_id} sent a letter, which cannot be taken back; write to the supplier again")
    if approval.state is not ApprovalState.EXECUTED:
        raise ConflictError(f"{approval_id} is {approval.state}; only what was executed can be undone")
    proposal = uow.proposals.get(approval.proposal)
    obstacles = unmet_undo(uow, proposal.plan.actions)
    if obstacles:
        raise ConflictError(f"{approval_id} cannot be undone: {'; '.join(obstacles)}")
    done = _take_back(uow, approval, proposal)
    if not uow.effects.undone(approval_id, by=user.name):
        raise ConflictError(f"{approval_id} was undone at the same moment")
    uow.approvals.move(approval_id, old=ApprovalState.EXECUTED, new=ApprovalState.UNDONE)
    demote(uow, approval_id, why=f"undone by {user.name}")
    if uow.cases.get(approval.case).state in _ENDED:
        uow.cases.move(approval.case, to=CaseState.OPEN)
    return done


def _take_back(uow: UnitOfWork, approval: Approval, proposal: Proposal) -> tuple[str, ...]:
    deed = Deed(uow=uow, approval=approval, proposal=proposal)
    done = [doing_of(action).undo(deed, action) for action in reversed(proposal.plan.actions)]
    returned = [one for action in reversed(proposal.plan.actions) if (one := told(action)) is not None]
    _tell_customers(uow, approval, returned)
    return tuple(done)


def _tell_customers(uow: UnitOfWork, approval: Approval, returned: list[Told]) -> None:
    by_customer: dict[CustomerCode, list[Told]] = {}
    for action in returned:
        by_customer.setdefault(uow.orders.order(action.order).customer, []).append(action)
    for code in sorted(by_customer):
        customer = uow.company.customer(code)
        if not customer.email or uow.outbox.withdraw(f"{approval.id}:notice:{code}"):
            continue
        dates = sorted((f"order {a.order} line {a.line}", _date_again(uow, a)) for a in by_customer[code])
        uow.outbox.add(notice_of_return(uow, approval.id, customer, dates))


def _date_again(uow: UnitOfWork, action: Told) -> date:
    """The date that holds again; another item never had another one."""
    return uow.orders.line(action.order, action.line).due if isinstance(action, Substitute) else action.old
