"""R03, R04 and R05 as ideas in the choice over all cases: an order line sent in parts, as another item, from elsewhere.

Each changes one line of a case as a whole and serves no other.
"""

from dataclasses import dataclass

import numpy as np

from core.domain.options import CostTerm
from core.domain.plans import Resolution, ShipFrom, SplitLine, Substitute
from core.planning.atp import donor_surplus
from core.planning.positions import line_position
from core.planning.repair.alternative import Ground
from core.planning.repair.ideas import Reach
from core.planning.repair.lines import from_place, instead_of, parts_of, terms_of_line
from core.planning.snapshot import day_number

MOST_LINES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LineIdea:
    """A change of one order line. What it takes of the stock of an item at a place is there once for all cases, `there`
    units of it (nothing for parts)."""

    change: SplitLine | Substitute | ShipFrom
    reach: Reach
    item: str = ""
    place: str = ""
    taken: int = 0
    there: int = 0

    @property
    def resolution(self) -> Resolution:
        """Its code."""
        return self.change.resolution

    @property
    def line(self) -> tuple[str, int]:
        """The line it changes."""
        return self.change.order, self.change.line

    @property
    def name(self) -> str:
        """The line as people name it."""
        return f"{self.change.order}/{self.change.line}"

    def said(self, quantity: int) -> str:
        """What is done, in a few words."""
        match self.change:
            case SplitLine():
                return f"ship {self.change.now_quantity:,} of {self.name} now and the rest later"
            case Substitute():
                other = f"{self.change.new_quantity:,} {self.change.alternate}"
                return f"send {other} instead of {self.change.quantity:,} {self.change.item} for {self.name}"
            case ShipFrom():
                return f"ship {self.name} from {self.change.new}"

    @property
    def note(self) -> str:
        """Why it is feasible."""
        match self.change:
            case SplitLine():
                return f"the customer of {self.name} takes parts"
            case Substitute():
                return f"{self.change.alternate} is valid, agreed, and {self.there:,} are free by ATP at {self.place}"
            case ShipFrom():
                return f"{self.there:,} {self.item} are free by ATP at {self.place}"

    @property
    def takes(self) -> frozenset[str]:
        """One change a line."""
        return frozenset({f"order line {self.name}"})

    def terms(self, quantity: int, *, needed: int) -> tuple[CostTerm, ...]:
        """The same whatever it brings."""
        names = {Resolution.SPLIT: "1 more shipment", Resolution.SUBSTITUTE: "dearer item"}
        return (CostTerm(name=names.get(self.resolution, "freight"), amount=self.change.cost),)

    def action(self, quantity: int, *, needed: int, number: str) -> SplitLine | Substitute | ShipFrom:
        """The change of the whole line."""
        return self.change

    @property
    def in_time_share(self) -> tuple[int, int]:
        """Of a line in parts the units that come in time, and all of them; (0, 1) for anything else."""
        if not isinstance(self.change, SplitLine):
            return 0, 1
        return self.change.now_quantity, self.change.now_quantity + self.change.rest_quantity


def line_ideas(ground: Ground, lines: tuple[tuple[str, int], ...]) -> list[LineIdea]:
    """What can be done with each of the lines a case hurts, the first of them."""
    found: list[LineIdea] = []
    for key in lines[:MOST_LINES]:
        at = line_position(ground.snapshot, *key)
        if at is not None:
            found += _parts(ground, at)
            found += _instead(ground, at)
            found += _elsewhere(ground, at)
    return found


def _reach(ground: Ground, line: int, *, arrives: int) -> Reach:
    units = int(ground.snapshot.demand.quantity[line])
    return Reach(arrives=arrives, most=units, least=units, multiple=units, last_day=ground.snapshot.as_of)


def _parts(ground: Ground, line: int) -> list[LineIdea]:
    terms, change = terms_of_line(ground, line), parts_of(ground, line)
    if change is None or not terms.splittable or change.now_quantity < terms.least:
        return []
    return [LineIdea(change=change, reach=_reach(ground, line, arrives=day_number(change.new)))]


def _instead(ground: Ground, line: int) -> list[LineIdea]:
    """The alternates that are free where the line ships, by priority."""
    if not terms_of_line(ground, line).substitutable:
        return []
    found: list[LineIdea] = []
    for change, alternate, place in instead_of(ground, line):
        there = _free(ground, alternate, place)
        if there >= change.new_quantity:
            idea = LineIdea(
                change=change,
                reach=_reach(ground, line, arrives=ground.snapshot.as_of),
                item=change.alternate,
                place=ground.snapshot.locations.code[place],
                taken=change.new_quantity,
                there=there,
            )
            found.append(idea)
    return found


def _elsewhere(ground: Ground, line: int) -> list[LineIdea]:
    """The other shipping places that can serve the line whole."""
    snapshot, demand, group_of = ground.snapshot, ground.snapshot.demand, ground.result.group_of
    if not terms_of_line(ground, line).movable:
        return []
    item, here, units = int(demand.item[line]), int(demand.location[line]), int(demand.quantity[line])
    found: list[LineIdea] = []
    for place in np.flatnonzero(snapshot.locations.may_ship & (group_of != group_of[here])).tolist():
        there = _free(ground, item, place)
        if there >= units:
            idea = LineIdea(
                change=from_place(ground, line, place),
                reach=_reach(ground, line, arrives=snapshot.as_of),
                item=snapshot.items.code[item],
                place=snapshot.locations.code[place],
                taken=units,
                there=there,
            )
            found.append(idea)
    return found


def _free(ground: Ground, item: int, place: int) -> int:
    """What the place can give up of an item: what nothing it serves will need, beyond the safety stock."""
    return donor_surplus(ground.snapshot, ground.result, item=item, location=place, keep_safety_stock=True)
