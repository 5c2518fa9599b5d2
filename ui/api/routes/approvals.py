"""A person's decision on a plan, and taking back what was carried out."""

from typing import Annotated

from fastapi import APIRouter, Path

from core.domain.approval import ApprovalState, DecisionKind
from core.domain.ids import ApprovalId
from core.domain.permissions import Permission
from core.services.approvals import DecideCommand, decide
from core.services.undoing import undo
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.schemas import IDENTIFIER, DecisionReply, DecisionRequest, UndoReply

router = APIRouter(prefix="/v1/approvals", tags=["approvals"], route_class=DoorRoute)
ApprovalPath = Annotated[str, Path(alias="approval", max_length=100, pattern=IDENTIFIER)]
Decider = Annotated[Visitor, needs(Permission.APPROVALS_DECIDE, reach=Reach.CUSTOMERS)]


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
    return DecisionReply(
        approval=decided.id,
        case=decided.case,
        state=decided.state.value,
        approvals_given=len(decided.approvers),
        approvals_needed=decided.approvals_needed,
        executing=decided.state is ApprovalState.APPROVED,
    )


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
