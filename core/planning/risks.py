"""Order lines that known supply does not bring in time, and what can be promised day by day, as overviews."""

from datetime import date

import numpy as np

from core.domain.ids import LocationCode, OrderNo
from core.domain.overviews import AvailableStep, BalanceDay, LineFilter, LineRisk, PlaceAvailability
from core.planning.atp import available_to_promise
from core.planning.outcome import NetResult
from core.planning.projection import flows
from core.planning.snapshot import NEVER, Flags, Snapshot, date_of, day_number, day_of

MOST_DAYS = 366
"""Days of a balance that are told of one place."""


def lines_at_risk(snapshot: Snapshot, result: NetResult, asked: LineFilter) -> tuple[tuple[LineRisk, ...], int]:
    """The lines of a filter that are late or short by known supply, by due day, order and line, at most its limit; and
    how many there are in all. Its status and keys are not read."""
    demand = snapshot.demand
    late = (result.line_cover > demand.due) | (result.line_short > 0)
    rows = np.flatnonzero(late & _wanted(snapshot, asked)).tolist()
    rows.sort(key=lambda at: (int(demand.due[at]), demand.order[at], int(demand.line[at])))
    found = tuple(
        LineRisk(
            order=OrderNo(demand.order[at]),
            line=int(demand.line[at]),
            projected=projected(result, at),
            short=int(result.line_short[at]),
        )
        for at in rows[: asked.limit]
    )
    return found, len(rows)


def projected(result: NetResult, line: int) -> date | None:
    """The day all of an open order line (its position) is there; None where no day is known."""
    there = int(result.line_available[line])
    return None if there == NEVER else day_of(there)


def availability(
    snapshot: Snapshot, result: NetResult, item: int, places: tuple[int, ...], *, until: date, limit: int
) -> tuple[PlaceAvailability, ...]:
    """What can be promised of an item (its position) from the places (positions) that share stock with these, by place;
    at most `limit` steps each, where the units change, up to a day. The balance is told up to that day, too."""
    groups = sorted({int(result.group_of[place]) for place in places})
    return tuple(_steps(snapshot, result, item, group, until=day_number(until), limit=limit) for group in groups)


def holding_places(snapshot: Snapshot, item: int) -> tuple[int, ...]:
    """The places (positions) where an item lies, comes to, or is wanted from."""
    tables = (snapshot.stock, snapshot.supply, snapshot.demand)
    return tuple(sorted({int(at) for table in tables for at in table.location[table.item == item].tolist()}))


def _steps(
    snapshot: Snapshot, result: NetResult, item: int, group: int, *, until: int, limit: int
) -> PlaceAvailability:
    atp = available_to_promise(snapshot, result, item, group)
    steps = [
        AvailableStep(on=date_of(day), units=units, projected=balance)
        for day, units, balance in zip(atp.day.tolist(), atp.units.tolist(), atp.projected.tolist(), strict=True)
        if day <= until
    ]
    changed = [step for n, step in enumerate(steps) if not n or steps[n - 1].units != step.units]
    place = snapshot.locations.code[result.first_location[group]]
    days = [
        BalanceDay(on=date_of(day), comes=comes, needed=needed, balance=balance)
        for day, comes, needed, balance in flows(snapshot, result, item=item, group=group)
        if day <= until
    ]
    return PlaceAvailability(
        place=LocationCode(place),
        steps=tuple(changed[:limit]),
        balance=tuple(days[:MOST_DAYS]),
        days_left_out=max(0, len(days) - MOST_DAYS),
    )


def _wanted(snapshot: Snapshot, asked: LineFilter) -> Flags:
    demand, found = snapshot.demand, np.ones(snapshot.demand.item.size, dtype=np.bool_)
    if asked.customer is not None:
        found &= demand.customer == _at(snapshot.parties.customer, asked.customer)
    if asked.item is not None:
        found &= demand.item == _at(snapshot.items.code, asked.item)
    if asked.due_after is not None:
        found &= demand.due >= day_number(asked.due_after)
    if asked.due_before is not None:
        found &= demand.due <= day_number(asked.due_before)
    return found


def _at(codes: tuple[str, ...], code: str) -> int:
    return codes.index(code) if code in codes else -2
