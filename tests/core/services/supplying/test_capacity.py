"""Finite capacity: days have what their calendars say, and never more is booked than they have."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from core.domain.errors import CapacityExceededError, ConflictError, InvalidValueError
from core.domain.ids import WorkCenterCode, WorkOrderNo
from core.domain.promising import Ask
from core.services.promising import InquirePromise, inquire
from core.services.supplying.capacity import (
    BookedResult,
    BookWork,
    DecideOvertime,
    RescheduleWork,
    book_work,
    decide_overtime,
    open_days,
    reschedule_work,
)
from core.services.supplying.producing import EndWork, cancel_work
from core.services.supplying.work_lists import work_list
from tests.builders import HOUSTON, PUMP, TODAY, day
from tests.core.services.supplying.works import WO_9, build_works, lawful, released
from tests.desk import Desk

ASSEMBLY, TEST = WorkCenterCode("ASSEMBLY"), WorkCenterCode("TEST")


def book(desk: Desk, number: WorkOrderNo = WO_9, *, key: str = "book") -> BookedResult:
    with desk.open() as uow:
        version = uow.making.order(number).version
        return book_work(uow, BookWork(key=f"{key} {number}", number=number, version=version))


def minutes(desk: Desk, center: WorkCenterCode = ASSEMBLY) -> dict[date, int]:
    with desk.open() as uow:
        return {load.day: load.booked for load in uow.capacity.loads(center, first=day(0), last=day(60)) if load.booked}


def test_work_is_booked_as_late_as_it_fits(desk: Desk) -> None:
    # given a day shift of 480 minutes; day 10 is Monday the 14th of October, Columbus Day
    build_works(desk)
    released(desk, ordered=6, start=3, due=10)

    result = book(desk)

    assert [(b.sequence, b.day, b.minutes) for b in result.bookings] == [(10, day(7), 240), (20, day(7), 45)]
    assert book(desk) == result
    assert (minutes(desk), lawful(desk)) == ({day(7): 240}, [])


def test_work_that_does_not_fit_is_refused_with_what_is_free(desk: Desk) -> None:
    build_works(desk)
    released(desk, ordered=6, start=5, due=5)
    released(desk, ordered=6, start=5, due=5, number=WorkOrderNo("WO-8"))
    released(desk, ordered=5, start=5, due=5, number=WorkOrderNo("WO-7"))
    book(desk)
    book(desk, WorkOrderNo("WO-8"))

    with pytest.raises(CapacityExceededError, match="operation 10 of WO-7 needs 210 minutes of 'ASSEMBLY'") as caught:
        book(desk, WorkOrderNo("WO-7"))

    assert caught.value.details == {"work_center": ASSEMBLY, "wanted": 210, "free": 0}
    assert minutes(desk) == {day(5): 480}


def test_overtime_makes_room_up_to_what_is_allowed(desk: Desk) -> None:
    build_works(desk)
    decide = DecideOvertime(key="o", work_center=ASSEMBLY, day=day(5), minutes=120, why="rush order")

    with desk.open() as uow:
        result = decide_overtime(uow, decide)

    assert (result.minutes, result.free) == (120, 600)
    for number, wrong in ((121, "accepted is 0 to 120 minutes a day"), (-1, "accepted is 0 to 120")):
        command = DecideOvertime(key=f"x{number}", work_center=ASSEMBLY, day=day(5), minutes=number, why="x")
        with pytest.raises(InvalidValueError, match=wrong), desk.open() as uow:
            decide_overtime(uow, command)


def test_overtime_that_is_booked_is_not_taken_back(desk: Desk) -> None:
    build_works(desk)
    with desk.open() as uow:
        decide_overtime(uow, DecideOvertime(key="o", work_center=ASSEMBLY, day=day(5), minutes=60, why="rush"))
    released(desk, ordered=6, start=5, due=5)
    released(desk, ordered=6, start=5, due=5, number=WorkOrderNo("WO-8"))
    desk.alter(
        "UPDATE work_order_operations SET setup_minutes = 120 WHERE setup_minutes = 60"
        " AND order_id = (SELECT id FROM work_orders WHERE number = 'WO-8')"
    )
    book(desk)
    book(desk, WorkOrderNo("WO-8"))

    back = DecideOvertime(key="b", work_center=ASSEMBLY, day=day(5), minutes=59, why="x")
    with pytest.raises(InvalidValueError, match="is less than is booked; accepted is 60 or more"), desk.open() as uow:
        decide_overtime(uow, back)
    assert minutes(desk) == {day(5): 540}


def test_a_moved_order_takes_its_minutes_along(desk: Desk) -> None:
    build_works(desk)
    version = released(desk, ordered=6, start=3, due=5).version
    book(desk)
    assert minutes(desk) == {day(5): 240}

    with desk.open() as uow:
        move = RescheduleWork(key="m", number=WO_9, version=version, start=day(6), due=day(11))
        moved = reschedule_work(uow, move)

    assert (moved.version, minutes(desk)) == (version + 1, {day(11): 240})
    assert lawful(desk) == []


def test_an_order_that_fits_nowhere_else_stays_where_it_is(desk: Desk) -> None:
    build_works(desk)
    version = released(desk, ordered=6, start=3, due=5).version
    book(desk)
    sunday = RescheduleWork(key="m", number=WO_9, version=version, start=day(9), due=day(9))

    with pytest.raises(CapacityExceededError), desk.open() as uow:
        reschedule_work(uow, sunday)

    with desk.open() as uow:
        assert uow.making.order(WO_9).due == day(5)
    assert minutes(desk) == {day(5): 240}


def test_a_cancelled_order_gives_its_minutes_back(desk: Desk) -> None:
    build_works(desk)
    version = released(desk).version
    book(desk)

    with desk.open() as uow:
        cancel_work(uow, EndWork(key="c", number=WO_9, version=version, why="no demand"))

    assert (minutes(desk), minutes(desk, TEST)) == ({}, {})


def test_a_stoppage_shows_days_with_more_than_they_have(desk: Desk) -> None:
    build_works(desk)
    released(desk, ordered=6, start=3, due=5)
    book(desk)
    desk.alter(
        "INSERT INTO downtimes (work_center, first, last, reason)"
        " VALUES ('ASSEMBLY', '2024-10-09', '2024-10-09', 'fire')"
    )

    with desk.open() as uow:
        open_days(uow, [ASSEMBLY], first=day(5), last=day(5))
        (load,) = uow.capacity.overloaded()

    assert (load.day, load.capacity, load.booked, load.free) == (day(5), 0, 240, -240)


def test_two_at_once_never_book_more_than_there_is(desk: Desk) -> None:
    build_works(desk)
    numbers = [WorkOrderNo(f"WO-{index}") for index in range(20, 28)]
    for number in numbers:
        released(desk, ordered=4, start=5, due=5, number=number)

    def attempt(number: WorkOrderNo) -> bool:
        try:
            book(desk, number)
        except (CapacityExceededError, ConflictError):
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(attempt, numbers))

    booked = minutes(desk)[day(5)]
    assert booked == 180 * sum(done) <= 480
    assert sum(done) == 2
    assert lawful(desk) == []


def test_the_list_says_what_to_do_next_and_why(desk: Desk) -> None:
    build_works(desk)
    released(desk, ordered=4, start=3, due=10)
    released(desk, ordered=6, start=1, due=1, number=WorkOrderNo("WO-8"))

    with desk.open() as uow:
        first, second = work_list(uow, ASSEMBLY)
        waiting = work_list(uow, TEST)

    assert day(0) == TODAY
    assert [(row.job.order, str(row.critical_ratio)) for row in (first, second)] == [
        ("WO-8", "1.68"),
        ("WO-9", "22.86"),
    ]
    assert first.because == (
        "critical ratio 1.68: 480 minutes until 2024-10-05, 285 minutes of work left",
        "priority 1",
    )
    assert waiting[0].because[1] == "waits for the operation before it"


def pumps_today(desk: Desk) -> list[tuple[date, int]]:
    """When ten more pumps could be there."""
    wanted = Ask(item=PUMP, location=HOUSTON, quantity=10, requested=TODAY)
    with desk.open() as uow:
        (answer,) = inquire(uow, InquirePromise(asks=(wanted,)))
    return [(part.on, part.quantity) for part in answer.dates]


def test_booked_minutes_push_out_what_is_promised_and_overtime_brings_it_back(desk: Desk) -> None:
    build_works(desk)
    desk.alter("UPDATE supplier_items SET lead_time_days = 0")
    released(desk, ordered=6, start=0, due=0)
    book(desk)
    desk.alter("UPDATE work_orders SET due = due + 14 WHERE number = 'WO-9'")

    booked = pumps_today(desk)
    with desk.open() as uow:
        decide_overtime(uow, DecideOvertime(key="o", work_center=ASSEMBLY, day=TODAY, minutes=120, why="rush"))
    with_overtime = pumps_today(desk)

    assert (booked, with_overtime) == ([(TODAY, 6), (day(3), 4)], [(TODAY, 10)])
    with desk.open() as uow:
        uow.capacity.allow_overtime(ASSEMBLY, TODAY, minutes=0, why="no more")
        uow.capacity.give_back(WO_9)
    assert pumps_today(desk) == [(TODAY, 10)]
