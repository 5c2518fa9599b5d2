"""Placing orders that were paid for at a checkout: the callers of one process share commits."""

from fastapi import APIRouter

from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.order_terms import Channel
from core.domain.placing import PlacedLine, PlaceOrder
from ui.api.door import AsVisitor, IdempotencyKey
from ui.order_schemas import PlacedReply, PlaceOrderRequest

router = APIRouter(prefix="/v1/orders", tags=["orders"])


@router.post("", operation_id="place_order", status_code=201)
async def place_order(visitor: AsVisitor, body: PlaceOrderRequest, key: IdempotencyKey) -> PlacedReply:
    """Put a paid order in the books, every unit reserved and promised for the day shown, or nothing of it.

    The same key with the same body has the same answer, with another body it is refused.
    """
    actor = await visitor.working()
    command = PlaceOrder(
        key=key,
        number=OrderNo(body.number),
        customer=CustomerCode(body.customer),
        channel=Channel(body.channel),
        ship_from=LocationCode(body.ship_from),
        lines=tuple(
            PlacedLine(item=ItemCode(line.item), quantity=line.quantity, unit_price=line.unit_price, day=line.day)
            for line in body.lines
        ),
        address=body.address,
        recipient=body.recipient,
    )
    placed = await visitor.door.application.batches.orders.place(actor, command)
    return PlacedReply(order=placed.order, references=placed.references)
