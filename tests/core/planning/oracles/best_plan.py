"""The cheapest plan by trying every one: for problems of a handful of units only."""

from collections import Counter
from collections.abc import Iterator
from itertools import product

from core.planning.choosing.problem import Problem, Source
from core.planning.choosing.verifying import costs_of


def cheapest(problem: Problem) -> int:
    """What the cheapest of all plans costs."""
    return min(_total(problem, uses, brought) for uses in _uses(problem) for brought in _allowed(problem, uses))


def _uses(problem: Problem) -> Iterator[dict[str, int]]:
    units = {one.id: one.units for one in problem.shortages}
    for chosen in product(*(range(units[way.shortage] + 1) for way in problem.ways)):
        uses = {way.id: taken for way, taken in zip(problem.ways, chosen, strict=True)}
        if all(_covered(problem, uses, one.id, one.units, whole=one.whole) for one in problem.shortages):
            yield uses


def _covered(problem: Problem, uses: dict[str, int], shortage: str, units: int, *, whole: bool) -> bool:
    taken = [uses[way.id] for way in problem.ways if way.shortage == shortage and uses[way.id]]
    return sum(taken) <= units and (not whole or taken in ([], [units]))


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
    draws = [(draw, brought[source.id]) for source in used for draw in source.draws if draw.pool == pool]
    return sum(draw.fixed + draw.unit * units for draw, units in draws)


def _total(problem: Problem, uses: dict[str, int], brought: dict[str, int]) -> int:
    return costs_of(problem, uses, brought)[0].total
