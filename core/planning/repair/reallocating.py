"""R01: units in stock that a less important line counts on are held for a line of the case."""

from dataclasses import dataclass, replace

import numpy as np

from core.domain.cases import Case
from core.domain.ids import ItemCode, LocationCode, OrderNo
from core.domain.options import CostTerm, RejectedIdea
from core.domain.plans import Reallocate, Resolution
from core.planning.outcome import NetResult
from core.planning.positions import item_position, line_position, stock_position
from core.planning.repair.floors import most_within_floors
from core.planning.repair.ideas import Desk, Reach
from core.planning.repair.terms import LineTerms
from core.planning.snapshot import Snapshot

MOST_VICTIMS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ReallocateIdea:
    """Units taken from what one line counts on; what the line that gives loses is simulated, not paid. `free` units
    are there to be held, for all who take."""

    item: str
    location: str
    free: int
    giver: tuple[str, int]
    taker: tuple[str, int]
    reach: Reach
    resolution: Resolution = Resolution.REALLOCATE

    def said(self, quantity: int) -> str:
        """Bringing so many units, in a few words."""
        return f"hold {quantity:,} {self.item} for {_name(self.taker)} that {_name(self.giver)} counts on"

    @property
    def note(self) -> str:
        """Why it is feasible."""
        return f"{_name(self.giver)} is less important, not on its way out, and its strategy lets it lose"

    @property
    def takes(self) -> frozenset[str]:
        """What no other idea of a mix may take from, too."""
        return frozenset({f"free:{self.location}"})

    def terms(self, quantity: int, *, needed: int) -> tuple[CostTerm, ...]:
        """No money is paid for it."""
        return ()

    def action(self, quantity: int, *, needed: int, number: str) -> Reallocate:
        """The reservation."""
        return Reallocate(
            reference=f"RA-{number}",
            item=ItemCode(self.item),
            location=LocationCode(self.location),
            quantity=quantity,
            from_order=OrderNo(self.giver[0]),
            from_line=self.giver[1],
            to_order=OrderNo(self.taker[0]),
            to_line=self.taker[1],
        )


def givers(snapshot: Snapshot, result: NetResult, case: Case) -> tuple[tuple[str, int], ...]:
    """Lines that count on stock of what the case lacks and are less important than its worst line, the least first."""
    taker = _taker(snapshot, case)
    if taker is None:
        return ()
    pegged = _on_stock(snapshot, result, taker)
    demand = snapshot.demand
    lines = [line for line in pegged if int(demand.priority[line]) > int(demand.priority[taker])]
    lines.sort(key=lambda line: (-int(demand.priority[line]), -int(demand.due[line]), line))
    return tuple((demand.order[line], int(demand.line[line])) for line in lines[:MOST_VICTIMS])


def reallocate_ideas(desk: Desk, result: NetResult, case: Case) -> list[ReallocateIdea | RejectedIdea]:
    """What less important lines could give to the line of the case that is hurt most."""
    snapshot, demand = desk.snapshot, desk.snapshot.demand
    taker = _taker(snapshot, case)
    if taker is None or int(demand.item[taker]) != item_position(snapshot, desk.want.item):
        return []
    pegged = _on_stock(snapshot, result, taker)
    here = stock_position(snapshot, int(demand.item[taker]), int(demand.location[taker]))
    free = 0 if here is None else int(snapshot.stock.available[here])
    found: list[ReallocateIdea | RejectedIdea] = []
    refused: list[str] = []
    for giver in givers(snapshot, result, case):
        at = line_position(snapshot, *giver)
        units = min(free, 0 if at is None else pegged.get(at, 0), int(demand.quantity[taker]))
        reason = _why_not(desk.terms.lines.get(giver), units)
        if reason:
            refused.append(f"{_name(giver)}: {reason}")
            continue
        idea = ReallocateIdea(
            item=desk.want.item,
            location=snapshot.locations.code[int(demand.location[taker])],
            free=free,
            giver=giver,
            taker=(demand.order[taker], int(demand.line[taker])),
            reach=Reach(arrives=snapshot.as_of, most=units, last_day=snapshot.as_of),
        )
        within, stopped = _within_floors(desk, result, idea)
        if within:
            found.append(replace(idea, reach=replace(idea.reach, most=within)))
        else:
            refused.append(f"{_name(giver)}: {stopped} would come later, and its strategy keeps what it has")
    if refused and not found:
        what = f"hold for {demand.order[taker]}/{int(demand.line[taker])} what less important lines count on"
        found.append(RejectedIdea(resolution=Resolution.REALLOCATE.value, what=what, reason="; ".join(refused)))
    return found


def _within_floors(desk: Desk, result: NetResult, idea: ReallocateIdea) -> tuple[int, str]:
    return most_within_floors(
        desk.snapshot,
        result,
        desk.terms.lines,
        most=idea.reach.most,
        action=lambda units: idea.action(units, needed=units, number="?"),
    )


def _why_not(terms: LineTerms | None, units: int) -> str:
    if terms is None or not terms.movable:
        return "on its way out or not known"
    if not terms.may_lose:
        return "its strategy keeps what it has"
    return "" if units else "nothing of it is free where the units are wanted"


def _taker(snapshot: Snapshot, case: Case) -> int | None:
    impacts = sorted(case.detected.impacts, key=lambda i: (-i.exposure, i.order, i.line))
    return line_position(snapshot, impacts[0].order, impacts[0].line) if impacts else None


def _on_stock(snapshot: Snapshot, result: NetResult, taker: int) -> dict[int, int]:
    """Per other line of the item served there: units it has by peg from stock on hand."""
    requirement = int(result.line_requirement[taker])
    needs, pegs = result.requirements, result.pegs
    stock = result.receipts.supply[pegs.receipt] == -1
    same = (needs.item[pegs.requirement] == needs.item[requirement]) & (
        needs.group[pegs.requirement] == needs.group[requirement]
    )
    sold = pegs.requirement < snapshot.demand.quantity.size  # sales lines come first among the requirements
    units: dict[int, int] = {}
    for row in np.flatnonzero(stock & same & sold).tolist():
        line = int(needs.ref[int(pegs.requirement[row])])
        if line != taker:
            units[line] = units.get(line, 0) + int(pegs.quantity[row])
    return units


def _name(line: tuple[str, int]) -> str:
    return f"{line[0]}/{line[1]}"
