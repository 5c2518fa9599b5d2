"""Weighing: insisting costs what the whole plan costs more; a higher weight of stability moves no more lines."""

import pytest
from hypothesis import given, settings

from core.planning.choosing.choose import Effort, choose
from core.planning.choosing.columns import columns_of
from core.planning.choosing.components import components_of
from core.planning.choosing.problem import Charge, Line, Pool, Problem, Shortage, Source, Stability, Tier, Way
from core.planning.choosing.problem import Draw as Draws
from core.planning.choosing.verifying import verify
from core.planning.choosing.weighing import Insisted, insisted, steadiness
from tests.core.planning.choosing.problems import problems
from tests.core.planning.oracles.best_plan import cheapest

TWO_FOR_ONE_STOCK = Problem(
    lines=(Line(id="A/1", customer="A"), Line(id="B/1", customer="B")),
    shortages=(
        Shortage(id="a", line="A/1", units=10, need=0, otherwise=10, penalty=5),
        Shortage(id="b", line="B/1", units=10, need=0, otherwise=10, penalty=3),
    ),
    sources=(
        Source(id="stock for a", most=10, draws=(Draws(pool="stock", unit=1),)),
        Source(id="stock for b", most=10, draws=(Draws(pool="stock", unit=1),)),
        Source(id="supplier", most=20, tiers=(Tier(least=5, price=4),), charges=("order",)),
    ),
    ways=(
        Way(id="a by stock", shortage="a", source="stock for a", arrives=0),
        Way(id="b by stock", shortage="b", source="stock for b", arrives=0),
        Way(id="b bought", shortage="b", source="supplier", arrives=2),
    ),
    pools=(Pool(id="stock", capacity=10),),
    charges=(Charge(id="order", amount=50),),
)


def test_insisting_costs_what_the_others_lose() -> None:
    best = choose(TWO_FOR_ONE_STOCK)

    found = insisted(TWO_FOR_ONE_STOCK, [("a by stock",), ("b by stock",), ("b bought",)])

    assert best.total == 150  # a takes the stock; b is bought: 50 + 10 units at 4, two days late at 3
    assert found == [
        Insisted(ways=("a by stock",), units=10, more=0, exact=True),
        Insisted(ways=("b by stock",), units=10, more=350, exact=True),
        Insisted(ways=("b bought",), units=10, more=0, exact=True),
    ]


@settings(max_examples=30, deadline=None)
@given(problems(most=2, units=2))
def test_what_insisting_costs_is_the_difference_of_the_best_plans(problem: Problem) -> None:
    groups = [tuple(way.id for way in problem.ways if way.source == source.id) for source in problem.sources]
    groups += [(way.id,) for way in problem.ways]
    best = cheapest(problem)
    assert best is not None

    for one in insisted(problem, groups, Effort(nodes=10_000)):
        forced = cheapest(problem, ways=one.ways, least=one.units)
        assert one.exact
        assert forced is not None
        assert one.more == forced - best


@pytest.mark.parametrize("second", ["ACME", "BETA"])
def test_a_customer_who_is_told_in_any_case_joins_no_parts_and_is_counted_once(second: str) -> None:
    problem = Problem(
        lines=(Line(id="a/1", customer="ACME"), Line(id="b/1", customer=second)),
        shortages=tuple(Shortage(id=name, line=f"{name}/1", units=3, need=0, otherwise=9, penalty=1) for name in "ab"),
        sources=(Source(id="late", most=3), Source(id="in time", most=3)),
        ways=(
            Way(id="a late", shortage="a", source="late", arrives=2),
            Way(id="b in time", shortage="b", source="in time", arrives=0, cost=8),
        ),
        stability=Stability(moved=7, contacted=11),
    )

    parts = components_of(columns_of(problem), most=1)
    best = choose(problem)

    assert [part.told for part in parts] == [frozenset(), frozenset({"ACME"})]
    assert verify(problem, best) == ()
    assert best.total == best.bound == cheapest(problem) == 24 + 24


def test_what_is_scarce_has_a_price_and_what_lacks_a_reserve_price() -> None:
    best = choose(TWO_FOR_ONE_STOCK)

    assert [(price.id, round(price.value)) for price in best.pools] == [("stock", 15)]
    assert [price.id for price in best.reserves] == ["a", "b"]
    assert round(best.reserves[0].value) == 15


@settings(max_examples=20, deadline=None)
@given(problems(most=3, units=4))
def test_a_higher_weight_of_stability_moves_no_more_lines(problem: Problem) -> None:
    effort = Effort(small=0)

    found = steadiness(problem, choose(problem, effort), effort)

    moved = [one.lines_moved for one in found]
    assert moved == sorted(moved, reverse=True)
