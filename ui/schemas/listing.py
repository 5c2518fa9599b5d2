"""What travels when the books are listed: orders, their lines and promises, and customers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from core.domain.holds import HoldKind
from core.domain.order_life import OrderState
from core.domain.order_terms import Channel, OrderKind
from core.domain.overviews import LineStatus
from core.domain.promises import PromiseReason
from core.domain.promising import PegKind
from ui.schemas import Reply
from ui.values import Day, Moment

Code = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""A code or number of the books."""


class Filters(BaseModel):
    """Filters of a list; all of them hold together."""

    model_config = ConfigDict(frozen=True)


class Told(Reply):
    """A reply that says of a value of the books what it has by the same names."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def of(cls, value: object) -> Self:
        """What the value says."""
        return cls.model_validate(value)


class ListReply(Reply):
    """A page of a list."""

    next: str | None = Field(description="Send it as `cursor` for the next page; null on the last one.")


class OrderQuery(Filters):
    """Which sales orders are wanted."""

    customer: Code | None = Field(default=None, description="The customer's code.", examples=["C-HARBOR"])
    customer_po: Code | None = Field(default=None, description="The customer's own number.", examples=["4711"])
    state: OrderState | None = None
    kind: OrderKind | None = None
    channel: Channel | None = None
    ship_from: Code | None = Field(default=None, description="The location it ships from.", examples=["HOUSTON"])
    item: Code | None = Field(default=None, description="Orders with a line of this item.", examples=["V-300"])
    ordered_after: Day | None = Field(default=None, description="Ordered on this day or later.")
    ordered_before: Day | None = Field(default=None, description="Ordered on this day or earlier.")
    due_after: Day | None = Field(default=None, description="With a line owed and due on this day or later.")
    due_before: Day | None = Field(default=None, description="With a line owed and due on this day or earlier.")
    late_only: bool = Field(default=False, description="Only orders with a line owed past its day.")
    changed_since: Moment | None = Field(
        default=None, description="Something happened to it since.", examples=["2026-03-02T12:00:00Z"]
    )


class OrderHead(Told):
    """A sales order with the sums of its lines."""

    number: str = Field(examples=["SO-1042"])
    customer: str
    customer_name: str
    customer_po: str = Field(description="The customer's own number; empty where there is none.")
    kind: OrderKind
    state: OrderState
    channel: Channel
    order_date: date
    currency: str = Field(description="ISO 4217 code.", examples=["USD"])
    ship_from: str
    priority: int = Field(description="1 is served first.")
    version: int = Field(description="Grows with every change of what was agreed.")
    lines: int
    late: int = Field(description="Lines owed past the day they are due.")
    open: int = Field(description="Base units not shipped and not cancelled.")
    requested: date | None = Field(description="The earliest day a line was asked for.")
    due: date | None = Field(description="The earliest day a line that is owed is promised, or else asked, for.")
    value: Decimal = Field(description="Of what is not cancelled, in `currency`.")


class OrderList(ListReply):
    """Sales orders."""

    items: tuple[OrderHead, ...]


class LineQuery(Filters):
    """Which order lines are wanted."""

    order: Code | None = Field(default=None, description="The order's number.", examples=["SO-1042"])
    customer: Code | None = None
    item: Code | None = None
    location: Code | None = Field(default=None, description="Where it leaves from.")
    status: LineStatus = Field(
        default=LineStatus.ALL, description="`open` owes units, `late` owes them past its day.", examples=["open"]
    )
    state: OrderState | None = None
    due_after: Day | None = None
    due_before: Day | None = None


class LineReply(Told):
    """An order line; units are base units of its item."""

    order: str
    line: int
    customer: str
    customer_name: str
    item: str
    item_name: str
    ordered: int
    open: int = Field(description="Units not shipped and not cancelled.")
    requested: date
    promised: date | None
    due: date = Field(description="The day planning works to: promised, else requested.")
    state: OrderState
    location: str


class LineList(ListReply):
    """Order lines."""

    items: tuple[LineReply, ...]


class HoldReply(Told):
    """What stops an order, or one line of it."""

    number: str = Field(examples=["HOLD-3"])
    order: str
    line: int | None
    kind: HoldKind
    why: str
    set_by: str
    set_at: datetime
    until: date | None
    due_at: datetime = Field(description="When it should be settled.")
    release_roles: tuple[str, ...]


class OrderDetail(OrderHead):
    """A sales order with its first lines and the holds that are open."""

    order_lines: tuple[LineReply, ...]
    lines_left_out: int = Field(description="Lines beyond the first 200; list them by `order`.")
    holds: tuple[HoldReply, ...]


class OrderSheet(Reply):
    """An order as a sheet to print: one HTML file, whole in itself."""

    name: str = Field(examples=["order-SO-1042.html"])
    html: str


class PromiseEntry(Told):
    """One change of a line's promise; `old` is null for the first."""

    line: int
    old: date | None
    new: date
    code: PromiseReason
    reason: str
    made_at: datetime


class PromiseList(ListReply):
    """The history of a line's promise, the oldest first."""

    items: tuple[PromiseEntry, ...]


class WhyReply(Told):
    """One step from the line to what holds it back."""

    subject: str
    text: str


class PegReply(Told):
    """What units of a promise rest on."""

    kind: PegKind
    reference: str
    item: str
    location: str
    quantity: int
    on: date | None


class UpstreamReply(Told):
    """Supply, or stock, the line rests on; level 0 is what the line itself takes."""

    supply: str
    level: int
    item: str
    location: str
    units: int
    on: date | None = Field(description="The day it comes; null where that is not known.")


class PromiseExplained(Reply):
    """Why a line's date is what it is."""

    as_of: date
    line: LineReply
    owed: bool
    projected: date | None = Field(description="When all of it is there by known supply; null: no day is known.")
    short: int = Field(description="Units that no known supply covers.")
    why: tuple[WhyReply, ...]
    rests_on: tuple[UpstreamReply, ...]
    promises: tuple[PromiseEntry, ...]
    pegs: tuple[PegReply, ...] = Field(description="What the last promise rested on when it was made.")


class CustomerQuery(Filters):
    """Which customers are wanted."""

    said: Code | None = Field(default=None, description="Part of a code or name, in any case.", examples=["harbor"])
    tier: Annotated[int, Field(ge=0, le=1000)] | None = None
    region: Code | None = None
    country: Code | None = Field(default=None, examples=["US"])
    in_use: bool | None = None


class CustomerReply(Told):
    """A customer and its terms."""

    code: str
    name: str
    tier: int = Field(description="1 matters most.")
    region: str
    country: str
    ship_complete: bool
    allow_partial: bool
    allow_substitution: bool
    otif_target: Decimal = Field(description="Percent of lines agreed to be on time and in full.")
    payment_days: int
    in_use: bool


class CustomerList(ListReply):
    """Customers."""

    items: tuple[CustomerReply, ...]
