"""Proposing: an option becomes a proposal with a pending approval. Nothing here decides or executes."""

from dataclasses import dataclass

from core.domain.approval import Approval, ApprovalState, Gate, Verdict
from core.domain.cases import Case, CaseState
from core.domain.checking_values import checked
from core.domain.errors import ConflictError, NotAuthorisedError, NotFoundError
from core.domain.ids import ApprovalId, CaseId, OptionId, ProposalId, UserName
from core.domain.money import rounded
from core.domain.options import Option
from core.domain.plan_text import canonical, plan_hash
from core.domain.plans import committed_money
from core.domain.policies import Policy
from core.domain.proposals import Advice, Proposal
from core.domain.tiers import approvers_of
from core.domain.users import AGENT_NAME
from core.ports.storage import UnitOfWork
from core.services.policies import judged, policy_of
from core.services.rechecking import AS_OF
from core.services.rule_values import RuleValues

_WAITING = frozenset({ApprovalState.PENDING, ApprovalState.APPROVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeCommand:
    """Put this option of this case before people. `proposed_by` is the agent or the person who asked."""

    case: CaseId
    option: OptionId
    advice: Advice
    proposed_by: UserName


def propose(uow: UnitOfWork, command: ProposeCommand) -> Approval:
    """The approval the option now waits for. Proposing the same option again gives the same approval."""
    option = uow.cases.option(checked(command).option)
    if not uow.users.known(command.proposed_by):
        raise NotFoundError(f"there is no user {command.proposed_by!r}", what="user")
    case = uow.cases.get(command.case)
    approval_id = ApprovalId(option.id.replace("CASE-", "AP-", 1))
    known = _known(uow, case, approval_id)
    if known is not None:
        return known
    uow.cases.move(case.id, to=CaseState.PROPOSED)  # holds the case: from here on nobody else proposes for it
    known = _known(uow, case, approval_id)
    if known is not None:
        return known
    _check_current(uow.cases.get(case.id), option)
    last = uow.cases.last_scan()
    assert last is not None, "an option was planned, so a scan was recorded"
    policy = policy_of(uow)
    proposal = _proposal(uow, command, option, rules=last[1], policy=policy)
    approval = _approval(uow, proposal, option, policy)
    uow.proposals.add(proposal)
    uow.approvals.add(approval)
    return approval


def _approval(uow: UnitOfWork, proposal: Proposal, option: Option, policy: Policy) -> Approval:
    verdict = gate_of(uow, option, policy)
    if verdict.verdict is Verdict.OBSERVE and proposal.proposed_by == AGENT_NAME:
        raise NotAuthorisedError(f"option {option.id} may not be proposed by the desk: {verdict.rule}")
    return Approval(
        id=ApprovalId(option.id.replace("CASE-", "AP-", 1)),
        proposal=proposal.id,
        case=proposal.case,
        plan_hash=proposal.plan_hash,
        tier=proposal.tier,
        money=proposal.money,
        approvals_needed=max(1, verdict.approvals_needed),
        roles=verdict.roles or approvers_of(option.actions),
        rule=verdict.rule,
        policy_version=policy.version,
        proposed_by=proposal.proposed_by,
        state=ApprovalState.PENDING,
        created_at=uow.now,
        expires_at=uow.now + policy.lifetime,
        edited_by=option.crafted_by,
        by_rule=verdict.by_rule,
    )


def gate_of(uow: UnitOfWork, option: Option, policy: Policy) -> Gate:
    """What a policy says to an option; NotAuthorisedError for what may never be proposed."""
    verdict = judged(uow, option, policy)
    if verdict.verdict is Verdict.DENY:
        raise NotAuthorisedError(f"option {option.id} may not be proposed: {verdict.rule}")
    return verdict


def _known(uow: UnitOfWork, case: Case, wanted: ApprovalId) -> Approval | None:
    """The approval wanted, when it is there; ConflictError while another one of the case waits."""
    for known in uow.approvals.of_case(case.id):
        if known.id == wanted:
            return known
        if known.state in _WAITING:
            raise ConflictError(f"case {case.id} already has {known.id} waiting for a decision", approval=known.id)
    return None


def _check_current(case: Case, option: Option) -> None:
    if option.case != case.id:
        raise ConflictError(f"option {option.id} is of case {option.case}, not of {case.id}")
    if option.id != f"{case.id}-{case.planning_round}{option.letter}":
        raise ConflictError(
            f"option {option.id} is of an earlier planning round; {case.id} is in {case.planning_round}"
        )


def _proposal(
    uow: UnitOfWork, command: ProposeCommand, option: Option, *, rules: RuleValues, policy: Policy
) -> Proposal:
    return Proposal(
        id=ProposalId(option.id.replace("CASE-", "PR-", 1)),
        case=command.case,
        option=option.id,
        plan=option.plan,
        plan_text=canonical(option.plan),
        plan_hash=plan_hash(option.plan),
        tier=policy.tier_of(option.plan),
        money=rounded(committed_money(option.plan)),
        advice=command.advice,
        rules={**rules, AS_OF: uow.company.settings().as_of.isoformat()},
        forecast=option.forecast,
        proposed_by=command.proposed_by,
        created_at=uow.now,
    )
