"""R07: pay the supplier's fee to have an open purchase order line earlier."""

from dataclasses import dataclass

import numpy as np

from core.domain.money import rounded
from core.domain.options import CostTerm, RejectedIdea
from core.domain.plans import Expedite, Resolution
from core.domain.quotes import ExpediteQuote
from core.planning.buffers import row_buffer, word_day
from core.planning.outcome import NetResult
from core.planning.repair.ideas import Desk, Reach, last_day
from core.planning.simulation import supply_position
from core.planning.snapshot import PURCHASE_ORDER, Snapshot, date_of, day_number


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpediteIdea:
    """An open purchase order line pulled in; all of it or nothing."""

    quote: ExpediteQuote
    reach: Reach
    old_due: int
    resolution: Resolution = Resolution.EXPEDITE

    def said(self, quantity: int) -> str:
        """Bringing so many units, in a few words."""
        return f"expedite {self.quote.purchase_order}/{self.quote.line} ({quantity:,} {self.quote.item})"

    @property
    def note(self) -> str:
        """Why it is feasible."""
        quote = self.quote
        offer = f"{quote.supplier} offers {quote.purchase_order}/{quote.line} on {quote.earliest_date.isoformat()}"
        return f"{offer}, good until {quote.valid_until.isoformat()} (quote:{quote.quote_id})"

    @property
    def takes(self) -> frozenset[str]:
        """What no other idea of a mix may take from, too."""
        return frozenset({f"{self.quote.purchase_order}/{self.quote.line}"})

    def terms(self, quantity: int, *, needed: int) -> tuple[CostTerm, ...]:
        """The fee, whatever the quantity."""
        return (CostTerm(name=f"expedite fee of {self.quote.supplier}", amount=rounded(self.quote.fee)),)

    def action(self, quantity: int, *, needed: int, number: str) -> Expedite:
        """The instruction; the line's open quantity comes on the new day."""
        return Expedite(
            purchase_order=self.quote.purchase_order,
            line=self.quote.line,
            supplier=self.quote.supplier,
            item=self.quote.item,
            quantity=self.reach.most,
            old_due=date_of(self.old_due),
            new_due=self.quote.earliest_date,
            fee=rounded(self.quote.fee),
            quote=self.quote.quote_id,
        )


def expedite_idea(desk: Desk, result: NetResult, quote: ExpediteQuote) -> ExpediteIdea | RejectedIdea:
    """The idea, or why not."""
    snapshot = desk.snapshot
    at = supply_position(snapshot.supply, PURCHASE_ORDER, quote.purchase_order, quote.line)
    arrives = day_number(quote.earliest_date) + (0 if at is None else row_buffer(snapshot, at))
    reason = _why_not(snapshot, result, quote, at=at, arrives=arrives)
    if reason or at is None:
        return RejectedIdea(
            resolution=Resolution.EXPEDITE.value,
            what=f"expedite {quote.purchase_order}/{quote.line} with {quote.supplier}",
            reason=reason,
        )
    units = int(snapshot.supply.quantity[at])
    until = min(last_day(desk.want, arrives=arrives, as_of=snapshot.as_of), day_number(quote.valid_until))
    reach = Reach(arrives=arrives, most=units, least=units, multiple=units, last_day=until)
    return ExpediteIdea(quote=quote, reach=reach, old_due=word_day(snapshot, at))


def _why_not(snapshot: Snapshot, result: NetResult, quote: ExpediteQuote, *, at: int | None, arrives: int) -> str:
    if at is None:
        return f"purchase order line {quote.purchase_order}/{quote.line} is no longer open"
    if quote.currency != snapshot.currency:
        return f"the fee is in {quote.currency}, the books are in {snapshot.currency}"
    if day_number(quote.valid_until) < snapshot.as_of:
        return f"the offer was good until {quote.valid_until.isoformat()}"
    if day_number(quote.earliest_date) < snapshot.as_of:
        return f"the day offered, {quote.earliest_date.isoformat()}, has passed"
    expected = _expected(result, at)
    firm = word_day(snapshot, at) < snapshot.as_of  # a day the supplier names is worth more than one believed
    if not firm and expected is not None and arrives >= expected:
        sooner = date_of(expected).isoformat()
        return f"{quote.earliest_date.isoformat()} is no sooner than {sooner}, when the plan counts on it already"
    return ""


def _expected(result: NetResult, at: int) -> int | None:
    """The day the netting believes the order to come; None where it does not count it at all."""
    days = result.receipts.eta[np.flatnonzero(result.receipts.supply == at)]
    return int(days[0]) if days.size else None
