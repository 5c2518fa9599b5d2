"""Halting everything at once, and letting it go on."""

from typing import Annotated

from fastapi import APIRouter

from core.domain.halting import Halt
from core.domain.permissions import Permission
from core.services.halting import HaltCommand, ResumeCommand, halt, is_halted, resume
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.schemas.desk import CommentRequest, HaltReply, ReasonRequest

router = APIRouter(prefix="/v1/halt", tags=["halt"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.CASES_READ)]
Anybody = Annotated[Visitor, needs(Permission.HALT_USE)]
Resumer = Annotated[Visitor, needs(Permission.HALT_RESUME, reach=Reach.WHOLE)]


@router.get("", operation_id="get_halt")
def standing(visitor: Reader) -> HaltReply:
    """Whether everything stands still."""
    with visitor.acting() as (uow, _):
        return _reply(is_halted(uow))


@router.post("", operation_id="halt")
def stop(visitor: Anybody, body: ReasonRequest, key: IdempotencyKey) -> HaltReply:
    """Stop all execution, sending and agent runs at once."""
    with visitor.acting() as (uow, _):
        return _reply(halt(uow, HaltCommand(reason=body.reason)).halt)


@router.post("/end", operation_id="resume")
def go_on(visitor: Resumer, body: CommentRequest, key: IdempotencyKey) -> HaltReply:
    """Let everything go on where it stood."""
    with visitor.acting() as (uow, _):
        resume(uow, ResumeCommand(comment=body.comment))
    return _reply(None)


def _reply(found: Halt | None) -> HaltReply:
    if found is None:
        return HaltReply(halted=False, reason="", by=None, since=None)
    return HaltReply(halted=True, reason=found.reason, by=found.halted_by, since=found.halted_at)
