"""Links to an order's status: made and revoked by who serves the customer, opened by whoever has one."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Path

from core.bootstrap.application import fresh_link
from core.domain.identity import LinkId, StatusLink
from core.domain.ids import OrderNo
from core.domain.permissions import Permission
from core.services.identity import make_status_link, shown_by_link
from core.services.returning.requesting import AskedBack
from core.services.returning.self_service import AskForReturn, ask_for_return
from ui.api.door import NOBODY, AtDoor, IdempotencyKey, Visitor, needs
from ui.api.keyed import DoorRoute, answers_a_secret, keyed_by_itself
from ui.api.status_views import order_status
from ui.schemas import IDENTIFIER
from ui.schemas.identity import LinkList, LinkMade, LinkRequest, OrderStatus, ReturnRequest, StatusLinkReply

router = APIRouter(prefix="/v1", tags=["status links"], route_class=DoorRoute)
OrderPath = Annotated[str, Path(alias="order", max_length=100, pattern=IDENTIFIER, examples=["SO-1042"])]
LinkPath = Annotated[str, Path(alias="link", max_length=40, pattern=IDENTIFIER, examples=["l3c9e"])]
TokenPath = Annotated[str, Path(alias="token", max_length=100, pattern=r"^exl_[A-Za-z0-9_-]+$")]
Maker = Annotated[Visitor, needs(Permission.LINKS_WRITE)]


@router.get("/orders/{order}/links", operation_id="list_status_links")
def list_links(visitor: Maker, order: OrderPath) -> LinkList:
    """The links to an order, ended ones too."""
    number = _seen(visitor, order)
    with visitor.acting() as (uow, _):
        return LinkList(items=tuple(_reply(link) for link in uow.identity.status_links(number)))


@router.post("/orders/{order}/links", operation_id="make_status_link", status_code=201)
@answers_a_secret
def make(visitor: Maker, order: OrderPath, body: LinkRequest, key: IdempotencyKey) -> LinkMade:
    """A link under which the customer sees how this order stands, and nothing else; it is shown this once."""
    number = _seen(visitor, order)
    public, token = fresh_link()
    with visitor.acting() as (uow, _):
        made = make_status_link(uow, number, id=LinkId(public), token=token, life=timedelta(days=body.days))
    return LinkMade(**_reply(made).model_dump(), path=f"/v1/status/{token}", page=f"/status/{token}")


@router.delete("/links/{link}", operation_id="revoke_status_link")
def revoke(visitor: Maker, link: LinkPath) -> StatusLinkReply:
    """The link shows nothing any more, at once; doing it again changes nothing."""
    with visitor.acting() as (uow, _):
        number = uow.identity.status_link(LinkId(link)).order
    _seen(visitor, number)
    with visitor.acting() as (uow, _):
        uow.identity.revoke_status_link(LinkId(link))
        return _reply(uow.identity.status_link(LinkId(link)))


@router.get("/status/{token}", operation_id="order_status")
def status(token: TokenPath, door: AtDoor) -> OrderStatus:
    """How the order stands that the link was made for: what was promised, what is on its way. Nobody signs in."""
    with door.open_uow(NOBODY) as uow:
        return order_status(uow, shown_by_link(uow, token))


@router.post("/status/{token}/returns", operation_id="ask_for_return", status_code=201)
@keyed_by_itself
def ask_back(token: TokenPath, door: AtDoor, body: ReturnRequest, key: IdempotencyKey) -> OrderStatus:
    """Ask to send goods of the order back; somebody authorises it or not. Nobody signs in: the link is the proof."""
    with door.open_uow(NOBODY) as uow:
        order = shown_by_link(uow, token)
        lines = tuple(
            AskedBack(line=one.line, quantity=one.quantity, reason=one.reason, serial=one.serial) for one in body.lines
        )
        command = AskForReturn(key=f"{order}:{key}", order=order, lines=lines, wish=body.wish, note=body.note)
        ask_for_return(uow, command)
        return order_status(uow, order)


def _seen(visitor: Visitor, order: str) -> OrderNo:
    """The order, if the visitor sees it."""
    with visitor.reading() as uow:
        return uow.orders.order(OrderNo(order)).number


def _reply(link: StatusLink) -> StatusLinkReply:
    return StatusLinkReply(
        id=link.id,
        order=link.order,
        created_by=link.created_by,
        created_at=link.created_at,
        expires_at=link.expires_at,
        revoked_at=link.revoked_at,
    )
