"""Where the operations of a work order may be done: their own work centres, then the alternates of its routing."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from math import ceil

from core.domain.capacity import Booking, Load
from core.domain.ids import WorkOrderNo
from core.domain.production import Making, MakingStep, OperationState
from core.ports.storage import UnitOfWork

_FINEST = Decimal("0.000001")


def step_ways(uow: UnitOfWork, order: Making, steps: Sequence[MakingStep]) -> list[list[MakingStep]]:
    """Each operation as it is and, unless it has begun or somebody has moved it, as it would be at each of the others,
    best first."""
    own = {operation.sequence: operation.work_center for operation in uow.routings.operations(order.item)}
    others = uow.routings.alternates(order.item)
    ways = list[list[MakingStep]]()
    for step in steps:
        free_to_go = step.state is OperationState.WAITING and own.get(step.sequence) == step.work_center
        mine = [one for one in others if one.sequence == step.sequence and one.work_center != step.work_center]
        changed = [
            replace(
                step,
                work_center=one.work_center,
                setup_minutes=ceil(step.setup_minutes * one.time_factor),
                unit_minutes=(step.unit_minutes * one.time_factor).quantize(_FINEST),
            )
            for one in mine
        ]
        ways.append([step, *(changed if free_to_go else [])])
    return ways


def load_of(order: Making, step: MakingStep) -> Load:
    """The minutes still to come of an operation."""
    return Load(sequence=step.sequence, work_center=step.work_center, minutes=step.left(order.ordered))


def keep_centers(
    uow: UnitOfWork, number: WorkOrderNo, ways: Sequence[Sequence[MakingStep]], bookings: Sequence[Booking]
) -> None:
    """Write down the operations that are booked at another work centre than they were at."""
    chosen = {booking.sequence: booking.work_center for booking in bookings}
    for step, *others in ways:
        for other in others:
            if chosen.get(step.sequence) == other.work_center:
                uow.making.plan(number, steps=(other,), parts=())
                facts = {"operation": step.sequence, "from": step.work_center, "to": other.work_center}
                uow.audit.note(scope=f"work:{number}", event="operation_moved", subject=number, facts=facts)
