"""Webhooks out: made, listed, disabled, given another secret, tried; and their deliveries."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from core.bootstrap.webhooks import fresh_hook_secret, fresh_ping, fresh_webhook
from core.domain.permissions import Permission
from core.domain.scopes import Scope
from core.domain.webhook_catalogue import CATALOGUE
from core.domain.webhooks import Delivery, DeliveryId, DeliveryState, Webhook, WebhookId
from core.services.webhooks.subscribing import (
    MakeWebhook,
    NewSecret,
    disable_webhook,
    make_webhook,
    ping,
    rotate_webhook,
    send_again,
)
from ui.api.door import IdempotencyKey, Reach, Visitor, needs
from ui.api.keyed import DoorRoute, answers_a_secret
from ui.api.paging import Cursor, Limit, number_page, paged
from ui.schemas.webhook import (
    DeliveryList,
    DeliveryReply,
    EventCatalogue,
    EventKind,
    WebhookList,
    WebhookMade,
    WebhookReply,
    WebhookRequest,
)

router = APIRouter(prefix="/v1", tags=["webhooks"], route_class=DoorRoute)
Manager = Annotated[Visitor, needs(Permission.WEBHOOKS_MANAGE, reach=Reach.WHOLE)]
WebhookPath = Annotated[str, Path(alias="webhook", max_length=40, pattern=r"^w[0-9a-f]+$", examples=["w2f61c09ab4"])]
DeliveryPath = Annotated[int, Path(alias="delivery", ge=1, le=2**63 - 1, examples=[4711])]


@router.get("/webhooks", operation_id="list_webhooks")
def list_webhooks(visitor: Manager, request: Request, limit: Limit = 50, cursor: Cursor = None) -> WebhookList:
    """Every webhook there ever was, without secrets."""
    with visitor.reading() as uow:
        part, after = paged(request, uow.webhooks.all(), cursor=cursor, limit=limit, key="id")
        return WebhookList(items=tuple(map(_reply, part)), next=after)


@router.get("/webhook-events", operation_id="list_webhook_events")
def list_events(visitor: Manager) -> EventCatalogue:
    """What can be told, and what each kind of event carries."""
    kinds = (EventKind(event=kind.topic.value, says=kind.says, fields=dict(kind.fields)) for kind in CATALOGUE)
    return EventCatalogue(items=tuple(kinds))


@router.post("/webhooks", operation_id="make_webhook", status_code=201)
@answers_a_secret
def make(visitor: Manager, body: WebhookRequest, key: IdempotencyKey) -> WebhookMade:
    """Have an address told of events; the secret they are signed with is shown this once."""
    wanted = MakeWebhook(
        url=body.url,
        topics=frozenset(body.events),
        scope=Scope.of(body.sites, body.customers),
        plain=visitor.door.plain_webhooks,
    )
    new = fresh_webhook()
    with visitor.acting() as (uow, _):
        return WebhookMade(**_reply(make_webhook(uow, wanted, new)).model_dump(), secret=new.secret)


@router.get("/webhooks/{webhook}", operation_id="get_webhook")
def get_webhook(visitor: Manager, webhook: WebhookPath) -> WebhookReply:
    """One webhook, without its secret."""
    with visitor.reading() as uow:
        return _reply(uow.webhooks.get(WebhookId(webhook)))


@router.delete("/webhooks/{webhook}", operation_id="disable_webhook")
def disable(visitor: Manager, webhook: WebhookPath) -> WebhookReply:
    """Nothing is sent to it any more; doing it again changes nothing."""
    with visitor.acting() as (uow, user):
        return _reply(disable_webhook(uow, WebhookId(webhook), because=f"disabled by {user.name}"))


@router.post("/webhooks/{webhook}/secret", operation_id="rotate_webhook_secret", status_code=201)
@answers_a_secret
def rotate(visitor: Manager, webhook: WebhookPath, key: IdempotencyKey) -> WebhookMade:
    """Another secret; for a day the one before signs as well."""
    new = NewSecret(id=WebhookId(webhook), secret=fresh_hook_secret())
    with visitor.acting() as (uow, _):
        return WebhookMade(**_reply(rotate_webhook(uow, new)).model_dump(), secret=new.secret)


@router.post("/webhooks/{webhook}/ping", operation_id="ping_webhook", status_code=202)
def ping_webhook(visitor: Manager, webhook: WebhookPath, key: IdempotencyKey) -> WebhookReply:
    """Send it a test event soon; its delivery says what came of it."""
    with visitor.acting() as (uow, _):
        ping(uow, WebhookId(webhook), name=fresh_ping())
        return _reply(uow.webhooks.get(WebhookId(webhook)))


@router.get("/webhooks/{webhook}/deliveries", operation_id="list_deliveries")
def list_deliveries(
    visitor: Manager,
    webhook: WebhookPath,
    request: Request,
    state: Annotated[DeliveryState | None, Query(description="Only those in this state.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> DeliveryList:
    """What it was told, or is to be told, the newest first."""
    page = number_page(request, cursor, limit)
    before = None if page.before is None else DeliveryId(page.before)
    with visitor.reading() as uow:
        uow.webhooks.get(WebhookId(webhook))
        found = uow.webhooks.deliveries(webhook=WebhookId(webhook), state=state, before=before, limit=page.ask)
    items = tuple(map(_delivery, found))
    return DeliveryList(items=items[:limit], next=page.next([one.id for one in items]))


@router.get("/deliveries/{delivery}", operation_id="get_delivery")
def get_delivery(visitor: Manager, delivery: DeliveryPath) -> DeliveryReply:
    """One delivery."""
    with visitor.reading() as uow:
        return _delivery(uow.webhooks.delivery(DeliveryId(delivery)))


@router.post("/deliveries/{delivery}/resend", operation_id="resend_delivery", status_code=202)
def resend(visitor: Manager, delivery: DeliveryPath, key: IdempotencyKey) -> DeliveryReply:
    """Send it once more, under its number; 409 while it waits to be sent anyway."""
    with visitor.acting() as (uow, _):
        return _delivery(send_again(uow, DeliveryId(delivery)))


def _reply(webhook: Webhook) -> WebhookReply:
    scope = webhook.scope
    return WebhookReply(
        id=webhook.id,
        url=webhook.url,
        events=tuple(sorted(webhook.topics)),
        owner=webhook.owner,
        sites=None if scope.sites is None else tuple(sorted(scope.sites)),
        customers=None if scope.customers is None else tuple(sorted(scope.customers)),
        created_at=webhook.created_at,
        disabled_at=webhook.disabled_at,
        disabled_because=webhook.disabled_because,
    )


def _delivery(one: Delivery) -> DeliveryReply:
    return DeliveryReply(
        id=one.id,
        number=one.number,
        webhook=one.webhook,
        event=one.event,
        type=one.topic.value,
        state=one.state,
        attempts=one.attempts,
        status=one.status,
        said=one.said,
        created_at=one.created_at,
        next_at=one.next_at,
        delivered_at=one.delivered_at,
    )
