"""Every case there was, its options, and what was put before people for it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from core.domain.ids import CaseId
from core.domain.listing.cases import (
    CaseFilter,
    CaseSort,
    ListedOption,
    OptionFilter,
    OptionSort,
    ProposalFilter,
    ProposalSort,
)
from core.domain.permissions import Permission
from ui.api.door import Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import Asked, filtered, pages
from ui.schemas import IDENTIFIER
from ui.schemas.case import (
    CaseQuery,
    CaseRecord,
    CaseRecords,
    OptionRecord,
    OptionRecords,
    ProposalQuery,
    ProposalRecord,
    ProposalRecords,
)

router = APIRouter(prefix="/v1", tags=["cases"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.CASES_READ)]
PlanReader = Annotated[Visitor, needs(Permission.CASES_READ, reach=Reach.CUSTOMERS)]
CasePath = Annotated[str, Path(alias="case", max_length=100, pattern=IDENTIFIER, examples=["CASE-17"])]


@router.get("/case-records", operation_id="list_case_records")
def list_cases(
    visitor: Reader,
    wanted: Annotated[CaseQuery, Query()],
    asked: Annotated[Asked[CaseSort], pages(CaseSort, CaseSort.NUMBER, descending=True)],
) -> CaseRecords:
    """Every case, those that ended too, the newest first. `GET /v1/cases` has the queue."""
    with visitor.reading() as uow:
        page = uow.lists.cases(filtered(CaseFilter, wanted), asked.reading)
    return CaseRecords(items=tuple(map(CaseRecord.of, page.items)), next=asked.next(page.next))


@router.get("/cases/{case}/options", operation_id="list_options")
def list_options(
    visitor: PlanReader, case: CasePath, asked: Annotated[Asked[OptionSort], pages(OptionSort, OptionSort.LETTER)]
) -> OptionRecords:
    """The ways out that were worked out, of all planning rounds; the case has those of the last one in full."""
    with visitor.reading() as uow:
        found = uow.cases.get(CaseId(case))
        page = uow.lists.options(OptionFilter(case=found.id), asked.reading)
    return OptionRecords(items=tuple(map(_option, page.items)), next=asked.next(page.next))


@router.get("/proposals", operation_id="list_proposals")
def list_proposals(
    visitor: PlanReader,
    wanted: Annotated[ProposalQuery, Query()],
    asked: Annotated[Asked[ProposalSort], pages(ProposalSort, ProposalSort.PROPOSED, descending=True)],
) -> ProposalRecords:
    """Plans, letters and mandates that were put before people, the latest first."""
    with visitor.reading() as uow:
        page = uow.lists.proposals(filtered(ProposalFilter, wanted), asked.reading)
    return ProposalRecords(items=tuple(map(ProposalRecord.of, page.items)), next=asked.next(page.next))


def _option(found: ListedOption) -> OptionRecord:
    plan = found.option.plan
    return OptionRecord(
        id=found.option.id,
        case=found.case,
        planning_round=found.planning_round,
        actions=len(plan.actions),
        cost=plan.cost,
        currency=plan.currency,
    )
