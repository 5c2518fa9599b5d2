"""The supplier interface as it travels: JSON bodies out, answers in, and their translation to domain values."""

from typing import Annotated

from pydantic import ConfigDict, Field

from core.connectors.strict import (
    Amount,
    Code,
    Currency,
    Day,
    Days,
    Inbound,
    LineNo,
    Outbound,
    Price,
    Reference,
    SomeUnits,
    Text,
    Units,
)
from core.domain.ids import ItemCode, SupplierCode
from core.domain.quotes import (
    AcknowledgedLine,
    AcknowledgementState,
    CounterOffer,
    ExpediteQuote,
    ExpediteRequest,
    OrderRefusal,
    Quote,
    QuoteRefusal,
    QuoteRequest,
    RefusalReason,
    SupplierAcknowledgement,
)


class Body(Outbound):
    """A request body; built from the domain value of the same shape."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)


class QuoteBody(Body):
    """POST /quotes"""

    item: Code
    quantity: SomeUnits
    needed_by: Day
    as_of: Day


class CounterOfferBody(Body):
    """POST /counter-offers"""

    quote_id: Reference
    item: Code
    quantity: SomeUnits
    unit_price: Price
    currency: Currency
    needed_by: Day
    as_of: Day


class ExpediteQuoteBody(Body):
    """POST /expedite-quotes"""

    purchase_order: Code
    line: LineNo
    item: Code
    quantity: SomeUnits
    new_date: Day
    as_of: Day


class OrderLineBody(Body):
    """A line of POST /orders"""

    line: LineNo
    item: Code
    quantity: SomeUnits
    unit_price: Price
    needed_by: Day
    quote_id: Reference | None = None


class OrderBody(Body):
    """POST /orders"""

    reference: Code
    ordered_on: Day
    currency: Currency
    lines: Annotated[tuple[OrderLineBody, ...], Field(min_length=1, max_length=1000)]


class ExpediteBody(Body):
    """POST /expedites"""

    reference: Code
    purchase_order: Code
    line: LineNo
    item: Code
    quantity: SomeUnits
    new_date: Day
    fee: Amount
    currency: Currency
    ordered_on: Day
    quote_id: Reference | None = None


class CancellationBody(Body):
    """POST /cancellations"""

    reference: Code
    cancelled_on: Day


class OrdersQuery(Body):
    """GET /orders?reference="""

    reference: Code


class QuoteAnswer(Inbound):
    """The answer to a request for a quote."""

    quote_id: Reference
    item: Code
    quantity: SomeUnits
    unit_price: Price
    currency: Currency
    lead_time_days: Days
    available_quantity: Units
    minimum_order: SomeUnits
    multiple: SomeUnits
    valid_until: Day
    expedite_fee: Amount | None = None
    note: Text = ""

    def quote(self, request: QuoteRequest | CounterOffer) -> Quote:
        """The domain value, signed with the supplier that was asked."""
        return Quote(
            quote_id=self.quote_id,
            supplier=request.supplier,
            item=request.item,
            quantity=self.quantity,
            unit_price=self.unit_price,
            currency=self.currency,
            lead_time_days=self.lead_time_days,
            available_quantity=self.available_quantity,
            minimum_order=self.minimum_order,
            multiple=self.multiple,
            valid_until=self.valid_until,
            expedite_fee=self.expedite_fee,
            note=self.note,
        )


class ExpediteQuoteAnswer(Inbound):
    """The answer to a request to expedite."""

    quote_id: Reference
    purchase_order: Code
    line: LineNo
    item: Code
    quantity: SomeUnits
    fee: Amount
    currency: Currency
    earliest_date: Day
    valid_until: Day
    note: Text = ""

    def quote(self, request: ExpediteRequest) -> ExpediteQuote:
        """The domain value, signed with the supplier that was asked."""
        return ExpediteQuote(
            quote_id=self.quote_id,
            supplier=request.supplier,
            purchase_order=request.purchase_order,
            line=self.line,
            item=request.item,
            quantity=self.quantity,
            fee=self.fee,
            currency=self.currency,
            earliest_date=self.earliest_date,
            valid_until=self.valid_until,
            note=self.note,
        )


class AcknowledgedLineAnswer(Inbound):
    """A line of an acknowledgement."""

    line: LineNo
    item: Code
    quantity: Units
    delivery_date: Day
    unit_price: Price | None = None


class AcknowledgementAnswer(Inbound):
    """The answer to an order, an expedite or a cancellation."""

    reference: Code
    confirmation: Reference
    state: AcknowledgementState
    lines: Annotated[tuple[AcknowledgedLineAnswer, ...], Field(max_length=1000)]
    fee: Amount
    note: Text = ""

    def acknowledgement(self, supplier: SupplierCode) -> SupplierAcknowledgement:
        """The domain value, signed with the supplier that was asked."""
        return SupplierAcknowledgement(
            supplier=supplier,
            reference=self.reference,
            confirmation=self.confirmation,
            state=self.state,
            lines=tuple(
                AcknowledgedLine(
                    line=line.line,
                    item=ItemCode(line.item),
                    quantity=line.quantity,
                    delivery_date=line.delivery_date,
                    unit_price=line.unit_price,
                )
                for line in self.lines
            ),
            fee=self.fee,
            note=self.note,
        )


class OrdersAnswer(Inbound):
    """The answer to GET /orders?reference=: everything held under the reference, oldest first."""

    orders: Annotated[tuple[AcknowledgementAnswer, ...], Field(max_length=100)]


class RefusalAnswer(Inbound):
    """Status 422: understood, and no."""

    reason: RefusalReason
    note: Text = ""

    def of_quote(self, request: QuoteRequest | ExpediteRequest | CounterOffer) -> QuoteRefusal:
        """As the refusal of a quote."""
        return QuoteRefusal(supplier=request.supplier, item=request.item, reason=self.reason, note=self.note)

    def of_order(self, supplier: SupplierCode, reference: str) -> OrderRefusal:
        """As the refusal of an instruction."""
        return OrderRefusal(supplier=supplier, reference=reference, reason=self.reason, note=self.note)
