"""Subscriptions: made, disabled, given another secret, tried with a ping; and deliveries sent once more."""

from dataclasses import dataclass, field

from core.domain.errors import ConflictError, InvalidValueError, LimitReachedError
from core.domain.scopes import WHOLE, Scope
from core.domain.webhook_catalogue import noted_for
from core.domain.webhook_events import About, Event
from core.domain.webhooks import (
    MOST_ACTIVE,
    ROTATION,
    Delivery,
    DeliveryId,
    Topic,
    Webhook,
    WebhookId,
    check_topics,
    check_url,
)
from core.ports.storage import UnitOfWork
from core.services.deferring import deliver_webhooks_soon

BY_HAND = "by hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeWebhook:
    """A subscription that is wanted. `plain` says that this machine itself may be told without encryption."""

    url: str
    topics: frozenset[Topic]
    scope: Scope = WHOLE
    plain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSecret:
    """What a webhook is known by, and random text made at the edge that it signs with; shown this once."""

    id: WebhookId
    secret: str = field(repr=False)


def make_webhook(uow: UnitOfWork, wanted: MakeWebhook, new: NewSecret) -> Webhook:
    """A subscription of the one who acts; it is told of what that one may see, and no more than it names itself."""
    check_url(wanted.url, plain=wanted.plain)
    check_topics(wanted.topics)
    owner = uow.users.get(uow.actor)
    if wanted.scope.within(owner.scope) != wanted.scope and not owner.scope.whole:
        raise InvalidValueError(f"a webhook of {owner.name!r} tells at most of {owner.scope.words}", field="scope")
    if len(uow.webhooks.active()) >= MOST_ACTIVE:
        raise LimitReachedError(f"there are {MOST_ACTIVE} webhooks already; disable one that nobody needs")
    webhook = Webhook(
        id=new.id,
        url=wanted.url,
        topics=wanted.topics,
        owner=owner.name,
        scope=wanted.scope,
        created_at=uow.now,
    )
    uow.webhooks.add(webhook, secret=new.secret, events=noted_for(wanted.topics))
    return webhook


def disable_webhook(uow: UnitOfWork, webhook: WebhookId, *, because: str = BY_HAND) -> Webhook:
    """Nothing is sent to it any more; doing it again changes nothing. What waited for it is never sent."""
    uow.webhooks.get(webhook)
    uow.webhooks.disable(webhook, because=because)
    return uow.webhooks.get(webhook)


def rotate_webhook(uow: UnitOfWork, new: NewSecret) -> Webhook:
    """Another secret; for a day the one before signs as well, so that the receiver can change over."""
    webhook = _active(uow, new.id)
    uow.webhooks.rotate(new.id, new.secret, until=uow.now + ROTATION)
    return webhook


def ping(uow: UnitOfWork, webhook: WebhookId, *, name: str) -> None:
    """Send a test event; `name` is random text that tells it from others."""
    _active(uow, webhook)
    event = Event(
        id=f"ping:{name}", topic=Topic.PING, at=uow.now, about=About.COMPANY, subject=webhook, data={"webhook": webhook}
    )
    uow.webhooks.tell(webhook, event)
    deliver_webhooks_soon(uow)


def send_again(uow: UnitOfWork, delivery: DeliveryId) -> Delivery:
    """Send what was delivered or given up once more, under its number, with all tries before it."""
    _active(uow, uow.webhooks.delivery(delivery).webhook)
    uow.webhooks.send_again(delivery)
    deliver_webhooks_soon(uow)
    return uow.webhooks.delivery(delivery)


def _active(uow: UnitOfWork, id: WebhookId) -> Webhook:
    webhook = uow.webhooks.get(id)
    if not webhook.active:
        raise ConflictError(f"webhook {id!r} is disabled ({webhook.disabled_because}); make another one")
    return webhook
