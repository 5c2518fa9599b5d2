"""Reserving stock: the callers of one process share commits, so that many may want one item at once."""

from fastapi import APIRouter

from core.domain.ids import ItemCode, LocationCode
from core.domain.stock import Claim, ReserveStock
from ui.api.door import AsVisitor, IdempotencyKey
from ui.order_schemas import ReservationReply, ReservationRequest

router = APIRouter(prefix="/v1/reservations", tags=["stock"])


@router.post("", operation_id="reserve_stock", status_code=201)
async def reserve_stock(visitor: AsVisitor, body: ReservationRequest, key: IdempotencyKey) -> ReservationReply:
    """Keep units for a document, all that is wanted or nothing; what is short is listed in the refusal.

    The same key with the same body has the same answer, with another body it is refused.
    """
    actor = await visitor.working()
    claims = tuple(
        Claim(
            item=ItemCode(wanted.item),
            location=LocationCode(wanted.location),
            quantity=wanted.quantity,
            reference=f"{body.document}/{number}",
        )
        for number, wanted in enumerate(body.wanted, start=1)
    )
    batches = visitor.door.application.batches
    granted = await batches.reservations.reserve(actor, ReserveStock(key=key, claims=claims))
    return ReservationReply(references=granted.references)
