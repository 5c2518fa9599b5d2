"""Amending orders: everything it would do is shown first, and it is carried out exactly so or not at all."""

from typing import Annotated, assert_never

from fastapi import APIRouter, Path

from core.domain.amendments import (
    Amendment,
    CancelOpen,
    Change,
    ChangeAddress,
    ChangeDate,
    ChangeItem,
    ChangeQuantity,
    Consequence,
)
from core.domain.ids import ItemCode, OrderNo
from core.domain.permissions import Permission
from core.services.ordering.foreseeing import (
    AmendAsForeseen,
    AmendmentForeseen,
    amend_as_foreseen,
    foresee_amendment,
    why_not_amend,
)
from ui.api.door import IdempotencyKey, Visitor, needs
from ui.api.keyed import DoorRoute
from ui.api.trying import tried
from ui.schemas import IDENTIFIER
from ui.schemas.amending import (
    AmendedReply,
    AmendmentRequest,
    AmendmentShown,
    Cancelled,
    CarryOutRequest,
    ChangeWanted,
    ConsequenceReply,
    ForeseenReply,
    FreedReply,
    NewAddress,
    NewDate,
    NewItem,
    NewQuantity,
    PromisedLine,
)

router = APIRouter(prefix="/v1/orders/{order}", tags=["orders"], route_class=DoorRoute)
Writer = Annotated[Visitor, needs(Permission.ORDERS_WRITE)]
OrderPath = Annotated[str, Path(alias="order", max_length=100, pattern=IDENTIFIER, examples=["SO-1042"])]


@router.post("/amendment-previews", operation_id="preview_amendment")
def preview(visitor: Writer, order: OrderPath, body: AmendmentRequest, key: IdempotencyKey) -> AmendmentShown:
    """What the amendment would do, and when its lines could be promised again; nothing of it is kept."""
    amendment = _amendment(visitor, order, body)
    return tried(
        visitor,
        lambda uow, user: _shown(found := foresee_amendment(uow, amendment), why_not=why_not_amend(found, user)),
    )


@router.post("/amendments", operation_id="amend_order", status_code=201)
def carry_out(visitor: Writer, order: OrderPath, body: CarryOutRequest, key: IdempotencyKey) -> AmendedReply:
    """Carry an amendment out as it was shown and promise its lines again, or nothing of it."""
    command = AmendAsForeseen(
        key=visitor.keyed(key), amendment=_amendment(visitor, order, body), version=body.version, digest=body.digest
    )
    with visitor.acting() as (uow, _):
        done = amend_as_foreseen(uow, command)
        return AmendedReply(
            order=done.amended.order,
            version=uow.orders.order(done.amended.order).version,
            state=done.state,
            done=done.amended.done,
            holds=tuple(done.amended.holds),
            promised=tuple(PromisedLine(line=line, day=day) for line, day in done.promised),
        )


def _amendment(visitor: Visitor, order: str, body: AmendmentRequest) -> Amendment:
    """What is wanted of an order that the visitor sees."""
    with visitor.reading() as uow:
        number = uow.orders.order(OrderNo(order)).number
    return Amendment(order=number, changes=tuple(map(_change, body.changes)), reason=body.reason)


def _change(wanted: ChangeWanted) -> Change:
    match wanted:
        case NewQuantity():
            return ChangeQuantity(line=wanted.line, quantity=wanted.quantity)
        case NewDate():
            return ChangeDate(line=wanted.line, requested=wanted.requested)
        case NewItem():
            return ChangeItem(line=wanted.line, item=ItemCode(wanted.item))
        case NewAddress():
            return ChangeAddress(address=wanted.address)
        case Cancelled():
            return CancelOpen(line=wanted.line)
        case _:
            assert_never(wanted)


def _shown(found: AmendmentForeseen, *, why_not: str | None) -> AmendmentShown:
    preview = found.preview
    return AmendmentShown(
        order=preview.order,
        version=preview.version,
        currency=preview.currency,
        consequences=tuple(map(_consequence, preview.consequences)),
        lines=tuple(map(ForeseenReply.of, found.lines)),
        value_before=preview.value_before,
        value_after=preview.value_after,
        state=found.state,
        holds=found.holds,
        frozen=preview.needs_person,
        why_not=why_not,
        digest=found.digest,
    )


def _consequence(one: Consequence) -> ConsequenceReply:
    return ConsequenceReply(
        line=one.line,
        words=one.words,
        state=one.state,
        price=one.price,
        freed=tuple(map(FreedReply.of, one.freed)),
        dropped=one.dropped,
        fence=one.fence,
    )
