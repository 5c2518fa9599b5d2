"""Fair share: units that are not enough for all, shared in whole lots by rules A to C of SAP SNP (D is by priority)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.domain.backorders import RunRule
from core.domain.errors import InvalidValueError


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """Somebody who wants units: `weight` is that of its quota, `stock` what it has of its `target`. The key breaks
    every tie."""

    key: str
    wanted: int
    weight: int = 1
    stock: int = 0
    target: int = 1


def fair_shares(units: int, claimants: Sequence[Claimant], *, rule: RunRule, lot: int = 1) -> dict[str, int]:
    """Units for each claimant: in whole lots, none more than wanted, together min(units, all wanted) as far as lots
    allow.

    ideal_i = A x q_i x w_i / sum(q x w), floored to lots; the lots left go one by one to the largest remainder; what a
    capped claimant leaves is shared again (domain.md g5). By `target` first whoever has least of its target. Who is in
    no quota (weight 0) shares what the others leave.
    """
    if units < 0 or lot < 1 or any(one.wanted < 0 or one.weight < 0 or one.target < 1 for one in claimants):
        raise InvalidValueError("shares are of 0 or more units in lots of 1 or more, wanted and weights 0 or more")
    if len({one.key for one in claimants}) != len(claimants):
        raise InvalidValueError("each claimant needs a key of its own")
    if not rule.shares:
        raise InvalidValueError(f"{rule.value!r} serves in turn; accepted are rules that share")
    ordered = sorted(claimants, key=lambda one: one.key)
    if rule is RunRule.TARGET:
        return _levelled(units, ordered, lot)
    if rule is RunRule.PROPORTIONAL:
        return _proportional(units, ordered, {one.key: one.wanted for one in ordered}, lot)
    given = _proportional(units, ordered, {one.key: one.wanted * one.weight for one in ordered}, lot)
    rest = [one for one in ordered if not one.weight]
    return given | _proportional(units - sum(given.values()), rest, {one.key: one.wanted for one in rest}, lot)


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
    """Each lot goes to whoever has the least of its target, so that all end at an equal percentage.

    A lot more is given at a level of (stock + given) / target; the highest level at which there are lots enough for
    all is searched for on a scale so fine that no two different levels are one; lots of the next level go by key.
    """
    most = {one.key: one.wanted // lot for one in ordered}
    lots = min(units // lot, sum(most.values()))
    scale = max((one.target for one in ordered), default=1) ** 2

    def at(level: int) -> dict[str, int]:
        return {
            one.key: min(most[one.key], max(0, (level * one.target // scale - one.stock) // lot + 1)) for one in ordered
        }

    enough, too_much = -1, 1 + scale * max((one.stock + one.wanted + lot for one in ordered), default=0)
    while too_much - enough > 1:
        middle = (enough + too_much) // 2
        enough, too_much = (middle, too_much) if sum(at(middle).values()) <= lots else (enough, middle)
    given = at(enough)
    for key in sorted(key for key, count in at(too_much).items() if count > given[key])[: lots - sum(given.values())]:
        given[key] += 1
    return {key: count * lot for key, count in given.items()}


def scaled(quotas: Mapping[str, int], taken: Mapping[str, int], supply: int) -> dict[str, int]:
    """Quotas cut in proportion where supply is less than their sum, as in Oracle's hierarchy; none below what is taken
    of it, which the others bear."""
    if sum(quotas.values()) <= supply:
        return dict(quotas)
    kept = dict[str, int]()
    while True:
        open_ = [Claimant(key=key, wanted=units) for key, units in quotas.items() if key not in kept]
        cut = fair_shares(max(0, supply - sum(kept.values())), open_, rule=RunRule.PROPORTIONAL)
        below = {key: taken[key] for key, units in cut.items() if units < taken[key]}
        if not below:
            return kept | cut
        kept |= below
