"""Scans: what the last one found, and asking for another."""

from typing import Annotated

from fastapi import APIRouter, Query

from agents.worker.turns import missed, scan_turns
from core.domain.jobs import Deferral, JobName
from core.domain.listing.records import RecordSort, ScanFilter
from core.domain.permissions import Permission
from core.services.halting import is_halted
from core.services.looking.business import scan_seen
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import Asked, filtered, pages
from ui.schemas.desk import ScanAsked, ScanQuery, ScanRecord, ScanRecords, ScanReply, ScanSchedule, TurnReply

router = APIRouter(prefix="/v1/scans", tags=["scans"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.SCANS_READ, reach=Reach.WHOLE)]
Scanner = Annotated[Visitor, needs(Permission.SCANS_RUN, reach=Reach.WHOLE)]


@router.get("", operation_id="list_scans")
def list_scans(
    visitor: Reader,
    wanted: Annotated[ScanQuery, Query()],
    asked: Annotated[Asked[RecordSort], pages(RecordSort, RecordSort.RECORDED, descending=True)],
) -> ScanRecords:
    """When the books were looked through, the latest first."""
    with visitor.reading() as uow:
        page = uow.lists.scans(filtered(ScanFilter, wanted), asked.reading)
    return ScanRecords(items=tuple(map(ScanRecord.of, page.items)), next=asked.next(page.next))


@router.get("/last", operation_id="last_scan")
def last_scan(visitor: Reader) -> ScanReply:
    """When the books were last looked through, under which assumptions, and what is open since."""
    with visitor.reading() as uow:
        found = scan_seen(uow)
    return ScanReply(as_of=found.as_of, at=found.at, rules=dict(found.rules), open_cases=dict(found.open_cases))


@router.get("/schedule", operation_id="scan_schedule")
def schedule(visitor: Reader) -> ScanSchedule:
    """When scans are due, and whether one was missed."""
    with visitor.reading() as uow:
        last, now, halted = uow.cases.last_scan(), uow.now, is_halted(uow) is not None
    last_at = None if last is None else last[2]
    turns = (
        TurnReply(whole=one.name is JobName.SCAN_FULL, cron=one.cron, next_at=one.next_at) for one in scan_turns(now)
    )
    return ScanSchedule(turns=tuple(turns), last_at=last_at, missed=missed(last_at, now), halted=halted)


@router.post("", operation_id="ask_for_scan", status_code=202)
def ask(visitor: Scanner, key: IdempotencyKey) -> ScanAsked:
    """Have a worker look through all of the books soon; of several who ask while it waits, one scan serves all."""
    with visitor.acting() as (uow, _):
        uow.jobs.defer(Deferral(name=JobName.SCAN_FULL, once="scan asked for"))
    return ScanAsked(asked=True)
