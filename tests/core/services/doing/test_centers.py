"""R14: an operation goes to another work centre that is qualified and has the time, and back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.domain.errors import ConflictError
from core.domain.ids import WorkCenterCode
from core.domain.plans import CancelWork, MoveOperation
from core.services.center_moves import center_moves
from core.services.supplying.capacity import BookWork, book_work
from core.services.supplying.producing import ReportOperation, report_operation
from tests.builders import day
from tests.core.services.doing.deeds import carried_out, left_alone, taken_back
from tests.core.services.supplying.works import WO_9, build_works, released
from tests.desk import Desk

PRESS = WorkCenterCode("PRESS")


def prepared(desk: Desk) -> None:
    """Six pumps, assembly booked on day 7; a press does the same in half the time, at 90 an hour."""
    build_works(desk)
    desk.alter("""
        INSERT INTO work_centers (code, name, location_id, calendar, stations, hourly_cost, overtime_minutes,
                                  overtime_hourly_cost)
        SELECT 'PRESS', 'Press', location_id, calendar, 1, 90, 0, 0 FROM work_centers WHERE code = 'ASSEMBLY';
        INSERT INTO operation_alternates (item_id, sequence, work_center, priority, time_factor)
        SELECT id, 10, 'PRESS', 2, 0.5 FROM items WHERE code = 'PUMP-1'""")
    released(desk, ordered=6, start=3, due=10)
    with desk.open() as uow:
        book_work(uow, BookWork(key="book", number=WO_9, version=uow.making.order(WO_9).version))


def moves(desk: Desk) -> list[tuple[MoveOperation, str]]:
    with desk.open() as uow:
        found = center_moves(uow, uow.snapshot(), f"work order {WO_9}", ())
        return [(one.action, one.why_not) for one in found]


def booked(desk: Desk) -> list[tuple[str, date, int]]:
    with desk.open() as uow:
        return [(b.work_center, b.day, b.minutes) for b in uow.capacity.bookings(WO_9)]


def test_the_move_has_its_exact_cost_and_the_first_day_it_fits(desk: Desk) -> None:
    prepared(desk)

    [(move, why_not)] = moves(desk)

    assert why_not == ""
    assert (move.old_center, move.new_center) == ("ASSEMBLY", PRESS)
    assert (move.new_setup, move.new_unit) == ((move.old_setup + 1) // 2, move.old_unit / 2)
    assert (move.start, move.old_due, move.new_due) == (day(3), day(10), day(3))
    assert move.cost == Decimal("-60.00")  # 120 minutes at 90 an hour for 240 at 60


def test_it_is_done_there_booked_there_and_brought_back(desk: Desk) -> None:
    prepared(desk)
    [(move, _)] = moves(desk)
    before = booked(desk)

    approval = carried_out(desk, move)

    assert booked(desk) == [(PRESS, day(3), 120), ("TEST", day(3), 45)]
    taken_back(desk, approval)
    assert booked(desk) == before


def test_a_cancelled_order_gives_its_minutes_back_as_simulated(desk: Desk) -> None:
    prepared(desk)
    with desk.open() as uow:
        order = uow.making.order(WO_9)
    cancel = CancelWork(
        work_order=WO_9,
        item=order.item,
        quantity=order.open_quantity,
        start=order.start,
        due=order.due,
    )

    carried_out(desk, cancel)

    assert (booked(desk), desk.snapshot().bookings.number) == ([], ())


def test_without_time_there_it_says_so(desk: Desk) -> None:
    prepared(desk)
    desk.alter(
        "INSERT INTO downtimes (work_center, first, last, reason) VALUES ('PRESS', '2024-01-01', '2025-01-01', 'x')"
    )

    [(_, why_not)] = moves(desk)

    assert why_not == f"PRESS has no time for it until {day(10)}"


def test_once_it_has_begun_there_it_stays(desk: Desk) -> None:
    prepared(desk)
    [(move, _)] = moves(desk)
    approval = carried_out(desk, move)
    with desk.open() as uow:
        uow.making.components_taken(WO_9)
        report_operation(uow, ReportOperation(key="r", number=WO_9, sequence=10, good=1, minutes=20))

    with desk.open() as uow, pytest.raises(ConflictError, match="operation 10 of work order WO-9 has begun"):
        taken_back(desk, approval)
    assert uow is not None


def test_a_move_that_is_no_longer_qualified_is_stale(desk: Desk) -> None:
    prepared(desk)
    [(move, _)] = moves(desk)
    desk.alter("UPDATE operation_alternates SET closed = 'pack 2'")

    assert left_alone(desk, move) == "qualified for the operation: PUMP-1/10>PRESS is no, the plan needs yes"


def test_a_move_to_where_there_is_no_time_any_more_is_stale(desk: Desk) -> None:
    prepared(desk)
    [(move, _)] = moves(desk)
    desk.alter(
        "INSERT INTO downtimes (work_center, first, last, reason) VALUES ('PRESS', '2024-01-01', '2025-01-01', 'x')"
    )

    assert "operation 10 of WO-9 does not fit" in left_alone(desk, replace(move, cost=Decimal(1)))
