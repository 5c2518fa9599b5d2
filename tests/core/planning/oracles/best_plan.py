"""The cheapest plan by trying every one: for problems of a handful of units only."""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import product

from core.planning.choosing.problem import Problem, Shortage, Source
from core.planning.choosing.verifying import costs_of


def cheapest(problem: Problem, *, ways: Collection[str] = (), least: int = 0) -> int | None:
    """What the cheapest costs of all plans in which these ways bring so many units together at least; None where there
    is none."""
    return min(
        (
            _total(problem, uses, brought)
            for uses in _uses(problem)
            if sum(uses[way] for way in ways) >= least
            for brought in _allowed(problem, uses)
        ),
        default=None,
    )


def _uses(problem: Problem) -> Iterator[dict[str, int]]:
    units = {one.id: one.units for one in problem.shortages}
    for chosen in product(*(range(units[way.shortage] + 1) for way in problem.ways)):
        uses = {way.id: taken for way, taken in zip(problem.ways, chosen, strict=True)}
        if all(_covered(problem, uses, one) for one in problem.shortages):
            yield uses


def _covered(problem: Problem, uses: dict[str, int], shortage: Shortage) -> bool:
    used = [way for way in problem.ways if way.shortage == shortage.id and uses[way.id]]
    units = sum(uses[way.id] for way in used)
    if not shortage.whole or not used:
        return units <= shortage.units
    in_time = all(way.arrives <= shortage.need for way in used)
    return units == shortage.units and (len(used) == 1 or in_time)


def _allowed(problem: Problem, uses: dict[str, int]) -> Iterator[dict[str, int]]:
    needed = Counter[str]()
    for way in problem.ways:
        needed[way.source] += uses[way.id]
    used = [source for source in problem.sources if needed[source.id]]
    for chosen in product(*(_lots(source, needed[source.id]) for source in used)):
        brought = {source.id: units for source, units in zip(used, chosen, strict=True)}
        if all(_drawn(used, brought, pool.id) <= max(0, pool.capacity) for pool in problem.pools):
            yield brought


def _lots(source: Source, needed: int) -> list[int]:
    least = max(needed, min(tier.least for tier in source.tiers))
    return [units for units in range(least, source.most + 1) if not units % source.multiple]


def _drawn(used: list[Source], brought: dict[str, int], pool: str) -> int:
    """A unit takes so much and, where it is paid, its price: that of the cheapest tier reached."""
    taken = 0
    for source in used:
        units = brought[source.id]
        price = min(tier.price for tier in source.tiers if tier.least <= units)
        for draw in source.draws:
            if draw.pool == pool:
                taken += draw.fixed + units * (draw.unit + (max(0, price) if draw.paid else 0))
    return taken


def _total(problem: Problem, uses: dict[str, int], brought: dict[str, int]) -> int:
    return costs_of(problem, uses, brought)[0].total
