"""Execution: takes an approval's id and nothing else, reads the plan again, and does it once in one transaction."""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from core.domain.approval import Approval, ApprovalState, why_not
from core.domain.cases import CaseState
from core.domain.errors import ConflictError, InsufficientStockError, TryAgainError
from core.domain.ids import ApprovalId, UserName
from core.domain.messages import expedite_message, order_message
from core.domain.money import rounded
from core.domain.orders import PromiseRecord, PurchaseOrder, PurchaseOrderLine, TransferOrder
from core.domain.plan_text import plan_hash
from core.domain.plans import Buy, Expedite, RePromise, Transfer, Wait, committed_money
from core.domain.proposals import Effect, Proposal
from core.domain.tiers import tier_of
from core.ports.storage import OpenUnitOfWork, UnitOfWork
from core.services.conditions import unmet
from core.services.noticing import notices
from core.services.rechecking import outdated

TRIES = 5
TWO_PEOPLE_TIER = 4


class ExecutionState(StrEnum):
    """What came of asking for an execution."""

    EXECUTED = "executed"
    ALREADY = "already"
    WAITING = "waiting"
    STALE = "stale"
    REJECTED = "rejected"
    EXPIRED = "expired"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionOutcome:
    """`result` says what was done, `differences` what had changed when it was not done."""

    approval: ApprovalId
    state: ExecutionState
    result: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()


_WAITING = frozenset({ApprovalState.PENDING, ApprovalState.APPROVED})
_ENDED = {
    ApprovalState.REJECTED: ExecutionState.REJECTED,
    ApprovalState.EXPIRED: ExecutionState.EXPIRED,
    ApprovalState.STALE: ExecutionState.STALE,
    ApprovalState.SUPERSEDED: ExecutionState.REFUSED,
    ApprovalState.PENDING: ExecutionState.WAITING,
}


def execute(open_uow: OpenUnitOfWork, approval: ApprovalId, *, by: UserName) -> ExecutionOutcome:
    """Do what was approved, once. Called again it answers `already`; when the world moved it answers `stale`, nothing
    of the plan is done, and the differences say why."""
    for _ in range(TRIES - 1):
        try:
            return _execute_or_stale(open_uow, approval, by)
        except TryAgainError:
            continue
    return _execute_or_stale(open_uow, approval, by)


def _execute_or_stale(open_uow: OpenUnitOfWork, approval: ApprovalId, by: UserName) -> ExecutionOutcome:
    try:
        with open_uow(by) as uow:
            return _execute(uow, uow.approvals.lock(approval), by)
    except TryAgainError:
        raise
    except (InsufficientStockError, ConflictError) as error:
        with open_uow(by) as uow:
            return _stale(uow, uow.approvals.lock(approval), (error.message,))


def _execute(uow: UnitOfWork, approval: Approval, by: UserName) -> ExecutionOutcome:
    done = uow.effects.get(approval.id)
    if done is not None:
        return ExecutionOutcome(approval=approval.id, state=ExecutionState.ALREADY, result=done.result)
    if approval.state in _WAITING and uow.now > approval.expires_at:
        return _close(uow, approval, ApprovalState.EXPIRED)
    if approval.state is not ApprovalState.APPROVED:
        return ExecutionOutcome(approval=approval.id, state=_ENDED.get(approval.state, ExecutionState.REFUSED))
    proposal = uow.proposals.get(approval.proposal)
    problem = _refusal(uow, approval, proposal)
    if problem is not None:
        return ExecutionOutcome(approval=approval.id, state=ExecutionState.REFUSED, differences=(problem,))
    differences = (*_authority_lost(uow, approval), *unmet(uow, proposal.plan.preconditions))
    differences = differences or outdated(uow, proposal)
    if differences:
        return _stale(uow, approval, differences)
    result = _perform(uow, approval, proposal)
    effect = Effect(
        approval=approval.id,
        executed_hash=approval.plan_hash,
        executed_by=by,
        executed_at=uow.now,
        result=result,
    )
    if not uow.effects.add(effect):
        raise ConflictError(f"{approval.id} was executed at the same moment")
    uow.approvals.move(approval.id, old=ApprovalState.APPROVED, new=ApprovalState.EXECUTED)
    uow.cases.move(approval.case, to=CaseState.EXECUTING)
    return ExecutionOutcome(approval=approval.id, state=ExecutionState.EXECUTED, result=result)


def _refusal(uow: UnitOfWork, approval: Approval, proposal: Proposal) -> str | None:
    """Why an approved row may still not be executed: the last defence against a row changed behind our back."""
    two = max(approval.tier, tier_of(proposal.plan)) >= TWO_PEOPLE_TIER
    needed = max(approval.approvals_needed, 2 if two else 1)
    if len(approval.approvers) < needed:
        return f"{len(approval.approvers)} of {needed} approvals are there"
    hashes = {approval.plan_hash, proposal.plan_hash, plan_hash(proposal.plan)}
    hashes |= {decision.plan_hash for decision in approval.decisions}
    if len(hashes) != 1:
        return "the plan stored is not the plan that was approved"
    money = rounded(committed_money(proposal.plan))
    if money > approval.money:
        return f"the plan commits {money:,.2f}, approved were {approval.money:,.2f}"
    for name in sorted(approval.approvers):
        user = uow.users.get(name)
        if not user.is_person or name == approval.proposed_by:
            return f"{name!r} may not approve this plan"
    return None


def _authority_lost(uow: UnitOfWork, approval: Approval) -> tuple[str, ...]:
    """Approvers who could not approve the plan any more as they stand today."""
    problems = (why_not(uow.users.get(name), approval) for name in sorted(approval.approvers))
    return tuple(problem for problem in problems if problem is not None)


def _stale(uow: UnitOfWork, approval: Approval, differences: tuple[str, ...]) -> ExecutionOutcome:
    if approval.state is not ApprovalState.APPROVED:
        return _execute(uow, approval, uow.actor)
    _close(uow, approval, ApprovalState.STALE)
    uow.audit.note(
        scope=f"case:{approval.case}", event="stale", subject=approval.id, facts={"differences": list(differences)}
    )
    return ExecutionOutcome(approval=approval.id, state=ExecutionState.STALE, differences=differences)


def _close(uow: UnitOfWork, approval: Approval, state: ApprovalState) -> ExecutionOutcome:
    uow.approvals.move(approval.id, old=approval.state, new=state)
    uow.cases.move(approval.case, to=CaseState.OPEN)
    return ExecutionOutcome(approval=approval.id, state=_ENDED[state])


def _perform(uow: UnitOfWork, approval: Approval, proposal: Proposal) -> tuple[str, ...]:
    done: list[str] = []
    for action in sorted(proposal.plan.actions, key=_lock_order):
        match action:
            case Wait():
                done.append(f"wait until {action.until}")
            case Transfer():
                done.append(_transfer(uow, action, proposal))
            case Expedite():
                done.append(_expedite(uow, action, approval))
            case Buy():
                done.append(_buy(uow, action, approval, proposal))
            case RePromise():
                done.append(_promise(uow, action, proposal))
            case _:
                assert_never(action)
    for notice in notices(uow, approval, proposal.plan):
        uow.outbox.add(notice)
    return tuple(done)


def _lock_order(action: Wait | Transfer | Expedite | Buy | RePromise) -> tuple[str, str, str]:
    match action:
        case Transfer():
            return ("transfer", action.item, action.origin)
        case Expedite():
            return ("expedite", action.purchase_order, f"{action.line:09}")
        case Buy():
            return ("buy", action.reference, "")
        case RePromise():
            return ("promise", action.order, f"{action.line:09}")
        case Wait():
            return ("wait", "", "")


def _transfer(uow: UnitOfWork, action: Transfer, proposal: Proposal) -> str:
    uow.stock.reserve(action.item, action.origin, quantity=action.quantity, reference=action.reference)
    order = TransferOrder(
        number=action.reference,
        item=action.item,
        origin=action.origin,
        destination=action.destination,
        quantity=action.quantity,
        ship_on=action.ship_on,
        due=action.arrive_on,
    )
    uow.supply.add_transfer(order, proposal=proposal.id)
    return (
        f"transfer order {action.reference}: {action.quantity} {action.item} from {action.origin}"
        f" to {action.destination}, there on {action.arrive_on}"
    )


def _expedite(uow: UnitOfWork, action: Expedite, approval: Approval) -> str:
    uow.supply.reschedule(action.purchase_order, action.line, old=action.old_due, due=action.new_due)
    currency = uow.company.settings().currency
    as_of = uow.company.settings().as_of
    uow.outbox.add(expedite_message(action, approval=approval.id, on=as_of, currency=currency))
    return f"purchase order {action.purchase_order}/{action.line} expedited from {action.old_due} to {action.new_due}"


def _buy(uow: UnitOfWork, action: Buy, approval: Approval, proposal: Proposal) -> str:
    as_of = uow.company.settings().as_of
    order = PurchaseOrder(number=action.reference, supplier=action.supplier, order_date=as_of, currency=action.currency)
    line = PurchaseOrderLine(
        order=action.reference,
        line=1,
        item=action.item,
        location=action.location,
        ordered=action.quantity,
        unit_price=action.unit_price,
        due=action.arrive_on,
    )
    uow.supply.add_purchase_order(order, line, proposal=proposal.id)
    uow.outbox.add(order_message(action, approval=approval.id, on=as_of))
    return (
        f"purchase order {action.reference} to {action.supplier}: {action.quantity} {action.item},"
        f" there on {action.arrive_on}"
    )


def _promise(uow: UnitOfWork, action: RePromise, proposal: Proposal) -> str:
    uow.orders.promise(
        PromiseRecord(
            order=action.order,
            line=action.line,
            old=action.old,
            new=action.new,
            reason=f"approved plan of {proposal.case}",
            proposal=proposal.id,
        )
    )
    return f"order line {action.order}/{action.line} promised for {action.new} instead of {action.old}"
