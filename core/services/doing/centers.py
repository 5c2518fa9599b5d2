"""Doing and undoing the move of an operation to another work centre; what the order had booked is booked anew."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.domain.errors import CapacityExceededError, ConflictError
from core.domain.ids import WorkCenterCode, WorkOrderNo
from core.domain.plans import MoveOperation
from core.domain.production import MakingStep, OperationState
from core.ports.storage import UnitOfWork
from core.services.doing.deed import Change, Deed, Doing, change
from core.services.supplying.capacity import BookWork, book_work


def step_of(uow: UnitOfWork, number: WorkOrderNo, sequence: int) -> MakingStep | None:
    """An operation of a work order, None when it has no such one."""
    return next((step for step in uow.making.steps(number) if step.sequence == sequence), None)


def _move(deed: Deed, action: MoveOperation) -> str:
    _put(
        deed,
        action,
        center=action.new_center,
        setup=action.new_setup,
        unit=action.new_unit,
        dates=(action.old_due, action.new_due),
        mark="move",
    )
    return (
        f"operation {action.operation} of work order {action.work_order} is done at {action.new_center} instead of"
        f" {action.old_center}, due {action.new_due}"
    )


def _move_back(deed: Deed, action: MoveOperation) -> str:
    _put(
        deed,
        action,
        center=action.old_center,
        setup=action.old_setup,
        unit=action.old_unit,
        dates=(action.new_due, action.old_due),
        mark="back",
    )
    return f"operation {action.operation} of work order {action.work_order} is done at {action.old_center} again"


def _put(
    deed: Deed,
    action: MoveOperation,
    *,
    center: WorkCenterCode,
    setup: int,
    unit: Decimal,
    dates: tuple[date, date],
    mark: str,
) -> None:
    uow, number, (was, due) = deed.uow, action.work_order, dates
    order, step = uow.making.lock(number), step_of(uow, number, action.operation)
    if step is None or step.state is not OperationState.WAITING or order.due != was:
        raise ConflictError(f"operation {action.operation} of work order {number} has begun, or the order has moved")
    uow.making.plan(
        number, steps=(replace(step, work_center=center, setup_minutes=setup, unit_minutes=unit),), parts=()
    )
    uow.making.reschedule(number, start=order.start, due=due)
    facts = {"operation": action.operation, "from": step.work_center, "to": center}
    uow.audit.note(scope=f"work:{number}", event="operation_moved", subject=number, facts=facts)
    if not uow.capacity.bookings(number):
        return
    key = f"{deed.approval.id}:{mark} {number}/{action.operation}"
    try:
        book_work(uow, BookWork(key=key, number=number, version=uow.making.order(number).version, stay=True))
    except CapacityExceededError as error:
        raise ConflictError(f"operation {action.operation} of {number} does not fit: {error.message}") from error


def _moved(uow: UnitOfWork, action: MoveOperation) -> str | None:
    step, order = step_of(uow, action.work_order, action.operation), uow.making.order(action.work_order)
    subject = f"operation {action.operation} of work order {action.work_order}"
    if step is None or step.state is not OperationState.WAITING:
        return f"{subject} has begun"
    if step.work_center != action.new_center:
        return f"{subject} is done at {step.work_center} by now"
    return f"work order {order.number} is due on {order.due} by now" if order.due != action.new_due else None


def _move_change(action: MoveOperation) -> Change:
    return change(
        "work order (other work centre)",
        action.work_order,
        line=str(action.operation),
        item=action.item,
        quantity=str(action.quantity),
        origin=action.old_center,
        destination=action.new_center,
        old_date=action.old_due.isoformat(),
        new_date=action.new_due.isoformat(),
    )


MOVE: Doing[MoveOperation] = Doing(do=_move, undo=_move_back, obstacle=_moved, change=_move_change)
