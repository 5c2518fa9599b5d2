"""Making in finite capacity: work goes into free minutes, backward from the day, forward where that is too late."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.domain.capacity import Load, placed_anywhere
from core.domain.errors import CapacityExceededError
from core.domain.ids import WorkCenterCode, WorkOrderNo
from core.planning.promising import open_book, promise
from core.planning.promising.capacity import WorkLoad, minutes_of
from core.planning.promising.terms import Step
from core.planning.snapshot import Bookings, OperationAlternates, Operations, Snapshot, WorkCenters, date_of
from tests.core.planning.books import AS_OF, book
from tests.core.planning.promising.asking import ask, codes, dates, orders


def shop(minutes: list[list[int]], *, unit: int = 60, setup: int = 0, steps: tuple[int, ...] = (0,)) -> Snapshot:
    """A made at work centres with these minutes a day, an hour a unit, one step at each of `steps`."""
    count = len(steps)
    plain = book(items=[("A", True, 9)])
    centers = WorkCenters(
        code=tuple(f"W{n}" for n in range(len(minutes))),
        location=np.zeros(len(minutes), dtype=np.int32),
        minutes=np.array(minutes, dtype=np.int64),
    )
    routing = Operations(
        item=np.zeros(count, dtype=np.int32),
        sequence=np.arange(1, count + 1, dtype=np.int32),
        center=np.array(steps, dtype=np.int32),
        setup=np.full(count, setup, dtype=np.int64),
        unit=np.full(count, unit * 1_000_000, dtype=np.int64),
        good=np.full(count, 1_000_000, dtype=np.int64),
    )
    return replace(plain, work_centers=centers, operations=routing)


def test_work_is_placed_as_late_as_the_day_allows() -> None:
    answer = promise(open_book(shop([[480] * 14])), ask(16, 5))

    assert (dates(answer), orders(answer)) == ([(5, 16)], [("make", "A", 16, 4, 5)])


def test_what_is_taken_is_not_there_for_the_next() -> None:
    books = open_book(shop([[480] * 14]))

    first, second = promise(books, ask(8, 0)), promise(books, ask(12, 0))

    assert (dates(first), dates(second)) == ([(0, 8)], [(1, 8), (2, 4)])
    assert codes(second) == ["capacity"]


def test_a_day_without_work_is_skipped() -> None:
    assert dates(promise(open_book(shop([[480, 0, 0, 480, 480, 480, 480]])), ask(16, 0))) == [(0, 8), (3, 8)]


def test_steps_follow_each_other_and_the_set_up_counts() -> None:
    snapshot = shop([[240] * 14, [240] * 14], unit=30, setup=60, steps=(0, 1))

    answer = promise(open_book(snapshot), ask(12, 6, partial=False))

    assert (dates(answer), orders(answer)) == ([(6, 12)], [("make", "A", 12, 4, 6)])


def _with_other(snapshot: Snapshot, factor: int) -> Snapshot:
    """The first operation may be done at the second centre, too."""
    other = OperationAlternates(
        operation=np.zeros(1, dtype=np.int32),
        center=np.ones(1, dtype=np.int32),
        priority=np.ones(1, dtype=np.int32),
        factor=np.array([factor], dtype=np.int64),
    )
    return replace(snapshot, operation_alternates=other)


def test_another_work_centre_is_used_when_the_first_has_no_room() -> None:
    snapshot = _with_other(shop([[0] * 14, [480] * 14]), 2_000_000)

    assert dates(promise(open_book(snapshot), ask(4, 0))) == [(0, 4)]


def test_what_is_too_late_is_promised_for_when_the_first_of_its_centres_ends_it() -> None:
    snapshot = _with_other(shop([[0] * 6 + [480] * 8, [0, 0, *[480] * 12]]), 1_000_000)

    assert dates(promise(open_book(snapshot), ask(8, 0))) == [(2, 8)]


def test_work_begins_as_late_as_it_can_where_what_comes_before_it_needs_the_room() -> None:
    snapshot = shop([[240] * 14, [480] * 14, [480] * 14], steps=(2, 0))
    other = replace(_with_other(snapshot, 1_000_000).operation_alternates, operation=np.ones(1, dtype=np.int32))

    answer = promise(open_book(replace(snapshot, operation_alternates=other)), ask(16, 3, partial=False))

    assert orders(answer) == [("make", "A", 16, 1, 3)]


_minutes = st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=3, max_size=3)
_loads = st.lists(
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 20)), min_size=1, max_size=3, unique_by=lambda way: way[0]),
    min_size=1,
    max_size=3,
)


@settings(max_examples=50, deadline=None)
@given(_minutes, _loads)
def test_work_is_booked_where_and_when_it_was_promised(
    minutes: list[list[int]], loads: list[list[tuple[int, int]]]
) -> None:
    # an operation takes `factor` minutes for one unit at each of its centres
    steps = [
        Step(tuple((center, units * 1_000_000) for center, units in ways), 0, 1_000_000, 1_000_000) for ways in loads
    ]
    placed = WorkLoad(AS_OF, minutes).backward(steps, 1, last=AS_OF + 3, first=AS_OF)
    free = {
        (WorkCenterCode(f"W{n}"), date_of(AS_OF + at)): left
        for n, row in enumerate(minutes)
        for at, left in enumerate(row)
    }
    ways = [
        [Load(sequence=at, work_center=WorkCenterCode(f"W{center}"), minutes=units) for center, units in some]
        for at, some in enumerate(loads)
    ]

    try:
        found = placed_anywhere(ways, free, order=WorkOrderNo("W"), first=date_of(AS_OF), last=date_of(AS_OF + 3))
    except CapacityExceededError:
        assert placed is None
    else:
        assert placed is not None
        slots = [(f"W{slot.center}", date_of(slot.day), slot.minutes) for slot in placed.slots]
        assert sorted((one.work_center, one.day, one.minutes) for one in found) == sorted(slots)


def test_open_work_orders_keep_their_minutes() -> None:
    snapshot = shop([[480] * 14])
    busy = book(items=[("A", True, 9)], supply=[("WO", "W", "A", 8, 1)], demand=[("S", 1, "A", 8, 1)])
    books = replace(snapshot, supply=busy.supply, demand=busy.demand)

    assert dates(promise(open_book(books), ask(16, 1, partial=False))) == [(2, 16)]


def test_a_day_off_of_the_place_becomes_the_next_working_day() -> None:
    snapshot = book(items=[("A",)], stock=[("A", 5)])
    works = replace(snapshot, working_days=np.array([[True, True, False, False, True]]))

    assert dates(promise(open_book(works), ask(5, 2))) == [(4, 5)]


def test_minutes_are_of_what_goes_in_and_rounded_up() -> None:
    step = Step(centers=((0, 1_000_000),), setup=10, unit=1_500_000, good=900_000)

    assert minutes_of(step, 9, 1_000_000) == 25
    assert minutes_of(step, 10, 1_000_000) == 28
    assert minutes_of(step, 9, 1_250_000) == 32


def test_booked_minutes_are_taken_where_they_are_booked_and_nowhere_else() -> None:
    snapshot = shop([[480] * 14])
    busy = book(items=[("A", True, 9)], supply=[("WO", "W", "A", 8, 5)], demand=[("S", 1, "A", 8, 5)])
    books = replace(snapshot, supply=busy.supply, demand=busy.demand)
    booked = Bookings(
        number=("W",),
        center=np.zeros(1, dtype=np.int32),
        day=np.array([AS_OF + 1], dtype=np.int32),
        minutes=np.array([480], dtype=np.int64),
    )

    assert dates(promise(open_book(books), ask(16, 1, partial=False))) == [(1, 16)]
    assert dates(promise(open_book(replace(books, bookings=booked)), ask(16, 1, partial=False))) == [(2, 16)]
