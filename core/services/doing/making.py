"""Doing and undoing actions on work orders."""

from datetime import date

from core.domain.errors import ConflictError
from core.domain.ids import WorkOrderNo
from core.domain.plans import CancelWork, Make, Overtime, RescheduleWork, TopUp
from core.domain.production import Making
from core.domain.supply_life import WorkStage
from core.ports.storage import UnitOfWork
from core.services.doing.deed import Change, Deed, Doing, change

_NOT_BEGUN = frozenset({WorkStage.DRAFT, WorkStage.OPEN, WorkStage.RELEASED})


def begun(order: Making) -> bool:
    """Whether anything was issued or made, or the order has ended."""
    return order.components_issued or order.completed > 0 or order.stage not in _NOT_BEGUN


def _make(deed: Deed, action: Make) -> str:
    deed.uow.making.add(
        Making(
            number=action.reference,
            item=action.item,
            location=action.location,
            ordered=action.quantity,
            start=action.start,
            due=action.finish,
        )
    )
    return f"work order {action.reference}: {action.quantity} {action.item}, there on {action.finish}"


def _unmake(deed: Deed, action: Make) -> str:
    deed.uow.making.advance(action.reference, to=WorkStage.CANCELLED, why=f"plan of {deed.proposal.case} undone")
    return f"work order {action.reference} cancelled"


def _made(uow: UnitOfWork, action: Make) -> str | None:
    order = uow.making.order(action.reference)
    return f"work order {action.reference} is {order.stage.value}" if begun(order) else None


def _make_change(action: Make) -> Change:
    return change(
        "work order (new)",
        action.reference,
        item=action.item,
        quantity=str(action.quantity),
        destination=action.location,
        old_date=action.start.isoformat(),
        new_date=action.finish.isoformat(),
    )


def _top_up(deed: Deed, action: TopUp) -> str:
    order = _untouched(deed.uow, action.work_order, start=action.start, due=action.due)
    deed.uow.making.resize(action.work_order, ordered=order.ordered + action.quantity)
    return f"work order {action.work_order} is for {action.quantity} more, {order.ordered + action.quantity} in all"


def _top_down(deed: Deed, action: TopUp) -> str:
    order = deed.uow.making.lock(action.work_order)
    deed.uow.making.resize(action.work_order, ordered=order.ordered - action.quantity)
    return f"work order {action.work_order} is for {order.ordered - action.quantity} again"


def _topped_up(uow: UnitOfWork, action: TopUp) -> str | None:
    order = uow.making.order(action.work_order)
    if begun(order):
        return f"work order {action.work_order} has begun"
    wanted = action.old_open + action.quantity
    return None if order.ordered == wanted else f"work order {action.work_order} is for {order.ordered} by now"


def _top_up_change(action: TopUp) -> Change:
    return change(
        "work order (new quantity)",
        action.work_order,
        item=action.item,
        quantity=str(action.old_open + action.quantity),
        new_date=action.due.isoformat(),
    )


def _reschedule(deed: Deed, action: RescheduleWork) -> str:
    _untouched(deed.uow, action.work_order, start=action.old_start, due=action.old_due)
    deed.uow.making.reschedule(action.work_order, start=action.new_start, due=action.new_due)
    return f"work order {action.work_order} rescheduled from {action.old_due} to {action.new_due}"


def _reschedule_back(deed: Deed, action: RescheduleWork) -> str:
    _untouched(deed.uow, action.work_order, start=action.new_start, due=action.new_due)
    deed.uow.making.reschedule(action.work_order, start=action.old_start, due=action.old_due)
    return f"work order {action.work_order} due on {action.old_due} again"


def _rescheduled(uow: UnitOfWork, action: RescheduleWork) -> str | None:
    order = uow.making.order(action.work_order)
    if begun(order):
        return f"work order {action.work_order} has begun"
    dates = (order.start, order.due)
    moved = dates != (action.new_start, action.new_due)
    return f"work order {action.work_order} is from {order.start} to {order.due} by now" if moved else None


def _reschedule_change(action: RescheduleWork) -> Change:
    return change(
        "work order (new date)",
        action.work_order,
        item=action.item,
        quantity=str(action.quantity),
        old_date=action.old_due.isoformat(),
        new_date=action.new_due.isoformat(),
    )


def _cancel(deed: Deed, action: CancelWork) -> str:
    _untouched(deed.uow, action.work_order, start=action.start, due=action.due)
    deed.uow.capacity.give_back(action.work_order)
    deed.uow.making.advance(action.work_order, to=WorkStage.CANCELLED, why=f"approved plan of {deed.proposal.case}")
    return f"work order {action.work_order} cancelled"


def _no_way_back(deed: Deed, action: CancelWork) -> str:
    raise ConflictError(action.way_back)


def _cancel_change(action: CancelWork) -> Change:
    return change(
        "work order (cancelled)",
        action.work_order,
        item=action.item,
        quantity=str(action.quantity),
        old_date=action.due.isoformat(),
    )


def _untouched(uow: UnitOfWork, number: WorkOrderNo, *, start: date, due: date) -> Making:
    """The order, held; ConflictError when it has begun or is not at these dates any more."""
    order = uow.making.lock(number)
    if begun(order):
        raise ConflictError(f"work order {number} has begun; it is {order.stage.value}")
    if (order.start, order.due) != (start, due):
        raise ConflictError(f"work order {number} is from {order.start} to {order.due}, not from {start} to {due}")
    return order


def _work_longer(deed: Deed, action: Overtime) -> str:
    minutes, why = action.allowed + action.minutes, f"approved plan of {deed.proposal.case}"
    deed.uow.capacity.allow_overtime(action.center, action.day, minutes=minutes, why=why)
    return f"{action.center} works {action.minutes} minutes of overtime on {action.day}"


def _call_off(deed: Deed, action: Overtime) -> str:
    why = f"plan of {deed.proposal.case} undone"
    deed.uow.capacity.allow_overtime(action.center, action.day, minutes=action.allowed, why=why)
    return f"the overtime of {action.minutes} minutes at {action.center} on {action.day} is called off"


def _still_booked(uow: UnitOfWork, action: Overtime) -> str | None:
    for load in uow.capacity.loads(action.center, first=action.day, last=action.day):
        over = load.booked - load.capacity - action.allowed
        return f"{over} minutes of it are booked at {action.center} on {action.day}" if over > 0 else None
    return None


OVERTIME: Doing[Overtime] = Doing(do=_work_longer, undo=_call_off, obstacle=_still_booked, change=lambda action: None)
MAKE: Doing[Make] = Doing(do=_make, undo=_unmake, obstacle=_made, change=_make_change)
TOP_UP: Doing[TopUp] = Doing(do=_top_up, undo=_top_down, obstacle=_topped_up, change=_top_up_change)
RESCHEDULE: Doing[RescheduleWork] = Doing(
    do=_reschedule, undo=_reschedule_back, obstacle=_rescheduled, change=_reschedule_change
)
CANCEL: Doing[CancelWork] = Doing(
    do=_cancel, undo=_no_way_back, obstacle=lambda uow, action: action.way_back, change=_cancel_change
)
