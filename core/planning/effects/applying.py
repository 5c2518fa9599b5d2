"""Applying events: the snapshot the database would give after them; tables no event touches are shared."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import fields, replace
from itertools import groupby
from typing import Any

import numpy as np

from core.domain.errors import ConflictError
from core.planning.effects.columns import booked, changed, inserted, kept_rows, without
from core.planning.effects.events import (
    Booked,
    BuiltWith,
    Event,
    LineAdded,
    LineChanged,
    LineRemoved,
    MinutesSet,
    PlannedDropped,
    SourceLead,
    StockSet,
    SupplyAdded,
    SupplyChanged,
    SupplyRemoved,
)
from core.planning.planned import planned_rows
from core.planning.positions import first_not_before, line_position, open_line, open_supply, stock_position
from core.planning.snapshot import WORK_ORDER, Demand, Planned, Snapshot


def applied(snapshot: Snapshot, events: Iterable[Event]) -> Snapshot:
    """The books after these events, one after the other. NotFoundError for a row that is not there, ConflictError for
    one that is there already."""
    for alike, run in groupby(events, key=lambda event: isinstance(event, LineChanged) and event.held is None):
        if alike:
            snapshot = replace(snapshot, demand=_all_changed(snapshot, run))
        else:
            for event in run:
                snapshot = _applied(snapshot, event)
    return snapshot


def _all_changed(snapshot: Snapshot, events: Iterable[Event]) -> Demand:
    """Changes of many lines at once: a plan can hold hundreds of promises, and each copy of a column is long."""
    columns = dict[str, Any]()
    for event in events:
        assert isinstance(event, LineChanged)
        at = open_line(snapshot, event.order, event.line)
        for name, value in _given(event, snapshot.demand).items():
            if name not in columns:
                columns[name] = getattr(snapshot.demand, name).copy()
            columns[name][at] = value
    return replace(snapshot.demand, **columns)


def _applied(snapshot: Snapshot, event: Event) -> Snapshot:
    match event:
        case LineAdded() | LineChanged() | LineRemoved():
            return replace(snapshot, demand=_demand(snapshot, event))
        case StockSet():
            return _stocked(snapshot, event)
        case SupplyAdded() | SupplyChanged() | SupplyRemoved():
            return _supplied(snapshot, event)
        case BuiltWith():
            return _built(snapshot, event)
        case SourceLead():
            return _led(snapshot, event)
        case MinutesSet():
            minutes = snapshot.work_centers.minutes.copy()
            minutes[event.center, event.day] = event.minutes
            return replace(snapshot, work_centers=replace(snapshot.work_centers, minutes=minutes))
        case Booked():
            return replace(snapshot, bookings=booked(snapshot.bookings, event.number, event.rows))
        case PlannedDropped():
            return _dropped(snapshot, event)


def _demand(snapshot: Snapshot, event: LineAdded | LineChanged | LineRemoved) -> Demand:
    demand = snapshot.demand
    if isinstance(event, LineRemoved):
        return without(demand, open_line(snapshot, event.order, event.line))
    if event.held and not demand.held.size:
        demand = replace(demand, held=np.zeros(demand.quantity.size, dtype=np.int64))
    if isinstance(event, LineChanged):
        return changed(demand, open_line(snapshot, event.order, event.line), **_given(event, demand))
    if line_position(snapshot, event.order, event.line) is not None:
        raise ConflictError(f"order line '{event.order}/{event.line}' exists already; a new line needs its own number")
    at = bisect_left(demand.order, event.order)
    while at < len(demand.order) and demand.order[at] == event.order and demand.line[at] < event.line:
        at += 1
    return inserted(demand, at, {one.name: getattr(event, one.name) for one in fields(event)})


def _given(event: LineChanged, demand: Demand) -> dict[str, int]:
    """What the event says of the columns there are."""
    named = ("item", "location", "quantity", "due", "price", "held")
    said = {name: getattr(event, name) for name in named if getattr(event, name) is not None}
    return said if demand.held.size else {name: value for name, value in said.items() if name != "held"}


def _stocked(snapshot: Snapshot, event: StockSet) -> Snapshot:
    stock = snapshot.stock
    at = stock_position(snapshot, event.item, event.location)
    if at is not None:
        return replace(snapshot, stock=changed(stock, at, available=event.available))
    before = (stock.item < event.item) | ((stock.item == event.item) & (stock.location < event.location))
    row = {"item": event.item, "location": event.location, "available": event.available}
    return replace(snapshot, stock=inserted(stock, int(np.count_nonzero(before)), row))


def _supplied(snapshot: Snapshot, event: SupplyAdded | SupplyChanged | SupplyRemoved) -> Snapshot:
    supply = snapshot.supply
    if isinstance(event, SupplyAdded):
        key = (event.kind, event.number, event.line)
        at = first_not_before(supply, *key)
        if at < len(supply.number) and (supply.kind[at], supply.number[at], supply.line[at]) == key:
            name = f"'{event.number}/{event.line}'"
            raise ConflictError(f"order line {name} exists already; a new order needs a number of its own")
        return replace(
            snapshot, supply=inserted(supply, at, {one.name: getattr(event, one.name) for one in fields(event)})
        )
    at = open_supply(snapshot, event.kind, event.number, event.line)
    if isinstance(event, SupplyRemoved):
        gone = replace(snapshot, supply=without(supply, at))
        return _work_gone(gone, event.number) if event.kind == WORK_ORDER else gone
    said = {name: getattr(event, name) for name in ("quantity", "due", "start") if getattr(event, name) is not None}
    return replace(snapshot, supply=changed(supply, at, **said))


def _work_gone(snapshot: Snapshot, number: str) -> Snapshot:
    """What a work order had booked, and was to be built with, goes with it."""
    snapshot, table = replace(snapshot, bookings=booked(snapshot.bookings, number, ())), snapshot.built_instead
    if number not in table.number:
        return snapshot
    kept = np.array([one != number for one in table.number], dtype=np.bool_)
    columns = {one.name: kept_rows(getattr(table, one.name), kept) for one in fields(table)}
    return replace(snapshot, built_instead=replace(table, **columns))


def _built(snapshot: Snapshot, event: BuiltWith) -> Snapshot:
    table = snapshot.built_instead
    keys = list(zip(table.number, table.component.tolist(), strict=True))
    at = bisect_left(keys, (event.number, event.component))
    after = replace(
        table,
        number=(*table.number[:at], event.number, *table.number[at:]),
        component=np.insert(table.component, at, event.component),
        alternate=np.insert(table.alternate, at, event.alternate),
        ratio=np.insert(table.ratio, at, event.ratio),
    )
    return replace(snapshot, built_instead=after)


def _led(snapshot: Snapshot, event: SourceLead) -> Snapshot:
    sources, items = snapshot.sources, snapshot.items
    days = sources.lead_days.copy()
    days[(sources.item == event.item) & (sources.supplier == event.supplier)] = event.days
    leads = items.lead_days.copy()
    leads[event.item] = event.lead_days
    return replace(snapshot, sources=replace(sources, lead_days=days), items=replace(items, lead_days=leads))


def _dropped(snapshot: Snapshot, event: PlannedDropped) -> Snapshot:
    """Neither planned nor, as they could still be placed, among the supply."""
    rows, planned = planned_rows(snapshot), snapshot.planned
    theirs = [at for at, row in rows.items() if planned.number[row] in event.numbers]
    supply = snapshot.supply
    for at in sorted(theirs, reverse=True):
        supply = without(supply, at)
    return replace(snapshot, supply=supply, planned=_less(planned, event.numbers))


def _less(planned: Planned, dropped: frozenset[str]) -> Planned:
    """The planned orders without these."""
    kept = np.array([number not in dropped for number in planned.number], dtype=np.bool_)
    size = kept.size
    columns = {one.name: getattr(planned, one.name) for one in fields(planned)}
    columns = {name: kept_rows(column, kept) for name, column in columns.items() if len(column) == size}
    return replace(planned, **columns)
