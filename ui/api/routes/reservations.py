"""Reserving stock: the callers of one process share commits, so that many may want one item at once."""

from typing import Annotated

from fastapi import APIRouter

from core.domain.ids import ItemCode, LocationCode
from core.domain.permissions import Permission
from core.domain.stock import Claim, ReserveStock
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute, keyed_by_itself
from ui.schemas.order import ReservationReply, ReservationRequest

router = APIRouter(prefix="/v1/reservations", tags=["stock"], route_class=DoorRoute)
Maker = Annotated[Visitor, needs(Permission.STOCK_RESERVE, reach=Reach.CUSTOMERS)]


@router.post("", operation_id="reserve_stock", status_code=201)
@keyed_by_itself
async def reserve_stock(visitor: Maker, body: ReservationRequest, key: IdempotencyKey) -> ReservationReply:
    """Keep units for a document, all that is wanted or nothing; what is short is listed in the refusal.

    The same key with the same body has the same answer, with another body it is refused.
    """
    await visitor.admit(locations=[wanted.location for wanted in body.wanted])
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
    granted = await batches.reservations.reserve(visitor.name, ReserveStock(key=visitor.keyed(key), claims=claims))
    return ReservationReply(references=granted.references)
