"""Weighing: what it costs to insist on an option, and what the weight of stability does to a plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.planning.choosing.branching import Branching, Cheapest
from core.planning.choosing.choose import DEFAULT_EFFORT, Effort, choose
from core.planning.choosing.columns import Columns, columns_of
from core.planning.choosing.components import components_of
from core.planning.choosing.ledger import Ledger
from core.planning.choosing.plan import Plan
from core.planning.choosing.problem import Problem
from core.planning.choosing.solving import Limits
from core.planning.choosing.verifying import costs_of

FACTORS = (0, 1, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Insisted:
    """Insisting on ways: the units they can bring when nothing else takes what they need, and how much more the whole
    plan costs then; `exact` unless the search reached its limit or the part is too large, when it is an estimate from
    the relaxation."""

    ways: tuple[str, ...]
    units: int
    more: int
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Steadiness:
    """The plan with the weight of a moved line times `factor`; `cost` is without any cost of unrest."""

    factor: int
    cost: int
    lines_moved: int
    customers_contacted: int


def insisted(problem: Problem, groups: Sequence[tuple[str, ...]], effort: Effort = DEFAULT_EFFORT) -> list[Insisted]:
    """What insisting on each group of ways costs; the ways of a group belong to one part of the problem."""
    found: dict[tuple[str, ...], Insisted] = {}
    for part in components_of(columns_of(problem), most=1):
        columns = columns_of(part)
        known = frozenset(columns.way)
        wanted = [group for group in groups if group and group[0] in known]
        if wanted:
            found |= _of_part(columns, wanted, effort)
    return [found[group] for group in groups if group]


def _of_part(columns: Columns, groups: Sequence[tuple[str, ...]], effort: Effort) -> dict[tuple[str, ...], Insisted]:
    at = {way: number for number, way in enumerate(columns.way)}
    nodes = effort.nodes if len(columns.units) <= effort.medium else 1
    branching = Branching(columns, Limits(seconds=effort.seconds, nodes=nodes))
    best = branching.cheapest()
    found: dict[tuple[str, ...], Insisted] = {}
    for group in groups:
        ways = [at[way] for way in group]
        units = _alone(columns, ways)
        forced = branching.cheapest(ways, units)
        if forced.proven and forced.cost is None:  # others that it cannot do without are not there
            found[group] = Insisted(ways=group, units=0, more=0, exact=True)
        else:
            found[group] = Insisted(ways=group, units=units, more=_more(best, forced), exact=_exact(best, forced))
    return found


def _exact(best: Cheapest, forced: Cheapest) -> bool:
    return best.cost is not None and best.proven and forced.cost is not None and forced.proven


def _more(best: Cheapest, forced: Cheapest) -> int:
    """The difference of the plans where both are proven, else of what the relaxation says of them."""
    if best.cost is not None and forced.cost is not None and _exact(best, forced):
        return max(0, forced.cost - best.cost)
    if best.bound is not None and forced.bound is not None:
        return max(0, round(forced.bound - best.bound))
    return 0


def _alone(columns: Columns, ways: Sequence[int]) -> int:
    """The units the ways can bring when nothing else is used: those of one shortage after the other."""
    ledger, units = Ledger(columns), 0
    for way in ways:
        more = ledger.room(way)
        if more:
            ledger.change(way, more)
            units += more
    return units


def steadiness(problem: Problem, known: Plan, effort: Effort = DEFAULT_EFFORT) -> tuple[Steadiness, ...]:
    """The effect of the weight of a moved line at FACTORS times the policy's. A higher weight never moves more lines:
    for each weight the best of all plans found is taken, of equals the one that moves fewer. `known` is the plan at
    the policy's own weight."""
    weighed = [replace(problem, stability=problem.stability.times(factor)) for factor in FACTORS]
    plans = [known if factor == 1 else choose(one, effort) for factor, one in zip(FACTORS, weighed, strict=True)]
    return tuple(
        _steady(factor, min(plans, key=lambda plan: (_cost(one, plan), plan.lines_moved)))
        for factor, one in zip(FACTORS, weighed, strict=True)
    )


def _cost(problem: Problem, plan: Plan) -> int:
    uses = {use.way: use.units for use in plan.uses}
    brought = {one.source: one.units for one in plan.brought}
    return costs_of(problem, uses, brought)[0].total


def _steady(factor: int, plan: Plan) -> Steadiness:
    costs = plan.costs
    return Steadiness(
        factor=factor,
        cost=costs.total - costs.moved - costs.contacted - costs.documents,
        lines_moved=plan.lines_moved,
        customers_contacted=plan.customers_contacted,
    )
