"""Learning as proposals: what people decided is counted and becomes suggestions; people take them up, nobody else."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.domain.approval import Approval, ApprovalState
from core.domain.autonomy import NOBODY_AFFECTED, reach_of
from core.domain.checking_values import checked
from core.domain.errors import ConflictError, InvalidValueError, NotAuthorisedError
from core.domain.ids import ApprovalId
from core.domain.learning import Experience, Suggestion, SuggestionState, suggestions
from core.domain.master_data import MasterDataKind, MasterDataRequest
from core.domain.plans import Action, resolution_of
from core.domain.policies import Policy
from core.domain.policy_edits import with_reluctance, with_rule
from core.domain.tasks import Task
from core.domain.users import Role
from core.ports.storage import UnitOfWork
from core.services.agreeing import check_may_change
from core.services.policies import policy_of
from core.services.policy_changing import ask_for, demote

LOOKED_BACK = timedelta(days=90)
LONGEST_COMPLAINT = 500
_SAID = frozenset({ApprovalState.EXECUTED, ApprovalState.UNDONE, ApprovalState.REJECTED, ApprovalState.SUPERSEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleSuggestion:
    """Take a suggestion up, which asks for another policy, or dismiss it."""

    code: str
    accept: bool
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Complain:
    """What was done under an approval did harm, though it came out as predicted."""

    approval: ApprovalId
    why: str


def learn(uow: UnitOfWork) -> tuple[Suggestion, ...]:
    """Keep what the decisions of the last ninety days suggest, and give what is new. Done again it finds nothing more;
    one that was dismissed comes back only with more experience behind it."""
    found = suggestions(policy_of(uow), experience(uow), now=uow.now)
    new = tuple(one for one in found if uow.suggestions.add(one))
    for one in new:
        said = f"{one.because}: `expediter policy suggestions` shows it; nothing changes unless people take it up"
        uow.tasks.open(Task(subject=f"suggestion {one.code}", text=said, role=Role.OPERATIONS_MANAGER))
    return new


def experience(uow: UnitOfWork) -> tuple[Experience, ...]:
    """What became of the proposals people decided on."""
    return experience_between(uow, uow.now - LOOKED_BACK, None)


def experience_between(uow: UnitOfWork, since: datetime, until: datetime | None) -> tuple[Experience, ...]:
    """The same for proposals made since a moment and before another."""
    asked = (one for one in uow.policies.judged_since(since) if until is None or one.created_at < until)
    found = (_experience(uow, approval) for approval in asked if _of_the_desk(approval))
    return tuple(one for one in found if one.edited or one.state is not ApprovalState.SUPERSEDED)


def open_suggestions(uow: UnitOfWork) -> tuple[Suggestion, ...]:
    """Those nobody has settled, by code."""
    return uow.suggestions.listed(SuggestionState.OPEN)


def settle_suggestion(uow: UnitOfWork, command: SettleSuggestion) -> MasterDataRequest | None:
    """The word of somebody who may change the policy. Taken up it is a request another person has to agree to: what
    experience suggests never applies itself. None when it was dismissed."""
    check_may_change(uow.users.get(uow.actor), MasterDataKind.POLICY)
    found = uow.suggestions.get(checked(command).code)
    to = SuggestionState.ACCEPTED if command.accept else SuggestionState.DISMISSED
    uow.suggestions.settle(found.code, to=to, comment=" ".join(command.comment.split()))
    uow.tasks.withdraw(f"suggestion {found.code}")
    if not command.accept:
        return None
    reason = f"suggested ({found.code}): {found.because}"
    return ask_for(uow, _with(policy_of(uow), found), reason=reason[:500])


def complain(uow: UnitOfWork, command: Complain) -> tuple[str, ...]:
    """Keep a complaint about what was done, and take down the rules that act on it; the keys of those taken down.
    InvalidValueError without a reason, ConflictError for what was not done, NotAuthorisedError for a program."""
    user, why = uow.users.get(uow.actor), " ".join(checked(command).why.split())
    if not user.is_person or not user.active:
        raise NotAuthorisedError(f"{user.name!r} is no active person; people complain", user=user.name)
    if not why or len(why) > LONGEST_COMPLAINT:
        raise InvalidValueError(f"a complaint needs a reason of 1 to {LONGEST_COMPLAINT} characters", field="why")
    if uow.effects.get(command.approval) is None:
        raise ConflictError(f"{command.approval} was not executed; there is nothing to complain of")
    uow.suggestions.complain(command.approval, why)
    return demote(uow, command.approval, why=f"complaint of {user.name}: {why}")


def _with(policy: Policy, found: Suggestion) -> Policy:
    if found.rule is not None:
        return replace(policy, autonomy=with_rule(policy.autonomy, found.rule))
    assert found.reluctance is not None, "a suggestion is of a rule or of a supplier"
    return replace(policy, reluctance=with_reluctance(policy, found.reluctance))


def _of_the_desk(approval: Approval) -> bool:
    """Whether people spoke on a plan that no person had made."""
    return approval.state in _SAID and approval.edited_by is None


def _experience(uow: UnitOfWork, approval: Approval) -> Experience:
    option = uow.cases.option(uow.proposals.get(approval.proposal).option)
    kind = uow.cases.get(approval.case).detected.type
    effect = uow.effects.get(approval.id)
    verification = effect.verification if effect else None
    complained = effect is not None and uow.suggestions.complained(approval.id)
    undone = approval.state is ApprovalState.UNDONE
    return Experience(
        approval=approval.id,
        type=kind,
        resolutions=tuple(sorted({resolution_of(action) for action in option.actions})),
        suppliers=tuple(sorted({name for action in option.actions for name in suppliers_of(action)})),
        money=approval.money,
        days=reach_of(option, kind=kind, customer_tier=NOBODY_AFFECTED).days,
        tier=approval.tier,
        state=approval.state,
        verified=verification is not None and verification.verified,
        edited=approval.state is ApprovalState.SUPERSEDED and _edited(uow, approval),
        bad=complained or undone or (verification is not None and not verification.verified),
        reason_codes=tuple(decision.reason_code for decision in approval.decisions if decision.reason_code),
        at=approval.created_at,
    )


def _edited(uow: UnitOfWork, approval: Approval) -> bool:
    """Whether somebody put another plan in its place; a case that closed by itself supersedes, too."""
    trail = uow.audit.trail(f"case:{approval.case}")
    put = (json.loads(facts) for _, _, event, _, facts in trail if event == "plan_put_forward")
    return any(facts.get("instead_of") == approval.id for facts in put)


def suppliers_of(action: Action) -> tuple[str, ...]:
    """The supplier an action is about."""
    name = getattr(action, "supplier", None)
    return (str(name),) if name else ()
