"""The inbox, a case, and handing a case to the desk."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from core.domain.cases import ACTIVE_STATES
from core.domain.errors import ConflictError
from core.domain.ids import CaseId
from core.domain.permissions import Permission
from ui.api import views
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.schemas import IDENTIFIER, CaseDetail, Inbox, InboxQuery, WorkReply

router = APIRouter(prefix="/v1/cases", tags=["cases"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.CASES_READ)]
PlanReader = Annotated[Visitor, needs(Permission.CASES_READ, reach=Reach.CUSTOMERS)]
Working = Annotated[Visitor, needs(Permission.CASES_WORK, reach=Reach.CUSTOMERS)]
CasePath = Annotated[str, Path(alias="case", max_length=100, pattern=IDENTIFIER, examples=["CASE-17"])]


@router.get("", operation_id="list_cases")
def list_cases(visitor: Reader, wanted: Annotated[InboxQuery, Query()]) -> Inbox:
    """The active cases, most urgent first: money at stake and the customers' tiers by the hours left to act."""
    with visitor.reading() as uow:
        return views.inbox(uow, wanted)


@router.get("/{case}", operation_id="get_case")
def get_case(visitor: PlanReader, case: CasePath) -> CaseDetail:
    """What happened and why, the options side by side, the plan that waits with its hash, and what was decided."""
    case_id, desk = CaseId(case), visitor.door.desk
    with visitor.reading() as uow, visitor.judging(uow) as why_not:
        return views.case_detail(
            uow, case_id, why_not=why_not, working=desk.working(case_id), failure=desk.failure(case_id)
        )


@router.post("/{case}/resolve", operation_id="resolve_case", status_code=202)
def resolve_case(visitor: Working, case: CasePath, key: IdempotencyKey) -> WorkReply:
    """Have the desk take the case as far as it gets without a person: options and a proposal, never an answer to it."""
    with visitor.reading() as uow:
        found = uow.cases.get(CaseId(case))
        if found.state not in ACTIVE_STATES:
            raise ConflictError(f"case {case!r} is {found.state.value}; only an open case can be worked on")
    return WorkReply(case=case, started=visitor.door.desk.give(CaseId(case), begin=True))
