"""What the floor is told: the room of an operation is what a report accepts, and no unit more."""

import pytest

from core.domain.errors import ConflictError
from core.domain.items import LotControl
from core.services.supplying.floor import FloorOrder, floor_order
from core.services.supplying.producing import CompleteWork, ReportOperation, complete_work, report_operation
from tests.builders import day
from tests.core.services.supplying.works import WO_9, build_works, released, work_order
from tests.desk import Desk


def seen(desk: Desk) -> FloorOrder:
    with desk.open() as uow:
        return floor_order(uow, WO_9)


def report(desk: Desk, sequence: int, *, good: int, scrapped: int = 0, done: bool = False) -> None:
    with desk.open() as uow:
        command = ReportOperation(
            key=f"{sequence} {good} {scrapped} {done}",
            number=WO_9,
            sequence=sequence,
            good=good,
            scrapped=scrapped,
            reason="cracked" if scrapped else "",
            done=done,
        )
        report_operation(uow, command)


def rooms(desk: Desk) -> list[int]:
    return [step.room for step in seen(desk).steps]


def test_an_open_order_waits_to_be_started(desk: Desk) -> None:
    build_works(desk)
    with desk.open() as uow:
        work_order(uow)

    found = seen(desk)

    assert (found.may_start, found.steps, found.finishable, found.next_step) == (True, (), 0, None)
    assert found.tracked is LotControl.NONE


def test_units_move_from_operation_to_operation_and_into_stock(desk: Desk) -> None:
    build_works(desk)
    released(desk)
    assert (rooms(desk), seen(desk).next_step, seen(desk).may_start) == ([4, 0], 10, False)

    report(desk, 10, good=3)
    assert rooms(desk) == [1, 3]

    report(desk, 20, good=2, scrapped=1)
    assert (rooms(desk), seen(desk).finishable) == ([1, 0], 2)

    desk.wait_for(day(1))
    with desk.open() as uow:
        complete_work(uow, CompleteWork(key="f", number=WO_9, good=2, completed_on=day(1), backflush=True))
    assert (seen(desk).finishable, seen(desk).order.completed) == (0, 2)


def test_the_room_is_accepted_and_one_unit_more_is_not(desk: Desk) -> None:
    build_works(desk)
    released(desk)
    report(desk, 10, good=3)

    for at, sequence in enumerate((10, 20)):
        room = rooms(desk)[at]
        with pytest.raises(ConflictError):
            report(desk, sequence, good=room + 1)
        report(desk, sequence, good=room)
        assert rooms(desk)[at] == 0


def test_an_operation_that_is_done_takes_nothing_more(desk: Desk) -> None:
    build_works(desk)
    released(desk)
    report(desk, 10, good=3, done=True)

    assert (rooms(desk), seen(desk).next_step) == ([0, 3], 20)
