"""The desk's own record: what people made of its proposals, what came of its plans, what its models cost."""

from dataclasses import asdict
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query

from core.domain.options import Forecast
from core.domain.permissions import Permission
from core.domain.resolutions import RESOLUTIONS
from core.services.desk_record import ActionRecord, Outcome, RecordAsked, desk_record, model_record
from ui.api.door import Reach, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.schemas.record import (
    ActionReply,
    DeskRecordReply,
    ModelRecordReply,
    ModelUseReply,
    OutcomeReply,
    StandReply,
)
from ui.values import Day

router = APIRouter(prefix="/v1", tags=["kpis"], route_class=DoorRoute)
Reader = Annotated[Visitor, needs(Permission.KPIS_READ, reach=Reach.WHOLE)]
First = Annotated[Day | None, Query(description="First day; 90 days back without it.")]
Last = Annotated[Day | None, Query(description="Last day; the business date without it.")]
MILLION = Decimal(1_000_000)


@router.get("/kpis/desk", operation_id="desk_record")
def desk(visitor: Reader, first: First = None, last: Last = None) -> DeskRecordReply:
    """Proposals by action, taken, rejected and changed; and plans carried out, predicted beside found."""
    with visitor.reading() as uow:
        found = desk_record(uow, RecordAsked(first=first, last=last))
    return DeskRecordReply(
        first=found.first,
        last=found.last,
        currency=found.currency,
        decided=found.decided,
        actions=tuple(map(_action, found.actions)),
        outcomes=tuple(map(_outcome, found.outcomes)),
        looked_at=found.looked_at,
        as_predicted=found.as_predicted,
    )


@router.get("/kpis/models", operation_id="model_record")
def models(visitor: Reader, first: First = None, last: Last = None) -> ModelRecordReply:
    """Calls of models by model and purpose, with their tokens and what they cost."""
    with visitor.reading() as uow:
        found = model_record(uow, RecordAsked(first=first, last=last))
    return ModelRecordReply(
        first=found.first,
        last=found.last,
        items=tuple(
            ModelUseReply(
                model=one.model,
                purpose=one.purpose,
                calls=one.calls,
                unused=one.unused,
                tokens=one.tokens,
                cost=one.micros / MILLION,
                unpriced=one.unpriced,
            )
            for one in found.uses
        ),
    )


def _action(one: ActionRecord) -> ActionReply:
    return ActionReply.model_validate({**asdict(one), "action": one.action.value, "name": RESOLUTIONS[one.action].name})


def _outcome(one: Outcome) -> OutcomeReply:
    return OutcomeReply(
        approval=one.approval,
        case=one.case,
        executed_at=one.executed_at,
        verified=one.verified,
        predicted=_stand(one.predicted),
        realised=_stand(one.realised),
    )


def _stand(book: Forecast) -> StandReply:
    return StandReply(lines_late=book.lines_late, lines_uncovered=book.lines_uncovered, exposure=book.exposure)
