"""Seven strategies of a backorder run, one by one and together over random books."""

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.backorders import RunRule
from core.domain.errors import InvalidValueError
from core.domain.order_terms import Strategy
from core.planning.allocation.backorders import RunProblem, RunResult, backorder_run
from core.planning.allocation.ledger import Portion, SupplyLedger, by_day, together
from core.planning.allocation.lines import Backorder

S = Strategy
DAYS = range(1, 9)
Book = tuple[tuple[Portion, ...], tuple[Backorder, ...]]
rules, lots = st.sampled_from(RunRule), st.integers(1, 3)
portions = st.lists(st.builds(Portion, day=st.sampled_from(DAYS), quantity=st.integers(1, 20)), max_size=5)


def on(day: int, quantity: int) -> Portion:
    return Portion(day=day, quantity=quantity)


def line(key: str, quantity: int, strategy: S, *confirmed: Portion, requested: int = 1, rank: int = 0) -> Backorder:
    return Backorder(
        key=key, quantity=quantity, requested=requested, confirmed=confirmed, strategy=strategy, rank=(rank,)
    )


@st.composite
def books(draw: st.DrawFn) -> tuple[tuple[Portion, ...], tuple[Backorder, ...]]:
    """Supply and lines whose confirmations rest on supply of which some may have gone since."""
    before = SupplyLedger(supply := draw(portions))
    lines = list[Backorder]()
    for number in range(draw(st.integers(0, 6))):
        quantity, since = draw(st.integers(1, 25)), draw(st.sampled_from(DAYS))
        confirmed = before.earliest(draw(st.integers(0, quantity)), since=since)
        for portion in confirmed:
            before.give(portion)
        lines.append(
            Backorder(
                key=f"L{number}",
                quantity=quantity,
                requested=draw(st.sampled_from(DAYS)),
                confirmed=confirmed,
                strategy=draw(st.sampled_from(S)),
                rank=(draw(st.integers(0, 2)),),
                locked=draw(st.booleans()) and draw(st.booleans()),
                weight=draw(st.integers(0, 3)),
                shipped=draw(st.integers(0, 9)),
            )
        )
    kept = tuple(p for p in supply if not draw(st.booleans()) or not draw(st.booleans()))
    return kept, tuple(lines)


@settings(max_examples=150)
@given(books(), rules, lots)
def test_no_day_has_more_confirmed_than_has_come(book: Book, rule: RunRule, lot: int) -> None:
    supply, lines = book
    given_ = backorder_run(supply, lines, rule=rule, lot=lot).given

    for day in DAYS:
        assert sum(by_day(one, day) for one in given_.values()) <= by_day(supply, day)
    assert all(by_day(given_[one.key], 99) <= one.quantity for one in lines)


@settings(max_examples=150)
@given(books(), rules, lots)
def test_floors_are_kept_or_named(book: Book, rule: RunRule, lot: int) -> None:
    supply, lines = book
    result = backorder_run(supply, lines, rule=rule, lot=lot)
    cut = {one.key for one in result.exceptions if one.problem is RunProblem.FLOOR_INFEASIBLE}

    for one in lines:
        if one.way in {S.SKIP, S.GAIN, S.IMPROVE} and one.key not in cut:
            assert all(by_day(result.given[one.key], day) >= by_day(one.confirmed, day) for day in DAYS)
        if one.way is S.SKIP and one.key not in cut:
            assert result.given[one.key] == together(one.confirmed)


@settings(max_examples=150)
@given(books(), rules, lots)
def test_fill_never_gains_lose_has_nothing_and_a_win_is_met_or_named(book: Book, rule: RunRule, lot: int) -> None:
    supply, lines = book
    result = backorder_run(supply, lines, rule=rule, lot=lot)
    unmet = {one.key for one in result.exceptions if one.problem is RunProblem.WIN_UNMET}

    for one in lines:
        found = result.given[one.key]
        if one.way is S.FILL:
            assert all(by_day(found, day) <= by_day(one.confirmed, day) for day in DAYS)
        if one.way is S.LOSE:
            assert found == ()
        if one.way is S.WIN:
            assert (by_day(found, one.requested) == one.quantity) is (one.key not in unmet)


@given(books(), rules, lots)
def test_the_order_of_lines_and_supply_changes_nothing(book: Book, rule: RunRule, lot: int) -> None:
    supply, lines = book

    upside_down = backorder_run(supply[::-1], lines[::-1], rule=rule, lot=lot)
    assert backorder_run(supply, lines, rule=rule, lot=lot) == upside_down


@given(books(), rules, lots)
def test_a_second_run_on_what_the_first_gave_breaks_no_floor(book: Book, rule: RunRule, lot: int) -> None:
    supply, lines = book
    first = backorder_run(supply, lines, rule=rule, lot=lot)
    lines = tuple(replace(one, confirmed=first.given[one.key]) for one in lines)
    again = backorder_run(supply, lines, rule=rule, lot=lot)

    assert all(one.problem is not RunProblem.FLOOR_INFEASIBLE for one in again.exceptions)


def run(supply: list[Portion], *lines: Backorder) -> RunResult:
    return backorder_run(supply, lines)


def test_a_win_does_not_break_a_gain() -> None:
    result = run([on(1, 10)], line("win", 10, S.WIN), line("gain", 10, S.GAIN, on(1, 10)))

    assert result.given == {"win": (), "gain": (on(1, 10),)}
    assert [(one.key, one.problem, one.wanted, one.given) for one in result.exceptions] == [
        ("win", RunProblem.WIN_UNMET, 10, 0)
    ]


def test_a_win_takes_from_redistribute_fill_and_lose() -> None:
    others = [
        line(key, 5, strategy, on(1, 5)) for key, strategy in (("r", S.REDISTRIBUTE), ("f", S.FILL), ("l", S.LOSE))
    ]
    result = run([on(1, 15), on(4, 6)], line("win", 12, S.WIN), *others)

    assert result.given == {"win": (on(1, 12),), "r": (on(1, 3), on(4, 2)), "f": (), "l": ()}
    assert result.exceptions == ()


def test_improve_gains_an_earlier_day_and_keeps_what_it_had() -> None:
    result = run([on(2, 4), on(6, 10)], line("i", 10, S.IMPROVE, on(6, 10)))

    assert result.given == {"i": (on(2, 4), on(6, 6))}


def test_supply_cut_below_what_was_confirmed_is_told_to_a_person() -> None:
    result = run([on(1, 7)], line("a", 5, S.IMPROVE, on(1, 5), rank=1), line("b", 5, S.IMPROVE, on(1, 5), rank=2))

    assert result.given == {"a": (on(1, 5),), "b": (on(1, 2),)}
    assert [(one.key, one.problem, one.given) for one in result.exceptions] == [("b", RunProblem.FLOOR_INFEASIBLE, 2)]


def test_a_quota_caps_what_a_line_may_gain_not_what_it_has() -> None:
    capped = replace(line("q", 10, S.IMPROVE, on(1, 6)), allowed=4)

    assert run([on(1, 10)], capped).given == {"q": (on(1, 6),)}
    assert run([on(1, 10)], replace(capped, confirmed=())).given == {"q": (on(1, 4),)}


def test_a_locked_line_is_left_alone() -> None:
    locked = replace(line("x", 9, S.LOSE, on(3, 2)), locked=True)

    assert run([on(1, 9)], locked).given == {"x": (on(3, 2),)}


@pytest.mark.parametrize("order", sorted(permutations("abc")))
def test_rank_then_requested_day_then_key_decides(order: tuple[str, ...]) -> None:
    lines = {
        "a": line("a", 4, S.REDISTRIBUTE, requested=2, rank=1),
        "b": line("b", 4, S.REDISTRIBUTE, requested=1, rank=1),
        "c": line("c", 4, S.REDISTRIBUTE, requested=9, rank=0),
    }

    result = run([on(1, 10)], *(lines[key] for key in order))
    assert {key: by_day(found, 99) for key, found in result.given.items()} == {"c": 4, "b": 4, "a": 2}


def test_nonsense_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="key of its own"):
        run([], line("a", 1, S.WIN), line("a", 1, S.WIN))
    with pytest.raises(InvalidValueError, match="is confirmed 2 of 1"):
        run([], line("a", 1, S.WIN, on(1, 2)))
    with pytest.raises(InvalidValueError, match="less than none"):
        run([on(1, -1)])
