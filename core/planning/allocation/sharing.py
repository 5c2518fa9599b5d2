"""Fair share: units that are not enough for all, shared in whole lots by four rules (SAP SNP's A to D)."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.domain.errors import InvalidValueError


class ShareRule(StrEnum):
    """How a shortage is shared: by demand, by percent of a target stock, by fixed quotas, or by priority."""

    PROPORTIONAL = "proportional"
    TARGET = "target"
    QUOTA = "quota"
    PRIORITY = "priority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Somebody who wants units. `weight` is the quota of rule C; `stock` and `target` are those of rule B; the lowest
    `priority` is served first by rule D. The key breaks every tie."""

    key: str
    wanted: int
    weight: int = 1
    stock: int = 0
    target: int = 0
    priority: int = 1


def fair_shares(units: int, claimants: Sequence[Claimant], *, rule: ShareRule, lot: int = 1) -> dict[str, int]:
    """Units for each claimant: in whole lots, none more than wanted, together min(units, all wanted) as far as lots
    allow.

    ideal_i = A x q_i x w_i / sum(q x w), floored to lots; the lots left go one by one to the largest remainder; what a
    capped claimant leaves is shared again (domain.md g5). Rule B first levels (stock + share) / target.
    """
    if units < 0 or lot < 1 or any(one.wanted < 0 or one.weight < 0 for one in claimants):
        raise InvalidValueError("shares are of 0 or more units in lots of 1 or more, wanted and weights 0 or more")
    if len({one.key for one in claimants}) != len(claimants):
        raise InvalidValueError("each claimant needs a key of its own")
    ordered = sorted(claimants, key=lambda one: one.key)
    if rule is ShareRule.PRIORITY:
        return _by_priority(units, sorted(ordered, key=lambda one: one.priority), lot)
    if rule is ShareRule.TARGET:
        return _levelled(units, ordered, lot)
    weights = {one.key: one.wanted * (one.weight if rule is ShareRule.QUOTA else 1) for one in ordered}
    return _proportional(units, ordered, weights, lot)


def _by_priority(units: int, ordered: Sequence[Claimant], lot: int) -> dict[str, int]:
    given = dict[str, int]()
    for one in ordered:
        given[one.key] = min(one.wanted, units) // lot * lot
        units -= given[one.key]
    return given


def _proportional(units: int, ordered: Sequence[Claimant], weights: dict[str, int], lot: int) -> dict[str, int]:
    """Rounds of proportional shares until nobody can take more or nothing is left."""
    given = {one.key: 0 for one in ordered}
    most = {one.key: one.wanted // lot * lot for one in ordered}
    lots = min(units, sum(most.values())) // lot
    while lots:
        open_ = [one.key for one in ordered if given[one.key] < most[one.key] and weights[one.key]]
        if not open_:
            break
        lots -= _one_round(lots, open_, given, most, weights, lot)
    return given


def _one_round(
    lots: int, keys: Sequence[str], given: dict[str, int], most: dict[str, int], weights: dict[str, int], lot: int
) -> int:
    """One sharing of the lots; gives how many were taken, at least one."""
    whole = sum(weights[key] for key in keys)
    room = {key: (most[key] - given[key]) // lot for key in keys}
    share = {key: min(lots * weights[key] // whole, room[key]) for key in keys}
    left = lots - sum(share.values())
    remainder = sorted(keys, key=lambda key: (-(lots * weights[key] % whole), key))
    for key in remainder:
        if left and share[key] < room[key]:
            share[key] += 1
            left -= 1
    for key in keys:
        given[key] += share[key] * lot
    return sum(share.values())


def _levelled(units: int, ordered: Sequence[Claimant], lot: int) -> dict[str, int]:
    """One lot at a time to whoever has the least of its target, so that all end at an equal percentage."""
    given = {one.key: 0 for one in ordered}
    while units >= lot:
        able = [one for one in ordered if given[one.key] + lot <= one.wanted and one.target > 0]
        if not able:
            break
        # (stock + given) / target compared without division, to stay exact
        poorest = able[0]
        for one in able[1:]:
            if (one.stock + given[one.key]) * poorest.target < (poorest.stock + given[poorest.key]) * one.target:
                poorest = one
        given[poorest.key] += lot
        units -= lot
    return given


def scaled(quotas: dict[str, int], supply: int) -> dict[str, int]:
    """Quotas cut in proportion where supply is less than their sum, as in Oracle's hierarchy."""
    if sum(quotas.values()) <= supply:
        return dict(quotas)
    claimants = [Claimant(key=key, wanted=units) for key, units in quotas.items()]
    return fair_shares(supply, claimants, rule=ShareRule.PROPORTIONAL)
