"""Choosing: never worse than greedy, never below the bound, exact where small, and allowed in every whole number."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.errors import InvalidValueError
from core.planning.choosing.choose import Effort, choose
from core.planning.choosing.plan import Stopped, Waiting
from core.planning.choosing.problem import (
    Charge,
    Draw,
    Line,
    Pool,
    Problem,
    Shortage,
    Source,
    Stability,
    Tier,
    Way,
)
from core.planning.choosing.verifying import verify
from tests.core.planning.choosing.problems import problems
from tests.core.planning.oracles.best_plan import cheapest

PROVEN = Effort(gap=0.0, nodes=0)
SEARCH = Effort(small=0)
LINE = Line(id="SO-1/1", customer="ACME")
SHORT = Shortage(id="S", line="SO-1/1", units=10, need=5, otherwise=15, penalty=3)


@settings(max_examples=30, deadline=None)
@given(problems(most=2, units=2))
def test_a_small_problem_is_solved_exactly(problem: Problem) -> None:
    plan = choose(problem, PROVEN)

    assert verify(problem, plan) == ()
    assert plan.total == cheapest(problem) == plan.bound
    assert plan.stopped is Stopped.OPTIMAL


@settings(max_examples=30, deadline=None)
@given(problems(most=5, units=6), st.randoms(use_true_random=False))
def test_a_plan_keeps_what_is_promised_whatever_the_order(problem: Problem, dice: Random) -> None:
    shuffled = replace(
        problem,
        **{
            name: tuple(dice.sample(parts, len(parts)))
            for name in ("lines", "shortages", "sources", "ways", "pools", "charges")
            for parts in (getattr(problem, name),)
        },
    )

    searched, again, exact = choose(problem, SEARCH), choose(shuffled, SEARCH), choose(problem, PROVEN)

    assert searched == again
    assert verify(problem, searched) == verify(problem, exact) == ()
    assert searched.bound <= exact.total <= searched.total <= searched.greedy
    assert exact.total <= exact.greedy == searched.greedy


def test_a_shipment_is_worth_its_charge_only_for_two_shortages_together() -> None:
    other = replace(SHORT, id="T", line="SO-2/1")
    shipment = Source(id="van", most=20, charges=("freight",), draws=(Draw(pool="stock", unit=1),))
    problem = Problem(
        lines=(LINE, Line(id="SO-2/1", customer="BETA")),
        shortages=(SHORT, other),
        sources=(shipment,),
        ways=tuple(Way(id=f"{one.id} by van", shortage=one.id, source="van", arrives=5) for one in (SHORT, other)),
        pools=(Pool(id="stock", capacity=20),),
        charges=(Charge(id="freight", amount=400, document=True),),
        stability=Stability(moved=10, contacted=15, document=10),
    )

    plan = choose(problem)

    assert plan.total == 410
    assert plan.greedy == 650
    assert plan.waiting == ()
    assert choose(replace(problem, shortages=(SHORT,), ways=problem.ways[:1])).total == 325


def test_a_budget_that_is_used_up_leaves_waiting_and_says_why() -> None:
    fee = Source(id="expedite PO-1/1", most=10, draws=(Draw(pool="budget", fixed=100),))
    problem = Problem(
        lines=(LINE,),
        shortages=(SHORT,),
        sources=(fee,),
        ways=(Way(id="expedite", shortage="S", source="expedite PO-1/1", arrives=5),),
        pools=(Pool(id="budget", capacity=-1),),
    )

    plan = choose(problem)

    assert plan.waiting == (Waiting(shortage="S", units=10, reason="not enough is left of budget"),)
    assert plan.total == plan.bound == 300
    assert plan.stopped is Stopped.OPTIMAL


def test_a_solver_without_time_leaves_the_greedy_plan_and_an_honest_gap() -> None:
    problem = Problem(
        lines=(LINE,),
        shortages=(SHORT,),
        sources=(Source(id="other place", most=4, charges=("freight",)),),
        ways=(Way(id="transfer", shortage="S", source="other place", arrives=5, cost=1),),
        charges=(Charge(id="freight", amount=20),),
    )

    plan = choose(problem, Effort(seconds=0.0))

    assert plan.stopped is Stopped.NOTHING
    assert plan.total == plan.greedy == 204
    assert plan.bound == 10
    assert verify(problem, plan) == ()


@pytest.mark.parametrize("effort", [PROVEN, SEARCH])
@pytest.mark.parametrize(("arrives", "used", "total"), [(5, (6, 4), 30), (6, (), 300)])
def test_what_must_be_whole_is_covered_by_several_that_all_come_in_time(
    effort: Effort, arrives: int, used: tuple[int, ...], total: int
) -> None:
    problem = Problem(
        lines=(LINE,),
        shortages=(replace(SHORT, whole=True),),
        sources=(Source(id="depot", most=6), Source(id="supplier", most=7)),
        ways=(
            Way(id="a", shortage="S", source="depot", arrives=5, cost=1),
            Way(id="b", shortage="S", source="supplier", arrives=arrives, cost=6),
        ),
    )

    plan = choose(problem, effort)

    assert verify(problem, plan) == ()
    assert tuple(use.units for use in plan.uses) == used
    assert plan.total == total


@pytest.mark.parametrize("effort", [PROVEN, SEARCH])
@pytest.mark.parametrize(("budget", "units"), [(19, 0), (20, 20), (29, 20), (30, 10)])
def test_a_budget_counts_the_price_that_is_paid(effort: Effort, budget: int, units: int) -> None:
    offer = Source(
        id="offer",
        most=20,
        tiers=(Tier(price=3), Tier(least=20, price=1)),
        holding=2,
        draws=(Draw(pool="budget", paid=True),),
    )
    problem = Problem(
        lines=(LINE,),
        shortages=(replace(SHORT, whole=True),),
        sources=(offer,),
        ways=(Way(id="buy", shortage="S", source="offer", arrives=5),),
        pools=(Pool(id="budget", capacity=budget),),
    )

    plan = choose(problem, effort)

    assert verify(problem, plan) == ()
    assert sum(one.units for one in plan.brought) == units


def test_nothing_short_is_an_empty_plan() -> None:
    assert choose(Problem()).total == 0


def test_without_a_way_all_waits() -> None:
    plan = choose(Problem(lines=(LINE,), shortages=(SHORT, replace(SHORT, id="T", whole=True))))

    assert plan.waiting == tuple(
        Waiting(shortage=name, units=10, reason="there is no way to cover it") for name in ("S", "T")
    )
    assert plan.total == plan.bound == 600
    assert plan.stopped is Stopped.OPTIMAL


def test_a_way_from_nowhere_is_refused() -> None:
    with pytest.raises(InvalidValueError) as refused:
        Problem(lines=(LINE,), shortages=(SHORT,), ways=(Way(id="w", shortage="S", source="moon", arrives=1),))

    assert refused.value.message == "there is no source 'moon'; name one of the problem"
