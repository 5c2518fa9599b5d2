"""The life of purchase, work and transfer orders: where each may be, and the steps from one to the next, as tables."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from core.domain.errors import IllegalTransitionError
from core.domain.orders import SupplyState


class PurchaseStage(StrEnum):
    """Where a purchase order is; `acknowledged` was answered, but not as it was asked."""

    DRAFT = "draft"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    CONFIRMED = "confirmed"
    PARTLY_RECEIVED = "partly received"
    RECEIVED = "received"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class WorkStage(StrEnum):
    """Where a work order is; a released one has its operations and components, a started one has used something."""

    DRAFT = "draft"
    OPEN = "open"
    RELEASED = "released"
    STARTED = "started"
    COMPLETED = "completed"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class TransferStage(StrEnum):
    """Where a transfer order is; until it ships its units are reserved at the origin."""

    DRAFT = "draft"
    OPEN = "open"
    SHIPPED = "shipped"
    PARTLY_RECEIVED = "partly received"
    RECEIVED = "received"
    CANCELLED = "cancelled"


Kind = Literal["purchase", "work", "transfer"]
Stage = PurchaseStage | WorkStage | TransferStage

_P, _W, _T = PurchaseStage, WorkStage, TransferStage
PURCHASE_STEPS: Mapping[PurchaseStage, frozenset[PurchaseStage]] = {
    _P.DRAFT: frozenset({_P.SENT, _P.CANCELLED}),
    _P.SENT: frozenset({_P.ACKNOWLEDGED, _P.CONFIRMED, _P.PARTLY_RECEIVED, _P.RECEIVED, _P.CANCELLED}),
    _P.ACKNOWLEDGED: frozenset({_P.SENT, _P.CONFIRMED, _P.PARTLY_RECEIVED, _P.RECEIVED, _P.CANCELLED}),
    _P.CONFIRMED: frozenset({_P.SENT, _P.ACKNOWLEDGED, _P.PARTLY_RECEIVED, _P.RECEIVED, _P.CANCELLED}),
    _P.PARTLY_RECEIVED: frozenset({_P.RECEIVED, _P.CLOSED}),
    _P.RECEIVED: frozenset({_P.CLOSED}),
    _P.CLOSED: frozenset(),
    _P.CANCELLED: frozenset(),
}
WORK_STEPS: Mapping[WorkStage, frozenset[WorkStage]] = {
    _W.DRAFT: frozenset({_W.OPEN, _W.CANCELLED}),
    _W.OPEN: frozenset({_W.RELEASED, _W.CANCELLED}),
    _W.RELEASED: frozenset({_W.OPEN, _W.STARTED, _W.COMPLETED, _W.CANCELLED}),
    _W.STARTED: frozenset({_W.COMPLETED}),
    _W.COMPLETED: frozenset({_W.CLOSED}),
    _W.CLOSED: frozenset(),
    _W.CANCELLED: frozenset(),
}
TRANSFER_STEPS: Mapping[TransferStage, frozenset[TransferStage]] = {
    _T.DRAFT: frozenset({_T.OPEN, _T.CANCELLED}),
    _T.OPEN: frozenset({_T.SHIPPED, _T.CANCELLED}),
    _T.SHIPPED: frozenset({_T.PARTLY_RECEIVED, _T.RECEIVED}),
    _T.PARTLY_RECEIVED: frozenset({_T.RECEIVED}),
    _T.RECEIVED: frozenset(),
    _T.CANCELLED: frozenset(),
}
_OVER = frozenset({_P.RECEIVED, _P.CLOSED, _W.COMPLETED, _W.CLOSED, _T.RECEIVED})


def state_of(stage: Stage) -> SupplyState:
    """What planning makes of an order at this stage: it counts the open ones."""
    if stage in {_P.DRAFT, _W.DRAFT, _T.DRAFT}:
        return SupplyState.DRAFT
    if stage in {_P.CANCELLED, _W.CANCELLED, _T.CANCELLED}:
        return SupplyState.CANCELLED
    return SupplyState.RECEIVED if stage in _OVER else SupplyState.OPEN


def steps_of(stage: Stage) -> frozenset[Stage]:
    """Where an order may go from here."""
    match stage:
        case PurchaseStage():
            return frozenset(PURCHASE_STEPS[stage])
        case WorkStage():
            return frozenset(WORK_STEPS[stage])
        case TransferStage():
            return frozenset(TRANSFER_STEPS[stage])


def require_step(what: str, old: Stage, new: Stage) -> None:
    """IllegalTransitionError when the life of the order does not allow the step."""
    allowed = steps_of(old)
    if new not in allowed:
        accepted = ", ".join(repr(stage.value) for stage in type(old) if stage in allowed) or "nothing"
        raise IllegalTransitionError(
            f"{what} is {old.value!r} and cannot become {new.value!r}; from there accepted is {accepted}",
            old=old.value,
            new=new.value,
        )
