"""Whatever is needed and in whatever turn, stock and receipts cover it in time."""

from hypothesis import given
from hypothesis import strategies as st

from core.demo.covering import Cover, Habit, Need, cover, needs_in_turn

UNITS = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 50)), max_size=30)
HABITS = st.builds(
    Habit, stocked=st.integers(0, 20), every=st.integers(0, 12), early=st.integers(0, 6), lot=st.integers(1, 25)
)


def test_a_unit_wanted_early_that_stands_late_in_line_wants_all_before_it() -> None:
    assert needs_in_turn([(20, 5), (3, 2), (30, 1)]) == (
        Need(day=3, in_all=7),
        Need(day=20, in_all=7),
        Need(day=30, in_all=8),
    )


def test_stock_serves_the_first_days_and_receipts_come_early_in_lots() -> None:
    needs = needs_in_turn([(5, 10), (12, 6), (15, 5), (40, 3)])

    covered = cover(needs, safety=4, habit=Habit(stocked=7, every=5, early=3, lot=10))

    assert covered == Cover(on_hand=14, receipts=((9, 20),))


@given(units=UNITS, safety=st.integers(0, 20), habit=HABITS)
def test_every_need_is_met_in_time_beside_the_safety_stock(
    units: list[tuple[int, int]], safety: int, habit: Habit
) -> None:
    needs = needs_in_turn(units)

    covered = cover(needs, safety=safety, habit=habit)

    for need in needs:
        there = covered.on_hand + sum(count for day, count in covered.receipts if day <= need.day)
        assert there - safety >= need.in_all
