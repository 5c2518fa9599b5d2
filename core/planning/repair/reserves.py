"""R06: use units that another location keeps for safety, where supply that is due makes them whole again."""

from dataclasses import dataclass, fields
from decimal import Decimal

import numpy as np

from core.domain.cases import ExceptionType
from core.domain.evidence import stock_evidence_id
from core.domain.options import RejectedIdea, StockElsewhere
from core.domain.plans import Resolution, UseSafetyStock
from core.planning.atp import donor_surplus
from core.planning.outcome import NetResult
from core.planning.positions import item_position, location_position
from core.planning.repair.ideas import Desk, Reach, day_words, last_day
from core.planning.repair.transferring import TransferIdea
from core.planning.snapshot import NEVER, PRICE_SCALE, Snapshot, date_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyIdea(TransferIdea):
    """A transfer of what is kept for safety; `repaid_on` is the day supply makes it whole again."""

    repaid_on: int
    resolution: Resolution = Resolution.USE_SAFETY_STOCK

    def said(self, quantity: int) -> str:
        """Bringing so many units, in a few words."""
        return f"use {quantity:,} {self.wanted.item} of the safety stock at {self.stock.location}"

    @property
    def note(self) -> str:
        """Why it is feasible."""
        whole = f"supply due {day_words(self.repaid_on)} makes the safety stock whole again"
        return f"{self.stock.location} keeps {self.stock.quantity:,} {self.wanted.item} for safety; {whole}"

    def action(self, quantity: int, *, needed: int, number: str) -> UseSafetyStock:
        """The transfer order."""
        plain = TransferIdea.action(self, quantity, needed=needed, number=number)
        values = {field.name: getattr(plain, field.name) for field in fields(plain)}
        return UseSafetyStock(**values, repaid_on=date_of(self.repaid_on))


def safety_ideas(desk: Desk, result: NetResult, *, kind: ExceptionType) -> list[SafetyIdea | RejectedIdea]:
    """What other locations keep for safety of the item, and who repays it; nothing for a case of safety stock."""
    snapshot, want = desk.snapshot, desk.want
    item = item_position(snapshot, want.item)
    if kind is ExceptionType.SAFETY_STOCK_BREACHED or not int(snapshot.items.safety_stock[item]):
        return []
    there = location_position(snapshot, want.location)
    lanes, group_of = snapshot.lanes, result.group_of
    rows = np.flatnonzero((lanes.destination == there) & (group_of[lanes.origin] != group_of[there])).tolist()
    found: list[SafetyIdea | RejectedIdea] = []
    seen: set[int] = set()
    for row in sorted(rows, key=lambda row: (int(lanes.days[row]), int(lanes.fixed_cost[row]), row)):
        origin = int(lanes.origin[row])
        kept = _kept(snapshot, result, item, origin)
        if kept and int(group_of[origin]) not in seen:
            seen.add(int(group_of[origin]))
            found.append(_idea(desk, result, row, kept))
    return found


def _kept(snapshot: Snapshot, result: NetResult, item: int, origin: int) -> int:
    """Units there that only the safety stock keeps from being given away."""
    every = donor_surplus(snapshot, result, item=item, location=origin)
    return every - donor_surplus(snapshot, result, item=item, location=origin, keep_safety_stock=True)


def _idea(desk: Desk, result: NetResult, lane: int, kept: int) -> SafetyIdea | RejectedIdea:
    snapshot, want, lanes = desk.snapshot, desk.want, desk.snapshot.lanes
    item, origin = item_position(snapshot, want.item), int(lanes.origin[lane])
    place, days = snapshot.locations.code[origin], int(snapshot.items.lead_days[item])
    units, repaid_on = _repaid(snapshot, result, item, origin, until=snapshot.as_of + days)
    most = min(kept, units)
    if not most:
        return RejectedIdea(
            resolution=Resolution.USE_SAFETY_STOCK.value,
            what=f"use the safety stock of {want.item} at {place}",
            reason=f"no supply due there within {days} days would make it whole again",
        )
    arrives = snapshot.as_of + int(lanes.days[lane])
    return SafetyIdea(
        stock=StockElsewhere(
            id=stock_evidence_id(place),
            location=place,
            quantity=most,
            arrive_on=date_of(arrives),
            fixed_cost=Decimal(int(lanes.fixed_cost[lane])) / PRICE_SCALE,
            unit_cost=Decimal(int(lanes.unit_cost[lane])) / PRICE_SCALE,
        ),
        wanted=want,
        reach=Reach(arrives=arrives, most=most, last_day=last_day(want, arrives=arrives, as_of=snapshot.as_of)),
        as_of=snapshot.as_of,
        repaid_on=repaid_on,
    )


def _repaid(snapshot: Snapshot, result: NetResult, item: int, origin: int, *, until: int) -> tuple[int, int]:
    """Units on order that come there by a day, and the day of the last of them."""
    receipts = result.receipts
    here = (receipts.item == item) & (receipts.group == int(result.group_of[origin])) & (receipts.supply >= 0)
    coming = np.flatnonzero(here & (receipts.eta <= until) & (receipts.eta < NEVER))
    if coming.size == 0:
        return 0, NEVER
    return int(receipts.quantity[coming].sum()), int(receipts.eta[coming].max())
