"""Scenarios as events: what is said to happen, found in the books by the names people use."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

import numpy as np

from core.domain.errors import InvalidValueError, NotFoundError
from core.domain.ids import SupplierCode
from core.domain.overlays import SupplierOutage
from core.domain.scenarios import (
    CenterStop,
    DemandChange,
    Disruption,
    NewDemand,
    PriceRise,
    Scenario,
    SupplyCut,
    SupplyDelay,
    TariffRise,
)
from core.planning.effects.applying import applied
from core.planning.effects.events import (
    Event,
    LineAdded,
    LineChanged,
    LineRemoved,
    MinutesSet,
    SourceLead,
    StockSet,
    SupplyChanged,
    SupplyRemoved,
)
from core.planning.outage import LONGEST_OUTAGE, with_outage
from core.planning.positions import first_not_before, item_position, location_position, open_line, stock_position
from core.planning.simulation import events_of
from core.planning.snapshot import (
    PRICE_SCALE,
    PURCHASE_ORDER,
    TRANSFER_ORDER,
    WORK_ORDER,
    Snapshot,
    date_of,
    day_number,
)

NOBODY = -1
"""The customer of demand that is only asked about."""
_USUAL_PRIORITY = 3
_MOST_NAMES = 5_000


def scenario_events(snapshot: Snapshot, scenario: Scenario) -> tuple[Event, ...]:
    """What the scenario changes in these books, step by step, each found in the books as those before it leave them.
    NotFoundError or InvalidValueError for what names nothing in them or makes no sense of it, ConflictError and
    InsufficientStockError as of actions."""
    found = list[Event]()
    for disruption in scenario.disruptions:
        events = _happens(snapshot, disruption)
        snapshot = applied(snapshot, events)
        found.extend(events)
    for number, asked in enumerate(scenario.demand, start=1):
        new = _asked(snapshot, asked, number)
        snapshot = applied(snapshot, [new])
        found.append(new)
    return (*found, *events_of(snapshot, scenario.actions))


def _happens(snapshot: Snapshot, disruption: Disruption) -> list[Event]:
    match disruption:
        case SupplierOutage():
            return _outage(snapshot, disruption)
        case SupplyDelay():
            return _delay(snapshot, disruption)
        case SupplyCut():
            return [_cut(snapshot, disruption)]
        case CenterStop():
            return _stop(snapshot, disruption)
        case DemandChange():
            return _changed(snapshot, disruption)
        case PriceRise():
            _supplier(snapshot, disruption.supplier, field="price.supplier")
            return []  # prices of purchases move no date; costing.py says what it costs
        case TariffRise():
            for supplier in disruption.suppliers:
                _supplier(snapshot, supplier, field="tariff.supplier")
            return []


def _outage(snapshot: Snapshot, outage: SupplierOutage) -> list[Event]:
    """What is open with the supplier comes later, and buying from it takes longer."""
    after = with_outage(snapshot, outage.supplier, outage.days)
    supply, sources, leads = after.supply, after.sources, after.items.lead_days
    hit = np.flatnonzero(supply.due != snapshot.supply.due)
    slower = np.flatnonzero(sources.lead_days != snapshot.sources.lead_days)
    return [
        *(_moved(after, at, due=int(supply.due[at]), start=int(supply.start[at])) for at in hit.tolist()),
        *(
            SourceLead(
                item=int(sources.item[row]),
                supplier=int(sources.supplier[row]),
                days=int(sources.lead_days[row]),
                lead_days=int(leads[sources.item[row]]),
            )
            for row in slower.tolist()
        ),
    ]


def _delay(snapshot: Snapshot, delay: SupplyDelay) -> list[Event]:
    if not -LONGEST_OUTAGE <= delay.days <= LONGEST_OUTAGE:
        limit = LONGEST_OUTAGE
        raise InvalidValueError(f"a delay of {delay.days!r} days; accepted: {-limit} to {limit}", field="delay.days")
    rows = _rows(snapshot, delay.order, delay.line, field="delay.order")
    return [_later(snapshot, at, delay.days) for at in rows]


def _later(snapshot: Snapshot, at: int, days: int) -> SupplyChanged:
    """So many days after the day it was due, or after today where that has passed."""
    due, start = int(snapshot.supply.due[at]), int(snapshot.supply.start[at])
    moved = max(due, snapshot.as_of) + days
    return _moved(snapshot, at, due=moved, start=moved - (due - start))


def _moved(snapshot: Snapshot, at: int, *, due: int, start: int) -> SupplyChanged:
    supply = snapshot.supply
    kind, number, line = int(supply.kind[at]), supply.number[at], int(supply.line[at])
    return SupplyChanged(kind=kind, number=number, line=line, due=due, start=start)


def _cut(snapshot: Snapshot, cut: SupplyCut) -> Event:
    (at,) = _rows(snapshot, cut.order, cut.line, field="cut.order")
    supply = snapshot.supply
    units = int(supply.quantity[at])
    if not 1 <= cut.quantity <= units:
        said = f"{cut.quantity!r} units less on '{cut.order}/{cut.line}', which brings {units}"
        raise InvalidValueError(f"{said}; accepted: 1 to {units}", field="cut.quantity")
    kind = int(supply.kind[at])
    if cut.quantity == units:
        return SupplyRemoved(kind=kind, number=cut.order, line=cut.line)
    return SupplyChanged(kind=kind, number=cut.order, line=cut.line, quantity=units - cut.quantity)


def _rows(snapshot: Snapshot, order: str, line: int | None, *, field: str) -> list[int]:
    """The rows of an open order, or of one line of it."""
    supply, found = snapshot.supply, list[int]()
    for kind in (WORK_ORDER, PURCHASE_ORDER, TRANSFER_ORDER):
        at = first_not_before(supply, kind, order, -1)
        while at < len(supply.number) and (supply.kind[at], supply.number[at]) == (kind, order):
            if line is None or supply.line[at] == line:
                found.append(at)
            at += 1
    if not found:
        what = f"order {order!r}" if line is None else f"order line '{order}/{line}'"
        near = _near(order, supply.number)
        raise NotFoundError(f"no open purchase, work or transfer {what}; accepted: one that is open{near}", field=field)
    return found[:1] if line is not None else found


def _stop(snapshot: Snapshot, stop: CenterStop) -> list[Event]:
    """The centre has no minutes; work orders that were to be worked on there come as much later as they have to wait
    from the first day they have work there, or could have begun."""
    centers = snapshot.work_centers
    if stop.center not in centers.code:
        near = _near(stop.center, centers.code)
        raise NotFoundError(f"no work centre {stop.center!r}; accepted: the code of one{near}", field="stop.center")
    if not 1 <= stop.days <= LONGEST_OUTAGE:
        raise InvalidValueError(f"a stop of {stop.days!r} days; accepted: 1 to {LONGEST_OUTAGE}", field="stop.days")
    center, known = centers.code.index(stop.center), centers.minutes.shape[1]
    idle = [MinutesSet(center=center, day=day, minutes=0) for day in range(min(stop.days, known))]
    waits = _waits(snapshot, center, stop.days)
    return [*idle, *(_later(snapshot, at, days) for at, days in sorted(waits.items()))]


def _waits(snapshot: Snapshot, center: int, days: int) -> dict[int, int]:
    """The work orders (positions in supply) that wait for a centre that stands still, and how many days."""
    supply, bookings = snapshot.supply, snapshot.bookings
    first = dict[str, int]()
    for number, where, day in zip(bookings.number, bookings.center.tolist(), bookings.day.tolist(), strict=True):
        if where == center:
            first[number] = min(day - snapshot.as_of, first.get(number, day - snapshot.as_of))
    booked = frozenset(bookings.number)
    there = frozenset(snapshot.operations.item[snapshot.operations.center == center].tolist())
    found = dict[int, int]()
    for at in np.flatnonzero(supply.kind == WORK_ORDER).tolist():
        number, begin = supply.number[at], int(supply.start[at]) - snapshot.as_of
        if number in booked:
            begin = first.get(number, days)
        elif int(supply.item[at]) not in there or supply.due[at] < snapshot.as_of:
            begin = days
        if begin < days:
            found[at] = days - max(begin, 0)
    return found


def _changed(snapshot: Snapshot, change: DemandChange) -> list[Event]:
    at, demand = open_line(snapshot, change.order, change.line), snapshot.demand
    units = int(demand.quantity[at]) if change.quantity is None else change.quantity
    held = int(demand.held[at]) if demand.held.size else 0
    due = None if change.due is None else _ahead(snapshot, change.due, field="change.due")
    kept = min(held, units)
    freed = list[Event]()
    if held > kept:
        item, location = int(demand.item[at]), int(demand.location[at])
        row = stock_position(snapshot, item, location)
        there = 0 if row is None else int(snapshot.stock.available[row])
        freed.append(StockSet(item=item, location=location, available=there + held - kept))
    if units == 0:
        return [*freed, LineRemoved(order=change.order, line=change.line)]
    return [*freed, LineChanged(order=change.order, line=change.line, quantity=units, due=due, held=kept)]


def _asked(snapshot: Snapshot, asked: NewDemand, number: int) -> LineAdded:
    demand, item = snapshot.demand, item_position(snapshot, asked.item)
    if asked.quantity < 1:
        raise InvalidValueError(f"demand of {asked.quantity!r} units; accepted: 1 or more", field="demand.quantity")
    lines = np.flatnonzero(demand.item == item)
    price = 0 if asked.unit_price is None else int(asked.unit_price * PRICE_SCALE)
    if asked.unit_price is None and lines.size:
        price = int(demand.price[lines[-1]])
    due = _ahead(snapshot, asked.due, field="demand.due")
    return LineAdded(
        order=_free_name(snapshot, number),
        line=1,
        item=item,
        location=_place(snapshot, asked, lines[0] if lines.size else None),
        quantity=asked.quantity,
        due=due,
        requested=due,
        order_date=snapshot.as_of,
        entry=int(demand.entry.max(initial=0)) + 1,
        priority=_USUAL_PRIORITY,
        price=price,
        penalty=0,
        customer=NOBODY,
    )


def _ahead(snapshot: Snapshot, day: date, *, field: str) -> int:
    """The number of a day that has not passed."""
    if day_number(day) < snapshot.as_of:
        raise InvalidValueError(f"{day} has passed; accepted: {date_of(snapshot.as_of)} or later", field=field)
    return day_number(day)


def _place(snapshot: Snapshot, asked: NewDemand, like: int | None) -> int:
    """Where it is asked for: there, where the item is asked for already, or the only place that ships."""
    if asked.location is not None:
        return location_position(snapshot, asked.location)
    if like is not None:
        return int(snapshot.demand.location[like])
    ship = np.flatnonzero(snapshot.locations.may_ship)
    if ship.size != 1:
        places: list[int] = ship[:5].tolist()
        codes = ", ".join(repr(snapshot.locations.code[at]) for at in places)
        raise InvalidValueError(
            f"demand of {asked.item!r}, which nobody asks for yet, needs a location; accepted: one of {codes}",
            field="demand.location",
        )
    return int(ship[0])


def _free_name(snapshot: Snapshot, number: int) -> str:
    name = f"WHAT-IF-{number}"
    while name in snapshot.demand.order:
        name += "'"
    return name


def _supplier(snapshot: Snapshot, supplier: SupplierCode, *, field: str) -> None:
    known = snapshot.parties.supplier
    if supplier not in known:
        near = _near(supplier, known)
        raise NotFoundError(f"no supplier {supplier!r}; accepted: a supplier's code{near}", field=field)


def _near(code: str, known: Iterable[str]) -> str:
    names = tuple(known)[:_MOST_NAMES]
    near = ", ".join(repr(other) for other in get_close_matches(code, names))
    return f", such as {near}" if near else ""
