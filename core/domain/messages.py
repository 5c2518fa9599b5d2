"""The messages a plan causes and notices to customers, as JSON values for the outbox, and back."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from core.domain.ids import ApprovalId, CustomerCode, ItemCode, PurchaseOrderNo, SupplierCode
from core.domain.inquiries import SupplierLetter
from core.domain.negotiating.mandates import Mandate
from core.domain.negotiating.rounds import Round
from core.domain.plan_text import plain
from core.domain.plans import Buy, Expedite
from core.domain.proposals import MessageKind, OutboxMessage
from core.domain.quotes import (
    CounterOffer,
    ExpediteOrder,
    Quote,
    SupplierCancellation,
    SupplierOrder,
    SupplierOrderLine,
)


def customer_notice(
    key: str, customer: CustomerCode, *, recipient: str, subject: str, body: str, approval: ApprovalId | None = None
) -> OutboxMessage:
    """The mail to a customer, sent once a key; of no approval where it follows from what was done anyway."""
    return OutboxMessage(
        key=key,
        partner="mail",
        kind=MessageKind.CUSTOMER_NOTICE,
        approval=approval,
        payload={"reference": key, "customer": customer, "recipient": recipient, "subject": subject, "body": body},
    )


def supplier_letter(letter: SupplierLetter, *, approval: ApprovalId) -> OutboxMessage:
    """The letter to a supplier, sent once under its Message-ID."""
    return OutboxMessage(
        key=f"letter:{letter.inquiry}/{letter.version}",
        partner="mail",
        kind=MessageKind.SUPPLIER_LETTER,
        approval=approval,
        payload={
            "reference": letter.inquiry,
            "supplier": letter.supplier,
            "recipient": letter.recipient,
            "subject": letter.subject,
            "body": letter.body,
            "message_id": letter.message_id,
            "in_reply_to": letter.in_reply_to,
        },
    )


def counter_message(mandate: Mandate, offer: Round, *, quote: str, approval: ApprovalId, on: date) -> OutboxMessage:
    """The counter-offer of one round, sent once a key: what the supplier is told, and nothing of the mandate's room."""
    reference = f"{mandate.negotiation}/{offer.number}"
    return OutboxMessage(
        key=f"counter:{reference}",
        partner=mandate.supplier,
        kind=MessageKind.COUNTER_OFFER,
        approval=approval,
        payload={
            "reference": reference,
            "negotiation": mandate.negotiation,
            "round": offer.number,
            "supplier": mandate.supplier,
            "quote": quote,
            "item": mandate.item,
            "quantity": mandate.quantity,
            "unit_price": plain(offer.offer),
            "currency": mandate.currency,
            "needed_by": mandate.needed_by.isoformat(),
            "as_of": on.isoformat(),
        },
    )


def counter_offer(message: OutboxMessage) -> CounterOffer:
    """The offer of a counter_offer message."""
    payload = message.payload
    return CounterOffer(
        supplier=SupplierCode(str(payload["supplier"])),
        quote_id=str(payload["quote"]),
        item=ItemCode(str(payload["item"])),
        quantity=int(str(payload["quantity"])),
        unit_price=Decimal(str(payload["unit_price"])),
        currency=str(payload["currency"]),
        needed_by=_day(payload["needed_by"]),
        as_of=_day(payload["as_of"]),
        idempotency_key=message.key,
    )


def quote_answer(quote: Quote) -> dict[str, object]:
    """A quote as the answer of a message keeps it."""
    return {
        "quote_id": quote.quote_id,
        "unit_price": plain(quote.unit_price),
        "lead_time_days": quote.lead_time_days,
        "available_quantity": quote.available_quantity,
        "minimum_order": quote.minimum_order,
        "multiple": quote.multiple,
        "valid_until": quote.valid_until.isoformat(),
        "expedite_fee": None if quote.expedite_fee is None else plain(quote.expedite_fee),
        "note": quote.note,
    }


def answered_quote(message: OutboxMessage) -> Quote:
    """The quote a supplier answered a counter-offer with."""
    offer, answer = counter_offer(message), message.answer or {}
    fee = answer["expedite_fee"]
    return Quote(
        quote_id=str(answer["quote_id"]),
        supplier=offer.supplier,
        item=offer.item,
        quantity=offer.quantity,
        unit_price=Decimal(str(answer["unit_price"])),
        currency=offer.currency,
        lead_time_days=int(str(answer["lead_time_days"])),
        available_quantity=int(str(answer["available_quantity"])),
        minimum_order=int(str(answer["minimum_order"])),
        multiple=int(str(answer["multiple"])),
        valid_until=_day(answer["valid_until"]),
        expedite_fee=None if fee is None else Decimal(str(fee)),
        note=str(answer["note"]),
    )


def order_message(buy: Buy, *, approval: ApprovalId, on: date) -> OutboxMessage:
    """The purchase order to send to the supplier."""
    return OutboxMessage(
        key=f"{approval}:{buy.reference}",
        partner=buy.supplier,
        kind=MessageKind.PLACE_ORDER,
        approval=approval,
        payload={
            "reference": buy.reference,
            "supplier": buy.supplier,
            "ordered_on": on.isoformat(),
            "currency": buy.currency,
            "item": buy.item,
            "quantity": buy.quantity,
            "unit_price": plain(buy.unit_price),
            "needed_by": buy.arrive_on.isoformat(),
            "quote": buy.quote,
        },
    )


def expedite_message(action: Expedite, *, approval: ApprovalId, on: date, currency: str) -> OutboxMessage:
    """The instruction to pull a purchase order line in."""
    reference = expedite_reference(approval, action)
    return OutboxMessage(
        key=f"{approval}:{reference}",
        partner=action.supplier,
        kind=MessageKind.EXPEDITE_ORDER,
        approval=approval,
        payload={
            "reference": reference,
            "supplier": action.supplier,
            "purchase_order": action.purchase_order,
            "line": action.line,
            "item": action.item,
            "quantity": action.quantity,
            "old_date": action.old_due.isoformat(),
            "new_date": action.new_due.isoformat(),
            "fee": plain(action.fee),
            "currency": currency,
            "ordered_on": on.isoformat(),
            "quote": action.quote,
        },
    )


def expedite_reference(approval: ApprovalId, action: Expedite) -> str:
    """Our name for the instruction to expedite, used again to take it back."""
    return f"EX-{approval}-{action.purchase_order}-{action.line}"


def cancellation_message(reference: str, *, supplier: SupplierCode, approval: ApprovalId, on: date) -> OutboxMessage:
    """The instruction to take back what was sent under a reference."""
    return OutboxMessage(
        key=f"{approval}:cancel:{reference}",
        partner=supplier,
        kind=MessageKind.CANCEL_ORDER,
        approval=approval,
        payload={"reference": reference, "supplier": supplier, "cancelled_on": on.isoformat()},
    )


def supplier_order(payload: Mapping[str, object]) -> SupplierOrder:
    """The order of a place_order message."""
    return SupplierOrder(
        reference=str(payload["reference"]),
        supplier=SupplierCode(str(payload["supplier"])),
        ordered_on=_day(payload["ordered_on"]),
        currency=str(payload["currency"]),
        lines=(
            SupplierOrderLine(
                line=1,
                item=ItemCode(str(payload["item"])),
                quantity=int(str(payload["quantity"])),
                unit_price=Decimal(str(payload["unit_price"])),
                needed_by=_day(payload["needed_by"]),
                quote_id=str(payload["quote"]) or None,
            ),
        ),
    )


def expedite_order(payload: Mapping[str, object]) -> ExpediteOrder:
    """The instruction of an expedite_order message."""
    return ExpediteOrder(
        reference=str(payload["reference"]),
        supplier=SupplierCode(str(payload["supplier"])),
        purchase_order=PurchaseOrderNo(str(payload["purchase_order"])),
        line=int(str(payload["line"])),
        item=ItemCode(str(payload["item"])),
        quantity=int(str(payload["quantity"])),
        new_date=_day(payload["new_date"]),
        fee=Decimal(str(payload["fee"])),
        currency=str(payload["currency"]),
        ordered_on=_day(payload["ordered_on"]),
        quote_id=str(payload["quote"]) or None,
    )


def cancellation(payload: Mapping[str, object]) -> SupplierCancellation:
    """The instruction of a cancel_order message."""
    return SupplierCancellation(
        reference=str(payload["reference"]),
        supplier=SupplierCode(str(payload["supplier"])),
        cancelled_on=_day(payload["cancelled_on"]),
    )


def _day(value: object) -> date:
    return date.fromisoformat(str(value))
