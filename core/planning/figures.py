"""On-hand figures of one shipping place: what open lines lack there, what other places could send, and how."""

from dataclasses import dataclass

import numpy as np

from core.domain.errors import UsageError
from core.planning.ordering import stable_order
from core.planning.serving import within_runs
from core.planning.snapshot import Ints, Positions, Snapshot
from core.planning.spans import run_lengths, run_starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """Units to move between locations; positions."""

    item: int
    origin: int
    destination: int
    quantity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OnHandFigures:
    """Per item, open demand less stock at the place: items and units that lack, and how many of each other
    locations hold. `transfers` move what lanes allow of it."""

    items_short_on_hand: int
    units_short_on_hand: int
    units_coverable_by_transfer: int
    items_coverable_by_transfer: int
    transfers: tuple[Transfer, ...]


def on_hand_figures(snapshot: Snapshot, ship_from: str) -> OnHandFigures:
    """Compare all open lines with the stock of the one place they would be sent from; dates play no part."""
    if ship_from not in snapshot.locations.code:
        accepted = ", ".join(repr(code) for code in snapshot.locations.code)
        raise UsageError(f"no location {ship_from!r} to ship from; accepted: {accepted}")
    place, stock = snapshot.locations.code.index(ship_from), snapshot.stock
    needed = _per_item(snapshot, snapshot.demand.item, snapshot.demand.quantity)
    here = stock.location == place
    lack = np.maximum(needed - _per_item(snapshot, stock.item[here], stock.available[here]), 0)
    elsewhere = _per_item(snapshot, stock.item[~here], stock.available[~here])
    coverable = np.minimum(lack, elsewhere)
    return OnHandFigures(
        items_short_on_hand=int(np.count_nonzero(lack)),
        units_short_on_hand=int(lack.sum()),
        units_coverable_by_transfer=int(coverable.sum()),
        items_coverable_by_transfer=int(np.count_nonzero(coverable)),
        transfers=_transfers(snapshot, place, lack),
    )


def _per_item(snapshot: Snapshot, item: Positions, units: Ints) -> Ints:
    totals = np.zeros(len(snapshot.items.code), dtype=np.int64)
    np.add.at(totals, item, units)
    return totals


def _transfers(snapshot: Snapshot, place: int, lack: Ints) -> tuple[Transfer, ...]:
    """Take what an item lacks from the nearest places first: fewest days, then least cost, then origin code."""
    stock, lanes = snapshot.stock, snapshot.lanes
    lane_from = np.full(len(snapshot.locations.code), -1)
    inbound = np.flatnonzero(lanes.destination == place)
    lane_from[lanes.origin[inbound]] = inbound
    rows = np.flatnonzero((lane_from[stock.location] >= 0) & (stock.available > 0) & (lack[stock.item] > 0))
    lane = lane_from[stock.location[rows]]
    cost = lanes.fixed_cost[lane] + lanes.unit_cost[lane]
    days, origin = lanes.days[lane].astype(np.int64), stock.location[rows].astype(np.int64)
    rows = rows[stable_order(stock.item[rows].astype(np.int64), days, cost, origin)]
    item, held = stock.item[rows].astype(np.int64), stock.available[rows]
    starts = run_starts(item)
    before = within_runs(held, starts, run_lengths(starts, item.size)) - held
    taken = np.clip(lack[item] - before, 0, held)
    return tuple(
        Transfer(item=int(i), origin=int(o), destination=place, quantity=int(n))
        for i, o, n in zip(item, stock.location[rows], taken, strict=True)
        if n > 0
    )
