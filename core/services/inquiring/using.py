"""Reckoning with a supplier's reply: it becomes evidence of its case, as an answer over an interface does."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.domain.cases import CaseState
from core.domain.evidence import MAIL_NOTE, EvidenceNote, updated
from core.domain.inquiries import Inquiry, InquiryState
from core.domain.inquiry_replies import QuoteField, Reply, refused
from core.domain.quotes import Quote, QuoteRefusal, RefusalReason
from core.ports.storage import UnitOfWork
from core.services.deferring import advance_soon
from core.services.resolving import record_evidence

PARTNER_TEXT = "partner_text"
LONGEST_NOTE = 500


def use_reply(uow: UnitOfWork, reply: Reply, inquiry: Inquiry) -> Quote:
    """The offer, kept on its case in the place of an older one of this supplier; the words it was read from go with it
    for people to see. A case that is open is planned anew."""
    quote = _quote(uow, reply, inquiry)
    uow.replies.save(replace(reply, quote=quote))
    text = (
        f"{inquiry.supplier} offers {quote.available_quantity} units at {quote.unit_price} {quote.currency} within"
        f" {quote.lead_time_days} days by e-mail ({reply.id}, in answer to {inquiry.id})"
    )
    kept = uow.cases.evidence(inquiry.case)
    record_evidence(uow, inquiry.case, updated(kept, quotes=(quote,), notes=(_note(uow, reply, inquiry, text),)))
    _answered(uow, inquiry, InquiryState.ANSWERED, f"{reply.id} is reckoned with")
    return quote


def use_refusal(uow: UnitOfWork, reply: Reply, inquiry: Inquiry) -> QuoteRefusal:
    """The refusal, kept on its case with the words it was read from."""
    said = refused(reply.reads)
    refusal = QuoteRefusal(
        supplier=inquiry.supplier,
        item=inquiry.facts.item,
        reason=RefusalReason.NO_STOCK,
        note=said.quote[:LONGEST_NOTE] if said else "",
    )
    text = f"{inquiry.supplier} declines by e-mail ({reply.id}, in answer to {inquiry.id})"
    kept = uow.cases.evidence(inquiry.case)
    record_evidence(uow, inquiry.case, updated(kept, refusals=(refusal,), notes=(_note(uow, reply, inquiry, text),)))
    _answered(uow, inquiry, InquiryState.REFUSED, f"{reply.id} declines")
    return refusal


def _answered(uow: UnitOfWork, inquiry: Inquiry, state: InquiryState, note: str) -> None:
    uow.inquiries.save(replace(inquiry, state=state, note=note))
    if uow.cases.get(inquiry.case).state is CaseState.OPEN:
        advance_soon(uow, inquiry.case, begin=True)


def _quote(uow: UnitOfWork, reply: Reply, inquiry: Inquiry) -> Quote:
    values = reply.settled
    offers = (one for one in uow.company.sources(inquiry.facts.item) if one.supplier == inquiry.supplier)
    offer = next(offers, None)
    words = dict.fromkeys(one.said for one in reply.fields if one.said)
    return Quote(
        quote_id=reply.id,
        supplier=inquiry.supplier,
        item=inquiry.facts.item,
        quantity=inquiry.facts.quantity,
        unit_price=Decimal(values[QuoteField.UNIT_PRICE]),
        currency=values[QuoteField.CURRENCY],
        lead_time_days=int(values[QuoteField.LEAD_TIME]),
        available_quantity=int(values[QuoteField.AVAILABLE]),
        minimum_order=max(1, int(values[QuoteField.MINIMUM])),
        multiple=offer.multiple if offer else 1,
        valid_until=date.fromisoformat(values[QuoteField.VALID_UNTIL]),
        note=" | ".join(words)[:LONGEST_NOTE],
    )


def _note(uow: UnitOfWork, reply: Reply, inquiry: Inquiry, text: str) -> EvidenceNote:
    """In the core's words: what a partner wrote is read by people, and no model is told it as evidence."""
    return EvidenceNote(
        id=f"mail:{reply.id}",
        kind=MAIL_NOTE,
        subject=inquiry.supplier,
        text=text,
        as_of=uow.company.settings().as_of,
        source=PARTNER_TEXT,
    )
