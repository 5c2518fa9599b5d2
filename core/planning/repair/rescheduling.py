"""R13 and R16: open work orders sooner, or with more on them."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from core.domain.ids import ItemCode, WorkOrderNo
from core.domain.money import rounded
from core.domain.options import CostTerm, RejectedIdea
from core.domain.plans import RescheduleWork, Resolution, TopUp
from core.planning.naming import day_name
from core.planning.outcome import NetResult
from core.planning.positions import item_position, location_position
from core.planning.repair.ideas import Desk, Reach, day_words
from core.planning.repair.making import made_reach, wanted_by
from core.planning.repair.wants import Want
from core.planning.snapshot import PRICE_SCALE, WORK_ORDER, Snapshot, date_of

_HUNDRED = Decimal(100)
_ORDERS_TRIED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class RescheduleIdea:
    """A work order begun sooner; all of it or nothing. It takes as long as before."""

    number: str
    wanted: Want
    reach: Reach
    old_start: int
    old_due: int
    resolution: Resolution = Resolution.RESCHEDULE

    def said(self, quantity: int) -> str:
        """Bringing so many units, in a few words."""
        return f"bring work order {self.number} ({quantity:,} {self.wanted.item}) forward"

    @property
    def note(self) -> str:
        """Why it is feasible."""
        return f"work order {self.number} has not begun and may start {day_name(self.new_start)}"

    @property
    def new_start(self) -> int:
        """As many days sooner as it is due sooner."""
        return self.old_start - (self.old_due - self.reach.arrives)

    @property
    def takes(self) -> frozenset[str]:
        """What no other idea of a mix may take from, too."""
        return frozenset({f"dates of {self.number}"})

    def terms(self, quantity: int, *, needed: int) -> tuple[CostTerm, ...]:
        """No money is paid for it; what it does to others is simulated."""
        return ()

    def action(self, quantity: int, *, needed: int, number: str) -> RescheduleWork:
        """The new dates."""
        return RescheduleWork(
            work_order=WorkOrderNo(self.number),
            item=ItemCode(self.wanted.item),
            quantity=self.reach.most,
            old_start=date_of(self.old_start),
            old_due=date_of(self.old_due),
            new_start=date_of(self.new_start),
            new_due=date_of(self.reach.arrives),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TopUpIdea:
    """More units on a work order that has not begun."""

    number: str
    wanted: Want
    reach: Reach
    start: int
    ordered: int
    unit_cost: Decimal
    excess_percent: int
    resolution: Resolution = Resolution.TOP_UP

    def said(self, quantity: int) -> str:
        """Bringing so many units, in a few words."""
        return f"make {quantity:,} {self.wanted.item} more on work order {self.number}"

    @property
    def note(self) -> str:
        """Why it is feasible."""
        return f"work order {self.number} has not begun: it starts on {day_words(self.start)}, due {self._due}"

    @property
    def _due(self) -> str:
        return day_words(self.reach.arrives)

    @property
    def takes(self) -> frozenset[str]:
        """What no other idea of a mix may take from, too."""
        return frozenset({f"units of {self.number}"})

    def terms(self, quantity: int, *, needed: int) -> tuple[CostTerm, ...]:
        """The holding of what is made beyond the need."""
        excess = max(0, quantity - needed)
        if not excess:
            return ()
        holding = rounded(self.unit_cost * excess * self.excess_percent / _HUNDRED)
        return (CostTerm(name=f"holding {excess:,} units made beyond the need", amount=holding),)

    def action(self, quantity: int, *, needed: int, number: str) -> TopUp:
        """So many more."""
        return TopUp(
            work_order=WorkOrderNo(self.number),
            item=ItemCode(self.wanted.item),
            quantity=quantity,
            old_open=self.ordered,
            start=date_of(self.start),
            due=date_of(self.reach.arrives),
            value=rounded(self.unit_cost * quantity),
            cost=sum((term.amount for term in self.terms(quantity, needed=needed)), Decimal(0)),
        )


def work_ideas(desk: Desk, result: NetResult) -> list[RescheduleIdea | TopUpIdea | RejectedIdea]:
    """What the open work orders for the item there could do, the first due first."""
    snapshot, supply = desk.snapshot, desk.snapshot.supply
    item = item_position(snapshot, desk.want.item)
    group = int(result.group_of[location_position(snapshot, desk.want.location)])
    here = (supply.kind == WORK_ORDER) & (supply.item == item) & (result.group_of[supply.location] == group)
    here &= supply.quantity > 0
    rows = sorted(np.flatnonzero(here).tolist(), key=lambda row: (int(supply.due[row]), row))
    found: list[RescheduleIdea | TopUpIdea | RejectedIdea] = []
    for row in rows[:_ORDERS_TRIED]:
        if int(supply.due[row]) >= snapshot.as_of and int(supply.start[row]) >= snapshot.as_of:
            found.append(_topped_up(desk, row, item))
        found += _sooner(desk, row, item)
    return found


def _topped_up(desk: Desk, row: int, item: int) -> TopUpIdea | RejectedIdea:
    snapshot, supply = desk.snapshot, desk.snapshot.supply
    number = supply.number[row]
    if bool(supply.issued[row]):
        return RejectedIdea(
            resolution=Resolution.TOP_UP.value,
            what=f"make more {desk.want.item} on work order {number}",
            reason="its components have left stock already",
        )
    return TopUpIdea(
        number=number,
        wanted=desk.want,
        reach=made_reach(desk, item, arrives=int(supply.due[row]), last=int(supply.start[row])),
        start=int(supply.start[row]),
        ordered=int(supply.quantity[row]),
        unit_cost=Decimal(int(snapshot.items.unit_cost[item])) / PRICE_SCALE,
        excess_percent=desk.policy.excess_percent,
    )


def _sooner(desk: Desk, row: int, item: int) -> list[RescheduleIdea | RejectedIdea]:
    """Forward to the first need, not before today and not into the fence; nothing where it is soon enough."""
    snapshot, supply, want = desk.snapshot, desk.snapshot.supply, desk.want
    start, due = int(supply.start[row]), int(supply.due[row])
    wanted = max(wanted_by(desk), snapshot.as_of)
    if due <= wanted:
        return []
    earliest = max(wanted, due - max(0, start - snapshot.as_of), _fence(snapshot, item))
    reason = _why_not(snapshot, row, earliest)
    number = supply.number[row]
    if reason:
        what = f"bring work order {number} ({int(supply.quantity[row]):,} {want.item}) forward"
        return [RejectedIdea(resolution=Resolution.RESCHEDULE.value, what=what, reason=reason)]
    units = int(supply.quantity[row])
    last = max(snapshot.as_of, start - (due - earliest))
    reach = Reach(arrives=earliest, most=units, least=units, multiple=units, last_day=last)
    return [RescheduleIdea(number=number, wanted=want, reach=reach, old_start=start, old_due=due)]


def _fence(snapshot: Snapshot, item: int) -> int:
    terms = snapshot.item_terms
    return snapshot.as_of + (int(terms.fence[item]) if terms.fence.size else 0)


def _why_not(snapshot: Snapshot, row: int, earliest: int) -> str:
    supply = snapshot.supply
    if bool(supply.issued[row]):
        return "it has begun: its components have left stock already"
    if int(supply.start[row]) <= snapshot.as_of:
        return "it starts today already"
    if earliest >= int(supply.due[row]):
        return "any sooner is inside the planning fence"
    return ""
