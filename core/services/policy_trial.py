"""A dry run: what another policy would have said to the proposals of the last month. Nothing is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from core.domain.approval import Approval, ApprovalState, Verdict
from core.domain.ids import ApprovalId, CaseId
from core.domain.options import Option
from core.domain.policies import Policy, checked_policy
from core.domain.policy_edits import edited
from core.domain.working_time import zone_of
from core.ports.storage import UnitOfWork
from core.services.policies import judged, policy_of
from core.services.ruling import scopes_of

MOST = 1000
_BY_RULE = "done by rule"
Sums = dict[tuple[date, str], tuple[Decimal, int]]
_REGRETTED = frozenset({ApprovalState.REJECTED, ApprovalState.UNDONE, ApprovalState.SUPERSEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One proposal: what the policy in force says to it, what the other would have said, and what became of it."""

    approval: ApprovalId
    case: CaseId
    title: str
    money: Decimal
    before: str
    after: str
    became: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How many proposals were looked at, those it would have changed, and how many of what rules would have done alone
    people did not want, or did not come out as predicted."""

    looked_at: int
    left_out: int
    changed: tuple[Tried, ...]
    by_rule: int
    regretted: int


@dataclass(slots=True)
class _Day:
    """What rules would have done on the days so far, for each customer and supplier."""

    policy: Policy
    sums: Sums = field(default_factory=Sums)

    def takes(self, approval: Approval, scopes: tuple[str, ...], day: date) -> bool:
        """Whether the caps let it be done, and count it then."""
        found = {scope: self.sums.get((day, scope), (Decimal(0), 0)) for scope in scopes}
        policy = self.policy
        if any(
            money + approval.money > policy.daily_money or count >= policy.daily_count
            for money, count in found.values()
        ):
            return False
        self.sums |= {(day, scope): (money + approval.money, count + 1) for scope, (money, count) in found.items()}
        return True


def try_policy(uow: UnitOfWork, changes: Mapping[str, str], *, days: int = 30) -> Trial:
    """What the policy in force with these changes would have said; InvalidValueError as when it is asked for."""
    now = policy_of(uow)
    return trial_of(uow, now, checked_policy(edited(now, changes)), days=days)


def trial_of(uow: UnitOfWork, now: Policy, other: Policy, *, days: int) -> Trial:
    """One policy against another over the proposals that were made, oldest first, the sums of each day included."""
    asked = uow.policies.judged_since(uow.now - timedelta(days=days))
    kept, before, after = asked[-MOST:], _says(uow, now), _says(uow, other)
    tried: list[Tried] = []
    for approval in kept:
        option = uow.cases.option(uow.proposals.get(approval.proposal).option)
        tried.append(
            Tried(
                approval=approval.id,
                case=approval.case,
                title=option.title,
                money=approval.money,
                before=before(approval, option),
                after=after(approval, option),
                became=_became(uow, approval),
            )
        )
    alone = [one for one in tried if one.after == _BY_RULE]
    return Trial(
        looked_at=len(kept),
        left_out=len(asked) - len(kept),
        changed=tuple(one for one in tried if one.before != one.after),
        by_rule=len(alone),
        regretted=sum(one.became.startswith("not ") for one in alone),
    )


def _says(uow: UnitOfWork, policy: Policy) -> Callable[[Approval, Option], str]:
    day, zone = _Day(policy), zone_of(uow.company.settings().time_zone)

    def word(approval: Approval, option: Option) -> str:
        found = judged(uow, option, policy)
        if found.verdict in {Verdict.DENY, Verdict.OBSERVE}:
            return "denied" if found.verdict is Verdict.DENY else "observed only"
        on = approval.created_at.astimezone(zone).date()
        if found.by_rule and day.takes(approval, scopes_of(option), on):
            return _BY_RULE
        return f"{max(1, found.approvals_needed)} to approve"

    return word


def _became(uow: UnitOfWork, approval: Approval) -> str:
    if approval.state in _REGRETTED:
        return f"not wanted: {approval.state}"
    effect = uow.effects.get(approval.id)
    if effect is not None and effect.verification is not None and not effect.verification.verified:
        return "not as predicted"
    return approval.state.value
