"""What travels between the API and its clients about who they are: oneself, API keys, links to an order's status."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from core.domain.permissions import FOR_PEOPLE_ONLY, Permission
from core.domain.returns import ReturnReason, Wish
from ui.schemas import Comment, Identifier, Reply, Request
from ui.values import Units

Line = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")]


FOR_KEYS = tuple(one.value for one in Permission if one not in FOR_PEOPLE_ONLY)
"""What an API key may be for; what its owner may not it may not either."""


class Me(Reply):
    """Who somebody is here. `sites` and `customers` None: all of them; `limit`, in the company's currency, None: no
    limit on one approval. Times are meant to be shown in `time_zone`."""

    name: str
    role: str
    means: str
    limit: Decimal | None
    permissions: tuple[str, ...]
    sites: tuple[str, ...] | None
    customers: tuple[str, ...] | None
    currency: str
    time_zone: str


class KeyRequest(Request):
    """An API key that is wanted: whose it is, what it may do, how much it sees, for how long and how often."""

    owner: Identifier = Field(description="The user it acts as.", examples=["webshop"])
    name: Line = Field(description="What it is for.", examples=["The web shop's stock check"])
    permissions: tuple[Permission, ...] = Field(min_length=1, max_length=64, examples=[["orders:read", "stock:read"]])
    sites: tuple[Identifier, ...] | None = Field(default=None, max_length=1000, description="None: all sites.")
    customers: tuple[Identifier, ...] | None = Field(default=None, max_length=1000, description="None: all customers.")
    days: int = Field(default=90, ge=1, le=366, strict=True, description="Days until it ends.")
    per_minute: int = Field(default=120, ge=1, le=100_000, strict=True, description="Calls in a minute.")
    per_day: int = Field(default=20_000, ge=1, le=10_000_000, strict=True, description="Work in a day, as calls.")


class ApiKeyReply(Reply):
    """An API key, without its secret."""

    id: str
    owner: str
    name: str
    permissions: tuple[str, ...]
    sites: tuple[str, ...] | None
    customers: tuple[str, ...] | None
    per_minute: int
    per_day: int
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


class KeyMade(ApiKeyReply):
    """A new API key. `secret` is what it is used by, `Authorization: Bearer SECRET`; it is shown this once."""

    secret: str


class KeyList(Reply):
    """Every API key, the newest first."""

    items: tuple[ApiKeyReply, ...]


class LinkRequest(Request):
    """A link to an order's status that is wanted, for so many days."""

    days: int = Field(default=30, ge=1, le=180, strict=True)


class StatusLinkReply(Reply):
    """A link to an order's status, without what it carries."""

    id: str
    order: str
    created_by: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


class LinkMade(StatusLinkReply):
    """A new link, shown this once: `page` is where whoever has it sees the order's status, `path` the same for
    programs."""

    path: str
    page: str


class LinkList(Reply):
    """The links to an order, the newest first."""

    items: tuple[StatusLinkReply, ...]


class StatusLine(Reply):
    """A line as its customer sees it: units ordered and shipped, and the day that was promised, if any. So many units
    as `returnable` says were delivered and may be asked to come back."""

    line: int
    item: str
    name: str
    ordered: int
    shipped: int
    promised: date | None
    state: str
    returnable: int


class StatusReturn(Reply):
    """A return that was asked for."""

    number: str
    state: str
    units: int


class StatusParcel(Reply):
    """A shipment on its way, or there."""

    number: str
    state: str
    carrier: str
    tracking: str
    expected: date | None
    delivered: date | None


class OrderStatus(Reply):
    """How one order stands, for whoever was given its link."""

    order: str
    customer_po: str
    state: str
    as_of: date
    lines: tuple[StatusLine, ...]
    parcels: tuple[StatusParcel, ...]
    returns: tuple[StatusReturn, ...]


class ReturnedLine(Request):
    """Units of a line that are to come back; a unit with a serial number comes by it."""

    line: int = Field(ge=1, strict=True)
    quantity: Units
    reason: ReturnReason
    serial: Annotated[str, StringConstraints(max_length=100, pattern=r"^[^\x00-\x1f\x7f]*$")] = ""


class ReturnRequest(Request):
    """What a customer wants to send back, and what for."""

    lines: tuple[ReturnedLine, ...] = Field(min_length=1, max_length=50)
    wish: Wish = Wish.REFUND
    note: Comment = ""
