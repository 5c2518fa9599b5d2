"""Webhooks out: who is told of what at which address, and how far each delivery has come."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from core.domain.errors import InvalidValueError
from core.domain.ids import UserName
from core.domain.scopes import WHOLE, Scope

WebhookId = NewType("WebhookId", str)
DeliveryId = NewType("DeliveryId", int)
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (30, 120, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600))
"""After each failed try but the last: ten tries within a day."""
TRIES = len(PAUSES) + 1
LEASE = timedelta(minutes=2)
"""Longer than a try may take: a delivery that a worker took and never settled is tried again after it."""
ROTATION = timedelta(days=1)
"""For so long the secret before signs as well."""
MOST_ACTIVE = 100
LONGEST_ANSWER = 200
LONGEST_URL = 1000
_URL = re.compile(r"https?://[^\s/?#@\\\x00-\x20\x7f]+(?:[/?][\x21-\x7e]*)?", re.IGNORECASE)


class Topic(StrEnum):
    """What programs are told of; the names and what they carry stay (core/domain/webhook_events.py)."""

    ORDER_PLACED = "order.placed"
    ORDER_CHANGED = "order.changed"
    ORDER_CANCELLED = "order.cancelled"
    PROMISE_MADE = "promise.made"
    PROMISE_MOVED = "promise.moved"
    CASE_OPENED = "case.opened"
    CASE_CLOSED = "case.closed"
    STOCK_SHORT = "stock.short"
    APPROVAL_REQUESTED = "approval.requested"
    APPROVAL_DECIDED = "approval.decided"
    PLAN_EXECUTED = "plan.executed"
    PLAN_UNDONE = "plan.undone"
    SHIPMENT_SHIPPED = "shipment.shipped"
    SHIPMENT_DELIVERED = "shipment.delivered"
    PURCHASE_ORDER_SENT = "purchase_order.sent"
    PURCHASE_ORDER_ANSWERED = "purchase_order.answered"
    PURCHASE_ORDER_RECEIVED = "purchase_order.received"
    SCAN_FINISHED = "scan.finished"
    HALT_CHANGED = "halt.changed"
    PING = "ping"


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A subscription: these topics are told to this address, as far as `scope` and that of its owner reach."""

    id: WebhookId
    url: str
    topics: frozenset[Topic]
    owner: UserName
    created_at: datetime
    scope: Scope = WHOLE
    disabled_at: datetime | None = None
    disabled_because: str = ""

    @property
    def active(self) -> bool:
        """Whether anything is sent to it."""
        return self.disabled_at is None


class DeliveryState(StrEnum):
    """How far a delivery has come. A dead one is tried again when somebody says so."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One event for one subscription. `body` is what is sent, the same bytes with every try; `attempts` counts them."""

    id: DeliveryId
    webhook: WebhookId
    event: str
    topic: Topic
    body: str = field(repr=False)
    created_at: datetime
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    next_at: datetime | None = None
    status: int | None = None
    said: str = ""
    delivered_at: datetime | None = None

    @property
    def number(self) -> str:
        """What the receiver knows it by, the same with every try: its key to do it once."""
        return f"whd-{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came of a try: the status, None where no answer came, and the first characters of what was said."""

    status: int | None
    said: str

    @property
    def taken(self) -> bool:
        """Whether the receiver has it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def gone(self) -> bool:
        """Whether the receiver wants nothing more."""
        return self.status == 410


def after_try(delivery: Delivery, answered: Answered, *, now: datetime) -> Delivery:
    """The delivery after a try, of which `attempts` counts this one already."""
    told = replace(delivery, status=answered.status, said=answered.said[:LONGEST_ANSWER])
    if answered.taken:
        return replace(told, state=DeliveryState.DELIVERED, next_at=None, delivered_at=now)
    if answered.gone or delivery.attempts >= TRIES:
        return replace(told, state=DeliveryState.DEAD, next_at=None)
    return replace(told, next_at=now + PAUSES[delivery.attempts - 1])


def check_url(url: str, *, plain: bool) -> None:
    """An address may be told things: https, and http only where `plain` allows this machine to be told."""
    if not _URL.fullmatch(url) or len(url) > LONGEST_URL:
        raise InvalidValueError(
            f"address {url[:80]!r} is not one such as 'https://host/path', of up to {LONGEST_URL} characters and"
            " without a password in it",
            field="url",
        )
    if not plain and not url.lower().startswith("https://"):
        raise InvalidValueError(f"address {url[:80]!r} is not encrypted; accepted is 'https://...'", field="url")


def check_topics(topics: frozenset[Topic]) -> None:
    """A subscription is to something, and nobody subscribes to pings: they come when they are asked for."""
    if not topics or Topic.PING in topics:
        accepted = ", ".join(topic for topic in Topic if topic is not Topic.PING)
        raise InvalidValueError(f"a webhook names the events it is told of; accepted are {accepted}", field="events")
