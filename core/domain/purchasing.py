"""Buying: what was asked of a supplier, what the supplier answered, and what a buyer still has to decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.domain.errors import InvalidValueError
from core.domain.ids import ItemCode, LocationCode, OrderNo, PurchaseOrderNo, SupplierCode, UserName
from core.domain.supply_life import PurchaseStage

HUNDRED = Decimal(100)


class Answer(StrEnum):
    """What a supplier says to a line: yes, yes but otherwise, or no."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"


class Difference(StrEnum):
    """How an answer differs from what was asked."""

    DATE = "date"
    QUANTITY = "quantity"
    PRICE = "price"
    REJECTED = "rejected"


class PriceSource(StrEnum):
    """Where another price came from."""

    ACKNOWLEDGEMENT = "acknowledgement"
    RECEIPT = "receipt"


class DecisionState(StrEnum):
    """A price change waits for a buyer, or was decided."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchasingPolicy:
    """What is taken without asking anybody: a price this much off in percent, a date this many days later, and so many
    percent more units than were ordered."""

    price_tolerance_percent: Decimal = Decimal(2)
    date_tolerance_days: int = 1
    over_receipt_percent: Decimal = Decimal(5)

    def accepts_price(self, old: Decimal, new: Decimal) -> bool:
        """Whether the price is near enough to the old one, either way."""
        return abs(new - old) * HUNDRED <= old * self.price_tolerance_percent

    def most_receivable(self, ordered: int) -> int:
        """The most units that may be received for so many ordered."""
        return int(ordered * (HUNDRED + self.over_receipt_percent) / HUNDRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """A purchase order as it is worked on; `sent_at` is when the supplier was first asked by us."""

    number: PurchaseOrderNo
    supplier: SupplierCode
    order_date: date
    currency: str
    stage: PurchaseStage = PurchaseStage.DRAFT
    version: int = 1
    sent_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PurchaseLine:
    """A line as it is worked on.

    `due` is the date planning counts on, which follows the supplier's word; `requested` is the one asked for first,
    when they differ. `confirmed` are the units the supplier agreed to, None before an answer. With a sales order line
    the supplier ships to the customer.
    """

    order: PurchaseOrderNo
    line: int
    item: ItemCode
    location: LocationCode
    ordered: int
    received: int = 0
    confirmed: int | None = None
    unit_price: Decimal
    due: date
    requested: date | None = None
    sales_order: OrderNo | None = None
    sales_line: int | None = None

    @property
    def expected(self) -> int:
        """Units that should come in all."""
        return self.ordered if self.confirmed is None else self.confirmed

    @property
    def open_quantity(self) -> int:
        """Units still to come."""
        return max(0, self.expected - self.received)

    @property
    def asked_for(self) -> date:
        """The date that was asked for."""
        return self.requested or self.due

    @property
    def drop_shipped(self) -> bool:
        """Whether the supplier ships to the customer."""
        return self.sales_order is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredLine:
    """A supplier's answer to one line; what is not given is as it was asked."""

    line: int
    answer: Answer
    quantity: int | None = None
    due: date | None = None
    unit_price: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmedLine:
    """What a supplier's answer comes to: units, date and price of the line, and how they differ from what was asked."""

    line: int
    answer: Answer
    quantity: int
    due: date
    unit_price: Decimal
    note: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceChange:
    """Another price than was ordered at."""

    order: PurchaseOrderNo
    line: int
    old: Decimal
    new: Decimal
    source: PriceSource
    state: DecisionState = DecisionState.PENDING
    decided_by: UserName | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Units of a line that arrived: taken and refused. `reason` says why some were refused."""

    order: PurchaseOrderNo
    line: int
    reference: str
    location: LocationCode
    accepted: int
    rejected: int = 0
    reason: str = ""
    lot: str = ""
    expires_on: date | None = None
    unit_price: Decimal | None = None
    received_on: date


def confirmed(line: PurchaseLine, said: AnsweredLine) -> ConfirmedLine:
    """What the supplier's answer comes to; InvalidValueError when it contradicts itself or the line."""
    if said.answer is Answer.REJECTED:
        return _outcome(line, said, line.received, line.due, line.unit_price)
    quantity = line.ordered if said.quantity is None else said.quantity
    due = line.asked_for if said.due is None else said.due
    price = line.unit_price if said.unit_price is None else said.unit_price
    where = f"{line.order}/{line.line}"
    least = max(1, line.received)
    if not least <= quantity <= line.ordered:
        raise InvalidValueError(
            f"quantity {quantity!r} of {where} cannot be confirmed; accepted is {least} to {line.ordered}",
            field="quantity",
        )
    if not price.is_finite() or price < 0:
        raise InvalidValueError(
            f"price {price!r} of {where} is not one; accepted is a number from 0", field="unit_price"
        )
    if said.answer is Answer.ACCEPTED and (quantity, due, price) != (line.ordered, line.asked_for, line.unit_price):
        raise InvalidValueError(
            f"the answer to {where} is {said.answer.value!r} with another quantity, date or price;"
            f" accepted is {Answer.CHANGED.value!r}",
            field="answer",
        )
    return _outcome(line, said, quantity, due, price)


def _outcome(line: PurchaseLine, said: AnsweredLine, quantity: int, due: date, price: Decimal) -> ConfirmedLine:
    refused = said.answer is Answer.REJECTED
    found = (
        (Difference.REJECTED, refused),
        (Difference.QUANTITY, quantity != line.ordered and not refused),
        (Difference.DATE, due != line.asked_for and not refused),
        (Difference.PRICE, price != line.unit_price and not refused),
    )
    return ConfirmedLine(
        line=line.line,
        answer=said.answer,
        quantity=quantity,
        due=due,
        unit_price=price,
        note=said.note,
        differences=tuple(kind for kind, is_so in found if is_so),
    )


def as_asked(line: PurchaseLine, policy: PurchasingPolicy) -> bool:
    """Whether the supplier agreed to the line, but for a date inside the tolerance."""
    return line.confirmed == line.ordered and (line.due - line.asked_for).days <= policy.date_tolerance_days


def stage_after_answer(lines: Iterable[PurchaseLine], *, pending: bool, policy: PurchasingPolicy) -> PurchaseStage:
    """Confirmed when every line is as it was asked and no price waits for a buyer, else acknowledged."""
    agreed = not pending and all(as_asked(line, policy) for line in lines)
    return PurchaseStage.CONFIRMED if agreed else PurchaseStage.ACKNOWLEDGED


def stage_after_receipt(old: PurchaseStage, lines: Iterable[PurchaseLine]) -> PurchaseStage:
    """Received when nothing is to come any more, partly received when something has come."""
    every = tuple(lines)
    if not any(line.received for line in every):
        return old
    return PurchaseStage.PARTLY_RECEIVED if any(line.open_quantity for line in every) else PurchaseStage.RECEIVED
