"""Donors: locations that can give up what a case lacks without a shortage of their own, and how it would travel."""

from decimal import Decimal

import numpy as np

from core.domain.cases import Case, ExceptionType
from core.domain.evidence import stock_evidence_id
from core.domain.options import StockElsewhere
from core.planning.atp import available_to_promise, donor_surplus
from core.planning.outcome import NetResult
from core.planning.simulation import item_position, location_position
from core.planning.snapshot import PRICE_SCALE, Snapshot, date_of


def stock_elsewhere(snapshot: Snapshot, result: NetResult, case: Case) -> tuple[StockElsewhere, ...]:
    """What other locations can give up today, by id: not what is on hand there, but what none of their own orders will
    need later (ATP with look-ahead) beyond the safety stock. Locations that share their stock share what they give.

    Safety stock is kept over all places together, so moving stock does not help a case of it.
    """
    if case.detected.type is ExceptionType.SAFETY_STOCK_BREACHED or case.detected.lacking < 1:
        return ()
    item, there = item_position(snapshot, case.detected.item), location_position(snapshot, case.detected.location)
    left: dict[int, int] = {}
    found: list[StockElsewhere] = []
    for lane in _lanes_to(snapshot, result, there):
        origin = int(snapshot.lanes.origin[lane])
        group = int(result.group_of[origin])
        if group not in left:
            promise = available_to_promise(snapshot, result, item, group, keep_safety_stock=True)
            left[group] = promise.on(snapshot.as_of)
        surplus = donor_surplus(snapshot, result, item=item, location=origin, keep_safety_stock=True)
        given = min(left[group], surplus)
        if given:
            left[group] -= given
            found.append(_stock(snapshot, lane, given))
    return tuple(sorted(found, key=lambda stock: stock.id))


def _lanes_to(snapshot: Snapshot, result: NetResult, there: int) -> list[int]:
    """Lanes (positions) from other groups, the quickest first, then the cheapest."""
    lanes, group_of = snapshot.lanes, result.group_of
    rows = np.flatnonzero((lanes.destination == there) & (group_of[lanes.origin] != group_of[there])).tolist()
    return sorted(
        rows, key=lambda row: (int(lanes.days[row]), int(lanes.fixed_cost[row]), int(lanes.unit_cost[row]), row)
    )


def _stock(snapshot: Snapshot, lane: int, quantity: int) -> StockElsewhere:
    lanes = snapshot.lanes
    location = snapshot.locations.code[int(lanes.origin[lane])]
    return StockElsewhere(
        id=stock_evidence_id(location),
        location=location,
        quantity=quantity,
        arrive_on=date_of(snapshot.as_of + int(lanes.days[lane])),
        fixed_cost=Decimal(int(lanes.fixed_cost[lane])) / PRICE_SCALE,
        unit_cost=Decimal(int(lanes.unit_cost[lane])) / PRICE_SCALE,
    )
