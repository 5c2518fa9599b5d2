"""Webhooks in: which partners' programs may tell us things, what they may say, and how far each message has come."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from core.domain.ids import ItemCode, LocationCode, LotCode, PurchaseOrderNo, UserName
from core.domain.purchasing import AnsweredLine
from core.domain.shipments import TrackingEvent
from core.domain.signing import SignatureStyle

SourceName = NewType("SourceName", str)
InboundId = NewType("InboundId", int)
TRIES = 5
LARGEST_MESSAGE = 256 * 1024
LONGEST_EVENT_ID = 200


class SourceKind(StrEnum):
    """Who speaks; what it may say follows from it (MAY_SAY)."""

    SUPPLIER = "supplier"
    CARRIER = "carrier"
    WAREHOUSE = "warehouse"


class MessageType(StrEnum):
    """What may be said."""

    ACKNOWLEDGED = "purchase_order.acknowledged"
    DELAYED = "supply.delayed"
    TRACKED = "shipment.tracked"
    COUNTED = "stock.counted"


MAY_SAY = {
    SourceKind.SUPPLIER: frozenset({MessageType.ACKNOWLEDGED, MessageType.DELAYED}),
    SourceKind.CARRIER: frozenset({MessageType.TRACKED}),
    SourceKind.WAREHOUSE: frozenset({MessageType.COUNTED}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HookHeaders:
    """Where a style carries its signature, its time (empty: nowhere) and the sender's own number of the event."""

    signature: str
    time: str
    event: str


HEADERS = {
    SignatureStyle.OURS: HookHeaders(
        signature="expediter-signature", time="expediter-timestamp", event="expediter-delivery"
    ),
    SignatureStyle.BASE64: HookHeaders(signature="x-shopify-hmac-sha256", time="", event="x-shopify-event-id"),
    SignatureStyle.HEX: HookHeaders(signature="x-hub-signature-256", time="", event="x-github-delivery"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HookSource:
    """A partner's program: it speaks for one supplier, carrier or location, and acts under one program's name."""

    name: SourceName
    kind: SourceKind
    party: str
    style: SignatureStyle
    acts_as: UserName
    created_by: UserName
    created_at: datetime
    disabled_at: datetime | None = None

    @property
    def active(self) -> bool:
        """Whether anything is taken from it."""
        return self.disabled_at is None


class InboundState(StrEnum):
    """Stored until it was worked on; quarantined is what nothing could be made of, for a person to look at."""

    STORED = "stored"
    DONE = "done"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundEvent:
    """A message as it came, by the sender's number of it; `code` and `said` are why it is quarantined, or what came of
    it."""

    id: InboundId
    source: SourceName
    event: str
    received_at: datetime
    state: InboundState = InboundState.STORED
    attempts: int = 0
    code: str = ""
    said: str = ""
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """A supplier's answer to a purchase order, under the supplier's own number of it."""

    number: PurchaseOrderNo
    reference: str
    lines: tuple[AnsweredLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delayed:
    """A supplier says that it delivers late from one day to another, to one of our places or to all."""

    text: str
    destination: LocationCode | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """A carrier's report on a shipment of ours."""

    shipment: str
    event: TrackingEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedItem:
    """So many units of an item, of a lot where it has lots, lay there."""

    item: ItemCode
    units: int
    lot: LotCode | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A warehouse counted."""

    items: tuple[CountedItem, ...]


Content = Acknowledged | Delayed | Tracked | Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message as it was understood. `id` is the sender's own name of the event; where messages about one thing count
    upward in `version`, an older one does not undo a newer."""

    id: str
    type: MessageType
    content: Content
    version: int | None = None

    @property
    def subject(self) -> str:
        """What it is about, for its version."""
        match self.content:
            case Acknowledged(number=number):
                return f"{self.type}:{number}"
            case Tracked(shipment=shipment):
                return f"{self.type}:{shipment}"
            case Delayed(destination=destination):
                return f"{self.type}:{destination or ''}"
            case Counted():
                return self.type.value
