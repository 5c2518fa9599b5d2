"""The yes of the policy itself: in the transaction that executes, under a lock on the sums of the day, T2 at most."""

from core.domain.approval import Approval, ApprovalState
from core.domain.autonomy import HIGHEST_ACTING_TIER
from core.domain.cases import CaseState
from core.domain.options import Option
from core.domain.policies import Policy
from core.ports.storage import UnitOfWork
from core.services.business_day import business_day
from core.services.policies import customers_of, judged, policy_of


def decide_by_rule(uow: UnitOfWork, approval: Approval) -> str | None:
    """Approve a plan by the rules of the policy in force, None when that was done; else why it is for people.

    Looked at anew, whatever was said when it was proposed: the level may have changed since, and the sums of the day
    are those of this transaction, held until it ends, so that many small plans cannot pass for one large one.
    """
    option, policy = uow.cases.option(uow.proposals.get(approval.proposal).option), policy_of(uow)
    found = judged(uow, option, policy)
    if not found.by_rule or approval.tier > HIGHEST_ACTING_TIER:
        return f"the policy does not act on it by itself: {found.rule}"
    day, scopes = business_day(uow), scopes_of(option)
    uow.rulings.lock_sums()
    passed = [said for scope in scopes if (said := _passed(uow, policy, approval, scope)) is not None]
    if passed:
        return "; ".join(passed)
    uow.rulings.record(approval, rule=found.by_rule, version=policy.version, day=day, scopes=scopes)
    uow.approvals.move(approval.id, old=ApprovalState.PENDING, new=ApprovalState.APPROVED)
    uow.cases.move(approval.case, to=CaseState.APPROVED)
    return None


def scopes_of(option: Option) -> tuple[str, ...]:
    """The customers and suppliers whose sums of the day a plan counts for; the company itself where it has none."""
    customers = {f"customer {code}" for code in customers_of(option)}
    named = (getattr(action, word, None) for action in option.actions for word in ("supplier", "from_supplier"))
    suppliers = {f"supplier {code}" for code in named if code}
    return tuple(sorted(customers | suppliers)) or ("company",)


def _passed(uow: UnitOfWork, policy: Policy, approval: Approval, scope: str) -> str | None:
    money, count = uow.rulings.sums(scope, business_day(uow))
    if count + 1 > policy.daily_count:
        return f"rules acted {count} times today for {scope}, {policy.daily_count} is the most"
    if money + approval.money > policy.daily_money:
        return f"rules committed {money:,.2f} today for {scope}, {policy.daily_money:,.2f} is the most"
    return None
