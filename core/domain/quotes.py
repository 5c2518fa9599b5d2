"""What is asked of a supplier and what it answers: quotes, orders, expedites, cancellations."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from core.domain.ids import ItemCode, PurchaseOrderNo, SupplierCode


class RefusalReason(StrEnum):
    """Why a supplier said no; a supplier's own words travel beside it as a note."""

    UNKNOWN_ITEM = "unknown_item"
    NO_STOCK = "no_stock"
    BELOW_MINIMUM = "below_minimum"
    NOT_A_MULTIPLE = "not_a_multiple"
    PRICE_CHANGED = "price_changed"
    DATE_NOT_POSSIBLE = "date_not_possible"
    NO_EXPEDITE = "no_expedite"
    UNKNOWN_ORDER = "unknown_order"
    ALREADY_ORDERED = "already_ordered"
    NOT_TRADING = "not_trading"


class AcknowledgementState(StrEnum):
    """What the supplier will do about an instruction."""

    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRequest:
    """What would it cost, and how soon? Asking commits nobody."""

    supplier: SupplierCode
    item: ItemCode
    quantity: int
    needed_by: date
    as_of: date
    idempotency_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterOffer:
    """At this price of a unit instead of the one of `quote_id`? Offering commits nobody; the answer is a quote."""

    supplier: SupplierCode
    quote_id: str
    item: ItemCode
    quantity: int
    unit_price: Decimal
    currency: str
    needed_by: date
    as_of: date
    idempotency_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A supplier's offer. `note` is the supplier's free text: evidence to show, never an instruction."""

    quote_id: str
    supplier: SupplierCode
    item: ItemCode
    quantity: int
    unit_price: Decimal
    currency: str
    lead_time_days: int
    available_quantity: int
    minimum_order: int
    multiple: int
    valid_until: date
    expedite_fee: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRefusal:
    """The supplier will not quote, and why."""

    supplier: SupplierCode
    item: ItemCode
    reason: RefusalReason
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpediteRequest:
    """What would it cost to have an open purchase order line sooner?"""

    supplier: SupplierCode
    purchase_order: PurchaseOrderNo
    line: int
    item: ItemCode
    quantity: int
    new_date: date
    as_of: date
    idempotency_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpediteQuote:
    """The fee for the whole line and the earliest day it could arrive; that day may be later than was asked."""

    quote_id: str
    supplier: SupplierCode
    purchase_order: PurchaseOrderNo
    line: int
    item: ItemCode
    quantity: int
    fee: Decimal
    currency: str
    earliest_date: date
    valid_until: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierOrderLine:
    """One line of a purchase order as the supplier sees it."""

    line: int
    item: ItemCode
    quantity: int
    unit_price: Decimal
    needed_by: date
    quote_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierOrder:
    """A purchase order to place. `reference` is our number for it and is never used twice."""

    reference: str
    supplier: SupplierCode
    ordered_on: date
    currency: str
    lines: tuple[SupplierOrderLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpediteOrder:
    """Pull an open purchase order line in to `new_date` for `fee`. `reference` names this instruction."""

    reference: str
    supplier: SupplierCode
    purchase_order: PurchaseOrderNo
    line: int
    item: ItemCode
    quantity: int
    new_date: date
    fee: Decimal
    currency: str
    ordered_on: date
    quote_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierCancellation:
    """Take back the order or the expedite that was sent under `reference`."""

    reference: str
    supplier: SupplierCode
    cancelled_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgedLine:
    """What the supplier confirms of one line; `unit_price` is None where no price was part of the instruction."""

    line: int
    item: ItemCode
    quantity: int
    delivery_date: date
    unit_price: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierAcknowledgement:
    """The supplier's answer to an instruction; it may confirm less, or later, than was ordered."""

    supplier: SupplierCode
    reference: str
    confirmation: str
    state: AcknowledgementState
    lines: tuple[AcknowledgedLine, ...]
    fee: Decimal = Decimal(0)
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRefusal:
    """The supplier will not do it, and why; nothing was ordered, expedited or cancelled."""

    supplier: SupplierCode
    reference: str
    reason: RefusalReason
    note: str = ""
