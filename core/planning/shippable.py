"""What each location could ship of an order's lines today without making another promise short.

A line has its own units: those the netting serves it from stock today. Beyond them it shares what a location has left
when every promise is kept (ATP with look-ahead).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from core.domain.ids import ItemCode, LocationCode, OrderNo
from core.planning.atp import donor_surplus
from core.planning.netting import net
from core.planning.outcome import NetResult
from core.planning.rules import ScanRules
from core.planning.simulation import line_position
from core.planning.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A line to be shipped, and the location it would leave from if nothing else is chosen."""

    line: int
    item: ItemCode
    prefers: LocationCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Shippable:
    """Units a location keeps for a line, and units of an item that any line may have."""

    own: Mapping[tuple[LocationCode, int], int]
    shared: Mapping[tuple[LocationCode, ItemCode], int]


def shippable(snapshot: Snapshot, order: OrderNo, lines: Sequence[Wanted]) -> Shippable:
    """What every location could ship of the lines, from what nobody has reserved."""
    result = net(snapshot, ScanRules())
    own: dict[tuple[LocationCode, int], int] = {}
    shared: dict[tuple[LocationCode, ItemCode], int] = {}
    for item in sorted({line.item for line in lines}):
        for at, units in _places(snapshot, item):
            position = snapshot.items.code.index(item)
            place = snapshot.locations.code.index(at)
            shared[at, item] = min(units, donor_surplus(snapshot, result, item=position, location=place))
        here = {at: units - shared[at, item] for at, units in _places(snapshot, item)}
        for line in (line for line in lines if line.item == item):
            _keep(snapshot, result, order, line, here, own)
    return Shippable(own=own, shared=shared)


def _places(snapshot: Snapshot, item: ItemCode) -> list[tuple[LocationCode, int]]:
    """Where an item is, with the units nobody has reserved."""
    if item not in snapshot.items.code:
        return []
    rows = np.flatnonzero(snapshot.stock.item == snapshot.items.code.index(item))
    places = snapshot.locations.code
    found = ((int(snapshot.stock.location[r]), max(0, int(snapshot.stock.available[r]))) for r in rows)
    return [(LocationCode(places[at]), units) for at, units in found]


def _keep(
    snapshot: Snapshot,
    result: NetResult,
    order: OrderNo,
    line: Wanted,
    here: dict[LocationCode, int],
    own: dict[tuple[LocationCode, int], int],
) -> None:
    """Give a line what netting serves it from stock, out of the places of each group, its own place first."""
    at = line_position(snapshot, order, line.line)
    if at is None:
        return
    needs = int(result.line_requirement[at])
    served: dict[int, int] = {}
    for row in np.flatnonzero(result.pegs.requirement == needs):
        receipt = int(result.pegs.receipt[row])
        if int(result.receipts.supply[receipt]) == -1:
            group = int(result.receipts.group[receipt])
            served[group] = served.get(group, 0) + int(result.pegs.quantity[row])
    for place in sorted(here, key=lambda code: (code != line.prefers, code)):
        group = int(result.group_of[snapshot.locations.code.index(place)])
        units = min(served.get(group, 0), here[place])
        if units:
            own[place, line.line] = units
            here[place] -= units
            served[group] -= units
