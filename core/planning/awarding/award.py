"""An award: what is asked, which offers there are, who gets how much, and what that costs; all in integers.

Money is ten-thousandths of the currency. The cost of an award is, over its offers, what the units cost beyond the usual
price, what an order costs at all, what a unit risks with that supplier and what holding units nobody needs costs; then
the days late of each unit that is assigned to a need, and what units that nothing covers cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from core.domain.awarding import Bounds

Flows = tuple[tuple[int, ...], ...]
"""Units by offer and need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a supplier offers: 0 units or `least` to `most` in lots of `multiple`, there on day `arrives`. `prices` are
    (from so many units on, price of each unit), rising from the first. `risk` is what a unit of it may cost in lateness
    beyond that day, `fixed` what one more order costs."""

    supplier: str
    arrives: int
    least: int
    most: int
    multiple: int
    prices: tuple[tuple[int, int], ...]
    risk: int = 0
    fixed: int = 0

    def price(self, units: int) -> int:
        """What each of so many units costs."""
        return min(price for begins, price in self.prices if begins <= max(units, self.prices[0][0]))

    def may_give(self, units: int) -> bool:
        """Whether so many can be ordered."""
        return units == 0 or (self.least <= units <= self.most and units % self.multiple == 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """Units wanted by days (day, units); what each costs a day it comes late (`unit_day`), and when nothing covers it.
    `usual` is the price paid anyway, `excess_percent` of the price what holding a unit beyond the need costs."""

    days: tuple[tuple[int, int], ...]
    unit_day: int
    uncovered: int
    usual: int = 0
    excess_percent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """Units by offer, those of them that serve each need, and the cost."""

    units: tuple[int, ...]
    flows: Flows
    cost: int

    @property
    def needed(self) -> tuple[int, ...]:
        """Units by offer that some need takes."""
        return tuple(map(sum, self.flows))


def by_supplier(offers: Sequence[Offer], units: Sequence[int]) -> tuple[int, ...]:
    """The units of each supplier that gets any."""
    found: dict[str, int] = {}
    for offer, given in zip(offers, units, strict=True):
        found[offer.supplier] = found.get(offer.supplier, 0) + given
    return tuple(units for units in found.values() if units)


def allowed(offers: Sequence[Offer], need: Need, bounds: Bounds, award: Award) -> bool:
    """Whether an award can be ordered: lots, one offer a supplier, shares, and no need is served twice."""
    used = [offer.supplier for offer, units in zip(offers, award.units, strict=True) if units]
    served = [sum(row[at] for row in award.flows) for at in range(len(need.days))]
    return (
        all(offer.may_give(units) for offer, units in zip(offers, award.units, strict=True))
        and len(set(used)) == len(used)
        and bounds.allow(by_supplier(offers, award.units))
        and all(min(row, default=0) >= 0 for row in award.flows)
        and all(sum(row) <= units for row, units in zip(award.flows, award.units, strict=True))
        and all(given <= units for given, (_, units) in zip(served, need.days, strict=True))
    )


def cost_of(offers: Sequence[Offer], need: Need, units: Sequence[int], flows: Flows) -> int:
    """What an award costs, term by term as above."""
    total, left = 0, [wanted for _, wanted in need.days]
    for offer, given, row in zip(offers, units, flows, strict=True):
        if not given:
            continue
        price = offer.price(given)
        holding = price * need.excess_percent // 100
        total += offer.fixed + (price - need.usual + offer.risk) * given + holding * (given - sum(row))
        for at, served in enumerate(row):
            left[at] -= served
            total += served * need.unit_day * max(0, offer.arrives - need.days[at][0])
    return total + need.uncovered * sum(left)
