"""R08: buy from a supplier, another or the same, on a quote."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from core.domain.buffers import counted_words
from core.domain.ids import LocationCode, PurchaseOrderNo
from core.domain.money import rounded
from core.domain.options import CostTerm, RejectedIdea
from core.domain.parties import PriceBreak
from core.domain.plans import Buy, Resolution
from core.domain.quotes import Quote
from core.planning.buffers import buffer_of
from core.planning.repair.ideas import Desk, Reach, last_day
from core.planning.repair.wants import Want
from core.planning.simulation import item_position
from core.planning.snapshot import PRICE_SCALE, Snapshot, date_of, day_number

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyIdea:
    """A new purchase order on a quote. Its cost is what it costs beyond the usual price of as many units: the price
    difference, and holding the units bought beyond the need. `breaks` are the lower prices agreed with the supplier
    from a quantity on: they hold for a quote, too. It is counted on `buffer` days after the supplier's word."""

    quote: Quote
    wanted: Want
    reach: Reach
    usual_price: Decimal
    excess_percent: int
    breaks: tuple[PriceBreak, ...] = ()
    buffer: int = 0
    resolution: Resolution = Resolution.BUY

    def said(self, quantity: int) -> str:
        """Bringing so many units, in a few words."""
        return f"buy {quantity:,} {self.quote.item} from {self.quote.supplier}"

    def price(self, quantity: int) -> Decimal:
        """What a unit costs when so many are bought: as quoted, or as agreed where that is less."""
        agreed = (one.unit_price for one in self.breaks if one.minimum <= quantity)
        return min((self.quote.unit_price, *agreed))

    @property
    def note(self) -> str:
        """Why it is feasible."""
        quote = self.quote
        offer = f"{quote.supplier} offers up to {quote.available_quantity:,} {quote.item} at {quote.unit_price}"
        return f"{offer}, good until {quote.valid_until.isoformat()} (quote:{quote.quote_id}){self.counted}"

    @property
    def word(self) -> date:
        """The day the supplier says."""
        return date_of(self.reach.arrives - self.buffer)

    @property
    def counted(self) -> str:
        """That it is counted on later than the supplier says; empty where it is not."""
        return f"; {counted_words(self.word, self.buffer)}" if self.buffer else ""

    @property
    def takes(self) -> frozenset[str]:
        """What no other idea of a mix may take from, too."""
        return frozenset({self.quote.quote_id})

    def terms(self, quantity: int, *, needed: int) -> tuple[CostTerm, ...]:
        """The price difference, and the holding of what is bought beyond the need."""
        dearer = rounded((self.price(quantity) - self.usual_price) * quantity)
        found = [CostTerm(name=f"price difference of {self.quote.supplier}", amount=dearer)]
        excess = max(0, quantity - needed)
        if excess:
            holding = rounded(self.price(quantity) * excess * self.excess_percent / _HUNDRED)
            found.append(CostTerm(name=f"holding {excess:,} units bought beyond the need", amount=holding))
        return tuple(found)

    def action(self, quantity: int, *, needed: int, number: str) -> Buy:
        """The purchase order."""
        return Buy(
            reference=PurchaseOrderNo(f"PO-{number}"),
            supplier=self.quote.supplier,
            item=self.quote.item,
            location=LocationCode(self.wanted.location),
            quantity=quantity,
            unit_price=self.price(quantity),
            currency=self.quote.currency,
            arrive_on=self.word,
            cost=sum((term.amount for term in self.terms(quantity, needed=needed)), Decimal(0)),
            quote=self.quote.quote_id,
        )


def buy_idea(desk: Desk, quote: Quote) -> BuyIdea | RejectedIdea:
    """The idea, or why not."""
    snapshot = desk.snapshot
    reason = _why_not(snapshot, quote)
    if reason:
        return RejectedIdea(
            resolution=Resolution.BUY.value, what=f"buy {quote.item} from {quote.supplier}", reason=reason
        )
    buffer = buffer_of(snapshot, quote.supplier)
    arrives = snapshot.as_of + quote.lead_time_days + buffer
    until = min(last_day(desk.want, arrives=arrives, as_of=snapshot.as_of), day_number(quote.valid_until))
    multiple = max(1, quote.multiple)
    reach = Reach(
        arrives=arrives,
        most=quote.available_quantity // multiple * multiple,
        least=max(1, quote.minimum_order),
        multiple=multiple,
        last_day=until,
    )
    return BuyIdea(
        quote=quote,
        wanted=desk.want,
        reach=reach,
        usual_price=usual_price(snapshot, quote.item),
        excess_percent=desk.policy.excess_percent,
        breaks=desk.terms.breaks.get((quote.supplier, quote.item), ()),
        buffer=buffer,
    )


def _why_not(snapshot: Snapshot, quote: Quote) -> str:
    multiple = max(1, quote.multiple)
    least = -(-max(1, quote.minimum_order) // multiple) * multiple
    if quote.currency != snapshot.currency:
        return f"the price is in {quote.currency}, the books are in {snapshot.currency}"
    if day_number(quote.valid_until) < snapshot.as_of:
        return f"the offer was good until {quote.valid_until.isoformat()}"
    if quote.supplier not in {snapshot.parties.supplier[int(at)] for at in snapshot.sources.supplier}:
        return f"{quote.supplier} is not an approved supplier"
    if quote.available_quantity < least:
        return f"{quote.supplier} has {quote.available_quantity:,} and sells no fewer than {least:,}"
    return ""


def usual_price(snapshot: Snapshot, item: str) -> Decimal:
    """The lowest price of an approved supplier, else the standard cost: what the units would have cost anyway."""
    at = item_position(snapshot, item)
    prices = snapshot.sources.price[np.flatnonzero(snapshot.sources.item == at)]
    scaled = int(prices.min()) if prices.size else int(snapshot.items.unit_cost[at])
    return Decimal(scaled) / PRICE_SCALE
