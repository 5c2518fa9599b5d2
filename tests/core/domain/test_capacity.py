"""Finite capacity in the domain: what a day has, work placed on days, jobs in their order."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.calendars import Calendar, Shift
from core.domain.capacity import CentreDay, Job, Load, capacity_of, placed_backward, ranked
from core.domain.errors import CapacityExceededError
from core.domain.ids import CalendarCode, ItemCode, LocationCode, WorkCenterCode, WorkOrderNo
from core.domain.making import Downtime, WorkCenter

A, B = WorkCenterCode("A"), WorkCenterCode("B")
WO = WorkOrderNo("WO-1")
MONDAY = date(2024, 7, 1)
CENTER = WorkCenter(code=A, name="A", location=LocationCode("L"), stations=2)
DAY_SHIFT = Calendar(code=CalendarCode("C"), name="", shifts=(Shift(weekday=0, begins=480, ends=960),))


def on(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def test_a_day_has_the_minutes_of_all_stations_and_none_while_down() -> None:
    down = (Downtime(work_center=A, first=MONDAY, last=MONDAY, reason="repair"),)
    other = (Downtime(work_center=B, first=MONDAY, last=MONDAY, reason="repair"),)

    assert capacity_of(CENTER, MONDAY, calendar=DAY_SHIFT, downtimes=other) == 960
    assert capacity_of(CENTER, MONDAY, calendar=DAY_SHIFT, downtimes=down) == 0
    assert capacity_of(CENTER, on(1), calendar=DAY_SHIFT) == 0


def test_work_is_placed_late_and_operations_keep_their_order() -> None:
    free: dict[CentreDay, int] = {(A, on(0)): 100, (A, on(1)): 100, (B, on(1)): 30, (B, on(2)): 30}
    loads = [Load(sequence=10, work_center=A, minutes=150), Load(sequence=20, work_center=B, minutes=60)]

    found = placed_backward(loads, free, order=WO, first=on(0), last=on(3))

    assert [(b.sequence, b.day, b.minutes) for b in found] == [
        (10, on(0), 50),
        (10, on(1), 100),
        (20, on(1), 30),
        (20, on(2), 30),
    ]


def test_what_does_not_fit_is_refused_with_what_is_free() -> None:
    with pytest.raises(CapacityExceededError, match="needs 101 minutes of 'A' from 2024-07-01 to 2024-07-02, 100 are"):
        placed_backward(
            [Load(sequence=10, work_center=A, minutes=101)], {(A, on(0)): 100}, order=WO, first=on(0), last=on(1)
        )


@given(
    free=st.dictionaries(st.tuples(st.sampled_from([A, B]), st.integers(0, 9).map(on)), st.integers(-50, 200)),
    loads=st.lists(st.tuples(st.sampled_from([A, B]), st.integers(0, 300)), max_size=4),
)
def test_no_day_takes_more_than_it_has(free: dict[CentreDay, int], loads: list[tuple[WorkCenterCode, int]]) -> None:
    work = [Load(sequence=n, work_center=center, minutes=minutes) for n, (center, minutes) in enumerate(loads, 1)]
    try:
        found = placed_backward(work, free, order=WO, first=on(0), last=on(9))
    except CapacityExceededError:
        return

    for key in {(b.work_center, b.day) for b in found}:
        assert sum(b.minutes for b in found if (b.work_center, b.day) == key) <= free[key]
    assert sum(b.minutes for b in found) == sum(load.minutes for load in work)
    days = [(b.sequence, b.day) for b in found]
    assert all(early[1] <= late[1] for early in days for late in days if early[0] < late[0])


def job(
    order: str, *, due: int = 5, minutes: int = 480, priority: int = 3, ready: bool = True, begun: bool = False
) -> Job:
    return Job(
        order=WorkOrderNo(order),
        sequence=10,
        name="Cut",
        item=ItemCode("I"),
        quantity=1,
        due=on(due),
        minutes=minutes,
        minutes_after=0,
        priority=priority,
        started=begun,
        ready=ready,
    )


def test_what_is_ready_and_begun_comes_first_then_what_is_tightest() -> None:
    jobs = [
        job("late", due=0),
        job("not ready", due=0, ready=False),
        job("loose", due=9),
        job("begun", due=9, begun=True),
        job("tight", due=1),
        job("tight for a better customer", due=1, priority=1),
    ]

    rows = ranked(jobs, today=MONDAY, minutes_a_day=480)

    assert [(row.job.order, row.critical_ratio) for row in rows] == [
        ("begun", Decimal("9.00")),
        ("late", Decimal("0.00")),
        ("tight for a better customer", Decimal("1.00")),
        ("tight", Decimal("1.00")),
        ("loose", Decimal("9.00")),
        ("not ready", Decimal("0.00")),
    ]
    assert rows[1].because[1] == "late as things stand"
    assert ranked(reversed(jobs), today=MONDAY, minutes_a_day=480) == rows
