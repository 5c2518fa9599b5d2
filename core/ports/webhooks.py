"""What the services need for webhooks: subscriptions and deliveries, sources and messages, the way out, a reader."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from core.domain.ids import UserName
from core.domain.inbound import HookSource, InboundEvent, InboundId, InboundState, Message, SourceName
from core.domain.webhook_events import Event, Noted
from core.domain.webhooks import Answered, Delivery, DeliveryId, DeliveryState, Topic, Webhook, WebhookId


class WebhookStore(Protocol):
    """Subscriptions, their secrets, and deliveries. NotFoundError for what is not there."""

    def add(self, webhook: Webhook, *, secret: str, events: frozenset[str]) -> None:
        """`events` are those of the audit log that are noted for it."""
        ...

    def get(self, webhook: WebhookId) -> Webhook: ...
    def all(self) -> tuple[Webhook, ...]: ...
    def active(self) -> tuple[Webhook, ...]: ...
    def disable(self, webhook: WebhookId, *, because: str) -> bool: ...
    def secrets(self, webhook: WebhookId) -> tuple[str, ...]:
        """Those that sign at this moment, the newest first."""
        ...

    def rotate(self, webhook: WebhookId, secret: str, *, until: datetime) -> None:
        """Another secret; the one before counts until then."""
        ...

    def take_noted(self, *, limit: int) -> tuple[Noted, ...]:
        """What was noted since and is not told yet, oldest first; it is told or dropped with this transaction."""
        ...

    def tell(self, webhook: WebhookId, event: Event) -> bool:
        """A delivery, once a subscription and event."""
        ...

    def claim(self, topics: Collection[Topic], *, besides: Sequence[WebhookId]) -> Delivery | None:
        """The delivery on one of these topics due longest, for this worker alone for as long as a try may take; its
        try is counted. None of these subscriptions, nor of any that is disabled."""
        ...

    def settle(self, delivery: Delivery) -> None:
        """What came of a try; nothing where another worker took it meanwhile."""
        ...

    def delivery(self, delivery: DeliveryId) -> Delivery: ...
    def deliveries(
        self, *, webhook: WebhookId | None, state: DeliveryState | None, before: DeliveryId | None, limit: int
    ) -> tuple[Delivery, ...]:
        """The newest first."""
        ...

    def send_again(self, delivery: DeliveryId) -> None:
        """It waits again, and all its tries are before it."""
        ...

    def forget(self, *, before: datetime) -> int:
        """Deliveries that ended before."""
        ...


class InboundStore(Protocol):
    """Sources, their secrets, and messages as they came. NotFoundError for what is not there."""

    def add_source(self, source: HookSource, *, secret: str) -> None: ...
    def source(self, name: SourceName) -> HookSource: ...
    def sources(self) -> tuple[HookSource, ...]: ...
    def disable_source(self, name: SourceName) -> bool: ...
    def secrets(self, name: SourceName) -> tuple[str, ...]: ...
    def rotate(self, name: SourceName, secret: str, *, until: datetime) -> None: ...
    def keep(self, source: SourceName, event: str, raw: bytes, *, headers: Mapping[str, str]) -> bool:
        """False where the same came before. IdempotencyConflictError where that number was another message."""
        ...

    def due(self, *, limit: int) -> tuple[tuple[InboundId, UserName], ...]:
        """The messages to work on, oldest first, each with the name its source acts under."""
        ...

    def take(self, event: InboundId) -> tuple[InboundEvent, bytes] | None:
        """A message that is due, held until the transaction ends; None where somebody else is at it, or was."""
        ...

    def settle(self, event: InboundId, state: InboundState, *, code: str, said: str) -> None: ...
    def put_off(self, event: InboundId, *, until: datetime) -> None: ...
    def newer_than(self, source: SourceName, subject: str, version: int) -> bool:
        """Whether the version is newer than any of that subject before; then it is the newest now."""
        ...

    def get(self, event: InboundId) -> InboundEvent: ...
    def raw(self, event: InboundId) -> bytes: ...
    def listed(
        self, *, source: SourceName | None, state: InboundState | None, before: InboundId | None, limit: int
    ) -> tuple[InboundEvent, ...]:
        """The newest first."""
        ...

    def again(self, event: InboundId) -> None:
        """A quarantined message waits again; ConflictError for another."""
        ...


class WebhookSender(Protocol):
    """The way out: one POST, to an address that was checked after its name was resolved. What came of it is an answer,
    also where none came; nothing is raised."""

    def send(self, url: str, *, headers: Mapping[str, str], body: bytes) -> Answered: ...


class HookReader(Protocol):
    """Makes a message of bytes; InvalidValueError says why it is none."""

    def __call__(self, raw: bytes, /) -> Message: ...
