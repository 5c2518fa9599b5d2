"""A person's decision on a plan, and taking back what was carried out."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from core.domain import approval as approval_domain
from core.domain.approval import ApprovalState, DecisionKind
from core.domain.errors import NotFoundError
from core.domain.ids import ApprovalId
from core.domain.listing.cases import ApprovalFilter, ApprovalSort
from core.domain.permissions import Permission
from core.services.approvals import DecideCommand, decide, decide_together
from core.services.undoing import undo
from core.services.waiting import check_alike, together
from ui.api import views
from ui.api.approval_views import approval_head, together_reply
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.listing import Asked, filtered, pages
from ui.api.matching import tagged
from ui.schemas import IDENTIFIER, Approval, DecisionReply, DecisionRequest, UndoReply
from ui.schemas.approval import ApprovalList, DecisionsReply, DecisionsRequest, Together
from ui.schemas.case import ApprovalQuery

router = APIRouter(prefix="/v1/approvals", tags=["approvals"], route_class=DoorRoute)
ApprovalPath = Annotated[str, Path(alias="approval", max_length=100, pattern=IDENTIFIER)]
Reader = Annotated[Visitor, needs(Permission.APPROVALS_READ, reach=Reach.CUSTOMERS)]
Overseer = Annotated[Visitor, needs(Permission.APPROVALS_READ, reach=Reach.WHOLE)]
Chief = Annotated[Visitor, needs(Permission.APPROVALS_DECIDE, reach=Reach.WHOLE)]
Decider = Annotated[Visitor, needs(Permission.APPROVALS_DECIDE, reach=Reach.CUSTOMERS)]


@router.get("", operation_id="list_approvals")
def list_approvals(
    visitor: Reader,
    wanted: Annotated[ApprovalQuery, Query()],
    asked: Annotated[Asked[ApprovalSort], pages(ApprovalSort, ApprovalSort.EXPIRES)],
) -> ApprovalList:
    """Plans put before people and what became of them, those that run out first first."""
    with visitor.reading() as uow:
        page = uow.lists.approvals(filtered(ApprovalFilter, wanted), asked.reading)
        with visitor.judging(uow) as why_not:
            heads = tuple(approval_head(one, why_not=why_not(one)) for one in page.items)
    return ApprovalList(items=heads, next=asked.next(page.next))


@router.get("/{approval}", operation_id="get_approval")
def get_approval(visitor: Reader, approval: ApprovalPath, request: Request, response: Response) -> Approval:
    """Exactly what would be done, with the hash that a decision names."""
    with visitor.reading() as uow:
        found = uow.approvals.get(ApprovalId(approval))
        if not found.of_plan:
            raise NotFoundError(f"{approval!r} is of a letter or a negotiation, not of a plan")
        with visitor.judging(uow) as why_not:
            return tagged(request, response, views.one_approval(uow, found, why_not=why_not))


@router.get("/{approval}/together", operation_id="together")
def list_together(visitor: Overseer, approval: ApprovalPath) -> Together:
    """The plans that wait for the same cause as this one and may be decided by one word; 404 when it waits no more."""
    with visitor.reading() as uow, visitor.judging(uow) as why_not:
        return together_reply(uow, together(uow, ApprovalId(approval)), why_not=why_not)


@router.post("/decisions", operation_id="decide_together")
def decide_all(visitor: Chief, body: DecisionsRequest, key: IdempotencyKey) -> DecisionsReply:
    """One word on several plans that wait for one cause, each by the hash that was displayed: all of it counts, or
    nothing."""
    commands = [
        DecideCommand(
            approval=ApprovalId(one.approval),
            plan_hash=one.plan_hash,
            kind=DecisionKind(body.decision),
            comment=body.comment,
            channel=body.channel,
        )
        for one in body.plans
    ]
    with visitor.acting() as (uow, user):
        check_alike(uow, [one.approval for one in commands])
        decided = decide_together(uow, commands, user)
    for one in decided:
        if one.state is not ApprovalState.PENDING:
            visitor.door.desk.give(one.case, begin=False)
    return DecisionsReply(items=tuple(map(_decided, decided)))


@router.post("/{approval}/decision", operation_id="decide")
def decide_approval(
    visitor: Decider, approval: ApprovalPath, body: DecisionRequest, key: IdempotencyKey
) -> DecisionReply:
    """Approve or reject the plan whose hash was displayed; the person is the session's, whatever the body says.

    The last word needed sets the desk to work: it carries the plan out, or lays the rejected one aside. Read the case
    to follow it.
    """
    command = DecideCommand(
        approval=ApprovalId(approval),
        plan_hash=body.plan_hash,
        kind=DecisionKind(body.decision),
        comment=body.comment,
        channel=body.channel,
    )
    check_seen(visitor, approval)
    with visitor.acting() as (uow, user):
        decided = decide(uow, command, user)
    if decided.state is not ApprovalState.PENDING:
        visitor.door.desk.give(decided.case, begin=False)
    return _decided(decided)


@router.post("/{approval}/undo", operation_id="undo")
def undo_approval(visitor: Decider, approval: ApprovalPath, key: IdempotencyKey) -> UndoReply:
    """Take back an executed plan by the named undo of each of its actions."""
    check_seen(visitor, approval)
    with visitor.acting() as (uow, user):
        case = uow.approvals.get(ApprovalId(approval)).case
        result = undo(uow, ApprovalId(approval), user)
    visitor.door.desk.deliver()
    return UndoReply(approval=approval, case=case, result=result)


def check_seen(visitor: Visitor, approval: str) -> None:
    """NotFoundError for an approval out of the visitor's sight, as for one that is not there."""
    with visitor.reading() as uow:
        uow.approvals.get(ApprovalId(approval))


def _decided(approval: approval_domain.Approval) -> DecisionReply:
    return DecisionReply(
        approval=approval.id,
        case=approval.case,
        state=approval.state.value,
        approvals_given=len(approval.approvers),
        approvals_needed=approval.approvals_needed,
        executing=approval.state is ApprovalState.APPROVED,
    )
