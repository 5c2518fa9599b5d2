"""Telling it: each delivery is claimed in one transaction, sent outside of any, and settled in another.

A worker that dies between sending and settling leaves a delivery that another one sends again, under the same number
and with the same bytes: at least once.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from core.domain.ids import UserName
from core.domain.signing import signed_header
from core.domain.webhooks import Delivery, DeliveryState, Topic, WebhookId, after_try
from core.ports.storage import OpenUnitOfWork, UnitOfWork
from core.ports.webhooks import WebhookSender
from core.services.halting import is_halted
from core.services.tasks import ask_person

BATCH = 100
KEPT = timedelta(days=30)
ALSO_WHILE_HALTED = frozenset({Topic.HALT_CHANGED, Topic.PING})


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivering:
    """How many were delivered, how many wait for another try, and how many were given up."""

    delivered: int = 0
    waiting: int = 0
    dead: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claimed:
    delivery: Delivery
    url: str
    secrets: tuple[str, ...]
    at: datetime


def deliver(open_uow: OpenUnitOfWork, *, sender: WebhookSender, by: UserName, limit: int = BATCH) -> Delivering:
    """Send what is due. A webhook that did not take one is left alone until the next time, so that it does not keep the
    others waiting. While everything is halted only that is told."""
    ended: list[DeliveryState] = []
    resting: set[WebhookId] = set()
    while len(ended) < limit:
        claimed = _claim(open_uow, resting, by)
        if claimed is None:
            break
        answered = sender.send(claimed.url, headers=_headers(claimed), body=claimed.delivery.body.encode())
        with open_uow(by) as uow:
            after = after_try(claimed.delivery, answered, now=uow.now)
            uow.webhooks.settle(after)
            if answered.gone:
                uow.webhooks.disable(after.webhook, because="the receiver answered 410: it wants nothing more")
            if after.state is DeliveryState.DEAD:
                _ask(uow, after)
        ended.append(after.state)
        if after.state is not DeliveryState.DELIVERED:
            resting.add(after.webhook)
    with open_uow(by) as uow:
        uow.webhooks.forget(before=uow.now - KEPT)
    return Delivering(
        delivered=ended.count(DeliveryState.DELIVERED),
        waiting=ended.count(DeliveryState.WAITING),
        dead=ended.count(DeliveryState.DEAD),
    )


def _claim(open_uow: OpenUnitOfWork, resting: set[WebhookId], by: UserName) -> _Claimed | None:
    with open_uow(by) as uow:
        topics = ALSO_WHILE_HALTED if is_halted(uow) else frozenset(Topic)
        delivery = uow.webhooks.claim(topics, besides=sorted(resting))
        if delivery is None:
            return None
        return _Claimed(
            delivery=delivery,
            url=uow.webhooks.get(delivery.webhook).url,
            secrets=uow.webhooks.secrets(delivery.webhook),
            at=uow.now,
        )


def _headers(claimed: _Claimed) -> Mapping[str, str]:
    delivery = claimed.delivery
    time, signature = signed_header(claimed.secrets, at=claimed.at, body=delivery.body.encode())
    return {
        "Content-Type": "application/json",
        "Expediter-Event": delivery.topic.value,
        "Expediter-Delivery": delivery.number,
        "Expediter-Timestamp": time,
        "Expediter-Signature": signature,
    }


def _ask(uow: UnitOfWork, delivery: Delivery) -> None:
    """One question a webhook and day: a receiver that is gone fails many times."""
    subject = f"webhook {delivery.webhook} on {uow.now:%Y-%m-%d}"
    said = f"status {delivery.status}" if delivery.status else delivery.said
    ask_person(
        uow,
        subject,
        f"webhook {delivery.webhook} did not take delivery {delivery.id} ({said}) in {delivery.attempts} tries; when it"
        f" works again, `expediter webhooks resend {delivery.id}`, or `expediter webhooks disable {delivery.webhook}`",
    )
