"""The floor: work orders begun, reported on and finished by whoever stands at them, on the company's day."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Path

from core.domain.capacity import RankedJob
from core.domain.errors import NotFoundError
from core.domain.ids import SerialNo, WorkCenterCode, WorkOrderNo
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
from core.services.supplying.work_lists import work_list
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import CODE
from ui.schemas.floor import (
    FinishRequest,
    FloorPartReply,
    FloorReply,
    FloorStepReply,
    JobList,
    JobReply,
    StartRequest,
    StepReportRequest,
    WorkCenterList,
    WorkCenterReply,
)

router = APIRouter(prefix="/v1", tags=["floor"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.SUPPLY_READ, reach=Reach.CUSTOMERS)]
Worker = Annotated[Visitor, needs(Permission.WORK_REPORT, reach=Reach.CUSTOMERS)]
OrderPath = Annotated[str, Path(alias="order", max_length=200, pattern=CODE, examples=["WO-12"])]
CenterPath = Annotated[str, Path(alias="center", max_length=200, pattern=CODE, examples=["ASSEMBLY"])]


@router.get("/work-centers", operation_id="list_work_centers")
def list_centers(visitor: Reader) -> WorkCenterList:
    """The work centres at the sites the visitor sees."""
    scope = visitor.principal.scope
    with visitor.acting() as (uow, _):
        found = sorted(uow.routings.work_centers(), key=lambda one: one.code)
        seen = {one.code for one in uow.nodes.nodes() if scope.sites is None or scope.has_site(one.site)}
    return WorkCenterList(items=tuple(WorkCenterReply.of(one) for one in found if one.location in seen))


@router.get("/work-centers/{center}/jobs", operation_id="list_jobs")
def list_jobs(visitor: Reader, center: CenterPath) -> JobList:
    """What to do next at a work centre, first things first, with the reasons."""
    with visitor.acting() as (uow, _):
        visitor.check_location(uow, uow.routings.work_center(WorkCenterCode(center)).location)
        jobs = work_list(uow, WorkCenterCode(center))
    return JobList(center=center, items=tuple(map(_job, jobs)))


@router.get("/work-orders/{order}/floor", operation_id="floor_order")
def look(visitor: Reader, order: OrderPath) -> FloorReply:
    """A work order with its operations and components, and what may be done next."""
    number = _seen(visitor, order)
    with visitor.acting() as (uow, _):
        return _reply(uow, number)


@router.post("/work-orders/{order}/start", operation_id="start_work")
def start(visitor: Worker, order: OrderPath, body: StartRequest, key: IdempotencyKey) -> FloorReply:
    """Begin the order: its operations and components are written down as they are today."""
    number = _seen(visitor, order)
    with visitor.acting() as (uow, _):
        command = ReleaseWork(key=f"api:{uuid4()}", number=number, version=body.version, why_short=body.why_short)
        release_work(uow, command)
        return _reply(uow, number)


@router.post("/work-orders/{order}/reports", operation_id="report_work")
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


@router.post("/work-orders/{order}/completions", operation_id="finish_work")
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


def _job(one: RankedJob) -> JobReply:
    job = one.job
    return JobReply(
        order=job.order,
        sequence=job.sequence,
        name=job.name,
        item=job.item,
        quantity=job.quantity,
        due=job.due,
        minutes=job.minutes,
        started=job.started,
        ready=job.ready,
        critical_ratio=one.critical_ratio,
        because=one.because,
    )


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
