"""A person's decision on a plan, and taking back what was carried out."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from core.domain.approval import ApprovalState, DecisionKind
from core.domain.ids import ApprovalId
from core.services.approvals import DecideCommand, decide
from core.services.undoing import undo
from ui.api.door import AsVisitor, IdempotencyKey
from ui.api.replays import fingerprint
from ui.schemas import IDENTIFIER, DecisionReply, DecisionRequest, UndoReply

router = APIRouter(prefix="/v1/approvals", tags=["approvals"])
ApprovalPath = Annotated[str, Path(alias="approval", max_length=100, pattern=IDENTIFIER)]
REPLAYED = "Idempotency-Replayed"


@router.post("/{approval}/decision", operation_id="decide")
def decide_approval(
    visitor: AsVisitor, approval: ApprovalPath, body: DecisionRequest, key: IdempotencyKey, response: Response
) -> DecisionReply:
    """Approve or reject the plan whose hash was displayed; the person is the session's, whatever the body says.

    The last word needed sets the desk to work: it carries the plan out, or lays the rejected one aside. Read the case
    to follow it.
    """

    def act() -> DecisionReply:
        command = DecideCommand(
            approval=ApprovalId(approval),
            plan_hash=body.plan_hash,
            kind=DecisionKind(body.decision),
            comment=body.comment,
            channel=body.channel,
        )
        with visitor.enter() as (uow, user):
            decided = decide(uow, command, user)
        executing = decided.state is ApprovalState.APPROVED
        if decided.state is not ApprovalState.PENDING:
            visitor.door.desk.give(decided.case, begin=False)
        return DecisionReply(
            approval=decided.id,
            case=decided.case,
            state=decided.state.value,
            approvals_given=len(decided.approvers),
            approvals_needed=decided.approvals_needed,
            executing=executing,
        )

    with visitor.enter() as (uow, user):
        name, now = user.name, uow.now
    once = visitor.door.replays.once(
        name, key, fingerprint=fingerprint("decide", approval, body.model_dump_json()), now=now, act=act
    )
    if once.replayed:
        response.headers[REPLAYED] = "true"
    return once.reply


@router.post("/{approval}/undo", operation_id="undo")
def undo_approval(visitor: AsVisitor, approval: ApprovalPath, key: IdempotencyKey, response: Response) -> UndoReply:
    """Take back an executed plan by the named undo of each of its actions."""

    def act() -> UndoReply:
        with visitor.enter() as (uow, user):
            case = uow.approvals.get(ApprovalId(approval)).case
            result = undo(uow, ApprovalId(approval), user)
        visitor.door.desk.deliver()
        return UndoReply(approval=approval, case=case, result=result)

    with visitor.enter() as (uow, user):
        name, now = user.name, uow.now
    once = visitor.door.replays.once(name, key, fingerprint=fingerprint("undo", approval), now=now, act=act)
    if once.replayed:
        response.headers[REPLAYED] = "true"
    return once.reply
