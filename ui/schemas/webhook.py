"""What travels between the API and its clients about webhooks: subscriptions, deliveries, sources, messages."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from core.domain.inbound import InboundState, SourceKind
from core.domain.signing import SignatureStyle
from core.domain.webhooks import DeliveryState, Topic
from ui.schemas import Identifier, Reply, Request

Url = Annotated[str, StringConstraints(min_length=1, max_length=1000, pattern=r"^[\x21-\x7e]+$")]
SourceText = Annotated[str, StringConstraints(min_length=1, max_length=50, pattern=r"^[a-z0-9][a-z0-9-]*$")]
Given = Annotated[str, StringConstraints(min_length=16, max_length=200, pattern=r"^[\x20-\x7e]+$")]


class WebhookRequest(Request):
    """A webhook that is wanted: where to, of what, and, if it is not to hear all of it, of which sites or customers."""

    url: Url = Field(examples=["https://shop.example/hooks/expediter"])
    events: tuple[Topic, ...] = Field(min_length=1, max_length=len(Topic), examples=[["order.placed", "promise.moved"]])
    sites: tuple[Identifier, ...] | None = Field(default=None, max_length=1000, description="None: all sites.")
    customers: tuple[Identifier, ...] | None = Field(default=None, max_length=1000, description="None: all customers.")


class WebhookReply(Reply):
    """A webhook, without its secret."""

    id: str
    url: str
    events: tuple[str, ...]
    owner: str
    sites: tuple[str, ...] | None
    customers: tuple[str, ...] | None
    created_at: datetime
    disabled_at: datetime | None
    disabled_because: str


class WebhookMade(WebhookReply):
    """A webhook with the secret it signs with from now on; it is shown this once."""

    secret: str


class WebhookList(Reply):
    """Webhooks, the newest first."""

    items: tuple[WebhookReply, ...]
    next: str | None


class EventKind(Reply):
    """A kind of event: when it is told, and what its `data` has."""

    event: str
    says: str
    fields: dict[str, str]


class EventCatalogue(Reply):
    """Every kind of event."""

    items: tuple[EventKind, ...]


class DeliveryReply(Reply):
    """One event for one webhook. `number` is what the receiver knows it by."""

    id: int
    number: str
    webhook: str
    event: str
    type: str
    state: DeliveryState
    attempts: int
    status: int | None
    said: str
    created_at: datetime
    next_at: datetime | None
    delivered_at: datetime | None


class DeliveryList(Reply):
    """Deliveries, the newest first."""

    items: tuple[DeliveryReply, ...]
    next: str | None


class SourceRequest(Request):
    """A source that is wanted. Without a `secret` one is made; a partner's program that has its own gives it."""

    name: SourceText = Field(examples=["gulf-edi"])
    kind: SourceKind
    party: Identifier = Field(description="The supplier, carrier or location it speaks for.", examples=["GULF"])
    style: SignatureStyle = SignatureStyle.OURS
    acts_as: Identifier = Field(description="A program, under whose name it acts.", examples=["edi-in"])
    secret: Given | None = Field(default=None, json_schema_extra={"writeOnly": True})


class SecretRequest(Request):
    """Another secret; without one it is made."""

    secret: Given | None = Field(default=None, json_schema_extra={"writeOnly": True})


class SourceReply(Reply):
    """A source, without its secret. `path` is where its messages are taken."""

    name: str
    kind: SourceKind
    party: str
    style: SignatureStyle
    acts_as: str
    path: str
    created_by: str
    created_at: datetime
    disabled_at: datetime | None


class SourceMade(SourceReply):
    """A source with the secret it signs with from now on; it is shown this once."""

    secret: str


class SourceList(Reply):
    """Sources, by name."""

    items: tuple[SourceReply, ...]
    next: str | None


class MessageReply(Reply):
    """A message that came. `code` and `said` are why it is put aside, or what was done."""

    id: int
    source: str
    event: str
    state: InboundState
    attempts: int
    code: str
    said: str
    received_at: datetime
    done_at: datetime | None


class MessageDetail(MessageReply):
    """A message with its first characters as they came; what is no text is shown as such."""

    body: str
    bytes: int


class MessageList(Reply):
    """Messages, the newest first."""

    items: tuple[MessageReply, ...]
    next: str | None


class Kept(Reply):
    """A message was kept under this number; `new` is false where it came before."""

    event: str
    new: bool
