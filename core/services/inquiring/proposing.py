"""Putting a letter before people: one person, for exactly the text that goes out. Nothing here decides or sends."""

from dataclasses import dataclass, replace
from decimal import Decimal

from core.domain.approval import Approval, ApprovalState, gate
from core.domain.checking_values import checked
from core.domain.errors import ConflictError, NotAuthorisedError
from core.domain.ids import ApprovalId, InquiryId, ProposalId, UserName
from core.domain.inquiries import LETTER_TIER, Inquiry, InquiryState, LetterProposal, letter_hash, letter_text
from core.domain.users import Role, User
from core.ports.storage import UnitOfWork
from core.services.inquiring.secrecy import check_keeps_secrets
from core.services.policies import policy_of

APPROVERS = (Role.BUYER, Role.PLANNER, Role.OPERATIONS_MANAGER)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeLetter:
    """Put the letter of this inquiry before people, as it is; `proposed_by` asked for it."""

    inquiry: InquiryId
    proposed_by: UserName


def propose_letter(uow: UnitOfWork, command: ProposeLetter) -> Approval:
    """The approval the letter now waits for. Proposing the same version again gives the same approval.

    A letter in the template's or the model's words is the desk's proposal, whoever asked for it (ADR 0023); one a
    person edited is that person's. NotAuthorisedError for a person who only looks or is no longer active.
    """
    check_may_propose(uow.users.get(checked(command).proposed_by))
    inquiry = uow.inquiries.lock(command.inquiry)
    approval_id = ApprovalId(f"AP-{inquiry.id}-{inquiry.version}")
    known = next((one for one in uow.approvals.of_inquiry(inquiry.id) if one.id == approval_id), None)
    if known is not None and known.state is not ApprovalState.SUPERSEDED:
        return known
    if inquiry.state is not InquiryState.DRAFT:
        raise ConflictError(f"{inquiry.id} is {inquiry.state}; only a draft is put before people", inquiry=inquiry.id)
    check_keeps_secrets(uow, inquiry)
    proposal = _proposal(uow, inquiry)
    approval = _approval(uow, approval_id, proposal)
    uow.proposals.add_letter(proposal)
    uow.approvals.add(approval)
    uow.inquiries.save(replace(inquiry, state=InquiryState.WAITING))
    return approval


def check_may_propose(user: User) -> None:
    """NotAuthorisedError for a person who only looks or is no longer active; agents may propose."""
    if user.is_person and (not user.active or user.role is Role.VIEWER):
        raise NotAuthorisedError(f"{user.name!r} ({user.role.value}) may not propose; active people who act may")


def _proposal(uow: UnitOfWork, inquiry: Inquiry) -> LetterProposal:
    return LetterProposal(
        id=ProposalId(f"PR-{inquiry.id}-{inquiry.version}"),
        case=inquiry.case,
        inquiry=inquiry.id,
        text=letter_text(inquiry.letter),
        letter_hash=letter_hash(inquiry.letter),
        tier=LETTER_TIER,
        proposed_by=inquiry.proposed_by,
        created_at=uow.now,
    )


def _approval(uow: UnitOfWork, approval: ApprovalId, proposal: LetterProposal) -> Approval:
    policy = policy_of(uow)
    verdict = gate(tier=proposal.tier, money=Decimal(0), policy=policy.approval, roles=APPROVERS)
    return Approval(
        id=approval,
        proposal=proposal.id,
        case=proposal.case,
        plan_hash=proposal.letter_hash,
        tier=proposal.tier,
        money=Decimal(0),
        approvals_needed=max(1, verdict.approvals_needed),
        roles=verdict.roles,
        rule=verdict.rule,
        policy_version=policy.version,
        proposed_by=proposal.proposed_by,
        state=ApprovalState.PENDING,
        created_at=uow.now,
        expires_at=uow.now + policy.lifetime,
        inquiry=proposal.inquiry,
    )
