"""Changes of a policy as people write them: `lifetime_hours=12`, `tier.R21=3`, `autonomy.E01/R21=act:500:2:3`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from core.domain.autonomy import AutonomyRule, Level
from core.domain.cases import ExceptionType
from core.domain.errors import InvalidValueError
from core.domain.ids import SupplierCode
from core.domain.negotiating.bounds import NAMES
from core.domain.plans import Resolution
from core.domain.policies import Policy, Reluctance
from core.domain.showing import shown
from core.domain.users import Role

T = TypeVar("T")
_NUMBERS = ("lifetime_hours", "daily_count", "promote_after", "promote_days", "escalate_hours")
_SHARES = ("largest_share", "least_share")
_AMOUNTS = ("two_people_above", "daily_money")
ACCEPTED = (
    f"{', '.join((*_NUMBERS, *_SHARES, *_AMOUNTS))}, escalate_to, tier.CODE,"
    " autonomy.TYPE/CODE (level, or act:MONEY:DAYS:TIER), reluctance.SUPPLIER,"
    f" negotiation.NAME ({', '.join(NAMES)})"
)


def edited(policy: Policy, changes: Mapping[str, str]) -> Policy:
    """The policy with the changes made; InvalidValueError names the first that cannot be read. What the policy may be
    as a whole is checked elsewhere (`checked_policy`)."""
    if not changes:
        raise InvalidValueError(f"say what is to change; accepted are {ACCEPTED}", field="changes")
    for name in sorted(changes):
        policy = _changed(policy, name, changes[name].strip())
    return policy


def pairs(words: list[str]) -> Mapping[str, str]:
    """`name=value` words as a mapping; InvalidValueError for anything else, and for a name that comes twice."""
    found: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name or name in found:
            raise InvalidValueError(f"{shown(word)} is not a NAME=VALUE of its own; accepted are {ACCEPTED}")
        found[name] = value
    return found


def _changed(policy: Policy, name: str, value: str) -> Policy:
    noun, dot, thing = name.partition(".")
    if not dot:
        return _plain(policy, name, value)
    match noun:
        case "tier":
            return replace(policy, tiers={**policy.tiers, _read(Resolution, thing, name): _read(int, value, name)})
        case "autonomy":
            return replace(policy, autonomy=_rows(policy, thing, value))
        case "reluctance":
            return replace(policy, reluctance=_weights(policy, thing, value))
        case "negotiation" if thing in NAMES:
            return replace(policy, negotiation=replace(policy.negotiation, **{thing: _read(int, value, name)}))
        case _:
            raise _unknown(name)


def _plain(policy: Policy, name: str, value: str) -> Policy:
    if name in _NUMBERS:
        return replace(policy, **{name: _read(int, value, name)})
    if name in _SHARES:
        return replace(policy, award=replace(policy.award, **{name: _read(int, value, name)}))
    if name in _AMOUNTS:
        return replace(policy, **{name: _amount(value, name)})
    if name == "escalate_to":
        return replace(policy, escalate_to=_read(Role, value, name))
    raise _unknown(name)


def _rows(policy: Policy, key: str, value: str) -> tuple[AutonomyRule, ...]:
    """The table with one row put in, in place of the one of its key."""
    kind, _, code = key.rpartition("/")
    exception = None if kind in {"", "any"} else _read(ExceptionType, kind, f"autonomy.{key}")
    level, *limits = value.split(":")
    name = f"autonomy.{key}"
    rule = AutonomyRule(type=exception, resolution=_read(Resolution, code, name), level=_read(Level, level, name))
    if rule.level is Level.ACT:
        if len(limits) not in {2, 3}:
            raise InvalidValueError(f"autonomy.{key}={shown(value)}: act needs its limits, as in act:500:2:3")
        rule = replace(rule, most_money=_amount(limits[0], key), most_days=_read(int, limits[1], key))
        rule = replace(rule, customer_tier_from=_read(int, limits[2], key)) if len(limits) == 3 else rule
    elif limits:
        raise InvalidValueError(f"autonomy.{key}={shown(value)}: only act has limits")
    others = tuple(one for one in policy.autonomy if one.key != rule.key)
    return with_rule(others, rule)


def with_rule(others: tuple[AutonomyRule, ...], rule: AutonomyRule) -> tuple[AutonomyRule, ...]:
    """The table with the row in place of the one of its key, by key."""
    kept = (one for one in others if one.key != rule.key)
    return tuple(sorted((*kept, rule), key=lambda one: one.key))


def with_reluctance(policy: Policy, weight: Reluctance) -> tuple[Reluctance, ...]:
    """The weights with one put in, by supplier; 0 percent takes it out."""
    kept = [one for one in policy.reluctance if one.supplier != weight.supplier]
    return tuple(sorted([*kept, *([weight] if weight.percent else [])], key=lambda one: one.supplier))


def _weights(policy: Policy, supplier: str, value: str) -> tuple[Reluctance, ...]:
    percent = _read(int, value, f"reluctance.{supplier}")
    return with_reluctance(policy, Reluctance(supplier=SupplierCode(supplier), percent=percent))


def _read(shape: Callable[[str], T], value: str, name: str) -> T:
    try:
        return shape(value)
    except ValueError as error:
        raise InvalidValueError(f"{name} cannot be read from {shown(value)}", field=name) from error


def _amount(value: str, name: str) -> Decimal:
    try:
        amount = Decimal(value)
    except InvalidOperation as error:
        raise InvalidValueError(f"{name} cannot be read from {shown(value)}", field=name) from error
    if not amount.is_finite():
        raise InvalidValueError(f"{name} cannot be {shown(value)}; accepted is an amount such as 2500", field=name)
    return amount


def _unknown(name: str) -> InvalidValueError:
    return InvalidValueError(f"there is no {shown(name)} in a policy; accepted are {ACCEPTED}", field=name)
