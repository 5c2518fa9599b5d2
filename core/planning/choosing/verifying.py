"""Verifying a plan in whole numbers from the problem alone: is it allowed, and does it cost what it says?"""

from collections import Counter
from collections.abc import Mapping

from core.planning.choosing.plan import Costs, Plan
from core.planning.choosing.problem import Problem, Source


def verify(problem: Problem, plan: Plan) -> tuple[str, ...]:
    """What is wrong with the plan, in sentences; nothing when it is right."""
    uses = {use.way: use.units for use in plan.uses}
    brought = {one.source: one.units for one in plan.brought}
    wrong = [*_coverage(problem, plan, uses), *_sources(problem, uses, brought), *_pools(problem, brought)]
    if wrong:
        return tuple(wrong)
    costs, moved, contacted = costs_of(problem, uses, brought)
    if costs != plan.costs:
        wrong.append(f"it says that it costs {plan.costs!r}; it costs {costs!r}")
    if (moved, contacted) != (plan.lines_moved, plan.customers_contacted):
        wrong.append(f"it moves {moved} lines and contacts {contacted} customers, not as it says")
    if not plan.bound <= plan.total <= plan.greedy:
        wrong.append(f"it costs {plan.total}, not between {plan.bound} and {plan.greedy}")
    return tuple(wrong)


def costs_of(problem: Problem, uses: Mapping[str, int], brought: Mapping[str, int]) -> tuple[Costs, int, int]:
    """What uses of ways and units brought cost, the lines they move and the customers contacted."""
    shortages = {one.id: one for one in problem.shortages}
    customer_of = {line.id: line.customer for line in problem.lines}
    left = {one.id: one.units for one in problem.shortages}
    ways = lateness = 0
    moved, contacted, needed = set[str](), set[str](), Counter[str]()
    for way in problem.ways:
        units = uses.get(way.id, 0)
        if not units:
            continue
        shortage = shortages[way.shortage]
        left[shortage.id] -= units
        needed[way.source] += units
        ways += way.cost * units
        lateness += shortage.lateness(way.arrives) * units
        moved |= {shortage.line} if way.arrives > shortage.need else set()
        contacted |= {customer_of[shortage.line]} if way.asks else set()
    for shortage in problem.shortages:
        lateness += shortage.waiting * left[shortage.id]
        moved |= {shortage.line} if left[shortage.id] and shortage.otherwise > shortage.need else set()
    used = [source for source in problem.sources if needed[source.id]]
    moved |= {line for source in used for line in source.moves}
    contacted |= {customer_of[line] for line in moved}
    contacted -= problem.told
    paid = {name for source in used for name in source.charges}
    charges = [charge for charge in problem.charges if charge.id in paid]
    weights = problem.stability
    costs = Costs(
        ways=ways,
        bought=sum(_money(source, brought[source.id], needed[source.id]) for source in used),
        charges=sum(charge.amount for charge in charges),
        lateness=lateness,
        moved=weights.moved * len(moved),
        contacted=weights.contacted * len(contacted),
        documents=weights.document * sum(charge.document for charge in charges),
    )
    return costs, len(moved), len(contacted)


def _money(source: Source, units: int, needed: int) -> int:
    return source.price(units) * units + source.holding * (units - needed)


def _coverage(problem: Problem, plan: Plan, uses: Mapping[str, int]) -> list[str]:
    waiting = Counter({one.shortage: one.units for one in plan.waiting})
    need = {one.id: one.need for one in problem.shortages}
    covered, parts, late = Counter[str](), Counter[str](), Counter[str]()
    for way in problem.ways:
        used = uses.get(way.id, 0) > 0
        covered[way.shortage] += uses.get(way.id, 0)
        parts[way.shortage] += used
        late[way.shortage] += used and way.arrives > need[way.shortage]
    wrong = [f"a negative number of units: {units!r}" for units in (*uses.values(), *waiting.values()) if units < 0]
    for one in problem.shortages:
        if covered[one.id] + waiting[one.id] != one.units:
            wrong.append(f"{one.id!r} lacks {one.units} units and has {covered[one.id]} and {waiting[one.id]} waiting")
        if one.whole and parts[one.id] and (waiting[one.id] or (late[one.id] and parts[one.id] > 1)):
            wrong.append(f"{one.id!r} must be covered whole")
    return wrong


def _sources(problem: Problem, uses: Mapping[str, int], brought: Mapping[str, int]) -> list[str]:
    needed = Counter[str]()
    for way in problem.ways:
        needed[way.source] += uses.get(way.id, 0)
    wrong: list[str] = []
    for source in problem.sources:
        units, least = brought.get(source.id, 0), min(tier.least for tier in source.tiers)
        if units < needed[source.id] or (units and not needed[source.id]):
            wrong.append(f"{source.id!r} brings {units} for {needed[source.id]} needed")
        if units and (units % source.multiple or not least <= units <= source.most):
            wrong.append(f"{source.id!r} brings {units}, not in its lots")
    return wrong


def _pools(problem: Problem, brought: Mapping[str, int]) -> list[str]:
    drawn = Counter[str]()
    for source in problem.sources:
        units = brought.get(source.id, 0)
        for draw in source.draws if units else ():
            drawn[draw.pool] += source.drawn(draw, units)
    return [
        f"{drawn[pool.id]} is taken from {pool.id!r}, which has {pool.capacity}"
        for pool in problem.pools
        if drawn[pool.id] > max(0, pool.capacity)
    ]
