"""Working on a case: take it up, put it aside, say what comes first, put an option before people."""

from typing import Annotated

from fastapi import APIRouter, Path

from core.domain.crafting import EditOption
from core.domain.errors import NotFoundError
from core.domain.ids import ApprovalId, CaseId, LocationCode, OptionId, SupplierCode
from core.domain.options import Option
from core.domain.permissions import Permission
from core.domain.users import User
from core.ports.storage import UnitOfWork
from core.services import editing
from core.services.commenting import CommentOnCase, comment_on_case
from core.services.crafting import CraftCommand, craft_option
from core.services.editing import PutForward, put_forward
from core.services.triaging import OverrideTriage, SnoozeCase, override_triage, snooze_case, take_case
from ui import schemas
from ui.api import views
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.trying import tried
from ui.schemas import IDENTIFIER
from ui.schemas.desk import (
    CaseCommentRequest,
    EditRequest,
    EditTried,
    Forwarded,
    ForwardRequest,
    SnoozeRequest,
    TriageRequest,
)

router = APIRouter(prefix="/v1/cases/{case}", tags=["cases"], route_class=DoorRoute)
CasePath = Annotated[str, Path(alias="case", max_length=100, pattern=IDENTIFIER, examples=["CASE-17"])]
Working = Annotated[Visitor, needs(Permission.CASES_WORK, reach=Reach.CUSTOMERS)]
Proposing = Annotated[Visitor, needs(Permission.PROPOSALS_WRITE, reach=Reach.CUSTOMERS)]


@router.post("/owner", operation_id="take_case")
def take(visitor: Working, case: CasePath, key: IdempotencyKey) -> schemas.CaseCard:
    """Work on the case from now on; taking it twice changes nothing."""
    _seen(visitor, case)
    with visitor.acting() as (uow, user):
        take_case(uow, CaseId(case), user)
        return _card(uow, case)


@router.post("/snooze", operation_id="snooze_case")
def snooze(visitor: Working, case: CasePath, body: SnoozeRequest, key: IdempotencyKey) -> schemas.CaseCard:
    """Put the case aside until a day, or until a scan finds more at stake."""
    _seen(visitor, case)
    with visitor.acting() as (uow, user):
        snooze_case(uow, SnoozeCase(case=CaseId(case), until=body.until, why=body.reason), user)
        return _card(uow, case)


@router.post("/comments", operation_id="comment_on_case", status_code=201)
def comment(visitor: Working, case: CasePath, body: CaseCommentRequest, key: IdempotencyKey) -> schemas.CaseComment:
    """Say something about the case to whoever works on it; nothing is decided by it, and no agent reads it."""
    _seen(visitor, case)
    with visitor.acting() as (uow, user):
        return views.one_comment(comment_on_case(uow, CommentOnCase(case=CaseId(case), text=body.text), user))


@router.post("/triage", operation_id="triage_case")
def triage(visitor: Working, case: CasePath, body: TriageRequest, key: IdempotencyKey) -> schemas.CaseCard:
    """Say what to do about the case first; a person's word goes before the rules."""
    _seen(visitor, case)
    into = None if body.into is None else CaseId(body.into)
    if into is not None:
        _seen(visitor, into)
    with visitor.acting() as (uow, user):
        override_triage(uow, OverrideTriage(case=CaseId(case), verdict=body.verdict, why=body.reason, into=into), user)
        return _card(uow, case)


@router.post("/proposals", operation_id="put_forward", status_code=201)
def propose(visitor: Proposing, case: CasePath, body: ForwardRequest, key: IdempotencyKey) -> Forwarded:
    """Put one of the case's options before people, in place of what waits if that is named. Nobody's decision is
    taken."""
    _seen(visitor, case)
    command = PutForward(
        case=CaseId(case),
        option=OptionId(body.option),
        instead_of=None if body.instead_of is None else ApprovalId(body.instead_of),
        plan_hash=body.plan_hash,
        reason=body.reason,
    )
    with visitor.acting() as (uow, user):
        return _forwarded(put_forward(uow, command, user))


@router.post("/edits", operation_id="put_forward_edited", status_code=201)
def edit(visitor: Proposing, case: CasePath, body: EditRequest, key: IdempotencyKey) -> Forwarded:
    """Put an edited option before people, checked, priced and simulated as the planner's are, in place of what waits if
    that is named. Who edits a plan is not the one who approves it."""
    _seen(visitor, case)
    command = PutForward(
        case=CaseId(case),
        changes=_edited(body),
        instead_of=None if body.instead_of is None else ApprovalId(body.instead_of),
        plan_hash=body.plan_hash,
        reason=body.reason,
    )
    with visitor.acting() as (uow, user):
        _of_case(uow, case, body)
        return _forwarded(put_forward(uow, command, user))


@router.post("/edit-trials", operation_id="try_edited")
def try_edit(visitor: Proposing, case: CasePath, body: EditRequest, key: IdempotencyKey) -> EditTried:
    """The option before and after the edit, simulated at once; nothing is kept and nobody is asked."""
    _seen(visitor, case)

    def work(uow: UnitOfWork, _: User) -> EditTried:
        before = _of_case(uow, case, body)
        after = craft_option(uow, CraftCommand(case=CaseId(case), changes=_edited(body)))
        return EditTried(before=views.one_option(before), after=views.one_option(after))

    return tried(visitor, work)


def _forwarded(done: editing.Forwarded) -> Forwarded:
    return Forwarded(
        case=done.approval.case, approval=done.approval.id, option=done.after.id, plan_hash=done.approval.plan_hash
    )


def _edited(body: EditRequest) -> EditOption:
    return EditOption(
        option=OptionId(body.option),
        part=body.part,
        quantity=body.quantity,
        day=body.day,
        supplier=None if body.supplier is None else SupplierCode(body.supplier),
        origin=None if body.origin is None else LocationCode(body.origin),
    )


def _of_case(uow: UnitOfWork, case: str, body: EditRequest) -> Option:
    """The option that is edited; it has to be one of this case, which is the one that was looked at."""
    option = uow.cases.option(OptionId(body.option))
    if option.case != case:
        raise NotFoundError(f"case {case!r} has no option {body.option!r}")
    return option


def _seen(visitor: Visitor, case: str) -> None:
    """NotFoundError for a case out of the visitor's sight."""
    with visitor.reading() as uow:
        uow.cases.get(CaseId(case))


def _card(uow: UnitOfWork, case: str) -> schemas.CaseCard:
    return views.case_card(uow, CaseId(case))
