"""Mandates: what one person allows a negotiation to offer and to take, as text with a hash."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from core.domain.errors import InvalidValueError
from core.domain.ids import CaseId, ItemCode, NegotiationId, ProposalId, SupplierCode, UserName
from core.domain.negotiating.bounds import NegotiationBounds
from core.domain.plan_text import plain
from core.domain.quotes import Quote
from core.domain.reserve_price import ReservePrice

MANDATE_TIER = 3


class Channel(StrEnum):
    """How offers go out: over the supplier's interface, or as letters of which people approve each."""

    API = "api"
    LETTER = "letter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """The whole room of one negotiation. Prices are of a unit, in `currency`; `quantity` is in base units.

    Offers begin at `opening`, rise by at most `largest_step` and never above `ceiling`; a price up to `target` is taken
    at once, one up to `ceiling` when nothing better comes; after `most_rounds` offers, or after `until`, it ends.
    `quote` at `quoted` is the supplier's offer it begins from.
    """

    negotiation: NegotiationId
    case: CaseId
    supplier: SupplierCode
    item: ItemCode
    quantity: int
    needed_by: date
    currency: str
    quote: str
    quoted: Decimal
    opening: Decimal
    target: Decimal
    ceiling: Decimal
    largest_step: Decimal
    most_rounds: int
    until: date
    channel: Channel = Channel.API


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateProposal:
    """A mandate put before people. `text` is canonical and is what the hash is of."""

    id: ProposalId
    case: CaseId
    negotiation: NegotiationId
    text: str
    mandate_hash: str
    tier: int
    proposed_by: UserName
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What a mandate is about, besides its prices."""

    negotiation: NegotiationId
    case: CaseId
    needed_by: date
    as_of: date
    channel: Channel = Channel.API


def mandate_of(
    frame: Frame,
    quote: Quote,
    *,
    reserve: ReservePrice,
    bounds: NegotiationBounds,
    ceiling: Decimal | None = None,
) -> Mandate:
    """The mandate the bounds give for this quote; a person may set a lower `ceiling`, never a higher one.

    InvalidValueError where no price could be offered: another currency, or nothing worth it. It does not say how much
    is too much: who reads it may be on the other side.
    """
    worth = walk_away(reserve, item=quote.item, currency=quote.currency, quoted=quote.unit_price, bounds=bounds)
    highest = min(quote.unit_price, worth)
    if ceiling is not None and not 0 < ceiling <= highest:
        raise InvalidValueError(f"ceiling {ceiling} is not accepted; the bounds allow less", field="ceiling")
    highest = highest if ceiling is None else ceiling
    opening = min(_below(quote, bounds.opening_percent), highest)
    step = _places(quote.unit_price * bounds.step_percent / 100, quote.unit_price)
    if opening <= 0 or step <= 0:
        raise InvalidValueError(f"there is no price worth offering to {quote.supplier!r}", field="supplier")
    return Mandate(
        negotiation=frame.negotiation,
        case=frame.case,
        supplier=quote.supplier,
        item=quote.item,
        quantity=quote.quantity,
        needed_by=frame.needed_by,
        currency=quote.currency,
        quote=quote.quote_id,
        quoted=quote.unit_price,
        opening=opening,
        target=min(_below(quote, bounds.target_percent), highest),
        ceiling=highest,
        largest_step=step,
        most_rounds=bounds.most_rounds,
        until=frame.as_of + timedelta(days=bounds.days),
        channel=frame.channel,
    )


def walk_away(
    reserve: ReservePrice, *, item: ItemCode, currency: str, quoted: Decimal, bounds: NegotiationBounds
) -> Decimal:
    """The most a unit may cost: so many percent below the reserve price, 0 where it is in another currency."""
    if reserve.currency != currency or reserve.item != item:
        return Decimal(0)
    return max(Decimal(0), _places(reserve.most * (100 - bounds.margin_percent) / 100, quoted))


def mandate_text(mandate: Mandate) -> str:
    """The mandate as JSON with sorted keys: equal mandates, equal text. It is what a person approves."""
    values = {
        "kind": "negotiation",
        "negotiation": mandate.negotiation,
        "case": mandate.case,
        "supplier": mandate.supplier,
        "item": mandate.item,
        "quantity": mandate.quantity,
        "needed_by": mandate.needed_by.isoformat(),
        "currency": mandate.currency,
        "quote": mandate.quote,
        "quoted": plain(mandate.quoted),
        "opening": plain(mandate.opening),
        "target": plain(mandate.target),
        "ceiling": plain(mandate.ceiling),
        "largest_step": plain(mandate.largest_step),
        "most_rounds": mandate.most_rounds,
        "until": mandate.until.isoformat(),
        "channel": mandate.channel.value,
    }
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def mandate_hash(mandate: Mandate) -> str:
    """SHA-256 of its text, in hexadecimal."""
    return hashlib.sha256(mandate_text(mandate).encode()).hexdigest()


def _below(quote: Quote, percent: int) -> Decimal:
    return _places(quote.unit_price * (100 - percent) / 100, quote.unit_price)


def _places(amount: Decimal, like: Decimal) -> Decimal:
    """The amount with as many places as the price quoted, two at least, never rounded up."""
    exponent = like.normalize().as_tuple().exponent
    assert isinstance(exponent, int), "a price is a number"
    return amount.quantize(Decimal(1).scaleb(min(-2, exponent)), rounding=ROUND_DOWN)
