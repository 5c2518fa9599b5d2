"""How another policy comes about: one asks, another agrees; only a bad outcome takes a rule down without a word."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.domain.checking_values import checked
from core.domain.errors import ConflictError, InvalidValueError
from core.domain.ids import ApprovalId
from core.domain.master_data import MasterDataKind, MasterDataRequest
from core.domain.policies import Demotion, Policy, PolicyVersion, checked_policy
from core.domain.policy_edits import edited
from core.ports.storage import UnitOfWork
from core.services.agreeing import check_may_change, settle
from core.services.policies import policy_of

SUBJECT = "policy"
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForPolicy:
    """Change the policy in force; `changes` are names and values as `expediter policy set` takes them."""

    changes: Mapping[str, str]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedPolicy:
    """What another person agrees to: the whole policy, made from this version with these rules demoted."""

    base: int
    demotions: int
    policy: Policy
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeToPolicy:
    """Another person's word; `digest` is that of the request that was looked at."""

    code: str
    digest: str
    agree: bool
    comment: str = ""


def ask_for_policy(uow: UnitOfWork, command: AskForPolicy) -> MasterDataRequest:
    """Ask for another policy; it holds once another person agrees. InvalidValueError says all that cannot be,
    NotAuthorisedError who may ask, ConflictError when a change waits already."""
    changed = edited(policy_of(uow), checked(command).changes)
    return ask_for(uow, changed, reason=command.reason)


def ask_for(uow: UnitOfWork, policy: Policy, *, reason: str) -> MasterDataRequest:
    """The same with the policy as a whole."""
    check_may_change(uow.users.get(uow.actor), MasterDataKind.POLICY)
    said = " ".join(reason.split())
    if not said or len(said) > LONGEST_REASON:
        raise InvalidValueError(f"a policy needs a reason of 1 to {LONGEST_REASON} characters", field="reason")
    base = uow.policies.current()
    wanted = checked_policy(replace(policy, version=f"{uow.now.year}-{base.number + 1}"))
    if replace(wanted, version=base.policy.version) == policy_of(uow):
        raise InvalidValueError("nothing would change: the policy is so already", field="changes")
    asked = AskedPolicy(
        base=base.number, demotions=len(uow.policies.demotions(base.number)), policy=wanted, reason=said
    )
    code = f"policy {wanted.version} ({uow.policies.asked() + 1})"
    return uow.master_data.ask(code=code, kind=MasterDataKind.POLICY, subject=SUBJECT, command=asked)


def asked_policy(uow: UnitOfWork, code: str) -> AskedPolicy:
    """What exactly a request asks for."""
    return uow.master_data.asked(code, AskedPolicy)


def agree_to_policy(uow: UnitOfWork, command: AgreeToPolicy) -> PolicyVersion | None:
    """The word of another person who may; the new version, None when it was refused. ConflictError when the policy is
    another by now, a rule demoted meanwhile included: what was asked for would undo it unseen."""
    request = settle(uow, checked(command).code, digest=command.digest, agree=command.agree, comment=command.comment)
    if not command.agree:
        return None
    asked, base = asked_policy(uow, request.code), uow.policies.current()
    if (asked.base, asked.demotions) != (base.number, len(uow.policies.demotions(base.number))):
        raise ConflictError(f"the policy changed since {request.code!r} was asked for; refuse it and ask again")
    version = PolicyVersion(
        number=base.number + 1,
        policy=checked_policy(asked.policy),
        reason=asked.reason,
        author=request.asked_by,
        agreed_by=uow.actor,
        effective_at=uow.now,
    )
    uow.policies.add(version, request=request.code)
    return version


def demote(uow: UnitOfWork, approval_id: ApprovalId, *, why: str) -> tuple[str, ...]:
    """Take down, at once, every rule that acts on what this plan did in cases of its type; the keys of those that were.
    People alone lift it again, by another version of the policy."""
    option = uow.cases.option(uow.proposals.get(uow.approvals.get(approval_id).proposal).option)
    number, policy = uow.policies.current().number, policy_of(uow)
    hit = policy.acting_on(option.actions, uow.cases.get(option.case).detected.type)
    made = (Demotion(rule=rule.key, number=number, why=why, at=uow.now) for rule in hit)
    return tuple(one.rule for one in made if uow.policies.demote(one, approval=approval_id))
