"""Rounds: the middle one counts, whichever way was lucky in another."""

from evals.bench.crowd import Pace
from evals.bench.rounds import middle, middle_wait, round_of


def pace(turns: int, *waits: float) -> Pace:
    return Pace(turns=turns, seconds=1.0, waits=waits)


def test_a_round_is_held_against_the_fastest_of_the_others() -> None:
    assert round_of(pace(300), pace(20), pace(30), pace(10)).ratio == 10.0


def test_the_middle_round_counts_not_the_best_of_each_way() -> None:
    rounds = [round_of(pace(900), pace(30)), round_of(pace(200), pace(25)), round_of(pace(300), pace(20))]

    assert (middle(rounds).ratio, middle(rounds[:2]).ratio) == (15.0, 8.0)


def test_the_wait_is_that_of_the_middle_round_too() -> None:
    rounds = [round_of(pace(2, 0.001, wait), pace(1)) for wait in (0.009, 0.003, 0.005)]

    assert (middle_wait(rounds, 0.99), middle_wait(rounds, 0.0)) == (5.0, 1.0)
