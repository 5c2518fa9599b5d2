"""Work that has no room at its own work centre is booked at another one that may do it."""

import pytest

from core.domain.errors import CapacityExceededError
from core.domain.ids import WorkCenterCode, WorkOrderNo
from core.domain.promising import Ask
from core.services.promising import InquirePromise, inquire
from core.services.supplying.capacity import BookedResult, BookWork, book_work
from core.services.supplying.producing import ReleaseWork, release_work
from tests.builders import HOUSTON, PUMP, TODAY, day
from tests.core.services.supplying.works import build_works, lawful, work_order
from tests.desk import Desk

ASSEMBLY, BENCH, TEST = WorkCenterCode("ASSEMBLY"), WorkCenterCode("BENCH"), WorkCenterCode("TEST")
FULL, OTHER = WorkOrderNo("WO-8"), WorkOrderNo("WO-9")


def build_benches(desk: Desk) -> None:
    """Pumps may be assembled at the bench, too, in half as much time again."""
    build_works(desk)
    desk.alter(
        """
        INSERT INTO work_centers (code, name, location_id, calendar, stations, hourly_cost, overtime_minutes,
                                  overtime_hourly_cost)
        SELECT 'BENCH', 'Bench', location_id, calendar, 1, 50, 0, 0 FROM work_centers WHERE code = 'TEST';
        INSERT INTO operation_alternates (item_id, sequence, work_center, priority, time_factor)
        SELECT id, 10, 'BENCH', 1, 1.5 FROM items WHERE code = 'PUMP-1'
        """
    )


def booked(desk: Desk, number: WorkOrderNo, *, ordered: int, on: int = 5, stay: bool = False) -> BookedResult:
    """A work order of one day, released and booked."""
    with desk.open() as uow:
        work_order(uow, number, ordered=ordered, start=on, due=on)
        release = ReleaseWork(key=f"release {number}", number=number, version=1, why_short="motors come by noon")
        version = release_work(uow, release).version
        return book_work(uow, BookWork(key=f"book {number}", number=number, version=version, stay=stay))


def test_an_operation_without_room_goes_to_another_centre_at_its_rate(desk: Desk) -> None:
    build_benches(desk)
    booked(desk, FULL, ordered=13)

    result = booked(desk, OTHER, ordered=4)

    assert [(b.sequence, b.work_center, b.day, b.minutes) for b in result.bookings] == [
        (10, BENCH, day(5), 270),
        (20, TEST, day(5), 30),
    ]
    with desk.open() as uow:
        (step, _), version = uow.making.steps(OTHER), uow.making.order(OTHER).version
        (moved,) = [said for *_, event, _, said in uow.audit.trail(f"work:{OTHER}") if event == "operation_moved"]
    assert (step.work_center, step.setup_minutes, step.unit_minutes, result.version) == (BENCH, 90, 45, version)
    assert moved == '{"from": "ASSEMBLY", "operation": 10, "to": "BENCH"}'
    assert lawful(desk) == []


def test_work_is_promised_on_the_centre_it_is_booked_at(desk: Desk) -> None:
    build_benches(desk)
    desk.alter("UPDATE supplier_items SET lead_time_days = 0")
    booked(desk, FULL, ordered=13, on=0)
    desk.alter("UPDATE work_orders SET due = due + 14 WHERE number = 'WO-8'")

    with desk.open() as uow:
        wanted = Ask(item=PUMP, location=HOUSTON, quantity=8, requested=TODAY)
        (answer,) = inquire(uow, InquirePromise(asks=(wanted,)))
    result = booked(desk, OTHER, ordered=8, on=0)

    assert [(part.on, part.quantity) for part in answer.dates] == [(TODAY, 8)]
    assert [(b.work_center, b.day, b.minutes) for b in result.bookings] == [(BENCH, TODAY, 450), (TEST, TODAY, 60)]


def test_an_operation_that_stays_or_fits_nowhere_is_refused_where_it_belongs(desk: Desk) -> None:
    build_benches(desk)
    booked(desk, FULL, ordered=13)

    with pytest.raises(CapacityExceededError, match="operation 10 of WO-9 needs 180 minutes of 'ASSEMBLY'"):
        booked(desk, OTHER, ordered=4, stay=True)
    with pytest.raises(CapacityExceededError, match="operation 10 of WO-9 needs 330 minutes of 'ASSEMBLY'"):
        booked(desk, OTHER, ordered=9)
