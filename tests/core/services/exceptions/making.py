"""Exceptions of making: work behind, work centres overloaded, scrap, a component that is missing."""

from core.domain.cases import ExceptionType as E
from core.domain.ids import WorkOrderNo
from core.services.supplying.capacity import BookWork, RescheduleWork, book_work, reschedule_work
from core.services.supplying.producing import CompleteWork, ReleaseWork, complete_work, release_work
from tests.builders import MOTOR, PUMP, TODAY, YARD, day
from tests.core.services.exceptions.scene import Scene, adjusted
from tests.core.services.supplying.works import WO_9, build_works, released
from tests.desk import Desk

WO_1 = WorkOrderNo("WO-1")


def _slow_work(desk: Desk) -> None:
    """Four pumps of four hours each, until Friday the 11th, and motors enough."""
    build_works(desk)
    adjusted(desk, 50, item=MOTOR, at=YARD)
    desk.alter("UPDATE operations SET unit_minutes = 240 WHERE sequence = 10")
    released(desk, ordered=4, start=3, due=7)


def _moved(desk: Desk, due: int, *, key: str = "move", number: WorkOrderNo = WO_9) -> None:
    with desk.open() as uow:
        version = uow.making.order(number).version
        reschedule_work(uow, RescheduleWork(key=key, number=number, version=version, start=day(3), due=day(due)))


def _booked(desk: Desk) -> None:
    build_works(desk)
    adjusted(desk, 50, item=MOTOR, at=YARD)
    released(desk, ordered=4, start=3, due=7)
    with desk.open() as uow:
        book_work(uow, BookWork(key="book", number=WO_9, version=uow.making.order(WO_9).version))


def _down(desk: Desk, on: int) -> None:
    there = f"('ASSEMBLY', '{day(on)}', '{day(on)}', 'belt')"
    desk.alter(f"INSERT INTO downtimes (work_center, first, last, reason) VALUES {there}")  # type: ignore[arg-type]  a date of ours


def _at_work(desk: Desk) -> None:
    """The pumps of WO-1 are released, and what else is in the yard suffices."""
    adjusted(desk, 50, item=MOTOR, at=YARD)
    with desk.open() as uow:
        version = uow.making.order(WO_1).version
        release_work(uow, ReleaseWork(key="release", number=WO_1, version=version, why_short="parts are on the way"))


def _completed(desk: Desk, *, good: int, scrapped: int) -> None:
    """The last two pumps of the order are reported."""
    with desk.open() as uow:
        command = CompleteWork(
            key="done", number=WO_1, good=good, scrapped=scrapped, reason="cracked" if scrapped else "",
            completed_on=TODAY, backflush=True, last=True,
        )  # fmt: skip
        complete_work(uow, command)


MAKING = (
    Scene(
        type=E.COMPONENT_SHORTAGE,
        plant=lambda desk: adjusted(desk, -5, item=MOTOR, at=YARD),
        near=lambda desk: adjusted(desk, -2, item=MOTOR, at=YARD),
        undo=lambda desk: adjusted(desk, 5, item=MOTOR, at=YARD),
        root="item MOTOR@YARD",
        title="Component MOTOR at YARD lacks 1 unit: work order WO-1 held up, 1 order line waits",
        lines=("SO-1/2",),
        lacking=1,
    ),
    Scene(
        type=E.WORK_ORDER_BEHIND,
        ready=_slow_work,
        plant=lambda desk: _moved(desk, 4),
        near=lambda desk: _moved(desk, 6),
        undo=lambda desk: _moved(desk, 7, key="back"),
        root="work order WO-9",
        title="WO-9 has 1,050 minutes of work left and 960 minutes of working time until it is due on 2024-10-08",
        lines=("SO-1/2",),
        lacking=4,
    ),
    Scene(
        type=E.WORK_ORDER_BEHIND,
        name="after the need",
        ready=_at_work,
        plant=lambda desk: _moved(desk, 12, number=WO_1),
        near=lambda desk: _moved(desk, 7, number=WO_1),
        undo=lambda desk: _moved(desk, 7, key="back", number=WO_1),
        root="work order WO-1",
        title="WO-1 brings 2 PUMP-1 on 2024-10-16, after order lines need them",
        lines=("SO-1/2",),
        lacking=2,
    ),
    Scene(
        type=E.CAPACITY_OVERLOAD,
        ready=_booked,
        plant=lambda desk: _down(desk, 7),
        near=lambda desk: _down(desk, 6),
        undo=lambda desk: desk.alter("DELETE FROM downtimes"),
        root="work center ASSEMBLY",
        title="ASSEMBLY has 180 minutes of work on 2024-10-11 and 0 minutes to do it (belt): 180 minutes too many, "
        "1 work order",
        exposed=False,
    ),
    Scene(
        type=E.YIELD_LOSS,
        ready=_at_work,
        plant=lambda desk: _completed(desk, good=1, scrapped=1),
        near=lambda desk: _completed(desk, good=2, scrapped=0),
        undo=lambda desk: adjusted(desk, 1, item=PUMP),
        root="work order WO-1",
        title="WO-1 lost 1 unit of PUMP-1 to scrap: 2 of 3 are good",
        lines=("SO-1/2",),
        lacking=1,
    ),
)
