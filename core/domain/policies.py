"""The policy as data: tiers, limits, time to decide, autonomy, caps. A version is never changed, only followed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal

from core.domain.approval import ApprovalPolicy, Gate, Verdict, gate
from core.domain.autonomy import HIGHEST_ACTING_TIER, AutonomyRule, Level, Reach, standing_of
from core.domain.awarding import FREE, Bounds
from core.domain.cases import ExceptionType
from core.domain.errors import InvalidValueError
from core.domain.ids import SupplierCode, UserName
from core.domain.negotiating.bounds import USUAL_BOUNDS, NegotiationBounds, bounds_broken
from core.domain.plans import Action, Plan, Resolution, committed_money, resolution_of
from core.domain.tiers import MONEY_LIMIT, MONEY_TIER, TIER_OF, UNLISTED_TIER, approvers_of
from core.domain.users import Role

LOWEST_WRITING_TIER = 2
HIGHEST_TIER = 5
_MOST_HOURS, _MOST_MONEY, _MOST_COUNT = 24 * 14, Decimal(10) ** 9, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reluctance:
    """What an option weighs more when it buys from a supplier: so many percent of what it commits there."""

    supplier: SupplierCode
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Who must agree to what, and what runs by itself. Money is in the company's currency.

    `two_people_above` makes any plan T4. `daily_money` and `daily_count` are the most that rules may act on in a day
    for one customer or supplier. After `promote_after` acceptances without an edit within `promote_days` a promotion is
    suggested. `escalate_hours` before a proposal runs out, `escalate_to` is asked. `award` bounds how one need is
    shared out among suppliers, `negotiation` what may be offered to one.
    """

    version: str
    lifetime_hours: int = 24
    two_people_above: Decimal = MONEY_LIMIT
    tiers: Mapping[Resolution, int] = field(default_factory=lambda: dict(TIER_OF))
    autonomy: tuple[AutonomyRule, ...] = ()
    daily_money: Decimal = Decimal(0)
    daily_count: int = 0
    promote_after: int = 20
    promote_days: int = 30
    escalate_hours: int = 4
    escalate_to: Role = Role.OPERATIONS_MANAGER
    reluctance: tuple[Reluctance, ...] = ()
    award: Bounds = FREE
    negotiation: NegotiationBounds = USUAL_BOUNDS

    @property
    def lifetime(self) -> timedelta:
        """How long a proposal waits for people."""
        return timedelta(hours=self.lifetime_hours)

    @property
    def approval(self) -> ApprovalPolicy:
        """The part of it that the gate by tier and money reads."""
        return ApprovalPolicy(version=self.version, lifetime=self.lifetime, two_people_above=self.two_people_above)

    def tier_of(self, plan: Plan) -> int:
        """The highest tier among the plan's actions, one that is not listed being T4; more money than one person may
        commit is T4, too."""
        tier = max((self.tiers.get(resolution_of(action), UNLISTED_TIER) for action in plan.actions), default=0)
        return max(tier, MONEY_TIER) if committed_money(plan) > self.two_people_above else tier

    def judge(self, plan: Plan, reach: Reach) -> Gate:
        """What the policy says to a plan: the gate by tier and money, then the autonomy table. T3 and above is for
        people whatever the table says."""
        found = self.gate(plan)
        if found.verdict is Verdict.DENY:
            return found
        standing = standing_of(self.autonomy, plan.actions, reach)
        names = ", ".join(rule.key for rule in standing.rules)
        if standing.level is Level.OBSERVE:
            return replace(found, verdict=Verdict.OBSERVE, rule=f"observed only ({names}): {found.rule}")
        if standing.level is Level.ACT and self.tier_of(plan) <= HIGHEST_ACTING_TIER:
            return replace(found, by_rule=names, approvals_needed=max(1, found.approvals_needed))
        return found

    def acting_on(self, actions: Sequence[Action], kind: ExceptionType) -> tuple[AutonomyRule, ...]:
        """The rows that act on any of the actions in cases of this type, whatever their limits."""
        codes = {resolution_of(action) for action in actions}
        rows = (rule for rule in self.autonomy if rule.level is Level.ACT and rule.resolution in codes)
        return tuple(rule for rule in rows if rule.type in {None, kind})

    def gate(self, plan: Plan) -> Gate:
        """The gate by tier and money alone."""
        roles = approvers_of(plan.actions)
        return gate(tier=self.tier_of(plan), money=committed_money(plan), policy=self.approval, roles=roles)

    def weight_of(self, actions: Sequence[Action]) -> Decimal:
        """What the actions weigh more for the suppliers they commit money to."""
        percents = {one.supplier: one.percent for one in self.reluctance}
        share = (
            action.commits * percents.get(SupplierCode(str(getattr(action, "supplier", ""))), 0) / 100
            for action in actions
        )
        return sum(share, Decimal(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyVersion:
    """A version as it is kept: who asked for it and why, who agreed, from when it holds."""

    number: int
    policy: Policy
    reason: str
    author: UserName
    agreed_by: UserName
    effective_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Demotion:
    """A rule that acts no longer, at once, because of a bad outcome; it holds until a later version says otherwise."""

    rule: str
    number: int
    why: str
    at: datetime


FIRST_POLICY = Policy(version="2026-1")


def demoted(policy: Policy, rules: Sequence[str]) -> Policy:
    """The policy with these rows at `propose` where they said `act`."""
    down = frozenset(rules)
    rows = tuple(
        replace(rule, level=Level.PROPOSE) if rule.level is Level.ACT and rule.key in down else rule
        for rule in policy.autonomy
    )
    return replace(policy, autonomy=rows)


def checked_policy(policy: Policy) -> Policy:
    """The same, or InvalidValueError with everything that cannot be."""
    problems = (
        *_limits(policy),
        *_tiers(policy),
        *_rows(policy),
        *_weights(policy),
        *bounds_broken(policy.negotiation),
    )
    if problems:
        raise InvalidValueError(f"the policy cannot be: {'; '.join(problems)}", field="policy")
    return policy


def _limits(policy: Policy) -> tuple[str, ...]:
    bounds: tuple[tuple[str, Decimal | int, Decimal | int, Decimal | int], ...] = (
        ("lifetime_hours", policy.lifetime_hours, 1, _MOST_HOURS),
        ("two_people_above", policy.two_people_above, 0, _MOST_MONEY),
        ("daily_money", policy.daily_money, 0, _MOST_MONEY),
        ("daily_count", policy.daily_count, 0, _MOST_COUNT),
        ("promote_after", policy.promote_after, 1, _MOST_COUNT),
        ("promote_days", policy.promote_days, 1, 366),
        ("escalate_hours", policy.escalate_hours, 0, policy.lifetime_hours),
        ("largest_share", policy.award.largest_share, 50, 100),
        ("least_share", policy.award.least_share, 0, 50),
    )
    return tuple(
        f"{name} {value} is not between {low} and {high}"
        for name, value, low, high in bounds
        if not low <= value <= high
    )


def _tiers(policy: Policy) -> tuple[str, ...]:
    found: list[str] = []
    for code, tier in sorted(policy.tiers.items()):
        lowest = 0 if code is Resolution.WAIT else LOWEST_WRITING_TIER
        if not lowest <= tier <= HIGHEST_TIER:
            found.append(f"{code} may be T{lowest} to T{HIGHEST_TIER}, not T{tier}")
    return tuple(found)


def _rows(policy: Policy) -> tuple[str, ...]:
    keys = [rule.key for rule in policy.autonomy]
    found = [f"{key} has {keys.count(key)} rows" for key in sorted(set(keys)) if keys.count(key) > 1]
    for rule in policy.autonomy:
        tier = policy.tiers.get(rule.resolution, UNLISTED_TIER)
        if rule.level is Level.ACT and tier > HIGHEST_ACTING_TIER:
            found.append(f"{rule.key} may not act: it is T{tier}, and T3 and above always needs a person")
        if rule.level is Level.ACT and not policy.daily_count:
            found.append(f"{rule.key} may act only within a cap: daily_count is 0")
        if not (0 <= rule.most_money <= _MOST_MONEY and 0 <= rule.most_days <= 366 and rule.customer_tier_from >= 1):
            found.append(f"the limits of {rule.key} cannot be")
    return tuple(found)


def _weights(policy: Policy) -> tuple[str, ...]:
    wrong = [f"{one.supplier} weighs {one.percent} percent" for one in policy.reluctance if not 1 <= one.percent <= 100]
    return tuple(f"{said}; accepted are 1 to 100" for said in wrong)
