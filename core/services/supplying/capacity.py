"""Finite capacity: days opened from calendars, work orders booked on them, moved with them, overtime decided."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core.domain.capacity import Booking, CentreDay, capacity_of, placed_anywhere
from core.domain.errors import IllegalTransitionError, InvalidValueError
from core.domain.ids import WorkCenterCode, WorkOrderNo
from core.domain.production import Making
from core.domain.supply_life import WorkStage
from core.ports.storage import UnitOfWork
from core.services.supplying.center_choice import keep_centers, load_of, step_ways

BOOKABLE = frozenset({WorkStage.RELEASED, WorkStage.STARTED})
LONGEST_WINDOW = timedelta(days=366)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookWork:
    """The operations of a released work order on days of their work centres, between its start and due dates. What has
    no room there goes to the other work centres that may do it, unless all `stay`."""

    key: str
    number: WorkOrderNo
    version: int
    stay: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RescheduleWork:
    """Other dates for a work order; what it had booked is booked anew between them."""

    key: str
    number: WorkOrderNo
    version: int
    start: date
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideOvertime:
    """Minutes of overtime of a work centre on a day, in place of those decided before."""

    key: str
    work_center: WorkCenterCode
    day: date
    minutes: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedResult:
    """What is booked for the order now."""

    number: WorkOrderNo
    version: int
    bookings: tuple[Booking, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OvertimeResult:
    """The overtime of the day, and the minutes that are free with it."""

    minutes: int
    free: int


def book_work(uow: UnitOfWork, command: BookWork) -> BookedResult:
    """Book the minutes still to come, as late as they fit and never more than a day has; all or nothing."""

    def act() -> BookedResult:
        order = uow.making.lock(command.number, version=command.version)
        return _book(uow, order, stay=command.stay)

    return uow.commands.once(command.key, command, BookedResult, act)


def reschedule_work(uow: UnitOfWork, command: RescheduleWork) -> BookedResult:
    """Move the order; when its work no longer fits, nothing is moved and CapacityExceededError says where."""
    return uow.commands.once(command.key, command, BookedResult, lambda: _reschedule(uow, command))


def decide_overtime(uow: UnitOfWork, command: DecideOvertime) -> OvertimeResult:
    """Allow overtime up to what the work centre may have in a day."""
    return uow.commands.once(command.key, command, OvertimeResult, lambda: _overtime(uow, command))


def open_days(uow: UnitOfWork, centres: Iterable[WorkCenterCode], *, first: date, last: date) -> None:
    """Say how many minutes each day has, from calendars, holidays and stoppages as they are today."""
    if last - first > LONGEST_WINDOW:
        raise InvalidValueError(
            f"{first} to {last} is longer than {LONGEST_WINDOW.days} days; accepted is a shorter window", field="due"
        )
    minutes = dict[CentreDay, int]()
    for code in sorted(set(centres)):
        centre = uow.routings.work_center(code)
        calendar, downtimes = uow.routings.calendar(centre.calendar), uow.routings.downtimes(code)
        for offset in range((last - first).days + 1):
            day = first + timedelta(days=offset)
            minutes[code, day] = capacity_of(centre, day, calendar=calendar, downtimes=downtimes)
    uow.capacity.open_days(minutes)


def _book(uow: UnitOfWork, order: Making, *, stay: bool = False) -> BookedResult:
    if order.stage not in BOOKABLE:
        raise IllegalTransitionError(
            f"work order {order.number!r} is {order.stage.value!r} and books no capacity; accepted is one that is"
            " released or started",
            old=order.stage.value,
        )
    uow.capacity.give_back(order.number)
    steps = uow.making.steps(order.number)
    ways = [[step] for step in steps] if stay else step_ways(uow, order, steps)
    loads = [[load_of(order, step) for step in choices] for choices in ways]
    first = max(order.start, uow.company.settings().as_of)
    bookings = ()
    if any(choices[0].minutes for choices in loads):
        if first > order.due:
            raise InvalidValueError(
                f"work order {order.number!r} was due on {order.due}, before {first}; accepted is a due date to come",
                field="due",
            )
        centres = {load.work_center for choices in loads for load in choices}
        open_days(uow, centres, first=first, last=order.due)
        free = {
            (load.work_center, load.day): load.free
            for centre in sorted(centres)
            for load in uow.capacity.loads(centre, first=first, last=order.due)
        }
        bookings = placed_anywhere(loads, free, order=order.number, first=first, last=order.due)
        keep_centers(uow, order.number, ways, bookings)
        uow.capacity.book(order.number, bookings)
    return BookedResult(number=order.number, version=uow.making.order(order.number).version, bookings=bookings)


def _reschedule(uow: UnitOfWork, command: RescheduleWork) -> BookedResult:
    order = uow.making.lock(command.number, version=command.version)
    if command.start > command.due:
        raise InvalidValueError(
            f"start {command.start} is after due {command.due}; accepted is a start up to the due date", field="start"
        )
    if order.stage in {WorkStage.COMPLETED, WorkStage.CLOSED, WorkStage.CANCELLED}:
        raise IllegalTransitionError(
            f"work order {order.number!r} is {order.stage.value!r} and is not moved; accepted is one still made",
            old=order.stage.value,
        )
    booked = uow.capacity.bookings(command.number)
    uow.making.reschedule(command.number, start=command.start, due=command.due)
    moved = uow.making.order(command.number)
    return _book(uow, moved) if booked else BookedResult(number=moved.number, version=moved.version, bookings=())


def _overtime(uow: UnitOfWork, command: DecideOvertime) -> OvertimeResult:
    centre = uow.routings.work_center(command.work_center)
    if not 0 <= command.minutes <= centre.overtime_minutes:
        raise InvalidValueError(
            f"overtime {command.minutes!r} of {command.work_center!r} is not accepted; accepted is 0 to"
            f" {centre.overtime_minutes} minutes a day",
            field="minutes",
        )
    if not command.why.strip():
        raise InvalidValueError(f"overtime of {command.work_center!r} on {command.day} has no reason", field="why")
    open_days(uow, [command.work_center], first=command.day, last=command.day)
    uow.capacity.allow_overtime(command.work_center, command.day, minutes=command.minutes, why=command.why)
    (load,) = uow.capacity.loads(command.work_center, first=command.day, last=command.day)
    return OvertimeResult(minutes=load.overtime, free=load.free)
