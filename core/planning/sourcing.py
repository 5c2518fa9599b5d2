"""Where to ship from: hard filters with their reasons, then the least landed cost with its lateness penalty.

One location that can ship everything goes before several. Ties go to fewer shipments, then the preferred location,
then the earlier arrival, then the location's code, so that the same books always give the same answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import TypeAlias

from core.domain.ids import ItemCode, LocationCode
from core.domain.money import rounded
from core.domain.sourcing import (
    Alternative,
    AskedLine,
    Departure,
    LookedAt,
    Node,
    Service,
    ShippingCost,
    ShippingMethod,
    SourcedLine,
    SourcedShipment,
    SourcingAsk,
    SourcingDecision,
    Together,
    Unsourced,
    WhyNot,
)

MOST_SHIPMENTS = 3
MOST_NODES = 12
GRAMS = Decimal(1000)
_COLLECTED = Service(carrier=None, service="pick-up", days=0)


Usable: TypeAlias = frozenset[tuple[LocationCode, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """A way to ship: units by location and line, the shipments they make."""

    shipments: tuple[SourcedShipment, ...]
    covered: int
    priorities: tuple[int, ...]

    @property
    def rank(self) -> tuple[int, Decimal, int, tuple[int, ...], date, tuple[str, ...]]:
        """What choices are compared by; the least is best."""
        cost = sum((s.cost.total for s in self.shipments), Decimal(0))
        arrival = max((s.arrive_on for s in self.shipments), default=date.max)
        return (
            -self.covered,
            cost,
            len(self.shipments),
            self.priorities,
            arrival,
            tuple(s.location for s in self.shipments),
        )


def choose(ask: SourcingAsk, nodes: Sequence[Node], *, most_shipments: int = MOST_SHIPMENTS) -> SourcingDecision:
    """Where an order ships from, with the table of every location and line looked at."""
    nodes = sorted(nodes, key=lambda node: node.location)
    looked = [_look(ask, node, line) for node in nodes for line in ask.lines]
    usable = {(x.location, x.line) for x in looked if x.available > 0 and x.why_not in {None, WhyNot.NOT_ENOUGH}}
    able = [node for node in nodes if any((node.location, x.line) in usable for x in ask.lines)]
    best = _worth_sending(ask, _best(ask, able, frozenset(usable), most_shipments))
    alone = {node.location: _alone(ask, node, frozenset(usable)) for node in able}
    return SourcingDecision(
        order=ask.order,
        shipments=best.shipments,
        unsourced=_left_over(ask, best, looked),
        looked_at=tuple(looked),
        alternatives=tuple(_alternative(node.location, alone.get(node.location), best) for node in nodes),
    )


def _best(ask: SourcingAsk, nodes: Sequence[Node], usable: Usable, most: int) -> _Choice:
    """The best single location that ships everything, else the best few together."""
    wanted = sum(line.quantity for line in ask.lines)
    singles = [_spread(ask, (node,), usable) for node in nodes]
    whole = [choice for choice in singles if choice.covered == wanted]
    if whole or ask.complete:
        return min(whole, key=lambda choice: choice.rank, default=_NOTHING)
    order = sorted(range(len(nodes)), key=lambda at: (singles[at].rank, nodes[at].location))
    short_list = sorted((nodes[at] for at in order[:MOST_NODES]), key=lambda node: node.location)
    together = [_spread(ask, some, usable) for size in range(2, most + 1) for some in combinations(short_list, size)]
    return min([*singles, *together], key=lambda choice: choice.rank, default=_NOTHING)


def _worth_sending(ask: SourcingAsk, best: _Choice) -> _Choice:
    """Without the shipments the customer finds too small, unless together they complete the order."""
    if best.covered == sum(line.quantity for line in ask.lines):
        return best
    prices = {line.line: line.unit_price for line in ask.lines}
    worth = {s.location: sum((prices[p.line] * p.quantity for p in s.lines), Decimal(0)) for s in best.shipments}
    kept = tuple(s for s in best.shipments if worth[s.location] >= ask.minimum_value)
    return replace(best, shipments=kept, covered=sum(p.quantity for s in kept for p in s.lines))


_NOTHING = _Choice(shipments=(), covered=0, priorities=())


def _alone(ask: SourcingAsk, node: Node, usable: Usable) -> _Choice | None:
    choice = _spread(ask, (node,), usable)
    return choice if choice.covered == sum(line.quantity for line in ask.lines) else None


def _alternative(location: LocationCode, alone: _Choice | None, best: _Choice) -> Alternative:
    chosen = any(shipment.location == location for shipment in best.shipments)
    if alone is None:
        return Alternative(location=location, arrive_on=None, cost=None, chosen=chosen)
    shipment = alone.shipments[0]
    return Alternative(location=location, arrive_on=shipment.arrive_on, cost=shipment.cost, chosen=chosen)


def _look(ask: SourcingAsk, node: Node, line: AskedLine) -> LookedAt:
    """The hard filters, in order; the first that a location fails is its reason."""
    available = dict(node.own).get(line.line, 0) + dict(node.shared).get(line.item, 0)
    why, text = _filtered(ask, node, line)
    if why is None and available < line.quantity:
        why, text = WhyNot.NOT_ENOUGH, f"{available} of {line.quantity} can be promised"
    return LookedAt(location=node.location, line=line.line, available=available, why_not=why, text=text)


def _filtered(ask: SourcingAsk, node: Node, line: AskedLine) -> tuple[WhyNot | None, str]:
    picked_up = ask.method is ShippingMethod.PICK_UP
    if picked_up and ask.store is not None and node.location != ask.store:
        return WhyNot.NOT_THE_STORE_ASKED, f"the customer comes to {ask.store}"
    if picked_up and not node.pick_up:
        return WhyNot.NO_PICK_UP, "customers do not collect here"
    if not picked_up and not node.may_ship:
        return WhyNot.MAY_NOT_SHIP, "nothing is shipped from here"
    if node.location in line.rejected_by:
        return WhyNot.REJECTED_BEFORE, "refused this line before and is not asked again"
    if not node.departures:
        return WhyNot.NO_OPEN_DAY, "no day to ship on within sight"
    if not any(_room(departure, 1) for departure in node.departures):
        return WhyNot.NO_CAPACITY, "all lines of its days are taken"
    if not picked_up and not node.services:
        return WhyNot.NO_RATE, "no freight rate to the customer's region"
    if _crosses(ask, node) and not line.tariff_code:
        return WhyNot.NO_CUSTOMS_DATA, f"{line.item} has no tariff code and would cross a border"
    return None, ""


def _crosses(ask: SourcingAsk, node: Node) -> bool:
    return bool(node.country and ask.country and node.country != ask.country)


def _room(departure: Departure, lines: int) -> bool:
    return departure.lines_free is None or departure.lines_free >= lines


def _spread(ask: SourcingAsk, nodes: Sequence[Node], usable: Usable) -> _Choice:
    """The lines over these locations: those that travel together first, each from where it costs least."""
    left = _Left({node.location: node for node in nodes}, usable)
    given: dict[LocationCode, dict[int, int]] = {node.location: {} for node in nodes}
    for group in _groups(ask):
        ranked = sorted(nodes, key=lambda node: (_marginal(ask, node, group, given), node.priority, node.location))
        _give(ask, group, ranked, left, given)
    used = [node for node in nodes if given[node.location]]
    made = [_shipment(ask, node, given[node.location]) for node in used]
    shipments = _aligned(ask, used, tuple(shipment for shipment in made if shipment is not None))
    covered = sum(part.quantity for shipment in shipments for part in shipment.lines)
    ships = {shipment.location for shipment in shipments}
    priorities = tuple(sorted(node.priority for node in used if node.location in ships))
    return _Choice(shipments=shipments, covered=covered, priorities=priorities)


def _groups(ask: SourcingAsk) -> tuple[tuple[AskedLine, ...], ...]:
    """Lines that must leave together, the most urgent group first."""
    sets: dict[str, list[AskedLine]] = {}
    for line in sorted(ask.lines, key=lambda x: (x.due, x.line)):
        bound = ask.complete or line.together is Together.SHIP
        key = "all" if ask.complete else f"set {line.line_set}" if bound else f"line {line.line}"
        sets.setdefault(key, []).append(line)
    return tuple(tuple(lines) for lines in sets.values())


def _marginal(
    ask: SourcingAsk, node: Node, group: Sequence[AskedLine], given: Mapping[LocationCode, Mapping[int, int]]
) -> Decimal:
    """What the group adds to the cost of a location that ships what it was given already."""
    before = _shipment(ask, node, given[node.location])
    after = _shipment(ask, node, {**given[node.location], **{line.line: line.quantity for line in group}})
    if after is None:
        return Decimal("Infinity")
    return after.cost.total - (before.cost.total if before else Decimal(0))


def _give(
    ask: SourcingAsk,
    group: Sequence[AskedLine],
    ranked: Sequence[Node],
    left: "_Left",
    given: dict[LocationCode, dict[int, int]],
) -> None:
    for node in ranked:
        if left.all_of(node.location, group) and _fits(node, group, given):
            for line in group:
                _take(node, line, line.quantity, left, given)
            return
    if len(group) > 1 or not ask.may_be_partial or ask.complete:
        return
    (line,) = group
    rest = line.quantity
    for node in ranked:
        units = min(rest, left.of(node.location, line))
        if units < rest:  # neither what ships nor what stays may be less than the least shipment of the line
            units = min(units, rest - line.minimum)
        if units >= min(line.minimum, rest) and units > 0 and _fits(node, group, given):
            _take(node, line, units, left, given)
            rest -= units
        if rest == 0 or (not ask.may_split and rest < line.quantity):
            return


def _fits(node: Node, group: Sequence[AskedLine], given: Mapping[LocationCode, Mapping[int, int]]) -> bool:
    lines = given[node.location].keys() | {line.line for line in group}
    return any(_room(departure, len(lines)) for departure in node.departures)


def _take(node: Node, line: AskedLine, units: int, left: "_Left", given: dict[LocationCode, dict[int, int]]) -> None:
    left.take(node.location, line, units)
    given[node.location][line.line] = given[node.location].get(line.line, 0) + units


class _Left:
    """Units that locations still have while lines are given out: kept for a line, and shared by lines of an item."""

    def __init__(self, nodes: Mapping[LocationCode, Node], usable: Usable) -> None:
        self._usable = usable
        self._own = {(at, line): units for at, node in nodes.items() for line, units in node.own}
        self._shared = {(at, item): units for at, node in nodes.items() for item, units in node.shared}

    def of(self, at: LocationCode, line: AskedLine) -> int:
        """Units a location could still give to a line."""
        if (at, line.line) not in self._usable:
            return 0
        return self._own.get((at, line.line), 0) + self._shared.get((at, line.item), 0)

    def all_of(self, at: LocationCode, group: Sequence[AskedLine]) -> bool:
        """Whether a location could give all these lines their units together."""
        wanted: dict[ItemCode, int] = {}
        for line in group:
            if self.of(at, line) < line.quantity:
                return False
            wanted[line.item] = wanted.get(line.item, 0) + max(0, line.quantity - self._own.get((at, line.line), 0))
        return all(units <= self._shared.get((at, item), 0) for item, units in wanted.items())

    def take(self, at: LocationCode, line: AskedLine, units: int) -> None:
        """Give units to a line: first those kept for it."""
        own = min(units, self._own.get((at, line.line), 0))
        self._own[at, line.line] = self._own.get((at, line.line), 0) - own
        self._shared[at, line.item] = self._shared.get((at, line.item), 0) - (units - own)


def _shipment(ask: SourcingAsk, node: Node, units: Mapping[int, int]) -> SourcedShipment | None:
    """The cheapest way for a location to ship these units; None where no day or service does."""
    leaves = next((d.on for d in node.departures if _room(d, len(units))), None)
    services = (_COLLECTED,) if ask.method is ShippingMethod.PICK_UP else node.services
    if leaves is None or not units or not services:
        return None
    made = [_by(ask, node, units, leaves, service) for service in services]
    return min(made, key=lambda s: (s.cost.total, s.arrive_on, s.carrier or "", s.service))


def _by(ask: SourcingAsk, node: Node, units: Mapping[int, int], leaves: date, service: Service) -> SourcedShipment:
    arrives = leaves + timedelta(days=service.days)
    asked = [(line, units[line.line]) for line in ask.lines if line.line in units]
    return SourcedShipment(
        location=node.location,
        carrier=service.carrier,
        service=service.service,
        ship_on=leaves,
        arrive_on=arrives,
        lines=tuple(SourcedLine(line=line.line, quantity=quantity) for line, quantity in asked),
        cost=shipping_cost(node, service, asked, arrives),
    )


def shipping_cost(node: Node, service: Service, lines: Iterable[tuple[AskedLine, int]], arrives: date) -> ShippingCost:
    """Freight by weight, handling by shipment, line and unit, duty on the cost, and the penalty a day late."""
    lines = tuple(lines)
    kilograms = sum((line.weight * quantity for line, quantity in lines), 0) / GRAMS
    value = [(line, line.unit_price * quantity) for line, quantity in lines]
    units = sum(quantity for _, quantity in lines)
    late = ((line, worth, max(0, (arrives - line.due).days)) for line, worth in value)
    return ShippingCost(
        freight=rounded(service.shipment_cost + kilograms * service.kilogram_cost),
        handling=rounded(node.shipment_cost + len(lines) * node.line_cost + units * node.unit_cost),
        duty=sum((_duty(node, line, quantity) for line, quantity in lines), Decimal(0)),
        lateness=rounded(sum((worth * x.penalty_percent * days / 100 for x, worth, days in late), Decimal(0))),
    )


def _duty(node: Node, line: AskedLine, quantity: int) -> Decimal:
    return rounded(rounded(line.unit_cost * quantity) * dict(line.duty).get(node.country, Decimal(0)) / 100)


def _aligned(
    ask: SourcingAsk, nodes: Sequence[Node], shipments: tuple[SourcedShipment, ...]
) -> tuple[SourcedShipment, ...]:
    """Shipments that hold lines of one arrival set leave so that they arrive as near as possible to the latest."""
    sets = {line.line: line.line_set for line in ask.lines if line.together is Together.ARRIVE}
    holds = [frozenset(sets[part.line] for part in s.lines if part.line in sets) for s in shipments]
    result = list(shipments)
    for at, shipment in enumerate(shipments):
        peers = [s.arrive_on for s, held in zip(shipments, holds, strict=True) if held & holds[at]]
        if peers and max(peers) > shipment.arrive_on:
            node = next(node for node in nodes if node.location == shipment.location)
            result[at] = _later(ask, node, shipment, max(peers))
    return tuple(result)


def _later(ask: SourcingAsk, node: Node, shipment: SourcedShipment, arrive_by: date) -> SourcedShipment:
    days = (shipment.arrive_on - shipment.ship_on).days
    possible = (d.on for d in node.departures if _room(d, len(shipment.lines)))
    leaves = max(on for on in possible if on + timedelta(days=days) <= arrive_by)
    service = next(
        (s for s in node.services if (s.carrier, s.service) == (shipment.carrier, shipment.service)), _COLLECTED
    )
    units = {part.line: part.quantity for part in shipment.lines}
    return _by(ask, node, units, leaves, service)


def _left_over(ask: SourcingAsk, best: _Choice, looked: Sequence[LookedAt]) -> tuple[Unsourced, ...]:
    given: dict[int, int] = {}
    for part in (part for shipment in best.shipments for part in shipment.lines):
        given[part.line] = given.get(part.line, 0) + part.quantity
    return tuple(
        Unsourced(line=line.line, quantity=missing, why=_why(ask, line, looked))
        for line in ask.lines
        if (missing := line.quantity - given.get(line.line, 0)) > 0
    )


def _why(ask: SourcingAsk, line: AskedLine, looked: Sequence[LookedAt]) -> str:
    here = [x for x in looked if x.line == line.line]
    able = [x for x in here if x.why_not is None]
    if ask.minimum_value and able:
        return f"what could be sent is worth less than the {ask.minimum_value} a shipment must be worth"
    if ask.complete:
        return "the order ships complete and no location has all of it"
    if line.together is Together.SHIP:
        return f"the lines of set {line.line_set!r} ship together and no location has all of them"
    if able:
        return "what its locations can pick is taken by other lines of the order"
    return "; ".join(f"{x.location}: {x.text}" for x in here) or "there is no location to ship from"
