"""The best award by trying every one: all lots of all offers, all ways to serve the needs. For a handful of units."""

from collections.abc import Iterator, Sequence
from itertools import product

from core.domain.awarding import Bounds
from core.planning.awarding.award import Need, Offer, by_supplier, cost_of


def cheapest_award(offers: Sequence[Offer], need: Need, bounds: Bounds) -> int:
    """What the cheapest costs, that of nothing included."""
    return min(_costs(offers, need, bounds))


def _costs(offers: Sequence[Offer], need: Need, bounds: Bounds) -> Iterator[int]:
    lots = [[units for units in range(offer.most + 1) if offer.may_give(units)] for offer in offers]
    for units in product(*lots):
        used = [offer.supplier for offer, given in zip(offers, units, strict=True) if given]
        if len(set(used)) == len(used) and bounds.allow(by_supplier(offers, units)):
            yield min(cost_of(offers, need, units, flows) for flows in _ways(units, need))


def _ways(units: Sequence[int], need: Need) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every way to serve the needs, one offer after the other."""
    if not units:
        yield ()
        return
    ranges = [range(min(units[0], wanted) + 1) for _, wanted in need.days]
    for row in product(*ranges):
        if sum(row) <= units[0]:
            left = tuple((day, wanted - given) for (day, wanted), given in zip(need.days, row, strict=True))
            rest = Need(days=left, unit_day=need.unit_day, uncovered=need.uncovered)
            yield from ((row, *more) for more in _ways(units[1:], rest))
