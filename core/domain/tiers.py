"""Risk tiers: how much harm a way out can do, from T0 (changes nothing) to T5 (never through a proposal)."""

from collections.abc import Mapping
from decimal import Decimal

from core.domain.plans import Plan, Resolution, committed_money, resolution_of

MONEY_LIMIT = Decimal(10_000)
UNLISTED_TIER = 4
MONEY_TIER = 4
TIER_OF: Mapping[Resolution, int] = {
    Resolution.WAIT: 0,
    Resolution.TRANSFER: 3,
    Resolution.EXPEDITE: 3,
    Resolution.BUY: 3,
    Resolution.RE_PROMISE: 3,
}


def tier_of(plan: Plan, limit: Decimal = MONEY_LIMIT) -> int:
    """The highest tier among the plan's actions; a plan that commits more money than the limit is T4."""
    tier = max((TIER_OF.get(resolution_of(action), UNLISTED_TIER) for action in plan.actions), default=0)
    return max(tier, MONEY_TIER) if committed_money(plan) > limit else tier
