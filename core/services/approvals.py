"""Deciding: a person says yes or no to exactly the plan that was displayed. Imported by the surfaces only."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.approval import LONGEST_COMMENT, Approval, ApprovalState, DecisionKind, DecisionRecord
from core.domain.cases import CaseState
from core.domain.checking_values import checked
from core.domain.errors import (
    AlreadyDecidedError,
    HashMismatchError,
    InvalidValueError,
    ProposalExpiredError,
)
from core.domain.ids import ApprovalId
from core.domain.learning import ReasonCode
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services.deferring import advance_soon, send_soon
from core.services.delegating import authority_of
from core.services.errands import errand_decided
from core.services.expiring import settle_escalation


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideCommand:
    """One person's word. `plan_hash` is the hash of the plan that the person saw; `reason_code` says in a word that can
    be counted why somebody rejects."""

    approval: ApprovalId
    plan_hash: str
    kind: DecisionKind
    comment: str
    channel: str
    reason_code: ReasonCode | None = None


def decide(uow: UnitOfWork, command: DecideCommand, user: User) -> Approval:
    """Record the person's decision; the approval is approved when enough people said yes, rejected on the first no.

    Raises AlreadyDecidedError, HashMismatchError, ProposalExpiredError or NotAuthorisedError, in this order of checks;
    after any of them nothing has changed.
    """
    approval = uow.approvals.lock(checked(command).approval)
    _check(approval, command)
    authority = authority_of(uow, user, approval)
    if uow.now > approval.expires_at:
        raise ProposalExpiredError(
            f"{approval.id} expired at {approval.expires_at:%Y-%m-%d %H:%M} UTC; plan the case again",
            approval=approval.id,
        )
    decision = DecisionRecord(
        user=user.name,
        role=authority.role,
        kind=command.kind,
        plan_hash=command.plan_hash,
        comment=command.comment,
        channel=command.channel,
        decided_at=uow.now,
        reason_code=command.reason_code.value if command.reason_code else "",
        on_behalf_of=authority.on_behalf_of,
    )
    if not uow.approvals.record(approval.id, decision):
        raise AlreadyDecidedError(f"{user.name!r} has decided on {approval.id} already", approval=approval.id)
    _conclude(uow, uow.approvals.get(approval.id), command.kind)
    return uow.approvals.get(approval.id)


def decide_together(uow: UnitOfWork, commands: Sequence[DecideCommand], user: User) -> tuple[Approval, ...]:
    """One person's word on several proposals at once, each on its own hash: all of it is recorded or nothing.

    They are taken in the order of their ids, so that two people who decide at once do not wait for each other.
    """
    return tuple(decide(uow, one, user) for one in sorted(commands, key=lambda one: one.approval))


def pending(uow: UnitOfWork) -> tuple[Approval, ...]:
    """The approvals that wait for people, oldest first, expired ones left out."""
    waiting = uow.approvals.listed(ApprovalState.PENDING)
    return tuple(approval for approval in waiting if approval.expires_at >= uow.now)


def _check(approval: Approval, command: DecideCommand) -> None:
    if approval.state is not ApprovalState.PENDING:
        who = ", ".join(f"{d.user} said {d.kind}" for d in approval.decisions) or "nobody decided"
        raise AlreadyDecidedError(
            f"{approval.id} is {approval.state} ({who}); your {command.kind} changes nothing",
            approval=approval.id,
            state=approval.state.value,
        )
    if command.plan_hash != approval.plan_hash:
        raise HashMismatchError(
            f"the plan shown had hash {command.plan_hash[:12]!r}, {approval.id} is for {approval.plan_hash[:12]!r};"
            " look at it again",
            approval=approval.id,
        )
    if len(command.comment) > LONGEST_COMMENT or (command.kind is DecisionKind.REJECT and not command.comment.strip()):
        raise InvalidValueError(
            f"a rejection needs a reason, and a comment is at most {LONGEST_COMMENT} characters", field="comment"
        )


def _conclude(uow: UnitOfWork, approval: Approval, kind: DecisionKind) -> None:
    if not approval.of_plan:
        _conclude_errand(uow, approval, kind)
        return
    if kind is DecisionKind.REJECT:
        uow.approvals.move(approval.id, old=ApprovalState.PENDING, new=ApprovalState.REJECTED)
        uow.cases.move(approval.case, to=CaseState.OPEN)
    elif approval.enough:
        uow.approvals.move(approval.id, old=ApprovalState.PENDING, new=ApprovalState.APPROVED)
        uow.cases.move(approval.case, to=CaseState.APPROVED)
    if kind is DecisionKind.REJECT or approval.enough:
        settle_escalation(uow, approval.id)
    else:
        return  # the run still waits for the others
    advance_soon(uow, approval.case, begin=False)


def _conclude_errand(uow: UnitOfWork, approval: Approval, kind: DecisionKind) -> None:
    """The same for a letter to a supplier or a mandate: its case goes on meanwhile, and a job carries it out."""
    approved = kind is DecisionKind.APPROVE
    if approved and not approval.enough:
        return
    new = ApprovalState.APPROVED if approved else ApprovalState.REJECTED
    uow.approvals.move(approval.id, old=ApprovalState.PENDING, new=new)
    errand_decided(uow, approval, approved=approved)
    settle_escalation(uow, approval.id)
    if approved:
        send_soon(uow, approval.id)
