"""The floor: work orders begun, reported on and finished by whoever stands at them, on the company's day."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Path

from core.domain.errors import NotFoundError
from core.domain.ids import SerialNo, WorkOrderNo
from core.domain.listing.paging import Reading, Sort
from core.domain.listing.supply import SupplySort, WorkFilter
from core.domain.permissions import Permission
from core.ports.storage import UnitOfWork
from core.services.business_day import business_day
from core.services.supplying.floor import floor_order
from core.services.supplying.producing import (
    CompleteWork,
    ReleaseWork,
    ReportOperation,
    complete_work,
    release_work,
    report_operation,
)
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import CODE
from ui.schemas.floor import (
    FinishRequest,
    FloorPartReply,
    FloorReply,
    FloorStepReply,
    StartRequest,
    StepReportRequest,
)

router = APIRouter(prefix="/v1/work-orders/{order}", tags=["floor"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.SUPPLY_READ, reach=Reach.CUSTOMERS)]
Worker = Annotated[Visitor, needs(Permission.WORK_REPORT, reach=Reach.CUSTOMERS)]
OrderPath = Annotated[str, Path(alias="order", max_length=200, pattern=CODE, examples=["WO-12"])]


@router.get("/floor", operation_id="floor_order")
def look(visitor: Reader, order: OrderPath) -> FloorReply:
    """A work order with its operations and components, and what may be done next."""
    number = _seen(visitor, order)
    with visitor.acting() as (uow, _):
        return _reply(uow, number)


@router.post("/start", operation_id="start_work")
def start(visitor: Worker, order: OrderPath, body: StartRequest, key: IdempotencyKey) -> FloorReply:
    """Begin the order: its operations and components are written down as they are today."""
    number = _seen(visitor, order)
    with visitor.acting() as (uow, _):
        command = ReleaseWork(key=f"api:{uuid4()}", number=number, version=body.version, why_short=body.why_short)
        release_work(uow, command)
        return _reply(uow, number)


@router.post("/reports", operation_id="report_work")
def report(visitor: Worker, order: OrderPath, body: StepReportRequest, key: IdempotencyKey) -> FloorReply:
    """Good and scrapped units and minutes at an operation since the last report."""
    number = _seen(visitor, order)
    with visitor.acting() as (uow, _):
        command = ReportOperation(
            key=f"api:{uuid4()}",
            number=number,
            sequence=body.sequence,
            good=body.good,
            scrapped=body.scrapped,
            minutes=body.minutes,
            done=body.done,
            reason=body.reason,
        )
        report_operation(uow, command)
        return _reply(uow, number)


@router.post("/completions", operation_id="finish_work")
def finish(visitor: Worker, order: OrderPath, body: FinishRequest, key: IdempotencyKey) -> FloorReply:
    """Take finished units into stock today, with their components out of it."""
    number = _seen(visitor, order)
    with visitor.acting() as (uow, _):
        command = CompleteWork(
            key=f"api:{uuid4()}",
            number=number,
            good=body.good,
            scrapped=body.scrapped,
            reason=body.reason,
            completed_on=business_day(uow),
            lot=body.lot or "",
            expires_on=body.expires_on,
            serials=tuple(map(SerialNo, body.serials)),
            backflush=True,
            last=body.last,
        )
        complete_work(uow, command)
        return _reply(uow, number)


def _seen(visitor: Visitor, order: str) -> WorkOrderNo:
    """The order, if it is at a site the visitor sees."""
    wanted = WorkFilter(number=WorkOrderNo(order))
    with visitor.reading() as uow:
        page = uow.lists.works(wanted, Reading(sort=Sort(by=SupplySort.NUMBER), limit=1))
    if not page.items:
        raise NotFoundError(f"there is no work order {order!r}")
    return WorkOrderNo(order)


def _reply(uow: UnitOfWork, number: WorkOrderNo) -> FloorReply:
    found = floor_order(uow, number)
    order = found.order
    return FloorReply(
        number=order.number,
        item=order.item,
        item_name=uow.company.item(order.item).name,
        unit=found.unit,
        location=order.location,
        ordered=order.ordered,
        completed=order.completed,
        scrapped=order.scrapped,
        start=order.start,
        due=order.due,
        stage=order.stage,
        version=order.version,
        tracked=found.tracked,
        steps=tuple(map(FloorStepReply.of, found.steps)),
        parts=tuple(map(FloorPartReply.of, found.parts)),
        finishable=found.finishable,
        may_start=found.may_start,
        next_step=found.next_step,
    )
