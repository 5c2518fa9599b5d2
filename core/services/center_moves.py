"""Where operations of a case could be done instead: qualified, with time, and by when the order would then be there."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from math import ceil

from core.domain.capacity import Booking, CentreDay, Job, Load, capacity_of, placed_backward
from core.domain.errors import CapacityExceededError, NotFoundError
from core.domain.ids import WorkCenterCode, WorkOrderNo
from core.domain.money import rounded
from core.domain.plans import MoveOperation
from core.domain.production import MINUTES_AN_HOUR, Making, MakingStep, OperationState
from core.planning.repair.relocating import qualified_centers
from core.planning.repair.terms import OtherCenter, WorkingDay
from core.planning.snapshot import Snapshot
from core.ports.storage import UnitOfWork
from core.services.supplying.capacity import BOOKABLE

MOST_ORDERS, MOST_CENTERS, LONGEST_DAYS = 3, 3, 120
_ORDER, _CENTER = "work order ", "work center "


@dataclass(frozen=True, slots=True, kw_only=True)
class _Move:
    """A work order with the operation that would move, as it would be."""

    order: Making
    steps: tuple[MakingStep, ...]
    old: MakingStep
    new: MakingStep
    first: date


def center_moves(
    uow: UnitOfWork, snapshot: Snapshot, root: str, overloads: Sequence[WorkingDay]
) -> tuple[OtherCenter, ...]:
    """The moves a case on a work order, or on a work centre with too much work, could do with."""
    if root.startswith(_ORDER):
        number = WorkOrderNo(root.removeprefix(_ORDER))
        return tuple(_of_order(uow, snapshot, number, center=None, relieves=False))
    if not root.startswith(_CENTER) or not overloads:
        return ()
    center = WorkCenterCode(root.removeprefix(_CENTER))
    days = {one.day for one in overloads}
    jobs = [job for job in uow.capacity.jobs(center) if not job.started]
    booked = [
        job.order for job in jobs if any((b.work_center, b.day in days) == (center, True) for b in _booked(uow, job))
    ]
    return tuple(
        move
        for number in sorted(set(booked))[:MOST_ORDERS]
        for move in _of_order(uow, snapshot, number, center=center, relieves=True)
    )


def _booked(uow: UnitOfWork, job: Job) -> tuple[Booking, ...]:
    return tuple(booking for booking in uow.capacity.bookings(job.order) if booking.sequence == job.sequence)


def _of_order(
    uow: UnitOfWork, snapshot: Snapshot, number: WorkOrderNo, *, center: WorkCenterCode | None, relieves: bool
) -> Iterable[OtherCenter]:
    try:
        order = uow.making.order(number)
    except NotFoundError:
        return
    if order.stage not in BOOKABLE:
        return
    steps, today = uow.making.steps(number), uow.company.settings().as_of
    waiting = [step for step in steps if step.state is OperationState.WAITING and center in (None, step.work_center)]
    tried = 0
    for step in waiting:
        for code, factor in qualified_centers(snapshot, order.item, step.sequence):
            if code == step.work_center or tried == MOST_CENTERS:
                continue
            tried += 1
            new = replace(
                step,
                work_center=code,
                setup_minutes=ceil(step.setup_minutes * factor),
                unit_minutes=(step.unit_minutes * factor).quantize(Decimal("0.000001")),
            )
            move = _Move(order=order, steps=steps, old=step, new=new, first=max(order.start, today))
            yield _tried(uow, move, relieves=relieves)


def _tried(uow: UnitOfWork, move: _Move, *, relieves: bool) -> OtherCenter:
    due = None if move.first > move.order.due else _earliest(uow, move)
    if due is None:
        free = f"{move.new.work_center} has no time for it until {move.order.due}"
        return OtherCenter(action=_action(uow, move, due=move.order.due), why_not=free, relieves=relieves)
    due = move.order.due if relieves else due
    action = replace(_action(uow, move, due=due), booked=_booked_anew(uow, move, due=due))
    return OtherCenter(action=action, relieves=relieves)


def _booked_anew(uow: UnitOfWork, move: _Move, *, due: date) -> str:
    """The minutes that doing the move books instead of those the order has, nothing where it has none."""
    if not uow.capacity.bookings(move.order.number):
        return ""
    loads = _loads(move)
    free = _free(uow, move, {load.work_center for load in loads}, last=due)
    minutes: defaultdict[CentreDay, int] = defaultdict(int)
    for one in placed_backward(loads, free, order=move.order.number, first=move.first, last=due):
        minutes[one.work_center, one.day] += one.minutes
    return "; ".join(f"{center} {day.isoformat()} {units}" for (center, day), units in sorted(minutes.items()))


def _earliest(uow: UnitOfWork, move: _Move) -> date | None:
    """The first day by which all the work left fits, up to the due date of the order."""
    last = min(move.order.due, move.first + timedelta(days=LONGEST_DAYS))
    loads = _loads(move)
    free = _free(uow, move, {load.work_center for load in loads}, last=last)
    low, high = 0, (last - move.first).days
    if not _fits(loads, free, move, day=high):
        return None
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _fits(loads, free, move, day=middle) else (middle + 1, high)
    return move.first + timedelta(days=low)


def _loads(move: _Move) -> list[Load]:
    """The work left, with the operation where it would be."""
    steps = [move.new if step is move.old else step for step in move.steps]
    return [
        Load(sequence=step.sequence, work_center=step.work_center, minutes=step.left(move.order.ordered))
        for step in steps
    ]


def _fits(loads: Sequence[Load], free: dict[CentreDay, int], move: _Move, *, day: int) -> bool:
    last = move.first + timedelta(days=day)
    try:
        placed_backward(loads, free, order=move.order.number, first=move.first, last=last)
    except CapacityExceededError:
        return False
    return True


def _free(uow: UnitOfWork, move: _Move, centers: Iterable[WorkCenterCode], *, last: date) -> dict[CentreDay, int]:
    """Minutes free for the order: those of the calendar and the overtime, less what other orders have booked."""
    free: dict[CentreDay, int] = {}
    for code in sorted(centers):
        center = uow.routings.work_center(code)
        calendar, downtimes = uow.routings.calendar(center.calendar), uow.routings.downtimes(code)
        for offset in range((last - move.first).days + 1):
            day = move.first + timedelta(days=offset)
            free[code, day] = capacity_of(center, day, calendar=calendar, downtimes=downtimes)
        for load in uow.capacity.loads(code, first=move.first, last=last):
            free[code, load.day] += load.overtime - load.booked
    for own in uow.capacity.bookings(move.order.number):
        if (own.work_center, own.day) in free:
            free[own.work_center, own.day] += own.minutes
    return free


def _action(uow: UnitOfWork, move: _Move, *, due: date) -> MoveOperation:
    order, old, new = move.order, move.old, move.new
    return MoveOperation(
        work_order=order.number,
        operation=old.sequence,
        item=order.item,
        quantity=order.open_quantity,
        old_center=old.work_center,
        new_center=new.work_center,
        old_setup=old.setup_minutes,
        old_unit=old.unit_minutes,
        new_setup=new.setup_minutes,
        new_unit=new.unit_minutes,
        start=order.start,
        old_due=order.due,
        new_due=due,
        cost=rounded(_run_cost(uow, new, order.ordered) - _run_cost(uow, old, order.ordered)),
    )


def _run_cost(uow: UnitOfWork, step: MakingStep, quantity: int) -> Decimal:
    return uow.routings.work_center(step.work_center).hourly_cost * step.left(quantity) / MINUTES_AN_HOUR
