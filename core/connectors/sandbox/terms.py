"""A sandbox supplier's terms applied: what it quotes and what it objects to; functions of their arguments only."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from core.connectors.sandbox.catalogue import Mood, SandboxSupplier
from core.domain.ids import ItemCode, SupplierCode
from core.domain.quotes import (
    AcknowledgedLine,
    AcknowledgementState,
    CounterOffer,
    ExpediteOrder,
    ExpediteQuote,
    ExpediteRequest,
    Quote,
    QuoteRefusal,
    QuoteRequest,
    RefusalReason,
    SupplierAcknowledgement,
    SupplierOrder,
)

QUOTE_VALID = timedelta(days=14)
BARGAIN_NOTE = "Our prices are not for discussion."
REFUSAL_NOTE = "We are not taking new business this week."


def quote_of(supplier: SandboxSupplier, request: QuoteRequest, *, left: int) -> Quote | QuoteRefusal:
    """The offer for an item; it may hold fewer units than were asked for."""
    offer = supplier.items.get(request.item)
    if supplier.mood is Mood.REFUSES:
        return _no_quote(request, RefusalReason.NOT_TRADING, REFUSAL_NOTE)
    if offer is None:
        return _no_quote(request, RefusalReason.UNKNOWN_ITEM)
    if left <= 0:
        return _no_quote(request, RefusalReason.NO_STOCK)
    return Quote(
        quote_id=identifier("Q", supplier.code, request.idempotency_key),
        supplier=supplier.code,
        item=request.item,
        quantity=request.quantity,
        unit_price=offer.unit_price,
        currency=supplier.currency,
        lead_time_days=offer.lead_time_days,
        available_quantity=left,
        minimum_order=offer.minimum_order,
        multiple=offer.multiple,
        valid_until=request.as_of + QUOTE_VALID,
        expedite_fee=offer.expedite_fee,
    )


def countered(
    supplier: SandboxSupplier, offer: CounterOffer, *, price: Decimal | None, left: int
) -> Quote | QuoteRefusal:
    """The quote that answers a counter-offer; no price ends the talk."""
    asked = QuoteRequest(
        supplier=offer.supplier,
        item=offer.item,
        quantity=offer.quantity,
        needed_by=offer.needed_by,
        as_of=offer.as_of,
        idempotency_key=offer.idempotency_key,
    )
    if price is None:
        return _no_quote(asked, RefusalReason.PRICE_CHANGED, BARGAIN_NOTE)
    found = quote_of(supplier, asked, left=left)
    return found if isinstance(found, QuoteRefusal) else replace(found, unit_price=price)


def expedite_quote_of(supplier: SandboxSupplier, request: ExpediteRequest) -> ExpediteQuote | QuoteRefusal:
    """The fee for pulling in a line, and the earliest day."""
    offer = supplier.items.get(request.item)
    if supplier.mood is Mood.REFUSES:
        return _no_quote(request, RefusalReason.NOT_TRADING, REFUSAL_NOTE)
    if offer is None:
        return _no_quote(request, RefusalReason.UNKNOWN_ITEM)
    if offer.expedite_fee is None:
        return _no_quote(request, RefusalReason.NO_EXPEDITE)
    return ExpediteQuote(
        quote_id=identifier("E", supplier.code, request.idempotency_key),
        supplier=supplier.code,
        purchase_order=request.purchase_order,
        line=request.line,
        item=request.item,
        quantity=request.quantity,
        fee=offer.expedite_fee,
        currency=supplier.currency,
        earliest_date=request.as_of + timedelta(days=offer.fastest_days),
        valid_until=request.as_of + QUOTE_VALID,
    )


def objection_to_order(
    supplier: SandboxSupplier,
    order: SupplierOrder,
    *,
    left: Callable[[ItemCode], int],
    named: Mapping[tuple[SupplierCode, str], Decimal],
) -> RefusalReason | None:
    """Why the order cannot be taken as it stands; lines of one item are taken together. `named` are the prices
    given in answer to counter-offers, by quote."""
    if supplier.mood is Mood.REFUSES:
        return RefusalReason.NOT_TRADING
    wanted: Counter[ItemCode] = Counter()
    for line in order.lines:
        wanted[line.item] += line.quantity
        offer = supplier.items.get(line.item)
        if offer is None:
            return RefusalReason.UNKNOWN_ITEM
        prices = offer.prices(line.quantity) | {named.get((supplier.code, line.quote_id or ""), offer.unit_price)}
        if line.unit_price not in prices or order.currency != supplier.currency:
            return RefusalReason.PRICE_CHANGED
        if line.quantity < offer.minimum_order:
            return RefusalReason.BELOW_MINIMUM
        if line.quantity % offer.multiple:
            return RefusalReason.NOT_A_MULTIPLE
    return RefusalReason.NO_STOCK if any(wanted[item] > left(item) for item in wanted) else None


def objection_to_expedite(supplier: SandboxSupplier, expedite: ExpediteOrder) -> RefusalReason | None:
    """Why the line cannot be pulled in on these terms."""
    if supplier.mood is Mood.REFUSES:
        return RefusalReason.NOT_TRADING
    offer = supplier.items.get(expedite.item)
    if offer is None:
        return RefusalReason.UNKNOWN_ITEM
    if offer.expedite_fee is None:
        return RefusalReason.NO_EXPEDITE
    if (expedite.fee, expedite.currency) != (offer.expedite_fee, supplier.currency):
        return RefusalReason.PRICE_CHANGED
    if expedite.new_date < expedite.ordered_on + timedelta(days=offer.fastest_days):
        return RefusalReason.DATE_NOT_POSSIBLE
    return None


def acknowledged_order(
    supplier: SandboxSupplier, order: SupplierOrder, *, confirmation: str
) -> SupplierAcknowledgement:
    """Every line in full, on the day needed or when the lead time allows."""
    lines = (
        AcknowledgedLine(
            line=line.line,
            item=line.item,
            quantity=line.quantity,
            delivery_date=max(
                line.needed_by, order.ordered_on + timedelta(days=supplier.items[line.item].lead_time_days)
            ),
            unit_price=line.unit_price,
        )
        for line in order.lines
    )
    return SupplierAcknowledgement(
        supplier=supplier.code,
        reference=order.reference,
        confirmation=confirmation,
        state=AcknowledgementState.ACCEPTED,
        lines=tuple(lines),
    )


def acknowledged_expedite(expedite: ExpediteOrder, *, confirmation: str) -> SupplierAcknowledgement:
    """The line on its new day, for its fee."""
    line = AcknowledgedLine(
        line=expedite.line, item=expedite.item, quantity=expedite.quantity, delivery_date=expedite.new_date
    )
    return SupplierAcknowledgement(
        supplier=expedite.supplier,
        reference=expedite.reference,
        confirmation=confirmation,
        state=AcknowledgementState.ACCEPTED,
        lines=(line,),
        fee=expedite.fee,
    )


def identifier(kind: str, *parts: str) -> str:
    """A supplier's number for something: the same for the same parts."""
    return f"{kind}-{hashlib.sha256('|'.join(parts).encode()).hexdigest()[:12]}"


def _no_quote(request: QuoteRequest | ExpediteRequest, reason: RefusalReason, note: str = "") -> QuoteRefusal:
    return QuoteRefusal(supplier=request.supplier, item=request.item, reason=reason, note=note)
