"""Execution: takes an approval's id and nothing else, reads the plan again, and does it once in one transaction."""

from dataclasses import dataclass
from enum import StrEnum

from core.domain.approval import Approval, ApprovalState, Verdict
from core.domain.autonomy import HIGHEST_ACTING_TIER
from core.domain.cases import CaseState
from core.domain.errors import ConflictError, InsufficientStockError, TryAgainError
from core.domain.ids import ApprovalId, UserName
from core.domain.money import rounded
from core.domain.plan_text import plan_hash
from core.domain.plans import Action, committed_money
from core.domain.proposals import Effect, Proposal
from core.ports.storage import OpenUnitOfWork, UnitOfWork
from core.services.conditions import unmet
from core.services.delegating import authority_lost
from core.services.doing.deed import Deed
from core.services.doing.table import doing_of
from core.services.errands import errand_lapsed, errand_outdated, errand_tampered, run_errand
from core.services.halting import check_not_halted
from core.services.noticing import notices
from core.services.policies import policy_of
from core.services.rechecking import outdated, shared_otherwise
from core.services.ruling import decide_by_rule

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
    SUPERSEDED = "superseded"


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
    ApprovalState.SUPERSEDED: ExecutionState.SUPERSEDED,
    ApprovalState.PENDING: ExecutionState.WAITING,
}


def execute(open_uow: OpenUnitOfWork, approval: ApprovalId, *, by: UserName) -> ExecutionOutcome:
    """Do what was approved, once. Called again it answers `already`; when the world moved it answers `stale`, nothing
    of the plan is done, and the differences say why. HaltedError while everything is halted: a halt committed before
    this commits wins."""
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
    if approval.state is ApprovalState.PENDING and approval.by_rule:
        check_not_halted(uow)
        problem = decide_by_rule(uow, approval)
        if problem is not None:
            return ExecutionOutcome(approval=approval.id, state=ExecutionState.WAITING, differences=(problem,))
        approval = uow.approvals.lock(approval.id)
    if approval.state is not ApprovalState.APPROVED:
        return ExecutionOutcome(approval=approval.id, state=_ENDED.get(approval.state, ExecutionState.REFUSED))
    check_not_halted(uow)  # once more by the database itself when the effect is written
    return _execute_approved(uow, approval, by)


def _execute_approved(uow: UnitOfWork, approval: Approval, by: UserName) -> ExecutionOutcome:
    if not approval.of_plan:
        return _run_approved_errand(uow, approval, by)
    proposal = uow.proposals.get(approval.proposal)
    problem = _refusal(uow, approval, proposal)
    if problem is not None:
        return ExecutionOutcome(approval=approval.id, state=ExecutionState.REFUSED, differences=(problem,))
    differences = (*_stricter(uow, approval, proposal), *authority_lost(uow, approval))
    differences = (*differences, *shared_otherwise(uow, approval, proposal.plan))
    differences = (*differences, *unmet(uow, proposal.plan.preconditions))
    differences = differences or outdated(uow, proposal)
    if differences:
        return _stale(uow, approval, differences)
    outcome = _recorded(uow, approval, _perform(uow, approval, proposal), by)
    uow.cases.move(approval.case, to=CaseState.EXECUTING)
    return outcome


def _run_approved_errand(uow: UnitOfWork, approval: Approval, by: UserName) -> ExecutionOutcome:
    """The same for a letter to a supplier or a mandate, whose case goes on meanwhile."""
    problem = _too_few(uow, approval) or errand_tampered(uow, approval)
    if problem is not None:
        return ExecutionOutcome(approval=approval.id, state=ExecutionState.REFUSED, differences=(problem,))
    differences = (*authority_lost(uow, approval), *errand_outdated(uow, approval))
    if differences:
        return _stale(uow, approval, differences)
    return _recorded(uow, approval, run_errand(uow, approval), by)


def _recorded(uow: UnitOfWork, approval: Approval, result: tuple[str, ...], by: UserName) -> ExecutionOutcome:
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
    return ExecutionOutcome(approval=approval.id, state=ExecutionState.EXECUTED, result=result)


def _refusal(uow: UnitOfWork, approval: Approval, proposal: Proposal) -> str | None:
    """Why an approved row may still not be executed: the last defence against a row changed behind our back."""
    problem = _too_few(uow, approval)
    if problem is not None:
        return problem
    hashes = {approval.plan_hash, proposal.plan_hash, plan_hash(proposal.plan)}
    hashes |= {decision.plan_hash for decision in approval.decisions}
    if len(hashes) != 1:
        return "the plan stored is not the plan that was approved"
    money = rounded(committed_money(proposal.plan))
    if money > approval.money:
        return f"the plan commits {money:,.2f}, approved were {approval.money:,.2f}"
    return None


def _too_few(uow: UnitOfWork, approval: Approval) -> str | None:
    """Why too few people, or the wrong ones, said yes."""
    needed = max(approval.approvals_needed, 2 if approval.tier >= TWO_PEOPLE_TIER else 1)
    if approval.ruled and approval.tier > HIGHEST_ACTING_TIER:
        return f"no rule may decide on a plan of T{approval.tier}"
    if not approval.ruled and len(approval.approvers) < needed:
        return f"{len(approval.approvers)} of {needed} approvals are there"
    for name in sorted(approval.approvers):
        user = uow.users.get(name)
        if not user.is_person or name in {approval.proposed_by, approval.edited_by}:
            return f"{name!r} may not approve this plan"
    return None


def _stricter(uow: UnitOfWork, approval: Approval, proposal: Proposal) -> tuple[str, ...]:
    """What the policy in force asks for more than the one the plan was approved under."""
    policy = policy_of(uow)
    found = policy.gate(proposal.plan)
    if found.verdict is Verdict.DENY:
        return (f"policy {policy.version} no longer lets it be done: {found.rule}",)
    if not approval.ruled and found.approvals_needed > len(approval.approvers):
        return (f"policy {policy.version} asks for {found.approvals_needed} people: {found.rule}",)
    return ()


def _stale(uow: UnitOfWork, approval: Approval, differences: tuple[str, ...]) -> ExecutionOutcome:
    by_rule = approval.state is ApprovalState.PENDING and approval.by_rule
    if approval.state is not ApprovalState.APPROVED and not by_rule:
        return _execute(uow, approval, uow.actor)
    _close(uow, approval, ApprovalState.STALE)
    uow.audit.note(
        scope=f"case:{approval.case}", event="stale", subject=approval.id, facts={"differences": list(differences)}
    )
    return ExecutionOutcome(approval=approval.id, state=ExecutionState.STALE, differences=differences)


def _close(uow: UnitOfWork, approval: Approval, state: ApprovalState) -> ExecutionOutcome:
    uow.approvals.move(approval.id, old=approval.state, new=state)
    if not approval.of_plan:
        errand_lapsed(uow, approval, why=f"its approval is {state.value}")
    else:
        uow.cases.move(approval.case, to=CaseState.OPEN)
    return ExecutionOutcome(approval=approval.id, state=_ENDED[state])


def _perform(uow: UnitOfWork, approval: Approval, proposal: Proposal) -> tuple[str, ...]:
    deed = Deed(uow=uow, approval=approval, proposal=proposal)
    done = [doing_of(action).do(deed, action) for action in sorted(proposal.plan.actions, key=_lock_order)]
    for notice in notices(uow, approval, proposal.plan):
        uow.outbox.add(notice)
    return tuple(done)


def _lock_order(action: Action) -> tuple[str, ...]:
    return action.turn
