"""Editing: a person puts another plan forward, an edited one or another of the options; what waited is superseded."""

from dataclasses import dataclass, fields

from core.domain.approval import LONGEST_COMMENT, Approval, ApprovalState
from core.domain.cases import CaseState
from core.domain.checking_values import checked
from core.domain.crafting import Changes
from core.domain.errors import (
    AlreadyDecidedError,
    ConflictError,
    HashMismatchError,
    InvalidValueError,
    NotAuthorisedError,
    ProposalExpiredError,
)
from core.domain.ids import ApprovalId, CaseId, OptionId
from core.domain.options import Option
from core.domain.plan_text import plain
from core.domain.proposals import Advice, AdviceSource
from core.domain.users import AGENT_NAME, Role, User
from core.ports.storage import UnitOfWork
from core.services.crafting import CraftCommand, craft_option
from core.services.proposing import ProposeCommand, propose


@dataclass(frozen=True, slots=True, kw_only=True)
class PutForward:
    """Put a plan of this case before people: `changes` make a new one, `option` names one that is there; one of them.

    Where a plan waits for a decision, `instead_of` is its approval and `plan_hash` the hash of what the person saw.
    """

    case: CaseId
    changes: Changes | None = None
    option: OptionId | None = None
    instead_of: ApprovalId | None = None
    plan_hash: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarded:
    """The option that waited or that was edited (None: neither), the one that waits now, and its approval."""

    before: Option | None
    after: Option
    approval: Approval


def put_forward(uow: UnitOfWork, command: PutForward, user: User) -> Forwarded:
    """The new approval, in the same transaction in which the one before is superseded; after any error nothing has
    changed and what waited waits on.

    An edited plan is proposed by the person, who may not approve it then; an option of the planner as it is stays a
    proposal of the desk, whoever picked it (ADR 0023). NotFeasibleError with each reason for an edit that cannot be.
    """
    if (checked(command).changes is None) is (command.option is None):
        raise InvalidValueError("give changes or an option, one of them")
    if len(command.reason) > LONGEST_COMMENT:
        raise InvalidValueError(f"a reason is at most {LONGEST_COMMENT} characters", field="reason")
    _may_propose(user)
    before = _withdrawn(uow, command, user)
    if command.changes is not None:
        after = craft_option(uow, CraftCommand(case=command.case, changes=command.changes))
        before = before or (uow.cases.option(after.basis) if after.basis else None)
    else:
        assert command.option is not None, "one of the two is given"
        after = uow.cases.option(command.option)
    if before is not None and command.instead_of is not None and _meant(before) == _meant(after):
        raise ConflictError(f"that is what {command.instead_of} proposes already; nothing was changed")
    by = user.name if after.crafted_by is not None else AGENT_NAME
    advice = _advice(after, before, user, reason=command.reason)
    approval = propose(uow, ProposeCommand(case=command.case, option=after.id, advice=advice, proposed_by=by))
    _note(uow, command, user, after, approval)
    return Forwarded(before=before, after=after, approval=approval)


def _may_propose(user: User) -> None:
    if not user.is_person or not user.active or user.role is Role.VIEWER:
        raise NotAuthorisedError(f"{user.name!r} ({user.role.value}) may not propose; active people who act may")


def _withdrawn(uow: UnitOfWork, command: PutForward, user: User) -> Option | None:
    """The option that waited, its approval superseded; None where nothing waits."""
    waiting = [one for one in uow.approvals.of_case(command.case) if one.state is ApprovalState.PENDING]
    if command.instead_of is None:
        if waiting:
            raise ConflictError(
                f"{waiting[0].id} of case {command.case} waits for a decision; say that yours is instead of it",
                approval=waiting[0].id,
            )
        return None
    approval = uow.approvals.lock(command.instead_of)
    _check(uow, approval, command, user)
    uow.approvals.move(approval.id, old=ApprovalState.PENDING, new=ApprovalState.SUPERSEDED)
    uow.cases.move(approval.case, to=CaseState.OPEN)
    return uow.cases.option(uow.proposals.get(approval.proposal).option)


def _check(uow: UnitOfWork, approval: Approval, command: PutForward, user: User) -> None:
    """Who may decide on what waits may put another plan in its place, and so may who proposed it."""
    if approval.case != command.case:
        raise ConflictError(f"{approval.id} is of case {approval.case}, not of {command.case}")
    if approval.state is not ApprovalState.PENDING:
        raise AlreadyDecidedError(
            f"{approval.id} is {approval.state}; what waits can be edited, nothing else",
            approval=approval.id,
            state=approval.state.value,
        )
    if command.plan_hash != approval.plan_hash:
        raise HashMismatchError(
            f"the plan shown had hash {command.plan_hash[:12]!r}, {approval.id} is for {approval.plan_hash[:12]!r};"
            " look at it again",
            approval=approval.id,
        )
    if uow.now > approval.expires_at:
        raise ProposalExpiredError(
            f"{approval.id} expired at {approval.expires_at:%Y-%m-%d %H:%M} UTC; plan the case again",
            approval=approval.id,
        )
    if user.role not in approval.roles and user.name != approval.proposed_by:
        roles = " or ".join(role.value for role in approval.roles)
        raise NotAuthorisedError(
            f"role {user.role.value!r} may not put another plan in the place of {approval.id}; {roles} may",
            approval=approval.id,
        )


def _meant(option: Option) -> list[tuple[object, ...]]:
    """What a plan does, without the numbers its new orders and questions would get."""
    names = {"reference", "subject"}
    return [
        (action.kind, *(getattr(action, one.name) for one in fields(action) if one.name not in names))
        for action in option.actions
    ]


def _advice(after: Option, before: Option | None, user: User, *, reason: str) -> Advice:
    """What was changed, in figures of the core; the person's own words stand in the note."""
    picked = "edited" if after.crafted_by is not None else "picked"
    sentences = [f"{user.name} {picked} this plan: {after.title}."]
    if before is not None:
        sentences.append(
            f"Before it was: {before.title}. The cost goes from {_money(before, 'total_cost')} to"
            f" {_money(after, 'total_cost')}, the exposure that is left from {_money(before, 'exposure_after')} to"
            f" {_money(after, 'exposure_after')}."
        )
    return Advice(
        source=AdviceSource.RULES,
        option=after.id,
        text=" ".join(sentences),
        note=f"Reason given: {reason.strip()}" if reason.strip() else "",
    )


def _money(option: Option, figure: str) -> str:
    return f"{getattr(option, figure):,.2f} {option.plan.currency}"


def _note(uow: UnitOfWork, command: PutForward, user: User, after: Option, approval: Approval) -> None:
    """For the record, and for whoever learns from what people change."""
    facts: dict[str, object] = {
        "by": user.name,
        "instead_of": command.instead_of or "",
        "option": after.id,
        "basis": after.basis or "",
        "crafted": after.crafted_by is not None,
        "cost": plain(after.total_cost),
        "reason": command.reason,
    }
    uow.audit.note(scope=f"case:{command.case}", event="plan_put_forward", subject=approval.id, facts=facts)
