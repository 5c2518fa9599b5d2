"""Placing orders that were paid for at a checkout: the callers of one process share commits."""

from typing import Annotated

from fastapi import APIRouter

from core.domain.ids import CustomerCode, ItemCode, LocationCode, OrderNo
from core.domain.order_terms import Channel
from core.domain.permissions import Permission
from core.domain.placing import PlacedLine, PlaceOrder
from ui.api.door import IdempotencyKey, Visitor, needs
from ui.api.keyed import DoorRoute, keyed_by_itself
from ui.schemas.order import PlacedReply, PlaceOrderRequest

router = APIRouter(prefix="/v1/orders", tags=["orders"], route_class=DoorRoute)
Maker = Annotated[Visitor, needs(Permission.ORDERS_WRITE)]


@router.post("", operation_id="place_order", status_code=201)
@keyed_by_itself
async def place_order(visitor: Maker, body: PlaceOrderRequest, key: IdempotencyKey) -> PlacedReply:
    """Put a paid order in the books, every unit reserved and promised for the day shown, or nothing of it.

    The same key with the same body has the same answer, with another body it is refused.
    """
    await visitor.admit(customer=body.customer, locations=(body.ship_from,))
    command = PlaceOrder(
        key=visitor.keyed(key),
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
    placed = await visitor.door.application.batches.orders.place(visitor.name, command)
    return PlacedReply(order=placed.order, references=placed.references)
