"""What goes wrong where things are made: work moved to a day off, a work centre that stops, units lost to scrap."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from core.demo.happenings.buying import answer
from core.demo.happenings.world import PLANNER, World
from core.demo.planted import Planted
from core.domain.cases import ExceptionType
from core.domain.ids import WorkCenterCode, WorkOrderNo
from core.domain.items import LotControl
from core.domain.making import Downtime
from core.domain.orders import PurchaseOrderLine, WorkOrder
from core.services.reconciling.reconcile import ReconcilePack, reconcile
from core.services.supplying.capacity import BookWork, RescheduleWork, book_work, reschedule_work
from core.services.supplying.producing import (
    CompleteWork,
    ReleaseWork,
    ReportOperation,
    complete_work,
    release_work,
    report_operation,
)

_DAY_OFF = date(2026, 11, 27)


def moved_to_a_day_off(world: World) -> tuple[Planted, ...]:
    """A work order is moved to the one day after Thanksgiving, when nobody works."""
    order = _issued(world, _DAY_OFF)
    version = _release(world, order.number)
    command = RescheduleWork(
        key=f"move {order.number}", number=order.number, version=version, start=_DAY_OFF, due=_DAY_OFF
    )
    world.do(reschedule_work, command, by=PLANNER)
    return (Planted(type=ExceptionType.WORK_ORDER_BEHIND, about=f"work order {order.number}"),)


def _issued(world: World, on: date) -> WorkOrder:
    """The work order due first from a day on, of one plant."""
    found = [one for one in world.company.work_orders if one.due >= on and one.location == "HOU-PROD"]
    return min(found, key=lambda one: (one.due, one.number))


def _release(world: World, number: WorkOrderNo) -> int:
    with world.open_uow(PLANNER.name) as uow:
        version = uow.making.order(number).version
        command = ReleaseWork(
            key=f"release {number}", number=number, version=version, why_short="the rest is on its way"
        )
        return release_work(uow, command).version


def booked(world: World) -> WorkOrder:
    """A work order is released and booked on its work centres."""
    order = _issued(world, world.day(14))
    version = _release(world, order.number)
    world.do(book_work, BookWork(key=f"book {order.number}", number=order.number, version=version), by=PLANNER)
    return order


def scrapped(world: World) -> tuple[Planted, ...]:
    """Most units of the largest batch at work are lost to scrap, and nothing more is made of it."""
    plain = {one.code for one in world.company.items if one.lot_control is LotControl.NONE}
    at_work = [one for one in world.company.work_orders if one.components_issued and one.item in plain]
    order = max(at_work, key=lambda one: (one.ordered - one.completed, one.number))
    _release(world, order.number)
    lost = order.ordered - order.completed - 1
    _report(world, order, lost + 1)
    command = CompleteWork(
        key=f"complete {order.number}",
        number=order.number,
        good=1,
        scrapped=lost,
        reason="cracked castings",
        completed_on=world.as_of,
        last=True,
    )
    world.do(complete_work, command, by=PLANNER)
    return (Planted(type=ExceptionType.YIELD_LOSS, about=f"work order {order.number}"),)


def _report(world: World, order: WorkOrder, units: int) -> None:
    """Every operation was done on every unit."""
    with world.open_uow(PLANNER.name) as uow:
        steps = sorted(step.sequence for step in uow.making.steps(order.number))
    for step in steps:
        key = f"report {order.number} {step}"
        report = ReportOperation(key=key, number=order.number, sequence=step, good=units, minutes=90, done=True)
        world.do(report_operation, report, by=PLANNER)


def fed(world: World) -> tuple[Planted, ...]:
    """The morning's feed of the ERP: a work centre stands still on days that are booked, and one thing contradicts."""
    order = booked(world)
    with world.open_uow(PLANNER.name) as uow:
        bookings = uow.capacity.bookings(order.number)
    centre = WorkCenterCode(bookings[0].work_center)
    days = [one.day for one in bookings if one.work_center == centre]
    stop = Downtime(work_center=centre, first=min(days), last=max(days), reason="spindle failure")
    company = replace(world.company, downtimes=(stop,), purchase_order_lines=_contradicting(world))
    command = ReconcilePack(key="feed of the morning", company=company, content_hash="0" * 63 + "1")
    world.do(reconcile, command, by=PLANNER)
    return (
        Planted(type=ExceptionType.CAPACITY_OVERLOAD, about=f"work center {centre}"),
        Planted(type=ExceptionType.FEED_FAILURE, about=f"feed {company.settings.name}"),
    )


def _contradicting(world: World) -> tuple[PurchaseOrderLine, ...]:
    """The lines of the ERP, where one that the supplier confirmed here a day early comes two days late."""
    counts = Counter(line.order for line in world.company.purchase_order_lines)
    line = next(
        line
        for line in world.company.purchase_order_lines
        if counts[line.order] == 1 and line.line == 1 and not line.received and line.due > world.day(20)
    )
    answer(world, line.order, due=line.due - timedelta(days=1))
    later = replace(line, due=line.due + timedelta(days=2))
    return tuple(later if one is line else one for one in world.company.purchase_order_lines)
