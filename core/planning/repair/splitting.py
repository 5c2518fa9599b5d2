"""R09: take units off an open purchase order that comes too late, and buy them from another supplier instead."""

from dataclasses import dataclass, fields

import numpy as np

from core.domain.ids import PurchaseOrderNo, SupplierCode
from core.domain.money import rounded
from core.domain.options import CostTerm, RejectedIdea
from core.domain.plans import Resolution, SplitPurchase
from core.domain.quotes import Quote
from core.planning.outcome import NetResult
from core.planning.positions import item_position, location_position
from core.planning.repair.buying import BuyIdea, buy_idea
from core.planning.repair.ideas import Desk, Reach
from core.planning.snapshot import PURCHASE_ORDER, Snapshot

_HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitIdea(BuyIdea):
    """A purchase on a quote of which so many are taken off another order: nothing is bought beyond the need."""

    order: str
    line: int
    supplier: str
    open_units: int
    fee_percent: int
    resolution: Resolution = Resolution.SPLIT_PURCHASE

    def said(self, quantity: int) -> str:
        """Bringing so many units, in a few words."""
        return f"buy {quantity:,} {self.quote.item} from {self.quote.supplier} instead of on {self.order}/{self.line}"

    @property
    def note(self) -> str:
        """Why it is feasible."""
        quote = self.quote
        offer = f"{quote.supplier} offers up to {quote.available_quantity:,} {quote.item} at {quote.unit_price}"
        later = f"{self.order}/{self.line} at {self.supplier} comes later with {self.open_units:,}"
        return f"{offer} (quote:{quote.quote_id}){self.counted}; {later}"

    @property
    def takes(self) -> frozenset[str]:
        """What no other idea of a mix may take from, too."""
        return frozenset({self.quote.quote_id, f"{self.order}/{self.line}"})

    def terms(self, quantity: int, *, needed: int) -> tuple[CostTerm, ...]:
        """The price difference, what the first supplier asks for sending less, and the holding of as many units saved,
        which would otherwise come when nobody waits for them."""
        dearer = rounded((self.price(quantity) - self.usual_price) * quantity)
        less = self.usual_price * quantity / _HUNDRED
        return (
            CostTerm(name=f"price difference of {self.quote.supplier}", amount=dearer),
            CostTerm(
                name=f"fee of {self.supplier} for {quantity:,} units less", amount=rounded(less * self.fee_percent)
            ),
            CostTerm(name=f"holding saved on {quantity:,} units", amount=-rounded(less * self.excess_percent)),
        )

    def action(self, quantity: int, *, needed: int, number: str) -> SplitPurchase:
        """Both orders."""
        plain = BuyIdea.action(self, quantity, needed=needed, number=number)
        values = {field.name: getattr(plain, field.name) for field in fields(plain)}
        return SplitPurchase(
            **values,
            from_order=PurchaseOrderNo(self.order),
            from_line=self.line,
            from_supplier=SupplierCode(self.supplier),
            from_open=self.open_units,
            taken=quantity,
        )


def split_ideas(desk: Desk, result: NetResult, quote: Quote) -> list[SplitIdea | RejectedIdea]:
    """The quote as a part of the first open order of another supplier that comes after it would."""
    bought = buy_idea(desk, quote)
    if isinstance(bought, RejectedIdea):
        return []
    row = _later_order(desk, result, quote, arrives=bought.reach.arrives)
    if row is None:
        return []
    supply, snapshot = desk.snapshot.supply, desk.snapshot
    units, supplier = int(supply.quantity[row]), int(supply.supplier[row])
    least = _minimum(snapshot, int(supply.item[row]), supplier)
    most = min(bought.reach.most, units - least) // bought.reach.multiple * bought.reach.multiple
    name = snapshot.parties.supplier[supplier]
    if most < bought.reach.least:
        reason = f"{quote.supplier} sells no fewer than {bought.reach.least:,} and {name} no fewer than {least:,}"
        what = f"split {supply.number[row]}/{int(supply.line[row])} with {quote.supplier}"
        return [RejectedIdea(resolution=Resolution.SPLIT_PURCHASE.value, what=what, reason=reason)]
    reach = bought.reach
    return [
        SplitIdea(
            quote=quote,
            wanted=bought.wanted,
            reach=Reach(
                arrives=reach.arrives, most=most, least=reach.least, multiple=reach.multiple, last_day=reach.last_day
            ),
            usual_price=bought.usual_price,
            excess_percent=bought.excess_percent,
            breaks=bought.breaks,
            buffer=bought.buffer,
            order=supply.number[row],
            line=int(supply.line[row]),
            supplier=name,
            open_units=units,
            fee_percent=desk.policy.cancel_percent,
        )
    ]


def _later_order(desk: Desk, result: NetResult, quote: Quote, *, arrives: int) -> int | None:
    snapshot, supply = desk.snapshot, desk.snapshot.supply
    item = item_position(snapshot, desk.want.item)
    group = int(result.group_of[location_position(snapshot, desk.want.location)])
    here = (supply.kind == PURCHASE_ORDER) & (supply.item == item) & (result.group_of[supply.location] == group)
    rows = np.flatnonzero(here & (supply.due > arrives) & (supply.supplier >= 0)).tolist()
    others = [row for row in rows if snapshot.parties.supplier[int(supply.supplier[row])] != quote.supplier]
    return min(others, key=lambda row: (int(supply.due[row]), row), default=None)


def _minimum(snapshot: Snapshot, item: int, supplier: int) -> int:
    """What the first supplier's order must keep at least."""
    rows = np.flatnonzero((snapshot.sources.item == item) & (snapshot.sources.supplier == supplier))
    return int(snapshot.sources.minimum[rows].max()) if rows.size else 1
