"""What is short on a day is shared; what lines have on any day is never less afterwards."""

from core.domain.backorders import RunRule
from core.domain.order_terms import Strategy
from core.planning.allocation.backorders import RunProblem, RunResult, backorder_run
from core.planning.allocation.ledger import Portion
from core.planning.allocation.lines import Backorder

S = Strategy


def on(day: int, quantity: int) -> Portion:
    return Portion(day=day, quantity=quantity)


def line(key: str, quantity: int, *confirmed: Portion, strategy: S = S.IMPROVE, requested: int = 1) -> Backorder:
    return Backorder(key=key, quantity=quantity, requested=requested, confirmed=confirmed, strategy=strategy)


def shared(supply: list[Portion], *lines: Backorder, lot: int = 1) -> RunResult:
    return backorder_run(supply, lines, rule=RunRule.PROPORTIONAL, lot=lot)


def test_each_day_is_shared_among_the_lines_whose_day_has_come() -> None:
    result = shared([on(1, 6), on(3, 6)], line("a", 10), line("b", 5), line("c", 5, requested=3))

    # day 1: 6 on 10 and 5; day 3: 6 on the 6 and 3 that are left and on 5
    assert result.given == {"a": (on(1, 4), on(3, 3)), "b": (on(1, 2), on(3, 1)), "c": (on(3, 2),)}


def test_what_comes_sooner_takes_the_place_of_what_was_to_come_later() -> None:
    result = shared([on(1, 8), on(5, 10)], line("a", 8, on(5, 8)), line("b", 8))

    assert result.given == {"a": (on(1, 4), on(5, 4)), "b": (on(1, 4), on(5, 4))}


def test_a_share_that_others_need_later_is_not_given() -> None:
    result = shared([on(1, 10)], line("a", 10, on(5, 10)), line("b", 10))

    assert result.given == {"a": (on(1, 10),), "b": ()}


def test_a_cut_of_supply_is_shared_and_each_loss_is_told() -> None:
    result = shared([on(1, 9)], line("a", 12, on(1, 12)), line("b", 6, on(1, 6)))

    assert result.given == {"a": (on(1, 6),), "b": (on(1, 3),)}
    assert [(one.key, one.problem, one.given) for one in result.exceptions] == [
        ("a", RunProblem.FLOOR_INFEASIBLE, 6),
        ("b", RunProblem.FLOOR_INFEASIBLE, 3),
    ]


def test_strategy_goes_before_the_rule() -> None:
    result = shared([on(1, 10)], line("win", 8, strategy=S.WIN), line("a", 8, strategy=S.REDISTRIBUTE))

    assert result.given == {"win": (on(1, 8),), "a": (on(1, 2),)}


def test_what_is_short_is_shared_in_whole_lots_and_what_is_not_as_it_is() -> None:
    lines = (line("a", 7), line("b", 7))

    assert shared([on(1, 11)], *lines, lot=5).given == {"a": (on(1, 5),), "b": (on(1, 5),)}
    assert shared([on(1, 14)], *lines, lot=5).given == {"a": (on(1, 7),), "b": (on(1, 7),)}
