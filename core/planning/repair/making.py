"""R10: make it: a new work order, its components checked, its days from the routing or the lead time."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from core.domain.ids import ItemCode, LocationCode, WorkOrderNo
from core.domain.money import rounded
from core.domain.options import CostTerm, RejectedIdea
from core.domain.plans import Make, Resolution
from core.domain.quantity import LARGEST_QUANTITY
from core.planning.naming import counted
from core.planning.outcome import PLANNED_COMPONENT, NetResult
from core.planning.positions import item_position, location_position
from core.planning.repair.ideas import Desk, Reach, day_words, last_day
from core.planning.repair.wants import Want, served_there
from core.planning.snapshot import NEVER, PER_PARENT_SCALE, PRICE_SCALE, Snapshot, date_of

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeIdea:
    """A new work order. Making what is needed is the usual; it costs what holding the units beyond the need costs, and
    for an item that is usually bought the difference to its price."""

    wanted: Want
    reach: Reach
    start: int
    unit_cost: Decimal
    usual_price: Decimal
    excess_percent: int
    from_routing: bool
    resolution: Resolution = Resolution.MAKE

    def said(self, quantity: int) -> str:
        """Bringing so many units, in a few words."""
        return f"make {quantity:,} {self.wanted.item}"

    @property
    def note(self) -> str:
        """Why it is feasible."""
        days = counted(self.reach.arrives - self.start, "day")
        how = "by its routing" if self.from_routing else "its lead time"
        return f"making {self.wanted.item} takes {days}, {how}; its components are there on {day_words(self.start)}"

    @property
    def takes(self) -> frozenset[str]:
        """What no other idea of a mix may take from, too."""
        return frozenset({"new work order"})

    def terms(self, quantity: int, *, needed: int) -> tuple[CostTerm, ...]:
        """The difference to buying, and the holding of what is made beyond the need."""
        found: list[CostTerm] = []
        dearer = rounded((self.unit_cost - self.usual_price) * quantity)
        if dearer:
            found.append(CostTerm(name=f"making {self.wanted.item} instead of buying it", amount=dearer))
        excess = max(0, quantity - needed)
        if excess:
            holding = rounded(self.unit_cost * excess * self.excess_percent / _HUNDRED)
            found.append(CostTerm(name=f"holding {excess:,} units made beyond the need", amount=holding))
        return tuple(found)

    def action(self, quantity: int, *, needed: int, number: str) -> Make:
        """The work order."""
        return Make(
            reference=WorkOrderNo(f"WO-{number}"),
            item=ItemCode(self.wanted.item),
            location=LocationCode(self.wanted.location),
            quantity=quantity,
            start=date_of(self.start),
            finish=date_of(self.reach.arrives),
            value=rounded(self.unit_cost * quantity),
            cost=sum((term.amount for term in self.terms(quantity, needed=needed)), Decimal(0)),
        )


def make_ideas(desk: Desk, result: NetResult) -> list[MakeIdea | RejectedIdea]:
    """The idea, or why not; nothing for what is bought and could not be made here anyway."""
    snapshot, want = desk.snapshot, desk.want
    item = item_position(snapshot, want.item)
    if not bool(snapshot.items.make[item]) and not _has_components(snapshot, item):
        return []
    ready, lacking = components_ready(snapshot, result, want)
    reason = _why_not(snapshot, want, item, lacking)
    if reason:
        return [RejectedIdea(resolution=Resolution.MAKE.value, what=f"make {want.item}", reason=reason)]
    return [_idea(desk, item, ready)]


def _idea(desk: Desk, item: int, ready: int) -> MakeIdea:
    """As late as still in good time for the first need, so that nothing lies about, but not before its components."""
    snapshot, want = desk.snapshot, desk.want
    days, routed = making_days(snapshot, item, max(want.in_all, want.units), start=ready)
    start = max(ready, wanted_by(desk) - days)
    unit_cost = Decimal(int(snapshot.items.unit_cost[item])) / PRICE_SCALE
    return MakeIdea(
        wanted=want,
        reach=made_reach(desk, item, arrives=start + days, last=start),
        start=start,
        unit_cost=unit_cost,
        usual_price=unit_cost if bool(snapshot.items.make[item]) else _bought_at(snapshot, item, unit_cost),
        excess_percent=desk.policy.excess_percent,
        from_routing=routed,
    )


def wanted_by(desk: Desk) -> int:
    """The day our own work should be done: the buffer and a day before the first need, or the promise is thin."""
    first = desk.want.needs[0][0] if desk.want.needs else desk.snapshot.as_of
    return first - desk.snapshot.buffer_days - 1


def made_reach(desk: Desk, item: int, *, arrives: int, last: int) -> Reach:
    """Lots as the item is made in; it is decided by the day it starts."""
    terms = desk.snapshot.item_terms
    known = terms.minimum.size > 0
    multiple = max(1, int(terms.multiple[item])) if known else 1
    most = int(terms.maximum[item]) if known else LARGEST_QUANTITY
    return Reach(
        arrives=arrives,
        most=max(multiple, min(most, LARGEST_QUANTITY) // multiple * multiple),
        least=max(1, int(terms.minimum[item])) if known else 1,
        multiple=multiple,
        last_day=max(last_day(desk.want, arrives=arrives, as_of=desk.snapshot.as_of), last),
    )


def making_days(snapshot: Snapshot, item: int, quantity: int, *, start: int) -> tuple[int, bool]:
    """Days to make so many from a day on: one operation after the other in the minutes its work centre has each day;
    the lead time where there is no routing or no working time is known. Says whether it was the routing."""
    operations, centers = snapshot.operations, snapshot.work_centers
    rows = np.flatnonzero(operations.item == item).tolist()
    lead = int(snapshot.items.lead_days[item])
    if not rows:
        return lead, False
    day = start - snapshot.as_of
    for row in rows:
        good = max(1, int(operations.good[row]))
        into = -(-quantity * PER_PARENT_SCALE // good)
        left = int(operations.setup[row]) + -(-into * int(operations.unit[row]) // PER_PARENT_SCALE)
        minutes = centers.minutes[int(operations.center[row])]
        while left > 0 and day < minutes.size:
            left -= int(minutes[day])
            day += left > 0
        if left > 0:
            return lead, False
    return day + 1 - (start - snapshot.as_of), True


def components_ready(snapshot: Snapshot, result: NetResult, want: Want) -> tuple[int, str]:
    """The day the components of what is short there are all there, and the name of one that never is."""
    needs = result.requirements
    parents = np.flatnonzero(served_there(snapshot, result, want.item, want.location))
    below = np.flatnonzero((needs.kind == PLANNED_COMPONENT) & np.isin(needs.ref, parents))
    if below.size == 0:
        return snapshot.as_of, ""
    worst = int(below[np.argmax(needs.available[below])])
    if int(needs.available[worst]) == NEVER:
        return snapshot.as_of, snapshot.items.code[int(needs.item[worst])]
    return max(snapshot.as_of, int(needs.available[worst])), ""


def _why_not(snapshot: Snapshot, want: Want, item: int, lacking: str) -> str:
    if lacking:
        return f"its component {lacking} has no supply that anybody could order"
    site = int(snapshot.locations.site[location_position(snapshot, want.location)])
    rows = np.flatnonzero(snapshot.operations.item == item)
    places = snapshot.work_centers.location[snapshot.operations.center[rows]]
    elsewhere = [int(place) for place in places if int(snapshot.locations.site[int(place)]) != site]
    if elsewhere:
        return f"it is made at {snapshot.locations.code[elsewhere[0]]}, not at {want.location}"
    return ""


def _has_components(snapshot: Snapshot, item: int) -> bool:
    return bool((snapshot.bom.parent == item).any())


def _bought_at(snapshot: Snapshot, item: int, otherwise: Decimal) -> Decimal:
    prices = snapshot.sources.price[np.flatnonzero(snapshot.sources.item == item)]
    return Decimal(int(prices.min())) / PRICE_SCALE if prices.size else otherwise
