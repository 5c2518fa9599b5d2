"""Giving scarce units out anew: simulated and shown, carried out only as shown; and quotas."""

from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, Path, Query

from core.domain.backorders import LineOutcome, Override, RunKept
from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.permissions import Permission
from core.domain.quotas import Quota
from core.ports.storage import UnitOfWork
from core.services.allocating.quotas import ReleaseQuota, SetQuota, release_quota, set_quota
from core.services.allocating.running import CommitRun, SimulateRun, commit_run, simulate_run
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.schemas import IDENTIFIER
from ui.schemas.allocation import (
    CommitRequest,
    DatedReply,
    QuotaList,
    QuotaQuery,
    QuotaReply,
    QuotaRequest,
    ReleaseRequest,
    RunIssueReply,
    RunLineReply,
    RunReply,
    RunRequest,
)

router = APIRouter(prefix="/v1", tags=["allocation"], route_class=DoorRoute)
Running = Annotated[Visitor, needs(Permission.ALLOCATION_RUN, reach=Reach.WHOLE)]
Reader = Annotated[Visitor, needs(Permission.STOCK_READ, reach=Reach.WHOLE)]
RunPath = Annotated[str, Path(alias="run", max_length=40, pattern=IDENTIFIER, examples=["BR-9f3c2a"])]
QuotaPath = Annotated[str, Path(alias="quota", max_length=100, pattern=IDENTIFIER, examples=["Q-WEST-12"])]


@router.post("/allocation-runs", operation_id="simulate_run", status_code=201)
def simulate(visitor: Running, body: RunRequest, key: IdempotencyKey) -> RunReply:
    """Confirm the open lines of an item at a place anew, on paper: what each has before and after. Only the run itself
    is kept."""
    command = SimulateRun(
        key=f"api:{uuid4()}",
        code=f"BR-{uuid4().hex[:12]}",
        item=ItemCode(body.item),
        location=LocationCode(body.location),
        rule=body.rule,
        lot=body.lot,
        overrides=tuple(
            Override(
                order=OrderNo(one.order),
                line=one.line,
                reason=one.reason,
                strategy=one.strategy,
                at_most=one.at_most,
            )
            for one in body.overrides
        ),
    )
    with visitor.acting() as (uow, _):
        uow.company.item(command.item)
        return _run(uow, simulate_run(uow, command))


@router.post("/allocation-runs/{run}/commitment", operation_id="commit_run")
def commit(visitor: Running, run: RunPath, body: CommitRequest, key: IdempotencyKey) -> RunReply:
    """Carry a run out as it was shown: schedules, promises and claims of its lines move together. Refused, and nothing
    done, when it would do something else by now."""
    with visitor.acting() as (uow, user):
        return _run(uow, commit_run(uow, CommitRun(key=f"api:{uuid4()}", code=run, digest=body.digest), user))


@router.get("/quotas", operation_id="list_quotas")
def list_quotas(visitor: Reader, wanted: Annotated[QuotaQuery, Query()]) -> QuotaList:
    """Quotas of an item, or all, those that ended too."""
    with visitor.reading() as uow:
        found = uow.quotas.listed(None if wanted.item is None else ItemCode(wanted.item))
    return QuotaList(items=tuple(map(_quota, found)))


@router.post("/quotas", operation_id="set_quota", status_code=201)
def add(visitor: Running, body: QuotaRequest, key: IdempotencyKey) -> QuotaReply:
    """A new quota; lines confirmed from now on take from it."""
    quota = Quota(
        code=body.code,
        item=ItemCode(body.item),
        first=body.first,
        last=body.last,
        quantity=body.quantity,
        channel=body.channel,
        customer=None if body.customer is None else CustomerCode(body.customer),
        region=body.region,
        borrow=body.borrow,
    )
    with visitor.acting() as (uow, user):
        return _quota(set_quota(uow, SetQuota(key=f"api:{uuid4()}", quota=quota), user).quota)


@router.post("/quotas/{quota}/release", operation_id="release_quota")
def release(visitor: Running, quota: QuotaPath, body: ReleaseRequest, key: IdempotencyKey) -> QuotaReply:
    """From a day on what is left of the quota is for everybody."""
    with visitor.acting() as (uow, user):
        command = ReleaseQuota(key=f"api:{uuid4()}", quota=quota, on=body.on)
        return _quota(release_quota(uow, command, user).quota)


def _quota(quota: Quota) -> QuotaReply:
    return QuotaReply.of(quota)


def _run(uow: UnitOfWork, run: RunKept) -> RunReply:
    return RunReply(
        code=run.code,
        item=run.item,
        location=run.location,
        unit=uow.company.item(run.item).unit,
        rule=run.rule,
        lot=run.lot,
        overrides=len(run.overrides),
        lines=tuple(_line(uow, one) for one in run.outcome.lines),
        issues=tuple(map(RunIssueReply.of, run.outcome.issues)),
        digest=run.digest,
        committed=run.committed,
    )


def _line(uow: UnitOfWork, one: LineOutcome) -> RunLineReply:
    return RunLineReply(
        order=one.order,
        line=one.line,
        customer=one.customer,
        customer_name=uow.company.customer(one.customer).name,
        open=one.open,
        before=tuple(map(DatedReply.of, one.before)),
        after=tuple(map(DatedReply.of, one.after)),
        gained=one.gained,
        lost=one.lost,
    )
