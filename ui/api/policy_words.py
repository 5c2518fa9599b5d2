"""The policy in plain words: the autonomy table with a row for every action, and every other value with its name."""

from collections.abc import Iterator

from core.domain.autonomy import AutonomyRule, Level
from core.domain.negotiating.bounds import NAMES
from core.domain.plans import Resolution
from core.domain.policies import UNLISTED_TIER, Policy
from core.domain.resolutions import RESOLUTIONS
from ui.api.words import TYPE_WORDS
from ui.schemas.policy import AutonomyRow, SettingRow

_SETTINGS = {
    "lifetime_hours": ("Approvals", "A proposal waits for people", "hours"),
    "two_people_above": ("Approvals", "Two people agree to a plan that commits more than", "money"),
    "escalate_hours": ("Approvals", "Before it runs out, somebody else is asked", "hours"),
    "escalate_to": ("Approvals", "Who is asked then", ""),
    "daily_money": ("What rules may do alone", "Most money in a day for one customer or supplier", "money"),
    "daily_count": ("What rules may do alone", "Most plans in a day for one customer or supplier", "plans"),
    "promote_after": ("What rules may do alone", "A rule is suggested after so many acceptances", "acceptances"),
    "promote_days": ("What rules may do alone", "These lie within", "days"),
    "largest_share": ("Sharing out a purchase", "No supplier gets more than", "%"),
    "least_share": ("Sharing out a purchase", "Whoever gets any gets at least", "%"),
}
_BOUNDS = {
    "most_rounds": ("At most so many offers to a supplier", "offers"),
    "opening_percent": ("The first offer is below the quote by", "%"),
    "target_percent": ("A price so far below the quote is taken at once", "%"),
    "step_percent": ("No offer is above the one before by more than", "%"),
    "margin_percent": ("Nothing nearer to the reserve price is offered or taken than", "%"),
    "days": ("A negotiation ends after", "days"),
}
_LEVELS = {Level.OBSERVE: "is only noted", Level.PROPOSE: "is put before people", Level.ACT: "is done by the rule"}


def autonomy_rows(policy: Policy) -> tuple[AutonomyRow, ...]:
    """A row for every action in any case, and those of single types of case after it."""
    rules = {rule.key: rule for rule in policy.autonomy}
    every = [AutonomyRule(type=None, resolution=one, level=Level.PROPOSE) for one in Resolution]
    rows = [rules.pop(usual.key, usual) for usual in every]
    return tuple(
        _row(policy, rule)
        for rule in sorted([*rows, *rules.values()], key=lambda one: (one.resolution, one.type is not None, one.key))
    )


def setting_rows(policy: Policy) -> tuple[SettingRow, ...]:
    """Every value that is not of the autonomy table, by what it is about."""
    return tuple(_settings(policy))


def _row(policy: Policy, rule: AutonomyRule) -> AutonomyRow:
    acts = rule.level is Level.ACT
    return AutonomyRow(
        name=f"autonomy.{rule.key}",
        action=rule.resolution.value,
        action_words=RESOLUTIONS[rule.resolution].name,
        of="any case" if rule.type is None else TYPE_WORDS[rule.type],
        level=rule.level.value,
        level_words=_LEVELS[rule.level],
        most_money=rule.most_money if acts else None,
        most_days=rule.most_days if acts else None,
        customer_tier_from=rule.customer_tier_from if acts else None,
        tier=policy.tiers.get(rule.resolution, UNLISTED_TIER),
    )


def _settings(policy: Policy) -> Iterator[SettingRow]:
    for name, (about, words, unit) in _SETTINGS.items():
        holder = policy.award if name in {"largest_share", "least_share"} else policy
        yield SettingRow(name=name, about=about, words=words, value=str(getattr(holder, name)), unit=unit)
    for name in NAMES:
        words, unit = _BOUNDS[name]
        value = str(getattr(policy.negotiation, name))
        yield SettingRow(name=f"negotiation.{name}", about="Negotiating", words=words, value=value, unit=unit)
    for weight in policy.reluctance:
        words = f"Options with {weight.supplier} count for more than they cost by"
        name = f"reluctance.{weight.supplier}"
        yield SettingRow(name=name, about="Suppliers", words=words, value=str(weight.percent), unit="%")
