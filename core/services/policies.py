"""The policy in force, and what it says to an option."""

from collections.abc import Sequence
from dataclasses import replace

from core.domain.approval import Gate, Verdict
from core.domain.autonomy import NOBODY_AFFECTED, Reach, reach_of
from core.domain.ids import CustomerCode, OptionId
from core.domain.options import Option
from core.domain.policies import Policy, demoted
from core.ports.storage import UnitOfWork


def policy_of(uow: UnitOfWork) -> Policy:
    """The policy in force, rules that were demoted at `propose`."""
    version = uow.policies.current()
    return demoted(version.policy, [one.rule for one in uow.policies.demotions(version.number)])


def judged(uow: UnitOfWork, option: Option, policy: Policy | None = None) -> Gate:
    """What the policy in force, or another, says to an option."""
    policy = policy or policy_of(uow)
    return policy.judge(option.plan, reach(uow, option))


def looked_at(uow: UnitOfWork, option_id: OptionId) -> Gate:
    """What the policy says to an option; where it only observes, what would have been proposed is noted on the case."""
    option = uow.cases.option(option_id)
    found = judged(uow, option)
    if found.verdict is Verdict.OBSERVE:
        scope = f"case:{option.case}"
        noted = {subject for _, _, event, subject, _ in uow.audit.trail(scope) if event == "observed"}
        if option.id not in noted:
            facts = {"rule": found.rule, "title": option.title, "money": str(reach(uow, option).money)}
            uow.audit.note(scope=scope, event="observed", subject=option.id, facts=facts)
    return found


def reach(uow: UnitOfWork, option: Option) -> Reach:
    """How far an option reaches, its customers looked up."""
    tiers = [uow.company.customer(code).tier for code in customers_of(option)]
    kind = uow.cases.get(option.case).detected.type
    return reach_of(option, kind=kind, customer_tier=min(tiers, default=NOBODY_AFFECTED))


def customers_of(option: Option) -> tuple[CustomerCode, ...]:
    """The customers whose lines an option changes, for better or worse."""
    return tuple(sorted({*option.customers_affected, *(change.customer for change in option.changes)}))


def weighed(uow: UnitOfWork, options: Sequence[Option]) -> tuple[Option, ...]:
    """The options with the tiers of the policy in force, heavier for suppliers people are reluctant to buy from: the
    weight counts in the comparison, never as a cost."""
    policy = policy_of(uow)
    return tuple(
        replace(one, tier=policy.tier_of(one.plan), objective=one.objective + policy.weight_of(one.actions))
        for one in options
    )
