"""Risk tiers: how much harm a way out can do, from T0 (changes nothing) to T5 (never through a proposal)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.domain.plans import Action, Plan, Resolution, committed_money, resolution_of
from core.domain.resolutions import RESOLUTIONS
from core.domain.users import Role

MONEY_LIMIT = Decimal(10_000)
UNLISTED_TIER = 4
MONEY_TIER = 4
TIER_OF: Mapping[Resolution, int] = {code: way.tier for code, way in RESOLUTIONS.items()}


def tier_of(plan: Plan, limit: Decimal = MONEY_LIMIT) -> int:
    """The highest tier among the plan's actions; a plan that commits more money than the limit is T4."""
    tier = max((TIER_OF.get(resolution_of(action), UNLISTED_TIER) for action in plan.actions), default=0)
    return max(tier, MONEY_TIER) if committed_money(plan) > limit else tier


def approvers_of(actions: Sequence[Action]) -> tuple[Role, ...]:
    """The roles that may decide on all of the actions together; an operations manager always may."""
    first, *others = (RESOLUTIONS[resolution_of(action)].approvers for action in actions)
    shared = [role for role in first if all(role in other for other in others)]
    return tuple(shared) if shared else (Role.OPERATIONS_MANAGER,)
