"""Weighing: what it costs to insist on an option, and what the weight of stability does to a plan."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.planning.choosing.choose import DEFAULT_EFFORT, Effort, choose
from core.planning.choosing.columns import Columns, columns_of
from core.planning.choosing.components import components_of
from core.planning.choosing.ledger import Ledger
from core.planning.choosing.modelling import Model, model_of
from core.planning.choosing.placing import placed
from core.planning.choosing.plan import Plan
from core.planning.choosing.problem import Problem
from core.planning.choosing.solving import Limits, Relaxation, exactly
from core.planning.choosing.verifying import costs_of

FACTORS = (0, 1, 10)
_Wanted = tuple[list[int], int]
_Cost = tuple[int | None, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Insisted:
    """Insisting on ways: the units they can bring when nothing else takes what they need, and how much more the whole
    plan costs then; `exact` unless the solver reached its limit or the part is too large, when it is an estimate from
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
    cheapest = _proven if len(columns.units) <= effort.tiny else _estimated
    at = {way: number for number, way in enumerate(columns.way)}
    asked = [([at[way] for way in group], group) for group in groups]
    wanted = [(ways, _alone(columns, ways)) for ways, _ in asked]
    (best, proven), *costs = cheapest(columns, wanted, effort)
    found: dict[tuple[str, ...], Insisted] = {}
    for (_, group), (_, units), (forced, sure) in zip(asked, wanted, costs, strict=True):
        known = best is not None and forced is not None
        more = max(0, forced - best) if best is not None and forced is not None else 0
        found[group] = Insisted(ways=group, units=units, more=more, exact=known and proven and sure)
    return found


def _proven(columns: Columns, wanted: Sequence[_Wanted], effort: Effort) -> list[_Cost]:
    """The cost of the best plan, then of that for each insistence, in whole money, None where there is none, and
    whether it is proven."""
    model = model_of(columns, exact=True)
    limits = Limits(seconds=effort.seconds, nodes=effort.nodes)
    found: list[_Cost] = []
    for one in (model, *(_with_least(model, ways, units) for ways, units in wanted)):
        solved = exactly(one, limits)
        plan = placed(columns, solved.values) if solved.values is not None else None
        found.append((plan.total if plan is not None else None, solved.finished))
    return found


def _estimated(columns: Columns, wanted: Sequence[_Wanted], effort: Effort) -> list[_Cost]:
    """The same from the relaxation, nothing of it proven."""
    relaxation = Relaxation(model_of(columns, exact=False), Limits(seconds=effort.seconds))
    relaxed = relaxation.solved()
    costs = [relaxed.bound if relaxed.values is not None else None]
    costs += [relaxation.insisting(np.array(ways, dtype=np.int64), units) for ways, units in wanted]
    return [(round(cost) if cost is not None else None, False) for cost in costs]


def _alone(columns: Columns, ways: Sequence[int]) -> int:
    """The units the ways can bring when nothing else is used: those of one shortage after the other."""
    ledger, units = Ledger(columns), 0
    for way in ways:
        more = ledger.room(way)
        if more:
            ledger.change(way, more)
            units += more
    return units


def _with_least(model: Model, ways: Sequence[int], units: int) -> Model:
    """The model in which the ways bring so many units at least."""
    return replace(
        model,
        row_lower=np.append(model.row_lower, float(units)),
        row_upper=np.append(model.row_upper, np.inf),
        start=np.append(model.start, model.start[-1] + len(ways)),
        index=np.append(model.index, ways),
        value=np.append(model.value, np.ones(len(ways))),
    )


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
