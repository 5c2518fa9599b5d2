"""Work orders at work: released, reported on, finished, closed with what they cost."""

from dataclasses import dataclass, replace
from datetime import date

from core.domain.errors import ConflictError, InsufficientStockError, InvalidValueError
from core.domain.ids import ItemCode, LotCode, SerialNo, WorkOrderNo
from core.domain.lots import Lot
from core.domain.production import (
    Making,
    MakingPart,
    MakingStep,
    OperationState,
    WorkCost,
    cost_of,
    parts_of,
    parts_with,
)
from core.domain.stock import StockMove, VirtualPlace
from core.domain.supply_life import WorkStage, require_step
from core.ports.storage import UnitOfWork
from core.services.happened import check_happened
from core.services.supplying.issuing import backflush, needed_by_now, require_working
from core.services.supplying.lotting import check_tracking, keep_lot


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseWork:
    """The order may be worked on. Without its components it is released only when `why_short` says why."""

    key: str
    number: WorkOrderNo
    version: int
    why_short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOperation:
    """Work on an operation since the last report: good and scrapped units, minutes, and whether it is done."""

    key: str
    number: WorkOrderNo
    sequence: int
    good: int = 0
    scrapped: int = 0
    minutes: int = 0
    done: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompleteWork:
    """Finished units for stock, and units lost at the end with the reason.

    With `backflush` the components of these units are taken from stock now. `last` says that nothing more is made.
    """

    key: str
    number: WorkOrderNo
    good: int
    scrapped: int = 0
    reason: str = ""
    completed_on: date
    lot: str = ""
    expires_on: date | None = None
    serials: tuple[SerialNo, ...] = ()
    backflush: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndWork:
    """Close a completed order, or cancel one that nothing was used for."""

    key: str
    number: WorkOrderNo
    version: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkResult:
    """Where the order is now, and what it lacked when it was released all the same."""

    number: WorkOrderNo
    stage: WorkStage
    version: int
    completed: int
    scrapped: int
    short: tuple[tuple[ItemCode, int], ...] = ()


def release_work(uow: UnitOfWork, command: ReleaseWork) -> WorkResult:
    """Write the operations and components of the order down as they are today, and let work begin."""
    return uow.commands.once(command.key, command, WorkResult, lambda: _release(uow, command))


def report_operation(uow: UnitOfWork, command: ReportOperation) -> WorkResult:
    """Add to an operation; it cannot pass on more units than came out of the one before it."""
    return uow.commands.once(command.key, command, WorkResult, lambda: _report(uow, command))


def complete_work(uow: UnitOfWork, command: CompleteWork) -> WorkResult:
    """Take finished units into stock; their components must have been issued, or are taken now."""
    return uow.commands.once(command.key, command, WorkResult, lambda: _complete(uow, command))


def close_work(uow: UnitOfWork, command: EndWork) -> WorkCost:
    """Work out what a completed order cost against its standard, and close it."""
    return uow.commands.once(command.key, command, WorkCost, lambda: _close(uow, command))


def cancel_work(uow: UnitOfWork, command: EndWork) -> WorkResult:
    """Take an order back for which nothing was used; the capacity it had booked is free again."""

    def act() -> WorkResult:
        uow.making.lock(command.number, version=command.version)
        uow.making.advance(command.number, to=WorkStage.CANCELLED, why=command.why)
        uow.capacity.give_back(command.number)
        return result_of(uow, command.number)

    return uow.commands.once(command.key, command, WorkResult, act)


def result_of(uow: UnitOfWork, number: WorkOrderNo, *, short: tuple[tuple[ItemCode, int], ...] = ()) -> WorkResult:
    """The order as it is now."""
    order = uow.making.order(number)
    return WorkResult(
        number=number,
        stage=order.stage,
        version=order.version,
        completed=order.completed,
        scrapped=order.scrapped,
        short=short,
    )


def _release(uow: UnitOfWork, command: ReleaseWork) -> WorkResult:
    order = uow.making.lock(command.number, version=command.version)
    require_step(f"work order {command.number!r}", order.stage, WorkStage.RELEASED)
    units, bom = order.open_quantity, uow.routings.components(order.item)
    listed = parts_of(bom, item=order.item, units=units, on=order.start)
    parts = parts_with(listed, uow.making.built_with(command.number), units=units)
    if order.components_issued:
        parts = tuple(replace(part, issued=part.required) for part in parts)
    short = _missing(uow, order, parts)
    if short and not command.why_short.strip():
        raise _not_there(command.number, short)
    uow.making.plan(command.number, steps=_steps(uow, order), parts=parts)
    why = f"released short: {command.why_short}" if short else "released"
    uow.making.advance(command.number, to=WorkStage.RELEASED, why=why)
    return result_of(uow, command.number, short=short)


def _missing(uow: UnitOfWork, order: Making, parts: tuple[MakingPart, ...]) -> tuple[tuple[ItemCode, int], ...]:
    places = uow.routings.same_site(order.location)
    there = {part.item: sum(uow.stock.available(part.item, place) for place in places) for part in parts}
    return tuple((part.item, part.missing - there[part.item]) for part in parts if part.missing > there[part.item])


def _not_there(number: WorkOrderNo, short: tuple[tuple[ItemCode, int], ...]) -> InsufficientStockError:
    words = ", ".join(f"{units} of {item!r}" for item, units in short)
    return InsufficientStockError(
        f"work order {number!r} lacks {words} at its site; accepted is to wait for them, or a reason to begin short",
        short=[{"item": item, "missing": units} for item, units in short],
    )


def _steps(uow: UnitOfWork, order: Making) -> tuple[MakingStep, ...]:
    """The operations of the routing; what was made before the release has passed all of them."""
    return tuple(
        MakingStep(
            sequence=operation.sequence,
            name=operation.name,
            work_center=operation.work_center,
            setup_minutes=operation.setup_minutes,
            unit_minutes=operation.unit_minutes,
            good=order.completed,
        )
        for operation in uow.routings.operations(order.item)
    )


def _report(uow: UnitOfWork, command: ReportOperation) -> WorkResult:
    require_working(uow.making.lock(command.number))
    step = _step_of(uow, command)
    new = replace(
        step,
        state=OperationState.DONE if command.done else OperationState.STARTED,
        good=step.good + command.good,
        scrapped=step.scrapped + command.scrapped,
        minutes=step.minutes + command.minutes,
        started_at=step.started_at or uow.now,
        finished_at=uow.now if command.done else None,
    )
    uow.making.report(
        command.number,
        new,
        good=command.good,
        scrapped=command.scrapped,
        minutes=command.minutes,
        hourly_cost=uow.routings.work_center(step.work_center).hourly_cost,
        reason=command.reason,
    )
    uow.making.advance(command.number, to=WorkStage.STARTED, why=f"operation {command.sequence} begun")
    return result_of(uow, command.number)


def _step_of(uow: UnitOfWork, command: ReportOperation) -> MakingStep:
    """The operation that is reported on; it takes no more than came out of the one before it, the first one no more
    good units than were ordered."""
    _check_counts(command)
    steps = {step.sequence: step for step in uow.making.steps(command.number)}
    if command.sequence not in steps:
        raise InvalidValueError(
            f"operation {command.sequence!r} of {command.number!r} is not there; accepted is one of {sorted(steps)}",
            field="sequence",
        )
    step = steps[command.sequence]
    earlier = [one.good for one in steps.values() if one.sequence < command.sequence]
    had, more = step.good, command.good
    if earlier:
        had, more = step.good + step.scrapped, command.good + command.scrapped
    most = min(earlier, default=uow.making.order(command.number).ordered)
    if had + more > most or step.state is OperationState.DONE:
        raise ConflictError(
            f"operation {command.sequence} of {command.number!r} is {step.state.value!r} with {had} units; {more} more"
            f" are not accepted, {most} came to it",
            most=most,
        )
    return step


def _check_counts(command: ReportOperation) -> None:
    if min(command.good, command.scrapped, command.minutes) < 0:
        raise InvalidValueError(
            f"good {command.good!r}, scrapped {command.scrapped!r} and minutes {command.minutes!r} of an operation are"
            " counts; accepted is 0 or more",
            field="good",
        )
    if command.scrapped and not command.reason.strip():
        raise InvalidValueError(f"{command.scrapped} units are scrapped without a reason", field="reason")


def _complete(uow: UnitOfWork, command: CompleteWork) -> WorkResult:
    order = uow.making.lock(command.number)
    require_working(order)
    check_happened(uow, command.completed_on, field="completed_on")
    _check_completion(uow, command, order)
    uow.making.complete(
        command.number,
        good=command.good,
        scrapped=command.scrapped,
        reason=command.reason,
        lot=command.lot,
        expires_on=command.expires_on,
        on=command.completed_on,
    )
    after = uow.making.order(command.number)
    if command.backflush:
        backflush(uow, after, on=command.completed_on)
    _check_components(uow, after)
    _book(uow, command, order)
    uow.making.advance(command.number, to=WorkStage.STARTED, why="units finished")
    if command.last or not after.open_quantity:
        why = "nothing more is made" if after.open_quantity else "all made"
        uow.making.advance(command.number, to=WorkStage.COMPLETED, why=why)
        uow.capacity.give_back(command.number)
    return result_of(uow, command.number)


def _check_completion(uow: UnitOfWork, command: CompleteWork, order: Making) -> None:
    if min(command.good, command.scrapped) < 0 or not command.good + command.scrapped:
        raise InvalidValueError(
            f"{command.good!r} good and {command.scrapped!r} scrapped units of {command.number!r} are not accepted;"
            " accepted is 1 or more in all and neither below 0",
            field="good",
        )
    if command.scrapped and not command.reason.strip():
        raise InvalidValueError(f"{command.scrapped} units are scrapped without a reason", field="reason")
    if command.good:
        item = uow.company.item(order.item)
        check_tracking(item, units=command.good, lot=command.lot, serials=command.serials)
    steps = uow.making.steps(command.number)
    made = order.completed + order.scrapped + command.good + command.scrapped
    if steps and made > steps[-1].good:
        raise ConflictError(
            f"{made} units of {command.number!r} cannot be finished: {steps[-1].good} have passed the last operation,"
            f" {steps[-1].sequence}; accepted is to report it first",
            passed=steps[-1].good,
        )


def _check_components(uow: UnitOfWork, order: Making) -> None:
    missing = [
        (part.item, needed_by_now(part, order) - part.issued)
        for part in uow.making.parts(order.number)
        if needed_by_now(part, order) > part.issued
    ]
    if missing:
        words = ", ".join(f"{units} of {item!r}" for item, units in missing)
        raise ConflictError(
            f"work order {order.number!r} was not issued {words} for what it made; accepted is to issue them, or to"
            " backflush",
            missing=[{"item": item, "missing": units} for item, units in missing],
        )


def _book(uow: UnitOfWork, command: CompleteWork, order: Making) -> None:
    if command.good and command.lot:
        made = Lot(
            code=LotCode(command.lot),
            item=order.item,
            received_on=command.completed_on,
            expires_on=command.expires_on,
            work_order=command.number,
        )
        keep_lot(uow, made)
    production = VirtualPlace.PRODUCTION.location
    ends = (
        (command.good, order.location, "production", command.lot, command.serials),
        (command.scrapped, VirtualPlace.SCRAP.location, f"scrapped: {command.reason.strip()}", "", ()),
    )
    moves = [
        StockMove(
            item=order.item,
            origin=production,
            destination=to,
            quantity=units,
            reason=reason,
            reference=command.number,
            moved_on=command.completed_on,
            lot=LotCode(lot) if lot else None,
            unit_cost=uow.company.item(order.item).standard_cost,
            serials=serials,
        )
        for units, to, reason, lot, serials in ends
        if units
    ]
    uow.stock.move(moves)


def _close(uow: UnitOfWork, command: EndWork) -> WorkCost:
    order = uow.making.lock(command.number, version=command.version)
    require_step(f"work order {command.number!r}", order.stage, WorkStage.CLOSED)
    steps, parts = uow.making.steps(command.number), uow.making.parts(command.number)
    issued, worked = uow.making.spent(command.number)
    cost = cost_of(
        order,
        parts=parts,
        steps=steps,
        unit_costs=uow.making.unit_costs(part.item for part in parts),
        hourly_costs={step.work_center: uow.routings.work_center(step.work_center).hourly_cost for step in steps},
        issued=issued,
        worked=worked,
    )
    uow.making.close(cost)
    uow.making.advance(command.number, to=WorkStage.CLOSED, why=command.why)
    return cost
