"""Quoting promises: the callers of one process share the books it keeps and its commits."""

from typing import Annotated

from fastapi import APIRouter

from core.domain.ids import CustomerCode, ItemCode, LocationCode
from core.domain.permissions import Permission
from core.domain.promising import Ask, Promise
from core.domain.quoting import QuotePromise
from ui.api.door import IdempotencyKey, Visitor, needs
from ui.api.keyed import DoorRoute, keyed_by_itself
from ui.schemas.promise import PromisedUnits, PromiseReply, QuoteReply, QuoteRequest

router = APIRouter(prefix="/v1/held-quotes", tags=["promises"], route_class=DoorRoute)
Maker = Annotated[Visitor, needs(Permission.PROMISES_QUOTE)]


@router.post("", operation_id="hold_quote", status_code=201)
@keyed_by_itself
async def hold_quote(visitor: Maker, body: QuoteRequest, key: IdempotencyKey) -> QuoteReply:
    """Say when units can be there without taking them from anybody, and hold them until the quote expires.

    What has no day is said with the reasons and not held. The same key with the same body has the same answer, with
    another body it is refused.
    """
    await visitor.admit(customer=body.customer, locations=[asked.location for asked in body.asks])
    command = QuotePromise(
        key=visitor.keyed(key),
        asks=tuple(
            Ask(
                item=ItemCode(asked.item),
                location=LocationCode(asked.location),
                quantity=asked.quantity,
                requested=asked.day,
                partial=asked.partial,
                max_lateness=asked.max_lateness,
            )
            for asked in body.asks
        ),
        customer=None if body.customer is None else CustomerCode(body.customer),
        minutes=body.minutes,
    )
    given = await visitor.door.application.batches.quotes.quote(visitor.name, command)
    whole = visitor.principal.scope.customers is None
    return QuoteReply(
        quote=given.quote,
        expires_at=given.expires_at,
        promises=tuple(_reply(one, tell=whole) for one in given.promises),
    )


def _reply(promise: Promise, *, tell: bool) -> PromiseReply:
    """A promise; why it is no better may name others, so only who sees every customer is told."""
    return PromiseReply(
        dates=tuple(
            PromisedUnits(day=dated.on, quantity=dated.quantity, location=dated.location) for dated in promise.dates
        ),
        unplannable=promise.unplannable,
        reasons=tuple(reason.text for reason in promise.reasons) if tell else (),
    )
