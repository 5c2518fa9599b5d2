"""Doing and undoing the building of a work order with another component."""

from dataclasses import replace
from decimal import Decimal

from core.domain.errors import ConflictError
from core.domain.ids import ItemCode, WorkOrderNo
from core.domain.plans import SubstitutePart
from core.domain.production import BuiltWith, Making, parts_of, parts_with
from core.domain.supply_life import WorkStage
from core.ports.storage import UnitOfWork
from core.services.doing.deed import Change, Deed, Doing, change

_OPEN = frozenset({WorkStage.DRAFT, WorkStage.OPEN, WorkStage.RELEASED, WorkStage.STARTED})


def _substitute(deed: Deed, action: SubstitutePart) -> str:
    order = _lock(deed.uow, action, action.component)
    _swap(deed, action, in_force=True, why=f"approved plan of {deed.proposal.case}")
    _plan_parts(deed.uow, order, gone=action.component)
    return (
        f"work order {action.work_order} is built with {action.new_quantity} {action.alternate} instead of"
        f" {action.quantity} {action.component}"
    )


def _restore(deed: Deed, action: SubstitutePart) -> str:
    order = _lock(deed.uow, action, action.alternate)
    _swap(deed, action, in_force=False, why=f"plan of {deed.proposal.case} undone")
    _plan_parts(deed.uow, order, gone=action.alternate)
    return f"work order {action.work_order} is built with {action.component} again"


def part_now(uow: UnitOfWork, number: WorkOrderNo, component: ItemCode) -> str:
    """What a work order takes where its bill of materials says a component, or why that stays as it is."""
    order = uow.making.order(number)
    swaps = {swap.component: swap.alternate for swap in uow.making.built_with(number)}
    now = swaps.get(component, component)
    issued = any(part.item == now and part.issued for part in uow.making.parts(number))
    if order.components_issued or issued:
        return f"{now}, which is issued"
    return now if order.stage in _OPEN else f"fixed: it is {order.stage.value}"


def _lock(uow: UnitOfWork, action: SubstitutePart, now: ItemCode) -> Making:
    order = uow.making.lock(action.work_order)
    found = part_now(uow, action.work_order, action.component)
    if found != now:
        raise ConflictError(f"work order {action.work_order} is built with {found}, not with {now}")
    return order


def _swap(deed: Deed, action: SubstitutePart, *, in_force: bool, why: str) -> None:
    swap = BuiltWith(component=action.component, alternate=action.alternate, ratio=action.ratio)
    deed.uow.making.build_with(action.work_order, swap, in_force=in_force, why=why)


def _plan_parts(uow: UnitOfWork, order: Making, *, gone: str) -> None:
    """The components of an order that is released are written down anew; one that is not takes them when it is."""
    known = uow.making.parts(order.number)
    if not known:
        return
    units = order.open_quantity
    listed = parts_of(uow.routings.components(order.item), item=order.item, units=units, on=order.start)
    wanted = parts_with(listed, uow.making.built_with(order.number), units=units)
    old = tuple(replace(part, per_unit=Decimal(0), required=0) for part in known if part.item == gone)
    uow.making.plan(order.number, steps=(), parts=(*old, *wanted))


def _fixed_since(uow: UnitOfWork, action: SubstitutePart) -> str | None:
    now = part_now(uow, action.work_order, action.component)
    return None if now == action.alternate else f"work order {action.work_order} is built with {now}"


def _part_change(action: SubstitutePart) -> Change:
    return change(
        "work order (other component)",
        action.work_order,
        line=action.component,
        item=action.alternate,
        quantity=str(action.new_quantity),
        origin=action.location,
    )


SUBSTITUTE_PART: Doing[SubstitutePart] = Doing(
    do=_substitute, undo=_restore, obstacle=_fixed_since, change=_part_change
)
