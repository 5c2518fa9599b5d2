"""Bad input for choosing: a plan that is right and says how it was found, or an error that says what is wrong."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.errors import InvalidValueError
from core.planning.choosing.branching import Branching
from core.planning.choosing.choose import Effort, choose
from core.planning.choosing.columns import columns_of
from core.planning.choosing.modelling import model_of
from core.planning.choosing.placing import placed
from core.planning.choosing.plan import Stopped, Waiting
from core.planning.choosing.problem import Charge, Draw, Line, Pool, Problem, Shortage, Source, Stability, Tier, Way
from core.planning.choosing.solving import Limits, dual_bound, exactly
from core.planning.choosing.verifying import verify
from tests.core.planning.choosing.problems import problems

LARGEST = 2**63 - 1
SEARCH = Effort(small=0)


def _two(units: int = 10, *, capacity: int = 10, most: int = 10, penalty: int = 3, freight: int = 20) -> Problem:
    """Two shortages that one depot could cover, with one pool for both and a shipment paid once."""
    return Problem(
        lines=(Line(id="A/1", customer="A"), Line(id="B/1", customer="B")),
        shortages=tuple(
            Shortage(id=name, line=f"{name}/1", units=units, need=5, otherwise=15, penalty=penalty) for name in "AB"
        ),
        sources=(Source(id="depot", most=most, charges=("van",), draws=(Draw(pool="stock", unit=1),)),),
        ways=tuple(Way(id=f"{name} from depot", shortage=name, source="depot", arrives=5, cost=1) for name in "AB"),
        pools=(Pool(id="stock", capacity=capacity),),
        charges=(Charge(id="van", amount=freight),),
    )


@pytest.mark.parametrize("effort", [Effort(), SEARCH])
def test_a_pool_shared_by_all_goes_to_as_many_as_it_can_cover(effort: Effort) -> None:
    plan = choose(_two(), effort)

    assert plan.total == plan.bound == 330
    assert sum(use.units for use in plan.uses) == 10
    assert [(one.units, one.reason) for one in plan.waiting] == [(10, "not enough is left of stock")]


def test_where_all_costs_nothing_nothing_is_done() -> None:
    problem = _two(penalty=0, freight=0)
    free = replace(problem, ways=tuple(replace(way, cost=0) for way in problem.ways))

    plan = choose(free)

    assert plan.total == plan.bound == plan.greedy == 0
    assert plan.gap_percent == 0.0
    assert plan.uses == ()


@pytest.mark.parametrize("capacity", [0, -(10**18)])
def test_a_budget_nothing_can_be_paid_from_leaves_all_waiting(capacity: int) -> None:
    plan = choose(_two(capacity=capacity))

    assert plan.total == plan.bound == 600
    assert plan.uses == plan.brought == ()
    assert plan.waiting[0] == Waiting(shortage="A", units=10, reason="not enough is left of stock")


@pytest.mark.parametrize("effort", [Effort(), SEARCH])
@pytest.mark.parametrize("units", [10**9, 10**15, LARGEST])
def test_a_quantity_near_the_limit_is_planned_to_the_unit(units: int, effort: Effort) -> None:
    problem = _two(units, capacity=LARGEST, most=LARGEST)

    plan = choose(problem, effort)

    assert verify(problem, plan) == ()
    assert sum(use.units for use in plan.uses) == min(2 * units, LARGEST)


def test_money_beyond_what_the_solver_can_tell_apart_is_counted_to_the_unit() -> None:
    problem = _two(capacity=20, most=20, penalty=10**15, freight=10**17 + 1)

    plan = choose(problem)

    assert verify(problem, plan) == ()
    assert plan.total == 20 + 10**17 + 1


@settings(max_examples=20, deadline=None)
@given(problems(most=3, units=3))
def test_a_solver_that_reaches_its_limit_leaves_a_plan_between_its_bound_and_greedy(problem: Problem) -> None:
    plan = choose(problem, Effort(seconds=0.0))

    assert verify(problem, plan) == ()
    assert plan.bound <= choose(problem, Effort(gap=0.0, nodes=0)).total <= plan.total
    assert plan.stopped in (Stopped.NOTHING, Stopped.OPTIMAL)


def test_poor_duals_of_any_sign_give_a_bound_that_holds() -> None:
    problem = _two()
    model = model_of(columns_of(problem), exact=False)
    rng = np.random.default_rng(7)

    bounds = [dual_bound(model, rng.normal(0.0, scale, model.row_lower.size)) for scale in (0.1, 1, 30, 1e6)]

    assert all(bound <= 330 for bound in bounds)


def test_values_that_do_not_fit_are_no_plan() -> None:
    columns = columns_of(_two())
    model = model_of(columns, exact=True)
    values = exactly(model, Limits(seconds=20.0)).values
    assert values is not None

    found = placed(columns, values)
    too_much = placed(columns, np.where(np.arange(values.size) < model.ways, 10.0, values))

    assert found is not None
    assert found.total == 330
    assert too_much is None


def test_insisting_on_what_cannot_be_has_no_cost() -> None:
    branching = Branching(columns_of(_two()), Limits(seconds=20.0, nodes=50))
    before = branching.cheapest()

    impossible, possible = branching.cheapest([0, 1], 11), branching.cheapest([1], 10)

    assert (impossible.cost, impossible.proven) == (None, True)
    assert (possible.cost, possible.proven) == (before.cost, True) == (330, True)
    assert branching.cheapest() == before


@settings(max_examples=30, deadline=None)
@given(problems(most=3, units=2), st.integers(0, 2))
def test_what_a_floor_keeps_back_is_never_given(problem: Problem, left: int) -> None:
    kept = replace(problem, pools=tuple(replace(pool, capacity=min(pool.capacity, left)) for pool in problem.pools))
    givers = {source.id: source for source in problem.sources}

    plan = choose(kept, SEARCH)

    given_away = Counter[str]()
    for one in plan.brought:
        for draw in givers[one.source].draws:
            given_away[draw.pool] += draw.fixed + draw.unit * one.units
    assert all(given_away[pool.id] <= max(0, pool.capacity) for pool in kept.pools)
    assert plan.bound <= plan.total <= plan.greedy


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (lambda: _two(0), "units of shortage 'A' is 0; it must be at least 1"),
        (lambda: _two(most=-1), "the most of source 'depot' is -1; it must be at least 0"),
        (lambda: _two(penalty=-1), "the penalty of shortage 'A' is -1; it must be at least 0"),
        (lambda: _two(freight=-1), "charge 'van' is -1; it must be at least 0"),
        (
            lambda: Problem(sources=(Source(id="q", most=1, tiers=()),)),
            "the number of tiers of source 'q' is 0; it must be at least 1",
        ),
        (
            lambda: Problem(sources=(Source(id="q", most=1, tiers=(Tier(price=-1),)),)),
            "price and holding together of source 'q' is -1; it must be at least 0",
        ),
        (lambda: Problem(stability=Stability(moved=-1)), "a weight of stability is -1; it must be at least 0"),
    ],
)
def test_a_number_that_makes_no_sense_is_refused(problem: object, message: str) -> None:
    assert callable(problem)

    with pytest.raises(InvalidValueError) as refused:
        problem()

    assert refused.value.message == message
