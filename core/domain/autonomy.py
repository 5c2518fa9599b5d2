"""The autonomy table (D15): what the desk may do by itself with which way out of which case, within which limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.domain.cases import ExceptionType
from core.domain.options import Option
from core.domain.plans import Action, Resolution, committed_money, resolution_of

HIGHEST_ACTING_TIER = 2
NOBODY_AFFECTED = 99
"""The tier of customers of a plan that touches none."""


class Level(StrEnum):
    """What the desk does with an option it would advise: note it, put it before people, or do it by the rule."""

    OBSERVE = "observe"
    PROPOSE = "propose"
    ACT = "act"


_LEAST_FIRST = (Level.OBSERVE, Level.PROPOSE, Level.ACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class AutonomyRule:
    """One row: a type of exception (None: any) and a way out. `act` holds up to so much money committed, so many days a
    promised date moves, and for customers of this tier and less important ones only."""

    type: ExceptionType | None
    resolution: Resolution
    level: Level
    most_money: Decimal = Decimal(0)
    most_days: int = 0
    customer_tier_from: int = 1

    @property
    def key(self) -> str:
        """What names the row: `E01/R02`, `any/R21`."""
        return f"{self.type or 'any'}/{self.resolution}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far a plan reaches: what kind of case it is of, what it commits, by how many days it moves a promised date at
    most, and the tier of the most important customer it touches."""

    type: ExceptionType
    money: Decimal
    days: int
    customer_tier: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the table says to a plan: the level, and the rows it rests on; without a row it is to propose."""

    level: Level
    rules: tuple[AutonomyRule, ...] = ()
    why: str = ""


def reach_of(option: Option, *, kind: ExceptionType, customer_tier: int) -> Reach:
    """How far an option reaches."""
    moved = (abs((change.due_after - change.due_before).days) for change in option.changes)
    money = committed_money(option.plan)
    return Reach(type=kind, money=money, days=max(moved, default=0), customer_tier=customer_tier)


def standing_of(rules: Sequence[AutonomyRule], actions: Sequence[Action], reach: Reach) -> Standing:
    """The least that any of the actions is trusted with: one that is only observed keeps the whole plan back, and a
    plan is acted on only where every action has a row that says so and none of its limits is passed."""
    found: list[tuple[Level, AutonomyRule | None, str]] = []
    for code in sorted({resolution_of(action) for action in actions}):
        rule = _row(rules, reach.type, code)
        if rule is None:
            found.append((Level.PROPOSE, None, ""))
        elif rule.level is Level.ACT and (passed := _passed(rule, reach)):
            found.append((Level.PROPOSE, rule, passed))
        else:
            found.append((rule.level, rule, ""))
    level = min((one for one, _, _ in found), key=_LEAST_FIRST.index, default=Level.PROPOSE)
    rows = tuple(rule for one, rule, _ in found if rule is not None and one is level)
    return Standing(level=level, rules=rows, why="; ".join(why for _, _, why in found if why))


def _row(rules: Sequence[AutonomyRule], kind: ExceptionType, code: Resolution) -> AutonomyRule | None:
    """The row of the type, else the one for any type."""
    rows = {rule.type: rule for rule in rules if rule.resolution is code}
    return rows.get(kind, rows.get(None))


def _passed(rule: AutonomyRule, reach: Reach) -> str:
    if reach.money > rule.most_money:
        return f"{rule.key} acts up to {rule.most_money:,.2f}, the plan commits {reach.money:,.2f}"
    if reach.days > rule.most_days:
        return f"{rule.key} acts up to {rule.most_days} days, the plan moves a date by {reach.days}"
    if reach.customer_tier < rule.customer_tier_from:
        tiers = f"from tier {rule.customer_tier_from}"
        return f"{rule.key} acts for customers {tiers}, the plan touches one of tier {reach.customer_tier}"
    return ""
